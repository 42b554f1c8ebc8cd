"""Pages of all posts, years, tags and so on: ABlog's addresses."""

from __future__ import annotations

from urllib.parse import unquote

import pytest


def post(title, fields='', text='Text.'):
    return f':blogpost:\n{fields}\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


FILES = {
    'index.rst': 'I\n=\n\nThe :ref:`blog-posts`, :ref:`blog-tags`, :ref:`tag-c-plus-plus`, :ref:`a`.\n',
    'p/a.rst': post(
        'A', ':date: 2020-01-02\n:tags: C++, 扩散模型\n:author: Emmy\n:category: K\n:location: Gö\n'
    ),
    'p/b.rst': post(
        'B :math:`x^2`', ':date: 2021-01-02\n:tags: C, gone\n:language: zh\n', 'About :math:`y_1 < z`.'
    ),
    'p/c.rst': post('C', ':date: 2021-03-02\n:tags: c\n:redirect: old/c, older/c.html\n'),
    'p/d.rst': post('D', ':draft: true\n:tags: secret\n'),
}
CONF = {'blog_authors': {'Emmy': ('Emmy Noether', 'https://example.org/emmy')}}


@pytest.fixture
def site(make_site):
    return make_site(FILES, CONF)


def titles(build, page):
    return [a.get_text() for a in build.soup(page).select('.blog-entries .blog-title a')]


def test_every_list_is_where_ablog_has_it(site):
    build = site.build()
    assert build.warnings == ''
    assert titles(build, 'blog') == ['C', 'B x2', 'A']
    assert titles(build, 'blog/2021') == ['C', 'B x2']
    assert titles(build, 'blog/tag/c') == ['C', 'B x2']
    assert titles(build, 'blog/tag/c-plus-plus') == titles(build, 'blog/tag/扩散模型') == ['A']
    assert titles(build, 'blog/author/emmy-noether') == titles(build, 'blog/category/k') == ['A']
    assert titles(build, 'blog/location/go') == ['A']
    assert titles(build, 'blog/language/zh') == ['B x2']
    assert titles(build, 'blog/drafts') == ['D']
    groups = [li.get_text() for li in build.soup('blog/tag').select('.blog-groups li')]
    assert groups == ['C (2)', 'C++ (1)', 'gone (1)', '扩散模型 (1)']
    assert [h.get_text() for h in build.soup('blog/archive').select('h2')] == ['2021 (2)', '2020 (1)']
    author = build.soup('blog/author/emmy-noether')
    assert author.h1.get_text() == 'Posts by Emmy Noether'
    assert author.select_one('a.external')['href'] == 'https://example.org/emmy'


def test_formulas_of_titles_and_excerpts_need_no_script(site):
    page = site.build().soup('blog')
    assert len(page.select('.blog-title math')) == 1
    assert page.select_one('.blog-excerpt math') is not None
    assert 'mathjax' not in str(page).casefold()


@pytest.mark.parametrize('builder', ['html', 'dirhtml'])
def test_every_link_of_every_list_leads_to_a_page(site, builder):
    build = site.build(builder)
    pages = [path for path in build.mtimes if path.startswith('blog') and path.endswith('.html')]
    assert len(pages) > 15
    for path in pages:
        folder = (build.outdir / path).parent
        from bs4 import BeautifulSoup

        for a in BeautifulSoup(build.text(path), 'html.parser').select('.blog-collection a[href]'):
            if '://' not in a['href']:
                target = (folder / unquote(a['href'].partition('#')[0])).resolve()
                target = target / 'index.html' if target.is_dir() else target
                assert target.is_file() or a['href'] == '#', (path, a['href'])


def test_labels_lead_to_the_pages(site):
    hrefs = [a['href'] for a in site.build().soup('index').select('section p a.reference')]
    assert [unquote(href) for href in hrefs] == [
        'blog.html',
        'blog/tag.html',
        'blog/tag/c-plus-plus.html',
        'p/a.html',
    ]


