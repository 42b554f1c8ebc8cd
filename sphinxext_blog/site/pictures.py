"""Pictures and files of posts: where they are, and which the site does not hold.

Hugo, Hexo and Jekyll keep what begins with a slash in folders of their own, so an
address is looked for there, too. The picture that stands for a post may stand in no
text: it is copied to the site all the same.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx import addnodes

from sphinxext_blog.addresses import is_readable
from sphinxext_blog.records import AbsentFile
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import is_file
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = [
    'ABSENT',
    'absent_files',
    'file_path',
    'find_file',
    'find_picture',
    'keep_pictures',
    'make_readable',
    'picture_address',
]

ABSENT: Final = 'blog_absent'
"""Attribute of raw HTML: the files that it names and the site does not hold."""
_ASSET_FOLDERS: Final = (
    'static', '../static', 'source', '../source', 'assets', '../assets', 'content', '..',
)  # fmt: skip
"""Where Hugo, Hexo and Jekyll keep the files of addresses that begin with a slash."""
_UPLOADED: Final = re.compile(r'/wp-content/uploads/.*\.\w{2,5}(?:[?#]|$)')
_WIKILINK: Final = re.compile(r'!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]')


def find_file(env: BuildEnvironment, docname: str, name: str) -> str:
    """Where a picture or attachment is, as a path from the source folder; empty when it is nowhere.

    :param name: an address that begins with a slash, or a path from the document, or, as notes have it,
        no more than the name of a file that is somewhere in the source folder.
    """
    root = Path(env.srcdir)
    bare = name.lstrip('/')
    here = PurePosixPath(docname)
    # Hexo keeps them in a folder that is called like the post
    near = () if name.startswith('/') else (str(here.parent), str(here))
    for folder in (*near, '', *_ASSET_FOLDERS):
        if folder == '..' and '/' not in bare:
            continue  # what lies beside the project's folder of sources is no picture by its bare name
        path = os.path.normpath(root / folder / bare)
        # no name leads out of the project
        if is_file(Path(path)) and Path(path).is_relative_to(root.parent):
            return '/' + Path(os.path.relpath(path, root)).as_posix()
    domain: Any = env.get_domain('blog')
    files: dict[str, str] = domain.files_by_name
    found = files.get(PurePosixPath(bare).name.casefold(), '')
    return f'/{found}' if found else ''


def file_path(env: BuildEnvironment, docname: str, name: str) -> str:
    """Where a picture or attachment is, from the source folder; its name as it is when it is nowhere."""
    return find_file(env, docname, name) or '/' + name.lstrip('/')


def find_picture(env: BuildEnvironment, docname: str, told: str) -> tuple[str, AbsentFile | None]:
    """The picture that a post names: its path below the source folder or its address, and what is amiss.

    A picture of the source folder is noted as one of the document, so that it comes to the site.
    """
    if link := _WIKILINK.fullmatch(told):
        told = link[1].strip()
    if '://' in told or told.startswith('//'):
        return told, AbsentFile(told, 'elsewhere')
    if told.startswith('data:'):
        return '', None
    path = find_file(env, docname, told) or find_file(env, docname, unquote(told))
    if not path:
        written = env.relfn2path(told, docname)[0]
        env.note_dependency(written)  # once it is there the document is read again
        return '', AbsentFile(written, 'missing')
    known = env.relfn2path(path, docname)[0]
    env.note_dependency(known)
    env.images.add_file(docname, known)
    return known, None


def keep_pictures(app: Sphinx, posts: Iterable[Post]) -> None:
    """Have the pictures that stand for posts copied, whether a text shows them or not."""
    if app.builder.name not in PAGE_BUILDERS:
        return
    for post in posts:
        address = picture_address(post.image, app.builder)
        # Sphinx compares those that it is to copy byte by byte
        if address and '://' not in address and _is_copied(app, post.image, unquote(address)):
            app.builder.images.pop(post.image, None)


def _is_copied(app: Sphinx, image: str, path: str) -> bool:
    try:
        source, copy = (Path(app.srcdir) / image).stat(), (Path(app.outdir) / path).stat()
    except OSError:
        return False
    return source.st_size == copy.st_size and source.st_mtime <= copy.st_mtime


def picture_address(image: str, builder: Builder) -> str:
    """Address of a picture, relative to the root of the site; empty where there is none.

    The builder is told to copy it.

    :param image: as :attr:`Post.image` has it.
    """
    if '://' in image or image.startswith('//') or not image:
        return image
    known = builder.env.images.get(image)
    if known is None:
        return ''
    builder.images.setdefault(image, known[1])
    return f'{getattr(builder, "imagedir", "_images")}/{quote(known[1])}'


def absent_files(env: BuildEnvironment, docname: str, document: nodes.document) -> tuple[AbsentFile, ...]:
    """Pictures and downloads of a document that lie elsewhere or are missing; each once.

    To be called before Sphinx collects them: addresses are still as they were written.
    """
    found: dict[str, AbsentFile] = {}
    for raw in document.findall(nodes.raw):
        in_html: tuple[AbsentFile, ...] = raw.get(ABSENT, ())
        found.update((absent.target, absent) for absent in in_html)
    for node in document.findall():
        if not isinstance(node, (nodes.image, addnodes.download_reference)):
            continue
        target = str(node.get('uri') or node.get('reftarget') or '')
        if not target or target.startswith('data:') or target.endswith('*'):
            continue
        if '://' in target or target.startswith('//'):
            absent = AbsentFile(target, 'elsewhere', _line(node))
        else:
            path, full = env.relfn2path(target, docname)
            if is_file(Path(full)):
                continue
            absent = AbsentFile(path, 'missing', _line(node))
        found.setdefault(absent.target, absent)
    for link in document.findall(nodes.reference):
        address = str(link.get('refuri') or '')
        # a file of the blog itself: it goes when the old site goes
        if '://' in address and _UPLOADED.search(address):
            found.setdefault(address, AbsentFile(address, 'elsewhere', _line(link)))
    return tuple(found.values())


def make_readable(docname: str, document: nodes.document) -> None:
    """Warn of pictures whose address Python can't take apart, and write its brackets as escapes.

    docutils asks for the type of a picture while a page is written; from Python 3.13 on that raises.
    """
    for image in document.findall(nodes.image):
        address = str(image.get('uri') or '')
        if '://' in address and not is_readable(address):
            warn(
                'missing',
                'no browser can read the address %s of a picture',
                address,
                location=(docname, _line(image) or None),
            )
            image['uri'] = address.replace('[', '%5B').replace(']', '%5D')


def _line(node: nodes.Node) -> int:
    place: nodes.Node | None = node
    while place is not None and not place.line:
        place = place.parent
    return (place.line or 0) if place is not None else 0
