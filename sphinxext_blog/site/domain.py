"""The domain ``blog``: where the records of all posts live between builds.

Everything in :attr:`BlogDomain.data` is keyed by docname, plain and picklable.
What the records *mean* is a :class:`~sphinxext_blog.site.knowledge.Knowledge`;
it is made when a build first asks for it and hangs on the domain object, which
Sphinx never pickles.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import get_translation
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinxext_blog.site.catalogs import NAMED_KINDS
from sphinxext_blog.site.formula_reading import project_macros
from sphinxext_blog.site.inline import text_nodes
from sphinxext_blog.site.last_build import LastBuild
from sphinxext_blog.site.mention_store import StoredMentions
from sphinxext_blog.site.text import MARK
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.wikilinks import PageNames, find_files, heading_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Set

    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Macros
    from sphinxext_blog.records import Post
    from sphinxext_blog.site.formula_store import Read
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.mentions import RawMention
    from sphinxext_blog.site.panels import Panel

__all__ = ['BlogDomain']

_ = get_translation('sphinxext_blog')


class BlogDomain(Domain):
    """Posts, their raw mentions, and the panels that documents ask for."""

    name = 'blog'
    label = 'Blog'
    object_types: ClassVar[dict[str, ObjType]] = {'post': ObjType(_('post'), 'post')}
    roles: ClassVar[dict[str, Any]] = {name: XRefRole(warn_dangling=True) for name in ('post', *NAMED_KINDS)}
    initial_data: ClassVar[dict[str, Any]] = {
        'posts': {},
        'mentions': {},
        'panels': {},
        'roles': {},
        'formulas': {},
        'passages': {},
        'blocks': {},
        'embeds': {},
    }
    data_version = 12

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.last_build = LastBuild()
        self.gather: Callable[[], Knowledge] = _nothing_known
        """What makes the knowledge of this build."""
        self.fresh_mentions: dict[str, tuple[RawMention, ...]] = {}
        """Those of documents that this process has just read."""
        self.written: set[str] = set()
        self._by_title: dict[str, set[str]] | None = None
        self._page_names: PageNames | None = None

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the records mean."""
        return self.gather()

    @property
    def posts(self) -> dict[str, Post]:
        """Every post by docname, drafts included."""
        return self.data['posts']  # type: ignore[no-any-return]

    @property
    def mentions(self) -> Mapping[str, tuple[RawMention, ...]]:
        """Raw mentions of each post, in reading order; the environment holds a digest of each post's."""
        return StoredMentions(self.env, self.data['mentions'], self.fresh_mentions)

    @property
    def panels(self) -> dict[str, tuple[Panel, ...]]:
        """What each document shows of others."""
        return self.data['panels']  # type: ignore[no-any-return]

    @property
    def formulas(self) -> dict[str, Read]:
        """What is kept of the formulas of each post beside the environment: see `formula_store`."""
        return self.data['formulas']  # type: ignore[no-any-return]

    @property
    def passages(self) -> dict[str, str]:
        """Digests of the running text of each post: see `passage_store`."""
        return self.data['passages']  # type: ignore[no-any-return]

    @cached_property
    def macros(self) -> Macros:
        """The macros of the project."""
        return project_macros(self.env.config)

    def roles_of(self, docname: str) -> tuple[tuple[str, str], ...]:
        """Types and targets of the roles of a document, post or not, that only the blog can resolve."""
        return self.data['roles'].get(docname, ())  # type: ignore[no-any-return]

    def note_document(
        self, docname: str, record: Mapping[str, object], mentions: tuple[RawMention, ...]
    ) -> None:
        """Take in what was read of one document.

        :param record: by table what the environment is to hold of it.
        :param mentions: in the environment stands only their digest.
        """
        self.clear_doc(docname)
        if mentions:
            self.fresh_mentions[docname] = mentions
        for table, value in record.items():
            if value:
                self.data[table][docname] = value

    def clear_doc(self, docname: str) -> None:
        self._by_title = self._page_names = None
        self.fresh_mentions.pop(docname, None)
        for table in self.initial_data:
            self.data[table].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self._by_title = self._page_names = None
        for docname in docnames:
            self.fresh_mentions.pop(docname, None)
        for table in self.initial_data:
            other = otherdata[table]
            self.data[table].update((docname, other[docname]) for docname in docnames if docname in other)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        if typ == 'wiki':
            page, anchor = self.page_of(target, fromdocname)
            if not page:
                self._tell_if_ambiguous(target, fromdocname, node)
            if page and not node.get('refexplicit'):
                post = self.posts.get(page)
                title = post.title if post else self.env.titles[page].astext()
                contnode = nodes.inline('', '', *text_nodes(title, builder), classes=['blog-wikilink'])
            return make_refnode(builder, fromdocname, page, anchor, contnode) if page else None
        if typ in NAMED_KINDS:
            return None  # by `own_pages`, since what is resolved here may be asked before it is known
        del env
        post = self.find(target)
        if post is None:
            return None
        if not node.get('refexplicit'):
            words = text_nodes(post.title, builder)
            contnode = nodes.inline('', '', *words, classes=['blog', 'blog-post'])
        return make_refnode(builder, fromdocname, post.docname, '', contnode, post.title)

    def resolve_any_xref(self, *_args: object, **_options: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: ``:any:`` finds posts as documents, and a title may be a label as well."""
        return []

    def find(self, target: str) -> Post | None:
        """A post by its docname, else by its title when only one has it."""
        if post := self.posts.get(target.strip().removeprefix('/')):
            return post
        named = self.named(target)
        return self.posts[named[0]] if len(named) == 1 else None

    def named(self, title: str) -> list[str]:
        """The posts that have *title* as their title or as an alias."""
        if self._by_title is None:
            self._by_title = defaultdict(set)
            for name, post in self.posts.items():
                for known in (post.title, *post.aliases):
                    self._by_title[known].add(name)
        return sorted(self._by_title.get(title.strip(), ()))

    def page_of(self, target: str, source: str) -> tuple[str, str]:
        """The document and the id of the heading that ``[[target]]`` means in *source*; empty: none."""
        page, anchor = self.part_of(target, source)
        return page, anchor or ''

    def part_of(self, target: str, source: str) -> tuple[str, str | None]:
        """The document that ``[[target]]`` means in *source*, and the id of the heading or block in it.

        The id is empty for all of the document, and ``None`` when it has no such part.
        """
        name, hash_, heading = target.partition('#')
        page = self._names.find(name, source) if name.strip() else source
        if not page or not hash_:
            return page, ''
        if heading.startswith('^'):
            return page, dict(self.data['blocks'].get(page, ())).get(heading[1:].strip())
        return page, heading_anchor(self.env, page, heading)

    @property
    def _names(self) -> PageNames:
        if self._page_names is None:
            titles = {docname: node.astext() for docname, node in self.env.titles.items()}
            self._page_names = PageNames(self.env.all_docs, titles, self.posts)
        return self._page_names

    def pages_of(self, target: str, source: str) -> list[str]:
        """The documents that the name in ``[[target]]`` can mean, one as well as another."""
        return self._names.candidates(target.partition('#')[0], source)

    def _tell_if_ambiguous(self, target: str, source: str, node: pending_xref) -> None:
        """Warn of a name that several pages have, unless that is told as what a post mentions."""
        found = self.pages_of(target, source)
        # without the mark it is asked while the knowledge is gathered, or stands in no post
        if len(found) > 1 and not (MARK in node and (source, node[MARK]) in self.knowledge.unclear):
            message = '%r can be %s; write its folder too'
            warn('ambiguous', message, target.partition('#')[0], ', '.join(found[:6]), location=node)

    @cached_property
    def files_by_name(self) -> dict[str, str]:
        """Paths of pictures and attachments below the source folder by name, the shortest of each."""
        return find_files(self.env.srcdir)

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        return self._objects()

    def _objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, post in sorted(self.posts.items()):
            # -1: the search finds the page by its own title already
            yield docname, post.title, 'post', docname, '', -1


def _nothing_known() -> Knowledge:
    from sphinxext_blog.site.knowledge import Knowledge

    return Knowledge()
