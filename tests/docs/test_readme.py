"""The commands of both READMEs do what they say, from an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import sphinxext_blog

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r'```(\w+)\n(.*?)```', re.DOTALL)


def blocks(name, language):
    return [text for kind, text in FENCE.findall((ROOT / name).read_text('utf-8')) if kind == language]


def commands(name):
    lines = [line for block in blocks(name, 'console') for line in block.splitlines()]
    return [shlex.split(line.removeprefix('$ '), comments=True) for line in lines if line.startswith('$ ')]


@pytest.fixture(scope='module', params=['README.md', 'README.zh-CN.md'])
def followed(request, tmp_path_factory):
    """The folder after the README has been followed, and what each command came to."""
    folder = tmp_path_factory.mktemp('readme')
    [conf] = [text for text in blocks(request.param, 'python') if 'extensions' in text]
    (folder / 'conf.py').write_text(conf, 'utf-8')
    index = next((text for text in blocks(request.param, 'rst')), '.. index.rst\n\nBlog\n====\n')
    (folder / 'index.rst').write_text(index, 'utf-8')
    (folder / 'posts').mkdir()
    (folder / 'posts' / 'a.md').write_text(
        '# On integrals\n\n$$\\int_0^1 x^2\\, dx = \\frac{1}{3}$$\n\nSee 《A lost post》.\n', 'utf-8'
    )
    (folder / 'archive').mkdir()
    for file in (ROOT / 'seeds').iterdir():
        (folder / 'archive' / file.name).write_bytes(file.read_bytes())
    results = {}
    for words in commands(request.param):
        if words[0] in {'pip', 'make'}:
            continue
        program = {'sphinx-build': ['-m', 'sphinx'], 'python': []}[words[0]]
        results[' '.join(words)] = subprocess.run(
            [sys.executable, *program, *words[1:]],
            cwd=folder,
            capture_output=True,
            encoding='utf-8',
            check=False,
            env={**os.environ, 'PYTHONUTF8': '1'},
        )
    return folder, results


def test_every_command_ends_well(followed):
    _folder, results = followed
    assert any(command.startswith('sphinx-build') for command in results)
    for command, result in results.items():
        assert result.returncode == 0, (command, result.stdout, result.stderr)


def test_the_site_and_the_graph_are_there(followed):
    folder, _results = followed
    html = folder / '_build' / 'html'
    assert (html / 'graph.html').is_file()
    graph = sphinxext_blog.load_graph(html / 'graph.json')
    assert graph.nodes['posts/a']['title'] == 'On integrals'
    assert '<math' in (html / 'posts' / 'a.html').read_text('utf-8')
