"""What Hugo, Jekyll, Hexo and Obsidian add to Markdown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_syntax import SCHEME, heading_plugin, plain_shortcodes, reference_plugin


def plain(text):
    told = []
    return plain_shortcodes(text, lambda line, message: told.append((line, message))), told


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('{% raw %}$a$ {{ b }}{% endraw %}', '$a$ {{ b }}'),
        ('{% highlight ruby %}\nputs 1\n{% endhighlight %}', '``````ruby\nputs 1\n``````'),
        (
            '{{< highlight python "linenos=table" >}}\n{{< x >}}\n{{< /highlight >}}',
            '``````python\n{{< x >}}\n``````',
        ),
        ('{{< figure src="a b.png" caption="C [1]" >}}', '![C [1\\]](<a b.png>)'),
        ('[x]({{ site.baseurl }}/a/)', '[x](/a/)'),
        ('{{< math >}}$$x$$', '$$x$$'),
        ('```\n{% raw %}\n```', '```\n{% raw %}\n```'),
        ('[x]({% post_url a %})', '[x]({% post_url a %})'),
        ('no braces', 'no braces'),
    ],
)
def test_shortcodes_become_markdown(text, shown):
    assert plain(text) == (shown, [])


def test_a_shortcode_that_means_nothing_here_is_told_with_its_line():
    text, [(line, message)] = plain('a\n\n{{< youtube x >}}\nb')
    assert text == 'a\n\n\nb'
    assert line == 3
    assert "'youtube'" in message


@given(st.text('{}%<>/ \n`~abraw"=', max_size=80))
def test_no_line_is_added_or_lost(text):
    assert plain(text)[0].count('\n') == text.count('\n')


def test_long_lines_take_linear_time():
    begin = time.process_time()
    for piece in ('{% ', '{{< ', '{{< figure src="', '`', '{% raw '):
        plain(piece * 20_000)
    assert time.process_time() - begin < 60


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
        ('[[]] [[a\nb]] [[a[b]] `[[c]]`', []),
    ],
)
def test_names_of_pages_are_links(text, found):
    assert links(text) == found


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


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('{% asset_img fig.png 图 %}', '![图](<fig.png>)'),
        ('{% asset_img left fig.png 200 300 "The title" \'The words\' %}', '![The words](<fig.png>)'),
        ('a {% asset_img fig.png %} b', 'a ![](<fig.png>) b'),
        ('{% codeblock lang:python line_number:false %}\nx\n{% endcodeblock %}', '``````python\nx\n``````'),
        ('{% codeblock A title lang:js %}\nx\n{% endcodeblock %}', '``````js\nx\n``````'),
        ('{% codeblock %}\nx\n{% endcodeblock %}', '``````\nx\n``````'),
    ],
)
def test_tags_of_hexo(text, shown):
    assert plain_shortcodes(text, lambda *_: None) == shown


@pytest.mark.parametrize(
    ('text', 'shown', 'told'),
    [
        ('See {{< youtube abc >}} here', 'See  here', [(1, 'youtube')]),
        ('x\n{{% note %}}in{{% /note %}}', 'x\nin', [(2, 'note'), (2, 'note')]),
        (
            '`{{< youtube abc >}}` and [a]({{< ref "b.md" >}})',
            '`{{< youtube abc >}}` and [a]({{< ref "b.md" >}})',
            [],
        ),
        ('{{< katex >}}\\int x{{< /katex >}} and', '$\\int x$ and', []),
        ('see {{< relref "b.md" >}} there', 'see [b.md]({{< relref "b.md" >}}) there', []),
        ('[a]: {{< ref "b.md" >}}', '[a]: {{< ref "b.md" >}}', []),
        ('{{< katex display >}}\\int x{{< /katex >}}', '$$\\int x$$', []),
        ('{{< math >}}$x$ and $y${{< /math >}}', '$x$ and $y$', []),
    ],
)
def test_shortcodes_within_a_line(text, shown, told):
    remarks = []
    assert (
        plain_shortcodes(text, lambda line, message: remarks.append((line, message.split("'")[1]))) == shown
    )
    assert remarks == told


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('a {% comment %}secret{% endcomment %} b', 'a  b'),
        ('a\n{% comment %}\nsecret\n\nnote {{ x }}\n{%- endcomment -%}\nb', 'a\n\n\n\n\n\nb'),
        ('a {% comment %} secret\nand more', 'a \n'),
        (
            '```\n{% comment %}\ncode\n{% endcomment %}\n```',
            '```\n{% comment %}\ncode\n{% endcomment %}\n```',
        ),
    ],
)
def test_comments_of_liquid_are_not_shown(text, shown):
    assert plain(text) == (shown, [])
