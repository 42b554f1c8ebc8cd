"""Say what the author should know: warnings for what was meant to work, one line of facts for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.matching import compile_matchers

from sphinxext_blog.addresses import is_readable
from sphinxext_blog.config import blog_config
from sphinxext_blog.site.catalogs import NAMED_KINDS
from sphinxext_blog.site.panels import names_nothing
from sphinxext_blog.site.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Series
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.mentions import RawMention
    from sphinxext_blog.site.panels import Panel

__all__ = [
    'Problem',
    'problems_of',
    'report_problems',
    'summary_of',
    'unreadable_addresses',
    'warn_missing_post',
    'warn_unused_patterns',
]

logger = logging.getLogger(__name__)

_ = get_translation('sphinxext_blog')

_LISTED: Final = 6
"""Names that a warning lists: two thousand posts may bear one title."""


class Problem(NamedTuple):
    """Something that was meant to work and doesn't."""

    subtype: Subtype
    text: str
    docname: str = ''
    line: int | None = None
    file: str = ''
    """Where it is, when that is no document."""


def unreadable_addresses(docname: str, mentions: Iterable[RawMention]) -> Iterator[Problem]:
    """Links of a document that no browser can follow."""
    for mention in (raw.mention for raw in mentions):
        if mention.form == 'url' and not is_readable(mention.target):
            text = f'no browser can read the address {mention.target}: it is kept as it is'
            yield Problem('missing', text, docname, mention.line or None)


def problems_of(knowledge: Knowledge, panels: Mapping[str, tuple[Panel, ...]]) -> list[Problem]:
    """What was meant to work and doesn't.

    :param panels: what documents ask for, by docname.
    """
    found: list[Problem] = list(knowledge.map_problems)
    for docname, requested in sorted(panels.items()):
        for panel in requested:
            if names_nothing(panel, knowledge):
                name = panel.option('name') or panel.option('post')
                kind: Subtype = 'series' if panel.option('name') else 'missing'
                word = 'series' if kind == 'series' else 'post'
                found.append(
                    Problem(kind, f'there is no {word} {name!r} to show', docname, panel.line or None)
                )
    resolution = knowledge.resolution
    for ambiguity in resolution.ambiguous:
        mention = ambiguity.mention
        if mention.form in ('xref', 'described'):
            continue  # the role itself is warned of; prose is no citation to be put right: `check` lists it
        names = _listed([f'{node} ({knowledge.titles.get(node, "")})' for node in ambiguity.candidates])
        text = f'{_shown(mention.text)} can mean {names}; link to the one that is meant'
        found.append(Problem('ambiguous', text, mention.source, mention.line or None))
    for mention in resolution.dangling:
        if mention.form != 'url':
            continue  # Sphinx warns of its own references
        text = f'no post has the address {mention.target}'
        found.append(Problem('missing', text, mention.source, mention.line or None))
    for series in resolution.series:
        found.extend(_doubled_numbers(series, knowledge))
    return found


def _doubled_numbers(series: Series, knowledge: Knowledge) -> Iterator[Problem]:
    seen: dict[tuple[int, ...], str] = {}
    for member in series.members:
        if not member.number or member.id not in knowledge.posts:
            continue
        first = seen.setdefault(member.number, member.id)
        if first != member.id:
            post = knowledge.posts[member.id]
            label = member.label or '.'.join(map(str, member.number))
            text = f'part {label} of the series {series.name!r} is also {first}'
            yield Problem('series', text, post.docname, post.line)


def summary_of(knowledge: Knowledge) -> str:
    """One line of facts; empty for a site without posts."""
    resolution = knowledge.resolution
    if not knowledge.posts:
        return ''
    counted = (knowledge.posts, resolution.links, resolution.series, resolution.missing, resolution.works)
    message = _('posts: %d, links: %d, series: %d; cited, and not here: posts %d, works %d')
    return str(message) % tuple(map(len, counted))


def report_problems(problems: Iterable[Problem], summary: str) -> None:
    """Warn of each problem, and say the facts."""
    for problem in problems:
        place = (problem.docname, problem.line) if problem.docname else None
        warn(problem.subtype, '%s', problem.text, location=problem.file or place)
    if summary:
        logger.info('[blog] %s', summary)


def warn_unused_patterns(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a ``blog_post_pattern`` that no document is called after: it is misspelt, most likely."""
    config = blog_config(app.config)
    patterns = config.post_pattern
    if not patterns or (config.sources and any(p.startswith(f'{config.import_dir}/') for p in patterns)):
        return  # an import that wrote nothing has told why
    matchers = compile_matchers(patterns)
    for name in env.found_docs:
        path = str(env.doc2path(name, base=False))
        if any(matches(name) or matches(path) for matches in matchers):
            return
    warn(
        'config',
        'conf.py: blog_post_pattern: no document is called like %s; patterns are paths below '
        'the folder of the sources, such as posts/**',
        ' or '.join(map(repr, patterns)),
    )


def _listed(names: Sequence[str]) -> str:
    """Some names of many, and how many more there are."""
    more = len(names) - _LISTED
    return ', '.join([*names[:_LISTED], f'… ({more} more)'] if more > 1 else names)


def warn_missing_post(_app: Sphinx, domain: Domain | None, node: nodes.Element) -> bool | None:
    """Warn of a role of ours that leads nowhere as ``blog.missing`` (or ``blog.ambiguous``)."""
    if domain is None or domain.name != 'blog':
        return None
    target = node['reftarget']
    if node.get('reftype') in NAMED_KINDS:
        warn('missing', 'no %s is called %r', node['reftype'], target, location=node)
        return True
    if node.get('reftype') == 'wiki' and not node.get('refwarn'):
        return True  # a note that is still to be written: no fault, however strict the build is
    if node.get('reftype') == 'wiki' and len(domain.pages_of(target, node['refdoc'])) > 1:  # type: ignore[attr-defined]
        return True  # told where it is resolved
    named: list[str] = domain.named(target)  # type: ignore[attr-defined]
    if len(named) > 1:
        warn('ambiguous', '%r is the title of %s; name the document', target, _listed(named), location=node)
    else:
        warn('missing', 'no post is called %r; give its title or its document', target, location=node)
    return True


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f'{text[:79]}…'
