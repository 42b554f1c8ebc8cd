"""Formulas in HTML: whatever set them, their LaTeX."""

from __future__ import annotations

import pytest

from sphinxext_blog.importers.html_math import formula_of, is_rendering, wordpress_latex
from sphinxext_blog.importers.html_tree import parse_html

KATEX = (
    '<span class="{}"><span class="katex"><span class="katex-mathml"><math{}><semantics><mrow></mrow>'
    '<annotation encoding="application/x-tex">a^2</annotation></semantics></math></span></span></span>'
)


@pytest.mark.parametrize(
    ('html', 'found'),
    [
        ('<script type="math/tex">a &lt; b</script>', ('a < b', False)),
        ('<script type="math/tex; mode=display">x</script>', ('x', True)),
        ('<script type="application/ld+json">{}</script>', None),
        (KATEX.format('katex-display', ' display="block"'), ('a^2', True)),
        (KATEX.format('katex-display', ''), ('a^2', True)),
        (KATEX.format('katex', ''), ('a^2', False)),
        ('<math alttext="\\alpha" display="block"><mi></mi></math>', ('\\alpha', True)),
        ('<math><mi>x</mi></math>', None),
        ('<mjx-container display="true"><span data-latex="y_1">y</span></mjx-container>', ('y_1', True)),
        ('<mjx-container><span>y</span></mjx-container>', None),
        ('<img class="latex" alt="$z^2$" src="https://example.org/z.png">', ('z^2', False)),
        ('<img src="https://s0.wp.com/latex.php?latex=%5Cpi+r&bg=fff" alt="">', ('\\pi r', False)),
        ('<img src="//[x/latex.php?latex=x%2B1#f" alt="">', ('x+1', False)),
        ('<img src="https://latex.codecogs.com/png?x" alt="">', None),
        ('<img src="cat.png" alt="$5">', None),
        ('<p>text</p>', None),
    ],
)
def test_an_element_that_is_a_formula(html, found):
    [element] = parse_html(html).children
    assert formula_of(element) == found


@pytest.mark.parametrize('name', ['MathJax', 'katex-html', 'MJX_Assistive_MathML'])
def test_what_a_program_made_of_a_formula_is_told_from_it(name):
    [element] = parse_html(f'<span class="x {name}">x</span>').children
    assert is_rendering(element)
    assert not is_rendering(parse_html('<span class="katex-mathml">x</span>').children[0])


@pytest.mark.parametrize(
    ('text', 'latex'),
    [
        ('see $latex x^2$ and $5', 'see $x^2$ and $5'),
        ('$latex a\\$b$', '$a\\$b$'),
        ('[latex]a[0][/latex]', '$a[0]$'),
        ('[latex display="true"]a[/latex]', '$$a$$'),
        ('[math]b[/math] [latex]open', '$b$ [latex]open'),
    ],
)
def test_formulas_of_wordpress(text, latex):
    assert wordpress_latex(text) == latex


@pytest.mark.parametrize(
    'text',
    ['$latex' + ' ' * 100_000, '[latex displaya]' * 6_000, '[latex]' * 15_000 + '[/katex]'],
)
def test_formulas_of_wordpress_that_never_end_stay_and_take_no_time(text):
    assert wordpress_latex(text) == text


def test_styles_behind_a_formula_of_wordpress_are_looked_for_at_its_end():
    body = '&bg=a' * 20_000 + '+x'
    assert wordpress_latex(f'$latex {body}$') == f'${body}$'
