"""What a front matter says, under the names and in the forms that posts have here.

Hugo, Jekyll, Hexo and Obsidian call one thing by many names, and nest what is plain
here. Pure: fields in, fields and remarks out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sphinxext_blog.dates import parse_date

__all__ = ['PICTURES', 'Remark', 'canonical_fields']

_ADDRESSES = frozenset(
    {'permalink', 'redirect_from', 'url', 'urls', 'canonical', 'canonicalURL', 'canonical_url'}
)
PICTURES = (
    'image', 'images', 'cover', 'featured_image', 'featuredimage', 'featureimage', 'feature_image',
    'thumbnail', 'thumb', 'banner', 'header', 'og_image', 'index_img', 'banner_img', 'top_img',
)  # fmt: skip
"""Fields that name the picture of a post in the themes of Hugo, Jekyll and Hexo; the first counts."""
_WITHIN_PICTURES = (
    'image', 'path', 'src', 'url', 'file', 'filename', 'teaser', 'og_image', 'overlay_image', 'thumbnail',
)  # fmt: skip
_PICTURE = re.compile(r'\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\]*(?:[?#].*)?$|^https?://', re.IGNORECASE)
_BELOW_ROOT = re.compile(r'[^/.:\s]+(?:/|\.html$)')
_OTHER_FILE = re.compile(r'\?|\.[A-Za-z]\w{0,4}$')
_RENAMED = {
    'lastmod': 'updated', 'modified': 'updated', 'last_modified_at': 'updated', 'last-modified': 'updated',
    'date_updated': 'updated', 'created': 'date',
    'publishdate': 'publishdate', 'pubdate': 'publishdate',
    'description': 'excerpt', 'summary': 'excerpt',
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the author should mend."""

    line: int
    message: str


def _line_of(key: str, lines: list[str]) -> int:
    pattern = re.compile(rf'["\']?{re.escape(key)}["\']?\s*[:=\uff1a]')
    return next((n for n, line in enumerate(lines, 1) if pattern.match(line)), 1)


def canonical_fields(fields: dict[str, Any], remarks: list[Remark], lines: list[str]) -> dict[str, Any]:
    """The fields under the names and in the forms that posts have here."""
    told: dict[str, Any] = {}
    addresses: list[str] = []
    moved: list[str] = []
    for key, value in fields.items():
        name = key.strip()
        if name in _ADDRESSES:
            # Hexo's permalinks, and Hugo's url, may begin with their first folder
            addresses += [
                f'/{item}' if name in {'permalink', 'url'} and _BELOW_ROOT.match(item) else item
                for item in _texts(value)
            ]
            if name == 'redirect_from':
                moved += [page for item in _texts(value) if (page := _redirect_page(item, ''))]
        elif name == 'aliases':
            # Hugo's are old addresses, Obsidian's are other titles.
            names = _texts(value)
            addresses += [item for item in names if item.startswith(('/', 'http://', 'https://'))]
            moved += [page for item in names if (page := _redirect_page(item, '/index'))]
            if titles := [item for item in names if not item.startswith(('/', 'http://', 'https://'))]:
                told['aliases'] = ' | '.join(titles)
        elif name == 'published':
            if str(value).casefold() in {'false', 'no'}:
                told['draft'] = 'true'
            elif str(value).casefold() not in {'true', 'yes', ''}:
                told.setdefault('publishdate', value)
        elif name in {'taxonomies', 'params', 'extra'} and isinstance(value, dict):
            for inner, item in value.items():
                told.setdefault(inner, item)
        elif name == 'series' and isinstance(value, list):
            told['series'] = next(iter(_texts(value)), '')
        elif name in {'categories', 'tags', 'keywords'} and isinstance(value, list):
            # Obsidian's may keep their mark
            told['tags' if name == 'keywords' else name] = [
                text.lstrip('#') or text for text in _texts(value)
            ]
        elif name in {'author', 'authors'}:
            told[name] = _people(value)
        else:
            told.setdefault(_RENAMED.get(name.casefold(), name), value)
    if 'date' not in told and _is_date(published := str(told.get('publishdate') or '')):
        told['date'] = published
    if picture := _picture(told):
        told['image'] = picture
    if moved:
        known = told.get('redirect')
        asked = known if isinstance(known, list) else re.split(r'\s*[,;]\s*', str(known or ''))
        told['redirect'] = json.dumps(list(dict.fromkeys(filter(None, [*asked, *moved]))), ensure_ascii=False)
    if addresses:
        told['urls'] = addresses if len(addresses) > 1 else addresses[0]
    if 'date' in told and not str(told['date'] or '').strip(' ~\'"').removeprefix('null'):
        remarks.append(
            Remark(
                _line_of('date', lines),
                'the date is empty; write one such as 2024-10-11, or take the line away',
            )
        )
    for key in ('categories', 'tags'):
        if isinstance(value := told.get(key), list) and len(value) == 1:
            told[key] = json.dumps(value, ensure_ascii=False)
    return told


def _redirect_page(address: str, suffix: str) -> str:
    """The page, without its suffix, that a server shows at an address of this site; empty for another one's.

    :param suffix: what is added to an address that names no file: Hugo makes a folder there, Jekyll a file.
    """
    path = unquote(address.partition('#')[0])
    if not path.startswith('/') or path.startswith('//'):
        return ''
    if path.endswith('/'):
        return f'{path}index'.lstrip('/')
    if path.endswith('.html'):
        return path.removesuffix('.html').lstrip('/')
    # what else has a suffix (x.php, ?p=1) is no page that can be made here
    return '' if _OTHER_FILE.search(path) else f'{path}{suffix}'.lstrip('/')


def _picture(told: dict[str, Any]) -> str:
    """The picture that a front matter names, by whatever name; empty when there is none, or its number."""
    named = {key.casefold(): value for key, value in told.items()}
    if str(named.get('image') or '').isdecimal():
        return ''
    return next((text for name in PICTURES if (text := _picture_in(named.get(name)))), '')


def _picture_in(value: Any) -> str:
    if isinstance(value, dict):
        inner = {str(key).casefold(): item for key, item in value.items()}
        return next((text for name in _WITHIN_PICTURES if (text := _picture_in(inner.get(name)))), '')
    if isinstance(value, list):
        # [[picture.png]] of Obsidian is a list of lists to YAML
        return next((text for item in value if (text := _picture_in(item))), '')
    text = str(value if value is not None else '').strip()
    return text if _PICTURE.search(text) else ''


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _texts(value: Any) -> list[str]:
    """All texts in a value, however deep: Hexo nests categories."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [str(key) for key in value]
    text = str(value if value is not None else '').strip()
    return [text] if text else []


def _people(value: Any) -> Any:
    """Names of authors, also of those given with addresses and pictures."""
    if isinstance(value, dict):
        return str(value.get('name') or next(iter(value.values()), ''))
    if isinstance(value, list):
        return [str(_people(item)) for item in value]
    return value
