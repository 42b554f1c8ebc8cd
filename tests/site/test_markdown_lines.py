"""Lines across the page."""

from __future__ import annotations

import pytest

BODIES = {
    'between': ('One.\n\n---\n\nTwo.', 1),
    'end': ('One.\n\n---', 0),
    'beginning': ('---\n\nOne.', 0),
    'two': ('One.\n\n---\n\n***\n\nTwo.', 1),
    'notes': ('One[^1].\n\n---\n\n[^1]: Note.', 0),
    'sections': ('One.\n\n## A\n\n---\n\nText.\n\n---\n\n## B\n\nMore.\n\n---\n\n<!-- end -->\n\nLast', 2),
    'quotation': ('> One.\n>\n> ---\n>\n> Two.', 1),
    'list': ('- One.\n\n  ---\n\n  Two.', 1),
}


@pytest.fixture(scope='module')
def build(make_site):
    files = {f'posts/{name}.md': f'---\ntitle: A\n---\n\n{body}\n' for name, (body, _) in BODIES.items()}
    return make_site(files, {'blog_post_pattern': ['posts/*']}, myst=True).build()


def test_no_line_is_a_fault(build):
    assert build.warnings == ''


@pytest.mark.parametrize(('name', 'count'), [(name, count) for name, (_, count) in BODIES.items()])
def test_a_line_that_parts_nothing_is_none(build, name, count):
    assert len(build.soup(f'posts/{name}').select('section hr:not(.footnotes)')) == count
