"""The words that two posts share, fit to be read.

The terms of unspaced text are pairs and triples of characters, most of them
fragments. Here they grow into the longest strings that both posts contain
between stop words, and are cut where characters meet by chance. What is left
must be a word where it stands: if in one of the posts its ends belong to the
characters beside it (性方 in 连续性方程), it shrinks or is dropped. Fragments of
one another are dropped as well.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from sphinxext_blog.graph.counting import gram_code, spelled_gram
from sphinxext_blog.graph.stopwords import CHINESE, GENERAL, LEADING, TRAILING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sphinxext_blog.graph.terms import Terms

__all__ = ['ideographs', 'shared_terms']

_COMMON = 100
_SEEDS = 24
"""So many of the heaviest common terms are taken into account, and so many of these grown."""
_SPARE = 4
"""Words beyond the wanted number of which the best are taken."""
_FARTHEST = 20
"""Characters that a piece grows at most to either side."""
_LONGEST = 8
"""Characters of a term: what is longer is a quotation, and cut where it holds together least."""
_PLACES = 2
"""Occurrences of a piece whose surroundings are looked at."""
_LOOKED_AT = 12
"""Occurrences of a word at which its ends are looked at."""
_READ = 50_000
"""Characters of each post that are searched for the surroundings of a piece."""
_WORD_LENGTH = 3
"""Letters of a word that readers recognise; shorter ones count but are not shown."""
_LONG = 100
"""In posts of so many ideographs a pair of them occurs by chance unless it recurs."""
_RECURRING = 3
"""Occurrences in both posts together."""
_CHANCE = 1.0
_TIED = 2.5
"""Nats of cohesion: characters below the first are cut apart, a word's ends have the second."""
_WHOLE = 0.3
"""Binding of a pair that is a word although it begins or ends like a phrase: 中心, 对偶."""
_LOOSE = 0.4
"""A character beside a word is none of it when it is bound less than this part of the word's own end."""


def _trie(words: Sequence[str]) -> str:
    """A pattern of the longest of the words at a place."""
    after: dict[str, list[str]] = {}
    for word in sorted(words):
        after.setdefault(word[:1], []).append(word[1:])
    ends = '' in after
    branches = [re.escape(first) + _trie(rest) for first, rest in after.items() if first]
    single = len(branches) == 1 and not ends
    return branches[0] if single else f'(?:{"|".join(branches)}){"?" if ends else ""}' if branches else ''


_STOP_WORDS = [word for word in CHINESE if len(word) > 1]
_STOP = re.compile(_trie(_STOP_WORDS))
"""The longest stop word at a place."""
_STOP_BEGINS = frozenset(word[:2] for word in _STOP_WORDS)
"""With these they begin: a place of a text is looked up sooner than a pattern is tried there."""
_BEFORE = frozenset(' ' + LEADING)
_BEHIND = frozenset(' ' + TRAILING)
_PREPOSITIONS = frozenset('从在将由给把被让')
"""With these hardly any word begins whose second character is bound to the third."""
_COUNTED = re.compile('[一两几][台场张名条支位根棵件句幅届只个组门]|[台场条届棵]')
"""A number and what it counts, as before 机器 in 一台机器."""
_UNSPACED = re.compile('[^\\W\\da-zA-Z\u00c0-\u2fff\uac00-\ud7ff]+')


def ideographs(word: str) -> int:
    """Number of ideographs of a term of unspaced writing; 0 for a word of letters."""
    return len(word) if _UNSPACED.fullmatch(word) else 0


def shared_terms(terms: Terms, one: int, two: int, *, count: int = 6) -> tuple[tuple[str, ...], float]:
    """The terms that bring two posts together most, fit to be read, strongest first.

    :param one: row of the first post.
    :param two: row of the other one.
    :returns: at most ``count`` strings, each in both posts, none part of another;
        and the part of the cosine of the posts that they explain. What stop
        words and fragments add to it is chance.
    """
    common = _contributions(terms, one, two)
    here, there = _told(terms, one), _told(terms, two)
    sparing = min(len(here), len(there)) >= _LONG
    worth: dict[str, float] = {}
    surroundings: set[str] = set()
    read = ''
    for code in islice(common, _SEEDS):
        if len(worth) >= count + _SPARE:
            break  # what else they share contributes less
        if code < 0:
            term = terms.word(code)
            if _is_shown(term, terms):
                worth[term] = common[code]
            continue
        term = spelled_gram(code)
        if term in read:
            continue
        for text in _grown(term, here, there):
            if text in surroundings:
                continue
            surroundings.add(text)
            read = f'{read} {text}'
            for piece in _cut(text, terms):
                word = _settled(piece, (one, two), terms, surely=sparing)
                if not word or word in worth or _is_general(word, terms):
                    continue
                if len(word) > 2 or not sparing or _often(word, (one, two), terms) >= _RECURRING:
                    worth[word] = _worth(word, common, terms)
    chosen: list[str] = []
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        if len(chosen) == count:
            break
        if worth[term] > 0:
            for other in chosen:
                if term in other or other in term:
                    break
            else:
                chosen.append(term)
    return tuple(chosen), sum(worth[term] for term in chosen)


