"""From a document to its :class:`~sphinxext_blog.records.Post`, and which documents are posts."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref, toctree
from sphinx.util import logging
from sphinx.util.matching import compile_matchers

from sphinxext_blog.addresses import is_readable
from sphinxext_blog.config import blog_config
from sphinxext_blog.dates import parse_date
from sphinxext_blog.importers.latex import inline_spans
from sphinxext_blog.records import DocName, Post
from sphinxext_blog.site import front_matter
from sphinxext_blog.site.excerpts import excerpt_of
from sphinxext_blog.site.pictures import absent_files, find_picture
from sphinxext_blog.site.text import count_words, plain_text, prose
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.surrogates import encodable

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.records import AbsentFile
    from sphinxext_blog.site.front_matter import Fields

__all__ = ['TAG', 'UPDATE', 'blog_post', 'is_post', 'is_published', 'is_section', 'read_post', 'today']

logger = logging.getLogger(__name__)

_SPHINX_FIELDS = frozenset(
    'password publish tocdepth nocomments orphan nosearch no-search og:description myst html_theme '
    'substitutions'.split()
)
_DAYS = ('publishdate', 'expirydate')
_KEEPING_BACK = ('draft', 'publish', *_DAYS)
_MAIL = re.compile(r'(?<=\S)\s+<?[\w.+-]{1,64}@[\w.-]{1,255}>?$')
_TITLE_SEPARATOR = re.compile(r'(?<!\s)\s++\|\s++')
"""Titles hold every mark that separates tags."""


TAG = 'blog_tag'
"""Attribute of a reference to a tag that the post has because the text says so."""
UPDATE = 'blog_update'
"""Attribute of an admonition: the date of the update that it tells of."""


class blog_post(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """What a ``post`` directive says; taken out of the document once it is read."""


def is_post(docname: str, suffix: str, fields: Fields, document: nodes.document, config: Config) -> bool:
    """Whether a document is a post: by its own word, a ``post`` directive, a pattern, or its date.

    Where there are patterns a date alone makes no post, for pages have dates too; nor does a pattern
    make one of a page that lists others, as the first page of a site does.
    """
    told = front_matter.flag_of(fields, 'blogpost', docname)
    if told is not None:
        return told
    if _is_in_drafts(docname) or next(document.findall(blog_post), None) is not None:
        return True
    patterns = blog_config(config).post_pattern
    if 'date' in fields and fields['date'].text and (not patterns or _may_be_kept_back(fields)):
        return True
    if is_section(docname) or (docname not in patterns and _lists_others(docname, document, config)):
        return False
    matchers = compile_matchers(patterns)
    return any(matches(docname) or matches(docname + suffix) for matches in matchers)


def _may_be_kept_back(fields: Fields) -> bool:
    """Whether a page says that it is not for everybody, which only posts can be."""
    return any(name in fields for name in ('draft', 'publish', 'password'))


def _lists_others(docname: str, document: nodes.document, config: Config) -> bool:
    """Whether a document is the first page of the site, or that of a folder, which lists what is in it."""
    if docname == config.root_doc:
        return True
    return PurePosixPath(docname).name == 'index' and any(
        isinstance(node, toctree) or node.tagname == 'blog_panel_request'
        for node in document.findall(nodes.Element)
    )


def is_section(docname: str) -> bool:
    """Whether a document is called as Hugo calls the page of a section."""
    return PurePosixPath(docname).name == '_index'


def _is_in_drafts(docname: str) -> bool:
    """Whether a document lies where Jekyll and Hexo keep what is not published."""
    return '_drafts' in PurePosixPath(docname).parts[:-1]


def today() -> dt.date:
    """The day of the build; ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) stands in for the clock."""
    epoch = os.environ.get('SOURCE_DATE_EPOCH', '')
    if epoch.isdecimal():
        try:
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
        except (OverflowError, ValueError, OSError):
            logger.debug('[blog] SOURCE_DATE_EPOCH is no time: %s', epoch)
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def is_published(post: Post, day: dt.date) -> bool:
    """Whether readers should be shown *post* on *day*: no draft, and not dated after it.

    A date that is only a year or a month is over when its first day is. Hugo's
    ``publishDate`` and ``expiryDate`` count as they do there.
    """
    if post.draft:
        return False
    # one that can't be read makes the post a draft: see `_is_withdrawn`
    begins = [post.date, *(_date(text) for name, text in post.facts if name == 'publishdate')]
    ends = (_date(text) for name, text in post.facts if name == 'expirydate')
    return all(first <= day for first in map(_first_day, begins) if first) and all(
        day < last for last in map(_first_day, ends) if last
    )


def _date(text: str) -> PartialDate | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _first_day(date: PartialDate | None) -> dt.date | None:
    if date is None or date.year is None:
        return None
    return dt.date(date.year, date.month or 1, date.day or 1)


def read_post(env: BuildEnvironment, docname: str, document: nodes.document) -> tuple[Post | None, str]:
    """The record of a document and its prose, or ``None`` when it is no post.

    To be called while the docinfo still stands in *document*; takes the
    ``post`` directives out of it.
    """
    config = blog_config(env.config)
    fields = front_matter.read_fields(document)
    suffix = PurePosixPath(env.doc2path(docname, base=False)).suffix
    if not is_post(docname, suffix, fields, document, env.config):
        _take_directives(document)
        return None, ''
    directive = _take_directives(document)
    fields = {**fields, **directive}
    section = next(document.findall(nodes.section), document)
    title_node = next((child for child in section if isinstance(child, nodes.title)), None)
    title = _with_dollars(' '.join(fields['title'].text.split())) if 'title' in fields else ''
    if not title and title_node is not None:
        title = encodable(plain_text(title_node))
    line = (title_node.line or 1) if title_node is not None else 1
    if not title:
        title = PurePosixPath(docname).name
        warn(
            'front-matter',
            'the post has no title; it is called %r until it has a heading or a field "title"',
            title,
            location=(docname, line),
        )
    text = prose(document)
    language = fields['language'].text if 'language' in fields else config.default_language
    updates = [front_matter.date_of({'updated': field}, 'updated', docname) for field in _updates(document)]
    told_update = front_matter.date_of(fields, 'updated', docname)
    known = [date for date in (told_update, *updates) if date is not None]
    image, absent = _image(env, docname, section, fields, config.auto_image)
    post = Post(
        docname=DocName(docname),
        title=title,
        title_derived=bool(front_matter.flag_of(fields, 'title-derived', docname)),
        aliases=front_matter.list_of(fields, 'aliases', separators=_TITLE_SEPARATOR),
        date=front_matter.date_of(fields, 'date', docname),
        updated=max(known, key=lambda date: date.sort_key, default=None),
        authors=_authors(fields) or config.default_author,
        tags=_tags(fields, document),
        categories=front_matter.list_of(fields, 'categories'),
        language=language.replace('_', '-'),
        series=fields['series'].text if 'series' in fields else '',
        series_index=front_matter.number_of(fields, 'series-index', docname),
        draft=_is_withdrawn(fields, docname),
        urls=front_matter.list_of(fields, 'urls'),
        related=front_matter.list_of(fields, 'related', separators=_TITLE_SEPARATOR),
        not_related=front_matter.list_of(fields, 'not-related', separators=_TITLE_SEPARATOR),
        facts=tuple(
            sorted(
                (name, field.text)
                for name, field in fields.items()
                if name not in front_matter.FIELDS and name not in _SPHINX_FIELDS and field.text
            )
        ),
        locations=front_matter.list_of(fields, 'location') or config.default_location,
        redirects=tuple(
            path.strip('/').removesuffix('.html') for path in front_matter.list_of(fields, 'redirect')
        ),
        image=image,
        excerpt=excerpt_of(section, fields, config.auto_excerpt),
        words=count_words(text),
        formulas=sum(isinstance(node, (nodes.math, nodes.math_block)) for node in document.findall()),
        absent=tuple(dict.fromkeys((*absent, *absent_files(env, docname, document)))),
        text_hash=hashlib.sha256(f'{title}\n{text}'.encode('utf-8', 'surrogatepass')).hexdigest()[:16],
        line=line,
    )
    return post, text


def _is_withdrawn(fields: Fields, docname: str) -> bool:
    """Whether a post is not for readers: its own word, its folder, Obsidian's ``publish``, a password.

    What was meant to keep it back and can't be read keeps it back: readers can be shown it later,
    but not made to forget it.
    """
    unclear = [name for name in _KEEPING_BACK if name in fields and _is_unclear(name, fields[name].text)]
    for name in unclear:
        warn(
            'date' if name in _DAYS else 'front-matter',
            'the field %r is %r; write %s; until then the post is kept back as a draft',
            name,
            fields[name].text,
            'a day such as 2024-10-11' if name in _DAYS else 'true or false',
            location=fields[name].location(docname, name),
        )
    if unclear or _is_in_drafts(docname) or front_matter.flag_of(fields, 'draft', docname):
        return True
    if 'password' in fields and fields['password'].text:
        warn(
            'front-matter',
            'a page of a static site has no password: the post is kept back as a draft; '
            'take the field away to publish it',
            location=fields['password'].location(docname, 'password'),
        )
        return True
    return front_matter.flag_of(fields, 'publish', docname) is False


def _is_unclear(name: str, text: str) -> bool:
    """Whether a field that may keep a post back doesn't say whether it does."""
    if name in _DAYS:
        return bool(text) and _first_day(_date(text)) is None
    return not front_matter.is_flag(text)


