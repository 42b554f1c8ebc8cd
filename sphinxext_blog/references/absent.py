"""Nodes for what is cited and not there: missing posts and works.

One thing is cited in many spellings: by titles of one normal form, by series
and number, by its URL. All names of one thing are united in a forest of
disjoint sets (Tarjan, “Efficiency of a good but not linear set union
algorithm”, 1975); each set becomes one node.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import MissingPost, NodeId, Work
from sphinxext_blog.references.keys import node_key
from sphinxext_blog.references.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ['Absent', 'Name']

Name = tuple[str, ...]
"""A name of an absent thing: ``('title', normal form)``, ``('url', key)``, ``('part', series, number)``."""

_TITLE: Final = 'title'


@dataclass(slots=True)
class _Facts:
    titles: Counter[str] = field(default_factory=Counter)
    urls: Counter[str] = field(default_factory=Counter)
    fallback: str = ''
    derived: bool = False
    series: str = ''
    index: int | None = None


class Absent:
    """Collects the names of absent things and makes them nodes.

    :param prefix: ``missing`` or ``work``.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._parent: dict[Name, Name] = {}
        self._facts: dict[Name, _Facts] = defaultdict(_Facts)

    def add(
        self,
        names: Iterable[Name],
        *,
        title: str = '',
        url: str = '',
        fallback: str = '',
        derived: bool = False,
        series: str = '',
        index: int | None = None,
    ) -> Name:
        """Note a thing by its names, which are one thing from now on.

        :param fallback: what to call it when nobody says its title.
        :param derived: nobody wrote the fallback anywhere.
        :returns: one of the names, to ask for the node with.
        """
        first, *others = names
        self._parent.setdefault(first, first)
        for other in others:
            self._parent.setdefault(other, other)
            a, b = self._root(first), self._root(other)
            if a != b:
                self._parent[max(a, b)] = min(a, b)
        facts = self._facts[first]
        if title:
            facts.titles[title] += 1
        if url:
            facts.urls[url] += 1
        if fallback and not facts.fallback:
            facts.fallback, facts.derived = fallback, derived
        if series:
            facts.series, facts.index = series, index
        return first

    def __contains__(self, name: Name) -> bool:
        return name in self._parent

    def _root(self, name: Name) -> Name:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def missing_posts(self) -> dict[Name, MissingPost]:
        """The missing post of every name."""
        return {
            name: MissingPost(
                id_,
                title,
                title_derived=facts.derived and not facts.titles,
                series=facts.series,
                series_index=facts.index,
                url=url,
            )
            for name, (id_, title, url, facts) in self._nodes().items()
        }

    def works(self) -> dict[Name, Work]:
        """The work of every name."""
        return {name: Work(id_, title, url) for name, (id_, title, url, _) in self._nodes().items()}

    def _nodes(self) -> dict[Name, tuple[NodeId, str, str, _Facts]]:
        sets: dict[Name, list[Name]] = defaultdict(list)
        for name in sorted(self._parent):
            sets[self._root(name)].append(name)
        rows = []
        for names in sets.values():
            merged = _Facts()
            for name in names:
                facts = self._facts.get(name, _Facts())
                merged.titles.update(facts.titles)
                merged.urls.update(facts.urls)
                if facts.fallback and not merged.fallback:
                    merged.fallback, merged.derived = facts.fallback, facts.derived
                if facts.series and not merged.series:
                    merged.series, merged.index = facts.series, facts.index
            title = _fullest(merged.titles) or merged.fallback
            keys = [n[1] for n in names if n[0] == 'work']
            rows.append((keys[0] if keys else title, title, names, merged))
        out: dict[Name, tuple[NodeId, str, str, _Facts]] = {}
        used: set[str] = set()
        for name_of, title, names, merged in sorted(rows, key=lambda r: (r[0], r[2])):
            key = base = _readable(name_of)
            i = 2
            while key in used:
                key, i = f'{base}-{i}', i + 1
            used.add(key)
            url = min(merged.urls, key=lambda u: (-merged.urls[u], u)) if merged.urls else ''
            for name in names:
                out[name] = (NodeId(f'{self._prefix}:{key}'), title, url, merged)
        return out


def _readable(name: str) -> str:
    scheme, colon, rest = name.partition(':')
    if colon and scheme in ('arxiv', 'doi') and rest and not set(rest) - set('0123456789.'):
        return name
    return node_key(name)


def _fullest(titles: Counter[str]) -> str:
    """The longest title; of its spellings the commonest."""
    if not titles:
        return ''
    longest = max(len(normalise_title(t)) for t in titles)
    spellings = [t for t in titles if len(normalise_title(t)) == longest]
    return min(spellings, key=lambda t: (-titles[t], t))
