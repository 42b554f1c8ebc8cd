"""The words that every room of the house speaks.

Immutable records without behaviour: what the site reads (:class:`Post`,
:class:`Mention`), what references make of it (:class:`Link`,
:class:`MissingPost`, :class:`Work`, :class:`Series`), what the ranking says
(:class:`Related`). All of them are picklable plain data, so that they travel
between Sphinx's worker processes and live in its environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NewType

from sphinxext_blog.pickling import PickledByFields

if TYPE_CHECKING:
    from sphinxext_blog.dates import PartialDate

__all__ = [
    'FEWEST_OF_A_TOPIC',
    'MOST_STARTS',
    'AbsentFile',
    'Ambiguity',
    'DocName',
    'EquationLink',
    'How',
    'Link',
    'Mention',
    'MentionForm',
    'MissingPost',
    'NodeId',
    'Passage',
    'Post',
    'Reason',
    'ReasonKind',
    'Related',
    'Resolution',
    'Series',
    'SeriesMember',
    'Start',
    'Topic',
    'Work',
]

DocName = NewType('DocName', str)
"""Name of a Sphinx document: its path below the source folder without suffix."""

NodeId = NewType('NodeId', str)
"""Name of a node of the graph: a docname, ``missing:<key>`` or ``work:<key>``."""

MentionForm = Literal['xref', 'link', 'wikilink', 'url', 'title', 'quoted', 'series', 'described', 'plain']
"""How a mention is written: a role; an internal Markdown link; ``[[page]]``; a URL; 《title》; words in
quotation marks or italics, which are a title or nothing; a place in a series; words that describe a post;
a title in plain text."""

How = Literal[
    'role',
    'link',
    'wikilink',
    'url',
    'title',
    'title-normalised',
    'series-number',
    'fuzzy',
    'series',
    'described',
    'date',
    'mention',
]
"""How a mention was resolved; the strongest first. ``series``: the whole series is cited, which its
first part stands for; ``described``: one title alone has the words of a description; ``date``: the
post before it, where no series tells; ``mention``: a title in plain text, which
may as well speak of the subject, so that it is offered and no citation."""

ReasonKind = Literal[
    'pinned',
    'cites',
    'cited-by',
    'series',
    'formula',
    'cited-together',
    'shared-citations',
    'cited-by-similar',
    'text',
    'tags',
]
"""Why two posts are related; ``pinned``: because the author says so."""


@dataclass(frozen=True, slots=True)
class AbsentFile(PickledByFields):
    """A picture or a file that a post shows or offers and its site does not hold."""

    target: str
    """Its address, or its path below the source folder."""
    why: Literal['elsewhere', 'missing']
    """It lies on another site, or is not in the source folder."""
    line: int = 0
    """Line in the source file; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Post(PickledByFields):
    """One blog post, as its own document tells it.

    Text fields are plain text in which LaTeX is kept between dollar signs.
    """

    docname: DocName
    title: str
    title_derived: bool = False
    """The title is the post's first clause because the source had none: it
    names no series, and no citation finds it."""
    aliases: tuple[str, ...] = ()
    """Other titles under which the post is known."""
    date: PartialDate | None = None
    updated: PartialDate | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ''
    series: str = ''
    """The series that the author named; empty when only the title can tell."""
    series_index: int | None = None
    draft: bool = False
    urls: tuple[str, ...] = ()
    """Addresses that the post has or had elsewhere."""
    related: tuple[str, ...] = ()
    """Posts that its author wants beside it: docnames or titles."""
    not_related: tuple[str, ...] = ()
    """Posts that its author does not want beside it: docnames or titles."""
    facts: tuple[tuple[str, str], ...] = ()
    """Further metadata by name, such as the number of readers; sorted."""
    locations: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    """Pages of this site that led to the post before, without suffix."""
    image: str = ''
    """The picture that stands for the post: its path below the source folder, or an address."""
    excerpt: str = ''
    words: int = 0
    """Words of the prose; a Chinese character counts as one."""
    formulas: int = 0
    """Number of math nodes, inline ones included."""
    absent: tuple[AbsentFile, ...] = ()
    """Pictures and files that the site does not hold, in reading order."""
    text_hash: str = ''
    """Digest of title and prose: what is derived from the text can be cached by it."""
    line: int = 1
    """Line of the title in the source, for warnings."""


