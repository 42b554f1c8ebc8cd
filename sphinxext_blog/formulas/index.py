r"""The index of all formulas of a blog, as files that a search loads one by one.

An *entry* is a formula up to its form N1 and the implications in it, with the places where it stands;
entries are numbered by importance: those of most posts first. The files are:

``index``
    how many entries there are, which of them are not one equation, how many
    files of texts there are, and which of keys;
``records-<n>``
    the LaTeX and the places of :data:`RECORDS` entries: of a place the number of its
    section, alone when the anchor is that of the section, else in a list with the anchor
    and the number of the formula;
``sections-<n>``
    :data:`SECTIONS` sections of posts in which formulas stand: the docname, the anchor,
    the heading; each is written once, as most formulas of a post share it;
``keys-<hh>``
    for the keys N3 (of equations ``e``, of sides ``s``) that begin with these
    two hexadecimal digits: the entries that hold them, by the four digits after these,
    which are enough to tell nearly all apart. Whether they are equal
    on N1 or N2 too the search finds out by comparing the formulas;
``said-<h>``
    for the terms (:mod:`~.words`) whose hash begins with this hexadecimal digit:
    the places around which they stand, as numbers: that of the entry times
    :data:`~.words.PLACES`, and which of its places it is;
``holders``
    the places of formulas in each post, as such numbers, by docname; as with
    terms, without those of inline formulas that are smaller than
    :data:`SMALLEST_SAID`: a letter is nothing to look for by words;
``words``, ``texts-<n>``
    the canonical texts N2 of the equations of :data:`TEXTS` entries, each word
    one character: its place in the list of words. They are smaller than any
    index of their parts would be, and are only loaded when keys find too little.

Lists of numbers are written as differences. Nothing here depends on the order
in which formulas are added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas.analysis import KEY_VERSION
from sphinxext_blog.formulas.catalogue import Place
from sphinxext_blog.formulas.normal import blind_text
from sphinxext_blog.formulas.words import PLACES, inverted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinxext_blog.formulas.model import Formula

__all__ = ['INDEX_VERSION', 'MOST_WORDS', 'RECORDS', 'SECTIONS', 'build_index', 'characters']

INDEX_VERSION: Final = 3
"""Version of the files; a search refuses another one."""
RECORDS: Final = 64
"""Entries in one file of records."""
SECTIONS: Final = 512
"""Sections in one file of sections."""
TEXTS: Final = 4096
"""Entries in one file of texts."""
MOST_WORDS: Final = 400
"""Words of an equation that its text keeps."""
SMALLEST_SAID: Final = 5
"""Weight of an inline formula that words find."""
_MOST_PLACES: Final = 60
"""Places of one entry that are kept."""
_MOST_ENTRIES: Final = 300
"""Entries of one key that are kept, the most important ones."""
_SIZED: Final = frozenset('vbnmofctrhFQAMX')


def build_index(formulas: Iterable[Formula], around: Iterable[str] = ()) -> dict[str, Any]:
    """The files of an index by name, as JSON data.

    :param formulas: with their keys and equations, in the reading order of each
        post. Of each entry and post the first display formula is kept, else
        the first inline one.
    :param around: what is said around each of them, when that is known.
    """
    entries = _entries(formulas, around)
    files: dict[str, Any] = {
        'index': {
            'version': INDEX_VERSION,
            'keys': KEY_VERSION,
            'entries': len(entries),
            # Nearly all formulas are one equation.
            'several': [
                [number, len(entry.formula.equations)]
                for number, entry in enumerate(entries)
                if len(entry.formula.equations) != 1
            ],
            'texts': -(-len(entries) // TEXTS),
        }
    }
    _add_records(files, entries)
    _add_keys(files, entries)
    files['index']['shards'] = sorted(name[-2:] for name in files if name.startswith('keys-'))
    _add_texts(files, entries)
    _add_places(files, entries)
    return files


class _Entry:
    """One entry while it is gathered."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.places: dict[str, Place] = {}
        self.displayed: set[str] = set()
        self.said: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """What is said around it in each post, headings of sections included."""

    def add(self, formula: Formula, around: str) -> None:
        name = formula.docname
        self.said[name] |= dict.fromkeys(text for text in (formula.section, around) if text)
        if name not in self.places or (formula.display and name not in self.displayed):
            self.places[name] = Place(name, formula.anchor, formula.section, formula.number)
        if formula.display:
            self.displayed.add(name)
        # The same whatever is added first.
        if (not formula.display, formula.docname) < (not self.formula.display, self.formula.docname):
            self.formula = formula

    def kept(self) -> list[Place]:
        """The places that the index keeps."""
        return [self.places[name] for name in sorted(self.places)[:_MOST_PLACES]]


