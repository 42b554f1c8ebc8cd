from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate, parse_date
from sphinxext_blog.importers.corrections import apply_rules, read_rules
from sphinxext_blog.importers.document import plain_text
from sphinxext_blog.importers.model import Block, Entry

ONE = Entry(
    '甲', parse_date('8 Dec'), blocks=(Block('paragraph', '正文 $x$ 一'),), source='sub/a.txt', line=1
)
TWO = Entry(None, parse_date('9 Dec'), blocks=(Block('paragraph', '正文二'),), source='b.txt', line=1)


def apply(text: str, *groups: tuple[Entry, ...]):
    rules, problems = read_rules(text, 'c.yaml')
    groups = groups or ((ONE,), (TWO,))
    entries, more = apply_rules(rules or [], groups, {e: plain_text(e.blocks) for g in groups for e in g})
    return entries, [*problems, *more]


@pytest.mark.parametrize(
    'match',
    ['title: 甲', 'text: "正文$x$"', 'source: sub/a.txt', 'source: a.txt', 'date: 8 Dec', 'date: --12-08'],
)
def test_a_rule_fits_by_any_field(match):
    entries, problems = apply(f'- match: {{{match}}}\n  set: {{author: 乙}}\n')
    assert problems == []
    assert [e.author for e in entries] == ['乙', '']


def test_all_fields_can_be_set():
    text = """
- match: {text: 正文二}
  set:
    title: '优化: 二'
    date: 2018-12-20
    author: 苏剑林
    tags: [优化, ODE]
    series: 从动力学角度看优化算法
    series-index: 2
    url: https://a.b/c
    aliases: [旧名]
    language: zh
    draft: true
"""
    entries, problems = apply(text)
    assert problems == []
    fixed = entries[1]
    assert (fixed.title, fixed.date, fixed.tags) == ('优化: 二', PartialDate(2018, 12, 20), ('优化', 'ODE'))
    assert (fixed.series, fixed.series_index, fixed.url) == ('从动力学角度看优化算法', 2, 'https://a.b/c')
    assert (fixed.aliases, fixed.language, fixed.draft) == (('旧名',), 'zh', True)
    assert 'title' in fixed.corrected


def test_a_title_that_was_replaced_stays_as_an_alias():
    entries, _ = apply('- {match: {title: 甲}, set: {title: 真}}')
    assert (entries[0].title, entries[0].aliases) == ('真', ('甲',))


@pytest.mark.parametrize(
    ('text', 'line', 'words'),
    [
        ('- match: {title: 丙}\n  set: {author: 乙}', 1, 'fits no post'),
        ('- match: {text: 正文}\n  set: {author: 乙}', 1, 'fits 2 posts'),
        ('- match: {title: 甲}\n  set:\n    autor: 乙', 3, "unknown field 'autor'"),
        ('- match: {titel: 甲}\n  set: {author: 乙}', 1, "unknown field 'titel'"),
        ('- match: {title: 甲}\n  set: {author: 乙}\n  also: 1', 3, "unknown field 'also'"),
        ('- match: {title: 甲}\n  set:\n    date: 03/04/2019', 3, 'two ways'),
        ('- match: {title: 甲}\n  set:\n    series-index: x', 3, 'series-index'),
        ('- match: {title: 甲}\n  set: {draft: perhaps}', 2, 'true or false'),
        ('- match: {title: 甲}\n  set: {title: [1]}', 2, 'one value'),
        ('- match: {title: 甲}', 1, 'at least one'),
        ('- match: {}\n  set: {author: 乙}', 1, 'at least one'),
        ('- 5', 1, 'match'),
        ('- match: 5\n  set: {author: 乙}', 1, 'must hold fields'),
        ('a: b', 1, 'list of rules'),
        ('- [', 1, 'not a YAML file'),
        ('- {[a]: b}', 1, 'unknown field'),
        ('- match: {title: 甲}\n  set: !!python/object/apply:os.system ["true"]', 2, 'must hold fields'),
    ],
)
def test_what_can_not_be_applied_is_a_problem_with_its_line(text, line, words):
    _, problems = apply(text)
    assert words in problems[0].message
    assert problems[0].line == line


def test_a_rule_with_a_lost_condition_changes_nothing():
    entries, problems = apply('- match: {source: a.txt, date: never}\n  set: {author: 乙}')
    assert [e.author for e in entries] == ['', '']
    assert problems[0].subtype == 'date'


def test_a_rule_that_fits_one_entry_corrects_its_whole_post():
    entries, _ = apply('- {match: {source: b.txt}, set: {author: 乙}}', (ONE, TWO))
    assert [e.author for e in entries] == ['乙', '乙']


def test_an_empty_file_has_no_rules():
    assert read_rules('# nothing\n', 'c.yaml') == ([], [])


def test_deep_nesting_is_a_problem_not_a_crash():
    rules, problems = read_rules('[' * 1_000, 'c.yaml')
    assert rules is None
    assert problems


@pytest.mark.parametrize(('text', 'rules'), [('- [', None), ('a: b', None), ('[]', []), ('- 5', [])])
def test_what_is_no_list_is_not_taken_for_a_list_without_rules(text, rules):
    assert read_rules(text, 'c.yaml')[0] == rules