def _told(terms: Terms, post: int) -> str:
    """The ideographic text of a post with blanks for stop words."""
    told = terms.known.told.get(post)
    if told is None:
        told = terms.known.told[post] = _without_stop_words(terms.runs[post][:_READ], terms)
    return told


def _without_stop_words(text: str, terms: Terms) -> str:
    out: list[str] = []
    at = 0
    after_stop = False
    for start in _stop_begins(text):
        match = _STOP.match(text, start) if start >= at else None
        if match is None:
            continue
        # The longest, unless its first character belongs to the one before: 结|构成, 结构|成.
        before = ' ' if start == 0 or (start == at and after_stop) else text[start - 1]
        if text[start] in LEADING:
            before = ' '
        bound = before != ' ' and terms.binding(before + text[start]) > terms.binding(text[start : start + 2])
        end = start + 1 if bound else match.end()
        out.append(text[at:end] if bound else f'{text[at:start]} ')
        at, after_stop = end, not bound
    out.append(text[at:])
    return ''.join(out)


def _stop_begins(text: str) -> list[int]:
    """Where two characters stand with which a stop word begins."""
    points = np.frombuffer(text.encode('utf-32-le', 'surrogatepass'), dtype='<u4')
    first, second = _stop_characters()
    beyond = len(first) - 1
    points = np.minimum(points, beyond)
    places = np.flatnonzero(first[points[:-1]] & second[points[1:]]).tolist()
    return [place for place in places if text[place : place + 2] in _STOP_BEGINS]


