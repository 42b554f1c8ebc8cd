"""Data as scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.scripts import data_script, read_data_script

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(json_values)
def test_data_comes_back_and_no_part_of_it_ends_the_script(value):
    content = data_script('blog.receive', 'name', value)
    assert not set(content.decode()[:-2]) & set('<>\u2028\u2029')
    if 'ud8' not in repr(value) and 'udc' not in repr(value):
        assert read_data_script(content) == ('name', value)


def test_half_a_surrogate_pair_does_not_stop_a_build():
    assert data_script('f', 'n', 'x\ud800') == b'f("n","x?");\n'


@pytest.mark.parametrize('content', [b'', b'alert(1)', b'f("n",1);alert(1);', b'f("n",{);\n', b'\xff'])
def test_anything_else_is_refused(content):
    with pytest.raises(ValueError, match=r'.'):
        read_data_script(content)


def test_a_number_that_json_lacks_is_refused():
    with pytest.raises(ValueError, match='JSON'):
        data_script('f', 'n', float('nan'))
