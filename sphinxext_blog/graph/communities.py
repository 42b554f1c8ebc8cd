"""What each community is about, in a few words: its name.

A community of which most posts are parts of one series is called after the
series. Another is called by the terms that tell it from the rest of the blog.
Candidates are terms that two of its posts share and that readers can read (see
``explain``). They are ordered by the log-odds of the posts that have them,
inside and outside of the community, with a prior from the whole blog, by its
standard deviation (Monroe, Colaresi, Quinn: *Fightin' Words*, Political
Analysis 2008): unlike TF-IDF of classes it favours neither what all posts have
nor what hardly one has.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from sphinxext_blog.graph.counting import count_texts, plain, stem
from sphinxext_blog.graph.explain import ideographs, shared_terms
from sphinxext_blog.graph.measures import main_posts
from sphinxext_blog.graph.memory import Memory
from sphinxext_blog.graph.stopwords import (
    CHINESE,
    ENGLISH,
    FUNCTION_CHARACTERS,
    GENERAL,
    NAMELESS,
    TRAILING,
)
from sphinxext_blog.graph.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from sphinxext_blog.graph.terms import Terms

__all__ = ['name_communities']

_FEW = 2
"""Posts of a community that is called after one of them."""
_READ = 3000
"""Characters of each post that are read: what it is about, it says at the beginning."""
_SAMPLE = 16
"""Posts of each community that are read."""
_TITLE = 3
"""The title counts so many times."""
_PAIRS = 8
"""Pairs of posts of a community whose common terms are candidates for its name."""
_SHARED = 8
"""Terms of each pair."""
_TERMS = 3
_THIRD = 0.75
"""Least worth of a third term, by that of the second: two terms say enough, unless all three say as much."""
_PRIOR = 1.0
"""Weight of the blog as a whole, in posts."""
_MISSING = 2
"""Characters that a term of unspaced writing may lack at its end: 最小公倍 of 最小公倍数."""
_ALWAYS = 0.8
"""Share of its occurrences at which a character follows a term, that is the term's own."""
_CAPITALISED = re.compile(r'\b[A-Z][a-z]+\b')
_A_NAME = 4
"""Occurrences with a capital from which on a word may be a name."""
_KEPT = 8
"""Terms of a community that are kept, should another one have the same first ones."""
_LONGEST = 60
"""Characters of a title that a name shows."""
_JOINT = ' · '
_PHRASE = re.compile(r'(?=\b([^\W\d_][\w-]{2,30}) ([^\W\d_][\w-]{2,30})\b)')
_OPEN_ENDS = '为是有以于在把被将从向由'
"""Ideographs after which something must follow: 不全为 is no name."""
_NO_NAMES = CHINESE | ENGLISH | GENERAL | NAMELESS


def name_communities(
    graph: nx.MultiDiGraph, texts: Mapping[str, str], *, memory: Memory | None = None
) -> None:
    """Write ``graph.graph['communities']``: a record for each community, by its number.

    A record has the ``name``, the ``terms`` that tell the community from others
    (none where there are one or two posts, or no words to tell), its ``size``
    in nodes, and ``main``, the id of its main post, when it has a post. No two
    names are equal. Equal graphs and texts give equal names.

    :param graph: every node has ``kind``, ``title`` and ``community``.
    :param texts: docname -> prose; what is missing is taken for empty.
    :param memory: what was found before; it saves time and changes nothing.
    """
    communities = _gather(graph)
    _find_terms(graph, communities, texts, memory or Memory())
    taken: dict[str, int] = {}
    for community in communities:
        names = _names(graph, community)
        name = next((name for name in names if name and _folded(name) not in taken), None)
        if name is None:
            name = _numbered(_title(graph, community) or '…', taken)
        community.name = name
        taken[_folded(name)] = community.number
    graph.graph['communities'] = [community.record() for community in communities]


