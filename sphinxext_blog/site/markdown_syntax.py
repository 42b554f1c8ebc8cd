"""What Hugo, Jekyll, Hexo and Obsidian add to Markdown, as rules of markdown-it.

``[[Page#Heading|words]]`` and ``![[…]]``; ``{% post_url %}`` and ``{{< ref >}}``
where a link has its address; a heading for the title that stands only in the
front matter.
Which page is meant is decided later (see `wikilinks`): here it only gets a name.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import helpers
from markdown_it.token import Token

from sphinxext_blog.importers.latex import inline_spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

__all__ = [
    'ADDRESS_TAG',
    'SCHEME',
    'contents_plugin',
    'heading_plugin',
    'hugo_page',
    'reference_plugin',
    'size_of',
]

SCHEME = 'blog-wiki:'
"""Begins the address of a link whose target is the name of a page."""

_NO_TEXT = frozenset({'front_matter', 'myst_target', 'html_block', 'myst_line_comment', 'reference'})
_SIZE = re.compile(r'(?P<width>\d{1,4})(?:x(?P<height>\d{1,4}))?')
_IMAGE = re.compile(r'\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$', re.IGNORECASE)
ADDRESS_TAG = re.compile(
    r'(?:\{%-?[ \t]*(?P<jekyll>post_url|link|post_link|post_path)[ \t]++'
    r'(?P<name>[^%\s][^%\n]{0,299}?)[ \t]*-?%\}'
    r'|\{\{[<%][ \t]*(?P<hugo>relref|ref)[ \t]++(?P<page>[^>%\s][^>%\n]{0,299}?)[ \t]*[>%]\}\})'
    r'(?P<rest>[^\s)]*)'
)
_POST_LINK = re.compile(
    r'\{%-?[ \t]*post_link[ \t]++(?:"(?P<quoted>[^"\n]{1,300})"|(?P<name>[^\s%"]{1,300}))'
    r'(?:[ \t]++(?P<words>[^%\s][^%\n]{0,299}?))??(?:[ \t]++(?:true|false))?[ \t]*-?%\}'
)
"""Hexo's link to a post: its name, the words if they are not its title, whether to escape them."""
_HUGO_PATH = re.compile(r'(?:path[ \t]*=[ \t]*)?["`\']?([^"`\']+)')
_TOC = re.compile(r'@?\[toc\](?:\([^)\n]{0,100}\))?|\[\[_toc_\]\]', re.IGNORECASE)
"""Of Typora and Python-Markdown, with the title of CSDN's; GitLab's."""
_OWN_ID = re.compile(r'[ \t]\{:?[ \t]*#([\w.:-]{1,200})(?:[ \t][^{}\n]{0,200})?\}[ \t]*$')


