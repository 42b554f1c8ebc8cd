"""Warnings have types that the manual explains."""

from __future__ import annotations

from typing import get_args

from sphinxext_blog.site.warnings import SUBTYPES, Subtype


def test_every_subtype_has_a_meaning():
    assert set(SUBTYPES) == set(get_args(Subtype))
    assert all(len(meaning) > 10 for meaning in SUBTYPES.values())
