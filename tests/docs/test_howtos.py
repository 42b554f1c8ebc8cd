"""The how-to pages come out as they say: their files are written, their commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from docutils import nodes
from manual_blocks import read_page, run_commands, write_file

import sphinxext_blog

POST = ':date: 2020-01-02\n:tags: a\n:language: fr\n\nOne\n===\n\nSee :doc:`two`.\n'
OTHER = ':date: 2020-01-03\n\nTwo\n===\n\nText.\n'
PROPERTY = re.compile(r'var\((--blog-[a-z-]+)')


def blocks_of(name):
    return list(read_page(name).findall(nodes.literal_block))


def write_posts(folder):
    (folder / 'posts').mkdir()
    (folder / 'posts' / 'one.rst').write_text(POST)
    (folder / 'posts' / 'two.rst').write_text(OTHER)
    (folder / 'index.rst').write_text('Blog\n====\n\n.. postlist::\n')


def build(folder):
    told = subprocess.run(
        [sys.executable, '-m', 'sphinx', '-W', '-b', 'html', '.', '_build/html'],
        cwd=folder, capture_output=True, encoding='utf-8', check=False, env={**os.environ, 'PYTHONUTF8': '1'},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return folder / '_build' / 'html'


def soup(path):
    return BeautifulSoup(path.read_text('utf-8'), 'html.parser')


def test_three_citations_that_are_no_links_are_told_as_the_page_says(tmp_path):
    printed = ''
    for block in blocks_of('not-linked.rst'):
        if block['caption']:
            write_file(tmp_path, block)
        elif block['language'] == 'console':
            printed = '\n'.join(told for _command, told in run_commands(tmp_path, block))
        elif 'result' in block['classes']:
            for piece in block.astext().split('\n…\n'):
                assert piece in printed, (piece, printed)
    page = soup(tmp_path / '_build/html/posts/svd.html')
    linked = {a.get_text() for a in page.select('p a[href]')}
    assert 'Norms on matrices' in linked
    assert 'Schatten norms' not in linked


def test_the_style_sheet_and_the_template_of_the_page_are_used(tmp_path):
    for block in blocks_of('styling.rst'):
        if block['caption']:
            write_file(tmp_path, block)
        elif block['language'] == 'console':
            ((_command, told),) = run_commands(tmp_path, block)
            ours = (Path(told.strip()) / 'sphinxext_blog' / 'posts.html').read_text('utf-8')
    own = tmp_path / '_templates' / 'sphinxext_blog' / 'posts.html'
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f'{ours}<p class="mine">Write to me.</p>\n', 'utf-8')
    write_posts(tmp_path)
    html = build(tmp_path)
    page = soup(html / 'posts/two.html')
    addresses = [link['href'].partition('?')[0] for link in page.select('link[rel=stylesheet]')]
    sheets = [address.rpartition('/')[2] for address in addresses]
    assert sheets.index('mine.css') > sheets.index('blog.css')
    graph = soup(html / 'graph.html')
    address = graph.select('link[rel=stylesheet]')[-1]['href'].partition('?')[0]
    assert (html / address).read_text('utf-8').startswith(':root { --bg-accent')
    assert graph.select_one('#bg-map')
    lists = soup(html / 'blog.html')
    assert lists.select_one('p.mine')
    assert {a.get_text() for a in lists.select('.blog-entries a')} >= {'One', 'Two'}


def test_the_page_names_all_custom_properties_and_no_other():
    folder = Path(sphinxext_blog.__file__).parent / 'static' / 'every_page' / 'sphinxext_blog'
    used = {name for path in folder.glob('*.css') for name in PROPERTY.findall(path.read_text('utf-8'))}
    named = {node.astext() for node in read_page('styling.rst').findall(nodes.literal)}
    assert used == {name for name in named if name.startswith('--blog-')}


def test_every_class_that_the_page_names_is_in_our_pages_or_style(tmp_path):
    static = Path(sphinxext_blog.__file__).parent / 'static' / 'every_page' / 'sphinxext_blog'
    code = Path(sphinxext_blog.__file__).parent.rglob('*.py')
    known = ''.join(path.read_text('utf-8') for path in [*static.glob('*.css'), *code])
    known += (Path(sphinxext_blog.__file__).parent / 'templates/sphinxext_blog/posts.html').read_text('utf-8')
    named = {node.astext() for node in read_page('styling.rst').findall(nodes.literal)}
    classes = {name for name in named if name.startswith('blog-')}
    assert len(classes) > 20
    for name in classes:
        kind = name.rpartition('-')[2]
        assert name in known or f"'{kind}'" in known, name


def test_a_catalog_of_the_blog_translates_what_readers_see(tmp_path):
    blocks = blocks_of('languages.rst')
    for block in blocks:
        if block['caption']:
            write_file(tmp_path, block)
    write_posts(tmp_path)
    template = Path(sphinxext_blog.__file__).parent / 'locale' / 'sphinxext_blog.pot'
    assert template.is_file()
    (compiling,) = [block for block in blocks if 'pybabel compile' in block.astext()]
    arguments = compiling.astext().splitlines()[0].removeprefix('$ pybabel ').split()
    babel = [sys.executable, '-c', 'from babel.messages.frontend import main; main()']
    subprocess.run([*babel, *arguments], cwd=tmp_path, check=True, capture_output=True)
    html = build(tmp_path)
    assert 'Zitiert in' in soup(html / 'posts/two.html').get_text()
    assert 'Alle Beiträge' in soup(html / 'blog.html').get_text()
    assert soup(html / 'posts/one.html').html['lang'] == 'fr'


@pytest.mark.parametrize('name', ['hosting.rst', 'tutorial.rst', 'tutorial-zh.rst'])
def test_the_files_for_hosts_can_be_read_and_build_with_commands_that_exist(name, tmp_path):
    found = 0
    for block in blocks_of(name):
        text = block.astext()
        if block['language'] == 'yaml':
            assert isinstance(yaml.safe_load(text), dict)
        elif block['language'] == 'toml':
            tomllib.loads(text)
        else:
            continue
        found += 1
        assert 'sphinx-build' in text or 'configuration: conf.py' in text
    assert found >= (4 if name == 'hosting.rst' else 1)


def test_the_commands_for_a_clean_output_work(tmp_path):
    write_posts(tmp_path)
    (tmp_path / 'conf.py').write_text("extensions = ['sphinxext_blog']\nblog_post_pattern = 'posts/**'\n")
    *_, cleaning = [block for block in blocks_of('upgrading.rst') if block['language'] == 'console']
    assert [command for command, _told in run_commands(tmp_path, cleaning)] == [
        'sphinx-build -M clean . _build',
        'sphinx-build -M html . _build',
    ]
    assert (tmp_path / '_build/html/graph.html').is_file()
