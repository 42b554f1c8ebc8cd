"""What Hugo, Jekyll, Hexo and Obsidian add to Markdown, as rules of markdown-it.

``[[Page#Heading|words]]`` and ``![[…]]``; ``{% post_url %}`` and ``{{< ref >}}``
where a link has its address; a heading for the title that stands only in the
front matter; shortcodes that are brackets around text, or code, or pictures.
Which page is meant is decided later (see `wikilinks`): here it only gets a name.
"""

from __future__ import annotations

import re
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import helpers
from markdown_it.token import Token

from sphinxext_blog.importers.latex import inline_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

__all__ = ['SCHEME', 'heading_plugin', 'plain_shortcodes', 'reference_plugin']

SCHEME = 'blog-wiki:'
"""Begins the address of a link whose target is the name of a page."""

_NO_TEXT = frozenset({'front_matter', 'myst_target', 'html_block', 'myst_line_comment', 'reference'})
_IMAGE = re.compile(r'\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$', re.IGNORECASE)
_ADDRESS_TAG = re.compile(
    r'(?:\{%-?[ \t]*(?P<jekyll>post_url|link|post_link|post_path)[ \t]+(?P<name>[^%\n]{1,300}?)[ \t]*-?%\}'
    r'|\{\{[<%][ \t]*(?P<hugo>relref|ref)[ \t]+(?P<page>[^>%\n]{1,300}?)[ \t]*[>%]\}\})(?P<rest>[^\s)]*)'
)
_POST_LINK = re.compile(
    r'\{%-?[ \t]*post_link[ \t]+(?:"(?P<quoted>[^"\n]{1,300})"|(?P<name>[^\s%"]{1,300}))'
    r'(?:[ \t]+(?P<words>[^%\n]{1,300}?))??(?:[ \t]+(?:true|false))?[ \t]*-?%\}'
)
"""Hexo's link to a post: its name, the words if they are not its title, whether to escape them."""
_HUGO_PATH = re.compile(r'(?:path[ \t]*=[ \t]*)?["`\']?([^"`\']+)')
_BASEURL = re.compile(r'\{\{-?[ \t]*site\.(?:baseurl|url)[ \t]*-?\}\}')
_OWN_ID = re.compile(r'[ \t]\{:?[ \t]*#([\w.:-]{1,200})(?:[ \t][^{}\n]{0,200})?\}[ \t]*$')
_FENCE = re.compile(r'[ \t]*(`{3,}|~{3,})')
_HIGHLIGHT = re.compile(
    r'[ \t]*(?:\{%-?[ \t]*(?P<end>end)?(?:highlight|codeblock)[ \t]*(?:[^%\n]{0,200}?\blang:)?(?P<a>[\w+#-]*)[^%]*%\}|\{\{[<%][ \t]*(?P<close>/)?[ \t]*highlight[ \t]*"?(?P<b>[\w+#-]*)"?[^>%]*[>%]\}\})[ \t]*'  # noqa: E501
)
_COMMENT = re.compile(r'\{%-?[ \t]*(?P<end>end)?comment[ \t]*-?%\}')
_BRACKET = re.compile(
    r'\{%-?[ \t]*(?:end)?(?:raw|math|katex|mathjax)[ \t]*-?%\}|\{\{[<%][ \t]*/?[ \t]*(?:math|katex|latex|raw)[^>%\n]{0,300}[>%]\}\}'  # noqa: E501
)
# Bounded, so that a line of them takes no more than linear time.
_FIGURE = re.compile(
    r'\{\{[<%][ \t]*(?:figure|img|image)[ \t]+(?P<attributes>[^>%\n]{0,2000}?)/?[ \t]{0,20}[>%]\}\}'
)
_TEX = re.compile(
    r'\{\{[<%][ \t]*(?P<name>katex|math|latex)\b(?P<how>[^>%\n]{0,100})[>%]\}\}(?P<latex>[^\n]{1,2000}?)'
    r'\{\{[<%][ \t]*/[ \t]*(?P=name)[ \t]*[>%]\}\}'
)
_WITHIN = re.compile(
    r'(?P<code>`[^`\n]{0,300}`)|(?P<tag>\{\{[<%][ \t]*/?[ \t]*(?P<name>[\w/-]{1,60})[^>%\n]{0,500}[>%]\}\})'
)
_LEFT_OUT = 'the shortcode {!r} means nothing here and is left out; write what it shows'
_ASSET = re.compile(
    r'\{%-?[ \t]*asset_(?:img|path)[ \t]+(?:[\w-]+[ \t]+){0,4}?(?P<src>[^\s%]{1,300}\.\w{1,5})'
    r'(?P<rest>[^%\n]{0,300}?)-?%\}'
)
"""Hexo's picture beside the post: classes, its file, its size, title and words in quotation marks."""
_ATTRIBUTE = re.compile(r'(\w+)[ \t]*=[ \t]*"([^"]*)"')
_OTHER = re.compile(
    r'[ \t]*(?:\{\{[<%][ \t]*/?[ \t]*(?P<hugo>[\w/-]+)(?:(?![>%]\}\})[^\n])*[>%]\}\}|\{%-?[ \t]*(?P<liquid>\w+)(?:(?!%\})[^\n])*%\})[ \t]*'  # noqa: E501
)


