"""What the extension adds to a build: CPU seconds and memory beside plain Sphinx.

A synthetic blog of N posts (about 900 words in English and Chinese, 12 inline
and 4 displayed formulas, 4 tags and 4 links each, in series of ten) is built
by plain Sphinx, with the extension and, where it is installed, with ABlog in
turn: from scratch, with nothing changed, with one post touched, with a word more in
one post, with a link more in one. The text is made from a fixed seed: equal N gives equal
bytes. Machines are noisy, so the table gives medians and, above all, ratios of
what was measured in one round.

    python benchmarks/build.py --posts 300 --runs 3
    python benchmarks/build.py --posts 300 --formulas   # what the formulas alone cost
    python benchmarks/build.py --posts 300 --phases     # where the time of a clean build goes

Python is to find compiled modules, as it does wherever the extension is
installed: PYTHONDONTWRITEBYTECODE is taken out of the environment.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import os
import pstats
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


STEPS = ('clean', 'nothing changed', 'one touched', 'a word more', 'a link more')
WITHOUT_FORMULAS = """
from sphinxext_blog.site import equation_reading, formula_store, formula_tools, reading, search_words
formula_store.read = lambda *_: (formula_store.Read('', '', '', ()), b'')
reading.find_outdated_formulas = lambda *_: []
reading.expand_macros = equation_reading.read_equations = lambda *_: None
equation_reading.collect_references = formula_tools.setup_formula_tools = lambda *_: None
search_words.setup_search_words = lambda *_: None
"""
"""Run before a build, it switches off what reads, keeps, compares and shows formulas."""


def write_blog(folder: Path, posts: int, kind: str, *, form: str = 'rst', theme: str = 'alabaster') -> None:
    """Write the sources of a blog of *posts* posts.

    :param kind: ``plain``, ``blog``, ``bare`` (without formulas) or ``ablog``.
    :param form: ``rst`` or ``myst``.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / 'posts').mkdir(parents=True)
    extensions = ['myst_parser'] if form == 'myst' else []
    conf = f"project = 'Benchmark'\nhtml_theme = {theme!r}\nhtml_show_sphinx = False\n"
    conf += "myst_enable_extensions = ['dollarmath']\n" if form == 'myst' else ''
    if kind in {'blog', 'bare'}:
        extensions.append('sphinxext_blog')
        conf += "blog_post_pattern = 'posts/*'\n"
    if kind == 'bare':
        conf += 'blog_scoped_equations = blog_formula_page = False\n'
    if kind == 'ablog':
        extensions.append('ablog')
        conf += "blog_post_pattern = 'posts/*'\npost_date_format = '%Y-%m-%d'\n"
    conf += f'extensions = {extensions!r}\n'
    (folder / 'conf.py').write_text(conf, encoding='utf-8')
    (folder / 'index.rst').write_text('Benchmark\n=========\n\nText.\n', encoding='utf-8')
    for number in range(posts):
        path = _path(folder, number, form)
        path.write_text(_markdown(number) if form == 'myst' else _post(number), encoding='utf-8')


def _path(folder: Path, number: int, form: str) -> Path:
    return folder / 'posts' / f'p{number}{".md" if form == "myst" else ".rst"}'


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


def _markdown(number: int) -> str:
    """The same post in MyST."""
    lines: list[str] = ['---', 'orphan: true']
    source = iter(_post(number).split('\n')[1:])
    for line in source:
        if line.startswith((':date:', ':tags:')):
            name, _, value = line[1:].partition(': ')
            lines.append(f'{name}: "{value}"')
        elif line == _title(number):
            lines += ['---', '', f'# {line}']
            next(source)
        elif line == '.. math::':
            next(source)
            lines.append(f'$$ {next(source).strip()} $$')
        else:
            pieces = line.replace(':doc:`', ':math:`!').split(':math:`')
            for place, piece in enumerate(pieces[1:], 1):
                inside, _, rest = piece.partition('`')
                linked = inside.startswith('!')
                pieces[place] = (f'[{inside[1:]}]({inside[1:]}.md)' if linked else f'${inside}$') + rest
            lines.append(''.join(pieces))
    return '\n'.join(lines)


