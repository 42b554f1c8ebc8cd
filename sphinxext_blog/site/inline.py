"""Inline nodes for what we add to pages: links to other posts, text with formulas, dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from babel.dates import format_skeleton
from docutils import nodes
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

from sphinxext_blog.config import blog_config
from sphinxext_blog.dates import PartialDate, parse_date
from sphinxext_blog.formulas import to_mathml
from sphinxext_blog.site.text import split_math

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.config import Config

__all__ = ['date_text', 'link', 'text_nodes']

_ = get_translation('sphinxext_blog')


def text_nodes(text: str, *, html: bool) -> list[nodes.Node]:
    """*text* as nodes, its ``$…$`` as formulas.

    In HTML a formula is MathML written now, so that a panel with formulas asks
    for no script on a page that has none itself; elsewhere it is a math node.
    """
    result: list[nodes.Node] = []
    for piece, is_math in split_math(text):
        if not is_math:
            result.append(nodes.Text(piece.replace('\\$', '$')))
        elif html and (mathml := to_mathml(piece)) is not None:
            result.append(nodes.raw('', mathml, format='html'))
        elif html:
            result.append(nodes.literal('', piece, classes=['blog-latex']))
        else:
            result.append(nodes.math(piece, piece))
    return result


def link(
    builder: Builder, source: str, target: str, content: list[nodes.Node], anchor: str = ''
) -> nodes.reference | nodes.inline:
    """A link to a document (and a place in it); plain text where the builder has no addresses."""
    try:
        uri = builder.get_relative_uri(source, target)
    except NoUri:
        return nodes.inline('', '', *content)
    if anchor:
        uri = f'{uri}#{anchor}'
    reference = nodes.reference('', '', internal=True, refuri=uri)
    reference += nodes.inline('', '', *content)
    return reference


def date_text(iso: str, config: Config) -> str:
    """A date in the form and language of the site; a partial one as exactly as it is known."""
    date = parse_date(iso)
    language = config.language or 'en'
    if (day := date.as_date()) is not None:
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        return format_date(blog_config(config).date_format, date=moment, language=language)
    # A leap year, so that 29 February has a day to stand for.
    day = dt.date(date.year or 2000, date.month or 1, date.day or 1)
    text = format_skeleton(_skeleton(date), day, locale=_locale(language))
    return text if date.year else str(_('%s, year unknown')) % text


def _skeleton(date: PartialDate) -> str:
    return f'{"y" if date.year else ""}{"MMM" if date.month else ""}{"d" if date.day else ""}'


def _locale(language: str) -> str:
    return language.replace('-', '_')
