"""The Chinese catalog: complete, compiled, and seen by readers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]


def test_the_catalogs_are_complete_and_compiled():
    result = subprocess.run(
        [sys.executable, ROOT / 'tools' / 'update_locale.py', '--check'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == ''
    assert result.returncode == 0


def test_no_message_stands_where_some_pythons_do_not_find_it():
    """Babel reads an f-string only where Python 3.12 or newer takes it apart."""
    hidden = [
        f'{path.name}:{node.lineno}'
        for path in (ROOT / 'sphinxext_blog').rglob('*.py')
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8')))
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(call, ast.Call) and ast.unparse(call.func) == '_' for call in ast.walk(node))
    ]
    assert hidden == []


def test_chinese_has_punctuation_of_its_own():
    path = ROOT / 'sphinxext_blog' / 'locale' / 'zh_CN' / 'LC_MESSAGES' / 'sphinxext_blog.po'
    with path.open('rb') as file:
        said = [message.string for message in read_po(file) if message.id]
    # The names of what is filled in stand in brackets of their own.
    bare = [re.sub(r'%\(\w+\)', '%', text) for text in said]
    assert [text for text in bare if re.search(r'[(),;:!]', text)] == []
    assert sum('：' in text or '（' in text for text in said) > 10


def test_a_chinese_site_speaks_chinese(make_site):
    build = make_site(
        {
            'a.rst': ':blogpost:\n\n学习(一)\n========\n\n概率空间的最小化问题。\n',
            'b.rst': ':blogpost:\n\n学习(三)\n========\n\n见《学习(一)》，概率空间的最小化问题。\n',
        },
        {'language': 'zh_CN'},
    ).build()
    text = build.soup('a').get_text()
    assert '系列“学习”之一' in text
    assert '下一篇：学习(三)' in text
    assert '被引用' in text
    assert '相关文章' in text
    assert '引用了本文' in text
    graph = build.soup('graph')
    assert graph.html['lang'] == 'zh-CN'
    assert '以表格显示全部内容' in graph.get_text()
