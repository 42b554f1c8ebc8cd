"""Boxes of Hugo's themes and of Hexo."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.markdown_boxes import boxes_of, draw_boxes


def drawn(text):
    lines = text.split('\n')
    draw_boxes(lines, boxes_of(lines))
    return '\n'.join(lines)


@pytest.mark.parametrize(
    ('opening', 'heading'),
    [
        ('{{< notice warning >}}', '[!warning]'),
        ('{{% notice tip "A $x$ title" %}}', '[!tip] A $x$ title'),
        ('{{% notice style="info" title="Hi" icon="skull" %}}', '[!info] Hi'),
        ('{{< admonition type=question title="Why?" open=true >}}', '[!question] Why?'),
        ('{{< admonition note "Mine" true >}}', '[!note] Mine'),
        ('{{% alert color="warning" title="Look" %}}', '[!warning] Look'),
        ('{{< hint danger >}}', '[!danger]'),
        ('{{< tip >}}', '[!tip]'),
        ('{{< alert "circle-info" >}}', '[!note] circle-info'),
        ('{% note info %}', '[!info]'),
        ('{% note warning flat %}', '[!warning]'),
        ("{% note primary 'fas fa-bullhorn' modern %}", '[!note]'),
        ('{% note success no-icon 一个 标题 %}', '[!success] 一个 标题'),
        ('{%- note -%}', '[!note]'),
    ],
)
def test_a_notice_is_a_callout(opening, heading):
    name = opening.strip('{<%- }').split()[0]
    closing = f'{{% end{name} %}}' if opening.startswith('{%') else f'{{{{< /{name} >}}}}'
    assert drawn(f'a\n{opening}\nOne $x$.\n\n- two\n{closing}\nb') == (
        f'a\n> {heading}\n> One $x$.\n> \n> - two\n\nb'
    )


@pytest.mark.parametrize(
    ('opening', 'behind'),
    [
        ('blockquote', ['> words.', '']),
        ('blockquote Gauss, Disquisitiones', ['> words.\\', '> — Gauss, Disquisitiones']),
        (
            'blockquote Gauss https://example.org/ A page',
            ['> words.\\', '> — Gauss <https://example.org/> A page'],
        ),
        ('quote author="Gauss" source="A book"', ['> words.\\', '> — Gauss, A book']),
        ('pullquote left', ['> words.', '']),
        ('cq', ['> words.', '']),
    ],
)
def test_a_quotation_tells_whom_it_is_of(opening, behind):
    name = opening.split()[0]
    assert drawn(f'{{% {opening} %}}\nSome\nwords.\n{{% end{name} %}}').split('\n') == ['', '> Some', *behind]


def test_boxes_within_boxes_and_lists():
    assert drawn(
        '1. a\n\n   {{< note >}}\n   b\n   {{< quote >}}\n   c\n   {{< /quote >}}\n   {{< /note >}}\n2. d'
    ) == ('1. a\n\n   > [!note]\n   > b\n   > \n   > > c\n   > \n\n2. d')


@pytest.mark.parametrize(
    'text',
    [
        '{{< note >}}\nnot closed',
        'not opened\n{% endnote %}',
        '{{< note />}}\nx\n{{< /note >}}',
        '```\n{{< note >}}\nx\n{{< /note >}}\n```',
        'In the line {{< note >}}\nx\n{{< /note >}}',
        '{{< chart >}}\nx\n{{< /chart >}}',
        '{{< note.html >}}\nx\n{{< /note.html >}}',
    ],
)
def test_what_is_no_whole_box_stays(text):
    assert drawn(text) == text


@given(
    st.lists(
        st.sampled_from(
            ['{{< note >}}', '{{< /note >}}', '{% tip x %}', '{% endtip %}', '```', 'a', '', '  b']
        )
    ).map('\n'.join)
)
def test_no_line_is_lost_or_made(text):
    assert drawn(text).count('\n') == text.count('\n')


@pytest.mark.parametrize('unit', ['{{< tip >}}\n', '{% tip ', '{{< note "', '{{< /note >}}\n', '{{< tip a='])
def test_long_hostile_text_takes_linear_time(unit):
    start = time.process_time()
    drawn(unit * (200_000 // len(unit)))
    assert time.process_time() - start < 5


def test_boxes_in_a_post(make_site):
    text = (
        '---\ndate: 2020-01-01\n---\n\n# A\n\n{% note warning %}\nMind $x^2$.\n\n```python\nx = 1\n```\n'
        '{% endnote %}\n\n{% blockquote Gauss %}\nFew, but ripe.\n{% endblockquote %}\n'
    )
    build = make_site({'index.md': '# I\n\n```{toctree}\na\n```\n', 'a.md': text}, myst=True).build()
    assert build.warnings == ''
    box = build.soup('a').select_one('div.admonition.warning')
    assert box.select('span.math')
    assert box.select('div.highlight-python')
    assert build.soup('a').select_one('blockquote').text.split('\n') == ['', 'Few, but ripe.', '— Gauss', '']
