"""How well series are found from titles alone.

Measured over ``series_dev.json`` (real series with their numbers, and hard
negatives whose digits are no part numbers), all titles in one corpus without
dates, tags or authors:

- precision and recall of “these two posts are in the same series”, over all
  pairs (micro) and as the mean over series (macro, which long series don't rule);
- exact order: the share of found series whose members stand as in the truth;
- the hard negatives that were taken as parts.

Run: ``python benchmarks/series.py [--corpora DIR]``
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sphinxext_blog.records import DocName, Post
from sphinxext_blog.references import find_series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT = Path(__file__).resolve().parent.parent.parent / 'shared' / 'corpora'

Truth = dict[str, list[tuple[float | None, str]]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares in [0, 1]; the lists name what went wrong."""

    precision: float
    recall: float
    macro_recall: float
    order: float
    split: tuple[str, ...]
    disordered: tuple[str, ...]
    false_parts: tuple[tuple[str, str], ...]
    false_pairs: tuple[tuple[str, str], ...]


def score(truth: Mapping[str, Sequence[tuple[float | None, str]]], negatives: Sequence[str]) -> Score:
    """Compare the series found in all these titles with the true ones."""
    posts: list[Post] = []
    label: dict[str, str] = {}
    for name, members in truth.items():
        for _, title in members:
            docname = f'd{len(posts):05d}'
            posts.append(Post(DocName(docname), title))
            label[docname] = name
    # A title can be a member of a series by its words and still bear no part number.
    for title in sorted(set(negatives) - {p.title for p in posts}):
        docname = f'n{len(posts):05d}'
        posts.append(Post(DocName(docname), title))
        label[docname] = docname
    found = find_series(posts)
    titles = {p.docname: p.title for p in posts}
    right = wrong = 0
    linked: dict[str, int] = defaultdict(int)
    false_pairs = []
    for series in found:
        for a, b in combinations((m.id for m in series.members), 2):
            if label[a] == label[b]:
                right += 1
                linked[label[a]] += 1
            else:
                wrong += 1
                false_pairs.append((titles[DocName(a)], titles[DocName(b)]))
    pairs = {name: len(m) * (len(m) - 1) // 2 for name, m in truth.items() if len(m) > 1}
    disordered, ordered = [], 0
    for series in found:
        ids = [m.id for m in series.members]
        if len(ids) > 1 and len({label[i] for i in ids}) == 1:
            ordered += ids == sorted(ids)
            if ids != sorted(ids):
                disordered.append(series.name)
    return Score(
        right / max(1, right + wrong),
        right / max(1, sum(pairs.values())),
        sum(linked[n] / k for n, k in pairs.items()) / max(1, len(pairs)),
        ordered / max(1, ordered + len(disordered)),
        tuple(n for n, k in pairs.items() if linked[n] < k),
        tuple(disordered),
        tuple(
            (titles[DocName(m.id)], s.name)
            for s in found
            for m in s.members
            if titles[DocName(m.id)] in negatives and (m.number or m.id.startswith('n'))
        ),
        tuple(false_pairs[:20]),
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    file = parser.parse_args(argv).corpora / 'series_dev.json'
    if not file.is_file():
        print(f'nothing to measure: {file} is absent (name the folder with --corpora)')
        return 0
    data = json.loads(file.read_text('utf-8'))
    result = score(data['series'], [h['title'] for h in data['hard_negatives']])
    print(f'same series: precision {result.precision:.4f}, recall {result.recall:.4f}')
    print(f'             recall as mean over series {result.macro_recall:.4f}')
    print(f'exact order: {result.order:.4f}')
    for heading, items in (
        ('not found whole', result.split),
        ('in wrong order', result.disordered),
        ('hard negatives taken as parts', result.false_parts),
        ('pairs that are none', result.false_pairs),
    ):
        print(f'{heading}: {len(items)}')
        for item in items:
            print(f'    {item}')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
