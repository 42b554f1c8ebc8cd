"""What a reader finds in the pages: citations that lead somewhere, and anchors that hold."""

from __future__ import annotations

import pytest


def post(title, text='Text.', fields=''):
    return f':blogpost:\n{fields}\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


def test_a_citation_by_title_becomes_a_link(make_site):
    build = make_site(
        {'a.rst': post('概率空间的最小化'), 'b.rst': post('乙', '见《概率空间的最小化》一文。')}
    ).build()
    assert build.warnings == ''
    link = build.soup('b').select_one('span.blog-mention a')
    assert link.get_text() == '《概率空间的最小化》'
    assert link['href'] == 'a.html'


def test_the_cited_post_shows_the_sentence_and_links_to_its_place(make_site):
    build = make_site(
        {'a.rst': post('概率空间的最小化'), 'b.rst': post('乙', '先说。见《概率空间的最小化》一文。')}
    ).build()
    panel = build.soup('a').select_one('.blog-backlinks')
    assert panel.blockquote.get_text(strip=True) == '见《概率空间的最小化》一文。'
    page, _, anchor = panel.blockquote.a['href'].partition('#')
    assert page == 'b.html'
    assert build.soup('b').find(id=anchor).get_text() == '《概率空间的最小化》'


@pytest.mark.parametrize(
    ('name', 'source'),
    [
        ('b.rst', post('B', 'See :doc:`a`.')),
        ('b.rst', post('B', 'See :doc:`the text <a>`.')),
        ('b.rst', post('B', 'See :ref:`label`.')),
        ('b.rst', post('B', 'See :any:`a`.')),
        ('b.rst', post('B', 'See :blog:post:`a`.')),
        ('b.rst', post('B', 'See :blog:post:`The first`.')),
        ('b.rst', post('B', 'See :term:`word`.')),
        ('b.md', '---\nblogpost: true\n---\n\n# B\n\nSee [this](a.rst).\n'),
        ('b.md', '---\nblogpost: true\n---\n\n# B\n\nSee {doc}`a` or [](label).\n'),
        ('b.rst', post('B', 'See `x <https://www.example.org/posts/17/?utm_source=feed#top>`_.')),
    ],
)
def test_every_way_to_point_at_a_post_makes_a_backlink(make_site, name, source):
    first = post(
        'The first',
        '.. _label:\n\nSection\n-------\n\n.. glossary::\n\n   word\n      Meaning.\n',
        ':id: 17\n',
    )
    build = make_site(
        {'a.rst': first, name: source}, {'blog_site_urls': ['http://example.org/posts/{id}']}, myst=True
    ).build()
    assert build.warnings == ''
    panel = build.soup('a').select_one('.blog-backlinks')
    assert panel is not None
    anchor = panel.blockquote.a['href'].partition('#')[2]
    assert build.soup('b').find(id=anchor) is not None


def test_an_old_address_of_a_post_leads_to_its_page(make_site):
    build = make_site(
        {
            'a.rst': post('A', fields=':id: 17\n'),
            'b.rst': post('B', 'See `it <https://example.org/archives/17>`_.'),
        },
        {'blog_site_urls': ['https://example.org/archives/{id}']},
    ).build()
    assert build.soup('b').select_one('.blog-mention a')['href'] == 'a.html'


def test_an_own_address_that_leads_nowhere_is_warned_of_where_it_stands(make_site):
    build = make_site(
        {'b.rst': post('B', 'See `it <https://example.org/archives/18>`_.')},
        {'blog_site_urls': ['https://example.org/archives/{id}']},
    ).build()
    assert 'b.rst:6: WARNING: no post has the address https://example.org/archives/18' in build.warnings
    assert '[blog.missing]' in build.warnings


def test_a_role_that_leads_nowhere_is_warned_of(make_site):
    build = make_site({'b.rst': post('B', 'See :blog:post:`nothing`.')}).build()
    assert "b.rst:6: WARNING: no post is called 'nothing'" in build.warnings
    assert '[blog.missing]' in build.warnings


