"""Titles of posts in plain text: neither linked nor in marks.

Such words may speak of the post or merely of its subject, so that they are
offered and never counted as a citation. Short and common titles say nothing:
a title must carry enough information and must be rare in the text of the blog.

All titles are looked for at once, by the rarest four characters of each: the
text is cut into runs of four once, and only titles whose run is there are
compared (the filter of Karp and Rabin, “Efficient randomized pattern-matching
algorithms”, 1987, with a hash table in place of the rolling hash).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from sphinxext_blog.records import Link, Mention, NodeId
from sphinxext_blog.references.sentences import sentence_around
from sphinxext_blog.references.series_titles import parse_title
from sphinxext_blog.references.titles import has_cjk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sphinxext_blog.records import DocName, Passage, Post
    from sphinxext_blog.remembering import Remembered

__all__ = ['Mentioned', 'find_unlinked', 'information']

Mentioned = dict[str, tuple[Link, ...]]
"""The places in one post where titles of others stand, by title."""

LEAST_INFORMATION: Final = 21.0
"""Bits: five Chinese characters, or 17 letters of two words."""
MOST_POSTS: Final = 5
"""In how many posts a title may stand in plain text at least, before it counts as common."""
COMMON_SHARE: Final = 0.01
"""Of large blogs the share of posts instead."""
_MOST_PLACES: Final = 3  # of one title in one post: one would do to offer a link
_BITS_OF_LETTER: Final = 1.3
_BITS_OF_IDEOGRAPH: Final = 5.0
_RUN: Final = 4
_LEAST_OF_A_PART: Final = 6  # Chinese characters
_LONGEST: Final = 200  # characters of a title
_PREFIXES: Final = frozenset('不非无反逆半伪准超亚拟多单双次')
"""Characters that make another word of the one behind them: 非线性规划入门 speaks of no 线性规划入门."""

_HYPHENS: Final = frozenset('-‐‑')
_SENTENCE_END: Final = re.compile(r'(?<![\W_])(?=[\W_]*?[。！？；!?;\n])[\W_]++')
_GAP: Final = re.compile(r'[^\w\n]+|_+')
_CJK: Final = r'㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff぀-ヿ가-힣'
_BESIDE_CJK: Final = re.compile(f'(?<=[{_CJK}]) | (?=[{_CJK}])')


def information(words: str) -> float:
    """About how many bits words carry in running text.

    1.3 bits a letter (Shannon, “Prediction and Entropy of Printed English”,
    1951) and 5 bits a Chinese character; a single word carries none, since it
    is a word before it is a title.
    """
    form = _folded(words)
    ideographs = sum(1 for c in form if has_cjk(c))
    if not ideographs and ' ' not in form:
        return 0.0
    return (
        _BITS_OF_IDEOGRAPH * ideographs
        + _BITS_OF_LETTER * sum(c.isalnum() for c in form)
        - (_BITS_OF_LETTER * ideographs)
    )


def find_unlinked(
    posts: Iterable[Post],
    passages: Mapping[DocName, Sequence[Passage]],
    linked: Collection[tuple[str, str]],
    *,
    versions: Mapping[DocName, str] | None = None,
    memory: Remembered[Mentioned] | None = None,
) -> tuple[Link, ...]:
    """Find the titles of posts in the plain text of other posts.

    Left out are titles that two posts share or that say too little, titles
    that stand in plain text in many posts, places inside a longer word or a
    longer title, and what the reader can follow anyway: pairs of posts of which
    one links to the other. The time is linear in the text for titles that
    differ in their rarest characters, as titles do.

    :param posts: the posts whose titles are looked for.
    :param passages: the running text of each post, with what is no plain text told.
    :param linked: pairs of docnames, citing and cited.
    :param versions: a digest of the passages of each post; needed with a memory.
    :param memory: what was found before; it saves time and changes nothing.
    :returns: at most three places for each pair, in the order of source and place.
    """
    targets = _targets(list(posts))
    postings = _Postings(targets)
    told = hashlib.sha256(repr(sorted(targets.items())).encode('utf-8', 'surrogatepass')).hexdigest()
    mentioned: dict[DocName, Mentioned] = {}
    for source in sorted(passages):

        def look(source: DocName = source) -> Mentioned:
            return _mentioned(source, passages[source], targets, postings)

        if memory is None or versions is None:
            mentioned[source] = look()
        else:
            depends_on = repr((told, str(source), versions.get(source, '')))
            mentioned[source] = memory.of(depends_on.encode('utf-8', 'surrogatepass'), look)
    spread = Counter(form for own in mentioned.values() for form in own)
    most = max(MOST_POSTS, COMMON_SHARE * len(passages))
    links = [
        link
        for source, own in mentioned.items()
        for form, places in own.items()
        if spread[form] <= most and (source, targets[form]) not in linked
        for link in places
    ]
    return tuple(
        sorted(links, key=lambda k: (k.source, k.mention.line, k.mention.anchor, k.mention.span, k.target))
    )


def _mentioned(
    source: DocName, passages: Sequence[Passage], targets: Mapping[str, DocName], postings: _Postings
) -> Mentioned:
    """The titles of others that stand in a post, in the order of the titles."""
    return {
        form: tuple(_links(source, targets[form], form, passages, places))
        for form, places in sorted(_places_in(passages, postings))
        if targets[form] != source
    }


class _Postings:
    """Titles by the rarest four characters of each."""

    def __init__(self, forms: Iterable[str]) -> None:
        letters_of = {form: _letters(form) for form in sorted(forms)}
        letters_of = {form: letters for form, letters in letters_of.items() if len(letters) >= _RUN}
        own = [np.unique(_runs(letters)) for letters in letters_of.values()]
        runs, spread = np.unique(np.concatenate([_NO_RUNS, *own]), return_counts=True)
        self._by_run: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for (form, letters), mine in zip(letters_of.items(), own, strict=True):
            # Of equally rare ones the lowest, so that the same titles always have the same runs.
            rarest = mine[np.argmin(spread[np.searchsorted(runs, mine)])]
            self._by_run[int(rarest)].append((letters, form))
        self._runs = np.array(sorted(self._by_run), dtype=np.uint64)

    def within(self, text: str) -> list[str]:
        """The titles whose letters stand in a text one after another, whatever is between them."""
        runs = _runs(text)
        if not len(self._runs) or not len(runs):
            return []
        place = np.minimum(np.searchsorted(self._runs, runs), len(self._runs) - 1)
        here = np.unique(runs[self._runs[place] == runs])
        return [form for run in here.tolist() for letters, form in self._by_run[run] if letters in text]


_NO_RUNS: Final = np.zeros(0, dtype=np.uint64)
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)


def _runs(text: str) -> NDArray[np.uint64]:
    """A number for each run of four characters; that others may have the same does no harm."""
    points = np.frombuffer(text.encode('utf-32-le', 'surrogatepass'), dtype='<u4').astype(np.uint64)
    if len(points) < _RUN:
        return _NO_RUNS
    count = len(points) - _RUN + 1
    runs = points[:count].copy()
    for at in range(1, _RUN):
        runs *= _BASE
        runs += points[at : at + count]
    return runs


def _targets(posts: Sequence[Post]) -> dict[str, DocName]:
    """The titles worth looking for, folded."""
    named: dict[str, set[DocName]] = defaultdict(set)
    for post in posts:
        for title in [*post.aliases] if post.title_derived else [post.title, *post.aliases]:
            form = _folded(title).strip() if len(title) <= _LONGEST and '$' not in title else ''
            if len(form) >= _RUN and information(title) >= LEAST_INFORMATION:
                named[form].add(post.docname)
    targets = {form: next(iter(names)) for form, names in named.items() if len(names) == 1}
    parts: dict[str, set[DocName]] = defaultdict(set)
    for post in posts:
        part = None if post.title_derived else parse_title(post.title)
        if part and _is_name(part.rest) and (form := _folded(part.rest).strip()) not in named:
            parts[form].add(post.docname)
    targets.update((form, next(iter(names))) for form, names in parts.items() if len(names) == 1)
    return targets


def _is_name(rest: str) -> bool:
    """Whether what a title says behind its number can be nothing but the name of that part.

    Six Chinese characters, as 对偶与势函数, speak of hardly anything else.
    """
    return (
        len(rest) <= _LONGEST
        and '$' not in rest
        and sum(map(has_cjk, rest)) >= _LEAST_OF_A_PART
        and information(rest) >= LEAST_INFORMATION
    )


def _folded(text: str) -> str:
    """Text in which spaces, marks, width and case make no difference; a line break between sentences."""
    text = unicodedata.normalize('NFKC', text).casefold()
    return _BESIDE_CJK.sub('', _GAP.sub(' ', _SENTENCE_END.sub('\n', text)))


class _OnlyLetters(dict[int, int | None]):
    """For :meth:`str.translate`: takes away what is neither letter nor number."""

    def __missing__(self, point: int) -> int | None:
        kept = self[point] = point if chr(point).isalnum() else None
        return kept


_ONLY_LETTERS: Final = _OnlyLetters()


def _letters(text: str) -> str:
    """The letters of a text, folded: where a title stands, its letters stand one after another."""
    return unicodedata.normalize('NFKC', text).casefold().translate(_ONLY_LETTERS)


def _masked(passage: Passage) -> str:
    """The plain text of a passage, line breaks in place of all else; places stay."""
    pieces, last = [], 0
    for start, end in passage.taken:
        pieces += [passage.text[last:start], '\n' * (end - start)]
        last = end
    return ''.join([*pieces, passage.text[last:]])


def _places_in(
    passages: Sequence[Passage], postings: _Postings
) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Titles that stand in a post, each with passage, start and end of its first places."""
    masked = [_masked(passage) for passage in passages]
    candidates = postings.within(_letters('\n'.join(masked)))
    if not candidates:
        return
    # Letter by letter, which is slow: only where a title stands.
    followed = [_follow(piece) for piece in masked]
    free = [bytearray(b'\1') * len(folded) for folded, _ in followed]
    # Longer ones first: within them the shorter ones are not meant.
    for form in sorted(candidates, key=lambda form: (-len(form), form)):
        places: list[tuple[int, int, int]] = []
        for number, (folded, origin) in enumerate(followed):
            for start in _occurrences(form, folded):
                end = start + len(form)
                first, last = origin[start], origin[end - 1] + 1
                if not all(free[number][start:end]):
                    continue
                free[number][start:end] = bytes(len(form))
                if not _is_compound(masked[number], first, last):
                    places.append((number, first, last))
        if places:
            yield form, places[:_MOST_PLACES]


