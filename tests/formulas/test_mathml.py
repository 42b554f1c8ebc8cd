from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import render_html, to_mathml, to_plain

SEEDS = Path(__file__).parents[2] / 'seeds'
LATEX = st.text(
    st.one_of(
        st.sampled_from('\\{}[]()$^_&%#~\'"<>|xyz1 \n'),
        st.characters(codec='utf-8'),
    )
)
PIECES = r"""
\frac \left \right ( ) { } \langle \begin{array}{c} \end{array} \color{red} \textcolor{tan} & \\ ^ _ %
\label{a} \tag{1} \def\a \a \text{ \big \href{x} \hat x \sqrt \eqref{e} \nonumber \unknown
\begin{equation} \end{equation}
"""
COMMANDS = st.lists(st.sampled_from(PIECES.split()), max_size=40).map(' '.join)


def formulas_of_the_seeds():
    pattern = re.compile(
        r'\$\$(?P<a>.+?)\$\$|(?P<b>\\begin\{(?P<e>equation\*?|align\*?|array)\}.+?\\end\{(?P=e)\})|\$(?P<c>[^$\n]+)\$',
        re.DOTALL,
    )
    return [
        (match['a'] or match['b'] or match['c'], match['c'] is None)
        for path in sorted(SEEDS.glob('*.txt'))
        for match in pattern.finditer(path.read_text(encoding='utf-8'))
    ]


def text_of(markup):
    return ''.join(ET.fromstring(markup).itertext())


def test_every_formula_of_the_seeds_is_converted():
    found = formulas_of_the_seeds()
    assert len(found) >= 50
    assert [latex for latex, display in found if to_mathml(latex, display=display) is None] == []


def test_a_formula_becomes_a_math_element():
    assert to_mathml('x^2') == '<math><msup><mi>x</mi><mn>2</mn></msup></math>'


@pytest.mark.parametrize('latex', [r'\mathfrak{I}', r'\mathfrak I', r'{\frak I}', r'\mathfrak{SI\ \imath}'])
def test_a_fraktur_i_is_no_double_struck_h(latex):
    assert to_mathml(latex).count('ℑ') == 1
    assert 'ℍ' not in to_mathml(latex)
    assert 'ℍ' in to_mathml(r'\mathbb{H}\mathfrak{g}')


def test_a_wide_tilde_is_the_accent():
    assert '>˜<' in to_mathml(r'\widetilde{abc}')
    assert to_plain(r'$\widetilde{x}$') == to_plain(r'$\tilde{x}$')


@pytest.mark.parametrize('address', ['javascript:alert(1)', 'https://example.org/?a=b&c#d'])
def test_of_a_link_the_text_is_shown(address):
    assert to_mathml(rf'\href{{{address}}}{{x}}') == to_mathml('x')


def test_a_displayed_formula_is_a_block():
    assert ET.fromstring(to_mathml('x', display=True)).get('display') == 'block'


@pytest.mark.parametrize(
    ('latex', 'shown'),
    [
        (r'a=b\label{eq:x}', 'a=b'),
        (r'\begin{equation}a=b\label{eq:x}\end{equation}', 'a=b'),
        (r'\begin{align}a&=b\\c&=d\nonumber\end{align}', 'a=bc=d'),
        (r'a=b\tag{7}', 'a=b(7)'),
        (r'\begin{equation}a=b\tag{7}\end{equation}', 'a=b(7)'),
        (r'\begin{split}a&=b\\c&=d\end{split}', 'a=bc=d'),
        (r'x\text{ 对比学习 }y', 'x\u00a0对比学习\u00a0y'),
        (r'\eqref{eq:loss_1}', '(eq:loss_1)'),
        ('a % a remark\n+b', 'a+b'),
        (r'x\text{ for $n>0$ only}', 'x\u00a0for\u00a0n>0\u00a0only'),
        (r'\begin{array}{c}a\\*b\end{array}', 'ab'),
        (r'\begin{array}{c}a\\[5pt]b\\\end{array}', 'ab'),
    ],
)
def test_what_only_directs_latex_is_not_shown(latex, shown):
    assert text_of(to_mathml(latex, display=True)) == shown


@pytest.mark.parametrize(
    ('latex', 'colour'),
    [
        (r'\color{skyblue}x', 'skyblue'),
        (r'\color{skyblue}{x}', 'skyblue'),
        (r'\textcolor{tomato}{x}', 'tomato'),
        (r'\textcolor{tomato}x', 'tomato'),
        (r'\color{#12abEF}x', '#12ABEF'),
        (r'\color[HTML]{FE0000}x+\color{tan}y', '#FE0000'),
    ],
)
def test_colours_are_those_of_css(latex, colour):
    assert f'color:{colour};' in to_mathml(latex)


