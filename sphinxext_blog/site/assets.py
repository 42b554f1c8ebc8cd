"""The one style sheet that panels need; the graph page brings its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['LOCALE', 'add_assets']

_PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = _PACKAGE / 'locale'


def add_assets(app: Sphinx) -> None:
    """Have the style sheet copied to the site and linked from its pages."""
    if app.builder.format != 'html':
        return
    # After Sphinx took its digest of the configuration, so that the place of
    # the package on this machine does not decide what is rebuilt.
    app.config.html_static_path.append(str(_PACKAGE / 'static' / 'every_page'))
    app.add_css_file('sphinxext_blog/blog.css')
