from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from sphinxext_blog.records import DocName, Post

BENCHMARKS = Path(__file__).parent.parent.parent / 'benchmarks'


def load(name):
    spec = importlib.util.spec_from_file_location(f'benchmark_{name}', BENCHMARKS / f'{name}.py')
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize('name', ['series', 'references', 'mentions'])
def test_a_benchmark_says_when_there_is_nothing_to_measure(name, tmp_path, capsys):
    assert load(name).main(['--corpora', str(tmp_path)]) == 0
    assert 'nothing to measure' in capsys.readouterr().out


def test_the_score_of_series_counts_pairs():
    score = load('series').score
    truth = {'甲': [(1, '甲路（一）'), (2, '甲路（二）')], '乙': [(1, '毫无关系'), (2, '没有共同之处')]}
    result = score(truth, ['Workshop 13'])
    assert (result.precision, result.recall, result.order) == (1.0, 0.5, 1.0)
    assert result.split == ('乙',)
    assert result.false_parts == ()


def test_the_score_of_series_names_what_is_wrong():
    result = load('series').score({'甲': [(1, '路（一）')], '乙': [(2, '路（二）')]}, ['路（三）'])
    assert result.precision == 0.0
    assert [title for title, _ in result.false_parts] == ['路（三）']


def test_the_benchmark_of_references_reads_a_corpus(tmp_path, capsys):
    src = tmp_path / 'made-up' / 'src'
    src.mkdir(parents=True)
    (src / 'one.md').write_text('# The first document\n', 'utf-8')
    (src / 'two.md').write_text('---\ntitle: "The second document"\n---\n', 'utf-8')
    links = [
        {'source': 'one', 'target': 'two', 'text': 'the second document'},
        {'source': 'two', 'target': 'gone', 'text': 'x'},
    ]
    (tmp_path / 'made-up' / 'truth.jsonl').write_text('\n'.join(map(json.dumps, links)), 'utf-8')
    load('references').main(['--corpora', str(tmp_path)])
    out = capsys.readouterr().out
    assert 'made-up: 2 documents with titles, 2 links' in out
    assert 'precision 1.000  recall 1.000  (cases 2, post 1, missing 0, work 1' in out


def test_documents_without_titles_are_called_by_headings_that_name_them(tmp_path):
    for name, heading in (('a', '裴蜀定理'), ('b', '定义'), ('c', '定义')):
        (tmp_path / f'{name}.md').write_text(f'导言。\n\n## {heading}\n', 'utf-8')
    assert [(p.docname, p.title) for p in load('references').read_posts(tmp_path)] == [('a', '裴蜀定理')]


def test_the_score_of_traps_tells_wrong_links_from_claimed_papers():
    module = load('references')
    case = lambda *answer: type('Case', (), {'answer': answer})()  # noqa: E731
    cases = [case('a'), case('b', 'c'), case('work'), case('work'), case('ambiguous')]
    score = module.score_traps(cases, [('a',), ('b', 'x'), ('a',), ('missing',), ('ambiguous',)])
    assert (score['precision'], score['recall']) == (0.5, 2 / 3)
    assert (score['works'], score['claimed'], score['called missing']) == (2, 1, 1)
    assert score['as it should'] == 2


def test_the_benchmark_of_mentions_reads_a_corpus(tmp_path, capsys):
    src = tmp_path / 'made-up' / 'src'
    src.mkdir(parents=True)
    title = 'A primer on random walks'
    (src / 'one.md').write_text(f'# {title}\n', 'utf-8')
    (src / 'two.md').write_text(f'# Two\n\nSee {title}.\n\n`{title}`\n', 'utf-8')
    (src / 'three.md').write_text(f'# Three\n\n{title}, [{title}](one.md)\n', 'utf-8')
    links = [{'source': 'three', 'target': 'one', 'text': title}]
    (tmp_path / 'made-up' / 'truth.jsonl').write_text('\n'.join(map(json.dumps, links)), 'utf-8')
    assert load('mentions').main(['--corpora', str(tmp_path), '--show', '--posts', '3']) == 0
    out = capsys.readouterr().out
    assert 'made-up: 1 pairs offered; with all links forgotten 2, of which 1 are linked' in out
    assert f'two -> one: See ⟦{title}⟧.' in out


def posts_of(*titles):
    return [Post(DocName(f'p{i}'), title) for i, title in enumerate(titles)]


@pytest.mark.parametrize('rounds', [0, 2])
def test_what_leads_to_a_post_though_its_title_was_taken_out_is_false(rounds):
    posts = posts_of(
        '注意力机制的来龙去脉', '注意力机制的来龙去脉（图像篇）', '毫无关系的题目', '同名的文章', '同名的文章'
    )
    cases, false, ambiguous = load('references').take_out(posts, rounds)
    assert (cases, ambiguous) == (3, 0)
    assert false == [('注意力机制的来龙去脉', '注意力机制的来龙去脉（图像篇）')]


def test_damaged_titles_mean_the_post_and_foreign_ones_none():
    module = load('references')
    posts = posts_of('编码器（七）：球面上的编码方法(附代码)', 'A theorem of 1998 on open sets')
    damaged = module.cases_of_titles(posts, foreign=False)
    foreign = module.cases_of_titles(posts, foreign=True)
    assert {(m.target, wanted) for m, wanted in damaged['without series']} == {
        ('球面上的编码方法(附代码)', 'p0')
    }
    assert {(m.target, wanted) for m, wanted in foreign['opposite']} == {
        ('解码器（七）：球面上的编码方法(附代码)', ''),
        ('A theorem of 1998 on closed sets', ''),
    }
    assert [m.target for m, _ in foreign['other year']] == ['A theorem of 1948 on open sets']


def test_the_sweep_counts_right_and_false_links_for_each_setting():
    module = load('references')
    lines = module.sweep([posts_of('梯度流：探索通向最小值之路', '用热传导方程来指导自监督学习')])
    assert len(lines) == 1 + len(module.THRESHOLDS) * len(module.MARGINS)
    strictest, loosest = lines[-1].split(), lines[1].split()
    assert 0 < int(strictest[3]) <= int(loosest[3])
    assert int(loosest[7]) == 0


@pytest.mark.parametrize('name', ['series', 'references'])
def test_the_real_corpora_can_be_measured(name, capsys):
    module = load(name)
    if not module.DEFAULT.is_dir():
        pytest.skip(f'no corpora at {module.DEFAULT}')
    assert module.main(['--rounds', '3'] if name == 'references' else []) == 0
    assert 'precision' in capsys.readouterr().out
