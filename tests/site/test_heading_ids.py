"""Addresses of headings in scripts other than Latin are readable, and stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.heading_ids import readable_id


@pytest.mark.parametrize(
    ('name', 'wanted'),
    [
        ('引言', '引言'),
        ('2.1 引言', '引言'),
        ('3、推导', '推导'),
        ('Transformer升级之路（一）', 'transformer升级之路-一'),
        ('2024年总结', '_2024年总结'),
        ('《标题》：副标题', '标题-副标题'),
        ('ＦＦＴ变换', 'fft变换'),
        ('Введение', 'введение'),
        ('हिन्दी', 'हिन्दी'),
        ('The ψ function', 'the-ψ-function'),
        ('Über uns', ''),
        ('Plain words', ''),
        ('1. 2', ''),
        ('……', ''),
        ('“引言”</script>$x', '引言-script-x'),
    ],
)
def test_ids_are_words(name, wanted):
    assert readable_id(name) == wanted


@given(st.text())
def test_an_id_is_one_word_without_marks(name):
    found = readable_id(name)
    assert not set(found) & set(' \t\n"\'<>&#%$')
    assert found == found.strip('-').lower()


RST = """
生成扩散模型
============

.. _我的标签:

引言
----

见 结论_ 、:ref:`我的标签` 和 :ref:`plain`。

.. contents::

.. _plain:

结论
----

引言
----
"""


@pytest.fixture(scope='module')
def site(make_site):
    other = '# 另一篇\n\n[引言](#引言)、[结论](a.rst)\n\n## 引言\n\n## 2024年\n'
    return make_site({'a.rst': RST, 'b.md': other}, {'myst_heading_anchors': 2}, myst=True)


def ids(soup):
    return [section['id'] for section in soup.select('section')]


def test_headings_have_readable_ids_and_keep_their_old_ones(site):
    build = site.build()
    assert build.warnings == ''
    page = build.soup('a')
    assert ids(page) == ['生成扩散模型', '引言', '结论', '引言-1']
    assert page.select_one('span#id1')
    assert page.select_one('span#plain')
    assert ids(build.soup('b')) == ['另一篇', '引言', '_2024年']


def test_every_reference_arrives(site):
    build = site.build()
    for name in 'ab':
        page = build.soup(name)
        links = [link['href'][1:] for link in page.select('section a[href^="#"]')]
        assert links
        assert [link for link in links if not page.find(id=link)] == []
        known = [tag['id'] for tag in page.select('[id]')]
        assert len(known) == len(set(known))
    shown = [link['href'] for link in build.soup('a').select('section > p a')]
    assert shown == ['#结论', '#我的标签', '#plain']
    assert build.soup('b').select_one('section > p a')['href'] == '#引言'


def test_a_new_heading_leaves_the_others_alone(make_site):
    site = make_site({'a.rst': RST})
    site.build()
    site.write('a.rst', RST.replace('.. _我的标签:', '新的一节\n--------\n\n.. _我的标签:'))
    assert ids(site.build().soup('a')) == ['生成扩散模型', '新的一节', '引言', '结论', '引言-1']


def test_a_translation_keeps_the_ids(make_site):
    message = 'msgid "引言"\nmsgstr "Introduction"\n'
    site = make_site(
        {'a.rst': RST}, {'language': 'en', 'locale_dirs': ['locale'], 'gettext_auto_build': True}
    )
    site.write(
        'locale/en/LC_MESSAGES/a.po',
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{message}',
    )
    page = site.build().soup('a')
    assert page.select('h2')[0].get_text().startswith('Introduction')
    assert ids(page) == ['生成扩散模型', '引言', '结论', '引言-1']


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml', 'latex', 'text', 'epub', 'man', 'texinfo'])
def test_every_builder_takes_them(make_site, builder):
    build = make_site({'index.rst': RST}, {'language': 'zh_CN'}).build(builder)
    assert 'id1' not in build.warnings
    assert 'WARNING' not in build.warnings.replace('conf value "epub', '')


def test_the_window_goes_to_the_heading(page, site):
    build = site.build()
    page.goto(f'file://{build.outdir}/a.html#结论')
    assert page.evaluate('document.querySelector(":target").textContent.trim()').startswith('结论')