@cache
def _stop_characters() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters begin stop words, and which come second, by code point; all others last."""
    tables = np.zeros((2, max(ord(c) for begin in _STOP_BEGINS for c in begin) + 2), dtype=bool)
    for place in (0, 1):
        tables[place, [ord(begin[place]) for begin in _STOP_BEGINS]] = True
    return tables[0], tables[1]


def _is_shown(word: str, terms: Terms) -> bool:
    """Whether a word of letters may explain; in unspaced writing other than ideographs none does."""
    known = terms.known.shown.get(word)
    if known is None:
        known = len(word) >= _WORD_LENGTH and word.lower() not in GENERAL and not _UNSPACED.fullmatch(word)
        terms.known.shown[word] = known
    return known


def _contributions(terms: Terms, one: int, two: int) -> dict[int, float]:
    """The largest parts of the cosine by code of the term, largest first."""
    (columns, here), (others, there) = terms.row(one), terms.row(two)
    if not len(columns) or not len(others):
        return {}
    place = np.searchsorted(others, columns)
    place[place == len(others)] = 0
    both = others[place] == columns
    product = here[both] * there[place[both]]
    order = np.argsort(-np.round(product, 12), kind='stable')[:_COMMON]
    codes = terms.codes[columns[both][order]]
    return dict(zip(codes.tolist(), product[order].tolist(), strict=True))


def _grown(piece: str, here: str, there: str) -> list[str]:
    """The longest surroundings that a piece has in both texts."""
    found = []
    at = -1
    for _ in range(_PLACES):
        at = here.find(piece, at + 1)
        if at < 0:
            break
        start, end = at, at + len(piece)
        if here[start:end] not in there:
            break
        right, left = min(len(here), end + _FARTHEST), max(0, start - _FARTHEST)
        while end < right and here[end] != ' ' and here[start : end + 1] in there:
            end += 1
        while start > left and here[start - 1] != ' ' and here[start - 1 : end] in there:
            start -= 1
        found.append(here[start:end])
    return found


def _cut(text: str, terms: Terms) -> list[str]:
    """The words of a run of characters, cut where neighbours are there by chance; no stop words."""
    known = terms.known.cut.get(text)
    if known is None:
        known = terms.known.cut[text] = _cut_anew(text, terms)
    return known


def _cut_anew(text: str, terms: Terms) -> list[str]:
    ties = [terms.cohesion(text[at : at + 2]) for at in range(len(text) - 1)]
    words = []
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        inner = range(start, end - 1)
        # The weakest tie, of equal ones the one nearest to the middle.
        weakest = min(inner, key=lambda at: (ties[at], abs(2 * at + 2 - start - end)), default=start)
        if inner and (ties[weakest] < _CHANCE or end - start > _LONGEST):
            waiting += [(weakest + 1, end), (start, weakest + 1)]
        else:
            words.append(_trimmed(text[start:end], terms))
    return [word for word in words if word]


def _trimmed(word: str, terms: Terms) -> str:
    """Without characters at its ends that only lead into it or out of it; empty when no word is left."""
    while len(word) > 2:
        if (skipped := _skipped(word, terms)) and len(word) - skipped > 1:
            word = word[skipped:]
        elif word[0] in LEADING and _loose(word[:2], word[1:3], terms):
            word = word[1:]
        elif word[-1] in TRAILING and _loose(word[-2:], word[-3:-1], terms):
            word = word[:-1]
        elif terms.cohesion(word[:2]) < _TIED and _loose(word[:2], word[1:3], terms):
            word = word[1:]
        elif terms.cohesion(word[-2:]) < _TIED and _loose(word[-2:], word[-3:-1], terms):
            word = word[:-1]
        else:
            return word
    bare = word.lstrip(LEADING).rstrip(TRAILING)
    whole = (
        len(word) > 1 and terms.cohesion(word) >= _TIED and (bare == word or terms.binding(word) >= _WHOLE)
    )
    return word if whole else ''


def _skipped(word: str, terms: Terms) -> int:
    """How many characters at its beginning only lead into a word: 从均匀分布, 两条直线."""
    if word[0] in _PREPOSITIONS:
        end = 1
    elif counted := _COUNTED.match(word):
        end = counted.end()
    else:
        return 0
    return end if terms.binding(word[end - 1 : end + 1]) < terms.binding(word[end : end + 2]) else 0


def _is_general(word: str, terms: Terms) -> bool:
    """Whether it is made of words that stand in every text, and characters around them: 问题背景, 只依赖."""
    known = terms.known.general.get(word)
    if known is None:
        known = terms.known.general[word] = _says_nothing(word)
    return known


def _says_nothing(word: str) -> bool:
    bare = word.lstrip(LEADING).rstrip(TRAILING)
    reached = {0}
    for end in range(2, len(bare) + 1):
        if any(bare[start:end] in GENERAL for start in reached):
            reached.add(end)
    return not bare or len(bare) in reached or word in GENERAL


def _loose(edge: str, inner: str, terms: Terms) -> bool:
    return terms.binding(edge) < _LOOSE * terms.binding(inner)


def _settled(word: str, posts: tuple[int, int], terms: Terms, *, surely: bool) -> str:
    """The part of a term that is a word of its own in both posts; empty when there is none.

    :param surely: the posts are long enough to tell that a word of three characters is none in either.
    """
    one, two = posts
    while word:
        (left, right), (other_left, other_right) = _free(word, one, terms), _free(word, two, terms)
        open_left, open_right = left and other_left, right and other_right
        if len(word) == 2:
            return word if open_left and open_right else ''
        if not open_left and terms.binding(word[:2]) < terms.binding(word[1:3]):
            word = _trimmed(word[1:], terms)
        elif not open_right and terms.binding(word[-2:]) < terms.binding(word[-3:-1]):
            word = _trimmed(word[:-1], terms)
        else:
            return word if not surely or ((left or other_left) and (right or other_right)) else ''
    return ''


def _free(word: str, post: int, terms: Terms) -> tuple[bool, bool]:
    """Whether the word anywhere in a post begins, and anywhere ends, and not as a part of a longer one."""
    known = terms.known.free.get((post, word))
    if known is None:
        text = _told(terms, post)
        known = terms.known.free[post, word] = _ends(word, text, -1, terms), _ends(word, text, 1, terms)
    return known


def _ends(word: str, text: str, side: int, terms: Terms) -> bool:
    binding = terms.binding
    limit = _LOOSE * binding(word[:2] if side < 0 else word[-2:])
    border = _BEFORE if side < 0 else _BEHIND
    ahead = -1 if side < 0 else len(word)
    seen = set()
    start = text.find(word)
    for _ in range(_LOOKED_AT):
        if start < 0:
            break
        place = start + ahead
        beside = text[place] if 0 <= place < len(text) else ' '
        if beside in border:
            return True
        if beside not in seen:
            if binding(beside + word[0] if side < 0 else word[-1] + beside) < limit:
                return True
            seen.add(beside)
        start = text.find(word, start + 1)
    return False


def _often(word: str, posts: tuple[int, int], terms: Terms) -> int:
    """How often two posts have a word."""
    often = terms.known.often
    for post in posts:
        if (post, word) not in often:
            often[post, word] = _told(terms, post).count(word)
    return often[posts[0], word] + often[posts[1], word]


def _worth(term: str, common: Mapping[int, float], terms: Terms) -> float:
    """What the pieces of a term contribute together."""
    codes = terms.known.pieces.get(term)
    if codes is None:
        pieces = {term[at : at + length] for length in (2, 3) for at in range(len(term) - length + 1)}
        codes = terms.known.pieces[term] = tuple(map(gram_code, sorted(pieces)))
    return sum([common[code] for code in codes if code in common])
