"""Panels as nodes: from the data of `panels` to what every builder can write."""

from __future__ import annotations

from functools import partial
from html import escape
from string import Formatter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote as percent_encoded

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.formula_nodes import index_nodes, notation_nodes
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.inline import comma, link, text_nodes
from sphinxext_blog.site.missing_nodes import missing_nodes, ranges
from sphinxext_blog.site.panel_elements import blog_details, blog_panel
from sphinxext_blog.site.panels import Backlink, Panel, PostItem, SeriesPart, SeriesView
from sphinxext_blog.site.pictures import picture_address
from sphinxext_blog.site.post_graph import PostGraph, graph_nodes
from sphinxext_blog.site.topic_views import start_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx.builders import Builder
    from sphinx.config import Config


__all__ = ['Scribe']

_ = get_translation('sphinxext_blog')

_MANY = 8
"""A series or a list of citing posts longer than this is folded in HTML."""


_CLASSES = {
    'missing': 'blog-missing-posts',
    'postlist': 'blog-posts',
    'formulas': 'blog-formulas',
    'graph': 'blog-local-graph',
    'start': 'blog-start-here',
}
"""Style classes of panels where the name of the kind is the class of something smaller."""


_LABEL_CLASSES = {
    'author': 'blog-authors',
    'location': 'blog-locations',
    'category': 'blog-categories',
    'tag': 'blog-tags',
}

_WRITERS: Final[Mapping[str, Callable[[Any, str, Sequence[Any]], list[nodes.Node]]]] = {
    'missing': missing_nodes,
    'formulas': index_nodes,
    'notation': notation_nodes,
    'start': start_nodes,
}
"""What writes the panels that have a module of their own."""


