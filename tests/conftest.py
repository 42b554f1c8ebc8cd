"""Fixtures shared by all tests: small sites, real corpora, a browser.

``make_site`` writes a Sphinx project to a temporary folder and builds it as
often as a test likes; see :class:`Site` and :class:`Build`.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from find_browser import BrowserNotFoundError, find_browser
from hypothesis import settings
from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Page

pytest_plugins = ['sphinx.testing.fixtures', 'pytester']

# A shared machine's hiccup is no slow example, and CI repeats what failed there.
settings.register_profile('blog', deadline=None)
settings.register_profile('ci', deadline=None, derandomize=True, print_blob=True)
settings.load_profile('ci' if os.environ.get('CI') else 'blog')

ROOT = Path(__file__).parents[1]
"""The repository."""

_DEFAULTS: Mapping[str, Any] = {
    'project': 'Tests',
    'author': 'Emmy Noether',
    'copyright': '2020, Emmy Noether',
    'version': '1',
    'html_theme': 'basic',
    'show_warning_types': True,  # the default since Sphinx 8
}
_ANSI = re.compile(r'\x1b\[[0-9;]*m')
_NOT_COMPARED = frozenset({'.buildinfo', '.buildinfo.bak', 'objects.inv'})
_TIMES = {
    '.pot': re.compile(rb'"POT-Creation-Date: [^"]*"'),
    '.opf': re.compile(rb'<(dc:date|meta property="dcterms:modified")>[^<]*<'),
}
"""Where outputs say when they were built, by suffix."""


@dataclass(frozen=True)
class Build:
    """What one build of a site came to."""

    app: SphinxTestApp
    """The application, after its work: for ``app.env`` and the domains' data."""
    outdir: Path
    warnings: str
    """What Sphinx warned of, without colours; source paths are relative to the site."""
    mtimes: Mapping[str, int] = field(repr=False)
    """Time of writing of every output in nanoseconds, by path below ``outdir``."""

    def html(self, docname: str) -> str:
        """The page of a document as text."""
        return self._page(docname).read_text(encoding='utf-8')

    def soup(self, docname: str) -> BeautifulSoup:
        """The page of a document as a tree."""
        return BeautifulSoup(self.html(docname), 'html.parser')

    def text(self, name: str) -> str:
        """Any output, by its path below ``outdir``."""
        return (self.outdir / name).read_text(encoding='utf-8')

    def written(self, previous: Build) -> frozenset[str]:
        """Paths of the outputs that are new or were written again since a previous build."""
        return frozenset(path for path, time in self.mtimes.items() if previous.mtimes.get(path) != time)

    def _page(self, docname: str) -> Path:
        # Two builders give HTML other addresses than `html` does.
        for name in (f'{docname}.html', f'{docname}/index.html', f'{docname}.xhtml'):
            if (page := self.outdir / name).is_file():
                return page
        raise FileNotFoundError(f'no page of {docname!r} in {self.outdir}')

    @cached_property
    def snapshot(self) -> dict[str, bytes]:
        """All outputs by path, without what tells two builds of equal content apart.

        Read at the first use: take it before the next build of the site.
        """
        return {
            path: _comparable(self.outdir / path)
            for path in self.mtimes
            if Path(path).name not in _NOT_COMPARED and Path(path).suffix != '.epub'
        }


