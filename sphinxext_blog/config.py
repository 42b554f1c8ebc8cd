"""All values that a writer can set in ``conf.py``, in one frozen record.

Each value is declared once, below: its name, default, the types Sphinx checks,
what it changes (Sphinx's *rebuild* key), and how it is validated. A bad value
gets a warning ``blog.config`` and its default; the build goes on.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args
from weakref import WeakKeyDictionary

from sphinx.util import logging

from sphinxext_blog.records import ReasonKind

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

logger = logging.getLogger(__name__)

DEFAULT_PANELS = ('meta', 'series', 'related', 'backlinks')
"""What is put into every post, in the order in which a reader meets it."""
PANELS = (*DEFAULT_PANELS, 'graph')
"""What can be put into every post."""
REASONS = tuple(kind for kind in get_args(ReasonKind) if kind != 'pinned')
"""Why posts are related, as their ranking knows it."""
_LAST = 999
"""Priority of what comes after all that extensions do at an event."""


def _strings(value: Any) -> str | None:
    return None if all(isinstance(item, str) for item in value) else 'must be a list of strings'


def _relative_path(value: Any) -> str | None:
    if value.startswith('/') or '..' in value.split('/') or '\\' in value:
        return 'must be a path inside the site, with forward slashes'
    return None


def _one_line(value: Any) -> str | None:
    return None if value.isprintable() else 'must be a path, without line breaks and control characters'


def _panels(value: Any) -> str | None:
    if unknown := [item for item in value if item not in PANELS]:
        return f'knows {", ".join(PANELS)}, not {unknown[0]!r}'
    return None


def _factors(value: Any) -> str | None:
    for reason, factor in value.items():
        if reason not in REASONS:
            return f'knows {", ".join(REASONS)}, not {reason!r}'
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 <= factor < float('inf'):
            return f'must have numbers from 0 on, not {factor!r} for {reason!r}'
    return None


def _url_templates(value: Any) -> str | None:
    if problem := _strings(value):
        return problem
    if bad := [item for item in value if not item.startswith(('http://', 'https://')) or '{' not in item]:
        return (
            f'{bad[0]!r} must be an address with a placeholder, such as https://example.org/archives/{{id}}'
        )
    return None


def _engine(value: str) -> str | None:
    return None if value in {'auto', 'vis', 'canvas'} else "must be 'auto', 'vis' or 'canvas'"


def _not_negative(value: Any) -> str | None:
    return 'must not be negative' if value < 0 else None


def _value(
    default: Any,
    meaning: str,
    *,
    rebuild: str = 'html',
    types: tuple[type, ...] = (),
    validator: Callable[[Any], str | None] | None = None,
    name: str = '',
) -> Any:
    metadata = {
        'default': default,
        'meaning': meaning,
        'rebuild': rebuild,
        'types': types,
        'validator': validator,
        'name': name,
    }
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=tuple(default) if isinstance(default, list) else default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class BlogConfig:
    """The values of ``conf.py`` under their names without the prefix ``blog_``."""

    sources: tuple[str, ...] = _value(
        [],
        'Archives to import before the build: files or folders, relative to conf.py.',
        rebuild='',
        types=(list, tuple),
        validator=_strings,
    )
    import_dir: str = _value(
        'posts',
        'Folder below the source folder that imported posts are written to.',
        rebuild='',
        types=(str,),
        validator=_relative_path,
    )
    corrections: str = _value(
        '',
        'YAML file of corrections to imported entries, relative to conf.py.',
        rebuild='',
        types=(str,),
    )
    post_pattern: tuple[str, ...] = _value(
        [],
        'Glob patterns of documents that are posts, such as posts/**.',
        rebuild='env',
        types=(list, tuple, str),
        validator=_strings,
    )
    path: str = _value(
        '',
        'Folder of the generated pages and exports, relative to the site root.',
        types=(str,),
        validator=_relative_path,
    )
    title: str = _value('', "Title of the blog; the project's name when empty.", types=(str,))
    site_urls: tuple[str, ...] = _value(
        [],
        'Templates of the addresses that posts have or had: https://example.org/archives/{id}.',
        types=(list, tuple),
        validator=_url_templates,
    )
    related_count: int = _value(
        5, 'How many related posts a panel shows.', types=(int,), validator=_not_negative
    )
    related_weights: dict[str, float] = _value(  # noqa: RUF009 (a factory, made by _value)
        {},
        'How much more or less a reason counts for related posts: reason to factor, 0 for none.',
        types=(dict,),
        validator=_factors,
    )
    auto_panels: tuple[str, ...] = _value(
        list(DEFAULT_PANELS),
        'Which panels are put into every post: meta, series, related, backlinks, graph.',
        types=(list, tuple),
        validator=_panels,
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
        validator=_not_negative,
    )
    graph_page: bool = _value(True, 'Whether the graph page is made.', types=(bool,))
    graph_engine: str = _value(
        'auto',
        'What draws the graph page: vis (vis-network), canvas (our own, for large graphs), or auto.',
        types=(str,),
        validator=_engine,
    )
    graph_map: str = _value(
        '',
        'File with the positions that the graph page starts from, relative to conf.py.',
        types=(str,),
        validator=_one_line,
    )
    formula_page: bool = _value(True, 'Whether the formula page is made.', types=(bool,))
    date_format: str = _value(
        '%Y-%m-%d',
        "Format of full dates, as for Sphinx's today_fmt.",
        types=(str,),
        name='post_date_format',
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
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = ' or '.join(kind.__name__ for kind in types)
        return _default(entry), f'must be {names}, not {type(value).__name__}'
    if isinstance(entry.default, tuple):
        value = (value,) if isinstance(value, str) else tuple(value)
    validator = entry.metadata['validator']
    problem = validator(value) if validator else None
    return (_default(entry) if problem else value), problem


def _default(entry: dataclasses.Field[Any]) -> Any:
    factory = entry.default_factory
    return entry.default if factory is dataclasses.MISSING else factory()


def _check(_app: Sphinx, config: Config) -> None:
    for entry in dataclasses.fields(BlogConfig):
        _, problem = _read(entry, config)
        if problem:
            logger.warning(
                'conf.py: %s %s; using %r',
                _conf_name(entry),
                problem,
                entry.metadata['default'],
                type='blog',
                subtype='config',
            )


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
            entry.metadata['types'],
            entry.metadata['meaning'],
        )
    app.connect('config-inited', _check)
    # Extensions may still set values until the builder is there.
    app.connect('builder-inited', _settle, priority=_LAST)
