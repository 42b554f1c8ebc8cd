"""What may go wrong while a site is built, or with what builds leave behind: nothing is lost, nothing half-written stays."""

from __future__ import annotations

import ctypes
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import kill_builds
import pytest

from sphinxext_blog.site.cache import keep

BUILD = 'import sys; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))'
LIMITED = 'import resource; limit = int(sys.argv.pop(1)); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit));'


def command(site: Path, jobs: int = 1, prelude: str = '') -> list[str]:
    script = f'import sys; {prelude} {BUILD}'
    where = ['-b', 'html', '-j', str(jobs), str(site / 'src'), str(site / 'out')]
    return [sys.executable, '-c', script, *where]


def run(arguments: list[str], **options) -> tuple[int, str]:
    environment = {**os.environ, 'NO_COLOR': '1', 'PYTHONPATH': str(Path(__file__).parents[2])}
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, env=environment, **options)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope='module')
def built(tmp_path_factory):
    """A folder with sources and a finished build."""
    site = tmp_path_factory.mktemp('faults') / 'site'
    kill_builds.put(site / 'src', 1)
    status, told = run(command(site))
    assert status == 0, told
    assert 'WARNING' not in told
    return site


@pytest.fixture(scope='module')
def expected(built):
    return kill_builds.snapshot(built)


@pytest.fixture
def site(built, tmp_path):
    """The finished build at its place; as it was, afterwards."""
    shutil.copytree(built, tmp_path / 'saved')
    yield built
    shutil.rmtree(built)
    shutil.copytree(tmp_path / 'saved', built)


def differing(site: Path, expected: dict[str, bytes]) -> list[str]:
    seen = kill_builds.snapshot(site)
    return sorted(name for name in seen.keys() | expected.keys() if seen.get(name) != expected.get(name))


def test_killed_builds_end_as_clean_ones():
    script = Path(kill_builds.__file__)
    status, told = run([sys.executable, str(script), '5', '--jobs', '2'])
    assert status == 0, told
    assert '; 0 differ' in told


def damaged(content: bytes, how: str) -> bytes:
    if how == 'truncated':
        return content[: len(content) // 2]
    if how == 'random':
        return random.Random(1).randbytes(len(content) + 1)
    if how == 'empty':
        return b''
    if how == 'version':
        return (
            re.sub(rb'"version": ?\d+', b'"version":99', content) if b'"version"' in content else content[:-1]
        )
    return pickle.dumps({'a': [1]}) if content[:1] != b'{' else b'[["a"]]'


@pytest.mark.parametrize('how', ['truncated', 'random', 'version', 'type'])
def test_damaged_state_files_only_cost_time(site, expected, how):
    out = site / 'out'
    files = [path for path in (out / '.doctrees' / '.sphinxext_blog').rglob('*') if path.is_file()]
    files += [out / '.sphinxext_blog.json', out / '.sphinxext_blog_pages.json']
    kinds = {path.parent.name for path in files}
    assert kinds >= {'feed', '.sphinxext_blog', 'out'}
    for path in files:
        path.write_bytes(damaged(path.read_bytes(), how))
    (site / 'src' / 'posts' / 'p1.rst').touch()
    status, told = run(command(site))
    assert (status, 'WARNING' in told) == (0, False), told
    assert differing(site, expected) == []


def test_a_whole_file_of_another_kind_is_not_used_either(site, expected):
    for path in (site / 'out' / '.doctrees' / '.sphinxext_blog').rglob('*.pickle'):
        keep(path, pickle.dumps({'a': [1]}))
    (site / 'src' / 'posts' / 'p1.rst').touch()
    status, told = run(command(site))
    assert (status, 'WARNING' in told) == (0, False), told
    assert differing(site, expected) == []


@pytest.mark.parametrize('how', ['truncated', 'type'])
def test_a_damaged_environment_only_costs_time(site, expected, how):
    path = site / 'out' / '.doctrees' / 'environment.pickle'
    path.write_bytes(damaged(path.read_bytes(), how))
    status, told = run(command(site))
    assert (status, 'WARNING' in told) == (0, False), told
    assert differing(site, expected) == []


@pytest.mark.parametrize(('limit', 'jobs'), [(2_000, 1), (30_000, 2), (300_000, 1)])
def test_a_full_disk_stops_a_build_and_the_next_one_is_whole(built, expected, tmp_path, limit, jobs):
    site = built
    shutil.copytree(site / 'out', tmp_path / 'saved')
    shutil.rmtree(site / 'out')
    shutil.rmtree(site / 'src' / 'imported')
    try:
        arguments = command(site, jobs, LIMITED)
        arguments.insert(3, str(limit))
        _status, told = run(arguments)
        assert re.search('File too large|could not be written|Errno 27', told), told
        assert not list((site / 'out' / '_static').rglob('*.part'))
        status, told = run(command(site, jobs))
        assert (status, 'WARNING' in told) == (0, False), told
        assert differing(site, expected) == []
    finally:
        shutil.rmtree(site / 'out')
        shutil.copytree(tmp_path / 'saved', site / 'out')


def test_two_builds_in_one_folder_wait_for_each_other(site, expected):
    shutil.rmtree(site / 'out')
    (site / 'src' / 'conf.py').open('a').write('\nimport time\ntime.sleep(0.5)\n')
    environment = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}
    arguments = command(site)
    both = [
        subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        for _ in range(2)
    ]
    told = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum('another build works in' in text for text in told) == 1
    assert not any('WARNING' in text for text in told)
    assert differing(site, expected) == []


