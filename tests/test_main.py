"""``python -m sphinxext_blog``."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxext_blog.__main__ import main


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        main(['--help'])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert all(command in text for command in ('import', 'check', 'graph', 'map'))


def test_it_runs_as_a_module():
    result = subprocess.run(
        [sys.executable, '-m', 'sphinxext_blog', '--version'], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith('sphinxext_blog ')


def test_check_and_graph_read_a_built_site(make_site, capsys):
    build = make_site(
        {
            'a.rst': ':blogpost:\n\n学习(三)\n========\n\n见《学习(五)》。\n',
            'b.rst': ':blogpost:\n\n乙\n====\n\n文\n',
        }
    ).build()
    assert main(['check', str(build.outdir)]) == 0
    assert '学习(五)' in capsys.readouterr().out
    assert main(['graph', str(build.outdir)]) == 0
    assert capsys.readouterr().out


def test_import_writes_documents(tmp_path, capsys):
    (tmp_path / 'page.txt').write_text('8 Dec\n\nTitle\n\nText of it.\n\n点击阅读全文...\n', encoding='utf-8')
    assert main(['import', str(tmp_path / 'page.txt'), str(tmp_path / 'out')]) == 0
    assert (tmp_path / 'out' / 'title.rst').is_file()
    assert capsys.readouterr().out
