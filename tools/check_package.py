"""Build the distributions twice, compare and check them, and use the wheel in an empty environment.

``nox -s package`` runs it. Needs ``build`` and ``twine``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
IN_THE_WHEEL = (
    'sphinxext_blog/py.typed',
    'sphinxext_blog/graph/schema.json',
    'sphinxext_blog/graph/related_weights.json',
    'sphinxext_blog/locale/zh_CN/LC_MESSAGES/sphinxext_blog.mo',
    'sphinxext_blog/templates/sphinxext_blog/graph.html',
    'sphinxext_blog/templates/sphinxext_blog/graph-page.html',
    'sphinxext_blog/static/graph_page/graph-app.js',
    'sphinxext_blog/static/formula_page/vendor/temml.min.js',
    'sphinxext_blog/static/math_font/OFL.txt',
)
NOT_IN_THE_WHEEL = ('tests/', 'docs/', 'seeds/', 'benchmarks/', '__pycache__', '.pyc')
IN_THE_SOURCE = (
    'pyproject.toml',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'tests/conftest.py',
    'seeds/',
    'docs/conf.py',
)


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """What a command prints; a failing one ends the check."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(f'{" ".join(map(str, command))}\n{result.stdout}{result.stderr}')
    return result.stdout


def build(folder: Path) -> dict[str, Path]:
    """The wheel and the source distribution."""
    run(sys.executable, '-m', 'build', '--outdir', folder, SOURCE_DATE_EPOCH='1700000000')
    return {path.suffix: path for path in folder.iterdir()}


def main() -> None:
    """Do it all, or say what is wrong."""
    with tempfile.TemporaryDirectory() as place:
        first, second = build(Path(place, 'one')), build(Path(place, 'two'))
        for suffix, path in first.items():
            digests = {hashlib.sha256(one.read_bytes()).hexdigest() for one in (path, second[suffix])}
            print(f'{path.name}: {path.stat().st_size:,} bytes, sha256 {min(digests)}')
            if len(digests) > 1:
                sys.exit(f'{path.name} differs from build to build')
        run(sys.executable, '-m', 'twine', 'check', '--strict', *first.values())
        with zipfile.ZipFile(first['.whl']) as wheel:
            names = wheel.namelist()
        wrong = [name for name in IN_THE_WHEEL if name not in names]
        wrong += [name for name in names if any(part in name for part in NOT_IN_THE_WHEEL)]
        with tarfile.open(first['.gz']) as source:
            files = [name.partition('/')[2] for name in source.getnames()]
        wrong += [name for name in IN_THE_SOURCE if not any(file.startswith(name) for file in files)]
        if wrong:
            sys.exit(f'missing or too much: {wrong}')
        use(first['.whl'], Path(place))
    print('the package is in order')


def use(wheel: Path, place: Path) -> None:
    """Install the wheel without a compiler into an empty environment, and build a blog with it."""
    venv.create(place / 'venv', with_pip=True)
    python = place / 'venv' / ('Scripts' if os.name == 'nt' else 'bin') / 'python'
    run(python, '-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', wheel)
    run(python, '-m', 'sphinxext_blog', 'quickstart', '--rst', '--title', 'Notes', 'blog', cwd=place)
    run(python, '-m', 'sphinxext_blog', 'new', '--dir', 'blog', 'A second post', cwd=place)
    run(python, '-m', 'sphinx', '-W', '-n', '-b', 'html', 'blog', 'html', cwd=place)
    print(run(python, '-m', 'sphinxext_blog', 'check', 'html', cwd=place).strip())


if __name__ == '__main__':
    main()