@pytest.mark.parametrize(
    'latex',
    [
        r'\textcolor{tomato}{x}+y',
        r'\textcolor{tomato}x+y',
        r'\color{tomato}{x}+y',
        r'\color{tomato} {x}+y',
        r'\color{#12ABEF}{x}+y',
        r'\textcolor{#12ABEF}{x}+y',
        r'\color[HTML]{12ABEF}{x}+y',
        r'\textcolor[HTML]{12ABEF}{x}+y',
    ],
)
def test_a_colour_ends_with_its_argument(latex):
    coloured, _, rest = to_mathml(latex).partition('<mo>+</mo>')
    assert re.search('color:(tomato|#12ABEF);', coloured)
    assert 'color:' not in rest


@pytest.mark.parametrize('latex', [r'\color{tomato}x+y', r'{\color{tomato}x+y}', r'\color{tomato} x+y'])
def test_a_colour_without_an_argument_goes_on_to_the_end_of_its_group(latex):
    assert to_mathml(latex) == to_mathml(r'\textcolor{tomato}{x+y}')


def test_the_script_of_a_coloured_formula_is_as_mathjax_sets_it():
    assert to_mathml(r'\color{red}{x}^2') == to_mathml(r'\textcolor{red}{x}^2')


def test_many_colours_beside_each_other_are_not_nested():
    assert to_mathml(r'\color{red}{x}+' * 300 + 'y') is not None


@pytest.mark.parametrize(
    'latex',
    [
        r'\href{javascript:{alert(1)}}{x}',
        r'\url{x}',
        r'\includegraphics{x}',
        r'\unknowncommand x',
        '{',
        '}',
        r'\frac{a}',
        'a&b',
        'a\x00b',
        'a\u202eb',
        '',
        '   ',
        'x' * 20_001,
        r'\def\a{\a\a}\a',
    ],
)
def test_what_can_not_be_converted_safely_is_none(latex):
    assert to_mathml(latex) is None


@given(st.one_of(LATEX, COMMANDS))
def test_any_formula_is_well_formed_markup_without_links_or_none(latex):
    markup = to_mathml(latex)
    if markup is not None:
        root = ET.fromstring(markup)
        assert root.tag == 'math'
        assert not {'a', 'script', 'img'} & {element.tag for element in root.iter()}
        assert not re.search(r'&(?!lt;|gt;|amp;|quot;|#)', markup)


@given(st.one_of(LATEX, COMMANDS.map('${}$'.format)))
def test_any_text_becomes_well_formed_html(text):
    html = render_html(text)
    ET.fromstring(f'<p>{html}</p>')
    assert not re.search('<(?!/?(m[a-z]+|math|code)[ />])', html)


@given(st.one_of(LATEX, COMMANDS.map('${}$'.format)))
def test_any_text_becomes_one_plain_line(text):
    plain = to_plain(text)
    assert '\n' not in plain
    assert plain == plain.strip()


@given(st.text(st.characters(codec='utf-8', exclude_characters='$\\', exclude_categories=['Cc', 'Cn', 'Z'])))
def test_text_without_formulas_stays_as_it_is(text):
    assert to_plain(text) == text


@pytest.mark.parametrize(
    ('text', 'html'),
    [
        ('a < b & "c"', 'a &lt; b &amp; &quot;c&quot;'),
        ('</script><img onerror=x>', '&lt;/script&gt;&lt;img onerror=x&gt;'),
        (r'an unknown $\oops<b>$', r'an unknown <code class="blog-latex">\oops&lt;b&gt;</code>'),
        ('is $x$?', 'is <math><mi>x</mi></math>?'),
        ('costs $5 and $10', 'costs $5 and $10'),
        ('a\x00b', 'a\ufffdb'),
    ],
)
def test_prose_is_escaped_and_formulas_are_markup(text, html):
    assert render_html(text) == html


_UNITS = [
    '{',
    '(',
    r'\left(',
    r'\sqrt ',
    r'\hat1',
    r'\color{red}',
    r'\frac1',
    r'\langle x|',
    r'\bigl(',
    r'\begin{array}{c}',
]
_UNITS += [
    r'\text{',
    'x^{',
    r'\displaystyle ',
    '{(}',
    r'\log(',
    r'\def\a{(}\a ',
    r'\def\a{\a\a}\a',
    r'\mathrm{(',
    '[',
    "'",
]


def test_nothing_that_is_nested_or_repeated_crashes_or_stalls():
    # In a process of its own: a stack that overflows there would end this one.
    script = (
        'import sys; from sphinxext_blog.formulas import render_html, to_mathml, to_plain\n'
        'for unit in eval(sys.argv[1]):\n'
        '    for times in (20, 90, 1500, 20000 // len(unit), 200_000 // len(unit)):\n'
        '        to_mathml(unit * times); to_mathml(unit * times + "}" * times)\n'
        '        if times > 20000: render_html("$" + unit * times); to_plain(unit * times)\n'
        'print("done")'
    )
    done = subprocess.run(
        [sys.executable, '-c', script, repr(_UNITS)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.stdout.strip(), done.returncode) == ('done', 0), done.stderr[-500:]


def test_many_bras_are_converted_all_the_same():
    markup = to_mathml('+'.join([r'\langle a|'] * 40))
    assert text_of(markup).count('⟨') == 40
