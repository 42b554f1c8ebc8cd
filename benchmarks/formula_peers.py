r"""What formulas are looked for with: the extension's own index, and what it is compared with.

Each peer is made from a list of documents, LaTeX of one formula each, and
gives the numbers of those that are like a query, the likest first.
"""

from __future__ import annotations

import importlib.util
import math
import multiprocessing
import os
import re
import tempfile
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Protocol

from sphinxext_blog.formulas import Formula, FormulaSearch, analyse, keys_of
from sphinxext_blog.records import DocName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

_MOST = 50
"""Answers to one query."""
_CLOSING = {',', ')', 'R('}


class Peer(Protocol):
    """Something that finds formulas."""

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first."""


def forms_of(latex: str, level: int) -> tuple[str, ...]:
    return tuple(unit.canonical[level - 1] for unit in analyse(latex).equations)


class Raw:
    """The formula as it is written."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.numbers = {document: [number] for number, document in enumerate(documents)}

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first."""
        return self.numbers.get(query, [])


def index_of(documents: Sequence[str]) -> FormulaSearch:
    """An index in which each formula is a post of its own, called by its number."""
    formulas = []
    for number, document in enumerate(documents):
        analysis = analyse(document)
        equations = tuple(unit.canonical[0] for unit in analysis.equations)
        name = DocName(f'{number:06}')
        formulas.append(Formula(name, '', document, keys=keys_of(analysis), equations=equations))
    return FormulaSearch.of(formulas)


class Own:
    """The extension's own index."""

    def __init__(self, documents: Sequence[str]) -> None:
        start = time.process_time()
        self.index = index_of(documents)
        print(f'FormulaSearch: {len(documents) / (time.process_time() - start):,.0f} formulas added a second')

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first."""
        groups = self.index.search(query, _MOST)
        return [int(place.docname) for group in groups for hit in group.hits for place in hit.places]


class ApproachZero:
    """Approach Zero in a process of its own, which is ended where it hangs."""

    patience = 20.0
    """Seconds for one formula or query."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.documents = documents
        self.skipped: set[int] = set()
        """Documents that it hangs on."""
        self.hung = 0
        start = time.perf_counter()
        while not self._build():
            pass
        rate = len(documents) / (time.perf_counter() - start)
        print(f'Approach Zero: {rate:,.0f} formulas added a second, {len(self.skipped)} of them never end')

    def _build(self) -> bool:
        """A fresh index of all documents but those that are known to hang."""
        self.folder = tempfile.TemporaryDirectory(prefix='approach-zero-')
        self.numbers: dict[int, int] = {}
        self._start('w')
        for number, document in enumerate(self.documents):
            if number in self.skipped:
                continue
            answer = self._ask(document)
            if answer is None:
                self.skipped.add(number)
                return False
            self.numbers.update(dict.fromkeys(answer, number))
        self._ask(None)
        self.process.join(60)
        self._start('r')
        return True

    def _start(self, mode: str) -> None:
        context = multiprocessing.get_context('spawn')
        self.pipe, end = context.Pipe()
        self.process = context.Process(target=_approach_zero, args=(self.folder.name, mode, end), daemon=True)
        self.process.start()
        end.close()

    def _ask(self, question: str | None) -> list[int] | None:
        """The worker's answer; nothing when it hangs or dies, and then it is gone."""
        try:
            self.pipe.send(question)
            if self.pipe.poll(self.patience):
                answer: list[int] = self.pipe.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.process.kill()
        self.process.join()
        return None

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first; none when it hangs."""
        answer = self._ask(query)
        if answer is None:
            self.hung += 1
            self._start('r')
        return [self.numbers[found] for found in answer or () if found in self.numbers]


def _approach_zero(folder: str, mode: str, pipe: Connection) -> None:
    """Work of the other process: add formulas (``w``) or search for them (``r``), until told ``None``."""
    for stream in (1, 2):  # it reports each formula
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    import pya0  # type: ignore[import-not-found]

    index = pya0.index_open(f'{folder}/index', option=mode)
    writer = pya0.index_writer(index) if mode == 'w' else None
    while (latex := pipe.recv()) is not None:
        latex = ' '.join(latex.split())  # it can't read lines
        if writer:
            pipe.send([pya0.writer_add_doc(writer, content=f'[imath]{latex}[/imath]')])
        else:
            found = pya0.search(index, [{'str': latex, 'type': 'tex'}], topk=_MOST, verbose=False)
            pipe.send([int(number) for number in re.findall(r'"docid": (\d+), "rank"', found)])
    if writer:
        pya0.writer_close(writer)
    pya0.index_close(index)
    pipe.send([])


class Weighted:
    """A plain vector model over features: tf-idf and cosine."""

    def __init__(self, documents: Sequence[str], features: Callable[[str], Iterable[str]]) -> None:
        self.features = features
        self.postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        vectors = [Counter(features(document)) for document in documents]
        for number, vector in enumerate(vectors):
            for feature, count in vector.items():
                self.postings[feature].append((number, count))
        self.idf = {f: math.log(1 + len(documents) / len(p)) for f, p in self.postings.items()}
        self.norms = [
            math.sqrt(sum((c * self.idf[f]) ** 2 for f, c in vector.items())) or 1.0 for vector in vectors
        ]

    def scores(self, query: str) -> dict[int, float]:
        """How like a query the documents are that share a feature with it."""
        scores: defaultdict[int, float] = defaultdict(float)
        for feature, count in Counter(self.features(query)).items():
            for number, weight in self.postings.get(feature, ()):
                scores[number] += count * weight * self.idf[feature] ** 2
        return {number: score / self.norms[number] for number, score in scores.items()}

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first."""
        scores = self.scores(query)
        return sorted(scores, key=lambda n: (-scores[n], n))[:_MOST]


