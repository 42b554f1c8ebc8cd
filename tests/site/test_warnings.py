"""Every warning has the type ``blog``, a subtype and a place."""

from __future__ import annotations

from typing import get_args

from sphinxext_blog.site.warnings import Subtype


def test_the_manual_tells_of_every_subtype(pytestconfig):
    manual = (pytestconfig.rootpath / 'docs' / 'reference.rst').read_text(encoding='utf-8')
    assert [subtype for subtype in get_args(Subtype) if f'``blog.{subtype}``' not in manual] == []
