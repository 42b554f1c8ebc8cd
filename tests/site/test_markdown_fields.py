"""What the fields of other engines mean here."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.markdown_fields import canonical_fields


def told(fields):
    return canonical_fields(fields, [], [])


@pytest.mark.parametrize(
    ('fields', 'image'),
    [
        ({'image': 'a.png'}, 'a.png'),
        ({'image': '2', 'cover': 'a.png'}, '2'),
        ({'thumbnail': 'b.png', 'cover': 'a.png'}, 'a.png'),
        ({'cover': {'hidden': 'true', 'image': '/a.webp?v=1'}}, '/a.webp?v=1'),
        ({'header': {'overlay_image': 'a.jpg', 'teaser': 'b.jpg'}}, 'b.jpg'),
        ({'featuredImage': 'https://e.org/picture'}, 'https://e.org/picture'),
        ({'images': []}, None),
        ({'banner': 'Words.'}, None),
        ({'cover': 'false'}, None),
    ],
)
def test_the_picture_by_the_names_of_themes(fields, image):
    assert told(fields).get('image') == image
