from __future__ import annotations

from sphinxext_blog.records import DocName, Mention, NodeId, Post
from sphinxext_blog.references.names import Found
from sphinxext_blog.references.outcome import Outcome
from sphinxext_blog.references.series import group_series


def mention(text='《甲》', line=1):
    return Mention(DocName('a'), 'title', text, text, line=line)


def test_one_node_is_a_link_and_several_are_an_ambiguity():
    outcome = Outcome()
    outcome.found(mention(), Found((NodeId('b'),), 'title'))
    outcome.found(mention(), Found((NodeId('a'),), 'title'))  # the post itself
    outcome.found(mention(), Found((NodeId('b'), NodeId('c')), 'described'))
    assert [link.target for link in outcome.links()] == ['b']
    assert [ambiguity.candidates for ambiguity in outcome.ambiguous()] == [('b', 'c')]


def test_a_post_or_a_work_names_both():
    outcome = Outcome()
    outcome.post_or_work(mention(), '甲', (NodeId('b'),))
    assert [ambiguity.candidates for ambiguity in outcome.ambiguous()] == [('b', 'work:甲')]
    assert outcome.links() == ()


def test_what_is_known_by_two_names_is_one_work():
    outcome = Outcome()
    outcome.work(mention(line=2), '甲')
    outcome.work(mention(line=1), '甲', names=[('work', 'arxiv:1'), ('title', '甲')], how='url')
    assert [(link.target, link.how, link.mention.line) for link in outcome.links()] == [
        ('work:arxiv:1', 'url', 1),
        ('work:arxiv:1', 'title', 2),
    ]


def test_a_missing_part_is_named_like_the_others_until_somebody_tells_its_title():
    (group,) = group_series([Post(DocName('p1'), '路（一）：甲'), Post(DocName('p3'), '路（三）：丙')])
    outcome = Outcome()
    outcome.missing_part(mention(), group, (2,))
    assert [(m.title, m.title_derived) for m in outcome.missing_posts()] == [('路（二）', True)]
    outcome.missing(
        mention(), [('title', '路2乙'), ('part', group.series.key, '2')], 'title', title='路（二）：乙'
    )
    assert [(m.title, m.title_derived) for m in outcome.missing_posts()] == [('路（二）：乙', False)]
    assert [m.series_index for m in outcome.named_missing([group])] == [None]