def test_tags_of_a_post_lead_to_their_pages(site):
    links = site.build().soup('p/a').select('.blog-meta .blog-tags a')
    assert [unquote(a['href']) for a in links] == [
        '../blog/tag/c-plus-plus.html',
        '../blog/tag/扩散模型.html',
    ]


def test_old_addresses_lead_on(site):
    build = site.build()
    for name in ('old/c', 'older/c'):
        page = build.soup(name)
        assert page.select_one('meta[http-equiv=refresh]')['content'] == '5; url=../p/c.html'
        assert page.select_one('.blog-collection a[href="../p/c.html"]')
        assert page.select_one('meta[name=robots]')['content'] == 'noindex'


@pytest.mark.parametrize(
    ('old', 'told'),
    [
        ('graph', 'is a page of the site'),
        ('blog/tag', 'is a page of the site'),
        ('../../evil', 'begins with . or _'),
        ('old/../../e2', 'begins with . or _'),
        ('a//b', 'is empty'),
        ('_static/x', 'begins with . or _'),
        ('.doctrees/x', 'begins with . or _'),
        ('x' * 300, 'too long for a file'),
        ('x/' * 600 + 'x', 'too long for a file'),
        ('a\u202eb', 'a character that no address has'),
    ],
)
def test_an_old_address_that_can_not_be_had_is_told(make_site, old, told):
    site = make_site({'a.rst': post('A', f':redirect: {old}, good/one\n:tags: t\n:date: 2020-01-01\n')}, CONF)
    for _ in range(2):
        build = site.build()
        assert told in build.warnings
        assert repr(old)[:70] in build.warnings
        assert build.warnings.startswith('a.rst:2: WARNING')
    assert (build.outdir / 'good/one.html').is_file()
    assert not {path.stem for path in site.folder.parent.rglob('e*.html')} & {'evil', 'e2'}


@pytest.mark.parametrize('builder', ['html', 'dirhtml'])
def test_an_old_address_of_two_posts_leads_to_the_first(make_site, builder):
    fields = ':date: 2020-01-01\n:redirect: old\n'
    build = make_site({'a.rst': post('A', fields), 'b.rst': post('B', fields)}, CONF).build(builder)
    assert "b.rst:3: WARNING: the old address 'old' leads to the post 'a' [blog.config]" in build.warnings
    assert build.soup('old').select_one('.blog-collection a').get_text() == 'A'


def test_a_refused_old_address_in_a_directive_is_told_with_its_line(make_site):
    source = 'A\n=\n\n.. post:: 2020-01-01\n   :redirect: a//b\n\nText.\n'
    assert 'a.rst:5: WARNING: no page can be made' in make_site({'a.rst': source}).build().warnings
    source = '---\ndate: 2020-01-01\nredirect: a//b\n---\n\n# A\n'
    assert 'a.md:3: WARNING: no page can be made' in make_site({'a.md': source}, myst=True).build().warnings


def test_the_canonical_address_of_an_old_one_is_that_of_the_post(site):
    build = site.build(confoverrides={'html_baseurl': 'https://e.org/sub'})
    for name in ('old/c', 'p/c'):
        assert build.soup(name).select_one('link[rel=canonical]')['href'] == 'https://e.org/sub/p/c.html'


def test_a_page_of_the_author_comes_first(make_site):
    own = {
        'blog.rst': ':orphan:\n\nMine\n====\n\n.. postlist::\n',
        'blog/tag.rst': ':orphan:\n\nTags\n====\n',
    }
    build = make_site({**FILES, **own}, CONF).build()
    assert build.soup('blog').h1.get_text(strip=True).startswith('Mine')
    assert build.soup('blog/tag').select_one('.blog-groups') is None
    assert titles(build, 'blog/tag/c') == ['C', 'B x2']


