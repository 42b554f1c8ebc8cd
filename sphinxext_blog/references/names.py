"""The titles of a corpus as an index: which post does this 《title》 mean?

The ladder of :meth:`Names.find`: exact title, normal form, series and number,
a title cited without its series prefix or its bracketed tail, and at last a
title that is nearly the same.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.described import Descriptions
from sphinxext_blog.references.fuzzy import FuzzyTitles
from sphinxext_blog.references.quoting import Quoting
from sphinxext_blog.references.series_titles import title_candidates
from sphinxext_blog.references.titles import exact_title, has_cjk, normalise_title, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.records import DocName, How, Post
    from sphinxext_blog.references.series import SeriesGroup
    from sphinxext_blog.references.series_part import SeriesPart

__all__ = ['Found', 'Names', 'SeriesTable']

_TAIL: Final = re.compile(r'\s*\((?P<tail>[^()]{1,60})\)\s*$')
_ATTACHED: Final = re.compile(
    r'(?i)附|含|带|源?代码|开源|转载?|译|已?更新|修订|完$|with (?:source )?code|updated?\b|code\b'
)
_CUT: Final = re.compile(r'(?:…|\.\.\.)\s*$')
_MOST_BEGINNINGS: Final = 3  # two are one too many
_SHORTEST_PIECE: Final = 6
_SHORTEST_REST: Final = 4  # Chinese characters behind the number of a part
_ON_WORKS: Final = re.compile(r'[读观]后|读书|书评|影评|乐评|论文|[《〈]')
_SUBTITLE: Final = re.compile(r'(?<=\S)(?::|——|\s[—–-]\s|(?<=\w\w\w)\.\s)\s*(?=\S)')
_REMARK: Final = re.compile(
    r'(?i)(?<=\S),\s(?:explained|revisited|observed|demystified|step\sby\sstep|in\s(?:one|five|ten)\s\w+|again|a\s\w+|an\s\w+|the\s\w+|with\s\w+)'
    r'(?:\s\w+){0,4}$'
)
"""What comes behind a comma and tells how: Contrastive Learning, Explained."""
_GENERIC: Final = re.compile(
    r'(?i)(?:^(?:the|our|my)\s)|\s(?:article|(?:blog\s)?post|page|algorithm|problem)s?$'
)
"""Words around a title that tell what it is, and are often no part of it."""
_PIECE_SCORE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Found:
    """What a title means: one node, or several of equal standing."""

    nodes: tuple[NodeId, ...]
    how: How
    score: float = 1.0


class SeriesTable:
    """Series by name, number and member."""

    def __init__(self, groups: Sequence[SeriesGroup]) -> None:
        self.groups = tuple(groups)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._of: dict[NodeId, int] = {}
        for i, group in enumerate(self.groups):
            for key in group.keys:
                self._by_key[key].append(i)
            for member in group.series.members:
                self._of.setdefault(member.id, i)

    def of(self, node: NodeId) -> SeriesGroup | None:
        """The series that a post or missing post is in."""
        i = self._of.get(node)
        return None if i is None else self.groups[i]

    def named(self, key: str) -> tuple[SeriesGroup, ...]:
        """The series that bear a name, given in normal form."""
        return tuple(self.groups[i] for i in self._by_key.get(key, ()))

    def called(self, form: str) -> set[NodeId]:
        """The parts whose own titles, behind the number, have a normal form."""
        return self._rests.get(form, set())

    @cached_property
    def _rests(self) -> dict[str, set[NodeId]]:
        rests: dict[str, set[NodeId]] = defaultdict(set)
        for group in self.groups:
            for id_, part in group.parts.items():
                if not id_.startswith('missing:') and _names_part(part):
                    rests[normalise_title(part.rest)].add(id_)
        return rests

    def knows(self, key: str) -> bool:
        """Whether a series bears the name, given in normal form."""
        return key in self._by_key


class Names:
    """Looks titles up among the posts.

    :param posts: the corpus; derived titles are not found, aliases are.
    :param table: its series.
    :param announced: titles of posts that are still to come.
    :param described: the words with which mentions describe posts.
    """

    def __init__(
        self,
        posts: Sequence[Post],
        table: SeriesTable,
        announced: Iterable[str] = (),
        described: Iterable[str] = (),
    ) -> None:
        self.table = table
        self._announced = {normalise_title(title) for title in announced} - {''}
        self._exact: dict[str, set[DocName]] = defaultdict(set)
        self._normal: dict[str, set[DocName]] = defaultdict(set)
        self._pieces: dict[str, set[DocName]] = defaultdict(set)
        self._form: dict[NodeId, str] = {}
        written: list[tuple[str, DocName]] = []
        for post in posts:
            titles = [*post.aliases] if post.title_derived else [post.title, *post.aliases]
            for title in filter(None, map(exact_title, titles)):
                form = normalise_title(title)
                self._exact[title].add(post.docname)
                self._normal[form].add(post.docname)
                self._form.setdefault(NodeId(post.docname), form)
                written.append((title, post.docname))
                for piece in _pieces(title):
                    if piece != form:
                        self._pieces[piece].add(post.docname)
        self._sorted = sorted(self._normal)
        self._fuzzy = FuzzyTitles(written)
        self.quoting = Quoting(written)
        self.descriptions = Descriptions(posts, described)
        self._near: dict[tuple[str, DocName], tuple[tuple[DocName, ...], float]] = {}

    def with_table(self, table: SeriesTable) -> Names:
        """The same titles with other series."""
        other = copy(self)
        other.table = table
        return other

    def exactly(self, title: str, source: DocName) -> Found | None:
        """Find a title that is the same, or the same in normal form.

        The source stands among the nodes only beside another post of the title:
        which of them is meant, nobody can tell.
        """
        title = exact_title(title)
        posts, how = self._same(title)
        return Found(tuple(sorted(map(NodeId, posts))), how) if posts - {source} else None

    def is_itself(self, title: str, source: DocName) -> bool:
        """Whether the title is that of the source and of no other post."""
        return self._same(exact_title(title))[0] == {source}

    def is_announced(self, title: str) -> bool:
        """Whether a post of that title is still to come."""
        return normalise_title(title) in self._announced

    def _same(self, title: str) -> tuple[set[DocName], How]:
        """The posts of a title; of those that differ in spelling the ones that are spelt like it."""
        if posts := self._exact.get(title):
            return posts, 'title'
        return self._normal.get(normalise_title(title), set()), 'title-normalised'

    def by_number(self, title: str) -> Found | None:
        """Find the part of a known series that a title names by its number."""
        for part in self.series_parts(title):
            for group in self.table.named(part.key):
                nodes = self._numbered(group, part)
                if nodes:
                    return Found(nodes, 'series-number')
        return None

    def series_parts(self, title: str) -> tuple[SeriesPart, ...]:
        """The readings of a title as part of a series that the corpus has."""
        return tuple(p for p in title_candidates(title) if p.key and self.table.knows(p.key))

    def _numbered(self, group: SeriesGroup, part: SeriesPart) -> tuple[NodeId, ...]:
        own = {id_: p.number for id_, p in group.parts.items()}
        members = [(m.id, own.get(m.id, m.number)) for m in group.series.members if m.number]
        nodes = [id_ for id_, number in members if number == part.number]
        if not nodes:
            # 《X：20》 when the part is divided in halves, 《X：20…（上）》 when it isn't.
            nodes = [
                id_
                for id_, number in members
                if number[0] == part.number[0] and (len(number) == 1) != (len(part.number) == 1)
            ]
        nodes = [n for n in nodes if not n.startswith('missing:')]
        if len(nodes) > 1 and (rest := normalise_title(part.rest)):
            nodes = [n for n in nodes if rest in self._form.get(n, '')] or nodes
        return tuple(sorted(nodes))

    def by_piece(self, title: str, source: DocName, *, own: bool = False) -> Found | None:
        """Find the only post of whose title this is a piece that can stand for it.

        That is a title without its series prefix, its bracketed tail or its
        subtitle, or one that is cut off with an ellipsis.

        :param own: the words around tell that it is a post of the blog.
        """
        form = normalise_title(title)
        part = self._others(self.table.called(form), source)
        if not _says_enough(form):
            return Found(part, 'fuzzy', _PIECE_SCORE) if len(part) == 1 else None
        if _CUT.search(title):
            nodes = self._others(self._beginning(form), source)
            return Found(nodes, 'fuzzy', _PIECE_SCORE) if len(nodes) == 1 else None
        for piece in (form, *_pieces(title, cited=True)):
            nodes = self._others(self._pieces.get(piece, set()) | self._normal.get(piece, set()), source)
            if piece == form and not nodes:
                nodes = part
            if len(nodes) == 1 and _says_enough(piece):
                cited, meant = numbers_of(form), numbers_of(self._form[nodes[0]])
                if not own and not has_cjk(title) and has_cjk(self._form[nodes[0]]):
                    continue  # the paper that a Chinese post is called after
                if piece == form or set(cited) <= set(meant):
                    return Found(nodes, 'fuzzy', _PIECE_SCORE)
        return None

    def _beginning(self, form: str) -> set[DocName]:
        """The posts whose titles begin like that: 《初探MuP…》."""
        first = bisect_left(self._sorted, form)
        found: set[DocName] = set()
        for whole in islice(self._sorted, first, first + _MOST_BEGINNINGS):
            if not whole.startswith(form):
                break
            found |= self._normal[whole]
        return found

    def nearly(self, title: str, source: DocName) -> Found | None:
        """Find the title that differs in a few characters."""
        asked = exact_title(title), source
        if asked not in self._near:
            self._near[asked] = self._fuzzy.find(asked[0], without=source)
        nodes, score = self._near[asked]
        return Found(tuple(NodeId(n) for n in nodes), 'fuzzy', min(score, 0.99)) if nodes else None

    @staticmethod
    def _others(nodes: set[DocName] | set[NodeId] | None, source: DocName) -> tuple[NodeId, ...]:
        return tuple(sorted(NodeId(n) for n in nodes or () if n != source))


def _says_enough(form: str) -> bool:
    """Whether a piece can stand for one title: six characters, or five of Chinese (贝叶斯去噪, 初探MuP)."""
    return len(form) >= _SHORTEST_PIECE - has_cjk(form)


def _names_part(part: SeriesPart) -> bool:
    """Whether what stands behind the number can stand for the title of the part: four Chinese characters can.

    In a series on books and papers it is the title of one (读书笔记（三）：时间简史).
    """
    rest = normalise_title(part.rest)
    if _says_enough(rest):
        return True
    return (
        len(rest) >= _SHORTEST_REST
        and all(map(has_cjk, rest))
        and not _ON_WORKS.search(part.name + part.rest)
    )


def _pieces(title: str, *, cited: bool = False) -> tuple[str, ...]:
    """Normal forms of what people leave of a title: what is behind the number, or before the tail.

    A citation has a tail that the title lacks only when the tail is an
    attachment (附代码); X (with Calculus) is another post than X.
    """
    text = unicodedata.normalize('NFKC', title)
    if len(text) > 500:
        return ()
    out = []
    if cited and (bare := _GENERIC.sub('', text)) != text:
        out.append(normalise_title(bare))
    tail = _TAIL.search(text)
    parts = title_candidates(title)
    is_part = any(p.rest == '' and p.strong for p in parts)
    if tail and tail.start() and not is_part and (not cited or _ATTACHED.match(tail['tail'])):
        out.append(normalise_title(text[: tail.start()]))
    # 《细水长流》 for 《细水长流：可逆网络的概念》: a heading without what explains it.
    if not cited and not parts and (mark := _SUBTITLE.search(text) or _REMARK.search(text)):
        out.append(normalise_title(text[: mark.start()]))
    # What is left when the number is gone must say enough to stand alone.
    out += [
        normalise_title(p.rest)
        for p in parts
        if (p.strong or not p.name) and _says_enough(normalise_title(p.rest))
    ]
    # The number alone is left out: 《扩散漫谈：DDPM》 for 《扩散漫谈（二）：DDPM》.
    if not cited:
        out += [normalise_title(f'{p.name}: {p.rest}') for p in parts if p.strong and p.name and p.rest]
    return tuple(dict.fromkeys(out))
