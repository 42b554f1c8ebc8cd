"""The parser of Markdown posts: MyST-Parser's, for what blogs and note books really hold.

It takes the place of MyST-Parser's own parser for ``.md`` files and is the same
for documents that are no posts (``blog_markdown`` says which documents it is
for). Nothing is kept between documents, so that it works alike in incremental
and parallel builds; which page a name means is decided when all are read.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.config.main import MdParserConfig, TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning
from sphinx.util.matching import compile_matchers

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.markdown_addresses import addresses_plugin
from sphinxext_blog.site.markdown_code import code_plugin
from sphinxext_blog.site.markdown_emphasis import emphasis_plugin
from sphinxext_blog.site.markdown_html import html_plugin
from sphinxext_blog.site.markdown_kramdown import inline_dollars, is_jekylls, without_attributes
from sphinxext_blog.site.markdown_lines import settle_lines
from sphinxext_blog.site.markdown_math import math_plugin
from sphinxext_blog.site.markdown_matter import mend
from sphinxext_blog.site.markdown_notes import notes_plugin, tags_plugin
from sphinxext_blog.site.markdown_renderer import BlogRenderer
from sphinxext_blog.site.markdown_shortcodes import plain_shortcodes
from sphinxext_blog.site.markdown_syntax import contents_plugin, heading_plugin, reference_plugin
from sphinxext_blog.site.raw_html import note_files
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

__all__ = ['BlogMarkdownParser']

_SETTINGS = frozenset({'myst', 'html_meta', 'substitutions'})
"""Fields of a front matter that configure MyST-Parser."""


_ALL_LEVELS = 6
"""Levels of headings that ``[x](page.md#heading)`` finds: MyST-Parser's default is none of them."""
_EXTENSIONS = ('dollarmath', 'amsmath', 'deflist', 'strikethrough', 'tasklist')
"""What blogs and notes use as a matter of course."""


class BlogMarkdownParser(MystParser):  # type: ignore[misc, unused-ignore]
    """MyST-Parser with the habits of blogs."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        env = document.settings.env
        docname = env.docname
        name = PurePosixPath(docname).name
        # what another document includes has a source of its own, and is no post
        whole = os.path.normcase(str(document.get('source') or '')) == os.path.normcase(env.doc2path(docname))
        matter = mend(inputstring, name) if whole else None
        if matter is None or not _is_meant(env, docname, matter.fields, inputstring):
            super().parse(inputstring, document)
            return
        for remark in matter.remarks:
            warn('front-matter', '%s', remark.message, location=(docname, remark.line))

        def remark_syntax(line: int, message: str) -> None:
            warn('markdown', '%s', message, location=(docname, line or None))

        text = plain_shortcodes(matter.text, remark_syntax)
        jekylls = is_jekylls(docname)
        if jekylls:
            text = without_attributes(text)
        config = _config(env.myst_config, text, matter.fields, document)
        if jekylls:
            # kramdown's sizes of pictures were written for it
            config = dataclasses.replace(
                config, enable_extensions={*config.enable_extensions, 'attrs_inline'}
            )
        md = create_md_parser(config, BlogRenderer)
        md.options['document'] = document
        if not (config.commonmark_only or config.gfm_only):
            emphasis_plugin(md)
            addresses_plugin(md)
            math_plugin(md, remark_syntax)
            reference_plugin(md)
            contents_plugin(md)
            notes_plugin(md)
            code_plugin(md)
            html_plugin(md)
            if _has_tags(env):
                tags_plugin(md)
            if jekylls:
                inline_dollars(md)
            told = ' '.join(str(matter.fields.get('title') or '').split())
            if not config.title_to_header:
                heading_plugin(md, told or _title_of_file(docname, is_note=_is_vault(env)), told=bool(told))
        md.render(text)
        _lift_displays(document)
        settle_lines(document)
        note_files(env, docname, document)


def _is_meant(env: BuildEnvironment, docname: str, fields: dict[str, Any], text: str) -> bool:
    """Whether a document is read with the habits of blogs; `posts.is_post` has the last word on posts."""
    config = blog_config(env.config)
    if config.markdown != 'posts':
        return config.markdown == 'all'
    told = str(fields.get('blogpost', '')).casefold()
    if told in {'false', 'no', 'off', '0'}:
        return False
    if told or ('date' in fields and not config.post_pattern) or '{post}' in text:
        return True
    suffix = PurePosixPath(env.doc2path(docname, base=False)).suffix
    return any(
        matches(docname) or matches(docname + suffix) for matches in compile_matchers(config.post_pattern)
    )


def _has_tags(env: BuildEnvironment) -> bool:
    """Whether ``#tag`` in the text is a tag: as the author says, else in a vault of Obsidian."""
    told = blog_config(env.config).inline_tags
    return _is_vault(env) if told is None else told


def _is_vault(env: BuildEnvironment) -> bool:
    """Whether the source folder is one of Obsidian's."""
    return (Path(env.srcdir) / '.obsidian').is_dir()


def _config(
    config: MdParserConfig, text: str, fields: Mapping[str, Any], document: nodes.document
) -> MdParserConfig:
    """MyST's configuration with the mathematics of blogs, and with what the document says itself."""
    config = dataclasses.replace(
        config,
        enable_extensions={*config.enable_extensions, *_EXTENSIONS},
        dmath_double_inline=True,
        heading_anchors=config.heading_anchors or _ALL_LEVELS,
    )
    if _SETTINGS.isdisjoint(fields):
        return config
    try:
        topmatter = read_topmatter(text)
    except TopmatterReadError:
        return config  # told when it is rendered
    if not topmatter:
        return config

    def warning(kind: Any, message: str) -> None:
        create_warning(document, message, kind, line=1, append_to=document)

    merged: MdParserConfig = merge_file_level(config, topmatter, warning)
    return merged


def _title_of_file(docname: str, *, is_note: bool) -> str:
    """The title that a file's name tells; ``index`` is called like its folder.

    :param is_note: in a vault the name is the title as it stands: ``k-means``.
    """
    path = PurePosixPath(docname)
    name = path.parent.name if path.name == 'index' and path.parent.name else path.name
    if is_note:
        return name
    dated = len(name) > 11 and name[:4].isdecimal() and name[4] == '-' and name[10:11] == '-'
    if not dated and (' ' in name or not name.isascii() or name[:1].isupper()):
        return name
    words = (name[11:] if dated else name).replace('-', ' ').replace('_', ' ').strip()
    return words[:1].upper() + words[1:]


def _lift_displays(document: nodes.document) -> None:
    """Let a display formula stand between paragraphs: HTML allows no block in one."""
    for paragraph in list(document.findall(nodes.paragraph)):
        if not any(isinstance(child, nodes.math_block) for child in paragraph.children):
            continue
        parts: list[nodes.Node] = []
        open_: nodes.paragraph | None = None
        for child in paragraph.children:
            if isinstance(child, nodes.math_block):
                parts.append(child)
                open_ = None
                continue
            if open_ is None:
                if isinstance(child, nodes.Text) and not child.astext().strip():
                    continue
                open_ = nodes.paragraph('', '')
                open_.source, open_.line = paragraph.source, paragraph.line
                open_['classes'] = list(paragraph['classes'])
                parts.append(open_)
            open_ += child
        paragraph.parent[paragraph.parent.index(paragraph) : paragraph.parent.index(paragraph) + 1] = parts
