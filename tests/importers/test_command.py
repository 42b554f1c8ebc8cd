from __future__ import annotations

import argparse
import os

import pytest

from sphinxext_blog.importers.command import add_arguments, run

LISTING = '8 Dec\n\n题目\n\n正文,有标点。\n\n点击阅读全文...\n'


def command(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(a) for a in arguments]))


@pytest.fixture
def source(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(LISTING, 'utf-8')
    return path


def test_the_report_tells_what_was_found_and_written(source, tmp_path, capsys):
    (tmp_path / 'b.txt').write_text(LISTING.replace('题目', '题 目').replace('8 Dec', '2014-12-08'), 'utf-8')
    assert command(source, tmp_path / 'b.txt', tmp_path / 'out') == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        '2 entries read, 1 distinct posts',
        'merged (same title): 题 目 <- a.txt:1, b.txt:1',
        'written: 题-目.rst',
        '1 written, 0 unchanged, 0 removed, 0 kept; 0 problems',
    ]


def test_problems_are_told_with_path_and_line(tmp_path, capsys):
    path = tmp_path / 'a.txt'
    path.write_text(LISTING.replace('8 Dec', '31 Feb'), 'utf-8')
    assert command(path, tmp_path / 'out') == 0
    assert capsys.readouterr().err.startswith("a.txt:1: the date '31 Feb'")


def test_corrections_are_applied(source, tmp_path):
    (tmp_path / 'c.yaml').write_text('- {match: {title: 题目}, set: {title: 真}}', 'utf-8')
    assert command(source, tmp_path / 'out', '--corrections', tmp_path / 'c.yaml') == 0
    assert (tmp_path / 'out' / '真.rst').exists()


@pytest.mark.parametrize('bad', ['source', 'corrections', 'yaml', 'pipe'])
def test_what_was_named_and_can_not_be_used_is_status_two(source, tmp_path, capsys, bad):
    (tmp_path / 'bad.yaml').write_text('- [')
    os.mkfifo(tmp_path / 'pipe')
    extra = {
        'source': [tmp_path / 'gone', tmp_path / 'out'],
        'corrections': [tmp_path / 'out', '--corrections', tmp_path / 'gone.yaml'],
        'yaml': [tmp_path / 'out', '--corrections', tmp_path / 'bad.yaml'],
        'pipe': [tmp_path / 'pipe', tmp_path / 'out'],
    }[bad]
    assert command(source, *extra) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_the_exit_status_is_told_in_the_help():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert 'Exit status: 2' in parser.format_help()


def test_a_destination_that_can_not_be_written_is_status_two(source, capsys):
    assert command(source, source) == 2
    assert 'can not write' in capsys.readouterr().err
