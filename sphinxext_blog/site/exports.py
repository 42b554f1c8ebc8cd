"""The graph as a public artefact: ``graph.json`` and ``graph.graphml`` beside the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.files import write_if_changed
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['PAGE_BUILDERS', 'export_graph']

PAGE_BUILDERS = frozenset({'html', 'dirhtml', 'readthedocs', 'readthedocsdirhtml'})
"""Builders whose output is a site that can hold pages of its own beside the documents."""


def export_graph(app: Sphinx, exception: Exception | None) -> None:
    """Write the exports of a build that went well."""
    if exception is not None or app.builder.name not in PAGE_BUILDERS:
        return
    from sphinxext_blog.graph import to_graphml, to_json

    domain: Any = app.env.get_domain('blog')
    folder = Path(app.outdir) / blog_config(app.config).path
    graph = domain.knowledge.graph
    for name, write in (('graph.json', to_json), ('graph.graphml', to_graphml)):
        try:
            write_if_changed(folder / name, write(graph))
        except OSError as error:
            warn('graph', '%s could not be written: %s', folder / name, error)
