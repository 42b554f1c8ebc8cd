"""What a site gives to programs: ``graph.json``, ``graph.graphml`` and ``formulas.json`` beside its pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.config import blog_config
from sphinxext_blog.site.files import write_or_warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinxext_blog.formulas import Place
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.last_build import LastBuild

__all__ = ['FORMULAS_VERSION', 'PAGE_BUILDERS', 'export_knowledge']

PAGE_BUILDERS = frozenset({'html', 'dirhtml', 'readthedocs', 'readthedocsdirhtml'})
"""Builders whose output is a site that can hold pages of its own beside the documents."""
FORMULAS_VERSION: Final = 1
"""Version of names and meanings in ``formulas.json``; raised when one of them changes."""


def export_knowledge(app: Sphinx, exception: Exception | None) -> None:
    """Write the exports of a build that went well."""
    if exception is not None or app.builder.name not in PAGE_BUILDERS:
        return
    domain: Any = app.env.get_domain('blog')
    last: LastBuild = domain.last_build
    if last.has_made('exports', last.facts):
        return
    last.forget('exports')
    from sphinxext_blog.graph import to_graphml, to_json

    knowledge: Knowledge = domain.knowledge
    folder = Path(app.outdir) / blog_config(app.config).path
    files: dict[str, Callable[[], bytes]] = {
        'graph.json': lambda: to_json(knowledge.graph),
        'graph.graphml': lambda: to_graphml(knowledge.graph),
        'formulas.json': lambda: formulas_json(knowledge),
    }
    for name, content in files.items():
        with collector_at_rest():
            made = content()
        if not write_or_warn(folder / name, made):
            return
    last.note_made('exports', last.facts, [folder / name for name in files])


def formulas_json(knowledge: Knowledge) -> bytes:
    """The formulas of the blog, each once, as JSON in UTF-8: see the manual, *Files for programs*."""
    from sphinxext_blog.formulas import KEY_VERSION
    from sphinxext_blog.formulas.analysis import hash_of

    def place(found: Place) -> dict[str, str]:
        known = {
            'post': found.docname,
            'url': knowledge.urls.get(found.docname, ''),
            'anchor': found.anchor,
            'section': found.section,
            'number': found.number,
        }
        return {name: value for name, value in known.items() if value}

    formulas = [
        {
            'id': entry.id,
            'latex': entry.latex,
            'display': entry.display,
            'size': entry.size,
            'keys': [hash_of(text) for text in entry.equations],
            'places': [place(found) for found in entry.places],
            'renamed': [place(found) for found in entry.renamed],
        }
        for entry in knowledge.mathematics.catalogue.entries.values()
    ]
    # A formula a line: json.dumps with an indent takes three times as long.
    lines = ',\n'.join(json.dumps(formula, ensure_ascii=False) for formula in formulas)
    text = f'{{"version": {FORMULAS_VERSION}, "key_version": {KEY_VERSION}, "formulas": [\n{lines}\n]}}\n'
    return text.encode('utf-8', 'replace')