VANISHING = """
import pathlib
def vanish(*_):
    for name in {names!r}:
        (pathlib.Path(__file__).parent / name).unlink(missing_ok=True)
    return []
_setup = setup
def setup(app):
    _setup(app)
    app.connect({event!r}, vanish, priority=-2)
"""


def test_what_is_kept_beside_the_doctrees_may_vanish_during_the_build(site, expected):
    (site / 'src' / 'posts' / 'p1.rst').touch()
    names = [
        os.path.relpath(p, site / 'src')
        for p in (site / 'out' / '.doctrees' / '.sphinxext_blog').rglob('*.*')
        if p.is_file()
    ]
    conf = (site / 'src' / 'conf.py').read_text()
    (site / 'src' / 'conf.py').write_text(conf + VANISHING.format(names=names, event='env-updated'))
    status, told = run(command(site))
    assert (status, 'WARNING' in told) == (0, False), told
    assert differing(site, expected) == []


@pytest.mark.parametrize('event', ['env-before-read-docs', 'write-started'])
def test_a_source_that_vanishes_is_told_and_the_next_build_is_right(site, event):
    conf = (site / 'src' / 'conf.py').read_text()
    (site / 'src' / 'posts' / 'p1.rst').touch()
    names = ['posts/p1.rst', 'archive/a1.txt']
    (site / 'src' / 'conf.py').write_text(conf + VANISHING.format(names=names, event=event))
    run(command(site))
    (site / 'src' / 'conf.py').write_text(conf)
    status, told = run(command(site))
    assert status == 0, told
    again = kill_builds.snapshot(site)
    shutil.rmtree(site / 'out')
    shutil.rmtree(site / 'src' / 'imported')
    assert run(command(site))[0] == 0
    assert differing(site, again) == []


def run_without_privilege(arguments: list[str]) -> tuple[int, str]:
    """Run a command that permissions bind, also when root runs the tests."""
    if os.geteuid() != 0:
        return run(arguments)
    drop_override = (24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
    return run(arguments, preexec_fn=lambda: ctypes.CDLL(None).prctl(*drop_override, 0, 0, 0))


@pytest.mark.parametrize('locked', ['source', 'import'])
def test_folders_that_can_only_be_read(tmp_path, locked):
    site = tmp_path
    kill_builds.put(site / 'src', 1)
    folders = [site / 'src' / 'imported', *([site / 'src'] if locked == 'source' else [])]
    folders[0].mkdir()
    for folder in folders:
        folder.chmod(0o555)
    before = {p: p.read_bytes() for p in (site / 'src').rglob('*') if p.is_file()}
    status, told = run_without_privilege(command(site))
    for folder in folders:
        folder.chmod(0o755)
    assert status == 0, told
    assert len(re.findall('WARNING', told)) == 1, told
    assert 'the posts of the archives could not be written to' in told
    assert 'Permission denied' in told
    assert (site / 'out' / 'posts' / 'p1.html').is_file()
    assert {p: p.read_bytes() for p in (site / 'src').rglob('*') if p.is_file()} == before
    status, told = run(command(site))
    assert (status, 'WARNING' in told) == (0, False), told
    assert list((site / 'out' / 'imported').glob('*.html'))


IN_THE_WAY = {
    'blog': 'file',
    'old': 'file',
    'blog/tag/a.html': 'folder',
    'blog/atom.xml': 'folder',
    'graph.json': 'folder',
    'graph-data': 'file',
    'graph-data/nodes-0.js': 'folder',
    'formula-index': 'file',
    '_static/sphinxext_blog/graph.js': 'folder',
    '.sphinxext_blog.json': 'folder',
    '.sphinxext_blog_pages.json': 'folder',
    '.sphinxext_blog_files.json': 'folder',
}


@pytest.mark.parametrize('name', IN_THE_WAY)
@pytest.mark.parametrize('builder', ['html', 'dirhtml'])
def test_what_is_in_the_way_of_an_output_is_told_and_the_rest_is_made(make_site, builder, name):
    kind = IN_THE_WAY[name]
    if builder == 'dirhtml':
        name = name.replace('.html', '/index.html').replace('graph-data', 'graph/graph-data')
    source = ':date: 2020-01-01\n:tags: a\n:redirect: old/p\n\nP\n=\n\n.. math:: a^2 + b^2 = c^2\n'
    site = make_site({'p.rst': source}, {'html_baseurl': 'https://example.org/'})
    expected = site.build(builder, fresh=True)
    path = site.folder / 'build' / builder / name
    if kind == 'folder':
        (path / 'inside').mkdir(parents=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('mine')
    for _ in range(2):
        build = site.build(builder)
        assert name.split('/')[-1] in build.warnings
        assert f'a {kind} is in the way; remove it' in build.warnings
        assert build.warnings.count('WARNING') <= 4, build.warnings
        assert 'P' in build.html('p')
    shutil.rmtree(path) if kind == 'folder' else path.unlink()
    mended = site.build(builder)
    assert mended.warnings == ''
    assert mended.snapshot.keys() == expected.snapshot.keys()


def test_a_folder_in_the_way_of_what_every_page_needs_ends_the_build_with_one_clear_sentence(site):
    path = site / 'out' / '_static' / 'sphinxext_blog' / 'blog.css'
    path.unlink()
    path.mkdir()
    status, told = run(command(site))
    assert status == 2
    assert 'blog.css could not be written: a folder is in the way; remove it, or clear the output' in told
    assert 'Sphinx error' in told or 'SphinxError: ' in told
