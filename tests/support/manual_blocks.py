"""What a reader of the manual is told to do: the code blocks of a page, written and run as they stand."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from sphinx.util.docutils import docutils_namespace

DOCS = Path(__file__).parents[2] / 'docs'
ELSEWHERE = ('python3 -m venv', '. .venv', 'pip install')
"""Commands that would install what the tests run in."""


class _CodeBlock(Directive):
    """Sphinx's directive, as far as it is read here."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {'caption': directives.unchanged, 'class': directives.class_option}

    def run(self):
        block = nodes.literal_block('', '\n'.join(self.content), language=self.arguments[0])
        block['caption'] = self.options.get('caption', '')
        block['classes'] += self.options.get('class', [])
        return [block]


def _plain(_name, rawtext, text, _lineno, _inliner, options=None, content=None):
    return [nodes.literal(rawtext, text)], []


def read_page(name):
    """A page of the manual as docutils reads it, with its code blocks."""
    with docutils_namespace():
        directives.register_directive('code-block', _CodeBlock)
        for role in ('file', 'doc'):
            roles.register_local_role(role, _plain)
        return publish_doctree((DOCS / name).read_text('utf-8'), settings_overrides={'report_level': 5})


def write_file(folder, block):
    """Write the file that a block with a caption is."""
    path = folder / block['caption']
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{block.astext()}\n', 'utf-8')


def run_commands(folder, block):
    """Run the commands of a block; each with what it printed."""
    environment = {**os.environ, 'PYTHONIOENCODING': 'utf-8', 'PYTHONUTF8': '1'}
    for line in block.astext().splitlines():
        command = line.removeprefix('$ ')
        if not line.startswith('$ ') or command.startswith(ELSEWHERE):
            continue
        words = shlex.split(command)
        words[:1] = {
            'sphinx-build': [sys.executable, '-m', 'sphinx'],
            'python': [sys.executable],
        }[words[0]]
        if command.startswith('sphinx-build'):
            words.append('-W')
        result = subprocess.run(
            words, cwd=folder, capture_output=True, encoding='utf-8', check=False, env=environment
        )
        assert result.returncode == 0, result.stdout + result.stderr
        yield command, result.stdout + result.stderr
