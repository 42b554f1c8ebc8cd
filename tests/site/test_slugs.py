"""Names as parts of addresses: ABlog's, but no two names share one."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from sphinxext_blog.site.slugs import ablog_slug, fits_a_file, name_key, shown_names, slugs_of


@pytest.mark.parametrize(
    ('name', 'slug'),
    [
        ('Google Summer of Code', 'google-summer-of-code'),
        ('0.61', '061'),
        ('David Pérez-Suárez', 'david-perez-suarez'),
        ('扩散模型', '扩散模型'),
        ('한글', '한글'),
        ('C++', 'c'),
        ('!?', ''),
    ],
)
def test_slugs_are_ablogs(name, slug):
    assert ablog_slug(name) == slug


def test_names_that_differ_in_marks_only_have_addresses_of_their_own():
    slugs = slugs_of(['C', 'C++', 'C#', '0.2', '02', '!', '?'])
    assert slugs['c'] == 'c'
    assert slugs['c++'] == 'c-plus-plus'
    assert slugs['c#'] == 'c-sharp'
    assert slugs['02'] == '02'
    assert len(set(slugs.values())) == 7
    assert all(slugs.values())


def test_the_order_of_the_names_does_not_matter():
    names = ['C', 'C++', '0.2', '02', '线性代数', '!']
    assert slugs_of(names) == slugs_of(reversed(names))


def test_spellings_of_one_name_are_one_and_the_usual_is_shown():
    names = ['sunpy', 'SunPy', 'SunPy', 'sun py', 'Sun-Py']
    assert {name_key(name) for name in names} == {'sunpy', 'sun-py'}
    assert shown_names(names)['sunpy'] == 'SunPy'


def test_no_slug_is_longer_than_the_name_of_a_file():
    long = ['长' * 86, '长' * 87, 'x' * 300, 'y' * 230]
    slugs = slugs_of(long)
    assert slugs['y' * 230] == 'y' * 230
    assert len(set(slugs.values())) == 4
    assert all(fits_a_file(slug) for slug in slugs.values())
    assert slugs['长' * 86].startswith('长' * 60 + '-')


def test_a_long_tag_has_a_page(make_site):
    tag = '长' * 90
    build = make_site(
        {'p.rst': f':date: 2020-01-01\n:tags: {tag}\n\nP\n=\n'}, {'blog_post_pattern': ['p']}
    ).build()
    (link,) = (a['href'] for a in build.soup('p').select('a') if a.get_text() == tag)
    assert (build.outdir / unquote(link)).is_file()
    assert build.warnings == ''
