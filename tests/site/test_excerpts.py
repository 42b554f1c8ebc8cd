"""The first words of posts."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.excerpts import shorten


def excerpts(make_site, text, *, suffix='md', matter='', conf=None):
    if suffix == 'md':
        source = f'---\ndate: 2020-01-01\n{matter}---\n\n# A\n\n{text}\n'
    else:
        source = f':date: 2020-01-01\n{matter}\nA\n=\n\n{text}\n'
    lists = {'index.rst': 'I\n=\n\n.. postlist::\n   :excerpts:\n'}
    build = make_site({f'a.{suffix}': source, **lists}, conf or {}, myst=True).build()
    assert build.warnings == ''
    return build.app.env.get_domain('blog').posts['a'].excerpt, build.soup('index').select_one(
        '.blog-excerpt'
    )


@pytest.mark.parametrize(
    ('text', 'excerpt'),
    [
        ('We have\n\n$$x^2 = 1$$\n\nfor all $x$. More.\n\nNext.', 'We have $x^2 = 1$ for all $x$. More.'),
        ('We have $$x = 1$$ for all. More.\n\nNext.', 'We have $x = 1$ for all. More.'),
        ('We have\n\n$$x = 1.$$\n\nfor all', 'We have $x = 1.$'),
        ('We have\n\n$$x = 1$$\n\nThe next.', 'We have $x = 1$'),
        ('我们有\n\n$$x = 1$$\n\n其中 $x$ 是数。\n\n下一段。', '我们有 $x = 1$ 其中 $x$ 是数。'),
        ('We have.\n\n$$x = 1$$\n\nfor all', 'We have.'),
        (
            'Let\n\n$$x = 1$$\n\nand\n\n\\begin{equation}\\label{e} y = 2 \\end{equation}\n\nbe so. Yes.',
            'Let $x = 1$ and $y = 2$ be so. Yes.',
        ),
        ('So\n\n$$\na &= b \\\\\nc &= d\n$$', 'So $\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}$'),
        ('So\n\n\\begin{align}\na &= b \\\\\nc &= d \\notag\n\\end{align}', 'So $a = b$ $c = d$'),
        (
            'So\n\n$$f = \\begin{cases} a & b \\\\ c & d \\end{cases}$$',
            'So $f = \\begin{cases} a & b \\\\ c & d \\end{cases}$',
        ),
        ('So\n\n$$' + 'x + ' * 200 + 'y$$\n\nis long.', 'So …'),
        ('We have\n\n- one\n', 'We have'),
    ],
)
def test_a_sentence_goes_on_through_its_formulas(make_site, text, excerpt):
    found, shown = excerpts(make_site, text)
    # MyST-Parser before 5 leaves a blank where a line of the formula ended
    assert found.replace('{aligned} ', '{aligned}') == excerpt
    assert len(shown.select('math')) == excerpt.count('$') // 2
    assert not shown.select('code.blog-latex')


def test_a_sentence_goes_on_through_its_formulas_in_restructuredtext(make_site):
    text = 'We have\n\n.. math::\n   :label: eq\n\n   x = 1\n\nfor all.\n\nNext.'
    assert excerpts(make_site, text, suffix='rst')[0] == 'We have $x = 1$ for all.'


@pytest.mark.parametrize('more', ['<!--more-->', '<!-- more -->', '<!-- MORE Read on! -->'])
def test_the_author_may_end_the_excerpt(make_site, more):
    text = f'One.\n\n- in a list\n\n## Part\n\nTwo\n\n$$x = 1$$\n\n{more}\n\nThree.'
    assert excerpts(make_site, text)[0] == 'One. Two $x = 1$'


@pytest.mark.parametrize(
    ('text', 'matter', 'excerpt'),
    [
        ('One <!-- more --> two.', '', 'One'),
        ('One.\n<!-- more -->\nTwo.', '', 'One.'),
        ('One.\n\nTwo.\n\n<!-- more -->\n\nThree.', 'excerpt: 1\n', 'One.'),
        ('One.\n\nTwo.\n\n<!-- more -->\n\nThree.', 'excerpt: Words.\n', 'Words.'),
        ('One.\n\n<!-- moreover -->\n\nTwo.', '', 'One.'),
        ('One `<!-- more -->` two.', '', 'One <!-- more --> two.'),
    ],
)
def test_where_the_mark_counts(make_site, text, matter, excerpt):
    assert excerpts(make_site, text, matter=matter)[0] == excerpt


def test_the_mark_in_restructuredtext_is_a_comment(make_site):
    assert excerpts(make_site, 'One.\n\nTwo.\n\n.. more\n\nThree.', suffix='rst')[0] == 'One. Two.'


def test_lines_are_text_too(make_site):
    assert excerpts(make_site, '| One of :math:`x`\n| two\n\nThree.', suffix='rst')[0] == 'One of $x$ two'


def test_no_excerpt_is_none(make_site):
    text = 'One.\n\n<!-- more -->\n\nTwo.'
    assert excerpts(make_site, text, conf={'post_auto_excerpt': 0})[0] == ''


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('short', 'short'),
        ('一二三四五。六七八九十一二', '一二三四五。…'),
        ('one two three four', 'one two…'),
        ('abcdefgh $x + y$ z', 'abcdefgh…'),
        ('abcd $x + y + z$ z', 'abcd $x + y + z$…'),
        ('x' * 20, 'x' * 10 + '…'),
    ],
)
def test_an_excerpt_is_cut_at_a_sentence_and_never_in_a_formula(text, expected):
    assert shorten(text, 10) == expected