def test_references_to_other_things_than_posts_are_no_missing_posts(make_site):
    text = 'See :py:func:`print`, :ref:`nowhere`, :doc:`index` and :abbr:`AB (a b)`.'
    build = make_site({'index.rst': 'I\n=\n', 'b.rst': post('B', text)}).build()
    assert 'undefined label' in build.warnings
    resolution = build.app.env.get_domain('blog').knowledge.resolution
    assert resolution.missing == ()
    assert resolution.works == ()


def test_a_title_that_two_posts_bear_is_ambiguous(make_site):
    build = make_site(
        {
            'a.rst': post('祝大家端午节快乐'),
            'b.rst': post('祝大家端午节快乐'),
            'c.rst': post('C', '见《祝大家端午节快乐》。'),
        }
    ).build()
    assert 'c.rst:6: WARNING' in build.warnings
    assert '[blog.ambiguous]' in build.warnings
    assert 'Cited by' not in build.html('a')
    assert build.soup('c').select_one('span.blog-mention a') is None


def test_what_is_cited_but_absent_is_marked_and_no_warning(make_site):
    build = make_site(
        {'a.rst': post('甲', '见《低秩近似之路(二):SVD》与论文《Attention is All You Need》。')}
    ).build()
    assert build.warnings == ''
    soup = build.soup('a')
    assert soup.select_one('.blog-missing').get_text() == '《低秩近似之路(二):SVD》'
    assert soup.select_one('.blog-work').get_text() == '《Attention is All You Need》'


@pytest.mark.parametrize(
    'builder',
    [
        'html',
        'dirhtml',
        'singlehtml',
        'latex',
        'epub',
        'text',
        'man',
        'texinfo',
        'gettext',
        'xml',
        'dummy',
        'linkcheck',
    ],
)
@pytest.mark.parametrize('parallel', [1, 2])
def test_every_builder_writes_without_a_warning(make_site, builder, parallel):
    build = ALL_BUILDERS_SITE(make_site).build(builder, parallel=parallel)
    assert [
        line for line in build.warnings.splitlines() if 'epub' not in line and 'conf value' not in line
    ] == []


def ALL_BUILDERS_SITE(make_site):  # noqa: N802
    index = 'I\n=\n\n.. toctree::\n\n   a\n   b\n\n.. postlist::\n   :excerpts:\n\n'
    index += '.. missing-posts::\n   :works:\n   :gaps:\n'
    return make_site(
        {
            'index.rst': index,
            'a.rst': post('学习(一)：概率空间 ', '设 :math:`x^2`，见《学习(三)》。', ':tags: t\n'),
            'b.rst': post('学习(二)：概率空间', '见《学习(一)：概率空间》，其中 :math:`x^2`。', ':tags: t\n'),
        },
        {'epub_show_urls': 'no', 'html_theme': 'alabaster'},
    )


@pytest.mark.parametrize(
    ('builder', 'file', 'link'),
    [
        ('singlehtml', 'index.html', '《学习(一)：概率空间》</span></a>'),
        ('latex', 'tests.tex', '\\hyperref'),
        ('epub', 'a.xhtml', 'b.xhtml#mention-'),
        ('text', 'a.txt', '见《学习(一)：概率空间》，其中'),
        ('man', 'tests.1', '见《学习(一)：概率空间》，其中'),
        ('texinfo', 'tests.texi', '见《学习(一)：概率空间》，其中'),
    ],
)
def test_every_format_has_citations_and_panels(make_site, builder, file, link):
    text = ALL_BUILDERS_SITE(make_site).build(builder).text(file)
    assert link in text
    assert 'Related posts' in text
    assert 'Cited by' in text
    assert 'of the series' in text
    assert 'Missing posts' in text or builder in {'epub', 'text'}


def test_anchors_are_unique_on_a_page_of_all_documents(make_site):
    soup = ALL_BUILDERS_SITE(make_site).build('singlehtml').soup('index')
    ids = [tag['id'] for tag in soup.find_all(id=True) if tag['id'].startswith('mention-')]
    assert len(ids) == len(set(ids)) == 2
    assert soup.select_one('.blog-backlinks blockquote a')['href'].lstrip('#') in ids


