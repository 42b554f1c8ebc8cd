"""What a build remembers for the next one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxext_blog.site import gathering, last_build
from sphinxext_blog.site.last_build import plain

POST = ':blogpost:\n:date: 2020-01-01\n\n{0}\n===\n\nText of {0} :math:`a^2+b^2=c^2`. {1}\n'
FILES = {
    'index.rst': 'I\n=\n\n.. series:: Nothing\n',
    'p.rst': POST.format('One', '《Two》'),
    'q.rst': POST.format('Two', ''),
}
MADE = [
    'graph.html',
    'graph.json',
    'graph.graphml',
    'formulas.html',
    'formulas.json',
    'formula-index/index.js',
    'formula-index/posts.js',
    'graph-data/nodes-0.js',
    '_static/sphinxext_blog/graph.js',
    '_static/sphinxext_blog/formula-search.js',
]


@pytest.fixture
def gathered(monkeypatch):
    """How often a build gathers its knowledge."""
    calls = []
    gather = gathering.gather
    monkeypatch.setattr(gathering, 'gather', lambda app: calls.append(app) or gather(app))
    return calls


def test_nothing_is_gathered_when_nothing_changed(make_site, gathered):
    site = make_site(FILES)
    first = site.build()
    gathered.clear()
    second = site.build()
    assert gathered == []
    assert second.warnings == first.warnings != ''
    assert second.snapshot == first.snapshot


_LOADED = """
import sys
from sphinx.cmd.build import main
assert main(['-q', '-b', 'html', sys.argv[1], sys.argv[2]]) == 0
print([name for name in ('numpy', 'scipy', 'networkx', 'pyvis') if name in sys.modules])
"""


def test_a_build_with_nothing_to_do_loads_no_heavy_library(make_site, tmp_path):
    site = make_site(FILES)

    def build():
        command = [sys.executable, '-c', _LOADED, str(site.src), str(tmp_path / 'out')]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert 'numpy' in build()
    assert build() == '[]'


@pytest.mark.parametrize('name', MADE)
@pytest.mark.parametrize('damage', [None, b'damaged'])
def test_what_is_missing_or_damaged_is_made_again(make_site, name, damage):
    site = make_site(FILES)
    first = site.build()
    before = first.snapshot
    path = first.outdir / name
    path.unlink() if damage is None else path.write_bytes(damage)
    assert site.build().snapshot == before


@pytest.mark.parametrize('damage', [b'', b'[]', b'{"version": 1, "facts": 3}', b'\xff'])
def test_a_damaged_record_only_costs_time(make_site, damage):
    site = make_site(FILES)
    first = site.build()
    [record] = last_build.cache_dir(first.app.env).glob('build-*.json')
    record.write_bytes(damage)
    second = site.build()
    assert second.snapshot == first.snapshot
    assert second.warnings == first.warnings


def test_a_text_that_says_nothing_new_to_others_writes_its_page_alone(make_site):
    site = make_site(FILES)
    first = site.build()
    (site.src / 'q.rst').touch()
    made = {name: (first.outdir / name).stat().st_mtime_ns for name in MADE if name != 'formulas.html'}
    second = site.build()
    assert second.snapshot == first.snapshot
    assert {name: (second.outdir / name).stat().st_mtime_ns for name in made} == made


@pytest.mark.parametrize('suffix', ['rst', 'md'])
def test_a_post_with_a_label_that_was_only_touched_finds_nothing_anew(make_site, monkeypatch, suffix):
    files = {f'{name}.{suffix}': LABELLED[suffix].format(name, other) for name, other in ('pq', 'qr', 'rp')}
    site = make_site({'index.rst': 'I\n=\n', **files}, myst=suffix == 'md')
    first = site.build()
    (site.src / f'p.{suffix}').touch()
    monkeypatch.setattr(gathering, '_find', None)  # who calls it fails
    assert site.build().snapshot == first.snapshot


LABELLED = {
    'rst': ':blogpost:\n\n.. _l-{0}:\n\nTitle {0}\n=======\n\nSee :ref:`l-{1}` and :eq:`e-{1}`.\n\n'
    '.. math:: x\n   :label: e-{0}\n',
    'md': '---\nblogpost: true\n---\n\n(l-{0})=\n# Title {0}\n\nSee [](#l-{1}), [it]({1}.md).\n\n'
    '$$x$$ (e-{0})\n',
}


def test_a_configuration_reads_the_same_in_every_process():
    script = (
        'from sphinxext_blog.site.last_build import plain\n'
        'def handler(): ...\n'
        'print(repr(plain({"b": {"x", "y", "z"}, "a": (1, None, handler), "c": [str]})))'
    )
    said = {subprocess.check_output([sys.executable, '-c', script]) for _ in range(3)}
    assert len(said) == 1


def test_values_that_differ_are_told_apart():
    assert plain({'a': 1}) != plain({'a': '1'}) != plain({'a': 2})
    assert plain({'x', 'y'}) == plain({'y', 'x'})
    assert plain(str) != plain(int)


def test_a_word_more_leads_no_reference_elsewhere(make_site):
    site = make_site(FILES)
    before = last_build.references_of(site.build('dummy').app)
    site.write('q.rst', POST.format('Two', 'A word more.'))
    assert last_build.references_of(site.build('dummy').app) == before
    site.write('q.rst', POST.format('Two', '《One》'))
    cited = last_build.references_of(site.build('dummy').app)
    site.write('p.rst', POST.format('Uno', '《Two》'))
    assert len({before, cited, last_build.references_of(site.build('dummy').app)}) == 3


def test_a_build_that_was_broken_off_is_known_with_its_documents(make_site):
    app = make_site(FILES).build().app
    assert last_build.begin(app) is None
    app.env.all_docs['later'] = 1
    assert last_build.begin(app) == ['index', 'p', 'q']
    assert last_build.begin(app) == ['index', 'later', 'p', 'q']
    last_build.end(app)
    assert last_build.begin(app) is None


def test_after_a_build_that_was_broken_off_every_page_is_written(make_site):
    site = make_site(FILES)
    first = site.build()
    expected = first.snapshot
    last_build.begin(first.app)
    (first.outdir / 'p.html').write_text('<html>half')  # younger than its source
    second = site.build()
    assert second.snapshot == expected
    assert {'p.html', 'q.html', 'index.html'} <= second.written(first)
    assert 'p.html' not in site.build().written(second)


@pytest.mark.parametrize('damage', [b'', b'{"a"', b'\xff', b'3'])
def test_a_damaged_note_of_what_was_begun_still_says_that_it_was(make_site, damage):
    app = make_site(FILES).build().app
    last_build.begin(app)
    [path] = last_build.cache_dir(app.env).glob('*.unfinished')
    path.write_bytes(damage)
    assert last_build.begin(app) == []