def _occurrences(form: str, text: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        before, after = text[start - 1 : start], text[end : end + 1]
        goes_on = _is_letter(before) and _is_letter(form[0]), _is_letter(after) and _is_letter(form[-1])
        if not any(goes_on) and before not in _PREFIXES:
            yield start
        start = text.find(form, end)


def _is_compound(text: str, start: int, end: int) -> bool:
    """Whether a hyphen makes a place part of a longer word: semi-pseudometric space."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (len(before) > 1 and before[1] in _HYPHENS and before[0].isalnum()) or (
        len(after) > 1 and after[0] in _HYPHENS and after[1].isalnum()
    )


def _is_letter(c: str) -> bool:
    return bool(c) and c.isalnum() and not has_cjk(c)


def _follow(text: str) -> tuple[str, list[int]]:
    """Fold a text and tell for each character of the result where it comes from."""
    chars: list[str] = []
    origin: list[int] = []
    for i, c in enumerate(text):
        for folded in unicodedata.normalize('NFKC', c).casefold():
            chars.append(folded)
            origin.append(i)
    whole = ''.join(chars)
    for pattern, instead in ((_SENTENCE_END, '\n'), (_GAP, ' '), (_BESIDE_CJK, '')):
        pieces: list[str] = []
        kept: list[int] = []
        last = 0
        for match in pattern.finditer(whole):
            pieces += [whole[last : match.start()], instead]
            kept += origin[last : match.start()] + [origin[match.start()]] * len(instead)
            last = match.end()
        pieces.append(whole[last:])
        kept += origin[last:]
        whole, origin = ''.join(pieces), kept
    return whole, origin


def _links(
    source: DocName,
    target: DocName,
    form: str,
    passages: Sequence[Passage],
    places: Sequence[tuple[int, int, int]],
) -> Iterator[Link]:
    score = round(min(1.0, information(form) / (4 * LEAST_INFORMATION)), 3)
    for number, start, end in places:
        passage = passages[number]
        context, span = sentence_around(passage.text, start, end)
        mention = Mention(
            source, 'plain', passage.text[start:end], form, context, span, passage.anchor, passage.line
        )
        yield Link(source, NodeId(target), 'mention', mention, score)