def test_a_second_epub_build_has_no_warning(make_site):
    site = ALL_BUILDERS_SITE(make_site)
    site.build('epub')
    assert 'unknown mimetype' not in site.build('epub').warnings


def test_a_fragment_of_an_old_address_is_kept_in_html(make_site):
    files = {
        'a.rst': post('A', fields=':id: 17\n'),
        'b.rst': post('B', 'See `it <https://example.org/archives/17#part>`_.'),
    }
    site = make_site(files, {'blog_site_urls': ['https://example.org/archives/{id}']})
    assert site.build().soup('b').select_one('.blog-mention a')['href'] == 'a.html#part'


@pytest.mark.parametrize('path', ['a.html', 'a.html#x', 'a.html?utm_source=y'])
def test_an_address_of_this_very_site_is_a_link(make_site, path):
    files = {'a.rst': post('A'), 'b.rst': post('B', f'See `it <https://blog.example/{path}>`_.')}
    build = make_site(files, {'html_baseurl': 'https://blog.example'}).build()
    assert build.soup('b').select_one('.blog-mention a')['href'].startswith('a.html')


def test_an_address_of_a_generated_page_is_nobodys_business(make_site):
    files = {'b.rst': post('B', 'See `it <https://blog.example/graph.html>`_.')}
    build = make_site(files, {'html_baseurl': 'https://blog.example'}).build()
    assert build.warnings == ''
    assert build.app.env.get_domain('blog').knowledge.resolution.missing == ()


def test_a_citation_that_crosses_an_emphasis_still_has_its_place(make_site):
    build = make_site({'a.rst': post('概率 空间'), 'b.rst': post('B', '*见《概率* 空间》。')}).build()
    anchor = build.soup('a').select_one('.blog-quote a')['href'].partition('#')[2]
    assert build.soup('b').find(id=anchor).name == 'p'


def test_a_domain_that_fails_to_answer_does_not_end_the_build(make_site):
    conf = """
from sphinx.domains import Domain
from sphinx.roles import XRefRole
extensions = ['sphinxext_blog']
class Picky(Domain):
    name = label = 'picky'
    roles = {'x': XRefRole()}
    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        if builder.get_target_uri('index') == 'index':
            raise KeyError('no such builder')
    def merge_domaindata(self, docnames, otherdata):
        pass
def setup(app):
    app.add_domain(Picky)
"""
    build = make_site({'conf.py': conf, 'index.rst': 'I\n=\n', 'b.rst': post('B', ':picky:x:`y`')}).build()
    assert build.warnings == ''


def test_a_title_in_quotation_marks_or_italics_is_a_link_and_other_words_stay_as_they_are(make_site):
    text = 'In “A Primer on Walks,” in *A Primer on walks* and in “A thing they say”.'
    build = make_site({'a.rst': post('A Primer on Walks'), 'b.rst': post('Another', text)}).build()
    paragraph = build.soup('b').select_one('section p:not(.blog-meta)')
    assert [a.get_text() for a in paragraph.select('a')] == ['“A Primer on Walks,”', 'A Primer on walks']
    assert 'in “A thing they say”.' in build.html('b')
    assert len(paragraph.select('.blog-mention')) == 2


def test_a_title_that_is_a_papers_or_a_posts_is_warned_of_with_both(make_site):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. missing-posts::\n   :works:\n',
            'a.rst': post('《Deep Nets Everywhere》浅读'),
            'b.rst': post('乙文', '可以看看《Deep Nets Everywhere》。\n\n见《Deep Nets Everywhere》浅读。'),
        }
    ).build()
    assert (
        'b.rst:6: WARNING: 《Deep Nets Everywhere》 can mean a (《Deep Nets Everywhere》浅读), '
        in build.warnings
    )
    assert 'work:deep-nets-everywhere (Deep Nets Everywhere)' in build.warnings
    assert '[blog.ambiguous]' in build.warnings
    assert [a.get_text() for a in build.soup('b').select('.blog-mention a')] == ['《Deep Nets Everywhere》']
    # Nobody is known to cite the paper.
    assert 'Papers' not in build.soup('index').get_text()
