"""One reading of all mentions with what is known of titles, series and addresses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_blog.records import Ambiguity, DocName, Link, MissingPost, NodeId
from sphinxext_blog.references.absent import Absent, Name
from sphinxext_blog.references.citations import find_citations
from sphinxext_blog.references.kinds import judge
from sphinxext_blog.references.names import Found, Names
from sphinxext_blog.references.selectors import select
from sphinxext_blog.references.series_part import series_key
from sphinxext_blog.references.series_titles import parse_title
from sphinxext_blog.references.titles import has_cjk, normalise_title
from sphinxext_blog.references.urls import work_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.records import How, Mention, Post, Work
    from sphinxext_blog.references.series import SeriesGroup
    from sphinxext_blog.references.urls import SiteUrls

__all__ = ['Reading']

_SHORTEST_LINK_TEXT = 4
_HOW: dict[str, How] = {'xref': 'role', 'link': 'link', 'wikilink': 'wikilink'}
_UNKNOWN_PLACE = (10**6,)  # behind every number


class Reading:
    """Reads every mention once; the results are asked for afterwards."""

    def __init__(
        self, posts: Sequence[Post], mentions: Sequence[Mention], names: Names, urls: SiteUrls
    ) -> None:
        self._posts = {post.docname: post for post in posts}
        self._names = names
        self._urls = urls
        self._missing = Absent('missing')
        self._works = Absent('work')
        self._links: list[Link] = []
        self._to_absent: list[tuple[Absent, Name, How, Mention, float]] = []
        self.ambiguous: list[Ambiguity] = []
        self.dangling: list[Mention] = []
        self._covered: dict[tuple[DocName, str], list[tuple[int, int]]] = defaultdict(list)
        # Roles and addresses first: they win over the title that stands at the same place.
        for forms in (('xref', 'link', 'wikilink'), ('url',), ('title',), ('series',)):
            for mention in mentions:
                if mention.form in forms:
                    self._read(mention)

    def _read(self, mention: Mention) -> None:
        if mention.source not in self._posts:
            return
        if mention.form in ('xref', 'link', 'wikilink'):
            taken = self._read_xref(mention)
        elif mention.form == 'url':
            taken = self._read_url(mention)
        elif mention.form == 'title':
            taken = not self._is_covered(mention) and self._read_title(mention, mention.target)
        else:
            taken = self._read_selector(mention)
        if taken and mention.form in ('xref', 'link', 'wikilink', 'url'):
            self._covered[mention.source, mention.context].append(mention.span)

    def _is_covered(self, mention: Mention) -> bool:
        if not mention.context:
            return False
        a, b = mention.span
        return any(x < b and a < y for x, y in self._covered.get((mention.source, mention.context), ()))

    # The forms

    def _read_xref(self, mention: Mention) -> bool:
        how: How = _HOW[mention.form]
        if mention.target in self._posts:
            self._found(mention, Found((NodeId(mention.target),), how))
        elif not mention.target:
            if mention.form != 'wikilink':  # the page may be one still to be written
                self.dangling.append(mention)
            title = _title_in(mention.text) or mention.text.strip()
            # It was to lead to a document of this site: whatever its words, no work is meant.
            if title and not self._read_title(mention, title, own=True):
                self._absent_post(mention, title, how)
        return True

    def _read_url(self, mention: Mention) -> bool:
        match = self._urls.find(mention.target)
        if match.kind == 'post':
            self._found(mention, Found(tuple(NodeId(d) for d in match.posts), 'url'))
            return True
        if work := work_address(mention.target) if match.kind != 'page' else None:
            title = self._work_title(mention)
            names: list[Name] = [('work', work.key)]
            if title:
                names.append(('title', normalise_title(title)))
            name = self._works.add(names, title=title, url=work.url, fallback=work.name)
            self._to_absent.append((self._works, name, 'url', mention, 1.0))
            return True
        title = _title_in(mention.text)
        if match.kind == 'absent':
            return self._read_absent_address(mention, match.key, title)
        if title and match.kind == 'foreign' and '//' in mention.target[:9]:
            return self._read_title(mention, title, url=mention.target.strip())
        return False

    def _read_absent_address(self, mention: Mention, key: str, title: str) -> bool:
        """An address that has the form of a post's address, and no known post has it."""
        text = title or (mention.text if len(normalise_title(mention.text)) >= _SHORTEST_LINK_TEXT else '')
        if text and (found := self._names.exactly(text, mention.source)):
            unaddressed = [n for n in found.nodes if not self._urls.has_address(DocName(n))]
            if any(str(n) != mention.source for n in unaddressed):
                # The post is there, only its address was not known.
                self._found(mention, replace(found, nodes=tuple(unaddressed)))
                return True
        self.dangling.append(mention)
        self._absent_post(mention, title, 'url', url=mention.target.strip(), key=key)
        return True

    def _read_title(self, mention: Mention, title: str, *, url: str = '', own: bool = False) -> bool:
        names = self._names
        if found := names.exactly(title, mention.source):
            return self._found(mention, found)
        if names.is_itself(title, mention.source):
            return True
        before, after = _around(mention)
        verdict = 'own' if own else judge(title, before, after, own_sites=self._urls.hosts)
        if verdict != 'work' or names.series_parts(title):
            if found := names.by_number(title):
                return self._found(mention, found)
            if groups := names.table.named(series_key(title)):
                return self._found_series(mention, groups)
            if not names.series_parts(title):
                found = names.by_piece(title, mention.source) or names.nearly(title, mention.source)
                if found:
                    return self._found(mention, found)
        is_own = verdict == 'own' or bool(names.series_parts(title))
        if not normalise_title(title):
            return False
        if not is_own and (verdict in ('work', 'foreign') or (url and self._urls.hosts)):
            name = self._works.add([('title', normalise_title(title))], title=title, url=url)
            self._to_absent.append((self._works, name, 'title', mention, 1.0))
        else:
            self._absent_post(mention, title, 'title', url=url)
        return True

    def _read_selector(self, mention: Mention) -> bool:
        source = NodeId(mention.source)
        group = self._names.table.of(source)
        if group is None:
            return False
        for part in select(group, source, mention.target):
            if isinstance(part, int):
                self._missing_part(mention, group, (part,))
            elif part.startswith('missing:'):
                known = group.parts.get(part)
                member = next(m for m in group.series.members if m.id == part)
                self._missing_part(mention, group, known.number if known else member.number)
            else:
                self._found(mention, Found((part,), 'series-number'))
        return True

    def _missing_part(self, mention: Mention, group: SeriesGroup, number: tuple[int, ...]) -> None:
        """A part that is named by its place in the series alone; another post may know its title."""
        like = min(group.parts.items(), default=None)
        title = (
            like[1].head_for(number[0]) if like and any(like[1].head) else f'{group.series.name} {number[0]}'
        )
        name = self._missing.add(
            [('part', group.series.key, *map(str, number))],
            fallback=title,
            derived=True,
            series=group.series.name,
            index=number[0],
        )
        self._to_absent.append((self._missing, name, 'series-number', mention, 1.0))

    # What became of them

    def _found(self, mention: Mention, found: Found) -> bool:
        # The source counts among several: that it speaks of the other one is no more likely.
        if len(found.nodes) > 1:
            self.ambiguous.append(Ambiguity(mention, found.nodes))
        elif found.nodes and str(found.nodes[0]) != mention.source:
            self._links.append(Link(mention.source, found.nodes[0], found.how, mention, found.score))
        return True

    def _found_series(self, mention: Mention, groups: Sequence[SeriesGroup]) -> bool:
        """A citation of a whole series goes to its first part, and from within to nothing."""
        if self._names.table.of(NodeId(mention.source)) in groups:
            return True
        firsts = tuple(
            sorted(
                {
                    next(m.id for m in g.series.members if not m.id.startswith('missing:'))
                    for g in groups
                    if any(not m.id.startswith('missing:') for m in g.series.members)
                }
            )
        )
        return bool(firsts) and self._found(mention, Found(firsts, 'series-number'))

    def _absent_post(self, mention: Mention, title: str, how: How, *, url: str = '', key: str = '') -> None:
        names: list[Name] = []
        if key:
            names.append(('url', key))
        series, index = '', None
        if title:
            form = normalise_title(title)
            names.append(('title', form))
            parts = self._names.series_parts(title)
            part = parts[0] if parts else parse_title(title)
            if part is not None and part.key:
                known = self._names.table.named(part.key)
                key_of = known[0].series.key if known else part.key
                names.append(('part', key_of, *(str(n) for n in part.number)))
                series, index = (known[0].series.name if known else part.name), part.number[0]
        name = self._missing.add(names, title=title, url=url, fallback=url, series=series, index=index)
        self._to_absent.append((self._missing, name, how, mention, 1.0))

    def _work_title(self, mention: Mention) -> str:
        """Title of a publication: in the text of the link, or the 《title》 right before or after it."""
        if title := _title_in(mention.text):
            return title
        start, end = mention.span
        for citation in find_citations(mention.context):
            if 0 <= start - citation.end <= 3 or 0 <= citation.start - end <= 2:
                return citation.title
        text = ' '.join(mention.text.split())
        is_title = len(text.split()) > 2 and not has_cjk(text) and '/' not in text and text[-1:] != ':'
        return text if is_title else ''

    # Results

    def missing_posts(self) -> tuple[MissingPost, ...]:
        """The missing posts, sorted by id."""
        return tuple(sorted(set(self._missing.missing_posts().values()), key=lambda m: m.id))

    def named_missing(self, groups: Sequence[SeriesGroup]) -> tuple[MissingPost, ...]:
        """The missing posts with the series and place that the whole corpus gives them.

        Parts of one series stand together: sorted by its key, their numbers and
        titles. What is in no series follows, sorted by title.
        """
        places = {m.id: (g.series, m.number) for g in groups for m in g.series.members}
        rows: list[tuple[bool, str, tuple[int, ...], str, NodeId, MissingPost]] = []
        for post in self.missing_posts():
            series, number = places.get(post.id, (None, ()))
            name, key = (series.name, series.key) if series else ('', '')
            named = replace(post, series=name, series_index=number[0] if number else None)
            rows.append((series is None, key, number or _UNKNOWN_PLACE, post.title, post.id, named))
        return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:-1]))

    def works(self) -> tuple[Work, ...]:
        """The works, sorted by id."""
        return tuple(sorted(set(self._works.works().values()), key=lambda w: w.id))

    def links(self) -> tuple[Link, ...]:
        """All links, sorted by source and place."""
        nodes: dict[int, dict[Name, NodeId]] = {
            id(self._missing): {n: m.id for n, m in self._missing.missing_posts().items()},
            id(self._works): {n: w.id for n, w in self._works.works().items()},
        }
        links = list(self._links)
        for absent, name, how, mention, score in self._to_absent:
            links.append(Link(mention.source, nodes[id(absent)][name], how, mention, score))
        links.sort(
            key=lambda k: (k.source, k.mention.line, k.mention.context, k.mention.span, k.target, k.how)
        )
        return tuple(links)


def _title_in(text: str) -> str:
    """The title when a text is nothing but one 《title》."""
    text = text.strip()
    citations = find_citations(text)
    if len(citations) == 1 and citations[0].start == 0 and citations[0].end == len(text):
        return citations[0].title
    return ''


def _around(mention: Mention) -> tuple[str, str]:
    """The context before and behind the citation, its marks taken off."""
    start, end = mention.span
    before, after = mention.context[:start], mention.context[end:]
    if before.endswith('《') and after.startswith('》'):
        before, after = before[:-1], after[1:]
    return before, after
