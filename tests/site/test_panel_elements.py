"""The two nodes of panels, as each builder writes them."""

from __future__ import annotations

import pytest
from docutils import nodes

from sphinxext_blog.site.panel_elements import blog_details, blog_panel


@pytest.fixture(scope='module')
def builder(make_site):
    return make_site({'p.rst': 'P\n=\n'}).build('html').app.builder


def fragment(builder, *content):
    return builder.render_partial(nodes.container('', *content))['fragment']


def test_a_panel_is_an_aside_that_says_what_it_is(builder):
    panel = blog_panel('', nodes.paragraph('', 'x'), classes=['blog-panel'], label='A "label"')
    assert '<aside aria-label="A &quot;label&quot;" class="blog-panel">' in fragment(builder, panel)


def test_a_panel_is_filled_when_it_is_written_and_is_empty_again(builder):
    panel = blog_panel('', classes=['blog-panel'])

    def fill():
        panel['html'] = '<p>made now</p>'
        panel.append(nodes.paragraph('', 'and this'))
        return True

    panel['fill'] = fill
    text = fragment(builder, panel)
    assert '<p>made now</p>' in text
    assert 'and this' in text
    assert panel.children == []
    assert 'html' not in panel


def test_a_panel_that_comes_out_empty_is_not_there(builder):
    panel = blog_panel('', classes=['blog-panel'], fill=lambda: False)
    assert 'aside' not in fragment(builder, panel)


def test_details_unfold_what_they_hold(builder):
    text = fragment(builder, blog_details('', nodes.paragraph('', 'x'), summary='1 < 2'))
    assert '<summary>1 &lt; 2</summary>' in text
    assert text.index('<summary>') < text.index('<p>x</p>') < text.index('</details>')
