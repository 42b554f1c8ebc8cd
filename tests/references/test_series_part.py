from __future__ import annotations

from sphinxext_blog.references.series_part import series_key
from sphinxext_blog.references.series_titles import parse_title


def test_another_part_is_named_in_the_style_of_this_one():
    part = parse_title('低秩之路（三）：CR')
    assert part is not None
    assert part.head_for(1) == '低秩之路（一）'


def test_the_word_series_is_no_part_of_the_name():
    assert series_key('路径积分系列') == series_key('路径积分') == series_key('「路径积分」 系列')
    assert series_key('系列') == '系列'
