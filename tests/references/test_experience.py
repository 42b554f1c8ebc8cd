"""What a reading of all mentions teaches."""

from __future__ import annotations

import pytest

from sphinxext_blog.references.experience import learn


def titles(count):
    return {str(number) for number in range(count)}


@pytest.mark.parametrize(
    ('present', 'own_absent', 'unclaimed', 'complete', 'outnumbered'),
    [
        (16, 4, 0, True, False),
        (15, 5, 0, False, False),
        (19, 0, 1000, False, False),
        (14, 7, 105, False, True),
        (14, 7, 104, False, False),
        (13, 7, 1000, False, False),
    ],
)
def test_when_a_blog_is_complete_and_when_outnumbered(present, own_absent, unclaimed, complete, outnumbered):
    known = learn({'paper'}, titles(present), titles(own_absent), titles(unclaimed))
    assert (known.publications, known.complete, known.outnumbered) == ({'paper'}, complete, outnumbered)
