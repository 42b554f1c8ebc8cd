"""The parser of Markdown posts: MyST-Parser's, for what blogs and note books really hold.

It takes the place of MyST-Parser's own parser for ``.md`` files and is the same
for documents that are no posts (``blog_markdown`` says which documents it is
for). Nothing is kept between documents, so that it works alike in incremental
and parallel builds; which page a name means is decided when all are read.
"""

from __future__ import annotations

import dataclasses
import os
import posixpath
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from myst_parser.config.main import MdParserConfig, TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning
from sphinx import addnodes
from sphinx.util.matching import compile_matchers

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.embeds import BLOCK, block_id
from sphinxext_blog.site.markdown_html import HTML, html_plugin
from sphinxext_blog.site.markdown_kramdown import inline_dollars, is_jekylls, without_attributes
from sphinxext_blog.site.markdown_math import math_plugin
from sphinxext_blog.site.markdown_matter import mend
from sphinxext_blog.site.markdown_notes import CALLOUTS, notes_plugin, tags_plugin
from sphinxext_blog.site.markdown_syntax import SCHEME, heading_plugin, plain_shortcodes, reference_plugin
from sphinxext_blog.site.pictures import file_path
from sphinxext_blog.site.posts import TAG
from sphinxext_blog.site.raw_html import note_files
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.wikilinks import ATTACHMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.tree import SyntaxTreeNode
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
        md = create_md_parser(config, _BlogRenderer)
        md.options['document'] = document
        if not (config.commonmark_only or config.gfm_only):
            math_plugin(md, remark_syntax)
            reference_plugin(md)
            notes_plugin(md)
            html_plugin(md)
            if _has_tags(env):
                tags_plugin(md)
            if jekylls:
                inline_dollars(md)
            told = ' '.join(str(matter.fields.get('title') or '').split())
            if not config.title_to_header:
                heading_plugin(md, told or _title_of_file(docname), told=bool(told))
        md.render(text)
        _lift_displays(document)
        note_files(env, docname, document)


def _is_meant(env: BuildEnvironment, docname: str, fields: dict[str, Any], text: str) -> bool:
    """Whether a document is read with the habits of blogs; `posts.is_post` has the last word on posts."""
    config = blog_config(env.config)
    if config.markdown != 'posts':
        return config.markdown == 'all'
    told = str(fields.get('blogpost', '')).casefold()
    if told in {'false', 'no', 'off', '0'}:
        return False
    if told or 'date' in fields or '{post}' in text:
        return True
    suffix = PurePosixPath(env.doc2path(docname, base=False)).suffix
    return any(
        matches(docname) or matches(docname + suffix) for matches in compile_matchers(config.post_pattern)
    )


def _has_tags(env: BuildEnvironment) -> bool:
    """Whether ``#tag`` in the text is a tag: as the author says, else in a vault of Obsidian."""
    told = blog_config(env.config).inline_tags
    return (Path(env.srcdir) / '.obsidian').is_dir() if told is None else told


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


def _title_of_file(docname: str) -> str:
    """The title that a file's name tells; ``index`` is called like its folder."""
    path = PurePosixPath(docname)
    name = path.parent.name if path.name == 'index' and path.parent.name else path.name
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


