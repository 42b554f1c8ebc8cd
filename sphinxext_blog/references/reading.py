"""One reading of all mentions with what is known of titles, series and addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_blog.records import DocName, NodeId
from sphinxext_blog.references.by_date import is_later
from sphinxext_blog.references.citations import find_citations
from sphinxext_blog.references.described import description_in
from sphinxext_blog.references.experience import Experience, learn
from sphinxext_blog.references.kinds import (
    is_elsewhere,
    is_somebodys,
    judge,
    names_authors,
    says_own_post,
    says_publication,
)
from sphinxext_blog.references.names import Found, Names
from sphinxext_blog.references.numerals import HALVES
from sphinxext_blog.references.outcome import Outcome
from sphinxext_blog.references.places import Places
from sphinxext_blog.references.quoted import is_capitalised
from sphinxext_blog.references.series_part import series_key
from sphinxext_blog.references.series_titles import parse_title
from sphinxext_blog.references.several import parts_of_title
from sphinxext_blog.references.surroundings import around, labels_behind, selector_of, title_in
from sphinxext_blog.references.titles import has_cjk, normalise_title
from sphinxext_blog.references.urls import work_address
from sphinxext_blog.references.wording import is_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.records import How, Mention, Post
    from sphinxext_blog.references.absent import Name
    from sphinxext_blog.references.series import SeriesGroup
    from sphinxext_blog.references.urls import SiteUrls

__all__ = ['Reading']

_SHORTEST_LINK_TEXT = 4
_LONG_TITLE = 24  # characters: words in quotation marks that are nearly a title of so many are it
_INNER_SCORE = 0.95
_HOW: dict[str, How] = {'xref': 'role', 'link': 'link', 'wikilink': 'wikilink'}


class Reading:
    """Reads every mention once; what they come to is in :attr:`outcome`.

    :param experience: what an earlier reading of the same mentions has taught.
    """

    def __init__(
        self,
        posts: Sequence[Post],
        mentions: Sequence[Mention],
        names: Names,
        urls: SiteUrls,
        experience: Experience | None = None,
    ) -> None:
        self._known = experience or Experience()
        self._publications: set[str] = set()
        self._present: set[str] = set()
        self._own_absent: set[str] = set()
        self._unclaimed: set[str] = set()
        self._posts = {post.docname: post for post in posts}
        self._names = names
        self._places = Places(names, self._posts)
        self._urls = urls
        self.outcome = Outcome()
        self._covered: dict[tuple[DocName, str], list[tuple[int, int]]] = defaultdict(list)
        # Roles and addresses first: they win over the title that stands at the same place.
        for forms in (('xref', 'link', 'wikilink'), ('url',), ('title', 'quoted'), ('series', 'described')):
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
        elif mention.form == 'quoted':
            taken = not self._is_covered(mention) and self._read_quoted(mention)
        elif mention.form == 'described':
            taken = not self._is_covered(mention) and self._read_described(mention)
        else:
            taken = self._read_selector(mention, mention.target) or self._read_described(mention)
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
                self.outcome.dangling.append(mention)
            title = title_in(mention.text) or mention.text.strip()
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
                if not has_cjk(title) or title_in(mention.text):
                    # A Chinese title in front of a link to a paper is rather that of a post.
                    self._publications.add(normalise_title(title))
            self.outcome.work(mention, title, names=names, url=work.url, fallback=work.name, how='url')
            return True
        title = title_in(mention.text)
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
        self.outcome.dangling.append(mention)
        self._absent_post(mention, title, 'url', url=mention.target.strip(), key=key)
        return True

    def _read_title(self, mention: Mention, title: str, *, url: str = '', own: bool = False) -> bool:
        names = self._names
        before, after = around(mention)
        if nodes := names.quoting.written_out(title, before, after):
            return self._found(mention, Found(nodes, 'title-normalised'))
        if found := names.exactly(title, mention.source):
            return self._read_known_title(mention, title, found, own=own)
        if names.is_itself(title, mention.source):
            return True
        if names.is_announced(title) and (own or not says_publication(title, before, after)):
            self._absent_post(mention, title, 'title', url=url)
            return True
        selector = selector_of(title)
        if not own and self._read_selector(mention, selector):
            return True
        if selector.startswith('('):
            return False  # 《（二）》 of nothing that is known
        if self._read_parts(mention, parts_of_title(title)):
            return True
        verdict = 'own' if own else judge(title, before, after, own_sites=self._urls.hosts)
        if verdict != 'work' or names.series_parts(title):
            if found := names.by_number(title):
                return self._found_by_title(mention, title, found)
            if groups := names.table.named(series_key(title)):
                return self._found_series(mention, title, groups, after)
            if not names.series_parts(title):
                is_own = verdict == 'own'
                found = names.by_piece(title, mention.source, own=is_own) or names.nearly(
                    title, mention.source
                )
                if found:
                    return self._found_by_title(mention, title, found)
                if nodes := names.quoting.about(title):
                    return self._read_inner_title(mention, title, nodes, own=own)
        if not normalise_title(title):
            return False
        if says_own_post(title, before):
            is_own = True
        else:
            is_own = (verdict == 'own' and (own or not self._known.complete)) or bool(
                names.series_parts(title)
            )
        if not (is_own or verdict):
            self._unclaimed.add(normalise_title(title))
        known = self._known
        foreign = (
            verdict in ('work', 'foreign')
            or known.complete
            or (known.outnumbered and not verdict)
            or bool(url and self._urls.hosts)
        )
        if foreign and not is_own:
            self._add_work(mention, title, url=url)
        else:
            if is_own and (says_own_post(title, before) or names.series_parts(title)):
                self._own_absent.add(normalise_title(title))
            self._absent_post(mention, title, 'title', url=url)
        return True

    def _read_parts(self, mention: Mention, titles: Sequence[str]) -> bool:
        """Each of the parts that are named at once, when one of them is there: 《扩散随笔（一、二）》."""
        found = [self._names.by_number(title) for title in titles]
        if not any(found):
            return False
        for title, part in zip(titles, found, strict=True):
            if part:
                self._found_by_title(mention, title, part)
            else:
                self._absent_post(mention, title, 'series-number')
        return True

    def _read_known_title(self, mention: Mention, title: str, found: Found, *, own: bool) -> bool:
        """A title that a post has: the post, unless the words tell of a paper or book of that title."""
        form = normalise_title(title)
        before, after = around(mention)
        if not own and says_publication(title, before, after) and not self._names.series_parts(title):
            if not has_cjk(title):
                self._publications.add(form)
            return self._add_work(mention, title)
        if not own and is_elsewhere(before):
            return self._add_work(mention, title)
        if not own and form in self._known.publications and not self._is_called_own(mention, title):
            return self._post_or_work(mention, title, found.nodes)
        # The song 荡漾, in a post that was written years before the one of that title.
        unborn = is_short(title) and all(self._is_later(node, mention.source) for node in found.nodes)
        if not own and unborn and not self._is_called_own(mention, title):
            return self._post_or_work(mention, title, found.nodes)
        return self._found_by_title(mention, title, found)

    def _found_by_title(self, mention: Mention, title: str, found: Found) -> bool:
        self._present.add(normalise_title(title))
        return self._found(mention, found)

    def _read_inner_title(
        self, mention: Mention, title: str, nodes: tuple[NodeId, ...], *, own: bool
    ) -> bool:
        """A title that the titles of posts hold: what they are about, or one of them."""
        before, after = around(mention)
        if own or says_own_post(title, before):
            return self._found(mention, Found(nodes, 'fuzzy', _INNER_SCORE))
        nodes = tuple(node for node in nodes if not self._is_later(node, mention.source))
        if says_publication(title, before, after) or is_somebodys(before) or not nodes:
            return self._add_work(mention, title)
        return self._post_or_work(mention, title, nodes)

    def _is_later(self, node: NodeId, source: DocName) -> bool:
        return is_later(self._posts[DocName(node)], self._posts[source])

    def _is_called_own(self, mention: Mention, title: str) -> bool:
        before, after = around(mention)
        return (
            says_own_post(title, before) or judge(title, before, after, own_sites=self._urls.hosts) == 'own'
        )

    def _add_work(self, mention: Mention, title: str, *, url: str = '') -> bool:
        self.outcome.work(mention, title, url=url)
        return True

    def _post_or_work(self, mention: Mention, title: str, nodes: tuple[NodeId, ...]) -> bool:
        self.outcome.post_or_work(mention, title, nodes)
        return True

    def _read_quoted(self, mention: Mention) -> bool:
        """Words in quotation marks or italics: a post, a paper that shares its title, or nothing."""
        title, names = mention.target, self._names
        if found := names.exactly(title, mention.source):
            return self._read_known_title(mention, title, found, own=False)
        if names.is_itself(title, mention.source):
            return True
        before, after = around(mention)
        if (says_publication(title, before, after) or names_authors(before)) and not names.series_parts(
            title
        ):
            return is_capitalised(title) and self._add_work(mention, title)
        found = names.by_number(title) or names.by_piece(title, mention.source)
        is_piece = found is not None and found.how == 'fuzzy' and not has_cjk(title)
        if found and is_piece and self._is_subject(title, found.nodes[0], mention.source):
            return False
        if found is None and len(title) >= _LONG_TITLE:
            found = names.nearly(title, mention.source)
        if found is None:
            return self._read_described(mention)
        return self._found(mention, found)

    def _is_subject(self, title: str, node: NodeId, source: DocName) -> bool:
        """Whether a quoted piece of a title is rather what both posts are about.

        It is written smaller than in the title (“Turing machines”, Turing Machines), or the post is younger.
        """
        if self._is_later(node, source) and node not in self._names.table.called(normalise_title(title)):
            return True
        post = self._posts[DocName(node)]
        own = {word for known in (post.title, *post.aliases) for word in re.findall(r'\w+', known)}
        words = re.findall(r'\w+', title)
        return any(word[0].islower() and word not in own and word.capitalize() in own for word in words)

    def _read_described(self, mention: Mention) -> bool:
        """Words that describe a post, when one title alone has them."""
        nodes = self._names.descriptions.meant(description_in(mention), mention.source)
        return bool(nodes) and self._found(mention, Found(nodes, 'described'))

    def _read_selector(self, mention: Mention, selector: str) -> bool:
        meant = self._places.read(mention, selector) if selector else None
        if meant is None:
            return False
        for found in meant.found:
            self._found(mention, found)
        for group, number in meant.absent:
            self.outcome.missing_part(mention, group, number)
        return bool(meant.found or meant.absent)

    # What became of them

    def _found(self, mention: Mention, found: Found) -> bool:
        self.outcome.found(mention, found)
        return True

    def _found_series(self, mention: Mention, title: str, groups: Sequence[SeriesGroup], after: str) -> bool:
        """A citation of a whole series goes to its first part, and from within to nothing.

        Unless the number stands behind the marks: 《扩散随笔》（三）, 《扩散随笔》系列的第三篇, 《X》下篇.
        """
        labels = labels_behind(after)
        parts = [f'{title}（{label}）' for label in labels]
        if self._read_parts(mention, parts):
            return True
        if parts and HALVES.keys().isdisjoint(labels):
            for part in parts:
                self._absent_post(mention, part, 'series-number')
            return True
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
        return bool(firsts) and self._found(mention, Found(firsts, 'series'))

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
        self.outcome.missing(
            mention, names, how, title=title, url=url, fallback=url, series=series, index=index
        )

    def _work_title(self, mention: Mention) -> str:
        """Title of a publication: in the text of the link, or the 《title》 right before or after it."""
        if title := title_in(mention.text):
            return title
        start, end = mention.span
        for citation in find_citations(mention.context):
            if 0 <= start - citation.end <= 3 or 0 <= citation.start - end <= 2:
                return citation.title
        text = ' '.join(mention.text.split())
        is_title = len(text.split()) > 2 and not has_cjk(text) and '/' not in text and text[-1:] != ':'
        return text if is_title else ''

    # Results

    def experience(self) -> Experience:
        """What this reading teaches the next one."""
        return learn(self._publications, self._present, self._own_absent, self._unclaimed)
