"""Real posts with their links taken away, for the benchmark of related posts.

A corpus is a folder with ``src`` (Markdown) and ``truth.jsonl`` (``source``,
``target``, ``text`` and, where known, ``context`` of each link). What is read
is what a build would know of a post, but for its links: their markup *and*
their words are gone, and so are 《titles》, so that nothing can be read off.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import yaml

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.formulas import Formula, SharedFormula, shared_formulas
from sphinxext_blog.records import DocName, Post, Resolution
from sphinxext_blog.references import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ['Corpus', 'read_corpus']

_FRONT = re.compile(r'\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)', re.DOTALL)
_FENCE = re.compile(r'^([ \t]*)(`{3,}|~{3,}).*?^\1\2`*[ \t]*$', re.DOTALL | re.MULTILINE)
_LINKS = re.compile(
    r'!?\[(?:[^\[\]]|\[[^\[\]]*\]){0,300}\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)'  # Markdown
    r'|\[\[[^\[\]\n]*\]\]'  # wikilinks
    r'|:[\w-]+:`[^`]*`|\{[\w-]+\}`[^`]*`'  # roles
    r'|《(?:[^《》]|《[^《》]*》){1,100}》'  # titles
    r'|<a\s[^>]*>.*?</a>|https?://[^\s)>\]，。；）》]+',
    re.DOTALL,
)
_LABEL = re.compile(r'^:\w+:`[^`]*`|^\([\w-]+\)=[ \t]*$', re.MULTILINE)
_HEADING = re.compile(r'^(#{1,6})[ \t]+(.+?)[ \t#]*$', re.MULTILINE)
_DISPLAY = re.compile(
    r'\$\$(.{1,4000}?)\$\$|\\\[(.{1,4000}?)\\\]|(\\begin\{(equation|align|gather|multline)\*?\}.{1,4000}?\\end\{\4\*?\})',
    re.DOTALL,
)
_INLINE = re.compile(r'(?<![\\$])\$([^$\n]{1,400}?)(?<!\\)\$')


@dataclass
class Corpus:
    """Posts without their links, and the links."""

    name: str
    posts: list[Post]
    texts: dict[str, str]
    pairs: list[tuple[str, str]]
    """Source and target of each link, sorted, each pair once."""
    formulas: tuple[SharedFormula, ...]
    series: Resolution
    """What titles alone tell: series, no links."""
    wanted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Targets by source."""

    @property
    def language(self) -> str:
        """From the name of the folder: ``zh-…``, ``en-…``."""
        return self.name.partition('-')[0]


def read_corpus(folder: Path) -> Corpus:
    """Read a corpus.

    :raises OSError: when ``truth.jsonl`` or ``src`` cannot be read.
    """
    truth = [json.loads(line) for line in (folder / 'truth.jsonl').read_text('utf-8').splitlines() if line]
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in truth:
        mentions[row['source']].append(row)
    posts, texts, formulas = [], {}, []
    src = folder / 'src'
    for file in sorted(path for path in src.rglob('*') if path.is_file()):
        name = DocName(file.relative_to(src).with_suffix('').as_posix())
        text = file.read_text('utf-8', errors='replace').replace('\r\n', '\n')
        meta, text = _front_matter(text)
        text = _FENCE.sub(' ', text)
        formulas += _formulas(name, text)
        text = _hidden(text, mentions[name])
        first = _HEADING.search(text)
        title = str(meta.get('title') or (first[2] if first and len(first[1]) == 1 else '') or name)
        texts[name] = text
        posts.append(Post(name, title.strip(), date=_date(meta.get('date'), name), tags=_tags(meta)))
    pairs = sorted({(row['source'], row['target']) for row in truth})
    pairs = [(one, two) for one, two in pairs if one != two and one in texts and two in texts]
    series = Resolution(series=resolve(posts, []).series)
    corpus = Corpus(folder.name, posts, texts, pairs, tuple(shared_formulas(formulas, len(posts))), series)
    for one, two in pairs:
        corpus.wanted[one].add(two)
    return corpus


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match[1])
    except yaml.YAMLError:
        meta = None
    return (meta if isinstance(meta, dict) else {}), text[match.end() :]


def _tags(meta: Mapping[str, Any]) -> tuple[str, ...]:
    tags: list[str] = []
    for key in ('tags', 'categories'):
        value = meta.get(key) or ()
        tags += value.split(',') if isinstance(value, str) else map(str, value)
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _date(value: object, name: str) -> PartialDate | None:
    match = re.search(r'((?:19|20)\d\d)-(\d\d)-(\d\d)', f'{value or ""} {name}')
    if not match:
        return None
    try:
        day = dt.date(*map(int, match.groups()))
    except ValueError:
        return None
    return PartialDate(day.year, day.month, day.day)


def _hidden(text: str, mentions: Iterable[Mapping[str, Any]]) -> str:
    """The text without any link: not what it leads to, and not what it says."""
    for row in mentions:
        before, mark, after = row.get('context', '').partition(f'⟦{row["text"]}⟧')
        words = row['text'].strip()
        if mark and words and not re.search(r'[\[\]`]', words):
            # Converted corpora have lost the markup: the words are found by what stands beside them.
            near = (
                [re.escape(part) for part in before.split()[-2:]],
                [re.escape(p) for p in after.split()[:2]],
            )
            pattern = r'\s*'.join(
                [*near[0], '(' + r'\s+'.join(map(re.escape, words.split())) + ')', *near[1]]
            )
            text = re.sub(pattern, lambda m: m[0].replace(m[1], ' ', 1), text, count=1)
    return _LINKS.sub(' ', _LABEL.sub(' ', text))


def _formulas(name: DocName, text: str) -> list[Formula]:
    found = [(m.start(), m[1] or m[2] or m[3], True) for m in _DISPLAY.finditer(text)]
    bare = _DISPLAY.sub(lambda m: ' ' * len(m[0]), text)
    found += [(m.start(), m[1], False) for m in _INLINE.finditer(bare)]
    return [Formula(name, '', latex, display) for _, latex, display in sorted(found)]
