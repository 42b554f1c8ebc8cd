"""Time and memory of ranking related posts, from 1,000 synthetic posts up.

Posts of about 900 words (two thirds Chinese words of two characters, the rest
English), a Zipfian vocabulary, N / 50 topics, four links and four tags each,
from a fixed seed. Every size runs in a process of its own. The growth
exponent is that of seconds between two sizes: 1 is linear, 2 quadratic.

Run: ``python benchmarks/related_scale.py [--posts 1000 10000 ...] [--dask]``
"""

from __future__ import annotations

import argparse
import hashlib
import math
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from sphinxext_blog.graph import related as ranking
from sphinxext_blog.records import DocName, Link, Mention, NodeId, Post, Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = 40_000
LENGTH = 900


def blog(count: int) -> tuple[list[Post], dict[DocName, str], Resolution]:
    """Synthetic posts, their texts and links."""
    rng = np.random.default_rng(0)
    first, second = rng.integers(0x4E00, 0x9FA5, (2, WORDS))
    letters = np.array(list('bcdfghjklmnprstvaeiou'))
    words = [
        chr(a) + chr(b) if at % 3 else f' {"".join(letters[rng.integers(0, 21, 7)])} '
        for at, (a, b) in enumerate(zip(first, second, strict=True))
    ]
    chance = 1 / (np.arange(WORDS) + 10)
    chance /= chance.sum()
    topics = max(2, count // 50)
    names = [DocName(f'p{at:06}') for at in range(count)]
    posts, texts, links = [], {}, []
    for at, name in enumerate(names):
        own = np.random.default_rng((1, at % topics)).integers(0, WORDS, 60)
        rng = np.random.default_rng((2, at))
        said = rng.choice(WORDS, LENGTH, p=chance)
        mine = rng.random(LENGTH) < 0.25
        said[mine] = rng.choice(own, int(mine.sum()))
        texts[name] = '，'.join(''.join(words[w] for w in said[k : k + 9]) for k in range(0, LENGTH, 9))
        title = ''.join(words[w] for w in rng.choice(own, 3))
        tags = tuple(f'tag {(at % topics) * 4 + int(k)}' for k in rng.integers(0, 4, 2))
        posts.append(Post(name, title, tags=tags))
        for other in rng.integers(0, max(1, count // topics), 4):
            target = NodeId(names[min(count - 1, int(other) * topics + at % topics)])
            links.append(Link(name, target, 'link', Mention(name, 'link', '', '')))
    return posts, texts, Resolution(links=tuple(links))


def run(count: int, *, dask: bool) -> None:
    """Rank one blog and print what it cost."""
    posts, texts, resolution = blog(count)
    start, cpu = time.perf_counter(), time.process_time()
    if dask:
        import joblib
        from dask.distributed import Client, LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster):
            with joblib.parallel_config(backend='dask'):
                content = ranking.measure_content(posts, texts)
                found = ranking.rank(content, resolution)
            middle = start
    else:
        content = ranking.measure_content(posts, texts)
        middle = time.perf_counter()
        found = ranking.rank(content, resolution)
    end = time.perf_counter()
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    topics = max(2, count // 50)
    own = [int(i.target[1:]) % topics == int(n[1:]) % topics for n, items in found.items() for i in items]
    print(
        f'{end - start:.2f} {time.process_time() - cpu:.2f} {middle - start:.2f} {peak:.0f} '
        f'{sum(own) / max(1, len(own)):.3f} {digest}'
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--posts', type=int, nargs='+', default=[1000, 3000, 10_000])
    parser.add_argument('--dask', action='store_true', help='on a local cluster of two workers, too')
    parser.add_argument('--one', action='store_true', help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        run(options.posts[0], dask=options.dask)
        return 0
    print('  posts  seconds (CPU)   content      MB  own topic  exponent  digest')
    before: tuple[int, float] | None = None
    for count in options.posts:
        for dask in (False, True) if options.dask else (False,):
            command = [
                sys.executable,
                __file__,
                '--one',
                '--posts',
                str(count),
                *(['--dask'] if dask else []),
            ]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-6:]
            seconds = float(told[1])
            growth = math.log(seconds / before[1]) / math.log(count / before[0]) if before and not dask else 0
            print(
                f'{count:7} {told[0]:>8} ({told[1]:>7}) {told[2]:>8} {told[3]:>7} {told[4]:>9} '
                f'{f"{growth:.2f}" if growth else "":>9}  {told[5]}{"  dask" if dask else ""}',
                flush=True,
            )
            if not dask:
                before = count, seconds
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
