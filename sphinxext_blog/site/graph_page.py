"""The page on which readers explore the graph: ``graph.html``.

Sphinx renders it like any page that an extension adds, so that its address fits
the builder; its template is complete in itself and extends no theme. What it
loads stands beside it or in ``_static``, and works from ``file://`` and without
a network. Posts may link to one node of it: ``graph.html#n=<docname>``.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from sphinxext_blog.config import blog_config
from sphinxext_blog.graph.explorer import explorer_files, vis_network_script
from sphinxext_blog.site.assets import math_style
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.graph_listing import listing
from sphinxext_blog.site.graph_messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

__all__ = ['add_graph_page', 'graph_page_name', 'setup_graph_page']

logger = logging.getLogger(__name__)

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_STATIC: Final = _PACKAGE / 'static' / 'graph_page'
_TEMPLATE: Final = 'sphinxext_blog/graph.html'
_SCRIPTS: Final = (
    'graph.js',
    'graph-style.js',
    'graph-engine-vis.js',
    'graph-overlay.js',
    'graph-panel.js',
    'graph-search.js',
    'graph-legend.js',
    'graph-app.js',
)
"""In the order in which the page runs them; the data comes before the last."""


def setup_graph_page(app: Sphinx) -> None:
    """Have the graph page made in builds to HTML pages."""
    app.connect('config-inited', _find_templates)
    app.connect('html-collect-pages', add_graph_page)


def graph_page_name(config: Config) -> str:
    """Name of the page as Sphinx counts pages: ``graph``, or below ``blog_path``."""
    return '/'.join(part for part in (blog_config(config).path.strip('/'), 'graph') if part)


def _find_templates(_app: Sphinx, config: Config) -> None:
    # After the site's own folders, so that a site can put its own template before ours.
    # Later events come too late: the builder has made its template engine by then.
    folder = str(_PACKAGE / 'templates')
    if folder not in config.templates_path:
        config.templates_path = [*config.templates_path, folder]


def add_graph_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the page's data and assets, and tell Sphinx to render the page."""
    if app.builder.name not in PAGE_BUILDERS or not blog_config(app.config).graph_page:
        return
    name = graph_page_name(app.config)
    if name in app.env.found_docs:
        logger.warning(
            'the document %r has the name of the graph page, which is not made: '
            'rename the document, or set blog_path or blog_graph_page',
            name,
            type='blog',
            subtype='graph',
            location=name,
        )
        return
    yield name, {'page': _context(app, name)}, _TEMPLATE


def _context(app: Sphinx, name: str) -> dict[str, Any]:
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    knowledge: Any = app.env.get_domain('blog').knowledge  # type: ignore[attr-defined]
    excerpts = {docname: post.excerpt for docname, post in getattr(knowledge, 'posts', {}).items()}
    address = builder.get_target_uri(name)
    base = relative_uri(address, '')
    words = messages()
    folder = Path(builder.get_outfilename(name)).parent
    data = {
        file: _write(folder / file, content)
        for file, content in explorer_files(knowledge.graph, excerpts=excerpts).items()
    }
    statics = Path(builder.outdir) / '_static' / 'sphinxext_blog'
    assets = {
        file: f'{base}_static/sphinxext_blog/{_write(statics / file, content)}'
        for file, content in _assets(Path(builder.outdir)).items()
    }
    *first, last = _SCRIPTS
    config = blog_config(app.config)
    show_date = partial(date_text, config=app.config)
    return {
        'title': words['graph'],
        'site': config.title or app.config.project,
        'language': (app.config.language or 'en').replace('_', '-'),
        'base': base,
        'home': relative_uri(address, builder.get_target_uri(app.config.root_doc)) or base,
        'assets': assets,
        'scripts': [
            assets['vis-network.min.js'],
            *(assets[file] for file in first),
            data['graph-data.js'],
            assets[last],
        ],
        'evidence': data['graph-evidence.js'],
        'messages': json.dumps(words, ensure_ascii=False),
        'say': words,
        'sections': listing(knowledge.graph, base=base, show_date=show_date, say=words),
    }


def _assets(outdir: Path) -> dict[str, bytes]:
    files = ('graph-theme.js', *_SCRIPTS)
    return {file: (_STATIC / file).read_bytes() for file in files} | {
        'graph.css': math_style(outdir) + (_STATIC / 'graph.css').read_bytes(),
        'vis-network.min.js': vis_network_script(),
    }


def _write(path: Path, content: bytes) -> str:
    """Write a file unless it is there already.

    :return: its name with a digest of the content, so that no browser keeps an old one.
    """
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return f'{path.name}?v={hashlib.sha256(content).hexdigest()[:8]}'
