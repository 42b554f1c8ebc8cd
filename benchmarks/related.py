"""Whether the ranking of related posts brings back what authors linked.

For every corpus (``src``, ``truth.jsonl``) all links are hidden, their markup
and their words, and so are 《titles》. Then

- *content*: nothing of the links is known. A source's list is asked for the
  targets of its links: recall at 5 and 10, mean reciprocal rank of the first.
- *links known*: one link at a time is hidden, the others are known; targets
  that the source is known to link are passed over in its list. Means over the
  links of a source, then over sources.

Peers in the same run: tags alone; TF-IDF of words or, where no spaces part
them, of single characters and pairs (as Pelican's similar-posts with a
tokenizer); BM25; latent semantic indexing (Jekyll's ``--lsi``); character
n-grams; sentence embeddings when ``sentence-transformers`` and a model are
installed (``--model NAME``).

Our own lists are measured as readers see them: what has no reason that can be
told is no item, and at most half of a list are parts of one series. What that
half costs is a row of its own, where a corpus has series.

Run: ``python benchmarks/related.py [--corpora DIR ...] [--quick]``
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from related_corpora import Corpus, read_corpus
from related_peers import PEERS, embeddings

from sphinxext_blog.graph import related as ranking
from sphinxext_blog.records import Link, Mention, NodeId, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinxext_blog.graph.related import Content

DEFAULT = Path(__file__).resolve().parent.parent.parent / 'shared' / 'corpora'

Figures = tuple[float, float, float]
"""Recall at 5, recall at 10, mean reciprocal rank."""


def figures(lists: Mapping[str, Sequence[str]], wanted: Mapping[str, set[str]]) -> Figures:
    """What ranked lists bring back."""
    at5, at10, reciprocal = [], [], []
    for source, targets in wanted.items():
        found = list(lists[source])
        at5.append(len(targets & set(found[:5])) / len(targets))
        at10.append(len(targets & set(found[:10])) / len(targets))
        first = next((place for place, name in enumerate(found, 1) if name in targets), 0)
        reciprocal.append(1 / first if first else 0.0)
    return float(np.mean(at5)), float(np.mean(at10)), float(np.mean(reciprocal))


def by_matrix(scores: np.ndarray, corpus: Corpus) -> dict[str, list[str]]:
    """Lists of all posts by a matrix of scores."""
    names = [post.docname for post in corpus.posts]
    lists = {}
    for row, name in enumerate(names):
        own = scores[row].copy()
        own[row] = -np.inf
        lists[str(name)] = [str(names[at]) for at in np.argsort(-own, kind='stable')[:50] if own[at] > 0]
    return lists


def by_content(content: Content, corpus: Corpus, *, share: float = 0.5) -> dict[str, list[str]]:
    """Our lists with all links hidden: words, titles, tags, dates, formulas and series found in titles."""
    found = ranking.rank(content, corpus.series, count=10, formulas=corpus.formulas, series_share=share)
    return {str(name): [str(item.target) for item in items] for name, items in found.items()}


def with_links(content: Content, corpus: Corpus) -> Figures:
    """Our lists with each link hidden in turn."""
    known: dict[str, set[str]] = defaultdict(set)
    for one, two in corpus.pairs:
        known[one].add(two)
    every = {pair: _link(*pair) for pair in corpus.pairs}
    per_source: dict[str, list[Figures]] = defaultdict(list)
    for one, two in corpus.pairs:
        links = tuple(link for pair, link in every.items() if pair != (one, two))
        resolution = Resolution(links=links, series=corpus.series.series)
        others = known[one] - {two}
        ranked = ranking.rank(
            content, resolution, count=10 + len(others), formulas=corpus.formulas, only={one}
        )
        found = [str(item.target) for item in next(iter(ranked.values())) if item.target not in others]
        per_source[one].append(figures({one: found[:10]}, {one: {two}}))
    means = [np.mean(rows, axis=0) for rows in per_source.values()]
    at5, at10, reciprocal = np.mean(means, axis=0).tolist()
    return at5, at10, reciprocal


def _link(one: str, two: str) -> Link:
    return Link(one, NodeId(two), 'link', Mention(one, 'link', two, two))  # type: ignore[arg-type]


def show(name: str, found: Figures, seconds: float | None = None) -> None:
    took = '' if seconds is None else f'  {seconds:6.1f} s'
    print(f'    {name:26}' + ''.join(f'{value:8.3f}' for value in found) + took, flush=True)


def measure(
    corpus: Corpus, peers: Mapping[str, Callable[[Corpus], np.ndarray]], *, links: bool
) -> dict[str, Figures]:
    """All rows of one corpus."""
    out: dict[str, Figures] = {}
    print(
        f'{corpus.name}: {len(corpus.posts)} posts, {len(corpus.pairs)} links of {len(corpus.wanted)} posts'
        f'{"":8}R@5    R@10     MRR'
    )
    for name, peer in peers.items():
        start = time.process_time()
        out[name] = figures(by_matrix(peer(corpus), corpus), corpus.wanted)
        show(name, out[name], time.process_time() - start)
    start = time.process_time()
    content = ranking.measure_content(corpus.posts, corpus.texts)  # type: ignore[arg-type]
    out['content'] = figures(by_content(content, corpus), corpus.wanted)
    show('this: content', out['content'], time.process_time() - start)
    if corpus.series.series:
        out['content, whole series'] = figures(by_content(content, corpus, share=1.0), corpus.wanted)
        show('this: content, series whole', out['content, whole series'])
    if links:
        out['links'] = with_links(content, corpus)
        show('this: other links known', out['links'])
    return out


def corpora_below(folders: Sequence[Path]) -> list[Path]:
    return [truth.parent for folder in folders for truth in sorted(folder.glob('*/truth.jsonl'))]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    default = [Path(os.environ.get('BLOG_CORPORA', DEFAULT))]
    parser.add_argument('--corpora', type=Path, nargs='+', default=default, help='folders of corpora')
    parser.add_argument('--quick', action='store_true', help='neither peers nor links known')
    parser.add_argument('--model', default='', help='a sentence-transformers model that is installed')
    options = parser.parse_args(argv)
    folders = corpora_below(options.corpora)
    if not folders:
        print(f'nothing to measure: no truth.jsonl below {options.corpora} (name folders with --corpora)')
        return 0
    peers = {} if options.quick else dict(PEERS)
    if options.model and (peer := embeddings(options.model)):
        peers['sentence embeddings'] = peer
    elif not options.quick:
        print('sentence embeddings: skipped, no model is installed or named')
    table: dict[str, dict[str, Figures]] = {}
    for folder in folders:
        corpus = read_corpus(folder)
        if corpus.pairs:
            table[corpus.name] = measure(corpus, peers, links=not options.quick)
    print('means over corpora')
    for language in sorted({name.partition('-')[0] for name in table}):
        rows = [row for name, row in table.items() if name.startswith(language)]
        for kind in (kind for kind in rows[0] if all(kind in row for row in rows)):
            at5, at10, reciprocal = np.mean([row[kind] for row in rows], axis=0).tolist()
            show(f'{language} {kind}', (at5, at10, reciprocal))
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
