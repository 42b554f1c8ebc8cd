from __future__ import annotations

import re

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Class
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.importers.document import Document
from sphinxext_blog.importers.latex import inline_spans
from sphinxext_blog.importers.model import Block
from sphinxext_blog.importers.rst import write

SETTINGS = {
    'report_level': 1,
    'halt_level': 2,
    'warning_stream': False,
    'smart_quotes': True,
    'doctitle_xform': False,
}


def read(document: Document) -> nodes.document:
    """Parse with docutils; a warning raises."""
    # Of Sphinx, whose tests take it away; docutils 0.20 has none.
    directives.register_directive('rst-class', Class)
    text = write(document).replace('   :nowrap:\n', '')
    return publish_doctree(text, settings_overrides=SETTINGS)


def paragraphs(tree: nodes.document) -> list[str]:
    """Text of the paragraphs outside the metadata, formulas between dollar signs."""
    return [dollars(node) for node in tree.findall(nodes.paragraph) if not in_metadata(node)]


def dollars(node: nodes.Element) -> str:
    return ''.join(f'${n.astext()}$' if isinstance(n, nodes.math) else n.astext() for n in node.children)


def in_metadata(node: nodes.Node) -> bool:
    while node is not None:
        if isinstance(node, nodes.docinfo):
            return True
        node = node.parent
    return False


def expected(text: str) -> str:
    """What a paragraph must read like: white space flattened, formulas stripped."""
    text = re.sub('[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+', ' ', text).strip()
    text = re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', '\ufffd', text)
    pieces, at = [], 0
    for span in inline_spans(text):
        body = span.body.strip().replace('`', '‘')
        if (len(body) - len(body.rstrip('\\'))) % 2:
            body += ' {}'
        pieces += [text[at : span.start], f'${body}$']
        at = span.end
    return ''.join([*pieces, text[at:]])


def a_post(*texts: str, **fields: object) -> Document:
    return Document(title='题', blocks=tuple(Block('paragraph', text) for text in texts), **fields)


@pytest.mark.parametrize(
    'text',
    [
        '1. 不是列表',
        '(a) 不是列表',
        'i) no',
        '#. no',
        '- no',
        '* no',
        '• no',
        '.. note:: no',
        '.. _no: http://a.b',
        '__ http://a.b',
        ':field: no',
        ':math:`no',
        '>>> no',
        '| no',
        '====',
        '=====  ====',
        '+---+---+',
        '-v  no',
        '--no-option  no',
        '/V  no',
        'literal::',
        '::',
        '> quoted',
        '*em* **strong** `role` ``literal`` |sub| ref_ ref__ [1]_ _`target`',
        r'\alpha \\ \* \`',
        r'价格\$0.01',
        '"quotes" and \'single\' -- dashes --- more ... dots .... . . .',
        "l'Hôpital",
        r'\. \- \" \' &#92; &#46; &#45; &#34; &#39; &#96; &amp; &#1;',
        'http://spaces.ac.cn/archives/1_2*3',
        '</script><b>&amp;',
        '\u202eabc\u202c\U0001f600',
        '《a》《b》',
        '中$x$文$y$',
        r'当$\text{若 $x$ 则}$时',
        r'$x\ $',
        r'$a\\$',
        '$a`b$',
        '$x$',
        '$',
        '$$',
        '$a{b$',
        r'$10^9$ 次操作约 $\$0.01$',
        'a  b',
        'x$y$z*w*',
        ':a:$x$: b',
    ],
)
def test_a_paragraph_reads_as_it_was_written(text):
    assert paragraphs(read(a_post(text))) == [expected(text)]


markup = st.text(alphabet='\\*`_|$:.-+=>#()[]{}<>~^"\'/ab1 \t中,。\u3000\xa0《\x00\x0b\u2028', max_size=40)


@settings(max_examples=200)
@given(st.lists(st.one_of(markup, st.text(max_size=40)), min_size=1, max_size=3))
def test_arbitrary_paragraphs_survive(texts):
    wanted = [e for e in map(expected, texts) if e]
    assert paragraphs(read(a_post(*texts))) == wanted


@settings(max_examples=100)
@given(markup.filter(expected))
def test_arbitrary_titles_survive(title):
    tree = read(Document(title=title))
    assert dollars(tree.next_node(nodes.title)) == expected(title)


