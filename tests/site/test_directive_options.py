"""Options read what a writer may say, and say what they mean."""

from __future__ import annotations

import pytest
from docutils.parsers.rst import directives

from sphinxext_blog.site.directive_options import Option, between, edge_kinds, list_format, list_style


def test_an_option_reads_and_means():
    option = Option('how many', between(1, 5))
    assert option('3') == 3
    assert not option.is_flag
    assert Option('oldest first', directives.flag).is_flag
    assert Option('a text')('x') == 'x'


@pytest.mark.parametrize('text', ['0', '6', '-1', 'x', ''])
def test_a_number_out_of_range_is_refused(text):
    with pytest.raises(ValueError, match=r'.'):
        between(1, 5)(text)


def test_kinds_of_edges_stand_in_commas_or_blanks():
    assert edge_kinds('cites, series formula') == 'cites series formula'


@pytest.mark.parametrize('text', ['cites nonsense', '', ','])
def test_what_is_no_kind_is_refused(text):
    with pytest.raises(ValueError, match='is none of'):
        edge_kinds(text)


def test_a_format_names_what_a_post_has():
    assert list_format(' {date} - {title} ') == '{date} - {title}'
    with pytest.raises(ValueError, match='nonsense'):
        list_format('{nonsense}')
    with pytest.raises(ValueError, match=r'.'):
        list_format('{date')
    for nothing in (None, '', ' '):
        with pytest.raises(ValueError, match='a format is needed'):
            list_format(nothing)


def test_the_mark_before_entries_is_one_of_ablogs():
    assert list_style(' Circle ') == 'circle'
    with pytest.raises(ValueError, match='square'):
        list_style('square')