@dataclass(frozen=True, slots=True)
class Mention(PickledByFields):
    """A place in a post that points at something, before its meaning is known."""

    source: DocName
    form: MentionForm
    text: str
    """What the reader sees."""
    target: str
    """What it names: for ``xref`` and ``link`` the docname that Sphinx resolved it to (empty
    when it resolves to nothing); for ``url`` the URL as written; for ``title``
    the title without its outer marks, for ``quoted`` too; for ``series`` a selector:
    ``3`` (part 3 of the source's series), ``-1``/``+1`` (previous, next part), ``<3``
    (the three parts before this one), ``3,5``, ``lecture 3``, ``(3)`` (part 3 if the series
    counts lectures, or has its numbers in brackets), ``named 3`` (part 3 of the series that the
    words before it name), ``about 3 flows``, ``week``, ``yesterday``; for
    ``described`` the words that describe."""
    context: str = ''
    """The sentence around it, LaTeX between dollar signs."""
    span: tuple[int, int] = (0, 0)
    """Where in ``context`` the mention stands: first and past-the-last character."""
    anchor: str = ''
    """Id on the source's page of the place itself, or of the section around it."""
    line: int = 0
    """Line in the source file; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of running text of a post."""

    text: str
    """With LaTeX between dollar signs."""
    taken: tuple[tuple[int, int], ...] = ()
    """Where it is no plain text: links, citations, code, formulas; in order and disjoint."""
    anchor: str = ''
    """Id of the section that it stands in."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Link(PickledByFields):
    """A mention whose target is known."""

    source: DocName
    target: NodeId
    how: How
    mention: Mention
    score: float = 1.0
    """Confidence in (0, 1]; below 1 only for ``fuzzy`` and ``mention``."""


@dataclass(frozen=True, slots=True)
class EquationLink(PickledByFields):
    """A reference from one post to an equation of another."""

    source: str
    target: str
    label: str
    number: str
    """As the page of the equation shows it, without parentheses."""
    context: str = ''
    """The sentence with the reference, LaTeX between dollar signs."""
    span: tuple[int, int] = (0, 0)
    """Where in the sentence it stands."""
    anchor: str = ''
    """Id on the source's page of the place, or of what is around it."""
    line: int = 0
    """Line in the source file; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class MissingPost(PickledByFields):
    """A post that is cited but not in the corpus."""

    id: NodeId
    title: str
    series: str = ''
    series_index: int | None = None
    url: str = ''
    title_derived: bool = False
    """Nobody states the title: it is made of the series' name and the number
    because only words such as “the three parts before” speak of the post."""


@dataclass(frozen=True, slots=True)
class Work(PickledByFields):
    """A cited thing that is no post of this blog: a paper, a book, an article elsewhere."""

    id: NodeId
    title: str
    url: str = ''


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A mention with two or more candidates of equal standing: it makes no edge."""

    mention: Mention
    candidates: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class SeriesMember(PickledByFields):
    """One part of a series."""

    id: NodeId
    number: tuple[int, ...]
    """Place in the series, one entry a level (part 20, second half: ``(20, 2)``);
    empty when the title bears none."""
    label: str = ''
    """The number as the title writes it: 七, 7, II, 上."""


@dataclass(frozen=True, slots=True)
class Series:
    """An ordered set of posts."""

    key: str
    """Short name for files and addresses, unique in the corpus: the name in lower case
    with hyphens for spaces and punctuation, its numerals as they are."""
    name: str
    members: tuple[SeriesMember, ...]
    """In reading order; missing posts that were cited by their number included."""
    gaps: tuple[int, ...] = ()
    """Numbers up to the last part for which neither a post nor a missing post is
    known."""
    declared: bool = False
    """The author named the series in the metadata of at least one member."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything the mentions of a corpus came to."""

    links: tuple[Link, ...] = ()
    missing: tuple[MissingPost, ...] = ()
    works: tuple[Work, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    dangling: tuple[Mention, ...] = ()
    """Own-site URLs that lead to no post: each of them is also a link to a missing post."""
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason(PickledByFields):
    """Why two posts are related, seen from the one whose list it stands in: ``cites``
    says that this one cites the other.
    """

    kind: ReasonKind
    score: float
    """Share of this reason in the score; the shares of one item add up to its score."""
    detail: tuple[str, ...] = ()
    """What the reason rests on: the distinctive terms, the tags, ids of the shared
    or citing posts, the series' key, the LaTeX of a formula."""


@dataclass(frozen=True, slots=True)
class Related(PickledByFields):
    """One ranked neighbour of a post."""

    target: DocName
    score: float
    """In (0, 1]."""
    reasons: tuple[Reason, ...]
    """Strongest first."""


FEWEST_OF_A_TOPIC: Final = 3
"""Posts; a community of fewer is called after one of them and says nothing new."""

MOST_STARTS: Final = 5
"""Posts to start with that are found for each topic, and at most one for each three posts."""


@dataclass(frozen=True, slots=True)
class Start(PickledByFields):
    """A post to start with."""

    post: str
    near: tuple[str, ...]
    """Posts of the topic that it stands for, the nearest first."""
    terms: tuple[str, ...]
    """What it has in common with them, in words."""


@dataclass(frozen=True, slots=True)
class Topic(PickledByFields):
    """A community of posts."""

    number: int
    """Of the community, as ``community`` of its nodes."""
    name: str
    main: str
    """The post most tied to the others."""
    posts: tuple[str, ...]
    """The most important first."""
    starts: tuple[Start, ...]
    """The one that explains most first; they span the rest."""
    around: tuple[int, ...]
    """Numbers of the topics that it is tied to, the most tied first."""
