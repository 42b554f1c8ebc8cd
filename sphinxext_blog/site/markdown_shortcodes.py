"""Shortcodes of Hugo and tags of Liquid, as Jekyll and Hexo have it -> the Markdown that they stand for.

Brackets around raw text and formulas go, highlighted code becomes fenced, a figure an
image, a notice a callout; what means nothing here is left out, and told. Addresses of links stay: see
`markdown_syntax`. Pure: text in, text of as many lines out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from sphinxext_blog.site.markdown_boxes import boxes_of, draw_boxes
from sphinxext_blog.site.markdown_fences import fence_of, outside_fences
from sphinxext_blog.site.markdown_syntax import ADDRESS_TAG, hugo_page

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['plain_shortcodes']

_BASEURL = re.compile(r'\{\{-?[ \t]*site\.(?:baseurl|url)[ \t]*-?\}\}')
_FILTERED = re.compile(
    r'\{\{-?[ \t]*(?P<mark>["\'])(?P<path>[^"\'{}\n]{0,500})(?P=mark)[ \t]*'
    r'\|[ \t]*(?:relative_url|absolute_url|(?:prepend|relURL|absURL)\b)[^{}\n]{0,200}\}\}'
)
"""An address that Liquid puts below the address of the site."""
_HIGHLIGHT = re.compile(
    r'[ \t]*+(?:\{%-?[ \t]*+(?P<end>end)?(?:highlight|codeblock)[ \t]*+(?:[^%\n]{0,200}?\blang:)?(?P<a>[\w+#-]*+)[^%]*+%\}|\{\{[<%][ \t]*+(?P<close>/)?[ \t]*+highlight[ \t]*+"?(?P<b>[\w+#-]*+)"?[^>%]*+[>%]\}\})[ \t]*'  # noqa: E501
)
_COMMENT = re.compile(r'\{%-?[ \t]*(?P<end>end)?comment[ \t]*-?%\}')
_BRACKET = re.compile(
    r'\{%-?[ \t]*(?:end)?(?:raw|math|katex|mathjax)[ \t]*-?%\}|\{\{[<%][ \t]*+/?[ \t]*+(?:math|katex|latex|raw)[^>%\n]{0,300}[>%]\}\}'  # noqa: E501
)
# Bounded or possessive, so that a line of them takes no more than linear time.
_ARGUMENTS: Final = r'(?:[^>%"\'\n]|"[^"\n]{0,500}"|\'[^\'\n]{0,500}\'){0,600}?'
_FIGURE = re.compile(
    rf'\{{\{{[<%][ \t]*(?:figure|img|image)[ \t]++(?P<hugo>{_ARGUMENTS})/?[ \t]{{0,20}}[>%]\}}\}}'
    rf'|\{{%-?[ \t]*include[ \t]+(?:figure|image|img)[\w./-]{{0,40}}[ \t]++(?P<jekyll>{_ARGUMENTS})'
    r'[ \t]{0,20}-?%\}'
)
_SOURCES: Final = ('src', 'image_path', 'path', 'file', 'url')
"""What the picture of such a tag is called."""
_CONTENTS = re.compile(
    r'[ \t]*(?:\{\{[<%][ \t]*toc[ \t]*/?[>%]\}\}|\{%-?[ \t]*toc[ \t]*-?%\})[ \t]*', re.IGNORECASE
)
_TEX = re.compile(
    r'\{\{[<%][ \t]*(?P<name>katex|math|latex)\b(?P<how>[^>%\n]{0,100})[>%]\}\}(?P<latex>[^\n]{1,2000}?)'
    r'\{\{[<%][ \t]*/[ \t]*(?P=name)[ \t]*[>%]\}\}'
    r'|\{%-?[ \t]*(?P<tag>katex|math|latex)\b(?P<manner>[^%\n]{0,100})%\}(?P<set>[^\n]{1,2000}?)'
    r'\{%-?[ \t]*end(?P=tag)[ \t]*-?%\}'
)
_TEX_BLOCK = re.compile(
    r'[ \t]*(?:\{\{[<%][ \t]*(?P<close>/?)[ \t]*(?P<hugo>katex|math|latex)\b[^>%\n]{0,100}[>%]\}\}'
    r'|\{%-?[ \t]*(?P<end>(?:end)?)(?P<liquid>katex|math|latex)\b[^%\n]{0,100}%\})[ \t]*'
)
_DELIMITED = re.compile(r'\$|\\[(\[]|\\begin\{(?:equation|align|gather|multline)')
_LONGEST_BLOCK: Final = 200
_FILM = re.compile(
    r'(?P<code>`[^`\n]{0,300}`)'
    r'|(?:\{\{[<%]|\{%-?)[ \t]*(?P<where>youtube|vimeo|bilibili)[ \t]+(?:id=)?["\']?(?P<id>[\w-]{3,40})'
    r'["\']?(?:[ \t][^>%\n]{0,300})?(?:[>%]\}\}|%\})'
)
_FILMS: Final = {
    'youtube': 'https://www.youtube.com/watch?v=',
    'vimeo': 'https://vimeo.com/',
    'bilibili': 'https://www.bilibili.com/video/',
}
_WITHIN = re.compile(
    r'(?P<code>`[^`\n]{0,300}`)'
    r'|(?P<tag>\{\{[<%][ \t]*+(?P<end>/?)[ \t]*+(?P<name>[\w/-]{1,60})[^>%\n]{0,500}[>%]\}\})'
    r'|\{%-?[ \t]*(?P<liquid>(?:end)?(?:if|unless|for|case|capture|tablerow)|else|elsif|when|assign|break'
    r'|continue|include|include_relative)\b[^%\n]{0,500}%\}'
)
_BRANCHES: Final = frozenset({'if', 'unless', 'for', 'case', 'tablerow'})
_DECIDES = (
    'the tag {!r} decides nothing here, and all that stands in its block is kept; take out what is not meant'
)
_LEFT_OUT = 'the shortcode {!r} means nothing here and is left out; write what it shows'
_ASSET = re.compile(
    r'\{%-?[ \t]*(?:asset_(?:img|path)|img)[ \t]+(?:[\w-]+[ \t]+){0,4}?(?P<src>[^\s%]{1,300}\.\w{1,5})'
    r'(?P<rest>[^%\n]{0,300}?)-?%\}'
)
"""Hexo's picture: classes, its file or address, its size, title and words in quotation marks."""
_ASSET_SIZE = re.compile(
    r'[ \t]*(?P<width>\d{1,5}(?:px|%)?)(?:[ \t]+(?P<height>\d{1,5}(?:px)?))?(?![^ \t"\'])'
)
_ATTRIBUTE = re.compile(r'(?<!\w)(\w++)[ \t]*+=[ \t]*+(?:"([^"]*)"|\'([^\']*)\')')
_OTHER = re.compile(
    r'[ \t]*+(?:\{\{[<%][ \t]*+(?P<end>/?)[ \t]*+(?P<hugo>[\w/-]++)(?:(?![>%]\}\})[^\n])*+[>%]\}\}|\{%-?[ \t]*+(?P<liquid>\w++)(?:(?!%\})[^\n])*+%\})[ \t]*'  # noqa: E501
)


