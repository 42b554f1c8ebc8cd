"""Chinese text has no stray blanks, and headings in Chinese can be linked to by their words."""

from __future__ import annotations

import pytest

RST = """:date: 2024-01-02

题目
====

第一行，
第二行
第三行 and
English
中文
*强调*
之后。

.. code-block:: text

   代码
   不变

基本定义
--------

见 :ref:`x`。

.. _x:

基本定义
--------

VAE的推导
---------

Plain
-----
"""
MARKDOWN = """---
date: 2024-01-02
---

# 题目

第一行，
第二行
第三行 and
English
中文
*强调*
之后。

```text
代码
不变
```

## 基本定义

见[](#x)。

(x)=
## 基本定义

## VAE的推导

## Plain
"""


@pytest.mark.parametrize(('name', 'source'), [('a.rst', RST), ('a.md', MARKDOWN)])
def test_lines_join_without_a_blank_between_wide_characters(make_site, name, source):
    build = make_site({name: source}, myst=True).build()
    assert build.warnings == ''
    paragraph = build.soup('a').select_one('section > p')
    text = ' '.join(paragraph.get_text().split())
    assert text == '第一行，第二行第三行 and English 中文强调之后。'
    assert build.soup('a').select_one('pre').get_text().strip() == '代码\n不变'


def test_excerpts_and_feeds_have_no_blanks_either(make_site):
    conf = {'html_baseurl': 'https://example.org/', 'language': 'zh_CN'}
    index = '首页\n====\n\n.. postlist::\n   :excerpts:\n'
    build = make_site({'a.rst': RST, 'index.rst': index}, conf=conf).build()
    assert '第一行，第二行第三行' in build.soup('index').select_one('.blog-excerpt').get_text()
    assert '第一行，第二行第三行' in build.text('blog/atom.xml')


@pytest.mark.parametrize(('name', 'source'), [('a.rst', RST), ('a.md', MARKDOWN)])
@pytest.mark.parametrize('builder', ['html', 'latex', 'text', 'epub'])
def test_headings_are_called_after_their_words(make_site, name, source, builder):
    build = make_site({name: source}, myst=True).build(builder)
    assert build.warnings == ''
    if builder == 'html':
        page = build.soup('a')
        ids = [section['id'] for section in page.select('section section')]
        assert ids == ['基本定义', '基本定义-2', 'vae的推导', 'plain']
        assert page.select_one('section section .headerlink')['href'] == '#基本定义'
        assert page.select_one('#vae')  # what docutils calls it leads there too


def test_an_inserted_heading_leaves_other_ids_alone(make_site):
    site = make_site({'a.rst': RST})
    before = [section['id'] for section in site.build().soup('a').select('section section')]
    site.write('a.rst', RST.replace('VAE的推导\n-----', '新的一节\n--------\n\nVAE的推导\n-----', 1))
    after = [section['id'] for section in site.build().soup('a').select('section section')]
    assert [name for name in after if name != '新的一节'] == before


def test_ids_can_stay_as_docutils_makes_them(make_site):
    build = make_site({'a.rst': RST}, conf={'blog_heading_ids': False}).build()
    assert not [section for section in build.soup('a').select('section') if not section['id'].isascii()]
