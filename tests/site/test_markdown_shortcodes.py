"""Shortcodes and tags of Hugo, Jekyll and Hexo become Markdown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.markdown_shortcodes import plain_shortcodes


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
        (
            '{% codeblock %}\n{% note %}\nx\n{% endnote %}\n{% endcodeblock %}',
            '``````\n{% note %}\nx\n{% endnote %}\n``````',
        ),
        ('{{< figure src="a b.png" caption="C [1]" >}}\nx', '![C [1\\]](<a b.png>)\nx'),
        (
            '{{< figure src="a b.png" caption="C <1> & *2*" width=\'30%\' >}}',
            '<figure><img src="a b.png" width="30%">'
            '<figcaption markdown="1">C &lt;1&gt; &amp; *2*</figcaption></figure>',
        ),
        ('x {{< img src="a.png" alt="A" width="9" >}} y', 'x <img src="a.png" alt="A" width="9"> y'),
        ('{% include figure.html image_path="/a.png" alt="A" %}', '![A](</a.png>)'),
        ('{% include image.html url="/a.png"\n  alt="A" %}\nx', '![A](</a.png>)\n\nx'),
        ('[x]({{ "/posts/b/" | relative_url }})', '[x](/posts/b/)'),
        ("![]({{ '/a.png' | prepend: site.baseurl }})", '![](/a.png)'),
        ('{{< figure\n  src="a.png"\n  alt="A" >}}\n\nx', '![A](<a.png>)\n\n\n\nx'),
        ('{{< toc >}}', '[TOC]'),
        ('[x]({{ site.baseurl }}/a/)', '[x](/a/)'),
        ('{{< math >}}$$x$$', '$$x$$'),
        ('```\n{% raw %}\n```', '```\n{% raw %}\n```'),
        ('{{< katex display >}}\nx^2 \\\\ y\n{{< /katex >}}', '$$\nx^2 \\\\ y\n$$'),
        ('{% katex display %}\nx\n{% endkatex %}', '$$\nx\n$$'),
        ('{% katex %}x{% endkatex %} y', '$x$ y'),
        ('{{< math >}}\n$$\nx\n$$\n{{< /math >}}', '\n$$\nx\n$$\n'),
        ('{{< youtube w7Ft2ymGmfc >}}', '<https://www.youtube.com/watch?v=w7Ft2ymGmfc>'),
        ('{% youtube w7Ft2ymGmfc %}', '<https://www.youtube.com/watch?v=w7Ft2ymGmfc>'),
        ('{{< vimeo id="146022717" title="x" >}}', '<https://vimeo.com/146022717>'),
        ('[x]({% post_url a %})', '[x]({% post_url a %})'),
        ('no braces', 'no braces'),
    ],
)
def test_shortcodes_become_markdown(text, shown):
    assert plain(text) == (shown, [])


def test_a_shortcode_that_means_nothing_here_is_told_with_its_line():
    text, [(line, message)] = plain('a\n\n{{< chart x >}}\nb')
    assert text == 'a\n\n\nb'
    assert line == 3
    assert "'chart'" in message


@given(st.text('{}%<>/ \n`~abraw"=', max_size=80))
def test_no_line_is_added_or_lost(text):
    assert plain(text)[0].count('\n') == text.count('\n')


def test_long_lines_take_linear_time():
    begin = time.process_time()
    for piece in ('{% ', '{{< ', '{{< figure src="', '`', '{% raw '):
        plain(piece * 20_000)
    for opening in (
        '{{<',
        '{{< a',
        '{{< highlight ',
        '{{< figure',
        '{% a',
        '{% highlight ',
        '{% include figure',
    ):
        plain(opening + 'a' * 20_000)
        plain(opening + ' ' * 20_000)
    assert time.process_time() - begin < 60


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('{% asset_img fig.png 图 %}', '![图](<fig.png>)'),
        (
            '{% img /a.png 300 200 \'"Title" "Words"\' %}',
            '<img src="/a.png" alt="Words" width="300" height="200">',
        ),
        ("{% img left /a.png 'Words' %}", '![Words](</a.png>)'),
        (
            '{% asset_img left fig.png 200 300 "The title" \'The words\' %}',
            '<img src="fig.png" alt="The words" width="200" height="300">',
        ),
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
        ('See {{< chart abc >}} here', 'See  here', [(1, 'chart')]),
        ('x\n{{% note %}}in{{% /note %}}', 'x\nin', [(2, 'note')]),
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


@pytest.mark.parametrize(
    ('text', 'shown', 'told'),
    [
        ('{% if x %}\na\n{% elsif y %}\nb\n{% else %}\nc\n{% endif %}', '\na\n\nb\n\nc\n', [(1, 'if')]),
        ('{% for x in y %}{% if z %}a{% endif %}{% endfor %} b', 'a b', [(1, 'for'), (1, 'if')]),
        ('{% if x %}\n{% endif %}\n{% if y %}\n{% endif %}', '\n\n\n', [(1, 'if'), (3, 'if')]),
        ('{% endif %}', '', [(1, 'if')]),
        (
            '{{< tabs >}}\n{{% tab "a" %}}\nx\n{{% /tab %}}\n{{< /tabs >}}',
            '\n\nx\n\n',
            [(1, 'tabs'), (2, 'tab')],
        ),
        ('{{< chart\n  id="x"\n>}}\ny', '\n\n\ny', [(1, 'chart')]),
        ('{{< youtube\n\nno end', '{{< youtube\n\nno end', []),
        ('{{< figure caption="no source" >}}', '', [(1, 'figure')]),
        ('`{% if x %}` and a {% unknown %}', '`{% if x %}` and a {% unknown %}', []),
        ('```\n{% if x %}\n{{< a\n>}}\n```', '```\n{% if x %}\n{{< a\n>}}\n```', []),
    ],
)
def test_blocks_are_told_once(text, shown, told):
    remarks = []
    assert (
        plain_shortcodes(text, lambda line, message: remarks.append((line, message.split("'")[1]))) == shown
    )
    assert remarks == told


def test_a_caption_is_markdown(make_site):
    png = bytes.fromhex(
        '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
        '1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082'
    )
    figure = '{{< figure src="/x.png" title="Ti" caption="A < B *of* $x$, [b](b.md)" alt="An x" >}}'
    files = {
        'index.md': '# I\n',
        'static/x.png': png,
        'a.md': f'---\ndate: 2020-01-01\n---\n\n# A\n\n{figure}\n\nText.\n',
        'b.md': '---\ndate: 2020-01-02\n---\n\n# B\n',
    }
    build = make_site(files, {}, myst=True).build()
    assert build.warnings == ''
    figure = build.soup('a').select_one('figure, div.figure')
    assert figure.img['alt'] == 'An x'
    caption = figure.select_one('figcaption, .caption')
    assert 'Ti A < B of' in caption.get_text()
    assert caption.strong.get_text() == 'Ti'
    assert caption.select_one('.math')
    assert caption.select_one('a[href="b.html"]')
