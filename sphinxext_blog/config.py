"""All values that a writer can set in ``conf.py``, in one frozen record.

Each value is declared once, below: its name, default, the types Sphinx checks,
what it changes (Sphinx's *rebuild* key), and how it is validated. A bad value
gets a warning ``blog.config`` and its default; the build goes on.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinxext_blog import config_checks
from sphinxext_blog.config_checks import DEFAULT_PANELS, FEEDS, PANELS, REASONS
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = [
    'DEFAULT_PANELS',
    'PANELS',
    'REASONS',
    'BlogConfig',
    'blog_config',
    'described_values',
    'setup_config',
]

_ANY = frozenset({Any})
"""Sphinx's sign for values that it does not check."""
_LAST = 999
"""Priority of what comes after all that extensions do at an event."""


def _value(
    default: Any,
    meaning: str,
    *,
    rebuild: str = 'html',
    types: tuple[type, ...] = (),
    validator: Callable[[Any], str | None] | None = None,
    name: str = '',
    pairs: bool = False,
) -> Any:
    held = default
    if isinstance(default, (list, dict)):
        held = tuple(default)
    metadata = {
        'default': default,
        'meaning': meaning,
        'rebuild': rebuild,
        'types': types,
        'validator': validator,
        'name': name,
        'pairs': pairs,
    }
    if isinstance(default, dict) and not pairs:
        return field(default_factory=dict, metadata=metadata)
    return field(default=held, metadata=metadata)


