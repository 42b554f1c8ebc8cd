"""What the extension adds to a build: CPU seconds and memory beside plain Sphinx.

A synthetic blog of N posts (about 900 words in English and Chinese, 12 inline
and 4 displayed formulas, 4 tags and 4 links each, in series of ten) is built
by plain Sphinx and with the extension in turn, from scratch, with nothing
changed, and with one post touched. The text is made from a fixed seed: equal N
gives equal bytes. Machines are noisy, so the table gives medians and, above
all, ratios of what was measured in one run.

    python benchmarks/build.py --posts 300 --runs 3
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ENGLISH = """
gradient operator matrix kernel entropy measure bound spectrum flow metric tensor lattice field group
""".split()
CHINESE = """
梯度 矩阵 概率 空间 变分 编码 扩散 模型 注意 位置 优化 收敛 正交 分布 采样 误差 函数 导数 积分 极限
""".split()
FORMULAS = [
    r'x_{%d}^2',
    r'\boldsymbol{W}_{%d}',
    r'\mathbb{E}_{x\sim p_{%d}}[f(x)]',
    r'\frac{a_{%d}}{b}',
    r'\log N_{%d}',
]


def write_blog(folder: Path, posts: int, *, extension: bool) -> None:
    """Write the sources of a blog of *posts* posts."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / 'posts').mkdir(parents=True)
    conf = "project = 'Benchmark'\nhtml_theme = 'alabaster'\nhtml_show_sphinx = False\n"
    if extension:
        conf += "extensions = ['sphinxext_blog']\nblog_post_pattern = 'posts/*'\n"
    (folder / 'conf.py').write_text(conf, encoding='utf-8')
    (folder / 'index.rst').write_text('Benchmark\n=========\n\nText.\n', encoding='utf-8')
    for number in range(posts):
        (folder / 'posts' / f'p{number}.rst').write_text(_post(number), encoding='utf-8')


def _title(number: int) -> str:
    series, part = divmod(number, 10)
    return (
        f'{CHINESE[series % len(CHINESE)]}之路{series}({part + 1}): {ENGLISH[number % len(ENGLISH)]} {number}'
    )


def _post(number: int) -> str:
    rng = random.Random(number)
    topic = rng.sample(CHINESE, 6) + rng.sample(ENGLISH, 4)
    title = _title(number)
    # `:orphan:` keeps plain Sphinx from warning of each post.
    lines = [':orphan:', f':date: 20{10 + number % 15}-0{1 + number % 9}-1{number % 10}']
    lines += [f':tags: {", ".join(rng.sample(CHINESE, 4))}', '', title, '=' * (2 * len(title)), '']
    targets = [rng.randrange(number) for _ in range(4)] if number else []
    for paragraph in range(8):
        words = ''.join(
            f'{word} ' if word.isascii() else word for word in rng.choices(topic + CHINESE + ENGLISH, k=110)
        )
        if paragraph < len(targets):
            target = targets[paragraph]
            words += f' :doc:`p{target}`。' if paragraph % 2 else f' 见《{_title(target)}》。'
        inline = ' '.join(
            f':math:`{rng.choice(FORMULAS) % rng.randrange(9)}`' for _ in range(2 if paragraph < 6 else 0)
        )
        lines += [f'{words} {inline}', '']
        if paragraph % 2:
            lines += ['.. math::', '', f'   y = {rng.choice(FORMULAS) % rng.randrange(99)} + {number}', '']
    return '\n'.join(lines)


def build(source: Path, output: Path, jobs: int) -> tuple[float, float]:
    """Run Sphinx once; CPU seconds and peak memory (MB) of it and its workers."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    script = (
        'import resource, sys; from sphinx.cmd.build import main; code = main(sys.argv[1:]);'
        'who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN);'
        'print(max(resource.getrusage(w).ru_maxrss for w in who));'
        'sys.exit(code)'
    )
    command = [sys.executable, '-c', script, '-b', 'html', '-q', '-j', str(jobs), str(source), str(output)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, int(result.stdout.split()[-1]) / 1024


def measure(posts: int, runs: int, jobs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kinds = {'plain': False, 'blog': True}
        for name, extension in kinds.items():
            write_blog(folder / name, posts, extension=extension)
        figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for _run in range(runs):
            for name in kinds:
                shutil.rmtree(folder / f'{name}-out', ignore_errors=True)
            for step in ('clean', 'nothing changed', 'one touched'):
                for name in kinds:
                    if step == 'one touched':
                        (folder / name / 'posts' / f'p{posts // 2}.rst').touch()
                    figures.setdefault((step, name), []).append(
                        build(folder / name, folder / f'{name}-out', jobs)
                    )
        print(f'{posts} posts, -j{jobs}, median of {runs} runs\n')
        print('| | plain CPU s | blog CPU s | ratio | plain MB | blog MB |\n|---|---|---|---|---|---|')
        for step in ('clean', 'nothing changed', 'one touched'):
            plain, blog = figures[step, 'plain'], figures[step, 'blog']
            ratio = statistics.median(b[0] / p[0] for p, b in zip(plain, blog, strict=True))
            cells = [statistics.median(f[0] for f in plain), statistics.median(f[0] for f in blog), ratio]
            cells += [statistics.median(f[1] for f in plain), statistics.median(f[1] for f in blog)]
            print(f'| {step} | ' + ' | '.join(f'{cell:.2f}' for cell in cells) + ' |')
        sizes = [(folder / f'{n}-out' / '.doctrees' / 'environment.pickle').stat().st_size for n in kinds]
        print(f'\nenvironment: {(sizes[1] - sizes[0]) / posts:.0f} bytes a post above plain')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--posts', type=int, default=300)
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--jobs', type=int, default=1)
    options = parser.parse_args()
    measure(options.posts, options.runs, options.jobs)


if __name__ == '__main__':
    main()
