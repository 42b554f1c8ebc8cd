"""Missing posts, works and gaps in series as nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from sphinxext_blog.site.inline import comma, link, text_nodes
from sphinxext_blog.site.panels import MissingItem, SeriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

__all__ = ['missing_nodes', 'ranges']

_ = get_translation('sphinxext_blog')


def missing_nodes(
    builder: Builder, docname: str, content: Sequence[MissingItem | SeriesView]
) -> list[nodes.Node]:
    """Missing posts, works and gaps in series, each in a list of its own."""
    cited = [item for item in content if isinstance(item, MissingItem)]
    groups = (
        (_('Missing posts'), [_missing_item(builder, docname, item) for item in cited if not item.work]),
        (
            _('Papers, books and other sources'),
            [_missing_item(builder, docname, item) for item in cited if item.work],
        ),
        (_('Gaps in series'), [_gap(builder, item) for item in content if isinstance(item, SeriesView)]),
    )
    result: list[nodes.Node] = []
    for title, paragraphs in groups:
        if paragraphs:
            result.append(nodes.rubric('', str(title), classes=['blog-panel-title']))
            result.append(nodes.bullet_list('', *(nodes.list_item('', p) for p in paragraphs)))
    return result


def _missing_item(builder: Builder, docname: str, item: MissingItem) -> nodes.paragraph:
    paragraph = nodes.paragraph()
    title = nodes.inline(
        '', '', *text_nodes(item.title, builder), classes=['blog-work' if item.work else 'blog-missing']
    )
    paragraph += nodes.reference('', '', title, refuri=item.url) if item.url else title
    cited_by = str(_('cited by'))
    paragraph += nodes.Text(f' — {cited_by} ')
    for number, backlink in enumerate(item.cited_by):
        if number:
            paragraph += nodes.Text(comma())
        anchor = backlink.quotes[0].anchor if backlink.quotes else ''
        paragraph += link(builder, docname, backlink.docname, text_nodes(backlink.title, builder), anchor)
    return paragraph


def _gap(builder: Builder, view: SeriesView) -> nodes.paragraph:
    text = str(_('not known here: %s')) % ranges(view.gaps)
    return nodes.paragraph(
        '', '', nodes.strong('', '', *text_nodes(view.name, builder)), nodes.Text(f' — {text}')
    )


def ranges(numbers: Sequence[int]) -> str:
    """``1–6, 8`` for the numbers 1 to 6 and 8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return comma().join(f'{a}' if a == b else f'{a}–{b}' for a, b in runs)
