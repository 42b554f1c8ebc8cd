"""From tokens of Markdown to nodes, where blogs mean something else than MyST-Parser does.

Links by name, addresses of the site as it was, pictures where other engines keep them.
Which page a name means is decided when all are read.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx import addnodes
from sphinx.highlighting import lexer_classes

from sphinxext_blog.site.contents_list import contents_list
from sphinxext_blog.site.embeds import BLOCK, block_id
from sphinxext_blog.site.files import is_file
from sphinxext_blog.site.markdown_html import HTML
from sphinxext_blog.site.markdown_notes import CALLOUTS
from sphinxext_blog.site.markdown_syntax import SCHEME, size_of
from sphinxext_blog.site.pictures import file_path, find_file
from sphinxext_blog.site.posts import TAG
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.wikilinks import ATTACHMENT

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ['BlogRenderer']


_HEADING = re.compile(r'[\sA-Z]|^\d+(?:-\d+)+-')
"""In an address: a heading in its own words, as Obsidian has it, or with its numbers, as Hexo has it."""


_NO_LEXERS = frozenset({'none', 'default', 'guess'})
"""Sphinx's own names."""
_FILM = re.compile(
    r'https?://(?:(?:www\.|m\.)?youtube\.com/(?:watch|embed|shorts)|youtu\.be/|(?:www\.|player\.)?vimeo\.com/'
    r'|(?:www\.)?bilibili\.com/video/)',
    re.IGNORECASE,
)


class BlogRenderer(SphinxRenderer):  # type: ignore[misc, unused-ignore]
    """Links by name, and addresses of the site as it was."""

    def create_highlighted_code_block(
        self, text: str, lexer_name: str | None, *args: Any, **kwargs: Any
    ) -> nodes.Element:
        """As MyST-Parser's, but a language that Pygments doesn't know is text, and no fault.

        So are ``mermaid`` or ``plain``, which others draw or print; by the class of the block
        what draws it here finds it, too.
        """
        name = (lexer_name or '').partition(':')[0]  # Hugo and Hexo: behind it a title or lines
        known = not name or name in _NO_LEXERS or name in lexer_classes or _has_lexer(name)
        block: nodes.Element = super().create_highlighted_code_block(
            text, name if known else 'text', *args, **kwargs
        )
        if not known:
            block['classes'].append(f'highlight-{name}')
        return block

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

    def render_blog_contents(self, token: SyntaxTreeNode) -> None:
        box = contents_list(self.document)
        self.add_line_and_source_path(box, token)
        self.current_node.append(box)

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

    def render_link_unknown(self, token: SyntaxTreeNode) -> None:
        try:
            super().render_link_unknown(token)
        except OSError:  # MyST-Parser looks for a file, and no file can be called so
            self.render_link_url(token)
            name = unquote(str(token.attrGet('href') or ''))
            warn('markdown', 'the file %r is not there', name, location=self.current_node[-1])

    def _name_of_note(self, href: str) -> str:
        """What an address names as Obsidian's do: a page wherever it is, a heading in its own words."""
        path, _hash, heading = href.partition('#')
        if not path and _HEADING.search(unquote(heading)):
            return f'#{unquote(heading)}'
        if not path.endswith('.md') or '://' in path or path.startswith('/'):
            return ''
        path, heading = unquote(path), unquote(heading)
        here = Path(self.sphinx_env.doc2path(self.sphinx_env.docname)).parent
        is_there = is_file(here / path)
        if is_there and not _HEADING.search(heading):
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
        if path.endswith('.md') or is_file(source.parent / path):
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
        return ':' in path or path.startswith('/') or (bool(path) and is_file(here / path))

    def _is_file(self, path: str) -> bool:
        root = Path(self.sphinx_env.srcdir)
        return not path.strip('/') or any(
            is_file(root / (path.lstrip('/') + suffix)) for suffix in ('', '.md', '.markdown', '.rst')
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
        elif _FILM.match(source):
            self._render_film(token, source)  # Obsidian shows its player
            return
        elif '://' not in source and not source.startswith('data:'):
            # markdown-it encodes what is no ASCII, and Sphinx looks for a file of that very name.
            token.attrs['src'] = self._beside_or_anywhere(name)
        super().render_image(token)
        image: Any = self.current_node[-1]
        image.rawsource = image.rawsource or source or 'image'  # without it Sphinx forgets the line
        _take_size(image)
        if scale := token.meta.get('scale'):
            image['scale'] = scale

    def _beside_or_anywhere(self, name: str) -> str:
        """The path of a picture, relative as it is written if it is there; else where it is."""
        env = self.sphinx_env
        if not name or self.md_env.get('relative-images') is not None:
            return name  # what is included says where its pictures are
        # behind # and ? stands how themes are to show it
        for path in dict.fromkeys((name, name.partition('#')[0].partition('?')[0])):
            if is_file(Path(env.doc2path(env.docname)).parent / path):
                return path
            if found := find_file(env, env.docname, path):
                return found
        return name

    def _render_film(self, token: SyntaxTreeNode, address: str) -> None:
        words = self.renderInlineAsText(token.children or []) or address
        if _is_in_link(self.current_node):
            self.current_node.append(nodes.Text(words))  # HTML knows no link within another
            return
        link = nodes.reference('', words, refuri=address)
        self.add_line_and_source_path(link, token)
        self.current_node.append(link)


def _is_in_link(node: nodes.Element | None) -> bool:
    while node is not None:
        if isinstance(node, (nodes.reference, addnodes.pending_xref, addnodes.download_reference)):
            return True
        node = node.parent
    return False


def _has_lexer(name: str) -> bool:
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return False
    return True


def _take_size(image: nodes.image) -> None:
    """Take the size out of the words of a picture, where Obsidian has it: behind a bar."""
    words, bar, last = str(image.get('alt', '')).rpartition('|')
    if bar and (size := size_of(last)):
        image['alt'] = words.strip()
        for side, length in size.items():
            image.setdefault(side, length)
