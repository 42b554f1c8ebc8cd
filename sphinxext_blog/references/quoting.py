"""Posts whose titles hold another title: 《Attention Over Everything》浅读.

Such a post is cited with its outer marks left out, so that the marks in the
text hold the inner title alone and the rest of the title follows them. And the
inner title alone may mean the post or the thing that the post is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.records import DocName

__all__ = ['Quoting']

_INNER: Final = re.compile(r'[《〈⟪「『“"](?P<inner>[^《》〈〉⟪⟫「」『』“”"]{2,200})[》〉⟫」』”"]')
_TAIL: Final = re.compile(r'\s*[(（][^()（）]{1,60}[)）]\s*$')
_MOST: Final = 500  # characters of a title
_SHORTEST_QUOTED: Final = 6  # characters: fewer in quotation marks are words, no title
_SHORTEST_REST: Final = 2  # characters that must stand beside the inner title


class Quoting:
    """An index of the titles within titles.

    :param titles: pairs of title and docname.
    """

    def __init__(self, titles: Iterable[tuple[str, DocName]]) -> None:
        self._rows: dict[str, set[tuple[str, str, DocName]]] = defaultdict(set)
        for title, docname in titles:
            if len(title) > _MOST:
                continue
            for match in _INNER.finditer(title):
                inner = normalise_title(match['inner'])
                least = 1 if match[0][0] in '《〈⟪' else _SHORTEST_QUOTED
                before, after = title[: match.start()], title[match.end() :]
                # A tail in brackets is often left out: 浅读（附代码）.
                for rest in {after, _TAIL.sub('', after)}:
                    row = (normalise_title(before), normalise_title(rest), docname)
                    if len(inner) >= least and len(row[0] + row[1]) >= _SHORTEST_REST:
                        self._rows[inner].add(row)

    def written_out(self, title: str, before: str, after: str) -> tuple[NodeId, ...]:
        """The posts whose whole titles stand in the text around the inner one.

        :param title: what stands between the marks.
        :param before: the text before the opening mark.
        :param after: the text after the closing mark.
        :returns: those with most of their titles there.
        """
        best: dict[DocName, int] = {}
        for prefix, suffix, docname in self._rows.get(normalise_title(title), ()):
            # Three times the length leaves room for spaces and marks.
            lead = normalise_title(_folded(before)[-3 * len(prefix) - 8 :]) if prefix else ''
            tail = normalise_title(_folded(after)[: 3 * len(suffix) + 8]) if suffix else ''
            if lead.endswith(prefix) and tail.startswith(suffix):
                best[docname] = max(best.get(docname, 0), len(prefix + suffix))
        longest = max(best.values(), default=0)
        return tuple(sorted(NodeId(d) for d, length in best.items() if length == longest))

    def about(self, title: str) -> tuple[NodeId, ...]:
        """The posts whose titles hold this one."""
        return tuple(sorted({NodeId(row[2]) for row in self._rows.get(normalise_title(title), ())}))


def _folded(text: str) -> str:
    return unicodedata.normalize('NFKC', text)