class _Told:
    """Warns of each tag once: what ends or divides the block of one that was told is not told again."""

    def __init__(self, remark: Callable[[int, str], None]) -> None:
        self._remark = remark
        self._open: Counter[str] = Counter()

    def tell(self, line: int, name: str, *, ends: bool = False, liquid: bool = False) -> None:
        if liquid and name in {'else', 'elsif', 'when'} and any(self._open[opener] for opener in _BRANCHES):
            return
        if liquid and name.startswith('end'):
            name, ends = name.removeprefix('end'), True
        if ends and self._open[name]:
            self._open[name] -= 1
            return
        self._open[name] += 1
        self._remark(line, (_DECIDES if liquid and name in _BRANCHES else _LEFT_OUT).format(name))


def plain_shortcodes(text: str, remark: Callable[[int, str], None]) -> str:
    """The text without shortcodes, those aside that are addresses of links; no line more or less.

    Brackets around raw text and formulas go, highlighted code becomes fenced, a
    figure an image. Any other is left out, and told.
    """
    if '{%' not in text and '{{' not in text:
        return text
    lines = _fenced(text.split('\n'))
    told = _Told(remark)
    boxes = boxes_of(lines)
    edges = {edge for box in boxes for edge in (box.start, box.end)}
    hidden = False
    for number, written in outside_fences(lines):
        if number in edges or not (hidden or '{%' in written or '{{' in written):
            continue
        line = _joined(lines, number)
        if '{%' in line or hidden:
            line, hidden = _without_comments(line, hidden=hidden)
            lines[number] = line
        line = _formula_block(lines, number)
        alone = _FIGURE.fullmatch(line.strip()) and not ''.join(lines[number + 1 : number + 2]).strip()
        line = _BRACKET.sub('', _TEX.sub(_tex, line))
        line = _FILM.sub(_film, line)
        line = _FIGURE.sub(_captioned if alone else _figure, line)
        line = _FILTERED.sub(r'\g<path>', _BASEURL.sub('', _ASSET.sub(_asset, line)))
        if _CONTENTS.fullmatch(line):
            line = '[TOC]'
        other = _OTHER.fullmatch(line)
        if other and not ADDRESS_TAG.search(line):
            name = other['hugo'] or other['liquid']
            told.tell(number + 1, name, ends=bool(other['end']), liquid=bool(other['liquid']))
            line = ''
        elif '{{<' in line or '{{%' in line or '{%' in line:
            line = _WITHIN.sub(partial(_within, told=told, line=number + 1), line)
        lines[number] = line
    draw_boxes(lines, boxes)
    return '\n'.join(lines)