def _authors(fields: Fields) -> tuple[str, ...]:
    """Who wrote it, without the address for letters that some engines want behind the name."""
    return tuple(_MAIL.sub('', name) for name in front_matter.list_of(fields, 'authors'))


def _tags(fields: Fields, document: nodes.document) -> tuple[str, ...]:
    """The tags of the front matter and those in the text, each spelling once."""
    tags = list(front_matter.list_of(fields, 'tags'))
    known = {tag.casefold() for tag in tags}
    for node in document.findall(pending_xref):
        if TAG in node and node[TAG].casefold() not in known:
            known.add(node[TAG].casefold())
            tags.append(node[TAG])
    return tuple(tags)


def _with_dollars(text: str) -> str:
    r"""A text of the front matter with formulas as records have them: ``\(x\)`` becomes ``$x$``."""
    if '\\(' not in text:
        return text
    parts: list[str] = []
    at = 0
    for span in inline_spans(text):
        parts += [text[at : span.start], f'${span.body.strip()}$']
        at = span.end
    return ''.join([*parts, text[at:]])


def _take_directives(document: nodes.document) -> Fields:
    """Remove the ``post`` directives; the first one's options as fields."""
    found = list(document.findall(blog_post))
    for number, node in enumerate(found):
        if number:
            warn('front-matter', 'a document is one post: this directive is not used', location=node)
        node.replace_self(node.children)
    return found[0]['fields'] if found else {}