def _entries(formulas: Iterable[Formula], around: Iterable[str]) -> list[_Entry]:
    entries: dict[tuple[tuple[str, ...], tuple[str, ...]], _Entry] = {}
    for formula, said in zip(formulas, chain(around, repeat('')), strict=False):
        if any(word[0] in _SIZED for text in formula.equations for word in text.split(' ')):
            whole = (formula.equations, formula.arrows)
            entries.setdefault(whole, _Entry(formula)).add(formula, said)
    return sorted(
        entries.values(),
        key=lambda entry: (
            -len(entry.places),
            not entry.formula.display,
            entry.formula.equations,
            entry.formula.arrows,
        ),
    )


def _add_records(files: dict[str, Any], entries: Sequence[_Entry]) -> None:
    held = [(place, place.docname in entry.displayed) for entry in entries for place in entry.kept()]
    # Inline formulas have the anchor of their section, display formulas their own.
    rows = {(place.docname, place.anchor, place.section) for place, displayed in held if not displayed}
    of_heading = {(docname, section): anchor for docname, anchor, section in sorted(rows, reverse=True)}
    for place, displayed in held:
        if displayed:
            of_heading.setdefault((place.docname, place.section), '')
    rows |= {(docname, anchor, section) for (docname, section), anchor in of_heading.items()}
    sections = sorted(rows)
    numbers = {row: number for number, row in enumerate(sections)}

    def written(place: Place, *, displayed: bool) -> int | list[Any]:
        anchor = of_heading[place.docname, place.section] if displayed else place.anchor
        number = numbers[place.docname, anchor, place.section]
        if place.anchor == anchor and not place.number:
            return number
        return [number, place.anchor, place.number] if place.number else [number, place.anchor]

    for start in range(0, len(entries), RECORDS):
        files[f'records-{start // RECORDS}'] = [
            [
                entry.formula.shown,
                int(entry.formula.display),
                [written(place, displayed=place.docname in entry.displayed) for place in entry.kept()],
            ]
            for entry in entries[start : start + RECORDS]
        ]
    for start in range(0, len(sections), SECTIONS):
        files[f'sections-{start // SECTIONS}'] = [list(row) for row in sections[start : start + SECTIONS]]


def _add_keys(files: dict[str, Any], entries: Sequence[_Entry]) -> None:
    holders: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for key in entry.formula.keys[2::3]:
            holders[f'{key.kind[0]}{key.hash[:6]}'][number] = None
    for name, numbers in sorted(holders.items()):
        steps = _differences(list(islice(numbers, _MOST_ENTRIES)))
        files.setdefault(f'keys-{name[1:3]}', {})[name[0] + name[3:]] = steps


def _add_texts(files: dict[str, Any], entries: Sequence[_Entry]) -> None:
    texts = [
        [blind_text(text).split(' ')[:MOST_WORDS] for text in entry.formula.equations] for entry in entries
    ]
    counts = Counter(word for equations in texts for words in equations for word in words)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    files['words'] = words
    character = dict(zip(words, characters(), strict=False))
    for start in range(0, len(entries), TEXTS):
        files[f'texts-{start // TEXTS}'] = [
            ''.join(map(character.__getitem__, equation))
            for equations in texts[start : start + TEXTS]
            for equation in equations
        ]


def _add_places(files: dict[str, Any], entries: Sequence[_Entry]) -> None:
    said: dict[int, str] = {}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if not entry.displayed and all(key.size < SMALLEST_SAID for key in entry.formula.keys):
            continue
        for n, place in enumerate(entry.kept()):
            code = number * PLACES + n
            holders[place.docname].append(code)
            said[code] = '\n'.join(entry.said[place.docname])
    shards = inverted(said)
    for shard, terms in shards.items():
        files[f'said-{shard}'] = {term: _differences(codes) for term, codes in terms.items()}
    files['holders'] = {name: _differences(codes) for name, codes in sorted(holders.items())}
    files['index']['said'] = ''.join(shards)


def characters() -> Iterator[str]:
    """The characters that stand for words, in their order: those that JSON and scripts write as they are."""
    for code in range(0x21, 0x110000):
        special = chr(code) in '"\\<>&\u2028\u2029' or 0x7F <= code <= 0xA0
        if not special and not 0xD800 <= code <= 0xF8FF:
            yield chr(code)


def _differences(numbers: Sequence[int]) -> list[int]:
    """Ascending numbers as the first and the steps from each to the next."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
