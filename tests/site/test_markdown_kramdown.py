"""Posts of Jekyll, whose Markdown is kramdown's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.markdown_kramdown import is_jekylls, without_attributes


@pytest.mark.parametrize(
    ('docname', 'is_one'),
    [
        ('_posts/2020-01-02-name', True),
        ('blog/_posts/maths/2020-1-2-name', True),
        ('source/_posts/name', False),
        ('posts/2020-01-02-name', False),
        ('_posts/2020-01-02-', False),
        ('2020-01-02-name', False),
    ],
)
def test_posts_of_jekyll_are_known_by_their_names(docname, is_one):
    assert is_jekylls(docname) is is_one


@pytest.mark.parametrize(
    ('text', 'left'),
    [
        ('[a](b){:target="_blank"} *c*{: .red}', '[a](b) *c*'),
        (
            '![p](a.png){: .c width="300px" height="2em"} *c*{: width="3"}',
            '![p](a.png){width=300px height=2em} *c*',
        ),
        ('* TOC\n{:toc}\nText', '\n\nText'),
        ('1. this\n{:.no_toc toc}\nText', '\n\nText'),
        ('* item\n{: .red}', '* item\n'),
        ('{: .note }\nText', '\nText'),
        ('{:: comment}', ''),
        ('```\n{: .note }\nx){: .red}\n```', '```\n{: .note }\nx){: .red}\n```'),
        ('{x: y} and {:d} and f({:.2f})', '{x: y} and {:d} and f({:.2f})'),
        ('`"{:.2f}"` a){:d}', '`"{:.2f}"` a){:d}'),
    ],
)
def test_attributes_are_left_out(text, left):
    assert without_attributes(text) == left


@given(st.text('{:}.#=")*\n `a', max_size=200))
def test_no_line_is_more_or_less(text):
    assert without_attributes(text).count('\n') == text.count('\n')


# Less than half a second of work; what grows with the square of the text takes far longer.
@pytest.mark.parametrize('piece', [')', '){:', '{:', '){: .a', ')' + '{: .' + 'a' * 300])
def test_the_work_is_linear(piece):
    started = time.process_time()
    without_attributes(piece * 80_000)
    assert time.process_time() - started < 30


def test_dollars_in_a_line_are_a_formula_of_the_line(make_site):
    text = '---\ntitle: T\n---\n\nLet $$x^2$$ be.\n\n$$y$$\n\n$$\nz\n$$\n{: .eq}\n\nTerm\n: meaning\n'
    files = {
        '_posts/2020-01-02-a.md': text,
        '_posts/b.md': text.replace('title: T', 'title: B'),
        'index.md': '# I\n',
    }
    build = make_site(files, {'blog_post_pattern': ['_posts/*']}, myst=True).build()
    assert build.warnings == ''
    jekylls, other = (build.soup(name) for name in ('_posts/2020-01-02-a', '_posts/b'))
    assert [tag.name for tag in jekylls.select('.math')] == ['span', 'div', 'div']
    assert [tag.name for tag in other.select('.math')] == ['div', 'div', 'div']
    assert '{:' not in jekylls.select_one('section').get_text()
    assert jekylls.select_one('dl dd').get_text(strip=True) == 'meaning'


def test_the_size_of_a_picture_is_kept(make_site):
    text = '![p](/assets/p.png){: .wide width="30px"} and $${a}$$ and [x](https://x.org){:target="_blank"}\n'
    files = {'_posts/2020-01-02-a.md': text, 'assets/p.png': b'\x89PNG\r\n\x1a\n'}
    build = make_site(files, {'blog_post_pattern': ['_posts/*']}, myst=True).build()
    assert build.warnings == ''
    assert build.soup('_posts/2020-01-02-a').select_one('section img')['style'] == 'width: 30px;'
