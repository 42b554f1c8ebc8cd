"""The one style sheet that panels need; the graph page brings its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.site.files import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['LOCALE', 'add_assets']

_PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = _PACKAGE / 'locale'


def add_assets(app: Sphinx) -> None:
    """Put the style sheet into the site and have every page link it.

    It is copied here rather than through ``html_static_path``, which is a value
    of the configuration: Sphinx would tell in each build that it had changed.
    """
    if app.builder.format != 'html':
        return
    name = 'sphinxext_blog/blog.css'
    content = (_PACKAGE / 'static' / 'every_page' / name).read_bytes()
    write_if_changed(Path(app.outdir) / '_static' / name, content)
    app.add_css_file(name)
