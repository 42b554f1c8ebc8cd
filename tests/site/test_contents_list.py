"""``[TOC]`` is a list of the sections."""

from __future__ import annotations

import pytest

TEXT = (
    '---\ndate: 2020-01-01\n---\n\n# A\n\nWords.\n\n{}\n\n## One of $x$\n\n### Deep\n\n## 《B》 two\n\n{}\n'
)


def page(make_site, mark, behind='', builder='html'):
    files = {
        'index.md': '# I\n\n```{toctree}\na\nb\n```\n',
        'a.md': TEXT.format(mark, behind),
        'b.md': '---\ndate: 2020-01-02\n---\n\n# B\n',
    }
    build = make_site(files, {}, myst=True).build(builder)
    assert build.warnings == ''
    return build


@pytest.mark.parametrize('mark', ['[TOC]', '[toc]', '@[TOC](Contents)', '[[_TOC_]]', '{{< toc >}}'])
@pytest.mark.parametrize('behind', [False, True])
def test_the_sections_are_listed(make_site, mark, behind):
    build = page(make_site, '' if behind else mark, mark if behind else '')
    soup = build.soup('a')
    [box] = soup.select('.contents')
    links = box.select('a')
    assert [' '.join(a.get_text().split()) for a in links] == ['One of \\(x\\)', 'Deep', '《B》 two']
    assert all(soup.find(id=a['href'][1:]).name in {'section', 'span'} for a in links)
    assert [len(a.find_parents('ul')) for a in links] == [1, 2, 1]
    assert 'TOC' not in soup.select_one('section').get_text().upper().replace('TOCTREE', '')
    # the list cites nothing, and is no prose of the post
    assert build.app.env.get_domain('blog').mentions.get('a', ()) == ()
    assert build.app.env.get_domain('blog').posts['a'].words == 1 + 1 + 2 + 1 + 2


@pytest.mark.parametrize('builder', ['latex', 'text', 'singlehtml', 'epub'])
def test_every_builder_has_it(make_site, builder):
    page(make_site, '[TOC]', builder=builder)


def test_what_is_no_list(make_site):
    text = 'See [TOC] here.\n\n> [TOC]\n\n`[TOC]`'
    build = page(make_site, text)
    assert not build.soup('a').select('.contents')
    build = page(make_site, '[TOC]', '[TOC]: https://e.org/')
    assert not build.soup('a').select('.contents')
    assert build.soup('a').select('a[href="https://e.org/"]')


def test_a_page_without_sections_has_none(make_site):
    files = {'index.md': '# I\n', 'a.md': '---\ndate: 2020-01-01\n---\n\n# A\n\n[TOC]\n\nWords.\n'}
    build = make_site(files, {}, myst=True).build()
    assert build.warnings == ''
    assert not build.soup('a').select('.contents')
