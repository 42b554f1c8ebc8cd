"""Where the picture that stands for a post is on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ['picture_address']


def picture_address(image: str, builder: Builder) -> str:
    """Address of a picture, relative to the root of the site; empty where there is none.

    :param image: as :attr:`Post.image` has it. A picture that no page shows is not on the site.
    """
    if '://' in image or not image:
        return image
    known = builder.env.images.get(image)
    return f'{getattr(builder, "imagedir", "_images")}/{quote(known[1])}' if known else ''
