"""Formulas are found, each in the group it belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import (
    Formula,
    FormulaSearch,
    analyse,
    build_index,
    keys_of,
    read_macros,
)
from sphinxext_blog.formulas.words import said_in
from sphinxext_blog.records import DocName

CORPUS = {
    'gamma': r'\Gamma(x)=\int_0^{+\infty}t^{x-1}e^{-t}dt',
    'norm': r'\Vert\boldsymbol{A}-\boldsymbol{B}\Vert_F^2',
    'softmax': r'\sigma(z)_i=\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}',
    'chain': r'\begin{aligned}L&=\sum_i p_i\log q_i\\&=\mathbb{E}[\log q]\end{aligned}',
    'sphere': 'x^2+y^2+z^2=r^2',
    'hyperboloid': 'x^2+y^2-z^2=r^2',
    'letter': 'x',
}


def formula(docname, latex, **fields):
    analysis = analyse(latex)
    equations = tuple(unit.canonical[0] for unit in analysis.equations)
    fields |= {'equations': equations, 'arrows': analysis.arrows}
    return Formula(DocName(docname), 'f', latex, keys=keys_of(analysis), **fields)


@pytest.fixture(scope='module')
def index():
    return FormulaSearch.of(formula(name, latex) for name, latex in CORPUS.items())


def found(index, latex, limit=20, **options):
    groups = index.search(latex, limit, **options)
    return {group.kind: [hit.places[0].docname for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    ('query', 'kind', 'name'),
    [
        (r'\Gamma(x) = \int\limits_0^{+\infty} t^{x-1} e^{-t} \mathrm{d}t', 'same', 'gamma'),
        (r'\|A-B\|_F^2', 'same', 'norm'),
        (r'G(s)=\int_0^{+\infty}u^{s-1}e^{-u}du', 'renamed', 'gamma'),
        (r'\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}', 'contains', 'softmax'),
        (r'\frac{e^{a_k}}{\sum_{l=1}^m e^{a_l}}', 'contains-renamed', 'softmax'),
        (r'L=\mathbb{E}[\log q]', 'same', 'chain'),
        ('a^2+b^2+c^2=d^2', 'renamed', 'sphere'),
        ('x^2+y^2+z^2=1', 'similar', 'sphere'),
        ('x', 'same', 'letter'),
    ],
)
def test_formulas_are_found_in_the_group_they_belong_to(index, query, kind, name):
    assert found(index, query)[kind][0] == name


def test_a_formula_with_another_implication_only_contains_the_equations():
    named = {'there': r'a+b=c\Rightarrow d=e+f', 'back': r'a+b=c\Leftarrow d=e+f', 'both': r'a+b=c\iff d=e+f'}
    index = FormulaSearch.of(formula(name, latex) for name, latex in named.items())
    assert found(index, r'a+b=c\implies d=e+f') == {'same': ['there'], 'contains': ['both', 'back']}
    assert set(found(index, r'a+b=c\quad d=e+f')['same']) == set(named)


def test_no_formula_is_in_two_groups(index):
    names = [name for group in found(index, 'x^2+y^2+z^2=r^2').values() for name in group]
    assert len(names) == len(set(names))


def test_the_same_comes_before_the_similar(index):
    groups = found(index, 'x^2+y^2+z^2=r^2')
    assert list(groups) == ['same', 'similar']
    assert groups['same'] == ['sphere']
    assert groups['similar'][0] == 'hyperboloid'


def test_a_single_letter_is_looked_for_as_it_is(index):
    assert found(index, 'q_0') == {}
    assert list(found(index, 'x')) == ['same', 'contains']
    assert found(index, 'x')['same'] == ['letter']


@pytest.mark.parametrize('limit', [0, 1, 2])
def test_no_more_than_asked_for(index, limit):
    assert sum(map(len, found(index, 'x^2+y^2+z^2=r^2', limit).values())) <= limit


@pytest.mark.parametrize('query', ['', '{', r'\quad', r'\nosuch', '<script>', '\u202e'])
def test_a_query_that_says_nothing_finds_nothing_and_breaks_nothing(index, query):
    assert all(kind in {'contains', 'contains-renamed', 'similar'} for kind in found(index, query))


def test_of_several_equations_all_must_be_there_to_be_the_same(index):
    groups = found(index, r'L=\mathbb{E}[\log q]\quad a+b=c')
    assert 'same' not in groups
    assert 'chain' in groups['similar']


@pytest.mark.parametrize(
    ('query', 'kinds'),
    [
        # equal but for their letters: the other formula has one equation of this form only
        (r'x^2+y=z\quad a^2+b=c', {'same': ['two']}),
        (r'x^2+y=z\quad u^2+v=w', {'renamed': ['two']}),
        (r'u^2+v=w\quad u^2+s=t', {'renamed': ['two']}),
        # an equation and a side of it are two things
        (r'x^2+y=z\quad x^2+y', {'contains': ['two', 'one']}),
        (r'k+l^2\quad m+n^2', {'contains-renamed': ['squares']}),
        (r'x^2+y=z\quad a^2+b=c\quad u^2+v=w', {}),
    ],
)
def test_each_equation_of_a_query_finds_its_own(query, kinds):
    index = FormulaSearch.of(
        [
            formula('one', 'x^2+y=z'),
            formula('two', r'x^2+y=z\quad a^2+b=c'),
            formula('squares', r'a+b^2\quad z=c+d^2'),
        ]
    )
    groups = found(index, query)
    groups.pop('similar', None)
    assert groups == kinds


def test_what_says_least_beside_the_query_comes_first():
    index = FormulaSearch.of(
        [
            formula('foreign', 'e^{x+1}-g=ab'),
            formula('own', 'e^{x+1}-g=xg'),
            formula('long', 'e^{x+1}-g=xgx'),
            formula('short', 'e^{x+1}-g=0'),
        ]
    )
    assert found(index, 'e^{x+1}-g')['contains'] == ['short', 'own', 'long', 'foreign']


def test_macros_hold_for_the_query_and_are_gone_from_the_index():
    macros = read_macros({'E': r'\mathbb{E}'})
    stored = formula('a', r'\mathbb{E}[x+y]')
    index = FormulaSearch.of([stored])
    assert [group.kind for group in index.search(r'\E[x+y]', macros=macros)] == ['same']


def test_a_query_with_wildcards_finds_formulas_of_its_form(index):
    assert found(index, '?a^2+?b^2+?c^2=?d^2') == {'pattern': ['sphere']}
    assert found(index, r'\frac{?a}{?b}') == {'pattern': ['softmax']}
    assert found(index, r'\mathbb{E}[?f]') == {'pattern': ['chain']}
    assert found(index, r'\int_?l^?u ?f\,d?x') == {'pattern': ['gamma']}
    assert found(index, '?x+?y=?x') == {}


def test_a_wildcard_tells_what_it_stands_for(index):
    (group,) = index.search(r'\log ?x')
    assert [hit.binding for hit in group.hits] == [(('x', 'q_{i}'),)]


def test_what_a_wildcard_stands_for_is_bold_where_the_formula_is():
    index = FormulaSearch.of(
        [formula('a', r'y = \boldsymbol{W}\mathbf x^\top + b_{\text{max}}'), formula('b', r'y=\frac{a}{2}+b')]
    )
    hits = {hit.places[0].docname: dict(hit.binding) for hit in index.search('y=?a+?b')[0].hits}
    assert hits == {
        'a': {'a': r'\boldsymbol{W}{\boldsymbol{x}}^{\top}', 'b': r'b_{\max}'},
        'b': {'a': r'\frac{a}{2}', 'b': 'b'},
    }
    (several,) = FormulaSearch.of([formula('a', r'x=1\\ \mathbf{y}=\mathbf{2}')]).search(r'y=?a')
    assert several.hits[0].binding == (('a', r'\boldsymbol{2}'),)


def test_whole_equations_come_before_sides_and_sides_before_parts():
    index = FormulaSearch.of(
        formula(name, latex)
        for name, latex in {'part': '1+f(x)', 'side': 'y=f(x)', 'long': 'f(x+y+z)', 'whole': 'f(x)'}.items()
    )
    assert found(index, 'f(?x)') == {'pattern': ['whole', 'long', 'side', 'part']}
    assert found(index, 'f(?x)', 2) == {'pattern': ['whole', 'long']}
    assert [hit.score for hit in index.search('f(?x)')[0].hits] == [1.0, 1.0, 0.9, 0.8]


def test_words_choose_among_the_formulas_of_a_form(index):
    def where(place):
        return place.docname != 'sphere'

    assert found(index, 'x^2+?a=?d^2', where=where) == {'pattern': ['hyperboloid']}


@pytest.mark.parametrize('query', ['?a', '?a?b', '?a?a?a', r'?a\\?b', '?a' * 10_000])
def test_a_pattern_that_is_too_general_finds_nothing(index, query):
    assert index.search(query) == ()


def test_the_equations_of_a_pattern_stand_in_order():
    index = FormulaSearch.of([formula('a', r'x=1\\y=2'), formula('b', r'y=2\\x=1'), formula('c', 'x=y')])
    assert found(index, r'x=?a\\y=?b') == {'pattern': ['a']}
    assert found(index, r'y=?a\\?b') == {'pattern': ['b']}
    assert found(index, r'x=?a') == {'pattern': ['c', 'a', 'b']}


@pytest.mark.parametrize('query', [r'?a\\x' * 20_000, r'x\\?a=' * 10_000, '?a+' + 'x+y' * 33_000])
def test_a_pattern_larger_than_any_formula_is_compared_with_none(index, query):
    assert index.search(query) == ()


def test_of_a_long_formula_its_beginning_is_compared():
    latex = '+'.join(f'x_{{{n}}}' for n in range(300))
    index = FormulaSearch.of([formula('a', latex)])
    (group,) = index.search(latex.replace('x_{7}', 'y'))
    assert group.kind == 'similar'
    assert group.hits[0].score > 0.95


@pytest.mark.parametrize('query', ['x^2+y^2+z^2=r^2', '?a^2+?b^2+?c^2=?d^2'])
@pytest.mark.parametrize(
    ('name', 'content'), [('records-0', None), ('words', None), ('texts-0', None), ('texts-0', [])]
)
def test_an_index_without_one_of_its_files_is_an_error(query, name, content):
    files = build_index(formula(name, latex) for name, latex in CORPUS.items())
    with pytest.raises(ValueError, match=r'missing|damaged'):
        FormulaSearch((files | {name: content}).get).search(query)


def test_a_pattern_with_a_word_that_no_formula_holds_finds_nothing(index):
    assert index.search(r'\operatorname{nosuch} ?x') == ()


def test_a_blank_in_an_operator_is_no_blank_between_words():
    index = FormulaSearch.of([formula('a', r'\unicode{\ } x + 1')])
    assert found(index, '?a + 1') == {'pattern': ['a']}


def test_scores_fall(index):
    for group in index.search('x^2+y^2+z^2=1'):
        scores = [hit.score for hit in group.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_query_of_thousands_of_equations_is_answered(index):
    groups = index.search(r'\\'.join(f'x_{n}+y=z' for n in range(5000)))
    assert all(0 < hit.score <= 1 for group in groups for hit in group.hits)


def test_an_empty_index_answers():
    assert FormulaSearch.of([]).search('x') == ()


@pytest.mark.parametrize('about', [None, {}, {'version': 0, 'keys': 1}, {'version': 1, 'keys': 0}, []])
def test_an_index_of_another_version_is_refused(about):
    with pytest.raises(ValueError, match='another version'):
        FormulaSearch({'index': about}.get)


@pytest.mark.parametrize(
    'query', [r'\[x^2+y^2+z^2=r^2\]', r' \(x^2+y^2+z^2=r^2\) ', '$x^2+y^2+z^2=r^2$', '$$x^2+y^2+z^2=r^2$$']
)
def test_the_marks_around_a_formula_are_no_part_of_it(index, query):
    assert found(index, query)['same'] == ['sphere']


@pytest.mark.parametrize(
    ('query', 'names'),
    [
        (r'\log q_i', ['chain']),
        (r't^{x-1}e^{-t}', ['gamma']),
        (r'\int', ['gamma']),
        ('z^2', ['hyperboloid', 'sphere']),
    ],
)
def test_a_formula_contains_what_stands_anywhere_in_it(index, query, names):
    assert sorted(found(index, query)['contains']) == names


def test_only_the_files_that_a_query_needs_are_read():
    formulas = [formula(f'p{n}', rf'a_{{{n}}} + {n} = \sqrt{{c}}') for n in range(500)]
    files = FormulaSearch.of(formulas)._read
    read = []
    index = FormulaSearch(lambda name: read.append(name) or files(name))
    assert found(index, r'a_{7} + 7 = \sqrt{c}', 1)['same'] == ['p7']
    assert len(set(read)) <= 1 + 1 + 2  # the index, keys, records


def test_words_choose_the_places_that_count():
    texts = {'p': 'Attention is all you need ML', 'q': '注意力机制 Ｔｒａｎｓｆｏｒｍｅｒ'}
    index = FormulaSearch.of([formula('p', 'a+b=c', section='Heads'), formula('q', 'a+b=c')])
    for words, names in {
        '': ['p', 'q'],
        'ATTENTION ml': ['p'],
        'attention heads': ['p'],
        '注意力 transformer': ['q'],
        'attention transformer': [],
    }.items():
        groups = index.search('a+b=c', where=said_in(words, texts))
        assert [place.docname for g in groups for hit in g.hits for place in hit.places] == names


@pytest.fixture(scope='module')
def told():
    """Formulas with what is said around them."""
    formulas = [
        formula('svd', r'A \approx U\Sigma V^\top', display=True, section='低秩近似'),
        formula('svd', r'\operatorname{rank}(A) \le r', display=True),
        formula('entropy', r'H(p) = -\sum_i p_i\log p_i', display=True),
        formula('entropy', r'\text{熵} = S', display=True),
    ]
    return FormulaSearch.of(formulas, ['the best low-rank approximation', '', '信息熵的定义', ''])


TOLD = {'svd': 'Singular values', 'entropy': 'Entropy 熵'}


def test_words_find_formulas_about_which_they_are_said(told):
    assert found(told, 'low rank', texts=TOLD) == {'said': ['svd']}
    assert found(told, '低秩', texts=TOLD) == {'said': ['svd']}
    hits = told.search('singular values', texts=TOLD)[-1].hits
    assert {hit.latex: hit.score for hit in hits} == {
        r'A \approx U\Sigma V^\top': 0.5,
        r'\operatorname{rank}(A) \le r': 0.5,
    }
    (group,) = told.said('low singular', TOLD)
    assert [(hit.latex, hit.score) for hit in group.hits] == [(r'A \approx U\Sigma V^\top', 0.75)]


def test_a_word_is_found_as_a_formula_and_as_a_word(told):
    groups = told.search('熵', texts=TOLD)
    assert [(group.kind, [hit.latex for hit in group.hits]) for group in groups] == [
        ('contains', [r'\text{熵} = S']),
        ('said', [r'H(p) = -\sum_i p_i\log p_i']),
    ]
    assert [group.kind for group in told.search('熵', 1, texts=TOLD)] == ['contains']


def test_words_choose_among_places_where_words_are_said(told):
    assert told.search('low rank', texts=TOLD, where=said_in('熵', TOLD)) == ()
    assert told.said('low rank', TOLD, where=said_in('singular', TOLD))
    assert told.said('low rank', TOLD, 0) == ()
    assert told.said('', TOLD) == ()


def test_letters_of_words_are_like_nothing(told):
    assert told.search('best rank', texts=TOLD)[-1].kind == 'said'
    index = FormulaSearch.of([formula('a', 'aabbccdd')])
    assert found(index, 'aabbccda') == {'similar': ['a']}
    assert found(index, 'aabbccda', texts={'a': ''}) == {}
    assert found(index, 'aa bb cc da', texts={'a': ''}) == {'similar': ['a']}


def test_without_what_is_known_of_posts_no_words_are_looked_for(told):
    assert all(group.kind != 'said' for group in told.search('low rank'))


def test_a_run_of_letters_that_is_a_word_is_read_as_this_word(told):
    (group,) = told.search('rank(?a)')
    assert (group.kind, group.read_as) == ('pattern', r'\operatorname{rank}(?a)')
    assert group.hits[0].binding == (('a', 'A'),)
    groups = {group.kind: group.read_as for group in told.search('rank(A)', texts=TOLD)}
    assert groups['contains'] == r'\operatorname{rank}(A)'
    groups = {group.kind: group.read_as for group in told.search('rank', texts=TOLD)}
    assert groups == {'contains': r'\operatorname{rank}', 'said': ''}


def test_letters_are_letters_where_no_formula_has_the_word():
    index = FormulaSearch.of([formula('a', 'abc + 1'), formula('b', r'\operatorname{abd}(x)')])
    (group,) = index.search('abc + 1')
    assert (group.kind, group.read_as) == ('same', '')
    index = FormulaSearch.of([formula('a', 'abd + 1'), formula('b', r'\operatorname{abd}x=y')])
    assert {group.kind: group.read_as for group in index.search('?x = abd + 1')} == {}
    assert [group.read_as for group in index.search('abd + ?x')] == ['']


@given(st.text(alphabet='\\frac{}^_12xyab+=&()[]%$#~ αβ你\u202e', max_size=60))
def test_any_text_can_be_looked_for(latex):
    index = FormulaSearch.of([formula('a', 'a+b=c'), formula('b', r'\frac{x}{y}')])
    for group in index.search(latex):
        assert group.hits
