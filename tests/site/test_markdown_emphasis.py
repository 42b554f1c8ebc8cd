"""Emphasis in text without blanks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_emphasis import emphasis_plugin


def _render(text: str, *, plain: bool = False) -> str:
    md = MarkdownIt('commonmark').enable('strikethrough')
    if not plain:
        md.use(emphasis_plugin)
    return md.render(text).strip().removeprefix('<p>').removesuffix('</p>')


@pytest.mark.parametrize(
    ('text', 'html'),
    [
        (
            '**注意：**这是重点，**“引号”**文字',
            '<strong>注意：</strong>这是重点，<strong>“引号”</strong>文字',
        ),
        ('这是**（括号）**里的', '这是<strong>（括号）</strong>里的'),
        ('见*《书名》*一书。', '见<em>《书名》</em>一书。'),
        ('~~删除。~~后文', '<s>删除。</s>后文'),
        ('他说：“**你好！**”', '他说：“<strong>你好！</strong>”'),
        ('これは**「重要」**です', 'これは<strong>「重要」</strong>です'),
        ('이 용어**(term)**를', '이 용어<strong>(term)</strong>를'),
        ('调用**`f(x)`**即可', '调用<strong><code>f(x)</code></strong>即可'),
        ('有**[链接](/x)**的', '有<strong><a href="/x">链接</a></strong>的'),
        ('𠮷**“野”**家', '𠮷<strong>“野”</strong>家'),
        ('乘法 3 ** 4 和中文', '乘法 3 ** 4 和中文'),
        ('***粗斜。***后', '<em><strong>粗斜。</strong></em>后'),
    ],
)
def test_emphasis_beside_marks_is_what_its_author_sees(text, html):
    assert _render(text) == html


@pytest.mark.parametrize('text', ['文字_强调。_文字', 'snake_的_case', '_强调_ 文字'])
def test_underscores_are_as_ever(text):
    assert _render(text) == _render(text, plain=True)


@given(st.text('a*~_ .,"(“”é🎉\n', max_size=40))
def test_text_without_such_characters_is_as_in_commonmark(text):
    assert _render(text) == _render(text, plain=True)


@given(st.text('**中。“(a~', max_size=60))
def test_no_text_is_lost(text):
    shown = MarkdownIt('commonmark').use(emphasis_plugin).renderInline(text)
    assert re.sub(r'<[^>]*>|[*~]', '', shown) == re.sub('[*~]', '', text)


def test_posts_have_it_and_other_markdown_has_not(make_site):
    files = {
        'posts/a.md': '# A\n\n**注意：**这是重点\n',
        'other.md': '# B\n\n**注意：**这是重点\n',
    }
    build = make_site(files, {'blog_post_pattern': ['posts/*']}, myst=True).build()
    assert build.soup('posts/a').select_one('strong').get_text() == '注意：'
    assert '**注意：**' in build.soup('other').select_one('div.body').get_text()
