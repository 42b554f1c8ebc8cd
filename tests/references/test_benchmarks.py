from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent.parent / 'benchmarks'


def load(name):
    spec = importlib.util.spec_from_file_location(f'benchmark_{name}', BENCHMARKS / f'{name}.py')
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize('name', ['series', 'references'])
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


@pytest.mark.parametrize('name', ['series', 'references'])
def test_the_real_corpora_can_be_measured(name, capsys):
    module = load(name)
    if not module.DEFAULT.is_dir():
        pytest.skip(f'no corpora at {module.DEFAULT}')
    assert module.main([]) == 0
    assert 'precision' in capsys.readouterr().out