def test_long_lists_go_over_pages(make_site):
    files = {f'p{n:02}.rst': post(f'P{n:02}', f':date: 2020-01-{n:02}\n') for n in range(1, 12)}
    site = make_site(files, {'blog_page_size': 4})
    build = site.build()
    assert titles(build, 'blog') == ['P11', 'P10', 'P09', 'P08']
    assert titles(build, 'blog/page-3') == ['P03', 'P02', 'P01']
    pager = build.soup('blog/page-2').select_one('.blog-pager')
    assert [a['href'] for a in pager.select('a')] == ['../blog.html', 'page-3.html']
    assert pager.select_one('[aria-current]').get_text() == '2'
    for page, near in (
        ('blog', {'next': 'blog/page-2.html'}),
        ('blog/page-2', {'prev': '../blog.html', 'next': 'page-3.html'}),
        ('blog/page-3', {'prev': 'page-2.html'}),
    ):
        links = build.soup(page).select('head link[rel=prev], head link[rel=next]')
        assert {link['rel'][0]: link['href'] for link in links} == near
        links = build.soup(page).select('.blog-pager a[rel]')
        assert {link['rel'][0]: link['href'] for link in links} == near
    everything = site.build(fresh=True, confoverrides={'blog_page_size': 0})
    assert len(titles(everything, 'blog')) == 11


@pytest.mark.parametrize('parallel', [1, 2])
def test_only_pages_that_changed_are_written_and_dead_ones_removed(site, parallel):
    first = site.build(parallel=parallel)
    site.write('p/b.rst', post('B', ':date: 2021-01-02\n:tags: other\n:language: zh\n'))
    second = site.build(parallel=parallel)
    changed = {path for path in second.written(first) if path.startswith('blog') and path.endswith('.html')}
    assert 'blog/tag/other.html' in changed
    assert 'blog/tag/c.html' in changed
    assert changed & {'blog/tag/扩散模型.html', 'blog/author/emmy-noether.html', 'blog/2020.html'} == set()
    assert 'blog/tag/gone.html' not in second.mtimes
    clean = site.build(fresh=True, parallel=parallel)
    assert {path: data for path, data in second.snapshot.items() if path.startswith('blog')} == {
        path: data for path, data in clean.snapshot.items() if path.startswith('blog')
    }


def test_a_post_of_hostile_words_is_text(make_site):
    title = '<img src=x onerror=alert(1)> & "quotes"'
    build = make_site({'a.rst': post(title, ':tags: <b>bold</b>\n:date: 2020-01-01\n', '<i>x</i>')}).build()
    for page in ('blog', 'blog/tag', 'blog/archive', 'blog/2020'):
        soup = build.soup(page)
        assert soup.find('img', onerror=True) is None
        assert soup.select('.blog-collection b, .blog-collection i') == []


def test_pages_can_be_left_out(site):
    build = site.build(confoverrides={'blog_archive_pages': False})
    assert not any(path.startswith('blog/tag') for path in build.mtimes)
    assert build.soup('p/a').select('.blog-meta .blog-tags a') == []
    assert (build.outdir / 'old/c.html').is_file()


@pytest.mark.parametrize('name', ['posts', 'graph'])
def test_a_template_of_the_site_that_includes_what_is_not_there_ends_the_build(make_site, name):
    broken = {f'_templates/sphinxext_blog/{name}.html': '{% include "nothing.html" %}'}
    site = make_site({**FILES, **broken}, {'templates_path': ['_templates']})
    with pytest.raises(Exception, match=r'nothing\.html'):
        site.build()


@pytest.mark.parametrize('builder', ['html', 'dirhtml'])
def test_a_file_of_the_author_is_no_place_for_a_page_of_ours(make_site, builder):
    name = 'old' + ('.html' if builder == 'html' else '/index.html')
    lists = 'blog' + ('.html' if builder == 'html' else '/index.html')
    files = {
        'index.rst': 'I\n=\n',
        'p.rst': ':date: 2020-01-01\n:redirect: old\n\nP\n=\n\nText.\n',
        f'extra/{name}': 'mine',
        f'extra/{lists}': 'my list',
    }
    site = make_site(files, {'html_extra_path': ['extra']})
    for _ in range(2):
        build = site.build(builder)
        assert (build.outdir / name).read_text() == 'mine'
        assert (build.outdir / lists).read_text() == 'my list'
        assert "p.rst:2: WARNING: the old address 'old' is a file of html_extra_path" in build.warnings
