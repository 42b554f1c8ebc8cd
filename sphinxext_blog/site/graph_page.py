"""The page on which readers explore the graph: ``graph.html``.

Sphinx renders it like any page that an extension adds, so that its address fits
the builder; its template is complete in itself and extends no theme. What it
loads stands beside it in ``graph-data`` or in ``_static``, and works from
``file://`` and without a network. Posts may link to one node of it:
``graph.html#n=<docname>``. Readers without a script have tables; those of a
large blog go on in ``graph-list-2.html`` and so on.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util.osutil import relative_uri

from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.config import blog_config
from sphinxext_blog.site.assets import math_style
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import reason_of, write_if_changed
from sphinxext_blog.site.graph_messages import messages
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

    from sphinxext_blog.site.last_build import LastBuild

__all__ = ['add_graph_page', 'graph_page_name', 'setup_graph_page']

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_STATIC: Final = _PACKAGE / 'static' / 'graph_page'
_TEMPLATE: Final = 'sphinxext_blog/graph.html'
_SCRIPTS: Final = (
    'graph.js',
    'graph-style.js',
    'graph-budget.js',
    'graph-draw.js',
    'graph-finder.js',
    'graph-wrap.js',
    'graph-taken.js',
    'graph-labels.js',
    'graph-overlay.js',
    'graph-engine-vis.js',
    'graph-engine-canvas.js',
    'graph-gestures.js',
    'graph-camera.js',
    'graph-filter.js',
    'graph-heap.js',
    'graph-paths.js',
    'graph-reading.js',
    'graph-state.js',
    'graph-history.js',
    'graph-panel.js',
    'graph-search.js',
    'graph-trails.js',
    'graph-filters.js',
    'graph-export.js',
    'graph-picture.js',
    'graph-keep.js',
    'graph-sorting.js',
    'graph-table.js',
    'graph-keys.js',
    'graph-notice.js',
    'graph-app.js',
)
"""In the order in which the page runs them; the data comes before the last."""
_ASSETS: Final = ('graph-icon.svg', 'graph-theme.js', *_SCRIPTS, 'graph.css', 'vis-network.min.js')
_DATA_FOLDER: Final = 'graph-data'
_DATA_FILE: Final = re.compile(r'(?:nodes|evidence)-\d+\.js')
_VIS_NODES: Final = 1500
_VIS_EDGES: Final = 6000
"""What vis-network moves at sixty frames a second on an ordinary machine."""


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
        warn(
            'graph',
            'the document %r has the name of the graph page, which is not made: '
            'rename the document, or set blog_path or blog_graph_page',
            name,
            location=name,
        )
        return
    builder: Any = app.builder
    last: LastBuild = app.env.get_domain('blog').last_build  # type: ignore[attr-defined]
    # The template is complete in itself: of a theme it takes nothing, but a site may have its own.
    made_of = f'{last.facts} {builder.templates.newest_template_mtime()}'
    if last.has_made('graph page', made_of):
        return
    last.forget('graph page')
    try:
        Path(builder.get_outfilename(name)).parent.mkdir(parents=True, exist_ok=True)
        pages = list(_pages(app, name))
    except OSError as error:
        if error.errno is None:
            raise  # a template that is not there is an error of this kind, too
        path = error.filename2 or error.filename or name
        warn('graph', 'the graph page could not be made: %s: %s', path, reason_of(error))
        return
    yield from pages
    # Only now are they written.
    files = [Path(builder.get_outfilename(page)) for page, _context, _template in pages]
    files += Path(builder.get_outfilename(name)).parent.joinpath(_DATA_FOLDER).glob('*.js')
    files += [Path(builder.outdir) / '_static' / 'sphinxext_blog' / file for file in _ASSETS]
    last.note_made('graph page', made_of, files)


def _pages(app: Sphinx, name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    from sphinxext_blog.site.graph_listing import listing, pages_of

    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    knowledge: Any = app.env.get_domain('blog').knowledge  # type: ignore[attr-defined]
    graph: nx.MultiDiGraph = knowledge.graph
    config = blog_config(app.config)
    words = messages()
    engine = _engine(config.graph_engine, graph)
    scripts, folder = _scripts(app, name, engine, knowledge)
    outdir = Path(builder.outdir)
    statics = outdir / '_static' / 'sphinxext_blog'
    assets = {file: _write(statics / file, content) for file, content in _assets(outdir).items()}
    # All these pages are neighbours, so that one address leads from each of them.
    base = relative_uri(builder.get_target_uri(name), '')
    static = f'{base}_static/sphinxext_blog/'
    show_date = partial(date_text, config=app.config)
    pages = pages_of(listing(graph, base=base, show_date=show_date, say=words))
    names = [name, *(f'{name}-list-{number}' for number in range(2, len(pages) + 1))]
    for number, (page, sections_here) in enumerate(zip(names, pages, strict=True), 1):
        address = builder.get_target_uri(page)
        yield (
            page,
            {
                'page': {
                    'title': words['graph'],
                    'site': config.title or app.config.project,
                    'language': (app.config.language or 'en').replace('_', '-'),
                    'base': base,
                    'folder': folder,
                    'engine': engine,
                    'exports': base + f'{config.path.strip("/")}/graph.json'.lstrip('/'),
                    'home': relative_uri(address, builder.get_target_uri(app.config.root_doc)) or base,
                    'assets': {file: static + stamped for file, stamped in assets.items()},
                    'scripts': [
                        static + assets[file] if file in assets else file
                        for file in (scripts if number == 1 else [])
                    ],
                    'messages': json.dumps(words, ensure_ascii=False) if number == 1 else '{}',
                    'say': words,
                    'number': number,
                    'pages': [relative_uri(address, builder.get_target_uri(other)) for other in names],
                    'sections': sections_here,
                }
            },
            _TEMPLATE,
        )


def _engine(wanted: str, graph: nx.MultiDiGraph) -> str:
    """The name of the engine that draws this graph."""
    if wanted != 'auto':
        return wanted
    small = len(graph) <= _VIS_NODES and graph.number_of_edges() <= _VIS_EDGES
    return 'vis' if small else 'canvas'


@collector_at_rest()
def _scripts(app: Sphinx, name: str, engine: str, knowledge: Any) -> tuple[list[str], str]:
    """Write the data; the scripts in the order in which they run, and the folder of the data."""
    from sphinxext_blog.graph.explorer_data import explorer_files

    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    excerpts = {docname: post.excerpt for docname, post in getattr(knowledge, 'posts', {}).items()}
    files = explorer_files(knowledge.graph, excerpts=excerpts)
    folder = Path(builder.get_outfilename(name)).parent / _DATA_FOLDER
    for old in folder.glob('*.js'):
        if _DATA_FILE.fullmatch(old.name) and old.name not in files:
            old.unlink()
    first = next(iter(files))
    stamped = {file: _write(folder / file, content) for file, content in files.items()}
    *scripts, last = _SCRIPTS
    if engine == 'vis':
        scripts = ['vis-network.min.js', *scripts]
    return [*scripts, f'{_DATA_FOLDER}/{stamped[first]}', last], f'{_DATA_FOLDER}/'


def _assets(outdir: Path) -> dict[str, bytes]:
    from sphinxext_blog.graph.explorer import vis_network_script

    files = ('graph-icon.svg', 'graph-theme.js', *_SCRIPTS)
    return {file: (_STATIC / file).read_bytes() for file in files} | {
        'graph.css': math_style(outdir) + (_STATIC / 'graph.css').read_bytes(),
        'vis-network.min.js': vis_network_script(),
    }


def _write(path: Path, content: bytes) -> str:
    """Write a file unless it is there already.

    :return: its name with a digest of the content, so that no browser keeps an old one.
    """
    write_if_changed(path, content)
    return f'{path.name}?v={hashlib.sha256(content).hexdigest()[:8]}'
