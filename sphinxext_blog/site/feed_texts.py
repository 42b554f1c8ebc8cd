"""The whole text of a post for a feed: HTML that stands alone.

Made of the post's doctree as its page is, then without what only a page has:
our panels and tools, marks beside headings, the title. Formulas are MathML and
addresses absolute, since whoever reads a feed has neither the page's scripts
nor its place.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging

from sphinxext_blog.addresses import joined
from sphinxext_blog.site.cache import cache_path, keep, kept, package_stamp
from sphinxext_blog.site.copies import resolved_copy, without_title
from sphinxext_blog.site.pictures import picture_address
from sphinxext_blog.site.raw_html import place_files
from sphinxext_blog.site.raw_links import LINKS, rewrite_links

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['full_text']

_ACTIVE: Final = re.compile(
    r'<(?:script|style|object|embed|form)\b|\son\w{2,20}\s*=|javascript:', re.IGNORECASE
)
_HEADERLINK: Final = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


def full_text(app: Sphinx, docname: str, address: str) -> str:
    """The text of a post as HTML.

    :param address: of the post's page, absolute.
    """
    env = app.env
    blog: Any = env.get_domain('blog')
    doctree = env.doctreedir / f'{docname}.doctree' if hasattr(env.doctreedir, 'joinpath') else None
    stamp = doctree.stat().st_mtime_ns if doctree is not None and doctree.is_file() else env.all_docs[docname]
    told = (
        package_stamp(),
        stamp,
        blog.last_build.fingerprints.get(docname),
        address,
        app.builder.name,
        app.config.language,
    )
    key = hashlib.sha256(repr(told).encode('utf-8', 'surrogatepass')).hexdigest()
    path = cache_path(env, 'feed', docname, '.html')
    try:
        known, _newline, text = str(kept(path), 'utf-8').partition('\n')
        if known == key:
            return text
    except (OSError, ValueError):
        pass
    text = _render(app, docname, address)
    keep(path, f'{key}\n{text}'.encode('utf-8', 'replace'))
    return text


def _render(app: Sphinx, docname: str, address: str) -> str:
    builder: Any = app.builder
    document = resolved_copy(app.env, docname, builder)
    _make_absolute(app, document, address)
    for raw in list(document.findall(nodes.raw)):
        if _ACTIVE.search(raw.astext()):
            raw.parent.remove(raw)  # a reader of feeds runs no script, and says that the feed has one
    section = next((child for child in document if isinstance(child, nodes.section)), document)
    others = [child for child in document if child is not section and section is not document]
    with suppress_logging():
        fragment = builder.render_partial(nodes.section('', *without_title(section), *others))['fragment']
    return _HEADERLINK.sub('', str(fragment)).strip()


def _make_absolute(app: Sphinx, document: nodes.document, address: str) -> None:
    root = address.removesuffix(app.builder.get_target_uri(app.env.path2doc(document['source']) or ''))
    for node in document.findall(nodes.reference):
        if 'refuri' in node:
            node['refuri'] = joined(address, node['refuri'])
        elif 'refid' in node:
            node['refuri'] = f'{address}#{node.attributes.pop("refid")}'
    for image in document.findall(nodes.image):
        found = [image['uri'], *image.get('candidates', {}).values()]
        pictures = [picture_address(uri, app.builder) for uri in found if uri and not uri.startswith('data:')]
        for picture in pictures:
            if picture:
                image['uri'] = joined(root, picture)
                break
    for raw in list(document.findall(nodes.raw)):
        if LINKS in raw:
            raw[:] = [nodes.Text(rewrite_links(raw.astext(), lambda href: (joined(address, href), '')))]
        place_files(raw, lambda file: joined(root, picture_address(file, app.builder)))
    for download in document.findall(addnodes.download_reference):
        if 'filename' in download:
            download['refuri'] = joined(root, f'_downloads/{download["filename"]}')
