"""``python -m sphinxext_blog``."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys

import pytest

from sphinxext_blog.__main__ import command_parser, main


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        main(['--help'])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert all(command in text for command in ('import', 'check', 'graph', 'map'))


def test_without_a_command_the_whole_help_is_shown(capsys):
    assert main([]) == 2
    told = capsys.readouterr()
    assert told.out == ''
    assert all(command in told.err for command in ('quickstart', 'formulas', '--help', '_build/html'))


@pytest.mark.parametrize(
    ('command', 'told'),
    [
        ('new', 'default: the current folder'),
        ('import', "WordPress's export"),
        ('map', 'blog_graph_map'),
        ('map', "blog_graph_map = 'graph-map.json'"),
        ('formulas', '?a, ?b and so on stand for anything'),
    ],
)
def test_the_help_of_a_command_needs_no_manual(command, told, capsys):
    with pytest.raises(SystemExit):
        main([command, '--help'])
    text = capsys.readouterr().out
    assert told in ' '.join(text.split())
    assert max(map(len, text.splitlines())) <= 100


def examples():
    """What the help of each command shows, as arguments."""
    commands = next(a for a in command_parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    return {
        name: [
            shlex.split(line)[3:] for line in command.epilog.split('examples:')[1].split('\n') if line.strip()
        ]
        for name, command in commands.items()
    }


def test_every_command_shows_examples_that_work(make_site, tmp_path, monkeypatch, capsys):
    shown = examples()
    assert all(shown.values())
    post = (
        ':blogpost:\n:tags: numbers\n\nOn numbers\n==========\n\n'
        '.. math:: x^2 + y^2 = \\frac{a}{b}\n\nA prime.\n'
    )
    build = make_site({'posts/first.rst': post}).build()
    shutil.copytree(build.outdir, tmp_path / '_build' / 'html')
    (tmp_path / 'conf.py').write_text("extensions = ['sphinxext_blog']\n")
    (tmp_path / 'corrections.yaml').write_text('[]\n')
    (tmp_path / 'pages').mkdir()
    for name in ('wordpress.xml', 'feed.xml'):
        (tmp_path / name).write_text(
            '<rss version="2.0"><channel><item><title>A</title></item></channel></rss>'
        )
    monkeypatch.chdir(tmp_path)
    for lines in shown.values():
        for line in lines:
            assert main(line) == 0, (line, capsys.readouterr())
    assert (tmp_path / 'my-blog' / 'conf.py').is_file()
    assert (tmp_path / 'graph.graphml').is_file()
    assert 'x² + y²' in capsys.readouterr().out


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