@dataclass(slots=True)
class _Community:
    number: int
    size: int = 0
    posts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Missing posts and works."""
    main: str = ''
    terms: list[str] = field(default_factory=list)
    """Candidates for the name, best first; those of the name at last."""
    shown: int = 0
    """How many of them tell the community from others."""
    name: str = ''

    def record(self) -> dict[str, Any]:
        main = {'main': self.main} if self.main else {}
        return {'name': self.name, 'terms': self.terms[: self.shown], 'size': self.size, **main}


def _gather(graph: nx.MultiDiGraph) -> list[_Community]:
    count = max((label for _, label in graph.nodes(data='community')), default=-1) + 1
    communities = [_Community(number) for number in range(count)]
    for node, data in graph.nodes(data=True):
        community = communities[data['community']]
        community.size += 1
        (community.posts if data['kind'] == 'post' else community.others).append(node)
    for number, node in main_posts(graph).items():
        communities[number].main = node
    return communities


# Names, best first


def _names(graph: nx.MultiDiGraph, community: _Community) -> Iterator[str]:
    """What a community may be called, best first."""
    if len(community.posts) > _FEW:
        yield _series(graph, community)
        terms = community.terms
        if community.shown:
            yield _JOINT.join(terms[: community.shown])
        yield _common_tag(graph, community.posts)
        # Another community may have the very same first terms.
        for last in range(community.shown, len(terms)):
            community.shown = max(community.shown, 1)
            yield _JOINT.join([*terms[: community.shown], terms[last]])
    elif len(community.posts) == _FEW:
        yield _common_tag(graph, community.posts)
    title = _title(graph, community)
    yield title
    node = community.main or min(community.others)
    yield f'{title} ({_shortened(node)})'


def _series(graph: nx.MultiDiGraph, community: _Community) -> str:
    """The series that most posts of a community are parts of."""
    members = Counter(graph.nodes[node].get('series') for node in community.posts)
    members.pop(None, None)
    best = max(members, key=lambda name: (members[name], name), default='')
    return _shortened(best) if members[best] * 2 > len(community.posts) else ''


def _common_tag(graph: nx.MultiDiGraph, posts: Sequence[str]) -> str:
    """The tag that all of these posts have and the fewest others."""
    tags = set.intersection(*(set(graph.nodes[node].get('tags', ())) for node in posts))
    spread = Counter(
        tag for _, own in graph.nodes(data='tags') if own and not tags.isdisjoint(own) for tag in set(own)
    )
    return _shortened(min(tags, key=lambda tag: (spread[tag], tag), default=''))


def _title(graph: nx.MultiDiGraph, community: _Community) -> str:
    data = graph.nodes[community.main or min(community.others)]
    title = _shortened(data['title'])
    # The first clause of a post without a title ends as one.
    return f'{title.rstrip("…")}…' if data.get('title_derived') and title else title


def _shortened(text: str) -> str:
    text = ' '.join(text.split())
    if len(text) <= _LONGEST:
        return text
    short = text[: _LONGEST - 1]
    if short.count('$') % 2:
        short = short[: short.rindex('$')]
    return f'{short.rstrip()}…'


def _folded(name: str) -> str:
    return name.casefold()


def _numbered(name: str, taken: Mapping[str, int]) -> str:
    number = 2
    while _folded(f'{name} ({number})') in taken:
        number += 1
    return f'{name} ({number})'


# Terms


def _find_terms(
    graph: nx.MultiDiGraph, communities: Sequence[_Community], texts: Mapping[str, str], memory: Memory
) -> None:
    wanted = [community for community in communities if len(community.posts) > _FEW]
    if not wanted:
        return
    posts = sorted(node for community in communities for node in _sample(community))
    title = {node: plain(graph.nodes[node]['title']) for node in graph}
    read = [f'{title[node]}\n' * _TITLE + texts.get(node, '')[:_READ] for node in posts]
    keys = [blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest() for text in read]
    memory.counts = count_texts(keys, lambda number: ('', read[number]), memory.counts)
    terms = terms_of(memory.counts)
    row = {node: index for index, node in enumerate(posts)}
    labels = [graph.nodes[node]['community'] for node in posts]
    prose = [plain(text) for text in read]
    spread = _Spread(terms, prose, labels, len(communities))
    for community in wanted:
        rows = [row[node] for node in community.posts if node in row]
        titles = [title[node] for node in community.posts]
        candidates = [*_phrases(titles), *_candidates(terms, rows, row[community.main], memory)]
        worth = {
            term: spread.log_odds(term, community.number) * _fitness(term, titles)
            for term in dict.fromkeys(candidates)
            if not _is_nameless(term)
        }
        _choose(community, worth, '\n'.join(prose[at] for at in rows))


def _sample(community: _Community) -> list[str]:
    """The main post and some more, from all over the community."""
    step = -(-len(community.posts) // _SAMPLE) or 1
    return sorted({community.main, *community.posts[::step]} - {''})


def _phrases(titles: Sequence[str]) -> list[str]:
    """Pairs of words that stand beside each other in titles, as the first title that has them writes them."""
    found: dict[str, str] = {}
    for title in titles:
        for match in _PHRASE.finditer(title):
            one, two = match.groups()
            if not _is_nameless(one) and not _is_nameless(two):
                phrase = f'{one} {two}'
                found.setdefault(phrase.casefold(), phrase)
    return list(found.values())


def _is_nameless(term: str) -> bool:
    words = {term.casefold(), *(stem(word) for word in term.split())}
    return not words.isdisjoint(_NO_NAMES) or term[-1] in _OPEN_ENDS


def _candidates(terms: Terms, rows: Sequence[int], main: int, memory: Memory) -> list[str]:
    """Terms that some pairs of posts share: of each with the main one, and with its nearest."""
    own = terms.weights[rows]
    cosines = (own @ own.T).tolil()
    cosines.setdiag(0.0)
    cosines = cosines.tocsr()
    near = np.asarray((own @ terms.weights[main].T).todense()).ravel()
    pairs: dict[tuple[int, int], float] = {}
    for at, one in enumerate(rows):
        if one != main:
            pairs[min(one, main), max(one, main)] = float(near[at])
        cells = slice(cosines.indptr[at], cosines.indptr[at + 1])
        if cells.stop > cells.start:
            best = int(cosines.data[cells].round(9).argmax())
            other, cosine = rows[int(cosines.indices[cells][best])], float(cosines.data[cells][best])
            pairs[min(one, other), max(one, other)] = cosine
    ordered = sorted(pairs, key=lambda pair: (-round(pairs[pair], 9), pair))
    # From all over the order: the closest pairs may be two parts of one text.
    step = max(1, len(ordered) // _PAIRS)
    found: dict[str, None] = {}
    for one, two in ordered[::step][:_PAIRS]:
        words = memory.words.of(
            terms.states[one] + terms.states[two],
            lambda one=one, two=two: shared_terms(terms, one, two, count=_SHARED)[0],  # type: ignore[misc]
        )
        found.update(dict.fromkeys(words))
    return list(found)


def _as_written(term: str, prose: str, capitals: Mapping[str, int]) -> str:
    """A word with the capital of a name: Hausdorff, though once someone wrote hausdorff."""
    name = term.capitalize()
    small = term.lower()
    if term != small or capitals.get(name, 0) < _A_NAME:
        return term
    return name if prose.count(small) * 4 < capitals[name] else term


def _completed(term: str, prose: str) -> str:
    """Ideographs with what always follows them."""
    for _ in range(_MISSING):
        at, after = -1, Counter[str]()
        while (at := prose.find(term, at + 1)) >= 0:
            after[prose[at + len(term) : at + len(term) + 1]] += 1
        beside = max(after, key=lambda one: (after[one], one), default='')
        # A word that ends is followed by this and that.
        if after[beside] < _ALWAYS * after.total() or after.total() < 3 or not ideographs(beside):
            break
        if beside in TRAILING or beside in FUNCTION_CHARACTERS:
            break
        term += beside
    return term


class _Spread:
    """How many posts of each community have a term."""

    def __init__(self, terms: Terms, texts: Sequence[str], labels: Sequence[int], communities: int) -> None:
        self._present = terms.weights.tocsc()
        self._texts = [text.casefold() for text in texts]
        self._labels = np.array(labels)
        self._sizes = np.bincount(labels, minlength=communities)
        self._column = terms.column

    def log_odds(self, term: str, community: int) -> float:
        """Log-odds of the term in the community against the rest, by its standard deviation.

        Nothing below two posts of the community.
        """
        with_it = self._labels[self._rows(term)]
        inside = float((with_it == community).sum())
        if inside < 2:
            return 0.0
        outside, size = len(with_it) - inside, float(self._sizes[community])
        rest = float(len(self._labels)) - size
        share = (inside + outside + 1) / (size + rest + 2)
        inside, outside = inside + _PRIOR * share, outside + _PRIOR * share
        without = _PRIOR * (1 - share)
        odds = np.log(inside / (size + _PRIOR * share - inside + without))
        odds -= np.log(outside / (rest + _PRIOR * share - outside + without))
        return float(odds / np.sqrt(1 / inside + 1 / outside))

    def _rows(self, term: str) -> NDArray[np.int64]:
        """The posts that have a term."""
        pieces = _pieces(term)
        known = [column for piece in pieces if (column := self._column(piece)) is not None]
        rows = np.arange(len(self._texts))
        for column in known:
            part = slice(self._present.indptr[column], self._present.indptr[column + 1])
            rows = np.intersect1d(rows, self._present.indices[part], assume_unique=True)
        if len(pieces) > 1:
            wanted = term.casefold()
            rows = np.array([row for row in rows.tolist() if wanted in self._texts[row]], dtype=np.int64)
        return rows if known else rows[:0]


def _pieces(term: str) -> list[str]:
    if ideographs(term) > 3:
        return [term[at : at + 3] for at in range(len(term) - 2)]
    return term.split()


def _fitness(term: str, titles: Sequence[str]) -> float:
    """How well a term suits a name: what titles say does, and what is long enough to be no mere word."""
    share = sum(term.casefold() in title.casefold() for title in titles) / len(titles)
    longer = (ideographs(term) - 2) / 10 if ideographs(term) else term.count(' ') / 4
    return (0.5 + 1.5 * float(np.sqrt(share))) * (1 + min(max(longer, 0.0), 0.3))


def _choose(community: _Community, worth: Mapping[str, float], prose: str) -> None:
    """Keep the best terms, none of which says again what a better one says."""
    best: dict[str, float] = {}
    words: set[str] = set()
    capitals = Counter(_CAPITALISED.findall(prose))
    for term in sorted(worth, key=lambda term: (-round(worth[term], 9), term)):
        own = {stem(word) for word in term.split()}
        if worth[term] <= 0 or len(best) == _KEPT:
            break
        written = _completed(term, prose) if ideographs(term) else _as_written(term, prose, capitals)
        folded = written.casefold()
        if words.isdisjoint(own) and not any(
            folded in other.casefold() or other.casefold() in folded for other in best
        ):
            best[written] = worth[term]
            words |= own
    community.terms = list(best)
    community.shown = min(2, len(best))
    worths = list(best.values())
    if len(best) >= _TERMS and worths[2] >= _THIRD * worths[1]:
        community.shown = _TERMS
