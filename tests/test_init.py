"""The extension as Sphinx and Python see it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import sphinxext_blog


def test_importing_the_package_loads_nothing_heavy():
    script = (
        'import sys, sphinxext_blog;'
        'print([name for name in ("sphinx", "networkx", "numpy", "scipy", "pyvis") if name in sys.modules])'
    )
    result = subprocess.run([sys.executable, '-c', script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == '[]'


def test_the_version_is_that_of_the_distribution():
    assert sphinxext_blog.__version__ == version('sphinxext-blog')


def test_it_can_be_read_and_written_in_parallel(make_site):
    extension = make_site({'index.rst': 'I\n=\n'}).build('dummy').app.extensions['sphinxext_blog']
    assert extension.parallel_read_safe
    assert extension.parallel_write_safe
