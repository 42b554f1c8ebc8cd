"""Fit the weights of the reasons that make posts related, and write them into the package.

Links are hidden one at a time, once with all other links hidden too and once
with them known. One weight after another is moved along a grid, and stays where
the targets come nearest to the top of the lists: the mean over corpora of a
recall at 10 with soft edges. Where the corpora do not tell, a weight keeps the
value that it began with. (Likelihood of a softmax over the candidates, tried
first, gives worse lists: it trusts the citations of similar posts too much.)
For each corpus the table tells what weights make of it that were fitted
without it and without all other corpora of the same origin.

Run: ``python benchmarks/related_fit.py --corpora DIR ... [--write]``
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from related import DEFAULT, _link, corpora_below
from related_corpora import Corpus, read_corpus

from sphinxext_blog.graph import related as ranking
from sphinxext_blog.graph.candidates import Ranker, Wishes, candidates, make_ranker
from sphinxext_blog.records import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = Path(ranking.__file__).with_name('related_weights.json')
KINDS = [
    'text', 'cited-by', 'cited-together', 'shared-citations', 'cited-by-similar', 'series', 'formula', 'tags'
]  # fmt: skip
CITES = 0.2
"""Weight of a citation of its own, which is known, not hidden: to be seen, not to crowd out
what the post does not name."""
FIXED = frozenset({'text', 'series'})
"""The text is the measure of all others. Hardly any link of the corpora joins parts of a series."""
LINKS_PER_CORPUS = 150
BEGIN = {
    'text': 1.0, 'cited-by': 0.2, 'cited-together': 0.3, 'shared-citations': 0.3, 'cited-by-similar': 0.7,
    'series': 0.2, 'formula': 0.5, 'tags': 0.25,
}  # fmt: skip
GRID = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
ROUNDS = 3
LEAST_GAIN = 0.0003


class Case(NamedTuple):
    """One hidden link: the strengths of all candidates, and which one was linked."""

    features: np.ndarray
    target: int


def cases_of(corpus: Corpus) -> list[list[Case]]:
    """Hidden links of a corpus, once without and once with the other links known."""
    content = ranking.measure_content(corpus.posts, corpus.texts)  # type: ignore[arg-type]
    row_of = {post.docname: row for row, post in enumerate(content.posts)}
    pairs = list(corpus.pairs)
    random.Random(0).shuffle(pairs)
    alone, known = [], []
    series = Resolution(series=corpus.series.series)
    ranker = make_ranker(content, series, 10, corpus.formulas, Wishes(), {}, [])
    for one, two in pairs[:LINKS_PER_CORPUS]:
        row, target = row_of[one], row_of[two]  # type: ignore[index]
        alone += _case(ranker, row, target, set())
        links = tuple(_link(*pair) for pair in corpus.pairs if pair != (one, two))
        resolution = Resolution(links=links, series=corpus.series.series)
        informed = make_ranker(content, resolution, 10, corpus.formulas, Wishes(), {}, [])
        others = {row_of[b] for a, b in corpus.pairs if a == one and b != two}  # type: ignore[index]
        known += _case(informed, row, target, others)
    return [alone, known]


def _case(ranker: Ranker, row: int, target: int, others: set[int]) -> list[Case]:
    found = candidates(ranker, [row])
    columns = found.columns
    features = np.zeros((len(columns), len(KINDS)))
    for kind, strength in found.strengths.items():
        if kind in KINDS:
            features[:, KINDS.index(kind)] = strength
    features *= found.timely[:, None]
    kept = [at for at, column in enumerate(columns.tolist()) if column not in others and column != row]
    found = [place for place, at in enumerate(kept) if columns[at] == target]
    # A target that is no candidate cannot be chosen, whatever the weights.
    return [Case(features[kept], found[0] if found else -1)]


def fit(corpora: Sequence[Sequence[Sequence[Case]]]) -> np.ndarray:
    """Weights; that of the text is 1."""
    weights = np.array([BEGIN[kind] for kind in KINDS])
    best = _merit(corpora, weights)
    for _ in range(ROUNDS):
        before = weights.copy()
        for place in (place for place, kind in enumerate(KINDS) if kind not in FIXED):
            for value in GRID:
                tried = weights.copy()
                tried[place] = value
                merit = _merit(corpora, tried)
                if merit > best + LEAST_GAIN:
                    best, weights = merit, tried
        if (weights == before).all():
            break
    return weights


def _merit(corpora: Sequence[Sequence[Sequence[Case]]], weights: np.ndarray) -> float:
    return float(
        np.mean([np.mean([_soft(case, weights) for case in cases]) for own in corpora for cases in own])
    )


def _soft(case: Case, weights: np.ndarray) -> float:
    if case.target < 0:
        return 0.0
    score = case.features @ weights
    above = int((score > score[case.target]).sum())
    return float(1 / (1 + np.exp((above - 9.5) / 2)))


def recall(cases: Sequence[Case], weights: np.ndarray) -> float:
    """Share of the hidden links whose target is among the first ten."""
    hits = 0
    for features, target in cases:
        if target >= 0:
            score = features @ weights
            hits += int((score > score[target]).sum() < 10)
    return hits / len(cases)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--corpora', type=Path, nargs='+', default=[DEFAULT])
    parser.add_argument('--write', action='store_true', help=f'write {WEIGHTS.name}')
    options = parser.parse_args(argv)
    corpora = [read_corpus(folder) for folder in corpora_below(options.corpora)]
    corpora = [corpus for corpus in corpora if corpus.pairs]
    cases = {corpus.name: cases_of(corpus) for corpus in corpora}
    now = np.array([ranking.fitted_weights()[0][kind] for kind in KINDS])
    print('corpus (weights fitted on others): recall at 10 of hidden links, content alone and links known;')
    print('    with the weights in the package; with the text alone')
    only_text = np.array([float(kind == 'text') for kind in KINDS])
    for name, own in cases.items():
        origin = name.split('-')[1]
        fitted = fit([other for other_name, other in cases.items() if other_name.split('-')[1] != origin])
        rows = ['  '.join(f'{recall(part, w):.3f}' for part in own) for w in (fitted, now, only_text)]
        shown = ' '.join(f'{value:.2f}' for value in fitted)
        print(f'    {name:16} {rows[0]}  |  {rows[1]}  |  {rows[2]}  |  {shown}', flush=True)
    fitted = fit(list(cases.values()))
    weights = {kind: round(float(value), 2) for kind, value in zip(KINDS, fitted, strict=True)}
    print(weights)
    if options.write:
        data = json.loads(WEIGHTS.read_text('utf-8'))
        data['weights'] = weights | {'cites': CITES}
        WEIGHTS.write_text(json.dumps(data, indent=2) + '\n', 'utf-8')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
