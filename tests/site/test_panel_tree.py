"""The trees of panels: HTML written at once says what docutils would have written."""

from __future__ import annotations

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.site.panel_tree import Element, Words, link_to, to_html, to_nodes

TEXTS = st.text('ab <>&"\'@$\\é《》\u202e😀', max_size=8)
CLASSES = st.lists(st.sampled_from(['blog-a', 'blog-b']), max_size=2, unique=True)


def _inline(inner):
    return st.builds(
        lambda kind, children, classes: Element(kind, *children, classes=classes, value='p.html#"a"&b'),
        st.sampled_from(['inline', 'strong', 'link']),
        st.lists(inner, min_size=1, max_size=3),
        CLASSES,
    )


INLINE = st.lists(st.recursive(TEXTS.filter(bool), _inline, max_leaves=4), min_size=1, max_size=3)
PARAGRAPHS = st.builds(
    lambda kind, children, classes: Element(kind, *children, classes=classes),
    st.sampled_from(['paragraph', 'rubric']),
    INLINE,
    CLASSES,
)
QUOTES = st.builds(lambda p: Element('block_quote', p), PARAGRAPHS.filter(lambda p: p.kind == 'paragraph'))
ENTRIES = st.builds(
    lambda first, rest: Element('list_item', first, *rest),
    PARAGRAPHS.filter(lambda p: p.kind == 'paragraph'),
    st.lists(QUOTES, max_size=2),
)
LISTS = st.builds(
    lambda entries, classes: Element('bullet_list', *entries, classes=classes),
    st.lists(ENTRIES, min_size=1, max_size=3),
    CLASSES,
)


@pytest.fixture(scope='module')
def builder(make_site):
    return make_site({'p.rst': 'P\n=\n'}).build('html').app.builder


@settings(max_examples=200)
@given(trees=st.lists(st.one_of(PARAGRAPHS, LISTS), min_size=1, max_size=3))
def test_html_is_what_docutils_writes(builder, trees):
    written = builder.render_partial(nodes.container('', *to_nodes(trees, builder)))['fragment']
    inside = written.partition('>\n')[2].removesuffix('</div>\n')
    assert to_html(trees, builder) == inside


def test_words_hold_formulas_and_other_text_does_not(builder):
    written = to_html([Element('paragraph', Words(r'a $x<y$ \$5'), ' $z$')], builder)
    assert written.startswith('<p>a <math')
    assert written.endswith(r'</math> $5 $z$</p>' + '\n')


def test_a_formula_that_can_not_be_shown_stands_as_it_was_written(builder):
    assert to_html([Words(r'$\unknowncommand<$')], builder) == (
        r'<code class="blog-latex">\unknowncommand&lt;</code>'
    )


def test_a_fold_is_html_and_its_list_elsewhere(builder):
    entries = Element('bullet_list', Element('list_item', Element('paragraph', 'a')))
    fold = Element('details', entries, value='1 < 2')
    picture = Element('html', value='<img src="a.png">')
    assert to_html([fold, picture], builder) == (
        '<details class="blog-details">\n<summary>1 &lt; 2</summary>\n'
        '<ul class="simple">\n<li><p>a</p></li>\n</ul>\n</details>\n<img src="a.png">'
    )
    assert [type(node) for node in to_nodes([fold, picture], builder)] == [nodes.bullet_list]


def test_a_link_has_the_address_that_the_builder_gives_it(builder):
    found = link_to(builder, 'folder/q', 'p', Words('P'), anchor='a')
    assert to_html([found], builder) == (
        '<a class="reference internal" href="../p.html#a"><span>P</span></a>'
    )
