"""Lines across the page (``---``) where docutils allows none: below a heading, at the end, in a quotation.

In Markdown they are common, above the notes at the end for one, and nothing is amiss.
Those that part nothing go; in quotations and lists they are HTML.
"""

from __future__ import annotations

from docutils import nodes

__all__ = ['settle_lines']

_UNSEEN = (nodes.Invisible, nodes.footnote, nodes.system_message, nodes.Titular, nodes.Decorative)


def settle_lines(document: nodes.document) -> None:
    """Take the lines out that part nothing from nothing, and let others stand where they are."""
    for line in list(document.findall(nodes.transition)):
        parent = line.parent
        if not isinstance(parent, (nodes.document, nodes.section)):
            parent.replace(line, nodes.raw('', '<hr class="docutils" />\n', format='html'))
            continue
        place = parent.index(line)
        before = next((node for node in reversed(parent.children[:place]) if _is_seen(node)), None)
        if before is None or isinstance(before, nodes.transition) or not _has_more_below(line):
            parent.remove(line)


def _has_more_below(node: nodes.Node) -> bool:
    while isinstance(node.parent, (nodes.document, nodes.section)):
        siblings = node.parent.children
        if any(_is_seen(sibling) for sibling in siblings[siblings.index(node) + 1 :]):
            return True
        node = node.parent
    return False


def _is_seen(node: nodes.Node) -> bool:
    return not isinstance(node, _UNSEEN)