class Prototype:
    """The cascade of the prototype: whole formulas N1 and N3, then units N1 and N3, then symbol pairs.

    Its parser and normal forms are those of a file; the ranking is built again from what was written
    about it. Pairs are weighed as those of :class:`Weighted`, as they are and without names of
    variables; they also order what has the same key.
    """

    def __init__(self, documents: Sequence[str], file: Path) -> None:
        spec = importlib.util.spec_from_file_location('prototype_of_formulas', file)
        assert spec
        assert spec.loader
        self.module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.holders: defaultdict[tuple[int, Any], set[int]] = defaultdict(set)
        for number, document in enumerate(documents):
            equations, sides = self._read(document)
            for key in self._keys(equations, [*equations, *sides]):
                self.holders[key].add(number)
        self.pairs = Weighted(documents, self._features)

    def _read(self, latex: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """The three texts of each equation and each side."""
        equations = self.module.equations(self.module.parse(latex)[0])
        sides = [side for equation in equations for side in self.module.sides(equation)]
        return [self.module.keys(one) for one in equations], [self.module.keys(one) for one in sides]

    def _keys(
        self, equations: Sequence[tuple[str, ...]], units: Sequence[tuple[str, ...]]
    ) -> Iterable[tuple[int, Any]]:
        """Keys with their place in the cascade."""
        yield 0, tuple(texts[0] for texts in equations)
        yield 1, tuple(texts[2] for texts in equations)
        for texts in units:
            yield 2, texts[0]
            yield 3, texts[2]

    def _features(self, latex: str) -> list[str]:
        out: list[str] = []
        for texts in self._read(latex)[0]:
            words = [word for word in texts[1].split(' ') if word not in _CLOSING]
            out.extend(_pairs(words))
            out.extend(_pairs(['v' if word.startswith('v') else word for word in words]))
        return out

    def search(self, query: str) -> list[int]:
        """Numbers of the documents, the likest first."""
        places: dict[int, int] = {}
        equations, _ = self._read(query)
        for place, key in self._keys(equations, equations):
            for number in self.holders.get((place, key), ()):
                places[number] = min(place, places.get(number, place))
        scores = self.pairs.scores(query)
        found = {*places, *scores}
        return sorted(found, key=lambda n: (places.get(n, 4), -scores.get(n, 0.0), n))[:_MOST]


def character_grams(latex: str) -> list[str]:
    plain = re.sub(r'\s+', '', latex)
    return [plain[n : n + 3] for n in range(max(1, len(plain) - 2))]


def symbol_pairs(latex: str) -> list[str]:
    """Pairs of symbols up to four apart, with their distance."""
    forms = ([word for word in form.split(' ') if word not in _CLOSING] for form in forms_of(latex, 2))
    return [pair for words in forms for pair in _pairs(words)]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f'{a} {b} {k}' for k in range(1, 5) for a, b in zip(words, words[k:], strict=False)]
