"""The manual's reference, written from the code, so that it can't be out of date.

``.. reference-from-code:: PART`` makes one part of it; the parts are below. Each
is a text in reStructuredText with Sphinx's own object descriptions, so that
everything stands in the index and can be referred to.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

REBUILDS = {'env': 'A change reads all documents again.'}
"""What a change of a value costs, where that is more than writing pages."""


GROUPS = {
    'Posts': 'blog_post_pattern blog_markdown blog_inline_tags blog_authors blog_languages blog_locations '
    'blog_default_author blog_default_language blog_default_location blog_site_urls post_auto_excerpt '
    'post_auto_image post_date_format post_redirect_refresh',
    'Archives to import': 'blog_sources blog_import_dir blog_corrections',
    'Panels and links': 'blog_auto_panels blog_related_count blog_related_weights blog_unlinked_mentions '
    'post_show_prev_next',
    'Formulas': 'blog_formula_page blog_formula_min_size blog_scoped_equations',
    'The graph page': 'blog_graph_page blog_graph_engine blog_graph_map',
    'Pages, lists and search': 'blog_title blog_path blog_archive_pages blog_archive_titles blog_topic_pages '
    'blog_page_size blog_cjk_search',
    'Feeds': 'blog_feeds blog_feed_archives blog_feed_fulltext blog_feed_length blog_feed_subtitle '
    'blog_feed_titles',
}
"""The values of ``conf.py`` by what they are about."""


def values() -> Iterator[str]:
    """Every value of ``conf.py``, in groups.

    :raises ValueError: when a value is in no group or in two, or a group names one that is not there.
    """
    from sphinxext_blog.config import described_values

    described = {name: rest for name, *rest in described_values()}
    grouped = [name for names in GROUPS.values() for name in names.split()]
    if sorted(grouped) != sorted(described):
        raise ValueError(f'to be grouped once each: {sorted(set(grouped) ^ set(described)) or grouped}')
    for group, names in GROUPS.items():
        yield f'.. rubric:: {group}'
        yield ''
        for name in names.split():
            default, rebuild, meaning = described[name]
            yield f'.. confval:: {name}'
            yield f'   :default: ``{default!r}``'
            yield ''
            yield f'   {meaning} {REBUILDS.get(rebuild, "")}'
            yield ''


def directives() -> Iterator[str]:
    """Every directive with its argument and options."""
    from sphinxext_blog.site.directives import DIRECTIVES

    for name, directive in DIRECTIVES.items():
        argument = getattr(directive, 'argument_name', '')
        required = directive.required_arguments > 0
        signature = f' {argument}' if required else f' [{argument}]' if argument else ''
        yield f'.. rst:directive:: .. {name}::{signature}'
        yield ''
        yield from (f'   {line.strip()}' for line in (directive.__doc__ or '').splitlines())
        yield ''
        if argument:
            yield f'   *{argument}*: {directive.argument_meaning}.'  # type: ignore[attr-defined]
            yield ''
        for option, spec in (directive.option_spec or {}).items():
            meaning = getattr(spec, 'meaning', '')
            if not meaning:
                continue  # docutils' own, such as an admonition's class
            yield f'   .. rst:directive:option:: {option}'
            if spec.is_flag:
                yield '      :type: no value'
            yield ''
            yield f'      {meaning[0].upper()}{meaning[1:]}.'
            yield ''


def fields() -> Iterator[str]:
    """Every field of a post."""
    from sphinxext_blog.site.front_matter import FIELD_SYNONYMS, FIELDS

    for name, meaning in FIELDS.items():
        others = [f'``{other}``' for other, meant in FIELD_SYNONYMS.items() if meant == name]
        also = f' Also {", ".join(others)}.' if others else ''
        yield f'``{name}``'
        yield f'   {meaning[0].upper()}{meaning[1:]}.{also}'


def _schema() -> dict[str, Any]:
    text = resources.files('sphinxext_blog.graph').joinpath('schema.json').read_text('utf-8')
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _attributes(owner: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    yield '.. list-table::'
    yield '   :header-rows: 1'
    yield '   :widths: 20 16 64'
    yield ''
    yield '   * - Attribute'
    yield '     - Type'
    yield '     - Meaning'
    for name, entry in owner['properties'].items():
        named = definitions.get(entry.get('$ref', '').rpartition('/')[2], {})
        kind = entry.get('type') or named.get('type') or 'string'
        if kind == 'array':
            items = entry.get('items') or named.get('items', {})
            inner = definitions.get(items.get('$ref', '').rpartition('/')[2], items)
            kind = f'list of {inner.get("type", "object")}s'
        meaning = ' '.join(filter(None, (entry.get('description'), named.get('description'))))
        if 'enum' in entry:
            meaning += ' One of ' + ', '.join(f'``{value}``' for value in entry['enum']) + '.'
        always = '' if name in owner.get('required', ()) else ', optional'
        yield f'   * - ``{name}``'
        yield f'     - {kind}{always}'
        yield f'     - {meaning}'
    yield ''


def node_attributes() -> Iterator[str]:
    """Every attribute of a node."""
    definitions = _schema()['$defs']
    yield from _attributes(definitions['node'], definitions)


def edge_attributes() -> Iterator[str]:
    """Every attribute of an edge, then what the evidence of each kind holds."""
    definitions = _schema()['$defs']
    edge = definitions['edge']
    yield from _attributes(edge, definitions)
    for rule in edge['allOf']:
        kind = rule['if']['properties']['key']['const']
        evidence = definitions[rule['then']['properties']['evidence']['items']['$ref'].rpartition('/')[2]]
        yield f'Evidence of an edge ``{kind}``: {evidence.get("description", "")}'
        yield ''
        yield from _attributes(evidence, definitions)


def graph_attributes() -> Iterator[str]:
    """What ``graph.graph`` holds, and the records in it."""
    definitions = _schema()['$defs']
    yield from _attributes(definitions['graph'], definitions)
    for name, title in (
        ('community', 'A record of ``communities``:'),
        ('series', 'A record of ``series``:'),
    ):
        yield title
        yield ''
        yield from _attributes(definitions[name], definitions)


def warnings() -> Iterator[str]:
    """Every warning."""
    from sphinxext_blog.site.warnings import SUBTYPES

    for name, meaning in SUBTYPES.items():
        yield f'``blog.{name}``'
        yield f'   {meaning[0].upper()}{meaning[1:]}.'


def commands() -> Iterator[str]:
    """Every command with its arguments."""
    from sphinxext_blog.__main__ import command_parser

    parser = command_parser()
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in subparsers.choices.items():
        command.formatter_class = _wide
        yield f'.. rubric:: {name}'
        yield ''
        yield '.. code-block:: text'
        yield ''
        yield from (f'   {line}' for line in command.format_help().splitlines())
        yield ''


def _wide(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, width=88)


PARTS = {
    'values': values,
    'directives': directives,
    'fields': fields,
    'node-attributes': node_attributes,
    'edge-attributes': edge_attributes,
    'graph-attributes': graph_attributes,
    'warnings': warnings,
    'commands': commands,
}


class ReferenceFromCode(SphinxDirective):
    """One part of the reference."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The part as nodes."""
        part = self.arguments[0]
        # Read again whenever the code changes, also in an incremental build.
        package = resources.files('sphinxext_blog')
        for file in (Path(__file__), *Path(str(package)).rglob('*.py'), *Path(str(package)).rglob('*.json')):
            self.env.note_dependency(str(file))
        holder = nodes.Element()
        lines = StringList([*PARTS[part]()], source=f'reference of {part}, written from the code')
        self.state.nested_parse(lines, self.content_offset, holder)
        return holder.children


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.add_directive('reference-from-code', ReferenceFromCode)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
