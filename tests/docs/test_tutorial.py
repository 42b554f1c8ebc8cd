"""The tutorials do what they say: their files are written, their commands run, their answers compared."""

from __future__ import annotations

import contextlib
import doctest

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from manual_blocks import read_page, run_commands, write_file

TUTORIALS = ['tutorial.rst', 'tutorial-zh.rst']


@pytest.fixture(scope='module', params=TUTORIALS)
def told(request, tmp_path_factory):
    """The folder after the tutorial has been followed, its blocks, and what each command printed."""
    document = read_page(request.param)
    folder = tmp_path_factory.mktemp('tutorial')
    library = folder / '.venv' / 'lib' / 'some-library'  # what the tutorial's own venv brings along
    library.mkdir(parents=True)
    (library / 'LICENSE.rst').write_text('No *title, no end', 'utf-8')
    blocks = list(document.findall(nodes.literal_block))
    assert len(blocks) >= 9
    printed = {}
    for block in blocks:
        text = block.astext()
        if block['caption']:
            write_file(folder, block)
        elif text.startswith('>>>'):
            with contextlib.chdir(folder):
                example = doctest.DocTestParser().get_doctest(text, {}, 'tutorial', None, 0)
                result = doctest.DocTestRunner().run(example)
            printed.setdefault('examples', []).append((result.attempted, result.failed))
        elif block['language'] == 'console':
            for command, told in run_commands(folder, block):
                printed.setdefault(command, []).append(told)
                if command.startswith('sphinx-build'):
                    printed.setdefault('pages', []).append(pages_of(folder))
    return folder, blocks, printed


def pages_of(folder):
    """Every post's page, as text."""
    return {
        path.stem: BeautifulSoup(path.read_text('utf-8'), 'html.parser')
        for path in (folder / '_build' / 'html' / 'posts').glob('*.html')
    }


def test_the_posts_find_each_other(told):
    _folder, _blocks, printed = told
    first, _second = printed['pages']
    (other,) = (page for name, page in first.items() if name != 'svd')
    assert other.select_one('.blog-backlinks a')['href'].startswith('svd.html')
    assert '(1)' in first['svd'].get_text()
    assert all(len(page.select('.blog-series li')) >= 2 for page in first.values())


def test_the_home_page_shows_neither_labels_nor_names_of_documents(told):
    home = (told[0] / '_build' / 'html' / 'index.html').read_text('utf-8')
    assert 'eq:nearest' not in home
    assert '>In pseudo-inverse' not in home
    assert home.count('class="blog-excerpt"') >= 2


def test_nothing_of_the_virtual_environment_is_published(told):
    assert not list((told[0] / '_build' / 'html').rglob('some-library*'))


def test_check_says_what_is_missing(told):
    _folder, blocks, printed = told
    (expected,) = (block.astext() for block in blocks if block['language'] == 'text')
    assert expected in printed['python -m sphinxext_blog check _build/html'][0]


def test_the_next_part_is_written_and_shown(told):
    _folder, _blocks, printed = told
    first, second = printed['pages']
    assert len(second) == len(first) + 1 == 3
    for name in first:
        assert '（三）：CR' in second[name].get_text() or '(3): CR' in second[name].get_text()


def test_the_graph_says_what_the_tutorial_says(told):
    _folder, _blocks, printed = told
    assert printed['examples'] == [(3, 0)]