class Scribe:
    """Writes panels for one page of one builder."""

    def __init__(self, builder: Builder, config: Config, docname: str) -> None:
        self.builder = builder
        self.config = config
        self.docname = docname
        self.html = builder.format == 'html'

    def write(self, panel: Panel, content: Sequence[Any]) -> list[nodes.Node]:
        """The nodes of *panel*; none when it has nothing to show.

        In HTML the panel is empty until it is written: all that Sphinx and others
        do to a page before would walk through more nodes of panels than of the post.
        """
        if not content:
            return []
        box = blog_panel(
            '',
            classes=['blog-panel', _CLASSES.get(panel.kind, f'blog-{panel.kind}'), 'no-search'],
            label=str(self._heading(panel, content)),
        )
        if self.html:
            box['fill'] = partial(self.fill, box, panel, content)
            return [box]
        return [box] if self.fill(box, panel, content) else []

    def fill(self, box: blog_panel, panel: Panel, content: Sequence[Any]) -> bool:
        """Write the content into a panel; whether there is any."""
        if (write := _WRITERS.get(panel.kind)) is not None:
            body = write(self.builder, self.docname, content)
        else:
            body = self._writers[panel.kind](self, panel, content)
        heading = self._heading(panel, content)
        if body and heading and panel.kind not in {'series', 'neighbours'}:
            box += nodes.rubric('', str(heading), classes=['blog-panel-title'])
        box.extend(body)
        return bool(body)

    @staticmethod
    def _heading(panel: Panel, content: Sequence[Any]) -> Any:
        return {
            'related': _('Related posts'),
            'backlinks': _('Cited by')
            if getattr(content[0], 'linked', True)
            else _('Mentioned without a link'),
            'series': _('Series'),
            'graph': _('Local graph'),
            'neighbours': _('Other posts'),
        }.get(panel.kind, '')

    # meta -------------------------------------------------------------

    def _meta(self, panel: Panel, content: Sequence[PostItem]) -> list[nodes.Node]:
        del panel
        item = content[0]
        paragraph = nodes.paragraph(classes=['blog-meta'])
        pieces: list[tuple[str, str]] = []
        if item.date:
            pieces.append(('date', date_text(item.date, self.config)))
        if item.updated:
            pieces.append(('updated', str(_('updated %s')) % date_text(item.updated, self.config)))
        if item.minutes:
            pieces.append(('minutes', str(_('%d min read')) % item.minutes))
        for number, (name, text) in enumerate(pieces):
            if number:
                paragraph += nodes.Text(' · ')
            paragraph += nodes.inline('', text, classes=[f'blog-{name}'])
        for kind, css in _LABEL_CLASSES.items():
            if found := self._labels(item, kind):
                if paragraph.children:
                    paragraph += nodes.Text(' · ')
                paragraph += nodes.inline('', '', *found, classes=[css])
                pieces.append((css, ''))
        if blog_config(self.config).graph_page and self.builder.name in PAGE_BUILDERS:
            if pieces:
                paragraph += nodes.Text(' · ')
            place = f'n={percent_encoded(item.docname, safe="")}'
            page = graph_page_name(self.config)
            words: list[nodes.Node] = [nodes.Text(str(_('Show in the graph')))]
            paragraph += link(self.builder, self.docname, page, words, place)
        return [paragraph] if paragraph.children else []

    # series -----------------------------------------------------------

    def _series(self, panel: Panel, content: Sequence[SeriesView]) -> list[nodes.Node]:
        result: list[nodes.Node] = []
        for view in content:
            current = next((n for n, part in enumerate(view.parts) if part.current), None)
            if panel.auto and len(view.parts) < 2 and not view.gaps and not view.parts[0].label:
                continue
            result.append(self._series_title(view, current))
            if current is not None:
                result.extend(self._neighbours(view, current))
            result.extend(self._parts(view))
        return result

    def _series_title(self, view: SeriesView, current: int | None) -> nodes.Node:
        label = view.parts[current].label if current is not None else ''
        pattern = str(_('Part %(label)s of the series %(name)s')) if label else str(_('Series %(name)s'))
        title = nodes.rubric('', '', classes=['blog-panel-title'])
        before, _sep, after = pattern.replace('%(label)s', label).partition('%(name)s')
        title += [nodes.Text(before), nodes.strong('', '', *self._text(view.name)), nodes.Text(after)]
        return title

    def _neighbours(self, view: SeriesView, current: int) -> list[nodes.Node]:
        present = [n for n, part in enumerate(view.parts) if part.docname]
        place = present.index(current)
        paragraph = nodes.paragraph(classes=['blog-series-nav'])
        for offset, word, css in ((-1, _('Previous: '), 'blog-prev'), (1, _('Next: '), 'blog-next')):
            if not 0 <= place + offset < len(present):
                continue
            part = view.parts[present[place + offset]]
            if paragraph.children:
                paragraph += nodes.Text(' · ')
            target = link(self.builder, self.docname, part.docname, self._text(part.title))
            paragraph += nodes.inline('', '', nodes.Text(str(word)), target, classes=[css])
        return [paragraph] if paragraph.children else []

    def _parts(self, view: SeriesView) -> list[nodes.Node]:
        items = nodes.bullet_list(classes=['blog-series-parts'])
        for part in view.parts:
            items += nodes.list_item('', self._part(part))
        result: list[nodes.Node] = [
            self._folded(items, str(_('All parts known here (%d)')) % len(view.parts))
        ]
        if view.gaps:
            text = str(_('not known here: %s')) % ranges(view.gaps)
            result.append(nodes.paragraph('', text, classes=['blog-gaps']))
        return result

    def _part(self, part: SeriesPart) -> nodes.paragraph:
        paragraph = nodes.paragraph()
        if part.label:
            paragraph += [nodes.inline('', part.label, classes=['blog-number']), nodes.Text(' ')]
        if part.current:
            paragraph += nodes.strong('', '', *self._text(part.title))
        elif part.docname:
            paragraph += link(self.builder, self.docname, part.docname, self._text(part.title))
        else:
            paragraph += nodes.inline('', '', *self._text(part.title), classes=['blog-missing'])
            note = str(_('(not in this blog)'))
            paragraph += nodes.inline('', f' {note}', classes=['blog-note'])
        return paragraph

    # related, lists ---------------------------------------------------

    def _related(self, panel: Panel, content: Sequence[PostItem]) -> list[nodes.Node]:
        del panel
        items = nodes.bullet_list()
        for item in content:
            paragraph = self._post(item)
            words = [text for kind, detail in item.reasons if (text := self._reason(kind, detail))]
            if words:
                paragraph += nodes.inline('', ' — ', classes=['blog-separator'])
                paragraph += nodes.inline(
                    '', '', *self._text(str(_('; ')).join(words)), classes=['blog-reasons']
                )
            items += nodes.list_item('', paragraph)
        return [items]

    def _reason(self, kind: str, detail: tuple[str, ...]) -> str:
        if kind == 'cites':
            return str(_('cited by this post'))
        if kind == 'cited-by':
            return str(_('cites this post'))
        if kind == 'series':
            if len(detail) == 2 and detail[1]:
                return str(_('same series, part %s')) % detail[1]
            return str(_('same series'))
        if kind == 'pinned':
            return str(_('chosen by the author'))
        if kind == 'formula':
            return str(_('shares the formula %s')) % detail[0] if detail else str(_('shares a formula'))
        if kind == 'cited-by-similar':
            return str(_('cited by similar posts: %s')) % _quoted(detail)
        if kind == 'cited-together':
            return str(_('both cited by %s')) % _quoted(detail)
        if kind == 'shared-citations':
            return str(_('both cite %s')) % _quoted(detail)
        if kind == 'tags':
            return str(_('same tags: %s')) % comma().join(detail)
        return str(_('similar: %s')) % comma().join(detail) if detail else ''

    def _postlist(self, panel: Panel, content: Sequence[PostItem]) -> list[nodes.Node]:
        asked = dict(panel.options)
        items = nodes.bullet_list(classes=['blog-postlist', *(['blog-cards'] if 'cards' in asked else [])])
        for item in content:
            entry = nodes.list_item()
            if 'cards' in asked and self.html and (picture := self._picture(item)):
                entry += picture
            entry += self._formatted(item, asked) if asked.keys() & {'format', 'date'} else self._post(item)
            if item.excerpt:
                entry += nodes.paragraph('', '', *self._text(item.excerpt), classes=['blog-excerpt'])
            if item.excerpt and asked.get('expand'):
                more: list[nodes.Node] = [nodes.Text(asked['expand'])]
                target = link(self.builder, self.docname, item.docname, more)
                entry += nodes.paragraph('', '', target, classes=['blog-expand'])
            items += entry
        return [items]

    def _formatted(self, item: PostItem, asked: dict[str, str]) -> nodes.paragraph:
        """ABlog's way to say how a post is named in a list: ``{date} - {title}``."""
        paragraph = nodes.paragraph()
        for text, name, _spec, _conversion in Formatter().parse(asked.get('format') or '{title} {date}'):
            if text:
                paragraph += nodes.Text(text)
            if name == 'title':
                paragraph += link(self.builder, self.docname, item.docname, self._text(item.title))
            elif name == 'date':
                shown = date_text(item.date, self.config, asked.get('date', ''))
                paragraph += nodes.inline('', shown, classes=['blog-date'])
            elif name == 'language':
                paragraph += nodes.Text(item.language)
            elif name:
                paragraph += self._labels(item, {'tags': 'tag'}.get(name, name))
        return paragraph

    def _picture(self, item: PostItem) -> nodes.Node | None:
        uri = picture_address(item.image, self.builder)
        if not uri:
            return None
        if '://' not in uri:
            uri = relative_uri(self.builder.get_target_uri(self.docname), uri)
        return nodes.raw('', f'<img src="{escape(uri)}" alt="" loading="lazy">', format='html')

    def _post(self, item: PostItem) -> nodes.paragraph:
        paragraph = nodes.paragraph()
        paragraph += link(self.builder, self.docname, item.docname, self._text(item.title))
        if item.untitled:
            paragraph += [nodes.Text(' '), nodes.inline('', str(_('(untitled)')), classes=['blog-note'])]
        if item.date:
            paragraph += [
                nodes.Text(' '),
                nodes.inline('', date_text(item.date, self.config), classes=['blog-date']),
            ]
        return paragraph

    def _labels(self, item: PostItem, kind: str) -> list[nodes.Node]:
        """The tags, authors or so on of a post, each a link to its page where there is one."""
        found: list[nodes.Node] = []
        for of_kind, name, page in item.labels:
            if of_kind != kind:
                continue
            if found:
                found.append(nodes.Text(comma()))
            words: list[nodes.Node] = [nodes.Text(name)]
            made = page and self.builder.name in PAGE_BUILDERS and blog_config(self.config).archive_pages
            found += [link(self.builder, self.docname, page, words)] if made else words
        return found

    def _older_newer(self, panel: Panel, content: Sequence[PostItem | None]) -> list[nodes.Node]:
        del panel
        paragraph = nodes.paragraph(classes=['blog-neighbours-nav'])
        words = ((_('Older: '), 'blog-older'), (_('Newer: '), 'blog-newer'))
        for item, (word, css) in zip(content, words, strict=True):
            if item is None:
                continue
            if paragraph.children:
                paragraph += nodes.Text(' ')
            target = link(self.builder, self.docname, item.docname, self._text(item.title))
            paragraph += nodes.inline('', '', nodes.Text(str(word)), target, classes=[css])
        return [paragraph]

    # backlinks, missing -----------------------------------------------

    def _backlinks(self, panel: Panel, content: Sequence[Backlink]) -> list[nodes.Node]:
        del panel
        result = self._citing([backlink for backlink in content if backlink.linked])
        if plain := [backlink for backlink in content if not backlink.linked]:
            if result:
                words = str(_('Mentioned without a link'))
                result.append(nodes.rubric('', words, classes=['blog-panel-title', 'blog-unlinked-title']))
            result += self._citing(plain)
        return result

    def _citing(self, backlinks: Sequence[Backlink]) -> list[nodes.Node]:
        if not backlinks:
            return []
        items = nodes.bullet_list(classes=['blog-citing' if backlinks[0].linked else 'blog-unlinked'])
        for backlink in backlinks:
            paragraph = self._post(PostItem(backlink.docname, backlink.title, date=backlink.date))
            entry = nodes.list_item('', paragraph)
            for quote in backlink.quotes:
                start, end = quote.span
                mention = link(
                    self.builder,
                    self.docname,
                    backlink.docname,
                    self._text(quote.context[start:end]),
                    # Of a section, which not every builder can point to.
                    quote.anchor if backlink.linked or self.html else '',
                )
                sentence = nodes.paragraph(classes=['blog-quote'])
                sentence += [*self._text(quote.context[:start]), mention, *self._text(quote.context[end:])]
                entry += nodes.block_quote('', sentence)
            items += entry
        if len(backlinks) <= _MANY:
            return [items]
        words = str(_('Cited by %d posts') if backlinks[0].linked else _('Mentioned by %d posts'))
        return [self._folded(items, words % len(backlinks))]

    # local graph ------------------------------------------------------

    def _graph(self, panel: Panel, content: Sequence[PostGraph]) -> list[nodes.Node]:
        return graph_nodes(self.builder, self.docname, content[0], named=bool(panel.option('post')))

    # ------------------------------------------------------------------

    def _text(self, text: str) -> list[nodes.Node]:
        return text_nodes(text, self.builder)

    def _folded(self, items: nodes.bullet_list, summary: str) -> nodes.Node:
        if len(items.children) <= _MANY or not self.html:
            return items
        return blog_details('', items, summary=summary)

    _writers: dict[str, Callable[[Any, Panel, Sequence[Any]], list[nodes.Node]]] = {  # noqa: RUF012
        'meta': _meta,
        'series': _series,
        'related': _related,
        'postlist': _postlist,
        'backlinks': _backlinks,
        'neighbours': _older_newer,
        'graph': _graph,
    }
    """What needs more than the content."""


def _quoted(titles: Sequence[str]) -> str:
    return comma().join(title if title.startswith('《') else f'《{title}》' for title in titles)
