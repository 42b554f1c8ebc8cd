"""What Hugo, Jekyll, Hexo and Obsidian add to Markdown."""

from __future__ import annotations

import time

import pytest
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_syntax import SCHEME, heading_plugin, reference_plugin


def links(text):
    md = MarkdownIt()
    reference_plugin(md)
    tokens = [token for block in md.parse(text) for token in block.children or ()]
    return [
        (str(token.attrs['href']), tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == 'link_open'
    ]


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('[[Page]]', [(SCHEME + 'Page', 'Page')]),
        ('[[Page#Part|words]]', [(SCHEME + 'Page#Part', 'words')]),
        ('[[a/Page#Part]]', [(SCHEME + 'a/Page#Part', 'a/Page > Part')]),
        ('[[Page\\|cell]]', [(SCHEME + 'Page', 'cell')]),
        ('![[Note]]', [(SCHEME + 'Note', 'Note')]),
        ('[x]({% post_url 2014-a %})', [(SCHEME + '2014-a', 'x')]),
        ('[x]({{< ref "a.md#b" >}})', [(SCHEME + 'a.md#b', 'x')]),
        ('[x](y.md)', [('y.md', 'x')]),
        ('见{% post_link 梯度 %}。', [(SCHEME + '梯度', '梯度')]),
        ('{% post_link a some words true %}', [(SCHEME + 'a', 'some words')]),
        ('{% post_link "a b" \'Words\' %}', [(SCHEME + 'a b', 'Words')]),
        ('{% post_link %} `{% post_link a %}`', []),
        ('[x]({% link   %}) [y]({{< ref   >}})', []),
        ('[[]] [[a\nb]] [[a[b]] `[[c]]`', []),
    ],
)
def test_names_of_pages_are_links(text, found):
    assert links(text) == found


@pytest.mark.parametrize('opening', ['[x]({% link', '[x]({{< ref', '{% post_link a', '{% post_link a b'])
def test_long_tags_take_linear_time(opening):
    begin = time.process_time()
    links(opening + ' ' * 3000)
    assert time.process_time() - begin < 60


def test_a_picture_is_one_with_its_size():
    md = MarkdownIt()
    reference_plugin(md)
    [block] = [token for token in md.parse('![[a b.png|300x200]]') if token.children]
    [image] = block.children
    assert image.type == 'image'
    assert (image.attrs['src'], image.attrs['width'], image.attrs['height']) == (
        SCHEME + 'a b.png',
        '300px',
        '200px',
    )


def headings(text, title='', *, told=False):
    md = MarkdownIt()
    heading_plugin(md, title, told=told)
    tokens = md.parse(text)
    said = ''.join
    return [
        (t.tag, said(c.content for c in tokens[n + 1].children))
        for n, t in enumerate(tokens)
        if t.type == 'heading_open'
    ]


@pytest.mark.parametrize(
    ('text', 'title', 'told', 'found'),
    [
        ('# Own\n\n### Skips', 'T', False, [('h1', 'Own'), ('h2', 'Skips')]),
        ('text\n\n## A\n\n#### B', 'T', True, [('h1', 'T'), ('h2', 'A'), ('h3', 'B')]),
        ('# One\n\n# Two', 'T', True, [('h1', 'T'), ('h2', 'One'), ('h2', 'Two')]),
        ('# T\n\n# Two', 'T', True, [('h1', 'T'), ('h1', 'Two')]),
        ('text', '', False, []),
    ],
)
def test_a_post_has_one_title_and_no_gap(text, title, told, found):
    assert headings(text, title, told=told) == found
