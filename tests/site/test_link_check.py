"""An address that nobody can read is a broken link, and no reason to wait forever."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.addresses import is_readable
from sphinxext_blog.site.link_check import readable_form


@pytest.mark.parametrize('address', ['https://example.org/a?b=[c]#d', 'http://[::1]:80/', 'mailto:a@b.c', ''])
def test_a_sound_address_stays(address):
    assert readable_form(address) == address


@given(st.sampled_from(['http://', '//', 'https://', '']), st.text('\ud800[]:/@a1℀／%?# ', max_size=12))
def test_any_other_can_be_read_afterwards(scheme, rest):
    assert is_readable(readable_form(scheme + rest))


def test_the_check_ends_and_calls_it_broken(make_site):
    site = make_site({'index.rst': 'I\n=\n\n`x <http://[your-site]/x>`__ and `y <http://a:b/>`__.\n'})
    told = subprocess.run(
        [sys.executable, '-m', 'sphinx', '-q', '-b', 'linkcheck', '-D', 'linkcheck_timeout=2', 'src', 'out'],
        cwd=site.folder, capture_output=True, text=True, timeout=300, check=False, env={**os.environ},
    )  # fmt: skip
    assert told.returncode in {0, 1}, told.stderr
    found = [json.loads(line) for line in (site.folder / 'out/output.json').read_text().splitlines()]
    assert {(entry['status'], entry['lineno']) for entry in found} == {('broken', 4)}
    assert len(found) == 2
