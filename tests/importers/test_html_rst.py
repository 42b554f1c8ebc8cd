"""The tree of a post as blocks of reStructuredText."""

from __future__ import annotations

import pytest
from docutils.core import publish_doctree

from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import parse_html


def blocks(html, **more):
    return [block.text for block in html_blocks(parse_html(html), **more)]


@pytest.mark.parametrize(
    ('html', 'rst'),
    [
        ('<p>One</p><div>Two<p>Three</p>Four</div>', ['One', 'Two', 'Three', 'Four']),
        ('<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', ['* a\n\n  * b\n\n* c']),
        ('<ol start="3"><li>a</li><li>b</li></ol>', ['3. a\n\n4. b']),
        ('<blockquote><p>a</p></blockquote>', ['..', '   a']),
        ('<dl><dt>t</dt><dd>d</dd></dl>', ['t\n   d']),
        ('<p>a</p><hr><p>b</p>', ['a', 'b']),
        ('<iframe src="https://v.org/1"></iframe>', ['`https://v.org/1 <https://v.org/1>`__']),
        ('<iframe src="javascript:x"></iframe>', []),
    ],
)
def test_each_block_stands_by_itself(html, rst):
    assert blocks(html) == rst


def test_code_keeps_its_lines_and_its_language():
    [code] = blocks('<pre><code class="language-python">x = 1\n  y</code></pre>')
    assert code == '.. code-block:: python\n\n   x = 1\n     y'


def test_headings_become_sections_in_order():
    found = '\n\n'.join(blocks('<h2>A</h2><p>a</p><h4>B</h4><p>b</p><h2>C</h2>'))
    document = publish_doctree(found, settings_overrides={'report_level': 5, 'doctitle_xform': False})
    assert [section[0].astext() for section in document.findall() if section.tagname == 'section'] == [
        'A',
        'B',
        'C',
    ]


def test_a_table_keeps_its_cells():
    [table] = blocks('<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x|y</td></tr></table>')
    document = publish_doctree(table, settings_overrides={'report_level': 5})
    cells = [entry.astext() for entry in document.findall() if entry.tagname == 'entry']
    assert cells == ['a', 'b', '1', 'x|y']


def test_blank_lines_part_paragraphs_in_wordpress_only_and_its_lines_end_where_the_authors_do():
    text = 'One\nline.\n\nTwo <b>bold</b>.\n\n<ul><li>a</li></ul>Three.'
    assert blocks(text, wordpress=True) == ['| One\n| line.', 'Two \\ **bold**\\ .', '* a', 'Three.']
    assert blocks('One.\n\nTwo.') == ['One. Two.']


def test_links_relate_to_the_page():
    [block] = blocks('<p><a href="../b/">b</a></p>', base='https://e.org/a/x.html')
    assert '<https://e.org/b/>' in block


@pytest.mark.parametrize(
    ('html', 'figure'),
    [
        (
            '<figure><img src="a.png"><figcaption>One <em>two</em><br>three<p>Four</p></figcaption></figure>',
            'One *two* three\n\n   Four',
        ),
        ('<div class="wp-caption"><img src="a.png"><p class="wp-caption-text">Words</p></div>', 'Words'),
        ('<p><img src="a.png" title="A title"></p>', 'A title'),
        ('<figure><img src="a.png" title="A title"><figcaption>Words</figcaption></figure>', 'Words'),
        ('<figure><img src="a.png"><figcaption><ul><li>a</li></ul></figcaption></figure>', '..\n\n   * a'),
    ],
)
def test_what_is_said_of_a_picture_stands_below_it(html, figure):
    [block] = blocks(html)
    head, _blank, caption = block.replace('\\ ', '').partition('\n\n   ')
    assert head.startswith('.. figure:: ')
    assert caption == figure
    publish_doctree(block, settings_overrides={'report_level': 1, 'halt_level': 2})


@pytest.mark.parametrize('title', ['IMG_1234', 'The words', ''])
def test_a_title_that_says_nothing_new_is_left_out(title):
    [block] = blocks(f'<img src="a.png" alt="The words" title="{title}">')
    assert block.startswith('.. image:: ')


def test_a_table_has_its_caption():
    [table] = blocks('<table><caption>Of $x$</caption><tr><td>1</td><td>2</td></tr></table>')
    assert table.replace('\\ ', '').startswith('.. list-table:: Of :math:`x`\n')


def test_headings_and_terms_are_one_line():
    assert blocks('<h2>One<br>two</h2>') == ['One two\n=======']
    assert blocks('<dl><dt>One<br>two</dt><dd>d</dd></dl>') == ['One two\n   d']


@pytest.mark.parametrize(
    ('told', 'width'), [('300', '300px'), ('50%', '50%'), ('300.5px', '300px'), ('auto', ''), ('0', '')]
)
def test_a_picture_keeps_its_width(told, width):
    [block] = blocks(f'<img src="a.png" width="{told}">')
    assert block.partition(':width: ')[2] == width
