"""Panels: from the data of `panels` to what every builder can write."""

from __future__ import annotations

from functools import partial
from html import escape
from string import Formatter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote as percent_encoded

from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from sphinxext_blog.config import blog_config
from sphinxext_blog.references import chinese_to_int
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.formula_nodes import index_nodes, notation_nodes
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.inline import comma, quoted
from sphinxext_blog.site.missing_nodes import missing_nodes, ranges
from sphinxext_blog.site.panel_elements import blog_panel
from sphinxext_blog.site.panel_tree import Child, Element, Words, link_to, to_html, to_nodes
from sphinxext_blog.site.panels import Backlink, Panel, PostItem, SeriesPart, SeriesView
from sphinxext_blog.site.pictures import picture_address
from sphinxext_blog.site.post_graph import graph_nodes
from sphinxext_blog.site.topic_views import start_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docutils import nodes
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
    'graph': graph_nodes,
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
        """Write the content into a panel, in HTML as its attribute ``html``; whether there is any."""
        heading = str(self._heading(panel, content))
        title = Element('rubric', heading, classes=['blog-panel-title'])
        has_title = bool(heading) and panel.kind not in {'series', 'neighbours'}
        if (write := _WRITERS.get(panel.kind)) is not None:
            body = write(self.builder, self.docname, content)
            box += to_nodes([title], self.builder) if body and has_title else []
            box.extend(body)
            return bool(body)
        tree = self._writers[panel.kind](self, panel, content)
        whole = [title, *tree] if has_title else tree
        if tree and self.html:
            box['html'] = to_html(whole, self.builder)
        elif tree:
            box.extend(to_nodes(whole, self.builder))
        return bool(tree)

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

    def _meta(self, panel: Panel, content: Sequence[PostItem]) -> list[Element]:
        del panel
        item = content[0]
        paragraph = Element('paragraph', classes=['blog-meta'])
        pieces: list[tuple[str, str]] = []
        if item.date:
            pieces.append(('date', date_text(item.date, self.config)))
        if item.updated:
            pieces.append(('updated', str(_('updated %s')) % date_text(item.updated, self.config)))
        if item.minutes:
            pieces.append(('minutes', str(_('%d min read')) % item.minutes))
        for number, (name, text) in enumerate(pieces):
            if number:
                paragraph.add(' · ')
            paragraph.add(Element('inline', text, classes=[f'blog-{name}']))
        for kind, css in _LABEL_CLASSES.items():
            if found := self._labels(item, kind):
                if paragraph.children:
                    paragraph.add(' · ')
                paragraph.add(Element('inline', *found, classes=[css]))
                pieces.append((css, ''))
        if blog_config(self.config).graph_page and self.builder.name in PAGE_BUILDERS:
            if pieces:
                paragraph.add(' · ')
            place = f'n={percent_encoded(item.docname, safe="")}'
            page = graph_page_name(self.config)
            paragraph.add(self._link(page, str(_('Show in the graph')), anchor=place))
        return [paragraph] if paragraph.children else []

    # series -----------------------------------------------------------

    def _series(self, panel: Panel, content: Sequence[SeriesView]) -> list[Element]:
        result: list[Element] = []
        for view in content:
            current = next((n for n, part in enumerate(view.parts) if part.current), None)
            if panel.auto and len(view.parts) < 2 and not view.gaps and not view.parts[0].label:
                continue
            result.append(self._series_title(view, current))
            if current is not None:
                result.extend(self._neighbours(view, current))
            result.extend(self._parts(view))
        return result

    def _series_title(self, view: SeriesView, current: int | None) -> Element:
        label = self._number(view.parts[current].label) if current is not None else ''
        pattern = str(_('Part %(label)s of the series %(name)s')) if label else str(_('Series %(name)s'))
        before, _sep, after = pattern.replace('%(label)s', label).partition('%(name)s')
        name = Element('strong', Words(view.name))
        return Element('rubric', before, name, after, classes=['blog-panel-title'])

    def _number(self, label: str) -> str:
        """The number of a part as the language of the site has it: “Part 4” of 随笔（四）."""
        number = None if self.config.language.startswith(('zh', 'ja')) else chinese_to_int(label)
        return str(number or label)

    def _neighbours(self, view: SeriesView, current: int) -> list[Element]:
        present = [n for n, part in enumerate(view.parts) if part.docname]
        place = present.index(current)
        paragraph = Element('paragraph', classes=['blog-series-nav'])
        for offset, word, css in ((-1, _('Previous: '), 'blog-prev'), (1, _('Next: '), 'blog-next')):
            if not 0 <= place + offset < len(present):
                continue
            part = view.parts[present[place + offset]]
            if paragraph.children:
                paragraph.add(' · ')
            target = self._link(part.docname, Words(part.title))
            paragraph.add(Element('inline', str(word), target, classes=[css]))
        return [paragraph] if paragraph.children else []

    def _parts(self, view: SeriesView) -> list[Element]:
        parts = [Element('list_item', self._part(part)) for part in view.parts]
        items = Element('bullet_list', *parts, classes=['blog-series-parts'])
        result = [_folded(items, str(_('All parts known here (%d)')) % len(view.parts))]
        if view.gaps:
            text = str(_('not known here: %s')) % ranges(view.gaps)
            result.append(Element('paragraph', text, classes=['blog-gaps']))
        return result

    def _part(self, part: SeriesPart) -> Element:
        paragraph = Element('paragraph')
        if part.label:
            paragraph.add(Element('inline', part.label, classes=['blog-number']), ' ')
        if part.current:
            paragraph.add(Element('strong', Words(part.title)))
        elif part.docname:
            paragraph.add(self._link(part.docname, Words(part.title)))
        else:
            note = str(_('(not in this blog)'))
            paragraph.add(
                Element('inline', Words(part.title), classes=['blog-missing']),
                Element('inline', f' {note}', classes=['blog-note']),
            )
        return paragraph

    # related, lists ---------------------------------------------------

    def _related(self, panel: Panel, content: Sequence[PostItem]) -> list[Element]:
        del panel
        items = Element('bullet_list')
        for item in content:
            paragraph = self._post(item)
            words = [text for kind, detail in item.reasons if (text := self._reason(kind, detail))]
            if words:
                paragraph.add(
                    Element('inline', ' — ', classes=['blog-separator']),
                    Element('inline', Words(str(_('; ')).join(words)), classes=['blog-reasons']),
                )
            items.add(Element('list_item', paragraph))
        return [items]

    def _reason(self, kind: str, detail: tuple[str, ...]) -> str:
        if kind == 'cites':
            return str(_('cited by this post'))
        if kind == 'cited-by':
            return str(_('cites this post'))
        if kind == 'series':
            if len(detail) == 2 and detail[1]:
                return str(_('same series, part %s')) % self._number(detail[1])
            return str(_('same series'))
        if kind == 'pinned':
            return str(_('chosen by the author'))
        if kind == 'formula':
            return str(_('shares the formula %s')) % detail[0] if detail else str(_('shares a formula'))
        if kind == 'cited-by-similar':
            return str(_('cited by similar posts: %s')) % quoted(*detail)
        if kind == 'cited-together':
            return str(_('both cited by %s')) % quoted(*detail)
        if kind == 'shared-citations':
            return str(_('both cite %s')) % quoted(*detail)
        if kind == 'tags':
            return str(_('same tags: %s')) % comma().join(detail)
        return str(_('similar: %s')) % comma().join(detail) if detail else ''

    def _postlist(self, panel: Panel, content: Sequence[PostItem]) -> list[Element]:
        asked = dict(panel.options)
        marks = [f'blog-list-{asked["list-style"]}'] if 'list-style' in asked else []
        cards = ['blog-cards'] if 'cards' in asked else []
        items = Element('bullet_list', classes=['blog-postlist', *cards, *marks])
        for item in content:
            entry = Element('list_item')
            if 'cards' in asked and (picture := self._picture(item)):
                entry.add(picture)
            entry.add(self._formatted(item, asked) if asked.keys() & {'format', 'date'} else self._post(item))
            if item.excerpt:
                entry.add(Element('paragraph', Words(item.excerpt), classes=['blog-excerpt']))
            if item.excerpt and asked.get('expand'):
                target = self._link(item.docname, asked['expand'])
                entry.add(Element('paragraph', target, classes=['blog-expand']))
            items.add(entry)
        return [items]

    def _formatted(self, item: PostItem, asked: dict[str, str]) -> Element:
        """ABlog's way to say how a post is named in a list: ``{date} - {title}``."""
        paragraph = Element('paragraph')
        for text, name, _spec, _conversion in Formatter().parse(asked.get('format') or '{title} {date}'):
            if text:
                paragraph.add(text)
            if name == 'title':
                paragraph.add(self._link(item.docname, Words(item.title)))
            elif name == 'date':
                shown = date_text(item.date, self.config, asked.get('date', ''))
                paragraph.add(Element('inline', shown, classes=['blog-date']))
            elif name == 'language':
                paragraph.add(item.language)
            elif name:
                paragraph.add(*self._labels(item, {'tags': 'tag'}.get(name, name)))
        return paragraph

    def _picture(self, item: PostItem) -> Element | None:
        uri = picture_address(item.image, self.builder)
        if not uri or not self.html:
            return None
        if '://' not in uri:
            uri = relative_uri(self.builder.get_target_uri(self.docname), uri)
        return Element('html', value=f'<img src="{escape(uri)}" alt="" loading="lazy">')

    def _post(self, item: PostItem) -> Element:
        paragraph = Element('paragraph', self._link(item.docname, Words(item.title)))
        if item.untitled:
            paragraph.add(' ', Element('inline', str(_('(untitled)')), classes=['blog-note']))
        if item.date:
            shown = date_text(item.date, self.config)
            paragraph.add(' ', Element('inline', shown, classes=['blog-date']))
        return paragraph

    def _labels(self, item: PostItem, kind: str) -> list[Child]:
        """The tags, authors or so on of a post, each a link to its page where there is one."""
        found: list[Child] = []
        for of_kind, name, page in item.labels:
            if of_kind != kind:
                continue
            if found:
                found.append(comma())
            made = page and self.builder.name in PAGE_BUILDERS and blog_config(self.config).archive_pages
            found.append(self._link(page, name) if made else name)
        return found

    def _older_newer(self, panel: Panel, content: Sequence[PostItem | None]) -> list[Element]:
        del panel
        paragraph = Element('paragraph', classes=['blog-neighbours-nav'])
        words = ((_('Older: '), 'blog-older'), (_('Newer: '), 'blog-newer'))
        for item, (word, css) in zip(content, words, strict=True):
            if item is None:
                continue
            if paragraph.children:
                paragraph.add(' ')
            target = self._link(item.docname, Words(item.title))
            paragraph.add(Element('inline', str(word), target, classes=[css]))
        return [paragraph]

    # backlinks, missing -----------------------------------------------

    def _backlinks(self, panel: Panel, content: Sequence[Backlink]) -> list[Element]:
        del panel
        result = self._citing([backlink for backlink in content if backlink.linked])
        if plain := [backlink for backlink in content if not backlink.linked]:
            if result:
                words = str(_('Mentioned without a link'))
                result.append(Element('rubric', words, classes=['blog-panel-title', 'blog-unlinked-title']))
            result += self._citing(plain)
        return result

    def _citing(self, backlinks: Sequence[Backlink]) -> list[Element]:
        if not backlinks:
            return []
        items = Element('bullet_list', classes=['blog-citing' if backlinks[0].linked else 'blog-unlinked'])
        for backlink in backlinks:
            paragraph = self._post(PostItem(backlink.docname, backlink.title, date=backlink.date))
            entry = Element('list_item', paragraph)
            for quote in backlink.quotes:
                start, end = quote.span
                mention = self._link(
                    backlink.docname,
                    Words(quote.context[start:end]),
                    # Of a section, which not every builder can point to.
                    anchor=quote.anchor if backlink.linked or self.html else '',
                )
                before, after = Words(quote.context[:start]), Words(quote.context[end:])
                sentence = Element('paragraph', before, mention, after, classes=['blog-quote'])
                entry.add(Element('block_quote', sentence))
            items.add(entry)
        if len(backlinks) <= _MANY:
            return [items]
        words = str(_('Cited by %d posts') if backlinks[0].linked else _('Mentioned by %d posts'))
        return [_folded(items, words % len(backlinks))]

    # ------------------------------------------------------------------

    def _link(self, target: str, *content: Child, anchor: str = '') -> Element:
        return link_to(self.builder, self.docname, target, *content, anchor=anchor)

    _writers: dict[str, Callable[[Any, Panel, Sequence[Any]], list[Element]]] = {  # noqa: RUF012
        'meta': _meta,
        'series': _series,
        'related': _related,
        'postlist': _postlist,
        'backlinks': _backlinks,
        'neighbours': _older_newer,
    }
    """What writes the panels that stand on most pages."""


def _folded(items: Element, summary: str) -> Element:
    return items if len(items.children) <= _MANY else Element('details', items, value=summary)