def _updates(document: nodes.document) -> list[front_matter.Field]:
    return [
        front_matter.Field(node[UPDATE], node.line or 0)
        for node in document.findall(nodes.admonition)
        if UPDATE in node.attributes
    ]


def _image(
    env: BuildEnvironment, docname: str, section: nodes.Element, fields: Fields, default: int
) -> tuple[str, tuple[AbsentFile, ...]]:
    """The picture that a post names or counts, as :attr:`Post.image` has it, and what is amiss with it."""
    text = fields['image'].text if 'image' in fields else ''
    named = bool(text) and not text.isdecimal()
    if named:
        uri = text
    else:
        number = int(text[:6]) if text else default  # of thousands of digits Python makes no number
        images = [str(node['uri']) for node in section.findall(nodes.image)]
        uri = images[number - 1] if 0 < number <= len(images) else ''
    if not is_readable(uri):
        place = fields['image'].location(docname, 'image') if 'image' in fields else docname
        warn(
            'front-matter', 'the picture of the post has no address that can be read: %s', uri, location=place
        )
        return '', ()
    if named:
        return _named_image(env, docname, fields)
    if not uri or uri.startswith('data:'):
        return '', ()
    return (uri if '://' in uri else env.relfn2path(uri, docname)[0]), ()


def _named_image(env: BuildEnvironment, docname: str, fields: Fields) -> tuple[str, tuple[AbsentFile, ...]]:
    text = fields['image'].text
    image, absent = find_picture(env, docname, text)
    if absent is None:
        return image, ()
    place = fields['image'].location(docname, 'image')
    if absent.why == 'missing':
        warn(
            'front-matter',
            'the picture %r is not there; put it beside the post, or write its path with a / before it',
            text,
            location=place,
        )
    return image, (replace(absent, line=place[1] or 0),)