def build(source: Path, output: Path, jobs: int, prelude: str = '') -> tuple[float, float]:
    """Run Sphinx once; CPU seconds and peak memory (MB) of it and its workers."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    script = (
        f'{prelude}\nimport resource, sys; from sphinx.cmd.build import main; code = main(sys.argv[1:]);'
        'who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN);'
        'print(max(resource.getrusage(w).ru_maxrss for w in who));'
        'sys.exit(code)'
    )
    command = [sys.executable, '-c', script, '-b', 'html', '-q', '-j', str(jobs), str(source), str(output)]
    environment = {name: value for name, value in os.environ.items() if name != 'PYTHONDONTWRITEBYTECODE'}
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, int(result.stdout.split()[-1]) / 1024


def _change(step: str, path: Path, number: int, form: str) -> None:
    """Change one post as *step* says; from its second round on, in a new way each time."""
    text = path.read_text(encoding='utf-8')
    if step == 'one touched':
        path.touch()
    elif step == 'a word more':
        path.write_text(f'{text}\nwavelet {len(text)}\n', encoding='utf-8')
    elif step == 'a link more':
        target = len(text) % number
        link = f'[p{target}](p{target}.md)' if form == 'myst' else f':doc:`p{target}`'
        path.write_text(f'{text}\n{link}\n', encoding='utf-8')


def _written(output: Path, before: dict[Path, int]) -> int:
    return sum(1 for path, time in _times(output).items() if before.get(path) != time)


def _times(output: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in output.glob('posts/*.html')}


def measure(
    folder: Path, kinds: list[str], *, posts: int, runs: int, jobs: int, form: str, theme: str
) -> None:
    """Print the table."""
    for kind in kinds:
        write_blog(folder / kind, posts, kind, form=form, theme=theme)
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    pages: dict[tuple[str, str], int] = {}
    for _run in range(runs):
        for kind in kinds:
            shutil.rmtree(folder / f'{kind}-out', ignore_errors=True)
        for step in STEPS:
            for kind in kinds:
                output = folder / f'{kind}-out'
                before = _times(output)
                _change(step, _path(folder / kind, posts // 2, form), posts // 2, form)
                prelude = WITHOUT_FORMULAS if kind == 'bare' else ''
                figures.setdefault((step, kind), []).append(build(folder / kind, output, jobs, prelude))
                pages[step, kind] = _written(output, before)
    print(f'{posts} posts, {form}, {theme}, -j{jobs}, median of {runs} runs\n')
    cells = [f'{kind} CPU s | MB | pages written' for kind in kinds] + [f'{k} / plain' for k in kinds[1:]]
    print(f'| | {" | ".join(cells)} |\n{"|---" * (4 * len(kinds))}|')
    for step in STEPS:
        row: list[str] = []
        for kind in kinds:
            found = figures[step, kind]
            row.append(f'{statistics.median(f[0] for f in found):.2f}')
            row.append(f'{statistics.median(f[1] for f in found):.0f}')
            row.append(str(pages[step, kind]))
        for kind in kinds[1:]:
            pairs = zip(figures[step, 'plain'], figures[step, kind], strict=True)
            row.append(f'{statistics.median(other[0] / plain[0] for plain, other in pairs):.2f}')
        print(f'| {step} | {" | ".join(row)} |')
    sizes = {k: (folder / f'{k}-out' / '.doctrees' / 'environment.pickle').stat().st_size for k in kinds}
    for kind in kinds[1:]:
        print(f'\n{kind}: environment {(sizes[kind] - sizes["plain"]) / posts:.0f} bytes a post above plain')
    if 'bare' in kinds:
        rounds = zip(*(figures['clean', kind] for kind in ('plain', 'blog', 'bare')), strict=True)
        shares = [(blog[0] - bare[0]) / plain[0] for plain, blog, bare in rounds]
        print(f'formulas alone: {statistics.median(shares):.3f} of plain Sphinx (clean build)')


PHASES = {
    'reading': ('read_document', 'read_equations', 'collect_references', 'mark_titles'),
    'knowledge': ('_bring_up_to_date',),
    'pages': ('site/links.py run', 'formula_tools.py run', 'equation_writing.py run', 'search_words.py run'),
    'panels': ('fill',),
    'graph page': ('add_graph_page',),
    'formula page': ('add_formula_page',),
    'exports': ('export_knowledge',),
}


def phases(folder: Path, *, posts: int, form: str, theme: str) -> None:
    """Print where the time of a clean build goes, by a profiler."""
    from sphinx.cmd.build import main as sphinx_build

    write_blog(folder / 'blog', posts, 'blog', form=form, theme=theme)
    profile = cProfile.Profile()
    profile.runcall(sphinx_build, ['-b', 'html', '-q', str(folder / 'blog'), str(folder / 'out')])
    stats = pstats.Stats(profile)
    total: float = stats.total_tt  # type: ignore[attr-defined]
    ours = {
        f'{file.partition("sphinxext_blog/")[2]} {name}': (own, whole)
        for (file, _line, name), (_, _, own, whole, _) in stats.stats.items()  # type: ignore[attr-defined]
        if 'sphinxext_blog/' in file and not name.startswith('<')
    }
    print(f'{posts} posts, {form}, share of a clean build under a profiler\n\n| phase | % |\n|---|---|')
    for phase, names in PHASES.items():
        share = sum(whole for name, (_, whole) in ours.items() if name.endswith(names)) / total
        print(f'| {phase} | {100 * share:.1f} |')
    print('\n| function alone | % |\n|---|---|')
    for name, (own, _) in sorted(ours.items(), key=lambda item: -item[1][0])[:10]:
        print(f'| `{name}` | {100 * own / total:.2f} |')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--posts', type=int, default=300)
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--jobs', type=int, default=1)
    parser.add_argument('--format', choices=['rst', 'myst'], default='rst')
    parser.add_argument('--theme', default='alabaster')
    parser.add_argument('--formulas', action='store_true', help='a build without formulas as well')
    parser.add_argument('--no-ablog', action='store_true')
    parser.add_argument('--phases', action='store_true')
    options = parser.parse_args()
    how = {'posts': options.posts, 'form': options.format, 'theme': options.theme}
    with tempfile.TemporaryDirectory() as temporary:
        if options.phases:
            phases(Path(temporary), **how)
            return
        kinds = ['plain', 'blog'] + ['bare'] * options.formulas
        if importlib.util.find_spec('ablog') and not options.no_ablog:
            kinds.append('ablog')
        measure(Path(temporary), kinds, runs=options.runs, jobs=options.jobs, **how)


if __name__ == '__main__':
    main()