def plain_shortcodes(text: str, remark: Callable[[int, str], None]) -> str:
    """The text without shortcodes, those aside that are addresses of links; no line more or less.

    Brackets around raw text and formulas go, highlighted code becomes fenced, a
    figure an image. Any other that stands alone on its line is left out, and told.
    """
    if '{%' not in text and '{{' not in text:
        return text
    lines = text.split('\n')
    fence = ''
    ours = hidden = False
    for number, written in enumerate(lines):
        line = written
        mark = _FENCE.match(line)
        if mark and not ours and (not fence or mark[1].startswith(fence)):
            fence = '' if fence else mark[1]
            continue
        highlight = _HIGHLIGHT.fullmatch(line)
        if highlight and (ours or not fence):
            ends = bool(highlight['end'] or highlight['close'])
            if ends == ours:
                lines[number] = '``````' if ends else f'``````{highlight["a"] or highlight["b"] or ""}'
                ours = not ends
            continue
        if fence or ours or ('{%' not in line and '{{' not in line and not hidden):
            continue
        if '{%' in line or hidden:
            line, hidden = _without_comments(line, hidden=hidden)
            lines[number] = line
        line = _FIGURE.sub(_figure, _BRACKET.sub('', _TEX.sub(_tex, line)))
        line = _BASEURL.sub('', _ASSET.sub(_asset, line))
        other = _OTHER.fullmatch(line)
        if other and not _ADDRESS_TAG.search(line):
            remark(number + 1, _LEFT_OUT.format(other['hugo'] or other['liquid']))
            line = ''
        elif '{{<' in line or '{{%' in line:
            line = _WITHIN.sub(partial(_within, remark=partial(remark, number + 1)), line)
        lines[number] = line
    return '\n'.join(lines)


def _without_comments(line: str, *, hidden: bool) -> tuple[str, bool]:
    """A line without Liquid's comments, and whether one goes on behind it."""
    kept: list[str] = []
    at = 0
    for match in _COMMENT.finditer(line):
        if not hidden:
            kept.append(line[at : match.start()])
        hidden, at = not match['end'], match.end()
    return ''.join([*kept, '' if hidden else line[at:]]), hidden


def _tex(match: re.Match[str]) -> str:
    """What Hugo's themes set with KaTeX, in dollar signs unless it has some."""
    latex = match['latex'].strip()
    mark = '$$' if 'display' in match['how'] else '$'
    return latex if '$' in latex or latex.startswith(('\\(', '\\[')) else f'{mark}{latex}{mark}'


def _within(match: re.Match[str], remark: Callable[[str], None]) -> str:
    if match['code']:
        return match[0]
    if (address := _ADDRESS_TAG.fullmatch(match['tag'])) is not None:
        alone = match.string[max(0, match.start() - 2) : match.start()] not in {'](', ': '}
        # An address in running text is shown as a link.
        return f'[{_hugo_page(address["page"])}]({match[0]})' if alone and address['page'] else match[0]
    remark(_LEFT_OUT.format(match['name']))
    return ''


def _asset(match: re.Match[str]) -> str:
    rest = re.sub(r'^(?:[ \t]*\d{1,5})*', '', match['rest']).strip()
    said = re.findall(r'"([^"]*)"|\'([^\']*)\'', rest)
    words = next((one or two for one, two in reversed(said) if one or two), '' if said else rest)
    return f'![{words.replace("]", chr(92) + "]")}](<{match["src"]}>)'


def _figure(match: re.Match[str]) -> str:
    told = dict(_ATTRIBUTE.findall(match['attributes']))
    words = (told.get('caption') or told.get('alt') or told.get('title') or '').replace(']', '\\]')
    return f'![{words}](<{told["src"]}>)' if 'src' in told else ''


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


def _image(state: StateInline, target: str, words: str) -> None:
    token = state.push('image', 'img', 0)
    token.attrs = {'src': SCHEME + target, 'alt': ''}
    size = re.fullmatch(r'(\d{1,5})(?:x(\d{1,5}))?', words)
    if size:
        token.attrs['width'] = f'{size[1]}px'
        if size[2]:
            token.attrs['height'] = f'{size[2]}px'
        words = ''
    child = Token('text', '', 0)
    child.content = words or target.rpartition('/')[2]
    token.children, token.content = [child], child.content


def _destination(string: str, pos: int, maximum: int) -> Any:
    match = _ADDRESS_TAG.match(string, pos, maximum)
    if match is None:
        return helpers.parseLinkDestination(string, pos, maximum)
    name = (match['name'] or '').split()[0] if match['jekyll'] else _hugo_page(match['page'])
    return SimpleNamespace(ok=True, pos=match.end(), str=f'{SCHEME}{name}{match["rest"]}')


def _hugo_page(page: str) -> str:
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
