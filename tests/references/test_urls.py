from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Post
from sphinxext_blog.references.urls import SiteUrls, parse_address, work_address

POST = Post(
    DocName('posts/vae'),
    'VAE',
    date=PartialDate(2018, 3, 18),
    urls=('https://blog.example/archives/5253',),
    facts=(('id', '5253'),),
)
SITE = SiteUrls([POST], ['https://blog.example/archives/{id}', 'https://old.example/p/{id}.html'])


@pytest.mark.parametrize(
    'url',
    [
        'https://blog.example/archives/5253',
        'http://www.BLOG.example:80/archives/5253/',
        'https://blog.example/archives/5253.html',
        'https://blog.example/archives/5253/index.html#part',
        'https://blog.example/archives/5253?utm_source=x&fbclid=y',
        'https://blog.example/archives/5253/comment-page-2#comment-14196',
        'https://blog.example//archives/%35253',
        'https://web.archive.org/web/20190101000000/https://blog.example/archives/5253',
        'https://old.example/p/5253.html',
        '/archives/5253',
        '//blog.example/archives/5253',
        'blog.example/archives/5253',
        'www.blog.example/archives/5253',
        'https://blog.example/index.php/archives/5253/',
    ],
)
def test_spellings_of_the_address_of_a_post(url):
    match = SITE.find(url)
    assert (match.kind, match.posts) == ('post', ('posts/vae',))


@pytest.mark.parametrize(
    ('url', 'kind'),
    [
        ('https://blog.example/archives/1', 'absent'),
        ('https://old.example/p/1', 'absent'),
        ('https://blog.example/', 'page'),
        ('https://blog.example/feed', 'page'),
        ('https://blog.example/archives/plot.png', 'page'),
        ('https://other.example/archives/5253', 'foreign'),
        ('mailto:a@blog.example', 'foreign'),
        ('archives/5253', 'foreign'),
        ('http://[broken', 'foreign'),
        ('https://blog.example:99999999/archives/5253', 'foreign'),
    ],
)
def test_addresses_that_are_no_known_post(url, kind):
    assert SITE.find(url).kind == kind


def test_two_hosts_have_one_absent_post():
    assert SITE.find('https://blog.example/archives/1').key == SITE.find('https://old.example/p/1').key


@pytest.mark.parametrize(
    ('template', 'url'),
    [
        ('https://b.example/{docname}', 'https://b.example/posts/vae.html'),
        ('https://b.example/{slug}/', 'https://b.example/vae'),
        ('https://b.example/{year}/{month}/{day}/{slug}/', 'https://b.example/2018/03/18/vae/'),
        ('https://b.example/?p={id}', 'https://b.example/?p=5253'),
        ('/{docname}', '/posts/vae'),
    ],
)
def test_templates_know_the_fields_of_a_post(template, url):
    assert SiteUrls([POST], [template]).find(url).posts == ('posts/vae',)


@pytest.mark.parametrize(
    ('docname', 'url', 'found'),
    [
        ('content/posts/old', '/posts/old/', True),
        ('content/posts/bundle/index', '/posts/bundle/#part', True),
        ('content/posts/old', '/content/posts/old.html', True),
        ('posts/old', '/posts/old/', True),
        ('posts/old', 'https://www.blog.example/posts/old', True),
        ('posts/old', 'https://elsewhere.example/posts/old', False),
        ('posts/old', '/old/', False),
        ('old', '/posts/old/', False),
    ],
)
def test_an_address_may_be_the_place_of_the_source(docname, url, found):
    site = SiteUrls([Post(DocName(docname), 'T')], ['https://blog.example/p/{id}'])
    assert (site.find(url).posts == (docname,)) is found


@pytest.mark.parametrize('template', ['mailto:x', 'https://{host}/x', 'https://b.example/{id}/{id}'])
def test_a_template_that_is_no_address_is_refused(template):
    with pytest.raises(ValueError, match=r'address|twice'):
        SiteUrls([], [template])


def test_an_address_teaches_the_field_of_its_template():
    post = Post(DocName('a'), 'A', urls=('https://one.example/archives/7',))
    site = SiteUrls([post], ['https://one.example/archives/{id}', 'https://two.example/x/{id}'])
    assert site.find('https://two.example/x/7').posts == ('a',)


