from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse, read_macros
from sphinxext_blog.formulas.patterns import (
    MAX_NAMES,
    candidates,
    constant_stretches,
    constant_words,
    read_pattern,
)


@pytest.mark.parametrize(
    ('latex', 'words', 'names'),
    [
        ('?a', '?a ;', 'a'),
        ('?a1', '?a1 ;', 'a1'),
        ('?a 1', '?a n1 ;', 'a'),
        ('?ab', '?a vb ;', 'a'),
        ('?A+?a', '?A o+ ?a ;', 'A a'),
        ('？a', '?a ;', 'a'),
        ('?a_1', 'S( ?a , n1 , - ) ;', 'a'),
        ('x_?a^?b', 'S( vx , ?a , ?b ) ;', 'a b'),
        ('x_{?a}', 'S( vx , ?a , - ) ;', 'a'),
        ('?a?b', '?a ?b ;', 'a b'),
        (r'\frac?a?b', 'F( ?a , ?b , ) ;', 'a b'),
        (r'\hat?a', 'A:hat( ?a , ) ;', 'a'),
        (r'\hat{?a}^2', 'S( A:hat( ?a , ) , - , n2 ) ;', 'a'),
        (r'\boldsymbol{?a}', '?a ;', 'a'),
        (r'\mathbb{?a}', '?a ;', 'a'),
        (r'\mathrm{?a}', '?a ;', 'a'),
        (r'\mathrm{?a?b}', '?a ?b ;', 'a b'),
        (r'\text{if ?a}', 'fif ?a ;', 'a'),
        (r'\operatorname{?f}(?x)', '?f P:()( ?x , ) ;', 'f x'),
        (r'\not?a', 'X:not( ?a , ) ;', 'a'),
        (r'\int ?f d?x', 'fint ?f vd !x ;', 'f x'),
        (r'\int ?f d?x_1', 'fint ?f vd S( ?x , n1 , - ) ;', 'f x'),
        (r'\frac{d?f}{d?x}', 'F( R( vd ?f ) , R( vd ?x ) , ) ;', 'f x'),
        ('d?x', 'vd ?x ;', 'x'),
        ('?a=b=?c', '?a r= vb ; ?a r= ?c ;', 'a c'),
        (r'?a\\?b', '?a ; ?b ;', 'a b'),
        (r'\\?b', '?b ;', 'b'),
        # no wildcards
        ('', '', ''),
        ('x', 'vx ;', ''),
        ('?', 'p? ;', ''),
        ('a?', 'va p? ;', ''),
        ('a ? b', 'va p? vb ;', ''),
        ('a?1', 'va p? n1 ;', ''),
        (r'a?\alpha', r'va p? v\alpha ;', ''),
        (r'a\?b', 'va o? vb ;', ''),
        ('a?é', 'va p? vé ;', ''),
        (r'\int f dx', 'fint vf cd vx ;', ''),
        ('a% ?b', 'va ;', ''),
        ('\ue000', 'o\ue000 ;', ''),
        # the characters that stand for wildcards can't be given
        ('\ue000+?a', 'o+ ?a ;', 'a'),
        ('\\\ue001 x?a', 'vx ?a ;', 'a'),
        ('?\ue000a', '?a ;', 'a'),
    ],
)
def test_a_query_is_read_as_words_with_wildcards(latex, words, names):
    pattern = read_pattern(latex)
    assert ' '.join(pattern.words) == words
    assert ' '.join(pattern.names) == names


def test_macros_are_expanded_around_wildcards_and_take_them():
    macros = read_macros({'norm': [r'\Vert #1\Vert', 1]})
    assert read_pattern(r'\norm?a', macros).words == ('oVert', '?a', 'oVert', ';')
    assert read_pattern(r'\newcommand{\two}[1]{#1#1}\two{?a}').words == ('?a', '?a', ';')


@pytest.mark.parametrize(
    'latex', ['x^2', r'\frac{a?}{b}', r'a=b\\c', r'\boldsymbol{A}^\top', r'\int f\,dx', '\ue000']
)
def test_without_wildcards_the_words_are_those_of_the_formula(latex):
    texts = [unit.canonical[1] for unit in analyse(latex).equations]
    assert read_pattern(latex).words == tuple(word for text in texts for word in (*text.split(' '), ';'))


