"""The page on which readers look formulas up and search for them: ``formulas.html``.

The page belongs to the theme like any other. Its index of formulas is written
at build time; the search is a script, and reads the files of an index from the
folder beside the page, each when a query needs it, also from ``file://`` and
without a network. Posts lead to it with a formula to look for:
``formulas.html#q=<LaTeX>``.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.config import blog_config
from sphinxext_blog.scripts import data_script, read_data_script
from sphinxext_blog.site.cache import cache_dir, cached
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import reason_of, write_if_changed, write_or_warn
from sphinxext_blog.site.formula_macros import common_macros
from sphinxext_blog.site.formula_messages import messages
from sphinxext_blog.site.formula_nodes import index_nodes
from sphinxext_blog.site.formula_views import head_views
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

    from sphinxext_blog.formulas import Macro
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.last_build import LastBuild

__all__ = [
    'DATA_SCRIPT',
    'SCRIPTS',
    'add_formula_page',
    'formula_page_name',
    'has_formula_page',
    'search_address',
    'setup_formula_page',
]

_ = get_translation('sphinxext_blog')

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_STATIC: Final = _PACKAGE / 'static' / 'formula_page'
_TABLES: Final = _PACKAGE / 'formulas' / 'tables.json'
DATA_SCRIPT: Final = 'formula-tables-data.js'
"""The tables of the normal forms as a script; all others are files of ours."""
_TEMPLATE: Final = 'sphinxext_blog/formula-search.html'
SCRIPTS: Final = (
    'formula-store.js',
    DATA_SCRIPT,
    'formula-tables.js',
    'formula-lexer.js',
    'formula-macros.js',
    'formula-tree.js',
    'formula-fonts.js',
    'formula-parser.js',
    'formula-environments.js',
    'formula-commands.js',
    'formula-statements.js',
    'formula-equations.js',
    'formula-normal.js',
    'formula-keys.js',
    'formula-likeness.js',
    'formula-bars.js',
    'formula-patterns.js',
    'formula-matching.js',
    'formula-spelling.js',
    'formula-reading.js',
    'formula-words.js',
    'formula-texts.js',
    'formula-levels.js',
    'formula-search.js',
    'vendor/temml.min.js',
    'formula-render.js',
    'formula-page.js',
)
"""In the order in which the page runs them."""
_STYLE: Final = 'formula-page.css'
_LICENCE: Final = 'vendor/temml-licence.txt'
_LONGEST_QUERY: Final = 600
"""Characters of a formula that a link to the search may hold."""
_ALL: Final = 150
"""A blog of no more formulas has all of them in the index of the page."""


def setup_formula_page(app: Sphinx) -> None:
    """Have the page made in builds to HTML pages."""
    app.connect('html-collect-pages', add_formula_page)
    app.connect('html-page-context', _add_assets)


def formula_page_name(config: Config) -> str:
    """Name of the page as Sphinx counts pages: ``formulas``, or below ``blog_path``."""
    return '/'.join(part for part in (blog_config(config).path.strip('/'), 'formulas') if part)


def has_formula_page(builder: Builder) -> bool:
    """Whether this build makes the page."""
    return (
        builder.name in PAGE_BUILDERS
        and blog_config(builder.config).formula_page
        and formula_page_name(builder.config) not in builder.env.found_docs
    )


def search_address(builder: Builder, docname: str, latex: str) -> str:
    """Address of a search for a formula, from the page of a document; empty when it is too long for one."""
    if len(latex) > _LONGEST_QUERY:
        return ''
    uri = builder.get_relative_uri(docname, formula_page_name(builder.config))
    return f'{uri}#q={quote(latex, safe="")}'


def add_formula_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the index, and tell Sphinx to render the page."""
    if app.builder.name not in PAGE_BUILDERS or not blog_config(app.config).formula_page:
        return
    name = formula_page_name(app.config)
    if name in app.env.found_docs:
        warn(
            'formula',
            'the document %r has the name of the formula page, which is not made: '
            'rename the document, or set blog_path or blog_formula_page',
            name,
            location=(name, None),
        )
        return
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    blog: Any = app.env.get_domain('blog')
    last: LastBuild = blog.last_build
    made_of = f'{last.facts} {builder.templates.newest_template_mtime()}'
    # A theme's page shows more of the site, and so may be another when some document was written.
    if (
        not blog.written
        and last.has_made('formula index', made_of)
        and last.has_made('formula page', made_of)
    ):
        return
    last.forget('formula page')
    from sphinxext_blog.formulas.command import INDEX_FOLDER

    stands = last.has_made('formula index', made_of)
    body = cached(cache_dir(app.env), 'formula-page', made_of, partial(_body, app, name), anew=not stands)
    folder = Path(app.outdir) / blog_config(app.config).path / INDEX_FOLDER
    last.note_made('formula index', made_of, {folder / 'index.js', folder / 'posts.js', *folder.glob('*.js')})
    place = Path(builder.get_outfilename(name))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        warn('formula', 'the formula page could not be written to %s: %s', place.parent, reason_of(error))
        return
    yield name, {'title': messages()['formulas'], 'body': body}, 'page.html'
    # Only now are they written.
    statics = Path(app.outdir) / '_static' / 'sphinxext_blog'
    files = [statics / file for file in (*SCRIPTS, _STYLE, _LICENCE)]
    last.note_made('formula page', made_of, [place, *files])


