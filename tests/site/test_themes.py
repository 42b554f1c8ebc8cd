"""The demonstration builds without a warning under each theme, in two processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
THEMES = ['alabaster', 'furo', 'pydata_sphinx_theme', 'sphinx_book_theme', 'sphinx_rtd_theme']


@pytest.fixture(scope='module')
def project(tmp_path_factory):
    """A copy of the manual and the seeds: a build writes imported posts beside them."""
    folder = tmp_path_factory.mktemp('project')
    for name in ('docs', 'seeds', 'sphinxext_blog/graph'):
        ignored = shutil.ignore_patterns('_build', 'seeds', '__pycache__', '*.py')
        shutil.copytree(ROOT / name, folder / name, ignore=ignored if name != 'seeds' else None)
    shutil.copy(ROOT / 'docs' / 'conf.py', folder / 'docs' / 'conf.py')
    shutil.copytree(ROOT / 'docs' / '_ext', folder / 'docs' / '_ext', dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize('theme', THEMES)
def test_the_demonstration_builds_without_a_warning(project, theme, monkeypatch):
    monkeypatch.setenv('BLOG_DOCS_THEME', theme)
    out = project / theme
    options = ['-b', 'html', '-W', '-n', '--keep-going', '-q', '-j', '2', '-d', f'{out}-doctrees']
    command = [sys.executable, '-m', 'sphinx', *options, 'docs', out]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.stderr == ''
    assert result.returncode == 0
    html = (out / 'seeds' / '低秩近似之路-四-id.html').read_text(encoding='utf-8')
    page = BeautifulSoup(html, 'html.parser')
    assert page.select_one('.blog-series .blog-prev a').get_text() == '低秩近似之路(三):CR'
    assert page.select('.blog-related li')
    assert page.select('.blog-local-graph svg a')
    assert (out / 'graph.html').is_file()