class _BlogRenderer(SphinxRenderer):  # type: ignore[misc, unused-ignore]
    """Links by name, and addresses of the site as it was."""

    def render_s(self, token: SyntaxTreeNode) -> None:
        # MyST-Parser's own is raw HTML, with a warning for other builders.
        self._render_classed(token, 'blog-struck')

    def render_blog_mark(self, token: SyntaxTreeNode) -> None:
        self._render_classed(token, 'blog-marked')

    def _render_classed(self, token: SyntaxTreeNode, name: str) -> None:
        node = nodes.inline('', '', classes=[name])
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_blog_callout(self, token: SyntaxTreeNode) -> None:
        told = token.meta['kind']
        kind = CALLOUTS.get(told, 'note')
        if token.meta['titled']:
            node: nodes.Element = nodes.admonition('', classes=[kind])
        else:
            node = getattr(nodes, kind)('')
        if told != kind:
            node['classes'].append(f'blog-callout-{nodes.make_id(told) or "own"}')
        if token.meta['folded']:
            node['classes'].append('dropdown')  # as sphinx-togglebutton and several themes call it
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_blog_title(self, token: SyntaxTreeNode) -> None:
        node = nodes.title()
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_blog_tag(self, token: SyntaxTreeNode) -> None:
        node = addnodes.pending_xref(
            refdomain='blog',
            reftype='tag',
            reftarget=token.content,
            refdoc=self.sphinx_env.docname,
            refexplicit=True,
            refwarn=False,  # a draft's tag may have no page
        )
        node[TAG] = token.content
        self.add_line_and_source_path(node, token)
        node += nodes.inline('', f'#{token.content}', classes=['blog-inline-tag'])
        self.current_node.append(node)

    def render_blog_block(self, token: SyntaxTreeNode) -> None:
        # docutils gives the ids of a target to what follows it
        target = nodes.target('', '')
        names = [name for name in token.meta['names'] if block_id(name) not in self.document.ids]
        for name in names:
            target['ids'].append(block_id(name))
            self.document.ids[block_id(name)] = target
        if names:
            target[BLOCK] = names
            self.current_node.append(target)

    def render_blog_figure(self, token: SyntaxTreeNode) -> None:
        node = nodes.figure()
        if token.meta['align']:
            node['align'] = token.meta['align']
        self._render_within(node, token)

    def render_blog_caption(self, token: SyntaxTreeNode) -> None:
        self._render_within(nodes.caption(), token)

    def render_blog_box(self, token: SyntaxTreeNode) -> None:
        self._render_within(nodes.container(), token)

    def _render_within(self, node: nodes.Element, token: SyntaxTreeNode) -> None:
        node['classes'] += str(token.attrGet('class') or '').split()
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_link(self, token: SyntaxTreeNode) -> None:
        href = str(token.attrGet('href') or '')
        if href[:8].lower().startswith(('http://', 'https://')) and not href.startswith('http'):
            # MyST-Parser takes HTTPS:// for the name of a target.
            scheme, colon, rest = href.partition(':')
            token.attrs['href'] = href = f'{scheme.lower()}{colon}{rest}'
        if href.startswith(SCHEME) and ATTACHMENT.search(
            name := unquote(href[len(SCHEME) :]).partition('#')[0]
        ):
            self._render_attachment(token, name)
        elif href.startswith(SCHEME):
            self._render_name(token, unquote(href.removeprefix(SCHEME)))
        elif name := self._name_of_note(href) or self._page_beside(href):
            self._render_name(token, name)
        elif token.meta.get(HTML) and not self._is_known(href):
            self.render_link_url(token)  # whatever it meant in HTML, a name of MyST it was not
        elif href.startswith('/') and not self._is_file(unquote(href.partition('#')[0].partition('?')[0])):
            # an address of the blog where it was before: the references know which post it is
            self.render_link_url(token)
        else:
            super().render_link(token)

    def _name_of_note(self, href: str) -> str:
        """What an address names as Obsidian's do: a page wherever it is, a heading in its own words."""
        path, _hash, heading = href.partition('#')
        if not path and re.search(r'[\sA-Z]', unquote(heading)):
            return f'#{unquote(heading)}'
        if not path.endswith('.md') or '://' in path or path.startswith('/'):
            return ''
        path, heading = unquote(path), unquote(heading)
        here = Path(self.sphinx_env.doc2path(self.sphinx_env.docname)).parent
        is_there = (here / path).is_file()
        if is_there and not re.search(r'[\sA-Z]', heading):
            return ''
        name = path.removesuffix('.md')
        if is_there:
            # from the source folder, so that no other page of that name is meant
            docname = self.sphinx_env.path2doc(str(here / path))
            if docname not in self.sphinx_env.found_docs:
                return ''
            name = f'/{docname}'
        elif not any(
            known.rpartition('/')[2] == name.rpartition('/')[2] for known in self.sphinx_env.found_docs
        ):
            return ''
        return f'{name}#{heading}' if heading and name else name

    def _page_beside(self, href: str) -> str:
        """What a relative address names in a blog whose pages are folders, as Hugo's: ``../b/`` a sibling.

        An address that ends as those do and leads to no document is the name of one, to be told of
        when there is none.
        """
        path, hash_, fragment = href.partition('#')
        path = unquote(path)
        if not path or path.startswith('/') or ':' in path or '?' in path or '/' not in path:
            return ''
        source = Path(self.sphinx_env.doc2path(self.sphinx_env.docname))
        if path.endswith('.md') or (source.parent / path).is_file():
            return ''
        here = self.sphinx_env.docname
        folder, _slash, last = here.rpartition('/')
        for start in (folder if last in {'index', '_index'} else here, folder):
            page = posixpath.normpath(posixpath.join('/', start, path)).removesuffix('.html').lstrip('/')
            for name in (page, f'{page}/index'.lstrip('/'), f'{page}/_index'.lstrip('/')):
                if name in self.sphinx_env.found_docs:
                    return f'/{name}{hash_}{unquote(fragment)}'
        return f'{path}{hash_}{unquote(fragment)}' if path.endswith('/') else ''

    def _is_known(self, href: str) -> bool:
        """Whether an address is one for MyST-Parser: with a scheme, from the root, or of a file beside."""
        path = unquote(href.partition('#')[0].partition('?')[0])
        here = Path(self.sphinx_env.doc2path(self.sphinx_env.docname)).parent
        return ':' in path or path.startswith('/') or (bool(path) and (here / path).is_file())

    def _is_file(self, path: str) -> bool:
        root = Path(self.sphinx_env.srcdir)
        return not path.strip('/') or any(
            (root / (path.lstrip('/') + suffix)).is_file() for suffix in ('', '.md', '.rst')
        )

    def _render_name(self, token: SyntaxTreeNode, target: str) -> None:
        node = addnodes.pending_xref(
            refdomain='blog',
            reftype='wiki',
            reftarget=target,
            refdoc=self.sphinx_env.docname,
            refexplicit=not token.meta.get('titled'),
            # Obsidian's authors name pages that are still to be written; a tag of Jekyll or Hugo is no such wish.  # noqa: E501
            refwarn=not (
                token.children and token.nester_tokens and token.nester_tokens.opening.markup == '[['
            ),
        )
        self.add_line_and_source_path(node, token)
        inner = nodes.inline('', '', classes=['blog-wikilink', *str(token.attrGet('class') or '').split()])
        node += inner
        self.current_node.append(node)
        with self.current_node_context(inner):
            self.render_children(token)

    def _render_attachment(self, token: SyntaxTreeNode, name: str) -> None:
        """A file that is named as notes are; Sphinx warns of one that is nowhere."""
        node = addnodes.download_reference(
            refdomain='',
            reftype='download',
            reftarget=file_path(self.sphinx_env, self.sphinx_env.docname, name),
            refdoc=self.sphinx_env.docname,
            refexplicit=True,
            refwarn=False,
        )
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_image(self, token: SyntaxTreeNode) -> None:
        source = str(token.attrGet('src') or '')
        name = unquote(source.removeprefix(SCHEME))
        if source.startswith(SCHEME) or (source.startswith('/') and not source.startswith('//')):
            token.attrs['src'] = file_path(self.sphinx_env, self.sphinx_env.docname, name)
        elif '://' not in source and not source.startswith('data:'):
            # markdown-it encodes what is no ASCII, and Sphinx looks for a file of that very name.
            token.attrs['src'] = self._beside_or_within(name)
        super().render_image(token)
        image: Any = self.current_node[-1]
        if scale := token.meta.get('scale'):
            image['scale'] = scale

    def _beside_or_within(self, name: str) -> str:
        """A relative path of a picture; Hexo keeps them in a folder that is called like the post."""
        page = Path(self.sphinx_env.doc2path(self.sphinx_env.docname))
        folder = page.with_suffix('')
        if not name or (page.parent / name).is_file() or not (folder / name).is_file():
            return name
        return f'{folder.name}/{name}'
