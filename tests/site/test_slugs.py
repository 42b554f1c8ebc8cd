"""Names as parts of addresses: ABlog's, but no two names share one."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.slugs import ablog_slug, name_key, shown_names, slugs_of


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
