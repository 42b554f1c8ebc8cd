"""``start-here`` and the pages of topics."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

FLOW = 'Gradient flow minimises the energy along a curve of steepest descent. ' * 3
PRIME = 'Primes divide integers, and every integer is a product of primes. ' * 3


def post(title, text, cites, *, date):
    links = ' '.join(f'See :doc:`/{name}`.' for name in cites)
    return f':date: {date}\n\n{title}\n{"=" * 40}\n\n{text}\n\n{links}\n'


def blog():
    files = {}
    for subject, text in (('flow', FLOW), ('prime', PRIME)):
        for number in range(4):
            cites = [f'p/{subject}-{other}' for other in range(number)]
            files[f'p/{subject}-{number}.rst'] = post(
                f'{subject.title()} $x^{number}$ </script>', text, cites, date=f'2024-01-0{number + 1}'
            )
    return files


def index(options=''):
    return f'Home\n====\n\n.. start-here::\n{options}'


def test_a_reader_is_told_where_to_start(make_site):
    build = make_site({**blog(), 'index.rst': index()}).build()
    assert build.warnings == ''
    panel = build.soup('index').select_one('.blog-start-here')
    headings = panel.select('.blog-topic a')
    assert len(headings) == 2
    for heading in headings:
        page = unquote(heading['href'])
        assert (build.outdir / page).is_file()
    items = panel.select('.blog-starts li')
    assert len(items) == 2
    assert all('speaks for 3 more posts' in item.get_text() for item in items)
    assert all(item.select_one('a')['href'].startswith('p/') for item in items)


@pytest.mark.parametrize(
    ('options', 'topics', 'excerpts'),
    [('   :topics: 1\n', 1, 0), ('   :excerpts:\n', 2, 2), ('   :count: 1\n', 2, 0)],
)
def test_options(make_site, options, topics, excerpts):
    panel = make_site({**blog(), 'index.rst': index(options)}).build().soup('index')
    assert len(panel.select('.blog-topic')) == topics
    assert len(panel.select('.blog-start-here .blog-excerpt')) == excerpts


@pytest.mark.parametrize('option', [':count: 9', ':count: x', ':topics: 0'])
def test_misuse_is_told(make_site, option):
    build = make_site({**blog(), 'index.rst': index(f'   {option}\n')}).build()
    assert 'index.rst:4: ERROR' in build.warnings


@pytest.mark.parametrize('builder', ['latex', 'text', 'man', 'epub', 'singlehtml'])
def test_every_builder_shows_it(make_site, builder):
    source = f'{index()}\n.. toctree::\n   :glob:\n\n   p/*\n'
    site = make_site({**blog(), 'index.rst': source}, conf={'epub_show_urls': 'no'})
    build = site.build(builder)
    assert build.warnings == ''
    if builder == 'text':
        assert 'speaks for 3 more posts' in ' '.join(build.text('index.txt').split())


def test_the_page_of_a_topic_shows_where_to_start_and_all_its_posts(make_site):
    files = blog()
    files['p/prime-0.rst'] += '\nSee :doc:`/p/flow-0`.\n'  # so that the topics lie near each other
    build = make_site({**files, 'index.rst': 'I\n=\n\n:ref:`blog-topics`\n'}).build()
    assert build.warnings == ''
    overview = build.soup('index').select_one('.body p a')
    assert overview.get_text() == 'Topics'
    groups = build.soup('blog/topic').select('.blog-groups a')
    assert len(groups) == 2
    page = build.soup('blog/' + unquote(groups[0]['href']).removesuffix('.html'))
    headings = [heading.get_text() for heading in page.select('h2')]
    assert headings == ['Where to start', 'Topics near by', 'All posts of the topic']
    assert len(page.select('.blog-starts li')) == 1
    assert len(page.select('.blog-entries:not(.blog-starts) li')) == 4
    assert page.find('a', string='Show in the graph')['href'].startswith('../../graph.html#topic=p/')


def test_pages_of_topics_can_be_left_out(make_site):
    build = make_site({**blog(), 'index.rst': index()}, conf={'blog_topic_pages': False}).build()
    assert build.warnings == ''
    assert not (build.outdir / 'blog' / 'topic.html').exists()
    assert build.soup('index').select('.blog-topic a') == []
    assert len(build.soup('index').select('.blog-topic')) == 2


def test_the_page_that_tells_where_to_start_follows_the_posts(make_site):
    site = make_site({**blog(), 'index.rst': index()})
    first = site.build()
    site.write('p/flow-4.rst', post('Flow 4', FLOW, ['p/flow-0', 'p/flow-1'], date='2024-02-01'))
    second = site.build()
    assert 'index.html' in second.written(first)
    assert 'speaks for 4 more posts' in second.soup('index').get_text()
    assert second.snapshot == site.build(fresh=True).snapshot
    third = site.build()
    assert 'index.html' not in third.written(second)


def test_a_blog_without_topics_shows_nothing(make_site):
    build = make_site({'p/a.rst': post('A', 'Text.', [], date='2024-01-01'), 'index.rst': index()}).build()
    assert build.warnings == ''
    assert build.soup('index').select('.blog-start-here') == []
