from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.surrogates import encodable


@pytest.mark.parametrize(
    ('text', 'sound'),
    [
        ('a', 'a'),
        ('\ud83e\udd21 x', '\U0001f921 x'),
        ('\ud83e', '\ufffd'),
        ('\udd21\ud83e', '\ufffd\ufffd'),
        ('', ''),
    ],
)
def test_halves_are_joined(text, sound):
    assert encodable(text) == sound


@given(st.text(st.characters()))
def test_every_text_can_be_written(text):
    assert encodable(encodable(text)) == encodable(text)
    assert len(encodable(text).encode()) >= len(text) // 2