@pytest.mark.parametrize(
    ('url', 'key'),
    [
        ('https://arxiv.org/abs/1706.03762v5', 'arxiv:1706.03762'),
        ('http://www.arxiv.org/pdf/1706.03762.pdf', 'arxiv:1706.03762'),
        ('https://arxiv.org/abs/hep-th/9901001', 'arxiv:hep-th/9901001'),
        ('https://papers.cool/arxiv/1706.03762', 'arxiv:1706.03762'),
        ('/archives/1711.07971', 'arxiv:1711.07971'),
        ('https://doi.org/10.1000/ABC', 'doi:10.1000/abc'),
        ('https://dl.acm.org/doi/10.1145/1', 'doi:10.1145/1'),
        ('https://openreview.net/forum?id=x', 'openreview.net?id=x'),
        ('https://openreview.net/pdf?id=x', 'openreview.net?id=x'),
        ('https://aclanthology.org/P16-1162/', 'aclanthology.org/P16-1162'),
    ],
)
def test_addresses_of_publications(url, key):
    work = work_address(url)
    assert work is not None
    assert work.key == key


@pytest.mark.parametrize(
    'url', ['https://en.wikipedia.org/wiki/X', 'https://github.com/a/b', 'https://arxiv.org/', 'x']
)
def test_other_addresses_are_no_publications(url):
    assert work_address(url) is None


@given(st.text(alphabet='htps:/.w%2F5#?&=[]@a中', max_size=40))
def test_no_text_breaks_the_reading_of_addresses(url):
    parse_address(url)
    SITE.find(url)
    work_address(url)


@pytest.mark.parametrize(
    ('docname', 'facts', 'url'),
    [
        ('_posts/2015-01-02-k', (), '/2015/01/02/k.html'),
        ('_posts/2015-01-02-k', (('slug', 'k'),), '/maths/algebra/2015/01/02/k.html'),
        ('_posts/2015-01-02-k', (), 'https://home.example/blog/2015/1/2/K/'),
        ('_posts/2015-01-02-k', (), 'https://blog.example/2015/01/02/k'),
        ('_posts/2014-12-31-two words', (), '/2015/01/02/two-words/'),
        ('_posts/2014-12-31-k', (), '/2014/12/31/k.html'),
        ('source/_posts/名', (), '/2015/01/02/%E5%90%8D/'),
        ('source/_posts/deep/名', (), '/2015/01/02/deep/名/'),
        ('content/posts/k/index', (), '/2015/01/k/'),
        ('content/posts/any', (('slug', 'k'),), '/2015/01/02/k/'),
    ],
)
def test_an_address_of_day_and_name_is_the_post(docname, facts, url):
    post = Post(DocName(docname), 'K', date=PartialDate(2015, 1, 2), facts=facts)
    site = SiteUrls([post], ['https://blog.example/archives/{id}'], home='https://home.example/blog/')
    assert site.find(url).posts == (docname,)


@pytest.mark.parametrize(
    'url',
    [
        '/2015/01/03/k.html',
        '/2016/01/02/k.html',
        '/2015/01/02/other.html',
        'https://home.example/2015/01/02/k.html',
        'https://elsewhere.example/blog/2015/01/02/k.html',
        '/2015/01/02/',
    ],
)
def test_another_day_or_name_or_site_is_not_the_post(url):
    post = Post(DocName('_posts/2015-01-02-k'), 'K', date=PartialDate(2015, 1, 2))
    assert SiteUrls([post], home='https://home.example/blog/').find(url).posts == ()


def test_one_name_on_one_day_can_be_two_posts():
    posts = [Post(DocName(f'{folder}/k'), 'K', date=PartialDate(2015, 1, 2)) for folder in ('a', 'b')]
    assert SiteUrls(posts).find('/2015/01/02/k/').posts == ('a/k', 'b/k')


def test_a_post_of_an_uncertain_day_has_no_such_address():
    post = Post(DocName('p/k'), 'K', date=PartialDate(None, 1, 2))
    assert SiteUrls([post]).find('/2015/01/02/k/').kind == 'page'
