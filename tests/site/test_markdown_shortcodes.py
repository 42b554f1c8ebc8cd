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
