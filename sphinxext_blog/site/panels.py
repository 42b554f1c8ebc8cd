"""What a page shows of other posts: panels, as data.

A panel is asked for by a directive or by ``blog_auto_panels``. Its *content* is
plain data computed from the knowledge of the whole blog; `panel_nodes` writes
it into the page, and `rebuild` takes a digest of it: a page is rewritten
exactly when this data changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.catalogs import chronological
from sphinxext_blog.site.formula_views import formula_index, notation
from sphinxext_blog.site.post_graph import graph_around
from sphinxext_blog.site.slugs import name_key
from sphinxext_blog.site.topic_views import where_to_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.config import Config

    from sphinxext_blog.records import Link, MissingPost, Post, Reason, Series, Work
    from sphinxext_blog.site.catalogs import Kind
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = [
    'Backlink',
    'MissingItem',
    'Panel',
    'PanelKind',
    'PostItem',
    'Quote',
    'SeriesPart',
    'SeriesView',
    'content_of',
    'names_nothing',
    'panels_of_page',
]

PanelKind = Literal[
    'meta',
    'series',
    'related',
    'backlinks',
    'neighbours',
    'graph',
    'postlist',
    'missing',
    'formulas',
    'notation',
    'start',
]


@dataclass(frozen=True, slots=True)
class Panel:
    """A request for a panel, as the document makes it."""

    kind: PanelKind
    options: tuple[tuple[str, str], ...] = ()
    auto: bool = False
    line: int = 0
    """Line of the directive."""

    def option(self, name: str, default: str = '') -> str:
        """The value of an option, or *default*."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, slots=True)
