"""The files of an index."""

from __future__ import annotations

import json
import random
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import KEY_VERSION, Formula, FormulaSearch, analyse, build_index, keys_of
from sphinxext_blog.formulas.index import INDEX_VERSION, RECORDS, SECTIONS, characters
from sphinxext_blog.formulas.words import PLACES, from_differences
from sphinxext_blog.records import DocName


def formula(latex, docname='a', anchor='f', *, display=True, **fields):
    analysis = analyse(latex)
    return Formula(
        DocName(docname),
        anchor,
        latex,
        display,
        keys=keys_of(analysis),
        equations=tuple(unit.canonical[0] for unit in analysis.equations),
        arrows=analysis.arrows,
        **fields,
    )


def records(files):
    numbers = range(len([name for name in files if name.startswith('records-')]))
    return [record for n in numbers for record in files[f'records-{n}']]


def test_one_entry_holds_all_places_of_a_formula():
    files = build_index(
        [
            formula('a+b', 'q', 'late', display=False),
            formula('a + b.', 'p', 'early', section='S', number='3'),
            formula('{a}+{b}', 'q', 'shown'),
        ]
    )
    assert records(files) == [['a + b.', 1, [[0, 'early', '3'], [1, 'shown']]]]
    assert files['sections-0'] == [['p', '', 'S'], ['q', '', '']]
    assert files['index']['entries'] == 1


def test_formulas_that_differ_in_an_implication_are_two_entries():
    files = build_index([formula(r'a=b\Rightarrow c=d'), formula(r'a=b\Leftarrow c=d', 'b')])
    assert [(record[0], len(record[2])) for record in records(files)] == [
        (r'a=b\Leftarrow c=d', 1),
        (r'a=b\Rightarrow c=d', 1),
    ]


def test_sections_are_written_once():
    files = build_index(
        [
            formula('x+1', 'p', 'part', display=False, section='Part'),
            formula('x+2', 'p', 'part', display=False, section='Part'),
            formula('x+3', 'p', 'own', section='Part'),
            formula('x+4', 'p', 'part2', display=False, section='Part'),
            formula('x+5', 'p', 'part2', display=False, section='Part', number='7'),
        ]
    )
    assert files['sections-0'] == [['p', 'part', 'Part'], ['p', 'part2', 'Part']]
    assert {latex: places for latex, _, places in records(files)} == {
        'x+1': [0],
        'x+2': [0],
        'x+3': [[0, 'own']],
        'x+4': [1],
        'x+5': [[1, 'part2', '7']],
    }


def test_sections_are_parted_into_files_and_places_are_as_they_were():
    formulas = [
        formula(f'x_{{{n}}}+1', f'p{n % 7}', f'a{n % 600}', display=n % 3 == 0, section=f'S{n % 500}')
        for n in range(2 * SECTIONS)
    ]
    files = build_index(formulas)
    assert {len(files[f'sections-{n}']) for n in range(2)} == {SECTIONS}
    search = FormulaSearch(files.get)
    for one in formulas[::97]:
        (place,) = search.search(one.latex)[0].hits[0].places
        assert place == (one.docname, one.anchor, one.section, one.number)


def test_entries_of_more_posts_come_first():
    files = build_index([formula('x+y=z', 'a'), formula('a+b', 'a'), formula('a+b', 'b')])
    assert [record[0] for record in records(files)] == ['a+b', 'x+y=z']


def test_keys_lead_to_entries_and_texts_hold_their_equations():
    files = build_index([formula(r'\begin{align} a &= b \\ c &= d + e \end{align}'), formula('a = b')])
    assert records(files)[0][0] == 'a = b'
    assert files['index']['several'] == [[1, 2]]
    key = next(key for key in keys_of(analyse('a=b')) if key.level == 3 and key.kind == 'equation')
    assert key.hash[:2] in files['index']['shards']
    assert from_differences(files[f'keys-{key.hash[:2]}']['e' + key.hash[2:6]]) == [0, 1]
    word = dict(zip(characters(), files['words'], strict=False))
    texts = [' '.join(word[character] for character in text) for text in files['texts-0']]
    assert texts == ['va r= vb', 'va r= vb', 'vc r= vd o+ ve']


def test_characters_stand_for_words_in_json_as_they_are():
    some = ''.join(islice(characters(), 60_000))
    assert len(set(some)) == 60_000
    assert json.dumps(some, ensure_ascii=False) == f'"{some}"'
    assert not set(some) & set('<>&\u2028\u2029')


def test_what_holds_no_symbol_has_no_entry():
    assert build_index([formula(''), formula(r'\quad'), formula(',')]) == {
        'index': {
            'version': INDEX_VERSION,
            'keys': KEY_VERSION,
            'entries': 0,
            'several': [],
            'texts': 0,
            'shards': [],
            'said': '',
        },
        'words': [],
        'holders': {},
    }


def test_records_are_parted_into_files():
    files = build_index([formula(f'x_{{{n}}} + 1', f'p{n}') for n in range(RECORDS + 1)])
    assert [len(files[f'records-{n}']) for n in (0, 1)] == [RECORDS, 1]


@given(st.lists(st.integers(0, 10**6), max_size=30).map(sorted))
def test_numbers_are_written_as_differences(numbers):
    steps = [b - a for a, b in zip([0, *numbers], numbers, strict=False)]
    assert from_differences(steps) == numbers


@pytest.mark.parametrize('seed', range(3))
def test_the_order_of_the_posts_does_not_matter(seed):
    posts = [
        [
            formula(latex, f'p{n}', f'f{k}')
            for k, latex in enumerate(['a+b=c', f'x^{n}', r'\int f', 'x'][n % 3 :])
        ]
        for n in range(9)
    ]
    mixed = posts[:]
    random.Random(seed).shuffle(mixed)
    one, other = (build_index(f for post in order for f in post) for order in (posts, mixed))
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_an_index_is_plain_json():
    files = build_index([formula(r'\text{</script>}<b>', '</script>')])
    assert json.loads(json.dumps(files)) == files


def test_words_lead_to_displayed_formulas_and_to_those_that_say_something():
    files = build_index(
        [
            formula('x', 'a', display=False),
            formula('y', 'a'),
            formula('a+b=c+d', 'b', display=False),
            formula('z', 'b', display=False, section='Words'),
            formula('a+b=c+d', 'c', section='Words'),
        ],
        ['words', 'words', 'other words', 'words', ''],
    )
    shown = [record[0] for record in records(files)]
    codes = [
        code
        for name, content in files.items()
        if name.startswith('said-')
        for code in content.get('words', [])
    ]
    said = {(shown[code // PLACES], code % PLACES) for code in from_differences(codes)}
    assert said == {('y', 0), ('a+b=c+d', 0), ('a+b=c+d', 1)}
    holders = {name: from_differences(steps) for name, steps in files['holders'].items()}
    assert {name: [shown[code // PLACES] for code in codes] for name, codes in holders.items()} == {
        'a': ['y'],
        'b': ['a+b=c+d'],
        'c': ['a+b=c+d'],
    }
