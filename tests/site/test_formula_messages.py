"""The words of the formula page."""

from __future__ import annotations

from sphinxext_blog.site.formula_messages import messages


def test_a_site_in_chinese_has_them_in_chinese(make_site):
    english = messages()
    assert english['found'] == '{count} formulas found'
    post = ':blogpost:\n\n题\n==\n\n.. math:: a^2 + b^2 = c^2\n'
    text = make_site({'a.rst': post}, {'language': 'zh_CN'}).build().html('formulas')
    assert '预览' in text
    assert 'Only where title' not in text
