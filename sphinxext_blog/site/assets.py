"""The style sheet of all pages, and the font for formulas that it loads.

Whatever we add to a page is MathML, and so may be the posts. Without a font
that has a MATH table, brackets and roots stay small and letters are missing, so
we bring one. Browsers ask for it only where a page shows MathML.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinxext_blog.site.files import write_or_stop

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['LOCALE', 'add_assets', 'math_style']

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_EVERY_PAGE: Final = _PACKAGE / 'static' / 'every_page'
_MATH_FONT: Final = _PACKAGE / 'static' / 'math_font'
_FONT_FILES: Final = {'blog-math.woff2': 'blog-math.woff2', 'OFL.txt': 'blog-math-licence.txt'}
LOCALE: Final = _PACKAGE / 'locale'


def add_assets(app: Sphinx) -> None:
    """Put the style sheet into the site and have every page link it.

    It is copied here rather than through ``html_static_path``, which is a value
    of the configuration: Sphinx would tell in each build that it had changed.
    """
    if app.builder.format != 'html':
        return
    name = 'sphinxext_blog/blog.css'
    style = (_MATH_FONT / 'math.css').read_bytes()
    if app.builder.name != 'epub':
        # Sphinx puts no WOFF2 into books, and what shows a book has its own fonts for formulas.
        style = math_style(Path(app.outdir))
    content = style + b'\n' + (_EVERY_PAGE / name).read_bytes()
    write_or_stop(Path(app.outdir) / '_static' / name, content)
    app.add_css_file(name)


def math_style(outdir: Path) -> bytes:
    """The rules for formulas, to stand first in a style sheet of ours in ``_static/sphinxext_blog``.

    The font that they load is written beside it.
    """
    for source, name in _FONT_FILES.items():
        write_or_stop(outdir / '_static' / 'sphinxext_blog' / name, (_MATH_FONT / source).read_bytes())
    return b''.join((_MATH_FONT / name).read_bytes() for name in ('font-face.css', 'math.css'))