class PostItem:
    """A post in a list."""

    docname: str
    title: str
    untitled: bool = False
    """The title is only the first clause of a post without one."""
    date: str = ''
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    excerpt: str = ''
    updated: str = ''
    minutes: int = 0
    """What reading it takes; 0 when that is not worth telling."""
    labels: tuple[tuple[str, str, str], ...] = ()
    """Its tags, authors and so on: kind, name, and the page that lists such posts (or none)."""
    language: str = ''
    image: str = ''
    reasons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Why it is here: kind and details, the strongest first; titles already in words."""


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """A part of a series; ``docname`` is empty when it is not in this blog."""

    docname: str
    title: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series as seen from one of its parts (or from outside)."""

    name: str
    parts: tuple[SeriesPart, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with a mention in it: the sentence, the mention's span, its place."""

    context: str
    span: tuple[int, int]
    anchor: str


@dataclass(frozen=True, slots=True)
class Backlink:
    """A post that cites the page, with its sentences."""

    docname: str
    title: str
    date: str
    quotes: tuple[Quote, ...]
    linked: bool = True
    """It cites the page; otherwise it has the title in plain text."""


@dataclass(frozen=True, slots=True)
class MissingItem:
    """A cited thing that is not in the blog, and who cites it."""

    title: str
    url: str
    cited_by: tuple[Backlink, ...]
    work: bool
    """A paper, a book, an article elsewhere: no post of this blog."""


def panels_of_page(
    docname: str, requested: tuple[Panel, ...], config: Config, *, post: bool
) -> tuple[Panel, ...]:
    """Panels of a page: those its directives ask for, and the automatic ones of a post.

    A directive for the page itself stands in for the automatic panel of its kind.
    """
    if not post:
        return requested
    own = {
        panel.kind
        for panel in requested
        if panel.option('post') in {'', docname} and not panel.option('name')
    }
    values = blog_config(config)
    kinds = (*values.auto_panels, *(['neighbours'] if values.show_prev_next else []))
    auto = tuple(Panel(kind, auto=True) for kind in kinds if kind not in own)  # type: ignore[arg-type]
    return (*requested, *auto)


def names_nothing(panel: Panel, knowledge: Knowledge) -> bool:
    """Whether *panel* asks for a post or a series that there is not."""
    if name := panel.option('name'):
        return all(name not in (series.name, series.key) for series in knowledge.resolution.series)
    return bool(panel.option('post')) and knowledge.find(panel.option('post')) is None


def content_of(panel: Panel, docname: str, knowledge: Knowledge) -> tuple[object, ...]:
    """Everything that *panel* on page *docname* shows, as comparable plain data."""
    named = panel.option('post')
    subject = (knowledge.find(named) or '') if named else docname
    if panel.kind == 'meta':
        post = knowledge.posts.get(subject)
        return (_item(post, knowledge, full=True),) if post else ()
    return _CONTENTS[panel.kind](panel, subject, knowledge)


def _series(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[SeriesView, ...]:
    if name := panel.option('name'):
        found = tuple(s for s in knowledge.resolution.series if name in (s.name, s.key))
    else:
        found = knowledge.series_of.get(subject, ())
    return tuple(_view(series, subject, knowledge) for series in found)


def _view(series: Series, subject: str, knowledge: Knowledge) -> SeriesView:
    parts = tuple(
        SeriesPart(
            docname=member.id if member.id in knowledge.posts else '',
            title=_title(member.id, knowledge),
            label=member.label,
            current=member.id == subject,
        )
        for member in series.members
    )
    return SeriesView(series.name, parts, series.gaps)


def _related(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[PostItem, ...]:
    items = knowledge.related.get(subject, ())  # type: ignore[call-overload]
    count = int(panel.option('count') or len(items))
    result = []
    for item in items[:count]:
        post = knowledge.posts[item.target]
        reasons = tuple(_reason(reason, post, knowledge) for reason in item.reasons)
        result.append(_item(post, knowledge, reasons=reasons))
    return tuple(result)


def _reason(reason: Reason, post: Post, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    """A reason with its details in words: titles instead of ids."""
    if reason.kind == 'series':
        for series in knowledge.series_of.get(post.docname, ()):
            label = next((m.label for m in series.members if str(m.id) == post.docname), '')
            if not reason.detail or series.key in reason.detail:
                return 'series', (series.name, label)
        return 'series', ()
    if reason.kind in {'cited-together', 'shared-citations', 'cited-by-similar'}:
        return reason.kind, tuple(knowledge.titles.get(node, node) for node in reason.detail[:3])
    return reason.kind, reason.detail


def _item(
    post: Post,
    knowledge: Knowledge,
    *,
    full: bool = False,
    excerpt: bool = False,
    reasons: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> PostItem:
    return PostItem(
        docname=post.docname,
        title=knowledge.shown_title(post.docname),
        untitled=post.title_derived,
        date=post.date.isoformat() if post.date else '',
        authors=post.authors if full else (),
        tags=post.tags if full else (),
        excerpt=post.excerpt if excerpt else '',
        updated=post.updated.isoformat() if full and post.updated and post.updated != post.date else '',
        minutes=minutes_of(post) if full else 0,
        labels=labels_of(post, knowledge) if full else (),
        language=post.language if full else '',
        image=post.image if full else '',
        reasons=reasons,
    )


_WORDS_A_MINUTE = 250
"""Between an English reader's 240 words and a Chinese reader's 260 characters (Brysbaert 2019)."""
_MINUTES_A_FORMULA = 1 / 30


def minutes_of(post: Post) -> int:
    """Minutes that reading a post takes; 0 when it is less than half of one."""
    return int(post.words / _WORDS_A_MINUTE + post.formulas * _MINUTES_A_FORMULA + 0.5)


def labels_of(post: Post, knowledge: Knowledge) -> tuple[tuple[str, str, str], ...]:
    """Authors, tags and so on of a post as readers see them, with their pages."""
    result: list[tuple[str, str, str]] = []
    groups: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ('author', post.authors),
        ('location', post.locations),
        ('category', post.categories),
        ('tag', post.tags),
    )
    for kind, names in groups:
        catalog = knowledge.catalogs.get(kind)
        for name in names:
            found = catalog.find(name) if catalog else None
            shown = found.name if found and kind in {'author', 'location'} else name
            result.append((kind, shown, found.page if found else ''))
    return tuple(result)


def _neighbours(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[PostItem | None, ...]:
    """The posts before and after in time."""
    del panel
    around = knowledge.neighbours.get(subject, ('', ''))
    return tuple(_item(knowledge.posts[name], knowledge) if name else None for name in around if any(around))


def _backlinks(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[Backlink, ...]:
    del panel
    return (
        *_citers(knowledge.backlinks.get(subject, ()), knowledge),
        *_citers(knowledge.mentioned.get(subject, ()), knowledge, linked=False),
    )


def _citers(links: Iterable[Link], knowledge: Knowledge, *, linked: bool = True) -> tuple[Backlink, ...]:
    """The posts that cite, newest first, each with its sentences in reading order."""
    quotes: dict[str, list[Quote]] = {}
    for link in links:
        mention = link.mention
        quote = Quote(mention.context, mention.span, mention.anchor)
        known = quotes.setdefault(link.source, [])
        if all(quote.context != other.context for other in known):
            known.append(quote)
    sources = [str(post.docname) for post in chronological(knowledge.posts[name] for name in quotes)]
    return tuple(
        Backlink(
            docname=source,
            title=knowledge.shown_title(source),
            date=date.isoformat() if (date := knowledge.posts[source].date) else '',
            quotes=tuple(quotes[source]),
            linked=linked,
        )
        for source in sources
    )


def _title(node: str, knowledge: Knowledge) -> str:
    return knowledge.shown_title(node) if node in knowledge.posts else knowledge.titles.get(node, '')


def _postlist(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[PostItem, ...]:
    here = subject
    wanted = {
        name: _names(panel.option(name))
        for name in ('tags', 'category', 'author', 'location', 'language', 'series')
    }
    spelled = knowledge.catalogs.get('author')
    # By the name that readers see, too.
    wanted['author'] |= {
        item.key
        for item in (spelled.collections if spelled else ())
        if name_key(item.name) in wanted['author']
    }

    def fits(post: Post) -> bool:
        series = {s.name for s in knowledge.series_of.get(post.docname, ())}
        has = {
            'tags': post.tags,
            'category': post.categories,
            'author': post.authors,
            'location': post.locations,
            'language': (post.language,),
            'series': series,
        }
        return all(
            not names or names & {name_key(item) for item in has[name]} for name, names in wanted.items()
        )

    # A list on the page of a post is one of the others: ABlog's rule.
    posts = chronological(post for post in knowledge.posts.values() if post.docname != here and fits(post))
    if 'sort' in dict(panel.options):
        posts.reverse()
    limit = int(panel.option('limit') or len(posts))
    excerpts = bool(dict(panel.options).keys() & {'excerpts', 'cards'})
    return tuple(_item(post, knowledge, full=True, excerpt=excerpts) for post in posts[:limit])


def _names(text: str) -> set[str]:
    return {name_key(name) for name in text.split(',') if name.strip()}


def _missing(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[object, ...]:
    """Missing posts most cited first, then works if asked for, then the gaps of series."""
    del subject
    resolution = knowledge.resolution
    nodes: list[tuple[MissingPost | Work, bool]] = [(node, False) for node in resolution.missing]
    if 'works' in dict(panel.options):
        nodes += [(work, True) for work in resolution.works]
    # A work that only an ambiguous mention can mean is cited by nobody.
    nodes = [(node, work) for node, work in nodes if not work or node.id in knowledge.backlinks]
    items = [
        MissingItem(node.title, node.url, _citers(knowledge.backlinks.get(node.id, ()), knowledge), work)
        for node, work in nodes
    ]
    items.sort(key=lambda item: (item.work, -len(item.cited_by), item.title, item.url))
    if 'gaps' not in dict(panel.options):
        return tuple(items)
    return (*items, *(_view(series, '', knowledge) for series in resolution.series if series.gaps))


_CONTENTS: dict[str, Callable[[Panel, str, Knowledge], tuple[object, ...]]] = {
    'series': _series,
    'related': _related,
    'backlinks': _backlinks,
    'neighbours': _neighbours,
    'graph': graph_around,
    'postlist': _postlist,
    'missing': _missing,
    'formulas': formula_index,
    'notation': notation,
    'start': where_to_start,
}