def _fenced(lines: list[str]) -> list[str]:
    """The lines, highlighted code of Hugo and Liquid in fences."""
    written = list(lines)
    fence = ''
    ours = False
    for number, line in enumerate(lines):
        mark = '' if ours else fence_of(line)
        if mark and mark.startswith(fence):
            fence = '' if fence else mark
        highlight = None if fence else _HIGHLIGHT.fullmatch(line)
        if highlight and bool(highlight['end'] or highlight['close']) == ours:
            written[number] = '``````' if ours else f'``````{highlight["a"] or highlight["b"] or ""}'
            ours = not ours
    return written


def _joined(lines: list[str], number: int) -> str:
    """A line with those below it that its last tag goes on to; these become empty."""
    line = lines[number]
    for opening, closing in (('{{<', '>}}'), ('{{%', '%}}'), ('{%', '%}')):
        at = line.rfind(opening)
        if at < 0 or closing in line[at:]:
            continue
        for last in range(number + 1, min(number + 30, len(lines))):
            if not lines[last].strip() or fence_of(lines[last]):
                break
            if closing in lines[last]:
                parts = (part.strip() for part in lines[number + 1 : last + 1])
                lines[number : last + 1] = [' '.join((line, *parts)), *[''] * (last - number)]
                return lines[number]
    return line


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
    latex = (match['latex'] or match['set']).strip()
    mark = '$$' if 'display' in (match['how'] or match['manner'] or '') else '$'
    return latex if '$' in latex or latex.startswith(('\\(', '\\[')) else f'{mark}{latex}{mark}'


def _film(match: re.Match[str]) -> str:
    return match['code'] or f'<{_FILMS[match["where"]]}{match["id"]}>'


def _formula_block(lines: list[str], number: int) -> str:
    """A line; when it opens a formula that stands below it, ``$$``, as the line that closes it then is."""
    line = lines[number]
    opening = _TEX_BLOCK.fullmatch(line)
    if opening is None or opening['close'] or opening['end']:
        return line
    for last in range(number + 1, min(number + _LONGEST_BLOCK, len(lines))):
        closing = _TEX_BLOCK.fullmatch(lines[last])
        if closing is None:
            continue
        latex = '\n'.join(lines[number + 1 : last])
        if (closing['close'] or closing['end']) and latex.strip() and not _DELIMITED.search(latex):
            lines[last] = '$$'
            return '$$'
        break
    return line


def _within(match: re.Match[str], told: _Told, line: int) -> str:
    if match['code']:
        return match[0]
    if match['liquid']:
        told.tell(line, match['liquid'], liquid=True)
        return ''
    if (address := ADDRESS_TAG.fullmatch(match['tag'])) is not None:
        alone = match.string[max(0, match.start() - 2) : match.start()] not in {'](', ': '}
        # An address in running text is shown as a link.
        return f'[{hugo_page(address["page"])}]({match[0]})' if alone and address['page'] else match[0]
    told.tell(line, match['name'], ends=bool(match['end']))
    return ''


def _asset(match: re.Match[str]) -> str:
    size = _ASSET_SIZE.match(match['rest'])
    rest = match['rest'][size.end() if size else 0 :].strip()
    said = [one or two for one, two in re.findall(r'"([^"]*)"|\'([^\']*)\'', rest)]
    if said and '"' in said[-1]:
        said = re.findall('"([^"]*)"', said[-1])  # both within one pair
    words = next((one for one in reversed(said) if one), '' if said else rest)
    if size:
        told = {'alt': words, **{side: length for side, length in size.groupdict().items() if length}}
        return _html(told, match['src'])
    return f'![{words.replace("]", chr(92) + "]")}](<{match["src"]}>)'


def _figure(match: re.Match[str]) -> str:
    told, source = _picture_of(match)
    words = (told.get('caption') or told.get('alt') or told.get('title') or '').replace(']', '\\]')
    if source and (told.get('width') or told.get('height')):
        return _html(told, source)
    return f'![{words}](<{source}>)' if source else match[0]


def _captioned(match: re.Match[str]) -> str:
    """A figure that stands alone, with what is written below it."""
    told, source = _picture_of(match)
    title, words = told.get('title', ''), told.get('caption', '')
    caption = f'**{title}** {words}' if title and words else title or words
    if not source or not caption:
        return _figure(match)
    shown = html.escape(caption, quote=False)
    return f'<figure>{_html(told, source)}<figcaption markdown="1">{shown}</figcaption></figure>'


def _picture_of(match: re.Match[str]) -> tuple[dict[str, str], str]:
    found = _ATTRIBUTE.findall(match['hugo'] or match['jekyll'] or '')
    told = {name: one or two for name, one, two in found}
    return told, next((told[name] for name in _SOURCES if told.get(name)), '')


def _html(told: dict[str, str], source: str) -> str:
    attributes = {
        'src': source,
        **{name: told[name] for name in ('alt', 'width', 'height') if told.get(name)},
    }
    written = ' '.join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f'<img {written}>'
