from __future__ import annotations

from graph_cases import link, mention, post, series

from sphinxext_blog.graph import build_graph, report
from sphinxext_blog.graph.reporting import (
    AmbiguousMention,
    Citation,
    DanglingLink,
    MissingPart,
    Report,
    SeriesGap,
)
from sphinxext_blog.records import Ambiguity, MissingPost, Reason, Related, Resolution, Work


def test_a_blog_without_flaws_has_an_empty_report():
    graph = build_graph([post('a'), post('b')], Resolution(links=(link('a', 'b'),)))
    assert report(graph) == Report()


def test_missing_posts_come_with_the_sentences_that_cite_them_most_cited_first():
    links = (
        link('a', 'missing:few', context='In 《Few》.', anchor='id1', line=4),
        link('a', 'missing:many'),
        link('b', 'missing:many', 'fuzzy'),
    )
    missing = (MissingPost('missing:few', 'Few', 'S', 2), MissingPost('missing:many', 'Many'))
    findings = report(build_graph([post('a'), post('b')], Resolution(links=links, missing=missing)))
    assert [cited.id for cited in findings.missing] == ['missing:many', 'missing:few']
    assert findings.missing[0].posts == ('a', 'b')
    assert findings.missing[1].citations == (
        Citation('a', 'Title of a', 'title', 'text', 'In 《Few》.', 'id1', 4),
    )
    assert (findings.missing[1].series, findings.missing[1].series_index) == ('S', 2)


def test_works_are_listed_apart():
    works = (Work('work:w', 'W', 'https://w'),)
    findings = report(build_graph([post('a')], Resolution(links=(link('a', 'work:w'),), works=works)))
    assert [(work.id, work.url) for work in findings.works] == [('work:w', 'https://w')]
    assert findings.missing == ()


def test_series_with_gaps_say_what_is_known():
    complete = series('Complete', ('a', 1), ('b', 2))
    broken = series('Broken', ('a', 1), ('missing:m', 2), ('b', 5), gaps=(3, 4))
    resolution = Resolution(series=(broken, complete), missing=(MissingPost('missing:m', 'M'),))
    findings = report(build_graph([post('a'), post('b')], resolution))
    part = MissingPart('missing:m', 'M', '2')
    assert findings.series == (SeriesGap('broken', 'Broken', ('a', 'b'), (part,), (3, 4)),)


def test_missing_posts_cited_equally_often_stand_by_series_number_and_title():
    missing = (
        MissingPost('missing:1', 'B'),
        MissingPost('missing:2', 'S (10)', 'S', 10),
        MissingPost('missing:3', 'R (3)', 'R', 3),
        MissingPost('missing:4', 'S (2)', 'S', 2),
        MissingPost('missing:5', 'A'),
        MissingPost('missing:6', 'S, the end', 'S'),
    )
    links = tuple(link('a', item.id) for item in missing)
    findings = report(build_graph([post('a')], Resolution(links=links, missing=missing)))
    titles = [cited.title for cited in findings.missing]
    assert titles == ['R (3)', 'S (2)', 'S (10)', 'S, the end', 'A', 'B']


def test_ambiguous_and_dangling_mentions_are_listed():
    resolution = Resolution(
        links=(link('a', 'b'),),
        ambiguous=(Ambiguity(mention('a', '《X》', context='see 《X》', line=2), ('b', 'a')),),
        dangling=(mention('b', 'here', form='url', target='https://me/gone', line=7),),
    )
    findings = report(build_graph([post('a'), post('b')], resolution))
    assert findings.ambiguous == (AmbiguousMention('a', '《X》', ('a', 'b'), 'see 《X》', 2),)
    assert findings.dangling == (DanglingLink('b', 'here', 'https://me/gone', '', 7),)


def test_a_post_that_is_only_related_or_a_part_of_a_series_is_an_orphan():
    related = {'c': (Related('a', 0.5, (Reason('text', 0.5),)),)}
    graph = build_graph(
        [post('a'), post('b'), post('c'), post('d')],
        Resolution(links=(link('a', 'b'),), series=(series('S', ('a', 1), ('d', 2)),)),
        related=related,
    )
    assert report(graph).orphans == ('c', 'd')
