"""Posts by year, tag, category, author, place, language and series: what pages of our own list.

The names of the pages are those of ABlog, below ``blog_path`` (or ``blog``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from sphinx.locale import get_translation

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.slugs import ablog_slug, fits_a_file, name_key, shown_names, slugs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.config import Config

    from sphinxext_blog.records import Post, Series, Topic
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = [
    'LABELS',
    'NAMED_KINDS',
    'Catalog',
    'Collection',
    'Kind',
    'catalog_of_topics',
    'catalogs_of',
    'chronological',
    'pages_root',
]

_ = get_translation('sphinxext_blog')

Kind = Literal['archive', 'tag', 'category', 'author', 'location', 'language', 'series', 'topic']

NAMED_KINDS: tuple[Kind, ...] = ('tag', 'category', 'author', 'location', 'language', 'series')
"""Kinds whose collections have names that authors give, and a role each."""

LABELS: Mapping[str, str] = {
    'blog-archives': 'archive',
    'blog-tags': 'tag',
    'blog-categories': 'category',
    'blog-authors': 'author',
    'blog-locations': 'location',
    'blog-languages': 'language',
    'blog-series': 'series',
    'blog-topics': 'topic',
}
"""Labels of the pages that list all years, tags and so on."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The posts of one tag, author, year…, newest first (those of a series in reading order)."""

    kind: Kind
    key: str
    name: str
    page: str
    """Name of its page as Sphinx counts pages."""
    posts: tuple[str, ...]
    link: str = ''
    """An address of the author or place that ``conf.py`` tells."""
    alias: str = ''
    """Name of the page at which ABlog had it, when that is another one."""
    series: Series | None = None
    topic: Topic | None = None


@dataclass(frozen=True)
class Catalog:
    """All collections of a kind."""

    kind: Kind
    page: str
    collections: tuple[Collection, ...]

    def find(self, name: str) -> Collection | None:
        """The collection that a name in a post belongs to."""
        return self._by_key.get(name_key(name))

    @cached_property
    def _by_key(self) -> Mapping[str, Collection]:
        """Collections by their keys, and by the names that readers see where no key is like it."""
        found = {item.key: item for item in self.collections}
        for item in self.collections:
            found.setdefault(name_key(item.name), item)
        return found

    @property
    def title(self) -> str:
        """What the page of the catalog is called."""
        return str(
            {
                'archive': _('Archive'),
                'tag': _('Tags'),
                'category': _('Categories'),
                'author': _('Authors'),
                'location': _('Locations'),
                'language': _('Languages'),
                'series': _('All series'),
                'topic': _('Topics'),
            }[self.kind]
        )


def pages_root(config: Config) -> str:
    """Name of the page of all posts, and of the folder of the others."""
    return blog_config(config).path.strip('/') or 'blog'


def chronological(posts: Iterable[Post]) -> list[Post]:
    """The posts, newest first; those of one day by name."""
    return sorted(
        posts,
        key=lambda post: (post.date.sort_key if post.date else (0, 0, 0, ''), post.docname),
        reverse=True,
    )


def catalogs_of(knowledge: Knowledge, config: Config) -> dict[Kind, Catalog]:
    """Every catalog that has a post in it."""
    root = pages_root(config)
    values = blog_config(config)
    posts = chronological(knowledge.posts.values())
    told = {'author': values.authors, 'location': values.locations, 'language': values.languages}
    named = {
        'tag': lambda post: post.tags,
        'category': lambda post: post.categories,
        'author': lambda post: post.authors,
        'location': lambda post: post.locations,
        'language': lambda post: (post.language,) if post.language else (),
    }
    result: dict[Kind, Catalog] = {}
    years: dict[int, list[str]] = defaultdict(list)
    for post in posts:
        if post.date and post.date.year:
            years[post.date.year].append(post.docname)
    archive = tuple(
        Collection('archive', str(year), str(year), f'{root}/{year}', tuple(names))
        for year, names in years.items()
    )
    if archive:
        result['archive'] = Catalog('archive', f'{root}/archive', archive)
    for kind, names_of in named.items():
        if collections := _collections(kind, root, posts, names_of, told.get(kind, ())):
            result[kind] = Catalog(kind, f'{root}/{kind}', collections)  # type: ignore[index, arg-type]
    series = tuple(
        Collection(
            'series',
            found.key,
            found.name,
            f'{root}/series/{found.key}',
            tuple(str(member.id) for member in found.members if member.id in knowledge.posts),
            series=found,
        )
        for found in sorted(knowledge.resolution.series, key=lambda item: item.key)
        if len(found.members) > 1 or found.declared
    )
    if series:
        result['series'] = Catalog('series', f'{root}/series', series)
    return result


def catalog_of_topics(knowledge: Knowledge, config: Config) -> Catalog | None:
    """The topics; ``None`` when there is none, or no pages of them are wanted.

    A page is called after the main post of its topic, which changes less than the words of its name do.
    """
    if not blog_config(config).topic_pages or not knowledge.topics:
        return None
    root = pages_root(config)
    names = {topic.number: topic.main.removesuffix('/index').rpartition('/')[2] for topic in knowledge.topics}
    slugs = slugs_of(names.values())
    taken: set[str] = set()
    collections = []
    for topic in knowledge.topics:
        slug = slugs[name_key(names[topic.number])]
        if slug in taken:  # main posts of one name in two folders
            slug = f'{slug}-{hashlib.sha256(topic.main.encode()).hexdigest()[:6]}'
        taken.add(slug)
        page = f'{root}/topic/{slug}'
        collections.append(Collection('topic', str(topic.number), topic.name, page, topic.posts, topic=topic))
    return Catalog('topic', f'{root}/topic', tuple(collections))


def _collections(
    kind: str, root: str, posts: list[Post], names_of: object, told: tuple[tuple[str, str, str], ...]
) -> tuple[Collection, ...]:
    about = {name_key(key): (name, link) for key, name, link in told}
    # A post may say the name that the configuration gives to a key: English for en.
    keys = {name_key(name): key for key, (name, _link) in reversed(about.items())}
    members: dict[str, list[str]] = defaultdict(list)
    names: list[str] = []
    for post in posts:
        for name in dict.fromkeys(names_of(post)):  # type: ignore[operator]
            names.append(name)
            key = name_key(name)
            key = keys.get(name_key(about[key][0]) if key in about else key, key)
            if not members[key] or members[key][-1] != post.docname:
                members[key].append(post.docname)
    shown = shown_names(names)
    readable = {key: about[key][0] if key in about else shown[key] for key in members}
    # Addresses are made of what readers see, as ABlog makes them.
    slugs = slugs_of(readable.values())
    taken = set(slugs.values())
    result = []
    for key, docnames in members.items():
        name = readable[key]
        link = about[key][1] if key in about else ''
        old = ablog_slug(name)
        alias = f'{root}/{kind}/{old}' if old and old not in taken and fits_a_file(old) else ''
        taken.add(old)  # C++ and C# were one page
        page = f'{root}/{kind}/{slugs[name_key(name)]}'
        result.append(Collection(kind, key, name, page, tuple(docnames), link, alias))  # type: ignore[arg-type]
    return tuple(sorted(result, key=lambda item: (name_key(item.name), item.key)))
