"""The furniture of a listing page: date headings, bylines, “read on” links, sidebar headings.

Each function looks at one line and says what it is; none of them looks at the
lines around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinxext_blog.dates import PartialDate, parse_date

__all__ = [
    'Byline',
    'is_date_heading',
    'is_sidebar_heading',
    'is_trailing_furniture',
    'read_byline',
    'split_marker',
]

_MONTH = (
    r'(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?'
    r'|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?'
)
_DAY = r'\d{1,2}(?:st|nd|rd|th)?'
_TIME = r'(?:(?:,|T| at)? ?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?'
_DATE = re.compile(
    r'(?:(?:Posted on|Published(?: on)?|发表于|发布于|日期[:\uff1a]) ?)?'
    r'(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?'
    rf'(?P<date>(?:{_DAY} {_MONTH}(?:,? \d{{4}})?|{_MONTH} {_DAY}(?:,? \d{{4}})?|{_MONTH},? \d{{4}}'
    r'|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}'
    r'|(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?[日号]|\d{4} ?年 ?\d{1,2} ?月)'
    rf'{_TIME})',
    re.IGNORECASE,
)
_MARKER = re.compile(
    r'[\[【(\uff08]?(?:点击阅读全文|点击查看全文|阅读全文|查看全文|继续阅读|阅读更多|展开全文'
    r'|(?:Continue|Keep) reading|Read (?:more|on|the rest|full (?:post|article)))[\]】)\uff09]?'
    r' ?(?P<tail>\.{2,6}|…{1,2}|。{3,6}|»|›|→|>{1,2}|->)?[\]】)\uff09]?',
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r'(?:(?:Posted |Written )?By\b|作者 ?[:\uff1a]) *(?P<author>[^|\uff5c│]{0,100})[|\uff5c│]', re.IGNORECASE
)
_READERS = re.compile(
    r'(?P<n>\d[\d,\uff0c]{0,15}) ?(?:位读者|[人次]阅读|次浏览|次点击|阅读|浏览|(?:reader|view|read|hit)s?\b)'
    r'|(?:阅读|浏览|点击|(?:reader|view|read|hit)s)(?:量|次?数)? ?[:\uff1a(]? ?(?P<m>\d[\d,\uff0c]{0,15})\)?',
    re.IGNORECASE,
)
_CITE = re.compile(r'(?:引用|(?:Cite|Citation|Quote)(?![a-z]))(?:\s*[|\uff5c│](?=\s|$))?')
_FIELD_END = re.compile('[|\uff5c│]')
_SIDEBAR = frozenset({
    '最近评论', '最新评论', '最近回复', '最新回复', '近期评论', '最近文章', '最新文章', '近期文章',
    '热门文章', '随机文章', '友情链接', '标签云', '文章归档', '文章存档', '文章分类', '站点统计',
    'recent comments', 'latest comments', 'recent posts', 'latest posts', 'popular posts', 'archives',
    'blogroll', 'tag cloud',
})  # fmt: skip
_TRAILING = _SIDEBAR | {
    '归档', '存档', '分类', '标签', '搜索', '订阅', '上一页', '下一页', '首页', '尾页', '返回顶部',
    '相关文章', 'categories', 'tags', 'search', 'meta', 'subscribe', 'older posts', 'newer posts',
    'next page', 'previous page', 'next', 'previous', 'back to top', 'archive', 'links',
}  # fmt: skip
_TRAILING_MARKS = '«»‹›←→<>:\uff1a. \t\xa0\u3000'


@dataclass(frozen=True, slots=True)
class Byline:
    """``By author | date | N readers | cite`` and the text glued to its end."""

    author: str = ''
    date: PartialDate | None = None
    readers: int | None = None
    text: str = ''
    unknown: tuple[str, ...] = ()
    """Fields that are neither date nor readers."""
    bad_date: str = ''
    """Why the date can't be read, with the text of it."""


def is_date_heading(line: str) -> str:
    """The date in a line that is nothing but a date with at least two of its parts, else ``''``."""
    if len(line) > 60:
        return ''
    match = _DATE.fullmatch(' '.join(line.split()))
    return match['date'] if match else ''


def split_marker(line: str) -> str | None:
    """The text before a “read on” link that ends the line; ``None`` when there is no such link.

    A link glued to text is one only with its dots or arrow: words alone may be prose.
    """
    tail = line[-60:]
    for match in _MARKER.finditer(tail):
        if match.end() == len(tail) and (match['tail'] or (match.start() == 0 and len(line) <= 60)):
            return line[: len(line) - len(tail) + match.start()].rstrip()
    return None


def is_sidebar_heading(line: str) -> bool:
    """Whether a line is the heading of a blog's sidebar and can be nothing else."""
    return line.strip(_TRAILING_MARKS).casefold() in _SIDEBAR


def is_trailing_furniture(line: str) -> bool:
    """Whether a line at the very end of a file is a sidebar heading or a link to the next page."""
    return len(line) < 60 and line.strip(_TRAILING_MARKS).casefold() in _TRAILING


def read_byline(line: str) -> Byline | None:
    """Read a line ``By author | date | N readers | cite``, any field but the first of which may be absent.

    The text of the entry follows the last field on the same line. ``None``
    when no field of a byline is found: then the line is prose.
    """
    match = _BYLINE.match(line)
    if match is None:
        return None
    rest = line[match.end() :]
    date: PartialDate | None = None
    readers: int | None = None
    unknown: list[str] = []
    bad_date = ''
    found = False
    while True:
        stripped = rest.lstrip()
        if cite := _CITE.match(stripped):
            rest, found = stripped[cite.end() :], True
            break
        end = _FIELD_END.search(rest)
        field = (rest[: end.start()] if end else rest).strip()
        count = _READERS.match(field)
        if date is None and not bad_date and (text := is_date_heading(field)):
            date, bad_date = parse_heading(text)
        elif readers is None and count is not None and (end is None or count.end() == len(field)):
            readers = int((count['n'] or count['m']).replace(',', '').replace('\uff0c', ''))
            if end is None:
                rest, found = field[count.end() :], True
                break
        elif field and end is not None and len(field) <= 40 and _goes_on(rest[end.end() :]):
            unknown.append(field)
        else:
            break
        found = True
        if end is None:
            rest = ''
            break
        rest = rest[end.end() :]
    if not found:
        return None
    return Byline(match['author'].strip(), date, readers, rest.strip(), tuple(unknown), bad_date)


def _goes_on(rest: str) -> bool:
    """Whether a known field follows within the next four."""
    for _ in range(4):
        rest = rest[:400].lstrip()
        end = _FIELD_END.search(rest)
        field = (rest[: end.start()] if end else rest).strip()
        if _CITE.match(rest) or is_date_heading(field) or _READERS.fullmatch(field):
            return True
        if end is None:
            return False
        rest = rest[end.end() :]
    return False


def parse_heading(text: str) -> tuple[PartialDate | None, str]:
    """The date of a heading, or why it is none."""
    try:
        return parse_date(text), ''
    except ValueError as error:
        return None, f'the date {text!r} is left unknown: {error}'
