"""Say what the author should know: warnings for what was meant to work, one line of facts for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinxext_blog.site.panels import names_nothing
from sphinxext_blog.site.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.domains import Domain

    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.panels import Panel

__all__ = ['report_problems', 'warn_missing_post']

logger = logging.getLogger(__name__)


def report_problems(knowledge: Knowledge, panels: Mapping[str, tuple[Panel, ...]]) -> None:
    """Warn of what was meant to work and doesn't; count the rest.

    :param panels: what documents ask for, by docname.
    """
    for docname, requested in sorted(panels.items()):
        for panel in requested:
            if names_nothing(panel, knowledge):
                name = panel.option('name') or panel.option('post')
                kind: Subtype = 'series' if panel.option('name') else 'missing'
                warn(
                    kind,
                    'there is no %s %r to show',
                    'series' if kind == 'series' else 'post',
                    name,
                    location=(docname, panel.line or None),
                )
    resolution = knowledge.resolution
    for ambiguity in resolution.ambiguous:
        mention = ambiguity.mention
        if mention.form == 'xref':
            continue  # the role itself is warned of
        names = ', '.join(f'{node} ({knowledge.titles.get(node, "")})' for node in ambiguity.candidates)
        warn(
            'ambiguous',
            '%s can mean %s; link to the one that is meant',
            _shown(mention.text),
            names,
            location=(mention.source, mention.line or None),
        )
    for mention in resolution.dangling:
        if mention.form != 'url':
            continue  # Sphinx warns of its own references
        warn(
            'missing',
            'no post has the address %s',
            mention.target,
            location=(mention.source, mention.line or None),
        )
    for series in resolution.series:
        _report_doubled_numbers(series, knowledge)
    posts = len(knowledge.posts)
    if posts:
        logger.info(
            '[blog] %d posts, %d links, %d series; %d missing posts and %d works are cited',
            posts,
            len(resolution.links),
            len(resolution.series),
            len(resolution.missing),
            len(resolution.works),
        )


def _report_doubled_numbers(series: Any, knowledge: Knowledge) -> None:
    seen: dict[tuple[int, ...], str] = {}
    for member in series.members:
        if not member.number or member.id not in knowledge.posts:
            continue
        first = seen.setdefault(member.number, member.id)
        if first != member.id:
            post = knowledge.posts[member.id]
            warn(
                'series',
                'part %s of the series %r is also %s',
                member.label or '.'.join(map(str, member.number)),
                series.name,
                first,
                location=(post.docname, post.line),
            )


def warn_missing_post(_app: Sphinx, domain: Domain | None, node: nodes.Element) -> bool | None:
    """Warn of a ``:blog:post:`` that leads nowhere as ``blog.missing`` (or ``blog.ambiguous``)."""
    if domain is None or domain.name != 'blog':
        return None
    target = node['reftarget']
    named: list[str] = domain.named(target)  # type: ignore[attr-defined]
    if len(named) > 1:
        warn('ambiguous', '%r is the title of %s; name the document', target, ', '.join(named), location=node)
    else:
        warn('missing', 'no post is called %r; give its title or its document', target, location=node)
    return True


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f'{text[:79]}…'
