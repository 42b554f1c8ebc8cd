"""The tutorials do what they say: their files are written, their commands run, their answers compared."""

from __future__ import annotations

import contextlib
import doctest
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from sphinx.util.docutils import docutils_namespace

DOCS = Path(__file__).parents[2] / 'docs'
TUTORIALS = ['tutorial.rst', 'tutorial-zh.rst']
ELSEWHERE = ('python3 -m venv', '. .venv', 'pip install')
"""Commands that would install what the tests run in."""


class CodeBlock(Directive):
    """Sphinx's directive, as far as it is read here."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {'caption': directives.unchanged, 'class': directives.unchanged}

    def run(self):
        block = nodes.literal_block('', '\n'.join(self.content), language=self.arguments[0])
        block['caption'] = self.options.get('caption', '')
        return [block]


def plain(_name, rawtext, text, _lineno, _inliner, options=None, content=None):
    return [nodes.literal(rawtext, text)], []


@pytest.fixture(scope='module', params=TUTORIALS)
def told(request, tmp_path_factory):
    """The folder after the tutorial has been followed, its blocks, and what each command printed."""
    with docutils_namespace():
        directives.register_directive('code-block', CodeBlock)
        for role in ('file', 'doc'):
            roles.register_local_role(role, plain)
        text = (DOCS / request.param).read_text('utf-8')
        document = publish_doctree(text, settings_overrides={'report_level': 5})
    folder = tmp_path_factory.mktemp('tutorial')
    blocks = list(document.findall(nodes.literal_block))
    assert len(blocks) >= 9
    printed = {}
    environment = {**os.environ, 'PYTHONIOENCODING': 'utf-8', 'PYTHONUTF8': '1'}
    for block in blocks:
        text = block.astext()
        if block['caption']:
            path = folder / block['caption']
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'{text}\n', 'utf-8')
        elif text.startswith('>>>'):
            with contextlib.chdir(folder):
                example = doctest.DocTestParser().get_doctest(text, {}, 'tutorial', None, 0)
                result = doctest.DocTestRunner().run(example)
            printed.setdefault('examples', []).append((result.attempted, result.failed))
        elif block['language'] == 'console':
            for line in text.splitlines():
                command = line.removeprefix('$ ')
                if command.startswith(ELSEWHERE):
                    continue
                words = shlex.split(command)
                words[:1] = {
                    'sphinx-build': [sys.executable, '-m', 'sphinx', '-W'],
                    'python': [sys.executable],
                }[words[0]]
                result = subprocess.run(
                    words, cwd=folder, capture_output=True, encoding='utf-8', check=False, env=environment
                )
                assert result.returncode == 0, result.stderr
                printed.setdefault(command, []).append(result.stdout + result.stderr)
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
