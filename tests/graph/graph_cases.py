"""Records for the tests of the graph: short makers, and Hypothesis strategies for hostile corpora."""

from __future__ import annotations

from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.formulas import Formula, SharedFormula, SharedKey
from sphinxext_blog.graph.counting import count_texts
from sphinxext_blog.graph.terms import terms_of
from sphinxext_blog.records import (
    Ambiguity,
    DocName,
    Link,
    Mention,
    MissingPost,
    NodeId,
    Post,
    Resolution,
    Series,
    SeriesMember,
    Work,
)


def weigh_terms(texts, *, titles=(), **options):
    """The weighed terms of texts that nobody has counted."""
    named = titles or [''] * len(texts)
    keys = [str(number) for number in range(len(texts))]
    return terms_of(count_texts(keys, lambda number: (named[number], texts[number])), **options)


def post(name, title='', **fields):
    return Post(DocName(name), title or f'Title of {name}', **fields)


def mention(source, text='text', **fields):
    return Mention(DocName(source), fields.pop('form', 'title'), text, fields.pop('target', text), **fields)


def link(source, target, how='title', score=1.0, **fields):
    return Link(DocName(source), NodeId(target), how, mention(source, **fields), score)


def series(name, *members, gaps=(), declared=False):
    """A series of ``(id, number)`` pairs."""
    parts = [
        SeriesMember(NodeId(node), number if isinstance(number, tuple) else (number,), str(number))
        for node, number in members
    ]
    return Series(name.lower(), name, tuple(parts), tuple(gaps), declared)


HOSTILE = [
    '</script><script>alert(1)</script>',
    'a "quoted" \'title\' & <b>more</b>',
    'NUL \x00 and BEL \x07',
    'not a character \uffff',
    'emoji 🪜 and \u202eright to left\u202c',
    'line\u2028separator\r\n\ttab',
    ']]> and <!DOCTYPE x [<!ENTITY y "z">]>',
    '$\\frac{1}{2}$ \\ 《书》〈〉',
    '长' * 10_000,
    ' ',
]

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
some_text = texts.filter(bool)
dates = st.sampled_from(
    [
        None,
        PartialDate(2014, 12, 8),
        PartialDate(month=12, day=8),
        PartialDate(2020),
        PartialDate(2020, 1, 2, '03:04'),
    ]
)
hows = st.sampled_from(['role', 'link', 'url', 'title', 'title-normalised', 'series-number', 'fuzzy'])


@st.composite
def corpora(draw):
    """Posts and a resolution of them, with hostile ids, titles and sentences."""
    names = draw(st.lists(some_text, unique=True, max_size=6))
    posts = [
        Post(
            DocName(name),
            draw(texts),
            date=draw(dates),
            authors=tuple(draw(st.lists(texts, max_size=2))),
            tags=tuple(draw(st.lists(texts, max_size=3))),
            language=draw(st.sampled_from(['', 'zh', 'en'])),
            series_index=draw(st.sampled_from([None, 0, 7])),
            words=draw(st.integers(0, 10**6)),
        )
        for name in names
    ]
    keys = draw(st.lists(some_text, unique=True, max_size=3))
    missing = tuple(MissingPost(NodeId(f'missing:{key}'), draw(texts)) for key in keys)
    works = tuple(Work(NodeId(f'work:{key}'), draw(texts), draw(texts)) for key in keys)
    if not names:
        return posts, Resolution()
    ids = [*names, *(m.id for m in missing), *(w.id for w in works)]
    sources, targets = st.sampled_from(names), st.sampled_from(ids)

    def some_mention():
        context = draw(texts)
        return Mention(
            DocName(draw(sources)), 'title', draw(texts), draw(texts), context, (0, min(1, len(context))),
            draw(texts), draw(st.integers(0, 99)),
        )  # fmt: skip

    links = []
    for _ in range(draw(st.integers(0, 8))):
        what = some_mention()
        score = draw(st.floats(0.0001, 1.0))
        links.append(Link(what.source, NodeId(draw(targets)), draw(hows), what, score))
    members = draw(st.lists(targets, unique=True, max_size=4))
    chain = tuple(SeriesMember(NodeId(node), (3 * at + 1,), draw(texts)) for at, node in enumerate(members))
    return posts, Resolution(
        tuple(links),
        missing,
        works,
        tuple(
            Ambiguity(some_mention(), (NodeId(ids[0]), NodeId(ids[-1])))
            for _ in range(draw(st.integers(0, 2)))
        ),
        tuple(some_mention() for _ in range(draw(st.integers(0, 2)))),
        (Series('key', draw(some_text), chain, tuple(range(2, 9)), draw(st.booleans())),) if chain else (),
    )


@st.composite
def shared_formulas(draw, names):
    """Pairs of *names* that share formulas of hostile text."""
    if len(names) < 2:
        return []
    first, second = sorted(names)[:2]

    def some_formula(name):
        return Formula(DocName(name), draw(texts), draw(some_text), number=draw(texts))

    level = draw(st.sampled_from([1, 2, 3]))
    score = draw(st.floats(0.1, 99))
    key = SharedKey(level, 'f' * 16, 9, 2, score, some_formula(first), some_formula(second))
    return [SharedFormula(DocName(first), DocName(second), key.score, (key,))]
