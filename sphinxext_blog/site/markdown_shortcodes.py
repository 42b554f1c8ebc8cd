"""Shortcodes of Hugo and tags of Liquid, as Jekyll and Hexo have it -> the Markdown that they stand for.

Brackets around raw text and formulas go, highlighted code becomes fenced, a figure an
image; what means nothing here is left out, and told. Addresses of links stay: see
`markdown_syntax`. Pure: text in, text of as many lines out.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from sphinxext_blog.site.markdown_syntax import ADDRESS_TAG, hugo_page

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['plain_shortcodes']

_BASEURL = re.compile(r'\{\{-?[ \t]*site\.(?:baseurl|url)[ \t]*-?\}\}')
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
        if other and not ADDRESS_TAG.search(line):
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
    if (address := ADDRESS_TAG.fullmatch(match['tag'])) is not None:
        alone = match.string[max(0, match.start() - 2) : match.start()] not in {'](', ': '}
        # An address in running text is shown as a link.
        return f'[{hugo_page(address["page"])}]({match[0]})' if alone and address['page'] else match[0]
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
