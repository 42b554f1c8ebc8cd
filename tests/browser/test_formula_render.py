"""Formulas that a reader types, as MathML: in a real browser, from ``file://``, whatever is typed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from update_temml import FOLDER, VERSION

from sphinxext_blog.formulas import to_mathml

SCRIPTS = FOLDER.parent
POLICY = "default-src 'none'; script-src file:; style-src 'none'"
HEAD = f"""<!DOCTYPE html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<div id="shown"></div>
<script src="{(FOLDER / 'temml.min.js').as_uri()}"></script>
<script src="{(SCRIPTS / 'formula-render.js').as_uri()}"></script>"""
RENDER = '([latex, options]) => blogFormulas.render(latex, document.getElementById("shown"), options)'
LOOK = """() => {
  const root = document.getElementById('shown');
  const elements = [...root.querySelectorAll('*')];
  return {
    text: root.textContent,
    html: root.innerHTML,
    names: [...new Set(elements.map((e) => e.namespaceURI.split('/').pop() + ' ' + e.localName))],
    attributes: [...new Set(elements.flatMap((e) => e.getAttributeNames()))],
    styles: elements.map((e) => e.getAttribute('style') ?? '').join(';'),
  };
}"""
KNOWN_ATTRIBUTES = set(
    """accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace
    mathsize mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy
    style symmetric voffset width""".split()
)
HOSTILE = [
    r'\href{javascript:alert(1)}{x}',
    r'\url{javascript:alert(1)}',
    r'\ref{x" onclick="alert(1)}',
    r'\eqref{javascript:alert(1)}',
    r'\includegraphics{https://example.org/x.png}',
    r'\includegraphics[alt={<img src=x onerror=alert(1)>}]{x.png}',
    r'\htmlData{onclick=alert(1)}{x}',
    r'\data{onclick=alert(1)}{x}',
    r'\id{a}{x}\class{a" onclick="alert(1)}{x}',
    r'\style{background:url(https://example.org/x)}{x}',
    r'\textcolor{url(https://example.org/x)}{x}',
    r'\color{red;background:url(https://example.org/x)}x',
    r'\colorbox{expression(alert(1))}{x}',
    r'\text{</script><script>alert(1)</script>}',
    r'</script><script>alert(1)</script>',
    r'</math><img src=x onerror=alert(1)>',
    r'\text{<img src=x onerror=alert(1)>}',
    r'x_{<svg onload=alert(1)>}',
    r'\tag{<img src=x onerror=alert(1)>}x',
    r'\label{"><img src=x onerror=alert(1)>}x',
    r'\begin{align}x\label{"><img src=x onerror=alert(1)>}\end{align}',
    r'\operatorname{<iframe src=javascript:alert(1)>}',
    r'\unicode{<script>}\char"3C \char60 script\char62',
    r'\mathop{\rlap{<style>*{}</style>}}',
    '\u202ex\u2066',
    '\x00x',
    '\ud800',
    r'\def\a{\a\a}\a',
    r'\def\a{x}\def\b{\a\a}\def\c{\b\b}\def\d{\c\c}\def\e{\d\d}\def\f{\e\e}\f\f\f\f\f\f\f\f',
    r'\newcommand\a[1]{#1#1#1#1}' + r'\a{' * 12 + 'x' + '}' * 12,
    r'\let\a=\a\a',
    r'\gdef\x{\csname y\endcsname}\x',
    '{' * 10_000 + '}' * 10_000,
    '{' * 3_900 + 'x' + '}' * 3_900,
    '{' * 7_000,
    r'\sqrt{' * 900 + 'x' + '}' * 900,
    'x^{' * 1_500 + 'x' + '}' * 1_500,
    r'\left(' * 900 + r'\right)' * 900,
    r'\begin{matrix}' * 200 + r'\end{matrix}' * 200,
    r'\hat' * 1_500 + ' x',
    '&' * 4_000,
    r'\\' * 3_900,
    'x' * 100_000,
    r'\frac' * 20_000,
    r'\text{' + '字' * 7_000 + '}',
]


@pytest.fixture
def shown(page, tmp_path):
    """Show a formula: whether it is mathematics, and what stands on the page then."""
    asked: list[str] = []
    (tmp_path / 'page.html').write_text(HEAD, encoding='utf-8')
    page.add_init_script('window.alert = () => { throw new Error("a script ran"); }')
    page.goto((tmp_path / 'page.html').as_uri())
    page.on('request', lambda request: asked.append(request.url))

    def show(latex, **options):
        # as JSON, since half a surrogate pair is no UTF-8
        argument = json.dumps([latex, options])
        done = page.evaluate(f'(json) => ({RENDER})(JSON.parse(json))', argument)
        look = page.evaluate(LOOK)
        assert asked == []
        return done, look

    return show


@pytest.mark.parametrize('latex', HOSTILE, ids=lambda latex: ascii(latex[:40]))
def test_nothing_hostile_comes_of_it(shown, page, latex):
    for display in (True, False):
        started = time.monotonic()
        done, look = shown(latex, display=display)
        assert time.monotonic() - started < 60
        if done:
            assert all(name.startswith('MathML ') for name in look['names'])
            assert set(look['attributes']) <= KNOWN_ATTRIBUTES
            assert 'url' not in look['styles']
            assert '(' not in look['styles'].replace('rgb(', '')
        else:
            assert look['names'] == ['xhtml code']
            assert look['attributes'] == ['class']
            assert look['text'].startswith(latex[:8000])
        assert page.locator('script, img, a, iframe, style, svg, span').count() == 2  # ours
        assert page.evaluate('document.body.offsetHeight') > 0  # it can be laid out
    assert shown('x')[0]  # and the page is as it was


def test_what_temml_itself_would_do_is_not_done(shown, page):
    assert '<a href' in page.evaluate(r'() => temml.renderToString("\\ref{x}", { trust: false })')
    done, look = shown(r'see \ref{x}')
    assert done
    assert look['text'].replace(' ', '') == 'seex'


def test_a_formula_that_fails_is_shown_as_its_latex(shown):
    done, look = shown(r'\unknown{<b>}')
    assert not done
    assert look['html'] == r'<code class="blog-latex">\unknown{&lt;b&gt;}</code>'


@pytest.mark.parametrize('latex', ['', ' \n '])
def test_nothing_is_no_formula(shown, latex):
    assert shown(latex) == (False, {**shown(latex)[1], 'text': latex})


def test_a_long_text_is_cut(shown):
    done, look = shown('x' * 100_000)
    assert not done
    assert look['text'] == 'x' * 8000 + '…'


@pytest.mark.parametrize(
    ('latex', 'text'),
    [
        (r'\begin{equation}x\label{a}\end{equation}', 'x'),
        (r'\begin{equation*}x\tag{1}\end{equation*}', 'x'),
        (r'\begin{align}a&=b\label{x}\\c&=d\nonumber\end{align}', 'a=bc=d'),
        (r'\begin{align*}a&=b\tag*{$*$}\end{align*}', 'a=b'),
        (r'\begin{alignat}{2}a&=b&c&=d\end{alignat}', 'a=bc=d'),
        (r'\begin{flalign}a&=b\end{flalign}', 'a=b'),
        (r'\begin{gather}a\\b\end{gather}', 'ab'),
        (r'\begin{multline*}a\\b\end{multline*}', 'ab'),
        (r'\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}', 'a=bc=d'),
        (r'\begin{split}a&=b\end{split}', 'a=b'),
        (r'a &= b \\ &= c', 'a=b=c'),
        (r'\begin{equation}a &= b \\ &= c\end{equation}', 'a=b=c'),
        (r'\mbox{if }x_1', 'if x1'),
        (r'\text{a_b & c $x_1$}', 'a_b & c x1'),
        (r'by \eqref{eq:a_b}', 'by(eq:a_b)'),
        ('x % a comment\n+ 1', 'x+1'),
        (r'\DeclareMathOperator{\argmin}{argmin}\argmin', 'argmin'),
        (r'\newcommand{\R}{\mathbb{R}}\R', 'ℝ'),
        (r'\color{red}{x}+y', 'x+y'),
        ('中文', '中文'),
    ],
)
def test_what_posts_write_is_understood(shown, latex, text):
    done, look = shown(latex, display=True)
    assert done
    assert ''.join(c for c in look['text'] if c not in '\u2061\u2009\xa0').replace(' ', '') == text.replace(
        ' ', ''
    )


def test_a_colour_ends_with_its_argument(shown):
    assert shown(r'\color{red}{x}+y')[1]['styles'].count('color') == 1
    assert shown(r'\color{red} x+y')[1]['styles'].count('color') > 1


@pytest.mark.parametrize(
    'macros',
    [
        {'norm': [r'\Vert #1\Vert', 1], 'RR': r'\mathbb{R}'},
        {r'\norm': r'\Vert #1\Vert', r'\RR': r'\mathbb R'},
    ],
)
def test_macros_are_those_of_mathjax(shown, macros):
    done, look = shown(r'\norm{x}\in\RR', macros=macros)
    assert done
    assert look['text'] == '‖x‖∈ℝ'
    assert not shown(r'\norm{x}')[0]  # and hold for that formula only


def test_macros_may_be_those_of_the_search(shown, page):
    page.evaluate(
        """() => { window.macros = { table: new Map([
          ['\\\\norm', { body: ['\\\\Vert', '#1', '\\\\Vert'], count: 1, option: null }],
          ['\\\\a', { body: ['\\\\alpha', 'b'], count: 0, option: null }],
        ]) }; }"""
    )
    latex = r'\norm{x}\a'
    show = (
        '(latex) => blogFormulas.render(latex, document.getElementById("shown"), { macros: window.macros })'
    )
    assert page.evaluate(show, latex)
    assert page.locator('#shown').text_content() == '‖x‖αb'


@pytest.mark.parametrize(
    'latex',
    [
        r'\hat x',
        r'\vec v',
        r'\bar x',
        r'\tilde x',
        r'\dot x',
        r'\widetilde{ab}',
        r'\overline{ab}',
        r'\underline{ab}',
    ],
)
def test_accents_are_those_of_the_pages(shown, latex):
    _, look = shown(latex)
    ours = to_mathml(latex)
    assert look['text'] == ''.join(c for c in look['text'] if c in ours)
    assert ('accent="true"' in look['html']) == ('accent="true"' in ours)
    assert ('accentunder="true"' in look['html']) == ('accentunder="true"' in ours)


def test_a_displayed_formula_is_a_block(shown):
    assert shown('x', display=True)[1]['html'].startswith('<math display="block">')
    assert shown('x')[1]['html'].startswith('<math><')


def test_the_version_is_that_of_the_list(shown, page):
    shown('x')
    assert page.evaluate('temml.version') == VERSION
    readme = (FOLDER / 'README.md').read_text(encoding='utf-8')
    assert f'| {VERSION} |' in readme
    assert 'MIT' in (FOLDER / 'temml-licence.txt').read_text(encoding='utf-8')


def test_real_formulas_are_shown(shown, page, corpora):
    files = [file for file in sorted(corpora.rglob('*')) if file.suffix in {'.md', '.tex'} and file.is_file()]
    latex = [
        piece
        for file in files[::10]
        for piece in Path(file).read_text(encoding='utf-8', errors='replace').split('$$')[1::2]
    ]
    assert len(latex) > 50
    shown('x')
    show = 'blogFormulas.render(latex, document.getElementById("shown"), { display: true })'
    done = page.evaluate(f'(all) => all.map((latex) => {show})', latex)
    assert sum(done) / len(done) > 0.9
