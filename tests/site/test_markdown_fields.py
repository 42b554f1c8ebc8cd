"""What the fields of other engines mean here."""

from __future__ import annotations

import json

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


@pytest.mark.parametrize(
    ('fields', 'pages'),
    [
        (
            {'aliases': ['/old/svd/', '/old/svd.html', '/older/svd']},
            ['old/svd/index', 'old/svd', 'older/svd/index'],
        ),
        ({'redirect_from': ['/old/svd/', '/older/svd']}, ['old/svd/index', 'older/svd']),
        ({'redirect_from': '/%E6%97%A7/'}, ['旧/index']),
        ({'redirect_from': '/a/, b/'}, ['a/, b/index']),
        ({'redirect': 'one, two', 'aliases': '/three/'}, ['one', 'two', 'three/index']),
        ({'aliases': ['Another title', 'https://old.example/svd/', '//old.example/svd/']}, []),
        ({'redirect_from': ['/?p=12', '/svd.php', '/svd.php?id=1']}, []),
    ],
)
def test_old_addresses_of_this_site_are_pages_that_lead_on(fields, pages):
    assert json.loads(told(fields).get('redirect', '[]')) == pages


def test_old_addresses_are_found_by_links_too():
    assert told({'redirect_from': ['/old/svd/', '/?p=12']})['urls'] == ['/old/svd/', '/?p=12']


@pytest.mark.parametrize(
    ('fields', 'address'),
    [
        ({'permalink': '2022/06/01/名/'}, '/2022/06/01/名/'),
        ({'permalink': 'about.html'}, '/about.html'),
        ({'url': 'blog/svd/'}, '/blog/svd/'),
        ({'url': 'e.org/svd/'}, 'e.org/svd/'),
        ({'url': 'https://e.org/svd/'}, 'https://e.org/svd/'),
    ],
)
def test_an_address_may_leave_out_its_first_slash(fields, address):
    assert told(fields)['urls'] == address
