"""Pictures, films and sounds in raw HTML: the files come to the site, and the page finds them there.

Sphinx passes raw HTML on as it is, and knows nothing of the files that it names: what was
an address of the old site, ``/img/a.png``, would lead nowhere.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from sphinxext_blog.records import AbsentFile
from sphinxext_blog.site.pictures import ABSENT, find_file, picture_address
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.environment import BuildEnvironment

__all__ = ['ATTRIBUTE', 'PlaceFiles', 'note_files', 'place_files']

_FILES: Final = 'blog_files'
"""Attribute of raw HTML: the file, below the source folder, of each address in it."""

_NAMED: Final = re.compile(
    r'(?P<tag><(?:img|video|audio|source|embed)\s(?:[^<>"\']|"[^"]*"|\'[^\']*\')*>)', re.IGNORECASE
)
ATTRIBUTE: Final = re.compile(
    r'(?P<before>\s(?P<name>[^\s"\'<>=/]++)\s*+=\s*+)(?P<quoted>"[^"]*"|\'[^\']*\'|[^\s"\'<>=]+)'
)
"""Of a tag: read one after the other, so that nothing within a value is taken for one."""
_NAMING: Final = frozenset({'src', 'poster', 'srcset'})
_CANDIDATE: Final = re.compile(r'[^\s,](?:\S*[^\s,])?(?=[\s,]|$)(?P<size>(?:\s[^,]*)?)')
"""In a ``srcset``: an address, and for which screens it is."""
_SCHEME: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]+:')
_ELSEWHERE: Final = re.compile(r'(?:https?:)?//', re.IGNORECASE)
_COMMENT: Final = re.compile(r'<!--.*?(?:-->|\Z)', re.DOTALL)


def note_files(env: BuildEnvironment, docname: str, document: nodes.document) -> None:
    """Take the files that raw HTML of a document names to the site; warn of those that are not there."""
    for node in document.findall(nodes.raw):
        if node.get('format') != 'html' or '<' not in node.astext():
            continue
        files: dict[str, str] = {}
        absent: list[AbsentFile] = []
        for address in dict.fromkeys(_addresses(_COMMENT.sub('', node.astext()))):
            if _ELSEWHERE.match(address):
                absent.append(AbsentFile(address, 'elsewhere', node.line or 0))
                continue
            plain = unquote(address.partition('#')[0].partition('?')[0])
            if not plain or plain.startswith('{') or _SCHEME.match(plain):
                continue  # a place of the page, a template's word, or data:, about:
            path = find_file(env, docname, plain)
            known = env.relfn2path(path or plain, docname)[0]
            env.note_dependency(known)
            if path:
                env.images.add_file(docname, known)
                files[address] = known
            else:
                absent.append(AbsentFile(known, 'missing', node.line or 0))
                warn('markdown', 'the file %r is not there', plain, location=node)
        if files:
            node[_FILES] = files
        if absent:
            node[ABSENT] = tuple(absent)


def _addresses(markup: str) -> Iterator[str]:
    for tag in _NAMED.finditer(markup):
        for match in ATTRIBUTE.finditer(tag['tag']):
            name, value = match['name'].casefold(), _plain(match['quoted'])
            if name == 'srcset':
                yield from (_address(candidate) for candidate in _CANDIDATE.finditer(value))
            elif name in _NAMING and value:
                yield value


def _address(candidate: re.Match[str]) -> str:
    return candidate[0].removesuffix(candidate['size'])


def _plain(quoted: str) -> str:
    return html.unescape(quoted.strip('"\'')).strip()


class PlaceFiles(SphinxPostTransform):
    """Name the files in raw HTML by where they are on the site."""

    default_priority = 7
    """After notes are embedded: what was placed for their own page is placed for this one."""
    formats = ('html',)

    def run(self, **kwargs: Any) -> None:
        del kwargs
        found = [node for node in self.document.findall(nodes.raw) if _FILES in node]
        if not found:
            return
        domain: Any = self.env.get_domain('blog')
        builder = domain.knowledge.builder
        here = builder.get_target_uri(self.env.docname)
        for node in found:
            place_files(node, lambda image: relative_uri(here, picture_address(image, builder)))


def place_files(node: nodes.raw, address_of: Callable[[str], str]) -> None:
    """Write the addresses of the files that raw HTML names.

    :param address_of: the address of a file, which is given as its path below the source folder.
    """
    files: dict[str, str] = node.get(_FILES, {})
    placed: dict[str, str] = {}

    def in_tag(tag: re.Match[str]) -> str:
        return ATTRIBUTE.sub(in_attribute, tag['tag'])

    def in_attribute(match: re.Match[str]) -> str:
        name, value = match['name'].casefold(), _plain(match['quoted'])
        if name == 'srcset':
            return f'{match["before"]}"{html.escape(_CANDIDATE.sub(in_candidate, value))}"'
        if name not in _NAMING or value not in files:
            return match[0]
        return f'{match["before"]}"{html.escape(place(value))}"'

    def in_candidate(candidate: re.Match[str]) -> str:
        address = _address(candidate)
        return f'{place(address)}{candidate["size"]}' if address in files else candidate[0]

    def place(written: str) -> str:
        address = address_of(files[written])
        placed[address] = files[written]
        return address

    if files:
        made = nodes.raw('', _NAMED.sub(in_tag, node.astext()))
        made.attributes.update(node.attributes)
        made[_FILES] = placed
        node.replace_self(made)