@collector_at_rest()
def _body(app: Sphinx, name: str) -> str:
    """Write the index of the search; what the page shows."""
    from sphinxext_blog.formulas.command import INDEX_FOLDER

    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    blog: Any = app.env.get_domain('blog')
    knowledge: Knowledge = blog.knowledge
    version = _write_index(app, Path(app.outdir) / blog_config(app.config).path / INDEX_FOLDER, knowledge)
    words = messages()
    address = builder.get_target_uri(name)
    search: str = builder.templates.render(
        _TEMPLATE,
        {
            'say': words,
            'messages': json.dumps(words, ensure_ascii=False),
            'base': relative_uri(address, ''),
            'index': f'{INDEX_FOLDER}/' if address.endswith('.html') else f'../{INDEX_FOLDER}/',
            'version': version,
        },
    )
    return search + _index(app, knowledge)


def _index(app: Sphinx, knowledge: Knowledge) -> str:
    """The index of the page as HTML: all formulas of a small blog, else those that several posts hold."""
    from sphinxext_blog.formulas import render_html

    smallest = blog_config(app.config).formula_min_size
    entries = [entry for entry in knowledge.mathematics.catalogue.entries.values() if entry.size >= smallest]
    title = _('All formulas')
    if len(entries) > _ALL:
        entries = [entry for entry in entries if len(entry.places) > 1]
        title = _('Formulas of several posts')
    if not entries:
        return ''
    name = formula_page_name(app.config)
    builder: Any = app.builder
    groups = head_views(entries, knowledge)
    content = nodes.container(
        '', *index_nodes(builder, name, groups), classes=['blog-panel', 'blog-formulas']
    )
    fragment = builder.render_partial(content)['fragment']
    return f'<section class="blog-formula-list"><h2>{render_html(str(title))}</h2>\n{fragment}</section>\n'


# the index of the search --------------------------------------------------------


def _write_index(app: Sphinx, folder: Path, knowledge: Knowledge) -> str:
    """Write the files of the index that changed.

    :return: eight hexadecimal digits that tell this index from any other.
    """
    from sphinxext_blog.formulas import build_index
    from sphinxext_blog.formulas.examples import example_queries
    from sphinxext_blog.formulas.index import INDEX_VERSION
    from sphinxext_blog.site.mathematics import stored_formulas

    posts = data_script('blogFormulas.receive', 'posts', _posts(app, knowledge))
    blog: Any = app.env.get_domain('blog')
    around = [blog.formulas[name].around for name, _digest in knowledge.mathematics.digest]
    content = repr((INDEX_VERSION, knowledge.mathematics.digest, around))
    source = hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()
    version = hashlib.sha256(source.encode() + posts).hexdigest()[:8]
    try:
        if _source_of(folder) != source:
            (folder / 'index.js').unlink(missing_ok=True)
            files = build_index(*stored_formulas(app.env, knowledge.mathematics))
            files['index'] |= {'source': source, 'examples': example_queries(files)}
            # Last of all: as long as it is not there, nothing is.
            about = data_script('blogFormulas.receive', 'index', files.pop('index'))
            for name, content in files.items():
                write_if_changed(folder / f'{name}.js', data_script('blogFormulas.receive', name, content))
            write_if_changed(folder / 'index.js', about)
            _remove_others(folder, set(files))
        write_if_changed(folder / 'posts.js', posts)
    except OSError as error:
        warn('formula', 'the index of formulas could not be written to %s: %s', folder, reason_of(error))
    return version


def _source_of(folder: Path) -> str:
    """What the index in the output was made from; empty when there is none."""
    try:
        about = read_data_script((folder / 'index.js').read_bytes())[1]
        return str(about['source'])
    except (OSError, ValueError, KeyError, TypeError):
        return ''


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove the files of an earlier index."""
    for kind in ('records', 'sections', 'keys', 'said', 'texts'):
        for path in folder.glob(f'{kind}-*.js'):
            if path.stem not in names:
                path.unlink()


def _posts(app: Sphinx, knowledge: Knowledge) -> dict[str, Any]:
    from sphinxext_blog.formulas import render_html, to_plain

    blog: Any = app.env.get_domain('blog')
    holders = {name for name, _digest in knowledge.mathematics.digest}
    common = common_macros((blog.formulas[name].macros for name in sorted(holders)), blog.macros)
    return {
        'macros': _configured({**common, **blog.macros.table}),
        'posts': [
            {
                'id': name,
                'url': app.builder.get_target_uri(name),
                'title': to_plain(knowledge.shown_title(name)),
                'html': render_html(knowledge.shown_title(name)),
                'text': ' '.join(
                    [
                        to_plain(post.title),
                        *post.tags,
                        *post.categories,
                        *(series.name for series in knowledge.series_of.get(name, ())),
                    ]
                ),
            }
            for name, post in knowledge.posts.items()
            if name in holders
        ],
    }


def _configured(macros: Mapping[str, Macro]) -> dict[str, list[Any]]:
    """Macros as MathJax's configuration writes them."""
    return {
        name[1:]: [' '.join(macro.body), macro.arguments]
        + ([] if macro.default is None else [' '.join(macro.default)])
        for name, macro in sorted(macros.items())
    }


# assets ---------------------------------------------------------------------------


def _add_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load scripts and style sheet on the page itself."""
    del templatename, context, doctree
    if pagename != formula_page_name(app.config) or not has_formula_page(app.builder):
        return
    for name in (*SCRIPTS, _STYLE, _LICENCE):
        if name == DATA_SCRIPT:
            content = data_script('blogFormulas.receive', 'tables', json.loads(_TABLES.read_text('utf-8')))
        else:
            content = (_STATIC / name).read_bytes()
        write_or_warn(Path(app.outdir) / '_static' / 'sphinxext_blog' / name, content)
    app.add_css_file(f'sphinxext_blog/{_STYLE}')
    for name in SCRIPTS:
        app.add_js_file(f'sphinxext_blog/{name}', loading_method='defer')