def test_after_so_many_names_a_question_mark_is_one():
    pattern = read_pattern(' '.join(f'?a{n}' for n in range(MAX_NAMES + 1)) + ' ?a0')
    assert len(pattern.names) == MAX_NAMES
    assert pattern.words[MAX_NAMES:] == ('p?', 'va', f'n{MAX_NAMES}', '?a0', ';')


@pytest.mark.parametrize(
    ('latex', 'runs'),
    [
        ('?a', [[]]),
        ('x', [['vx']]),
        ('?a+b=?c', [['o+ vb r=']]),
        ('?a^2+?b^2=?c^2', [['S(', 'n2 o+ S(', 'n2 r= S(', 'n2']]),
        (r'\frac{?a}{\sqrt{?d}}', [['F(', 'Q:(']]),
        (r'\int ?a\,d?x', [['fint']]),
        (r'\sum_{?i=1}^{?n} ?i', [['S( fsum', 'r= n1']]),
        (r'?a\\x+?b', [[], ['vx o+']]),
        ('d+?a', [['o+']]),
        ('d+x', [['vd o+ vx']]),
    ],
)
def test_what_stands_between_the_wildcards_stands_in_every_match(latex, runs):
    found = [
        [' '.join(run).replace(' - ', ' ') for run in equation]
        for equation in constant_words(read_pattern(latex))
    ]
    assert [
        [run.removeprefix('- ').removesuffix(' -') for run in equation if run != '-'] for equation in found
    ] == runs


@pytest.mark.parametrize(
    ('latex', 'expected'),
    [
        ('?a', ()),
        ('?a+?b', ('o+',)),
        ('?a+b=?c', ('o+', 'o+ vb', 'o+ vb r=', 'r=', 'vb', 'vb r=', '~o+ v0 r=')),
    ],
)
def test_stretches_are_those_of_formulas_and_single_words(latex, expected):
    assert constant_stretches(read_pattern(latex)) == (expected,)


def test_candidates_hold_all_stretches_of_all_equations():
    postings = {'o+': [0, 1, 2], 'vb': [1, 2], 'o+ vb': [2], 'vc': [0, 3]}
    holders = [[0], [0, 1], [1, 2], [2]]
    assert candidates(read_pattern('?a+?b'), postings, holders) == [0, 1, 2]
    assert candidates(read_pattern('?a+b'), postings, holders) == [1, 2]
    assert candidates(read_pattern(r'?a+b\\?a c'), postings, holders) == [2]
    assert candidates(read_pattern('?a-b'), postings, holders) == []
    assert candidates(read_pattern('?a'), postings, holders) == []
    assert candidates(read_pattern(r'?a\\?a c'), postings, holders) == [0, 2]


def test_what_takes_too_long_to_read_does_not_narrow_the_candidates():
    everything = list(range(150_000))
    postings = {'o+': everything, 'vb': everything, 'o+ vb': [7], 'vc': everything}
    holders = [[number] for number in everything]
    assert candidates(read_pattern('?a+b'), postings, holders) == [7]
    assert candidates(read_pattern(r'?a+b\\?a c'), postings, holders) == [7]
    assert len(candidates(read_pattern('?a c'), postings, holders)) == 150_000


@pytest.mark.parametrize(
    'latex',
    [
        '?a' * 50_000,
        '?' * 100_000,
        r'\?' * 50_000 + '?a',
        '{' * 50_000 + '?a',
        r'\frac?a' * 20_000,
        r'x_?a' * 20_000,
        r'?a\\' * 20_000,
        '?a' + '1' * 200_000,
        r'\unicode{\ }?a',
        r'\def?a{?a?a}?a',
        r'\newcommand{?a}[1]{?b}?a?a',
        '?a' + 'x+' * 60_000,
    ],
)
def test_long_and_hostile_queries_are_read(latex):
    pattern = read_pattern(latex)
    constant_stretches(pattern)
    assert len(pattern.words) <= 700_000


@given(st.text(alphabet=st.sampled_from([*'?a1x^_{}()\\ +=&', '\ue000', '\ud800', '？', '中']), max_size=60))
def test_any_text_is_a_query(text):
    pattern = read_pattern(text)
    constant_stretches(pattern)
    wild = {word[1:] for word in pattern.words if word[:1] in {'?', '!'}}
    assert wild == set(pattern.names)