@settings(max_examples=100)
@given(st.sampled_from(['heading', 'caption']), markup)
def test_arbitrary_headings_and_captions_survive(kind, text):
    tree = read(Document(title='t', blocks=(Block(kind, text),)))
    found = [dollars(n) for n in tree.findall(nodes.rubric)] if kind == 'heading' else paragraphs(tree)
    assert found == [e for e in [expected(text)] if e]
    if kind == 'caption':
        assert all(
            n['classes'] == ['blog-caption'] for n in tree.findall(nodes.paragraph) if not in_metadata(n)
        )


@pytest.mark.parametrize(
    ('latex', 'lines'),
    [
        (r'x=1', ['.. math::', '', '   x=1']),
        (
            r'\begin{equation}x\label{eq:a}\end{equation}',
            ['.. math::', '   :nowrap:', '', r'   \begin{equation}x\label{eq:a}\end{equation}'],
        ),
        (
            '\\begin{align*}a\\\\[5pt]\n\nb\\end{align*}',
            ['.. math::', '   :nowrap:', '', '   \\begin{align*}a\\\\[5pt]', '   b\\end{align*}'],
        ),
        (r'\begin{array}{c}a\end{array}', ['.. math::', '', r'   \begin{array}{c}a\end{array}']),
        (':name: x', ['.. math::', '', '   :name: x']),
        (
            r'\begin{equation}a\end{equation}\begin{equation}b\end{equation}',
            [
                *('.. math::', '   :nowrap:', '', r'   \begin{equation}a\end{equation}', ''),
                *('.. math::', '   :nowrap:', '', r'   \begin{equation}b\end{equation}'),
            ],
        ),
    ],
)
def test_a_display_formula_keeps_its_source(latex, lines):
    text = write(Document(title='t', blocks=(Block('math', latex),)))
    assert text.split('\n')[6:-1] == lines


def test_metadata_is_read_back_as_it_was_given():
    document = Document(
        title='题',
        title_derived=True,
        date=PartialDate(None, 12, 8),
        author='O*Neil_ `x`',
        readers=67078,
        sources=('000_a.txt', 'b--c.txt'),
        aliases=(r'别名$\alpha$', 'a | b'),
        tags=('x', 'y'),
        series='系列',
        series_index=0,
        url='https://a.b/c_d?e=--f',
        draft=True,
        language='zh',
    )
    info = next(read(document).findall(nodes.docinfo))
    found = {
        (n[0].astext() if isinstance(n, nodes.field) else n.tagname): (
            n[1].astext() if isinstance(n, nodes.field) else n.astext()
        )
        for n in info
    }
    assert found == {
        'blogpost': 'true',
        'date': '--12-08',
        'author': 'O*Neil_ `x`',
        'readers': '67078',
        'sources': '000_a.txt, b--c.txt',
        'aliases': '别名$\\alpha$ | a\xa0|\xa0b',
        'title-derived': 'true',
        'tags': 'x, y',
        'series': '系列',
        'series-index': '0',
        'url': 'https://a.b/c_d?e=--f',
        'draft': 'true',
        'language': 'zh',
    }


def test_what_is_unknown_has_no_field():
    assert write(Document(title='t')) == ':blogpost: true\n\n====\nt\n====\n'


@pytest.mark.parametrize(
    'text',
    [
        '字' * 30_000,
        'a b' * 10_000,
        '\\' * 10_000,
        '*' * 20_000,
        ' x' * 12_000,
        'x' + '\u3000' * 20_000 + 'y',
        '$x$中' * 8_000,
        'é*' * 9_000,
        '* $x$ \\ ' * 3_000,
    ],
    ids=str.__len__,
)
def test_a_paragraph_longer_than_a_line_of_docutils_is_whole(text):
    assert paragraphs(read(a_post(text))) == [expected(text)]


def test_a_long_formula_keeps_its_signs():
    latex = r'\alpha+{x}' * 3_000
    for block in (Block('paragraph', f'${latex}$'), Block('math', latex), Block('heading', f'${latex}$')):
        tree = read(Document(title='t', blocks=(block,)))
        (formula,) = [*tree.findall(nodes.math), *tree.findall(nodes.math_block)]
        assert ''.join(formula.astext().split()) == latex


@pytest.mark.parametrize('title', ['字' * 10_000, '*' * 10_000, '$x$' * 4_000, 'a' * 10_000, '\\' * 10_000])
def test_a_title_too_long_for_a_heading_is_cut_and_kept_as_an_alias(title):
    tree = read(Document(title=title))
    shown = dollars(tree.next_node(nodes.title))
    assert shown.endswith('…')
    assert title.startswith(shown.rstrip('…'))
    fields = {n[0].astext(): n[1].astext() for n in tree.findall(nodes.field)}
    assert fields['aliases'] == title
