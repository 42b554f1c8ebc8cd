"""Footnotes and places of a page that its own links lead to."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import parse_html


def document(html, name='page'):
    text = '\n\n'.join(block.text for block in html_blocks(parse_html(html), name=name))
    return text, publish_doctree(
        text, settings_overrides={'report_level': 1, 'halt_level': 2, 'doctitle_xform': False}
    )


@pytest.mark.parametrize(
    'html',
    [
        # Hugo, kramdown, markdown-it
        '<p>Words<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup>.</p>'
        '<div class="footnotes"><hr><ol>'
        '<li id="fn:1"><p>The <em>note</em>. <a href="#fnref:1">↩︎</a></p></li></ol></div>',
        # pandoc
        '<p>Words<a href="#fn1" id="fnref1"><sup>1</sup></a>.</p><section class="footnotes"><ol><li id="fn1">'
        '<p>The <em>note</em>.<a href="#fnref1">↩</a></p></li></ol></section>',
        # Word
        '<p>Words<a href="#_ftn1" name="_ftnref1">[1]</a>.</p>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> The <em>note</em>.</p>',
        # docutils
        '<p>Words<a href="#n" id="r">[*]</a>.</p>'
        '<aside class="footnote" id="n"><p><a href="#r">*</a>The <em>note</em>.</p></aside>',
    ],
)
def test_a_note_that_leads_back_is_a_footnote(html):
    _text, doctree = document(html)
    [reference] = doctree.findall(nodes.footnote_reference)
    [note] = doctree.findall(nodes.footnote)
    assert reference['refid'] in note['ids']
    assert [p.astext().strip() for p in note.findall(nodes.paragraph)] == ['The note.']
    assert doctree[0].astext() == 'Words1.'
    assert not list(doctree.findall(nodes.enumerated_list))


def test_two_references_to_one_note_and_a_list_that_is_none():
    html = (
        '<p>A<a id="a" href="#n">1</a> b<a href="#n">1</a> c<a id="d" href="#m">2</a></p><ol><li>item</li>'
        '<li id="n">One <a href="#a">up</a></li><li id="m">Two <a href="#d">up</a></li></ol>'
    )
    _text, doctree = document(html)
    assert [note.astext().split('\n')[-1] for note in doctree.findall(nodes.footnote)] == ['One', 'Two']
    assert [item.astext() for item in doctree.findall(nodes.list_item)] == ['item']


@pytest.mark.parametrize(
    'place',
    [
        '<h2 id="x y">Part</h2><p>Text</p>',
        '<h2><a name="x y"></a>Part</h2><p>Text</p>',
        '<div id="x y"><p>Part</p></div>',
        '<p>Words <span id="x y">Part</span></p>',
        '<ul><li>a</li><li id="x y">Part</li></ul>',
        '<table><tr><td>a</td><td><p id="x y">Part</p></td></tr></table>',
        '<pre id="x y">Part</pre>',
    ],
)
def test_a_link_within_the_page_leads_to_its_place(place):
    text, doctree = document(f'<p>See <a href="#x y">there</a>.</p>{place}', name='Post')
    assert re.search(r'\.\. _post-[0-9a-f]{6}-x-y:', text)
    [link] = doctree.findall(nodes.reference)
    assert link.astext() == 'there'
    target = doctree.ids[link['refid']]
    if isinstance(target, nodes.target):
        target = target.next_node(ascend=True)
    assert 'Part' in target.astext()


@pytest.mark.parametrize(
    'html',
    [
        '<p>See <a href="#none">there</a>.</p>',
        '<p>See <a href="#x">there</a>.</p><span class="katex-html" id="x">1</span>',
    ],
)
def test_a_link_to_what_is_not_there_is_text(html):
    _text, doctree = document(html)
    assert not list(doctree.findall(nodes.reference))
    assert 'See there.' in doctree.astext()


def test_two_pages_of_one_name_have_labels_of_their_own():
    html = '<p>See <a href="#intro">there</a>.</p><h2 id="intro">Intro</h2><p>Of {}.</p>'
    found = [
        re.findall(r'^\.\. _(.+):$', document(html.format(words), name='index')[0], re.MULTILINE)
        for words in ('norms', 'flows', 'norms')
    ]
    assert found[0] == found[2]
    assert len({label for labels in found for label in labels}) == 2


def test_a_place_that_no_link_leads_to_has_no_label():
    text, _doctree = document('<h2 id="x">Part</h2><p id="y">Text <a href="#x">¶</a></p>')
    assert '.. _' not in text