@dataclass(frozen=True, slots=True)
class BlogConfig:
    """The values of ``conf.py`` under their names without the prefix ``blog_``."""

    sources: tuple[str, ...] = _value(
        [],
        'Archives to import before the build: files or folders, relative to conf.py.',
        rebuild='',
        types=(list, tuple),
        validator=config_checks.paths,
    )
    import_dir: str = _value(
        'posts',
        'Folder below the source folder that imported posts are written to.',
        rebuild='',
        types=(str,),
        validator=config_checks.relative_path,
    )
    corrections: str = _value(
        '',
        'YAML file of corrections to imported entries, relative to conf.py.',
        rebuild='',
        types=(str,),
        validator=config_checks.path,
    )
    post_pattern: tuple[str, ...] = _value(
        [],
        'Glob patterns of documents that are posts, such as ``posts/**``.',
        rebuild='env',
        types=(list, tuple, str),
        validator=config_checks.strings,
    )
    markdown: str = _value(
        'posts',
        "Which Markdown is read with the habits of other engines and Obsidian: 'posts', 'all', 'none'.",
        rebuild='env',
        types=(str,),
        validator=config_checks.markdown,
    )
    inline_tags: bool | None = _value(
        None,
        'Whether ``#tag`` in the text of Markdown is a tag; None: when the source folder is a vault of '
        'Obsidian, which has a folder :file:`.obsidian`.',
        rebuild='env',
        types=(bool, type(None)),
    )
    path: str = _value(
        '',
        'Folder of the generated pages and exports, relative to the site root.',
        types=(str,),
        validator=config_checks.site_folder,
    )
    title: str = _value('', "Title of the blog; the project's name when empty.", types=(str,))
    authors: tuple[tuple[str, str, str], ...] = _value(
        {},
        'Authors by the key that posts name them by: a name and an address or None.',
        types=(dict,),
        validator=config_checks.named,
        pairs=True,
    )
    languages: tuple[tuple[str, str, str], ...] = _value(
        {},
        'Languages of posts by their code: a name and an address or None.',
        types=(dict,),
        validator=config_checks.named,
        pairs=True,
    )
    locations: tuple[tuple[str, str, str], ...] = _value(
        {},
        'Places by key: a name and an address or None.',
        types=(dict,),
        validator=config_checks.named,
        pairs=True,
    )
    default_author: tuple[str, ...] = _value(
        [],
        'Authors of posts that name none.',
        rebuild='env',
        types=(list, tuple, str),
        validator=config_checks.strings,
    )
    default_language: str = _value('', 'Language of posts that name none.', rebuild='env', types=(str,))
    default_location: tuple[str, ...] = _value(
        [],
        'Places of posts that name none.',
        rebuild='env',
        types=(list, tuple, str),
        validator=config_checks.strings,
    )
    archive_pages: bool = _value(
        True, 'Whether pages of all posts, years, tags, authors and so on are made.', types=(bool,)
    )
    archive_titles: bool = _value(False, 'Whether these pages show titles only.', types=(bool,))
    topic_pages: bool = _value(
        True, 'Whether topics, which the graph tells, have pages among these.', types=(bool,)
    )
    page_size: int = _value(
        30,
        'Posts that one of these pages shows; 0 for all.',
        types=(int,),
        validator=config_checks.count,
    )
    feeds: tuple[str, ...] = _value(
        list(FEEDS),
        'Forms of the feeds that are written when html_baseurl is set: atom, rss, json.',
        types=(list, tuple, str),
        validator=config_checks.feeds,
    )
    feed_archives: bool = _value(
        False, 'Whether each tag, author, year and so on has feeds of its own.', types=(bool,)
    )
    feed_fulltext: bool = _value(False, 'Whether feeds hold the posts, not their excerpts.', types=(bool,))
    feed_length: int | None = _value(
        20,
        'Posts that a feed holds; 0 or None for all.',
        types=(int, type(None)),
        validator=config_checks.count_or_none,
    )
    feed_subtitle: str = _value('', 'Subtitle of the feeds.', types=(str,))
    feed_titles: bool = _value(False, 'Whether feeds hold titles only.', types=(bool,))
    site_urls: tuple[str, ...] = _value(
        [],
        'Templates of the addresses that posts have or had: ``https://example.org/archives/{id}``.',
        types=(list, tuple),
        validator=config_checks.url_templates,
    )
    related_count: int = _value(
        5, 'How many related posts a panel shows.', types=(int,), validator=config_checks.count
    )
    related_weights: dict[str, float] = _value(  # noqa: RUF009 (a factory, made by _value)
        {},
        'How much more or less a reason counts for related posts: reason to factor, 0 for none.',
        types=(dict,),
        validator=config_checks.factors,
    )
    auto_panels: tuple[str, ...] = _value(
        list(DEFAULT_PANELS),
        'Which panels are put into every post: meta, series, related, backlinks, graph.',
        types=(list, tuple),
        validator=config_checks.panels,
    )
    unlinked_mentions: bool = _value(
        True,
        'Whether titles of posts are looked for in the plain text of other posts.',
        types=(bool,),
    )
    scoped_equations: bool = _value(
        True,
        'Whether labels of equations belong to their documents and are resolved while building.',
        rebuild='env',
        types=(bool,),
    )
    formula_min_size: int = _value(
        5,
        'Effective size of the smallest formulas that an index of formulas lists.',
        types=(int,),
        validator=config_checks.count,
    )
    graph_page: bool = _value(True, 'Whether the graph page is made.', types=(bool,))
    graph_engine: str = _value(
        'auto',
        'What draws the graph page: vis (vis-network), canvas (our own, for large graphs), or auto.',
        types=(str,),
        validator=config_checks.engine,
    )
    graph_map: str = _value(
        '',
        'File with the positions that the graph page starts from, relative to conf.py.',
        types=(str,),
        validator=config_checks.path,
    )
    cjk_search: bool = _value(
        True,
        "Whether Sphinx's search finds Chinese, Japanese and Korean words, read as pairs of characters.",
        rebuild='env',
        types=(bool,),
    )
    formula_page: bool = _value(True, 'Whether the formula page is made.', types=(bool,))
    date_format: str = _value(
        '',
        "Format of full dates, as for Sphinx's today_fmt; empty for 2014-12-08, in Chinese 2014年12月8日.",
        types=(str,),
        name='post_date_format',
    )
    auto_excerpt: int = _value(
        1,
        'Paragraphs of the excerpt of a post that tells none.',
        rebuild='env',
        types=(int,),
        validator=config_checks.count,
        name='post_auto_excerpt',
    )
    auto_image: int = _value(
        0,
        'Which picture of a post stands for it: 1 for the first, 0 for none.',
        rebuild='env',
        types=(int,),
        validator=config_checks.count,
        name='post_auto_image',
    )
    show_prev_next: bool = _value(
        True,
        'Whether posts lead to the ones before and after them in time.',
        types=(bool,),
        name='post_show_prev_next',
    )
    redirect_refresh: int = _value(
        5,
        'Seconds until the page at an old address of a post leads on.',
        types=(int,),
        validator=config_checks.count,
        name='post_redirect_refresh',
    )


