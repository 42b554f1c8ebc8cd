"""The files of the graph page; what it does is tested in a browser."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from graph_site import site_files
from sample_graph import large_graph, small_graph

from sphinxext_blog.scripts import read_data_script

HOSTILE = '</script><img src=x onerror=alert(1)>《“\u202e\u2028$\\href{javascript:alert(1)}{x}$'
FILES = {
    'a.rst': ':date: 2020-01-01\n:tags: 概率, graphs\n\n学习(一)\n========\n\n文。\n',
    'b.rst': f':date: 2020-02-01\n\n学习(二)\n========\n\n见《学习(一)》与《{HOSTILE[-20:]}》。🙂\n',
}


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob('*')
        if path.is_file() and path.name.startswith(('graph', 'nodes-', 'evidence-'))
    }


def test_a_locale_without_utf8_gives_the_same_bytes(make_site):
    site = make_site(FILES)
    seen = []
    for name, environment in (
        ('utf8', {'LC_ALL': 'C.UTF-8', 'PYTHONUTF8': '1'}),
        ('c', {'LC_ALL': 'C', 'LANG': 'C', 'PYTHONUTF8': '0', 'PYTHONCOERCECLOCALE': '0'}),
    ):
        out = site.folder / f'out-{name}'
        subprocess.run(
            [sys.executable, '-m', 'sphinx', '-q', '-b', 'html', site.src, out],
            env={**os.environ, **environment},
            check=True,
            capture_output=True,
        )
        seen.append(digests(out))
    assert seen[0] == seen[1]
    assert {'graph.html', 'graph.json', 'graph-data/nodes-0.js', 'graph-data/evidence-0.js'} <= seen[0].keys()


def test_files_of_a_larger_graph_go_away_with_it(make_site):
    site = make_site(site_files(large_graph(300), pages=False))
    before = site.build()
    assert (before.outdir / 'graph-data' / 'evidence-1.js').is_file()
    for name, content in site_files(small_graph(), pages=False).items():
        site.write(name, content)
    after = site.build(fresh=False)
    names = {path.name for path in (after.outdir / 'graph-data').iterdir()}
    assert names == {'nodes-0.js', 'evidence-0.js'}


@pytest.mark.parametrize(
    ('engine', 'posts', 'drawn'), [('auto', 30, 'vis'), ('auto', 1900, 'canvas'), ('vis', 1900, 'vis')]
)
def test_the_engine_fits_the_size_of_the_graph(make_site, engine, posts, drawn):
    graph = large_graph(posts)
    build = make_site(site_files(graph, pages=False, blog_graph_engine=engine)).build()
    page = build.soup('graph')
    assert page.body['data-engine'] == drawn
    assert any('vis-network' in script['src'] for script in page.find_all('script', src=True)) == (
        drawn == 'vis'
    )


def test_an_unknown_engine_is_warned_of(make_site):
    build = make_site(FILES, {'blog_graph_engine': 'webgl'}).build()
    assert "blog_graph_engine must be 'auto', 'vis' or 'canvas'" in build.warnings
    assert build.soup('graph').body['data-engine'] == 'vis'


def test_the_site_icon_is_the_icon_of_the_page(make_site):
    site = make_site(FILES, {'html_favicon': 'icon.svg'})
    site.write('icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert 'icon.svg' in site.build().soup('graph').find('link', rel='icon')['href']
    own = make_site(FILES).build().soup('graph').find('link', rel='icon')['href']
    assert own.partition('?')[0].endswith('_static/sphinxext_blog/graph-icon.svg')


def test_the_page_loads_nothing_that_is_not_there(make_site):
    build = make_site(FILES, {'blog_path': 'notes'}).build('dirhtml')
    page = build.outdir / 'notes' / 'graph' / 'index.html'
    soup = build.soup('notes/graph')
    wanted = [script['src'] for script in soup.find_all('script', src=True)]
    wanted += [link['href'] for link in soup.find_all('link', rel='stylesheet')]
    wanted += [soup.body['data-exports'], soup.find('a', class_='bg-home')['href']]
    assert len(wanted) > 20
    for address in wanted:
        assert (page.parent / address.partition('?')[0]).exists(), address
    data = page.parent / soup.body['data-folder'] / 'nodes-0.js'
    assert read_data_script(data.read_bytes())[0] == 'nodes-0'
