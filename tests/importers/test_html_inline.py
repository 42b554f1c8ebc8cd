"""Runs of text in HTML as reStructuredText."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.html_inline import CLOSE_IMAGE, OPEN_IMAGE, Image, Run, image_of, tidy
from sphinxext_blog.importers.html_tree import parse_html


def run_of(html, base=''):
    run = Run(base)
    for child in parse_html(html).children:
        run.add(child)
    return run


def written(html, base=''):
    return run_of(html, base).write()


def test_what_stands_for_something_here_is_no_text():
    assert tidy(f'a{OPEN_IMAGE}b{CLOSE_IMAGE}\U000f0000c') == 'abc'


@pytest.mark.parametrize(
    ('html', 'rst'),
    [
        ('One  <em>two</em>\n three', ['One \\ *two*\\  three']),
        ('a *b* `c` |d| e_', ['a \\*b\\* \\`c\\` \\|d\\| e\\_']),
        ('x<sup>2</sup>', ['x\\ :sup:`2`']),
        ('<code>a_1</code>', ['\\ ``a_1``']),
        ('<a href="p.html">words</a>', ['\\ `words <https://e.org/a/p.html>`__']),
        ('<a href="#n">1</a>', ['1']),
        ('in $a_1$ and $$b^2$$ too', ['in \\ :math:`a_1`\\  and', '.. math::\n\n   b^2', 'too']),
        ('$a<em>1 + b</em>2$', ['\\ :math:`a_1 + b_2`']),
        ('   ', []),
        ('ends with::', ['ends with:\\:']),
    ],
)
def test_text_becomes_a_paragraph(html, rst):
    assert written(html, 'https://e.org/a/') == rst


def test_pictures_stand_between_paragraphs():
    before, picture, after = written('a <img src="b.png" alt="B"> c', 'https://e.org/')
    assert (before, after) == ('a', 'c')
    assert picture == Image('https://e.org/b.png', 'B')


@pytest.mark.parametrize(
    ('html', 'source'),
    [
        ('<img src="x.gif" data-src="lazy.png">', 'lazy.png'),
        ('<img src="//c.org/a.png">', 'https://c.org/a.png'),
        ('<img class="emoji" src="x.png">', None),
        ('<img alt="nothing">', None),
    ],
)
def test_the_address_of_a_picture(html, source):
    found = image_of(parse_html(html).children[0], '')
    assert (found and found.source) == source


def test_a_run_as_text_shows_its_formulas():
    assert run_of('On <b>the</b> <script type="math/tex">x</script> <code>y</code>').plain() == 'On the $x$ y'


@given(st.text('ab *_`|<>\\:$[]()&;#\n"\'-=.', max_size=40))
def test_any_text_is_read_back_as_it_was(text):
    """What docutils reads is what the page said, apart from blanks and formulas."""
    if '$' in text or '\\' in text:
        return
    parts = Run('')
    parts.add(text)
    for part in parts.write():
        document = publish_doctree(part, settings_overrides={'report_level': 5})
        assert ' '.join(document.astext().split()) == ' '.join(text.split())
        assert not list(document.findall(nodes.system_message))


def test_an_address_that_nobody_can_read_stays_as_it_was_written():
    assert 'words <//[x/a>' in written('<a href="//[x/a">words</a>', 'https://e.org/a/')[0]
    picture = parse_html('<img src="//[x/i.png">').children[0]
    assert image_of(picture, 'https://e.org/a/').source == '//[x/i.png'


def test_struck_and_marked_words_keep_their_marks():
    run = Run('')
    for child in parse_html('a <del>b <em>c</em></del> <mark>d</mark> <s></s>e').children:
        run.add(child)
    text = run.write()[0].replace('\\ ', '')
    assert text == 'a :blog-struck:`b` :blog-struck:`c` :blog-marked:`d` e'


def test_references_to_equations_are_formulas_outside_of_any():
    run = Run('')
    for child in parse_html(
        r'By \eqref{eq:a_1} and \ref{b}, $x \eqref{c}$, <code>\eqref{d}</code>.'
    ).children:
        run.add(child)
    assert run.write()[0].replace('\\ ', '') == (
        r'By :math:`\eqref{eq:a_1}` and :math:`\ref{b}`, :math:`x \eqref{c}`, \\eqref{d}.'
    )


def test_lines_that_the_author_ended_stay_lines():
    run = Run('')
    for child in parse_html('One <em>a<br>b</em><br/>\nthree<br><br>next').children:
        run.add(child)
    assert [part.replace('\\ ', '') for part in run.write()] == ['| One *a*\n| *b*\n| three\n\nnext']
