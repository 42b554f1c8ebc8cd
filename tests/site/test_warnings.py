"""Warnings have types that the manual explains."""

from __future__ import annotations

from typing import get_args

from sphinxext_blog.site.warnings import SUBTYPES, Subtype, warn


def test_every_subtype_has_a_meaning():
    assert set(SUBTYPES) == set(get_args(Subtype))
    assert all(len(meaning) > 10 for meaning in SUBTYPES.values())


def test_a_warning_holds_nothing_that_controls_a_terminal(make_site):
    files = {'a.md': '---\ndate: "\\e[2J\\e]0;owned\\a \\u202Egnp 十二"\n---\n\n# A\n'}
    build = make_site(files, myst=True).build()
    assert 'WARNING' in build.warnings
    assert not {'\x1b', '\x07', '\u202e'}.intersection(build.warnings)
    assert r'\x1b[2J' in build.warnings
    assert '十二' in build.warnings


def test_a_per_cent_sign_in_a_message_without_values_is_one(caplog):
    warn('config', 'half of 100% is 50%')
    assert 'half of 100% is 50%' in caplog.text
