"""What is found between the published posts, and kept from one build to the next.

References, titles in plain text, shared formulas and the ranking each depend on
less than the whole, so each is kept by itself. When nothing that documents say
to others has changed, they are put together without being asked for one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx.locale import get_translation
from sphinx.util.display import progress_message

from sphinxext_blog import references
from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.config import blog_config
from sphinxext_blog.remembering import Remembered
from sphinxext_blog.site import passage_store, prose_store
from sphinxext_blog.site.cache import cache_dir, cached, recalled, remembering
from sphinxext_blog.site.equation_labels import equation_links
from sphinxext_blog.site.excerpt_references import tell_references
from sphinxext_blog.site.graph_map import known_positions
from sphinxext_blog.site.knowledge import Knowledge
from sphinxext_blog.site.last_build import references_of
from sphinxext_blog.site.mathematics import Mathematics, gather_mathematics
from sphinxext_blog.site.resolve_xrefs import resolve_xrefs
from sphinxext_blog.site.wishes import find_wishes
from sphinxext_blog.site.withheld import withheld_posts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinxext_blog.records import DocName, EquationLink, Link, Post, Related, Resolution

__all__ = ['gather']

_ = get_translation('sphinxext_blog')


def gather(app: Sphinx) -> Knowledge:
    """What is known between the published posts; kept as long as the facts of the site are the same."""
    env = app.env
    domain: Any = env.get_domain('blog')
    withheld = withheld_posts(env)
    posts = {name: post for name, post in sorted(domain.posts.items()) if name not in withheld}
    folder = cache_dir(env)
    found = _find_once(app, posts, folder, domain.last_build.facts)
    urls = {}
    if app.builder.format == 'html':
        urls = {name: app.builder.get_target_uri(name) for name in posts}
    positions, map_problems = known_positions(app)
    return Knowledge(
        posts=tell_references(env, posts, withheld.keys()),
        resolution=found.resolution,
        unlinked=found.unlinked,
        related=found.related,
        equations=found.equations,
        urls=urls,
        mathematics=found.mathematics,
        known_positions=positions,
        map_problems=map_problems,
        cache_dir=folder,
        builder=app.builder,
        facts=domain.last_build.facts,
    )


class _Found(NamedTuple):
    """What takes long to find."""

    resolution: Resolution
    unlinked: tuple[Link, ...]
    related: Mapping[DocName, tuple[Related, ...]]
    equations: tuple[EquationLink, ...]
    mathematics: Mathematics


def _find_once(app: Sphinx, posts: Mapping[str, Post], folder: Path, facts: str) -> _Found:
    """What is found; as long as the facts are the same it is put together from what was kept of it."""
    made: list[_Found] = []

    def note() -> dict[str, str]:
        noted: dict[str, str] = {}
        made.append(_find(app, posts, folder, noted))
        return noted

    noted = cached(folder, 'knowledge', facts, note) if facts else note()
    kept = None if made else recalled(folder, noted)
    if kept is None:
        if not made:  # a file is damaged, or of another state of the posts
            note()
        return made[0]
    resolution, equations = kept['references']
    unlinked, related = kept.get('unlinked', ()), kept.get('related', {})
    return _Found(resolution, unlinked, related, equations, kept['formulas'])


def _find(app: Sphinx, posts: Mapping[str, Post], folder: Path, noted: dict[str, str]) -> _Found:
    """Resolve the mentions of all published posts and rank what is related."""
    env = app.env
    domain: Any = env.get_domain('blog')
    config = blog_config(app.config)
    hidden = withheld_posts(env).values()
    announced = sorted({title for post in hidden for title in (post.title, *post.aliases)})

    def refer() -> tuple[Resolution, tuple[EquationLink, ...]]:
        raw = [mention for name in posts for mention in domain.mentions.get(name, ())]
        mentions = resolve_xrefs(env, app.builder, raw)
        resolution = references.resolve(
            posts.values(),
            mentions,
            site_urls=config.site_urls,
            announced=announced,
            home=app.config.html_baseurl or '',
        )
        return resolution, equation_links(env, mentions)

    with progress_message(_('finding the references between posts')):
        resolution, equations = cached(folder, 'references', references_of(app), refer, noted=noted)
    linked = sorted(
        {(str(link.source), str(link.target)) for link in resolution.links if link.target in posts}
    )
    known = [(name, post.title, post.aliases, domain.passages.get(name, '')) for name, post in posts.items()]

    @collector_at_rest()
    def look() -> tuple[Link, ...]:
        passages = passage_store.StoredPassages(env, [post.docname for post in posts.values()])
        with remembering(folder, 'mentioned', Remembered) as memory:
            found = references.find_unlinked(
                posts.values(), passages, frozenset(linked), versions=domain.passages, memory=memory
            )
            memory.forget()
        return found

    unlinked: tuple[Link, ...] = ()
    if config.unlinked_mentions:
        with progress_message(_('looking for titles in plain text')):
            unlinked = cached(folder, 'unlinked', (known, linked), look, noted=noted)
    with progress_message(_('comparing formulas')):
        mathematics = gather_mathematics(env, list(posts), folder, noted)
    withheld = {*announced, *(post.docname for post in hidden)}
    pinned, banned = find_wishes(env, posts, Knowledge(posts=posts).find, withheld)
    related: Mapping[DocName, tuple[Related, ...]] = {}
    if config.related_count and len(posts) > 1:

        @collector_at_rest()
        def rank() -> Mapping[DocName, tuple[Related, ...]]:
            from sphinxext_blog.graph import Memory, Wishes, rank_related

            with remembering(folder, 'ranking', Memory) as memory:
                return rank_related(
                    posts.values(),
                    prose_store.StoredProse(env, posts.keys()),  # type: ignore[arg-type]
                    resolution,
                    count=config.related_count,
                    formulas=mathematics.shared,
                    wishes=Wishes(pinned, banned),  # type: ignore[arg-type]
                    factors=config.related_weights,
                    memory=memory,
                )

        factors = sorted(config.related_weights.items())
        asked = (config.related_count, factors, sorted(pinned.items()), sorted(banned.items()))
        depends_on = (asked, list(posts.values()), resolution, mathematics.digest)
        with progress_message(_('ranking related posts')):
            related = cached(folder, 'related', depends_on, rank, noted=noted)
    return _Found(resolution, unlinked, related, equations, mathematics)