def _conf_name(entry: dataclasses.Field[Any]) -> str:
    return entry.metadata['name'] or f'blog_{entry.name}'


_settled: WeakKeyDictionary[Config, BlogConfig] = WeakKeyDictionary()
"""Configurations that no longer change: pages ask for their values many times."""


def blog_config(config: Config) -> BlogConfig:
    """The blog's values of *config*; those that aren't valid are at their defaults."""
    return _settled.get(config) or _values_of(config)


def _values_of(config: Config) -> BlogConfig:
    return BlogConfig(**{entry.name: _read(entry, config)[0] for entry in dataclasses.fields(BlogConfig)})


def _read(entry: dataclasses.Field[Any], config: Config) -> tuple[Any, str | None]:
    """One value as the record holds it, and what is wrong with what the writer gave."""
    value = config[_conf_name(entry)]
    types = entry.metadata['types']
    if value is None and entry.name in _MAY_BE_NONE:
        return entry.default, None  # ABlog's way to say nothing
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = ' or '.join(kind.__name__ for kind in types)
        return _default(entry), f'must be {names}, not {type(value).__name__}'
    if isinstance(entry.default, tuple) and not entry.metadata['pairs']:
        value = (value,) if isinstance(value, str) else tuple(value)
    validator = entry.metadata['validator']
    problem = validator(value) if validator else None
    if entry.metadata['pairs'] and not problem:
        pairs = {key: [told] if isinstance(told, str) else [*told] for key, told in value.items()}
        value = tuple((key, pair[0], [*pair, ''][1] or '') for key, pair in pairs.items())
    return (_default(entry) if problem else value), problem


def _default(entry: dataclasses.Field[Any]) -> Any:
    factory = entry.default_factory
    return entry.default if factory is dataclasses.MISSING else factory()


_MAY_BE_NONE = frozenset(
    'default_author default_language default_location archive_titles feed_subtitle feed_titles '
    'authors languages locations'.split()
)


def _check(_app: Sphinx, config: Config) -> None:
    for entry in dataclasses.fields(BlogConfig):
        _, problem = _read(entry, config)
        if problem:
            default = entry.metadata['default']
            warn('config', 'conf.py: %s %s; using %r', _conf_name(entry), problem, default)


def _settle(app: Sphinx) -> None:
    _settled[app.config] = _values_of(app.config)


def described_values() -> list[tuple[str, Any, str, str]]:
    """Name, default, rebuild key and meaning of each value, for the manual."""
    return [
        (_conf_name(entry), entry.metadata['default'], entry.metadata['rebuild'], entry.metadata['meaning'])
        for entry in dataclasses.fields(BlogConfig)
    ]


def setup_config(app: Sphinx) -> None:
    """Declare the values and have them checked once they are read."""
    for entry in dataclasses.fields(BlogConfig):
        app.add_config_value(
            _conf_name(entry),
            entry.metadata['default'],
            entry.metadata['rebuild'],
            _ANY,  # Sphinx would warn of a wrong type a second time, and not say what is used instead
            entry.metadata['meaning'],
        )
    app.connect('config-inited', _check)
    # Extensions may still set values until the builder is there.
    app.connect('builder-inited', _settle, priority=_LAST)
