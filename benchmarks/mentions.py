"""Titles in plain text: how many are offered on real documents, and are they right.

For every corpus with a ``truth.jsonl``: the pairs of documents that are offered
as mentions without a link; and, with the links of the authors forgotten, how
many of the pairs that are found the authors themselves link elsewhere in the
text, which is a lower bound of the precision. ``--show`` prints the pairs with
their sentences, to be read. Last, the time and its growth on made-up posts.

Run: ``python benchmarks/mentions.py [--corpora DIR] [--show] [--posts N ...]``
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from references import DEFAULT, read_posts

from sphinxext_blog.records import DocName, Passage, Post
from sphinxext_blog.references import find_unlinked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.records import Link

_FRONT_MATTER = re.compile(r'\A---\n.*?\n---\n', re.DOTALL)
_FENCED = re.compile(r'^(`{3,}|~{3,}).*?^\1', re.DOTALL | re.MULTILINE)
_TAKEN = re.compile(
    r'\$\$.*?\$\$|\$[^$\n]*\$|`[^`\n]*`|!?\[[^\]\n]*\]\([^)\n]*\)|《[^》\n]*》|\\PMlink\w*(?:\{[^{}]*\}){1,2}|:\w+:`[^`]*`',
    re.DOTALL,
)


def passages_of(text: str) -> list[Passage]:
    """The paragraphs of a Markdown document; links, code and formulas are no plain text."""
    found = []
    for block in re.split(r'\n\s*\n', _FENCED.sub('', _FRONT_MATTER.sub('', text))):
        words = ' '.join(line for line in block.split('\n') if not line.startswith('#'))
        if words := ' '.join(words.split()):
            found.append(Passage(words, tuple(m.span() for m in _TAKEN.finditer(words))))
    return found


def measure(src: Path, links: Sequence[dict[str, str]]) -> tuple[list[Link], int, int]:
    """What is offered; pairs found with the authors' links forgotten, and those of them that authors link."""
    posts = read_posts(src)
    passages = {
        DocName(file.relative_to(src).with_suffix('').as_posix()): passages_of(
            file.read_text('utf-8', errors='replace')
        )
        for file in sorted(p for p in src.rglob('*') if p.is_file())
    }
    linked = frozenset((link['source'], link['target']) for link in links)
    everything = {(k.source, k.target) for k in find_unlinked(posts, passages, frozenset())}
    return list(find_unlinked(posts, passages, linked)), len(everything), len(everything & linked)


def made_up(count: int) -> tuple[list[Post], dict[DocName, list[Passage]]]:
    """Chinese posts of 4,000 characters, some of which have the title of another in their text."""
    rng = random.Random(count)
    characters = [chr(0x4E00 + i) for i in range(3000)]
    weights = [1 / (i + 3) for i in range(3000)]

    def words(length: int) -> str:
        return ''.join(rng.choices(characters, weights, k=length))

    posts = [Post(DocName(f'p{i}'), words(rng.randint(5, 15))) for i in range(count)]
    passages = {}
    for post in posts:
        mentioned = [rng.choice(posts).title if rng.random() < 0.05 else '' for _ in range(20)]
        passages[post.docname] = [Passage(words(200) + title) for title in mentioned]
    return posts, passages


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    parser.add_argument('--show', action='store_true', help='print the pairs with their sentences')
    parser.add_argument(
        '--posts', type=int, nargs='*', default=[500, 2000], help='made-up blogs for the time'
    )
    options = parser.parse_args(argv)
    truths = sorted(options.corpora.glob('*/truth.jsonl'))
    if not truths:
        print(f'nothing to measure: no truth.jsonl below {options.corpora} (name the folder with --corpora)')
        return 0
    for truth in truths:
        links = [json.loads(line) for line in truth.read_text('utf-8').splitlines() if line.strip()]
        offered, found, linked = measure(truth.parent / 'src', links)
        pairs = {(link.source, link.target): link for link in reversed(offered)}
        print(
            f'{truth.parent.name}: {len(pairs)} pairs offered; '
            f'with all links forgotten {found}, of which {linked} are linked by their authors'
        )
        for (source, target), link in sorted(pairs.items()) if options.show else ():
            start, end = link.mention.span
            context = link.mention.context
            print(f'    {source} -> {target}: {context[:start]}⟦{context[start:end]}⟧{context[end:]}')
    seconds: list[float] = []
    for count in options.posts:
        posts, passages = made_up(count)
        started = time.process_time()
        found_links = find_unlinked(posts, passages, frozenset())
        seconds.append(time.process_time() - started)
        print(f'{count} made-up posts: {seconds[-1]:.2f} s, {len(found_links)} places')
    if len(seconds) > 1:
        growth = math.log(seconds[-1] / seconds[0]) / math.log(options.posts[-1] / options.posts[0])
        print(f'the time grows with the power {growth:.2f} of the number of posts')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