def reference_plugin(md: MarkdownIt) -> None:
    """Wikilinks, and tags where a link has its address."""
    md.inline.ruler.before('link', 'blog_wikilink', _wikilink)
    # `![` of an embed would be taken for an image, and `!` for text.
    md.inline.ruler.before('image', 'blog_embed', _wikilink)
    md.inline.ruler.before('link', 'blog_post_link', _post_link)
    changed: Any = SimpleNamespace(
        parseLinkDestination=_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    md.helpers = changed


def contents_plugin(md: MarkdownIt) -> None:
    """``[TOC]`` alone in its paragraph is the list of the sections."""
    md.core.ruler.after('block', 'blog_contents', _contents)


def _contents(state: StateCore) -> None:
    if 'TOC' in state.env.get('references', {}):
        return  # a link
    kept: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        is_list = (
            token.type == 'inline'
            and token.level == 1
            and kept[-1].type == 'paragraph_open'
            and _TOC.fullmatch(token.content.strip())
        )
        if is_list:
            kept[-1] = Token('blog_contents', '', 0, block=True, map=token.map)
            next(tokens)  # the end of the paragraph
        else:
            kept.append(token)
    state.tokens = kept


def _wikilink(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    embed = src[pos] == '!'
    start = pos + embed
    if not src.startswith('[[', start):
        return False
    end = src.find(']]', start + 2, start + 500)
    inside = src[start + 2 : end] if end >= 0 else ''
    if not inside.strip() or '\n' in inside or '[' in inside:
        return False
    target, _, words = inside.replace('\\|', '|').partition('|')
    target, words = target.strip(), words.strip()
    if not silent:
        if embed and _IMAGE.search(target):
            _image(state, target, words)
        else:
            shown = words or _shown(target)
            token = state.push('link_open', 'a', 1)
            token.attrs = {'href': SCHEME + target}
            token.markup = '[['
            if embed:
                token.attrs['class'] = 'blog-embed'
            state.push('text', '', 0).content = shown
            state.push('link_close', 'a', -1)
    state.pos = end + 2
    return True


def _post_link(state: StateInline, silent: bool) -> bool:
    match = _POST_LINK.match(state.src, state.pos) if state.src.startswith('{%', state.pos) else None
    if match is None:
        return False
    if not silent:
        name = match['quoted'] or match['name']
        words = (match['words'] or '').strip().strip('"\'')
        token = state.push('link_open', 'a', 1)
        token.attrs = {'href': SCHEME + name}
        token.meta = {'titled': not words}
        state.push('text', '', 0).content = words or name
        state.push('link_close', 'a', -1)
    state.pos = match.end()
    return True


def _shown(target: str) -> str:
    """``Page > Heading`` for ``Page#Heading``, as Obsidian shows it."""
    return ' > '.join(part for part in target.removesuffix('.md').split('#') if part).replace('^', '')


def size_of(text: str) -> dict[str, str]:
    """The size of a picture as Obsidian writes it (``100x50``, ``100``), by its sides; empty when none."""
    match = _SIZE.fullmatch(text.strip())
    return {side: f'{pixels}px' for side, pixels in match.groupdict().items() if pixels} if match else {}


def _image(state: StateInline, target: str, words: str) -> None:
    token = state.push('image', 'img', 0)
    token.attrs = {'src': SCHEME + target, 'alt': ''}
    told, _, last = words.rpartition('|')
    if size := size_of(last):
        token.attrs.update(size)
        words = told.strip()
    child = Token('text', '', 0)
    child.content = words or target.rpartition('/')[2]
    token.children, token.content = [child], child.content


def _destination(string: str, pos: int, maximum: int) -> Any:
    match = ADDRESS_TAG.match(string, pos, maximum)
    if match is None:
        return helpers.parseLinkDestination(string, pos, maximum)
    name = (match['name'] or '').split()[0] if match['jekyll'] else hugo_page(match['page'])
    return SimpleNamespace(ok=True, pos=match.end(), str=f'{SCHEME}{name}{match["rest"]}')


def hugo_page(page: str) -> str:
    """The page that the arguments of Hugo's ``ref`` name."""
    match = _HUGO_PATH.match(page.strip())
    return match[1].strip() if match else page


def heading_plugin(md: MarkdownIt, title: str, *, told: bool) -> None:
    """Give a post its title as its one heading of the first level, and let no level be skipped.

    :param title: what the heading says when the body has none of its own.
    :param told: the front matter says it: a body that has several headings of
        the first level then has sections, not a title.
    """
    waiting = [True]  # what directives and fields hold is parsed later, and is no whole document

    def headings(state: StateCore) -> None:
        if not waiting:
            return
        waiting.clear()
        opened = [
            n for n, token in enumerate(state.tokens) if token.type == 'heading_open' and token.level == 0
        ]
        for n in opened:
            _own_id(state.tokens[n], state.tokens[n + 1])
        first = [n for n in opened if state.tokens[n].tag == 'h1']
        body = next((n for n, token in enumerate(state.tokens) if token.type not in _NO_TEXT), None)
        own = bool(first) and first[0] == body
        if own and told and len(first) > 1:
            own = state.tokens[first[0] + 1].content.strip() == title.strip()
        shift = 1 if first and not own and title else 0
        _level(state, opened, shift, 1 if own or title else 0)
        if not own and title:
            at = 1 if state.tokens and state.tokens[0].type == 'front_matter' else 0
            state.tokens[at:at] = _heading(title)

    md.core.ruler.after('block', 'blog_headings', headings)


def _own_id(opening: Token, inline: Token) -> None:
    """Take the id that Hugo and kramdown let authors give to a heading: ``## Proof {#proof}``."""
    if match := _OWN_ID.search(inline.content):
        opening.attrSet('id', match[1])
        inline.content = inline.content[: match.start()]


def _level(state: StateCore, opened: list[int], shift: int, top: int) -> None:
    """Write levels without gaps: a section is one level below what is around it."""
    stack: list[int] = []
    seen_title = False
    for n in opened:
        written = int(state.tokens[n].tag[1:]) + shift
        if written == 1:
            stack, seen_title = [], True
            continue
        while stack and stack[-1] >= written:
            stack.pop()
        stack.append(written)
        level = len(stack) + (1 if top or seen_title else 0)
        for token in (state.tokens[n], state.tokens[n + 2]):
            token.tag = f'h{min(level, 9)}'


def _spans(title: str) -> list[Token]:
    """A title as it is written, formulas set: ``vector<int>`` is no tag, ``A*`` no emphasis."""
    tokens: list[Token] = []
    at = 0
    for span in inline_spans(title):
        if title[at : span.start]:
            tokens.append(Token('text', '', 0, content=title[at : span.start]))
        tokens.append(Token('math_inline', 'math', 0, content=span.body.strip(), markup='$'))
        at = span.end
    if title[at:]:
        tokens.append(Token('text', '', 0, content=title[at:]))
    return tokens


def _heading(title: str) -> list[Token]:
    opening, inline, closing = (
        Token('heading_open', 'h1', 1),
        Token('inline', '', 0),
        Token('heading_close', 'h1', -1),
    )
    for token in (opening, inline, closing):
        token.block = True
    opening.markup = closing.markup = '#'
    opening.map = inline.map = [0, 1]
    # without content, of which the parser would make more children
    inline.children, inline.level = _spans(' '.join(title.split())), 1
    return [opening, inline, closing]
