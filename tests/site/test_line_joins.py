"""The end of a source line is a blank in Western texts, and nothing in Chinese ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.line_joins import join_lines


@pytest.mark.parametrize(
    ('text', 'joined'),
    [
        ('扩散\n模型', '扩散模型'),
        ('one\ntwo', 'one two'),
        ('扩散模型\nDDPM', '扩散模型 DDPM'),
        ('DDPM\n扩散模型', 'DDPM 扩散模型'),
        ('扩散模型，\nDDPM', '扩散模型，DDPM'),
        ('DDPM\n（扩散模型）', 'DDPM（扩散模型）'),
        ('他说\n“好”', '他说“好”'),
        ('say\n“well”', 'say “well”'),
        ('扩散\n\n模型', '扩散  模型'),
        ('カメ\nラ', 'カメラ'),
        ('한국\n사람', '한국 사람'),
        ('𠀀\n𠀁', '𠀀𠀁'),
        ('一\n二\n三\n', '一二三 '),
        ('\n一', ' 一'),
        ('', ''),
    ],
)
def test_what_a_line_end_is(text, joined):
    assert join_lines(text).replace('\n', ' ') == joined


@given(st.text(alphabet='一二，“a \n한😀', max_size=40))
def test_nothing_but_line_ends_is_taken(text):
    assert join_lines(text).replace('\n', '') == text.replace('\n', '')
    assert join_lines(join_lines(text)) == join_lines(text)


RST = """:date: 2024-01-02

生成扩散模型
============

我们从扩散
模型谈起，
Transformer 与
**强调**
的 English
text。《另一
篇文章》。见
`链
接 <https://example.org>`_。

.. figure:: p.png

   图的
   说明

::

   代码
   代码
"""
MARKDOWN = """---
date: 2024-01-01
excerpt: |
  第一行
  第二行
---
# 另一篇文章

用 *梯度
下降*
来最小化
**熵**，
`code`
以及

- 一
  二
"""


@pytest.fixture(scope='module')
def build(make_site):
    files = {'a.rst': RST, 'b.md': MARKDOWN, 'p.png': b''}
    values = {'html_baseurl': 'https://example.org/', 'blog_feed_fulltext': True, 'language': 'zh_CN'}
    return make_site(files, values, myst=True).build()


def test_lines_are_joined_across_emphasis_and_links(build):
    paragraph = build.soup('a').select_one('section > p')
    assert paragraph.get_text() == (
        '我们从扩散模型谈起，Transformer 与强调的 English\ntext。《另一篇文章》。见链接。'
    )
    assert paragraph.select_one('a.reference.internal').get_text() == '《另一篇文章》'
    assert build.soup('a').select_one('figcaption .caption-text').get_text() == '图的说明'


def test_lines_of_markdown_are_joined(build):
    page = build.soup('b')
    assert page.select_one('section > p').get_text() == '用 梯度下降来最小化熵，code\n以及'
    assert '一二' in page.select_one('section li').get_text()


def test_code_keeps_its_lines(build):
    assert build.soup('a').pre.get_text() == '代码\n代码\n'


def test_excerpts_and_feeds_have_them_joined(build):
    posts = build.app.env.get_domain('blog').posts
    assert posts['b'].excerpt == '第一行第二行'
    assert posts['a'].excerpt.startswith('我们从扩散模型谈起，Transformer 与强调的')
    assert '我们从扩散模型谈起' in build.text('blog/atom.xml')


def test_messages_for_translators_stay_as_they_are_written(make_site):
    build = make_site({'a.rst': '标题\n====\n\n扩散\n模型\n'}).build('gettext')
    assert 'msgid "扩散 模型"' in build.text('a.pot')
