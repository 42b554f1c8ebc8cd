"""Saved pages of a blog, one post each."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_blog.importers.html_page import importer

BODY = '<p>A text that is long enough to be a post of somebody who writes posts about numbers.</p>' * 3
PAGE = '<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def read(body, head='<title>One | Blog</title>', lang='en'):
    return importer.read(Path('a.html'), PAGE.format(head=head, body=body, lang=lang))


def test_a_page_is_recognised_and_a_fragment_is_not():
    assert importer.recognises(Path('a'), '<!DOCTYPE html>\n<html>')
    assert not importer.recognises(Path('a'), '<p>text</p>')


@pytest.mark.parametrize(
    'body',
    [
        f'<nav>MENU</nav><article><h1>One</h1>{BODY}</article><footer>FOOT</footer>',
        f'<main><h1>One</h1><div class="post-content">{BODY}</div></main><div id="comments">COMMENTS</div>',
        f'<div class="entry"><h1>One</h1><div itemprop="articleBody">{BODY}</div></div>',
    ],
)
def test_the_text_of_the_post_is_found(body):
    [entry] = read(body).entries
    text = ' '.join(block.text for block in entry.blocks)
    assert entry.title == 'One'
    assert 'long enough' in text
    assert not any(word in text for word in ('MENU', 'FOOT', 'COMMENTS'))


def test_a_list_of_posts_is_no_post():
    found = read('<article><h2>One</h2><p>…</p></article><article><h2>Two</h2></article>')
    assert found.entries == ()
    assert 'list of posts' in found.passed


def test_what_the_head_says():
    head = (
        '<meta property="article:published_time" content="2020-01-02T03:04:05Z">'
        '<meta property="article:modified_time" content="2021-02-03">'
        '<meta name="author" content="Carl"><meta property="article:tag" content="numbers">'
        '<link rel="canonical" href="https://e.org/2020/one.html"><meta property="og:title" content="One">'
    )
    [entry] = read(f'<article><h1>One</h1>{BODY}</article>', head, lang='zh-CN').entries
    assert entry.date.isoformat().startswith('2020-01-02')
    assert entry.updated.isoformat().startswith('2021-02-03')
    assert (entry.author, entry.tags, entry.language) == ('Carl', ('numbers',), 'zh-CN')
    assert (entry.url, entry.slug) == ('https://e.org/2020/one.html', 'one')


def test_an_update_on_the_same_day_is_none():
    head = ''.join(
        f'<meta property="article:{kind}_time" content="2020-01-02T0{n}:00:00Z">'
        for n, kind in enumerate(('published', 'modified'))
    )
    assert read(f'<article><h1>One</h1>{BODY}</article>', head).entries[0].updated is None


def test_formulas_that_are_only_drawn_are_told():
    body = f'<article><h1>One</h1>{BODY}<p><mjx-container>x</mjx-container></p></article>'
    assert 'without their LaTeX' in read(body).problems[0].message


@pytest.mark.parametrize(
    ('formula', 'shown', 'count'),
    [
        ('<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>', 'Let […] be', 1),
        (
            '<mjx-container class="MathJax"><svg><path d="M0"/></svg></mjx-container> and '
            '<math><mi>q</mi></math>',
            'Let […] and […] be',
            2,
        ),
        (
            '<math><semantics><mi>a</mi><annotation encoding="application/x-tex">a_1</annotation></semantics>'
            '</math>',
            'Let :math:`a_1` be',
            0,
        ),
    ],
)
def test_a_formula_without_its_latex_is_told_and_not_guessed(formula, shown, count):
    found = read(f'<article><h1>One</h1><p>Let {formula} be.</p>{BODY}</article>')
    assert shown in found.entries[0].blocks[0].text.replace('\\ ', '')
    told = [problem.message.partition(';')[0].rpartition(' ')[2] for problem in found.problems]
    assert told == ([str(count)] if count else [])


@pytest.mark.parametrize(
    ('markup', 'date'),
    [
        ('<span class="date">2021年3月4日</span>', '2021-03-04'),
        ('<div class="entry-date">4 Mar 2021</div>', '2021-03-04'),
        ('<span class="date">Today</span>', None),
    ],
)
def test_a_date_that_only_readers_see(markup, date):
    [entry] = read(f'<article><h1>One</h1>{markup}{BODY}</article>').entries
    assert (entry.date and entry.date.isoformat()) == date


@pytest.mark.parametrize(
    ('body', 'title'),
    [
        (
            '<header><h1>My blog</h1></header>'
            f'<article><h1>Apples</h1><div class="post-content">{BODY}</div></article>',
            'Apples',
        ),
        (
            f'<h1>My blog</h1><article><h2>Apples</h2><p class="date">January 2, 2020</p>{BODY}</article>',
            'Apples',
        ),
        (f'<h1>My blog</h1><article>{BODY}</article>', 'Apples'),
        (f'<h1>My blog</h1><div><h1>Apples</h1></div><article>{BODY}</article>', 'Apples'),
    ],
)
def test_the_first_heading_of_a_page_may_be_the_name_of_the_blog(body, title):
    [entry] = read(body, '<title>Apples - My blog</title>').entries
    assert entry.title == title
