"""What the records of all posts mean together: made once per build, in the main process.

What was found between the posts, every panel needs (:mod:`sphinxext_blog.site.gathering`).
The graph with its measures and positions is made when it is first asked for: a
build that writes no graph page never pays for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation
from sphinx.util.display import progress_message

from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.graph.edges import all_edges
from sphinxext_blog.graph.local import Subject, Tie, ties_of
from sphinxext_blog.records import FEWEST_OF_A_TOPIC, Resolution
from sphinxext_blog.remembering import Remembered
from sphinxext_blog.site import prose_store
from sphinxext_blog.site.cache import cached, remembered, remembering
from sphinxext_blog.site.catalogs import catalog_of_topics, catalogs_of, chronological
from sphinxext_blog.site.mathematics import Mathematics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import networkx as nx

    from sphinxext_blog.records import DocName, EquationLink, Link, Post, Related, Series, Topic
    from sphinxext_blog.site.catalogs import Catalog, Collection, Kind
    from sphinxext_blog.site.reporting import Problem

__all__ = ['Knowledge']

_ = get_translation('sphinxext_blog')


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Nodes and their ties."""

    ties: Mapping[str, Mapping[str, Sequence[Tie]]]
    subjects: Mapping[str, Subject]


@dataclass
class Knowledge:
    """Posts that readers are shown, and everything that is known between them."""

    posts: Mapping[str, Post] = field(default_factory=dict)
    """Published posts by docname."""
    resolution: Resolution = field(default_factory=Resolution)
    unlinked: tuple[Link, ...] = ()
    """Titles of posts that stand in the plain text of others, where no link leads."""
    related: Mapping[DocName, tuple[Related, ...]] = field(default_factory=dict)
    equations: tuple[EquationLink, ...] = ()
    """References to equations of other documents."""
    mathematics: Mathematics = field(default_factory=Mathematics)
    """What the formulas of all posts say together."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """Address of each post, relative to the site's root."""
    known_positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Where the author's map has the nodes of the graph."""
    map_problems: tuple[Problem, ...] = ()
    """What is wrong with that map."""
    cache_dir: Path | None = None
    builder: Any = None
    """The builder of this build."""
    facts: str = ''
    """Digest of all that the documents say to others."""

    @cached_property
    def links_at(self) -> Mapping[tuple[str, str], tuple[Link, ...]]:
        """Links by the place they stand at: source and anchor."""
        found: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in self.resolution.links:
            found[link.source, link.mention.anchor].append(link)
        return {place: tuple(links) for place, links in found.items()}

    @cached_property
    def unclear(self) -> frozenset[tuple[str, str]]:
        """The places of mentions that can mean several posts: source and anchor."""
        return frozenset((found.mention.source, found.mention.anchor) for found in self.resolution.ambiguous)

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[Link, ...]]:
        """Links by the node they lead to."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.resolution.links:
            found[link.target].append(link)
        return {target: tuple(links) for target, links in found.items()}

    @cached_property
    def mentioned(self) -> Mapping[str, tuple[Link, ...]]:
        """Mentions without a link by the post that they name."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.unlinked:
            found[link.target].append(link)
        return {target: tuple(links) for target, links in found.items()}

    @cached_property
    def series_of(self) -> Mapping[str, tuple[Series, ...]]:
        """The series that each node is a part of."""
        found: dict[str, list[Series]] = defaultdict(list)
        for series in self.resolution.series:
            for member in series.members:
                found[member.id].append(series)
        return {node: tuple(series) for node, series in found.items()}

    @cached_property
    def catalogs(self) -> dict[Kind, Catalog]:
        """Posts by year, tag, author and so on."""
        return catalogs_of(self, self.builder.config) if self.builder else {}

    @cached_property
    def collections_at(self) -> Mapping[str, Collection]:
        """The tags, authors, years… by the names of their pages."""
        return {item.page: item for catalog in self.catalogs.values() for item in catalog.collections}

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What the blog is about, the largest topic first."""
        if self.builder is None or len(self.posts) < FEWEST_OF_A_TOPIC:
            return ()

        @collector_at_rest()
        def find() -> tuple[Topic, ...]:
            from sphinxext_blog.graph import Memory, find_topics

            texts = prose_store.StoredProse(self.builder.env, self.posts.keys())
            counts = remembered(self.cache_dir, 'ranking', Memory).counts
            versions = {name: post.text_hash for name, post in self.posts.items()}
            with remembering(self.cache_dir, 'starts', Remembered) as memory:
                found = find_topics(self.graph, texts, memory=memory, versions=versions, counts=counts)
                memory.forget()
            return found

        found: tuple[Topic, ...] = (
            cached(self.cache_dir, 'topics', self.facts, find) if self.facts else find()
        )
        return found

    @cached_property
    def topic_catalog(self) -> Catalog | None:
        """The topics that have pages; not among the others, since it takes the whole graph."""
        return catalog_of_topics(self, self.builder.config) if self.builder else None

    def catalog(self, kind: str) -> Catalog | None:
        """The catalog of a kind, topics included; ``None`` when it is empty or there is no such kind."""
        if kind == 'topic':
            return self.topic_catalog
        return self.catalogs.get(kind)  # type: ignore[call-overload, no-any-return]

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, str]]:
        """The posts before and after each post that has a full date; empty where there is none."""
        dated = (post for post in self.posts.values() if post.date and post.date.as_date())
        names = ['', *(str(post.docname) for post in reversed(chronological(dated))), '']
        return {name: (names[n - 1], names[n + 1]) for n, name in enumerate(names[:-1]) if name}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of every node: posts, missing posts, works."""
        titles = {str(item.id): item.title for item in self.resolution.missing}
        titles.update((work.id, work.title) for work in self.resolution.works)
        titles.update((docname, post.title) for docname, post in self.posts.items())
        return titles

    @cached_property
    def _by_title(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for docname, post in self.posts.items():
            for title in (post.title, *post.aliases):
                found[title].add(docname)
        return {title: frozenset(docnames) for title, docnames in found.items()}

    def find(self, name: str) -> str | None:
        """The published post of that docname, else the only one of that title."""
        if (docname := name.strip().removeprefix('/')) in self.posts:
            return docname
        named = self._by_title.get(name.strip(), frozenset())
        return next(iter(named)) if len(named) == 1 else None

    def shown_title(self, docname: str) -> str:
        """The title of a post as lists show it: one that is only a first clause ends in an ellipsis."""
        post = self.posts[docname]
        return f'{post.title.rstrip("…")}…' if post.title_derived else post.title

    @cached_property
    def surroundings(self) -> Surroundings:
        """What is tied to what, for the local graphs; without the measures that the whole graph has."""
        subjects = {
            str(name): Subject(
                'post', self.shown_title(name), when=post.date.sort_key if post.date else (0, 0, 0, '')
            )
            for name, post in self.posts.items()
        }
        subjects |= {str(item.id): Subject('missing', item.title) for item in self.resolution.missing}
        subjects |= {str(work.id): Subject('work', work.title, work.url) for work in self.resolution.works}
        edges = all_edges(
            self.posts.keys(),
            subjects.keys(),
            self.resolution,
            related=self.related,
            equations=self.equations,
            formulas=self.mathematics.shared,
        )
        return Surroundings(ties_of(edges), subjects)

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """The knowledge graph with measures and positions; not to be changed."""
        from sphinxext_blog.graph import build_graph

        graph = build_graph(
            self.posts.values(),
            self.resolution,
            related=self.related,
            urls=self.urls,
            equations=self.equations,
            formulas=self.mathematics.shared,
            unlinked=self.unlinked,
        )
        start = self.known_positions
        nodes = [(node, kind) for node, kind in graph.nodes(data='kind')]
        edges = [(*edge[:3], edge[3]) for edge in graph.edges(keys=True, data='weight')]
        standing = (nodes, edges, sorted(start.items()))
        with progress_message(_('placing posts on the map')):
            places = cached(self.cache_dir, 'places', standing, lambda: _placed(graph, start))
        for node, attributes in places.items():
            graph.nodes[node].update(attributes)
        texts = prose_store.StoredProse(self.builder.env, self.posts.keys()) if self.builder else {}
        told = [post.text_hash for post in self.posts.values()]
        named = [(node, [data.get(name) for name in _NAMING]) for node, data in graph.nodes(data=True)]
        depends_on = (edges, named, told)
        communities = cached(
            self.cache_dir, 'communities', depends_on, lambda: _named(graph, texts, self.cache_dir)
        )
        graph.graph['communities'] = communities
        return graph


_NAMING = ('kind', 'title', 'title_derived', 'series', 'tags', 'date', 'community')
"""What the names of communities are made of, besides edges and texts."""


@collector_at_rest()
def _placed(graph: nx.MultiDiGraph, start: Mapping[str, tuple[float, float]]) -> dict[str, dict[str, float]]:
    from sphinxext_blog.graph import measure, place

    measure(graph)
    place(graph, start=start)
    names = ('pagerank', 'community', 'x', 'y')
    return {node: {name: data[name] for name in names} for node, data in graph.nodes(data=True)}


@collector_at_rest()
def _named(graph: nx.MultiDiGraph, texts: Mapping[str, str], folder: Path | None) -> list[dict[str, Any]]:
    from sphinxext_blog.graph import Memory, name_communities

    with remembering(folder, 'naming', Memory) as memory:
        name_communities(graph, texts, memory=memory)
        memory.forget()
    communities: list[dict[str, Any]] = graph.graph['communities']
    return communities
