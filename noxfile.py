"""Other Pythons, other versions of Sphinx, the oldest libraries that are allowed, and the package itself.

``nox -l`` lists the sessions, ``pipx run nox`` runs them all and ``pipx run nox -s oldest`` one. What belongs
to every change is in the Makefile, which needs nothing but make.
"""

from __future__ import annotations

import pathlib

import nox

nox.options.default_venv_backend = 'uv|virtualenv'
nox.options.sessions = ['tests', 'oldest', 'neighbours', 'docs', 'package']

PYTHONS = ['3.11', '3.12', '3.13']
SPHINX = ['7.4', '8.2', '9.0', 'newest']
QUICK = ('tests/references', 'tests/formulas', 'tests/graph', 'tests/importers', 'tests/site', 'tests/ways')


def _groups(*names: str) -> list[str]:
    """The libraries of groups of dependencies."""
    groups = nox.project.load_toml('pyproject.toml')['dependency-groups']
    return [str(library) for name in names for library in groups[name]]


def _test(session: nox.Session, *default: str) -> None:
    session.run('python', '-m', 'pytest', *(session.posargs or default), '-n', 'auto', '--dist', 'loadfile')


@nox.session(python=PYTHONS)
@nox.parametrize('sphinx', SPHINX)
def tests(session: nox.Session, sphinx: str) -> None:
    """All tests with a Python and a Sphinx."""
    wanted = 'sphinx' if sphinx == 'newest' else f'sphinx=={sphinx}.*'
    session.install('-e', '.', wanted, *_groups('test'))
    # Pages are the same for a browser whatever made them: it looks at those of the newest.
    _test(session, *(() if sphinx == 'newest' else QUICK))


@nox.session(python='3.11', venv_backend='uv')
def oldest(session: nox.Session) -> None:
    """The tests without a browser, with the oldest libraries that pyproject.toml allows."""
    session.run_install('uv', 'pip', 'install', '--resolution', 'lowest-direct', '.[import,myst,parallel]')
    frozen = session.run_install('uv', 'pip', 'freeze', silent=True)
    constraints = pathlib.Path(session.create_tmp()) / 'oldest.txt'
    constraints.write_text('\n'.join(line for line in str(frozen).splitlines() if '==' in line))
    session.install('--constraint', str(constraints), *_groups('test'))  # or a theme would lift Sphinx
    _test(session, *QUICK)


@nox.session(python='3.11')
def neighbours(session: nox.Session) -> None:
    """Sites that use other extensions beside us."""
    session.install('-e', '.', *_groups('test', 'neighbours'))
    _test(session, 'tests/ways/test_neighbours.py')


@nox.session(python='3.11')
def docs(session: nox.Session) -> None:
    """The manual without a warning, and no link within it that leads nowhere."""
    session.install('-e', '.', *_groups('docs'))
    session.run('sphinx-build', '-b', 'html', '-W', '-n', '--keep-going', 'docs', 'docs/_build/html')
    inner = ('-D', 'linkcheck_ignore=https?://.*')
    session.run('sphinx-build', '-b', 'linkcheck', '-W', *inner, 'docs', 'docs/_build/linkcheck')


@nox.session(python='3.11')
def package(session: nox.Session) -> None:
    """The distributions: built twice with equal bytes, checked, and the tutorial followed from the wheel."""
    session.install('build', 'twine')
    session.run('python', 'tools/check_package.py')
