from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.citations import find_citations


@pytest.mark.parametrize(
    ('text', 'titles'),
    [
        ('在《A》中', ['A']),
        ('《A》《B》', ['A', 'B']),
        ('《A》和《B》', ['A', 'B']),
        ('《〈Attention〉浅读》', ['〈Attention〉浅读']),
        ('《《A》》', ['A']),
        ('《《A》浅读》', ['《A》浅读']),
        ('《《A》与《B》》', ['《A》与《B》']),
        ('《A 》', ['A']),
        ('《A《B》', ['B']),
        ('《A》B》', ['A']),
        ('《》', []),
        ('《A', []),
        ('A》', []),
        ('《A\n\nB》', []),
        ('《A\nB》', ['A\nB']),
        ('⟪A⟫', ['A']),
        ('参考<<变分自编码器>>', ['变分自编码器']),
        ('cout << x >> y', []),
        ('a<<b>>c', []),
        ('《' + 'x' * 300 + '》', ['x' * 300]),
        ('《' + 'x' * 301 + '》', []),
        ('《$a<b$ 与 </script>"\'\\》', ['$a<b$ 与 </script>"\'\\']),
    ],
)
def test_what_is_a_citation(text, titles):
    assert [c.title for c in find_citations(text)] == titles


def test_the_span_includes_the_outer_marks():
    text = '见《A》。'
    (citation,) = find_citations(text)
    assert text[citation.start : citation.end] == '《A》'


@given(st.text(alphabet='《》〈〉a \n<中', max_size=80))
def test_citations_stand_in_order_without_overlap(text):
    found = find_citations(text)
    for citation in found:
        assert citation.title.strip()
        assert citation.title in text[citation.start : citation.end]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize('piece', ['《', '》', '<<', '<<中', '《\n', '《' * 400 + '》'])
def test_five_megabytes_of_brackets_are_read_to_the_end(piece):
    # A quadratic search would not come back today.
    text = piece * (5_000_000 // len(piece))
    assert all(0 <= citation.start < citation.end <= len(text) for citation in find_citations(text))
