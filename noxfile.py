"""Other Pythons, other versions of Sphinx, the oldest libraries that are allowed, and the package itself.

``nox -l`` lists the sessions; ``pipx run nox -s oldest`` runs one. What belongs
to every change is in the Makefile, which needs nothing but make.
"""

from __future__ import annotations

import nox

nox.options.default_venv_backend = 'uv|virtualenv'
nox.options.sessions = ['tests', 'oldest', 'package']

PYTHONS = ['3.11', '3.12', '3.13']
SPHINX = ['7.4', '8.2', '9.0', 'newest']
QUICK = ('tests/references', 'tests/formulas', 'tests/graph', 'tests/importers', 'tests/site', 'tests/ways')


def _groups() -> list[str]:
    """The libraries of the tests."""
    project = nox.project.load_toml('pyproject.toml')
    return [str(name) for name in project['dependency-groups']['test']]


def _test(session: nox.Session, *default: str) -> None:
    session.run('python', '-m', 'pytest', *(session.posargs or default), '-n', 'auto', '--dist', 'loadfile')


@nox.session(python=PYTHONS)
@nox.parametrize('sphinx', SPHINX)
def tests(session: nox.Session, sphinx: str) -> None:
    """All tests with a Python and a Sphinx."""
    wanted = 'sphinx' if sphinx == 'newest' else f'sphinx=={sphinx}.*'
    session.install('-e', '.', wanted, *_groups())
    _test(session)


@nox.session(python='3.11', venv_backend='uv')
def oldest(session: nox.Session) -> None:
    """The tests without a browser, with the oldest libraries that pyproject.toml allows."""
    session.run_install('uv', 'pip', 'install', '--resolution', 'lowest-direct', '.[import,myst]')
    kept = [
        name
        for name in _groups()
        if name.startswith(('pytest', 'hypothesis', 'jsonschema', 'beautifulsoup4', 'playwright'))
    ]
    session.install(*kept)
    _test(session, *QUICK)


@nox.session(python='3.11')
def package(session: nox.Session) -> None:
    """The distributions: built twice with equal bytes, checked, and the tutorial followed from the wheel."""
    session.install('build', 'twine')
    session.run('python', 'tools/check_package.py')
