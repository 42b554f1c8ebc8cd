"""YAML of strangers is of a size that its text tells."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.bounded_yaml import MOST_LEVELS, MOST_NODES, BoundedLoader


def load(text: str):
    return yaml.load(text, Loader=BoundedLoader)


def test_ordinary_yaml_is_read_with_its_aliases():
    text = 'a: &a [1, {b: c}]\nd: *a\ne: 2014-12-08\nf:\n- g\n'
    assert load(text) == yaml.safe_load(text)


# PyYAML writes these ends of lines as they are, and reads each of them as a blank.
texts = st.text(st.characters(exclude_characters='\x85\u2028\u2029', exclude_categories=['Cs']), max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_any_value_is_read_back(value):
    assert load(yaml.safe_dump(value, allow_unicode=True)) == value


LAUGHS = 'a: &a [x,x,x,x,x,x,x,x]\n' + ''.join(
    f'{name}: &{name} [{",".join([f"*{before}"] * 8)}]\n'
    for before, name in zip('abcdefgh', 'bcdefghi', strict=True)
)


@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('a: &a [*a]\n', 'in what it names'),
        ('&a {x: *a}\n', 'in what it names'),
        ('&a {*a : x}\n', 'in what it names'),
        (LAUGHS, 'too large'),
        ('[x' + ',x' * MOST_NODES + ']', 'too large'),
        ('[' * 100_000, 'nested too deeply'),
        ('{' * 100_000, 'nested too deeply'),
        ('- ' * 100_000, 'nested too deeply'),
    ],
    ids=['list', 'mapping', 'key', 'laughs', 'wide', 'brackets', 'braces', 'dashes'],
)
def test_what_is_out_of_bounds_is_an_error_at_once(text, words):
    begin = time.process_time()
    with pytest.raises(yaml.YAMLError, match=words):
        load(text)
    assert time.process_time() - begin < 60


def test_the_deepest_that_is_read():
    depth = MOST_LEVELS - 1
    assert load('[' * depth + ']' * depth)
    with pytest.raises(yaml.YAMLError):
        load('[' * (depth + 2) + ']' * (depth + 2))
