"""Pictures and files of posts: where the one that stands for a post is, and which the site does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from sphinxext_blog.records import AbsentFile

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ['absent_files', 'picture_address']


def picture_address(image: str, builder: Builder) -> str:
    """Address of a picture, relative to the root of the site; empty where there is none.

    :param image: as :attr:`Post.image` has it. A picture that no page shows is not on the site.
    """
    if '://' in image or not image:
        return image
    known = builder.env.images.get(image)
    return f'{getattr(builder, "imagedir", "_images")}/{quote(known[1])}' if known else ''


def absent_files(env: BuildEnvironment, docname: str, document: nodes.document) -> tuple[AbsentFile, ...]:
    """Pictures and downloads of a document that lie elsewhere or are missing; each once.

    To be called before Sphinx collects them: addresses are still as they were written.
    """
    found: dict[str, AbsentFile] = {}
    for node in document.findall(lambda node: isinstance(node, (nodes.image, addnodes.download_reference))):
        target = str(node.get('uri') or node.get('reftarget') or '')  # type: ignore[attr-defined]
        if not target or target.startswith('data:') or target.endswith('*'):
            continue
        if '://' in target or target.startswith('//'):
            absent = AbsentFile(target, 'elsewhere', _line(node))
        else:
            path, full = env.relfn2path(target, docname)
            if Path(full).is_file():
                continue
            absent = AbsentFile(path, 'missing', _line(node))
        found.setdefault(absent.target, absent)
    return tuple(found.values())


def _line(node: nodes.Node) -> int:
    place: nodes.Node | None = node
    while place is not None and not place.line:
        place = place.parent
    return (place.line or 0) if place is not None else 0