@dataclass
class Site:
    """A small Sphinx project in a temporary folder.

    Every build is one run of Sphinx: builds of one builder after another are
    incremental, as an author's are.
    """

    folder: Path
    last: Build | None = None
    _clean_builds: int = 0

    @property
    def src(self) -> Path:
        """The folder of the sources."""
        return self.folder / 'src'

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a source file, byte for byte; its folders are made."""
        path = self.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def remove(self, name: str) -> None:
        """Delete a source file."""
        (self.src / name).unlink()

    def rename(self, old: str, new: str) -> None:
        """Move a source file."""
        (self.src / new).parent.mkdir(parents=True, exist_ok=True)
        (self.src / old).rename(self.src / new)

    def build(
        self,
        buildername: str = 'html',
        *,
        parallel: int = 1,
        confoverrides: dict[str, Any] | None = None,
        fresh: bool = False,
        tags: tuple[str, ...] = (),
    ) -> Build:
        """Run Sphinx once.

        :param fresh: build into a new folder, as a first build; the folder of
            the incremental builds stays as it is.
        :raises sphinx.errors.SphinxError: when Sphinx gives up.
        """
        # Builders share their doctrees, as with `sphinx-build -M`; gettext's
        # are of another make, and Sphinx refuses to mix them.
        builddir = self.folder / ('build-gettext' if buildername == 'gettext' else 'build')
        if fresh:
            self._clean_builds += 1
            builddir = self.folder / f'clean-{self._clean_builds}'
        app = SphinxTestApp(
            buildername,
            srcdir=self.src,
            builddir=builddir,
            parallel=parallel,
            confoverrides=confoverrides,
            tags=tags,
        )
        # Two living apps register their nodes twice, which Sphinx warns of.
        try:
            app.build()
        finally:
            app.cleanup()
        outdir = Path(app.outdir)
        warnings = _ANSI.sub('', app.warning.getvalue()).replace(f'{self.src}{os.sep}', '')
        self.last = Build(app, outdir, warnings, _mtimes(outdir))
        return self.last

    def snapshot(self) -> dict[str, bytes]:
        """All outputs of the last build by path, fit to be compared with another build's."""
        if self.last is None:
            raise ValueError('build the site first')
        return self.last.snapshot


def _mtimes(outdir: Path) -> dict[str, int]:
    files = sorted(path for path in outdir.rglob('*') if path.is_file())
    return {path.relative_to(outdir).as_posix(): path.stat().st_mtime_ns for path in files}


def _comparable(path: Path) -> bytes:
    content = path.read_bytes()
    if path.name == 'searchindex.js':
        return _without_dead_terms(content)
    pattern = _TIMES.get(path.suffix)
    return pattern.sub(b'', content) if pattern else content


def _without_dead_terms(content: bytes) -> bytes:
    # An incremental build keeps a word that no document holds any more, with an
    # empty list of documents: no reader can tell.
    start, end = content.index(b'{'), content.rindex(b'}') + 1
    index = json.loads(content[start:end])
    for name in ('terms', 'titleterms'):
        index[name] = {term: places for term, places in index[name].items() if places != []}
    return json.dumps(index, sort_keys=True).encode()


def _conf(conf: str | Mapping[str, Any], *, myst: bool) -> str:
    if isinstance(conf, str):
        return conf
    extensions = ['sphinxext_blog', *(['myst_parser'] if myst else [])]
    values = {'extensions': extensions, **_DEFAULTS, **conf}
    return ''.join(f'{name} = {value!r}\n' for name, value in values.items())


@pytest.fixture(scope='session')
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Make a site: ``make_site({'a.rst': …}, conf={…})``.

    ``conf`` is either values beside the defaults or the whole ``conf.py`` as
    text; ``myst=True`` adds MyST-Parser. A site without an index is given one
    that lists all documents.
    """

    def make(
        files: Mapping[str, str | bytes], conf: str | Mapping[str, Any] = {}, *, myst: bool = False
    ) -> Site:
        site = Site(tmp_path_factory.mktemp('site'))
        site.write('conf.py', _conf(conf, myst=myst))
        for name, content in files.items():
            site.write(name, content)
        if not files.keys() & {'index.rst', 'index.md', 'index.txt', 'conf.py'}:
            site.write('index.rst', 'Index\n=====\n\n.. toctree::\n   :glob:\n\n   **\n')
        return site

    return make


@pytest.fixture(scope='session')
def rootdir() -> Path:
    """Where ``@pytest.mark.sphinx(testroot=…)`` finds its projects."""
    return ROOT / 'tests' / 'roots'


@pytest.fixture(scope='session')
def corpora() -> Path:
    """The folder of real posts: ``BLOG_CORPORA``, else ``../shared/corpora``; skips when absent."""
    folder = Path(os.environ.get('BLOG_CORPORA') or ROOT.parent / 'shared' / 'corpora')
    if not folder.is_dir():
        pytest.skip(f'the corpora of real posts are not here: {folder} (set BLOG_CORPORA)')
    return folder


@pytest.fixture(scope='session')
def browser() -> Iterator[Browser]:
    """A headless Chromium. A machine without one fails the test: it is never skipped."""
    from playwright.sync_api import sync_playwright

    try:
        executable = find_browser()
    except BrowserNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab of its own context; a script error on the page fails the test."""
    context = browser.new_context()
    tab = context.new_page()
    errors: list[str] = []
    tab.on('pageerror', lambda error: errors.append(str(error)))
    yield tab
    context.close()
    assert not errors
