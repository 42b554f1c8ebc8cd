"""Whether Markdown is read by our parser: only beside MyST-Parser, and only in place of its own.

MyST-Parser knows files by ``.md``. What Jekyll makes ends in ``.markdown``, and would be passed over
without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.config import blog_config

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ['use_blog_markdown']


def use_blog_markdown(app: Sphinx, config: Config) -> None:
    """Let Markdown posts be read with the habits of blogs, when MyST-Parser is in use."""
    if 'myst_parser' not in app.extensions or blog_config(config).markdown == 'none':
        return
    from myst_parser.parsers.sphinx_ import MystParser

    from sphinxext_blog.site.markdown_parser import BlogMarkdownParser

    # Another extension's parser, such as that of notebooks, stays.
    if app.registry.get_source_parsers().get('markdown') is MystParser:
        app.add_source_parser(BlogMarkdownParser, override=True)
        if '.markdown' not in app.registry.source_suffix:
            app.add_source_suffix('.markdown', 'markdown')
