from __future__ import annotations

from sphinxext_blog.references.absent import Absent


def test_all_names_of_one_thing_are_one_node_with_the_fullest_title():
    absent = Absent('missing')
    a = absent.add([('title', 'x6'), ('part', 'x', '6')], title='X（六）')
    b = absent.add([('title', 'x6y'), ('part', 'x', '6')], title='X（六）：Y', url='https://b.example/6')
    nodes = absent.missing_posts()
    assert nodes[a] == nodes[b]
    assert (nodes[a].id, nodes[a].title, nodes[a].url) == (
        'missing:x-六-y',
        'X（六）：Y',
        'https://b.example/6',
    )


def test_different_things_have_different_ids():
    absent = Absent('work')
    names = [absent.add([('title', t)], title=t) for t in ('A+B', 'A=B', 'AB', 'a b')]
    works = absent.works()
    assert len({works[n].id for n in names}) == len(names)


def test_the_order_of_adding_does_not_matter():
    rows = [
        ([('title', 'a'), ('url', 'u')], 'A'),
        ([('title', 'b'), ('url', 'u')], 'B'),
        ([('title', 'c')], 'C'),
    ]
    results = []
    for order in (rows, rows[::-1]):
        absent = Absent('missing')
        for names, title in order:
            absent.add(names, title=title)
        results.append(absent.missing_posts())
    assert results[0] == results[1]


def test_what_has_no_title_is_called_by_its_fallback():
    absent = Absent('work')
    name = absent.add(
        [('work', 'arxiv:1706.03762')], fallback='arXiv:1706.03762', url='https://arxiv.org/abs/1706.03762'
    )
    work = absent.works()[name]
    assert (work.id, work.title) == ('work:arxiv:1706.03762', 'arXiv:1706.03762')


def test_the_commonest_spelling_is_shown():
    absent = Absent('missing')
    for title in ('X(一)', 'X（一）', 'X（一）'):
        name = absent.add([('title', 'x1')], title=title)
    assert absent.missing_posts()[name].title == 'X（一）'


def test_a_title_that_nobody_wrote_is_called_derived():
    absent = Absent('missing')
    invented = absent.add([('part', 'x', '1')], fallback='X（一）', derived=True, series='X', index=1)
    address = absent.add([('url', '7')], fallback='https://b.example/7')
    nodes = absent.missing_posts()
    assert (nodes[invented].title, nodes[invented].title_derived) == ('X（一）', True)
    assert not nodes[address].title_derived
    absent.add([('title', 'x1y'), ('part', 'x', '1')], title='X（一）：Y')
    assert (absent.missing_posts()[invented].title_derived, len(absent.missing_posts())) == (False, 3)
