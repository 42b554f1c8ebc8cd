"""``:related:`` and ``:not-related:``: what authors want beside their posts, and what not."""

from __future__ import annotations

import pytest

TEXT = '旋转位置编码的长度外推性与注意力机制的分析，外推性依赖于旋转位置编码的基数。'
OTHER = '热传导方程的数值解法与稳定性分析，时间步长由稳定性条件决定。'


def post(title, text, fields=''):
    return f':blogpost:\n{fields}\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


def files(fields, **more):
    return {
        'a.rst': post('旋转位置编码', TEXT, fields),
        'b.rst': post('长度外推', TEXT),
        'c.rst': post('热传导', OTHER),
        **more,
    }


def listed(build, name):
    return [item.a['href'] for item in build.soup(name).select('.blog-related li')]


@pytest.mark.parametrize('name', ['c', '/c', '热传导'])
def test_a_post_that_is_named_comes_first_and_says_who_chose_it(make_site, name):
    build = make_site(files(f':related: {name}\n')).build()
    assert listed(build, 'a') == ['c.html', 'b.html']
    reasons = build.soup('a').select_one('.blog-related li .blog-reasons').get_text()
    assert reasons == 'chosen by the author'
    assert build.warnings == ''


def test_a_ban_keeps_both_posts_out_of_the_list_of_the_other(make_site):
    build = make_site(files(':not-related: 长度外推\n')).build()
    assert listed(build, 'a') == []
    assert listed(build, 'b') == []


def test_several_names_in_front_matter(make_site):
    source = '---\nblogpost: true\nrelated:\n- 热传导\n- b\n---\n# 旋转位置编码\n\n' + TEXT + '\n'
    site = files('')
    del site['a.rst']
    assert listed(make_site({**site, 'a.md': source}, myst=True).build(), 'a') == ['c.html', 'b.html']


@pytest.mark.parametrize('field', ['related', 'not-related'])
def test_a_name_of_no_post_is_warned_of_where_it_stands(make_site, field):
    build = make_site(files(f':tags: x\n:{field}: c | nowhere\n')).build()
    assert f"a.rst:3: WARNING: the field '{field}' names 'nowhere'" in build.warnings
    assert '[blog.missing]' in build.warnings
    assert build.warnings.count('WARNING') == 1


def test_a_draft_may_be_named_before_it_is_published(make_site):
    build = make_site(files(':related: d\n', **{'d.rst': post('稿', OTHER, ':draft:\n')})).build()
    assert 'neither the document' not in build.warnings
    assert 'd.html' not in listed(build, 'a')


def test_a_change_of_wishes_or_weights_ranks_anew(make_site):
    site = make_site(files(''))
    assert listed(site.build(), 'a') == ['b.html']
    site.write('a.rst', files(':not-related: b\n')['a.rst'])
    build = site.build()
    assert listed(build, 'a') == []
    assert listed(build, 'b') == []
    site.write('a.rst', files('')['a.rst'])
    assert listed(site.build(), 'a') == ['b.html']


def test_a_reason_that_counts_nothing_relates_no_posts(make_site):
    site = make_site(files(''), {'blog_related_weights': {'text': 0}})
    assert listed(site.build(), 'a') == []


@pytest.mark.parametrize(
    ('value', 'message'),
    [
        ({'fame': 1}, "not 'fame'"),
        ({'text': -1}, "not -1 for 'text'"),
        ({'text': 'much'}, "not 'much' for 'text'"),
        (['text'], 'must be dict, not list'),
    ],
)
def test_weights_that_make_no_sense_are_warned_of(make_site, value, message):
    build = make_site(files(''), {'blog_related_weights': value}).build()
    assert message in build.warnings
    assert listed(build, 'a') == ['b.html']
