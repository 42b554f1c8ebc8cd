"""The browser finds what Python finds."""

from __future__ import annotations

import functools
import json
import random
import re
from collections import Counter
from typing import get_args

import formula_grammar as grammar
import pytest
from formula_page import evaluate, open_scripts
from formula_patterns import with_wildcards
from formula_search import Query, in_browser, in_python, stored
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pattern_cases import MATCHING
from update_golden import FOLDER, read

from sphinxext_blog.formulas import build_index
from sphinxext_blog.formulas.index import RECORDS, SECTIONS
from sphinxext_blog.formulas.search import GroupKind
from sphinxext_blog.scripts import data_script

GOLDEN = [
    formula['latex']
    for path in sorted(FOLDER.glob('*.jsonl'))
    for formula in read(path)
    if 'macros' not in formula
]
WRITTEN = [
    r'\Gamma(x)=\int_0^{+\infty}t^{x-1}e^{-t}dt',
    r'\Gamma(s) = \int\limits_0^{+\infty} t^{s-1} e^{-t} \mathrm{d}t',
    r'\Vert\boldsymbol{A}-\boldsymbol{B}\Vert_F^2',
    r'\|A-B\|_F^2',
    r'\sigma(z)_i=\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}',
    r'\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}',
    r'\begin{aligned}L&=\sum_i p_i\log q_i\\&=\mathbb{E}[\log q]\end{aligned}',
    r'\mathbb{E}[x+y]=\mathbb{E}[x]+\mathbb{E}[y]',
    *('x^2+y^2+z^2=r^2', 'x^2+y^2-z^2=r^2', 'a^2+b^2=c^2', 'x^2+y^2=z^2', 'x', 'y', r'\alpha', 'x_i'),
    *(r'y=\frac{dy}{dx}', r'\frac{dy}{dt}=ky', r'\int f\,dx+c', r'F=\int_0^1 f(x)\,dx', r'\oint f\,ds'),
    *(r'|x|=\begin{cases}x&x\ge 0\\-x&x<0\end{cases}', r'准确率=\frac{正确}{总数}', '0<x<1', 'f(x,y)'),
    *(
        r'A^\top A=I',
        r'W^{\top}W=I',
        r'\hat{\beta}=(X^\top X)^{-1}X^\top y',
        r'\sqrt[3]{x}',
        r"f''(x)+f(x)=0",
    ),
    *(r'\mathrm{KL}(p)=\sum p\log p', r'n_{\text{in}}+n_{\text{out}}=n', 'AB=C'),
    # equations that are equal but for their letters
    *(r'x^2+y=z\quad a^2+b=c', r'u^2+v=w', r'q=u^2+v', r'x^2+y=z\quad p=a^2+b\quad a^2+b=c'),
    # equations that are equal, with other implications between them
    *(rf'a+b=c{arrow} d=e+f' for arrow in (r'\Rightarrow', r'\Leftarrow', r'\iff', ',')),
    # longer than what the index keeps of an equation
    '+'.join(f'x_{{{n}}}' for n in range(300)) + '=y',
    '+'.join(f'x_{{{n}}}' for n in range(299)) + '-z=y',
    r'\begin{aligned}' + r'\\'.join(f'a_{n}&=b_{n}+{n}' for n in range(60)) + r'\end{aligned}',
]
FORMULAS = [*WRITTEN, *random.Random(1).sample(GOLDEN, 420)]
TEXTS = {
    f'p{n}': f'Post {n} {"Ｔｒａｎｓｆｏｒｍｅｒ" * (n % 3)} {["", "注意力", "STRASSE"][n % 3]}'
    for n in range(25)
}
WORDS = ['transformer', 'POST heads', '注意力 post', 'strasse', 'οδοσ', 'i̇stanbul', 'nosuch', ' \u3000']
MACROS = {'norm': [r'\Vert #1\Vert', 1], 'E': r'\mathbb{E}', 'two': [r'{#1}^2', 1]}
LETTERS = dict(zip('abcdefxyzijkn', 'uvwpqrstlmghN', strict=True))


SENTENCES = [
    '',
    'The low-rank approximation of a matrix',
    '低秩近似与矩阵分解，见',
    'Softmax 的 attention，αβγ',
    '熵 H2O',
    'é̂ ÄÖ ſ 𝔘𝔫𝔦',
]


def around():
    """What is said around each formula."""
    rng = random.Random(4)
    return [f'{rng.choice(SENTENCES)} {rng.choice(SENTENCES)}' for _ in placed()]


def placed():
    """Each formula in one post or in some, as it is or in other spellings."""
    rng = random.Random(2)
    for n, latex in enumerate(FORMULAS):
        posts = {f'p{n % 25}', *(f'p{rng.randrange(25)}' for _ in range(rng.choice([0, 0, 0, 1, 5])))}
        for name in sorted(posts):
            yield stored(
                rng.choice([latex, latex, f'{{{latex}}}', rf'\displaystyle {latex}.']),
                name,
                f'f{n}',
                display=rng.random() < 0.6,
                section=rng.choice(['', 'Heads', 'İstanbul ΟΔΟΣ']),
                number=rng.choice(['', str(n)]),
            )


@functools.cache
def files():
    return json.loads(json.dumps(build_index(placed(), around())))


def renamed(latex):
    return re.sub(r'(\\[A-Za-z]+)|([a-zN])', lambda m: m[1] or LETTERS.get(m[2], m[2]), latex)


@functools.cache
def queries():
    """What a reader could look for, and what none would."""
    rng = random.Random(3)
    some = [*WRITTEN, *rng.sample(FORMULAS[len(WRITTEN) :], 25)]
    out = [Query(latex) for latex in some]
    out += [Query(renamed(latex)) for latex in some]
    sides = [max(latex.split('='), key=len) for latex in some if '=' in latex]
    out += [Query(side) for side in sides] + [Query(renamed(side)) for side in sides]
    out += [Query(grammar.mutated(rng, latex)) for latex in some]
    several = zip(some, some[3:] + some[:3], strict=True)
    out += [Query(rf'{one}\quad {other}', rng.choice([1, 5, 20])) for one, other in several]
    out += [Query(with_wildcards(rng, latex)) for latex in some]
    out += [Query(pattern, rng.choice([1, 5, 20])) for pattern, _, _ in MATCHING[::3]]
    for latex in ('x^2+y^2+z^2=r^2', 'x', '?a^2+?b^2=?c^2', r'\frac{?a}{?b}', 'a=b'):
        out += [Query(latex, limit) for limit in (0, 1, 5, 40)]
        out += [Query(latex, rng.choice([0, 1, 5, 40]), words) for words in WORDS]
    for said in (
        *WORDS,
        *SENTENCES,
        '低秩',
        '秩近',
        '矩阵 rank',
        'softmax',
        'attention αβγ',
        '熵',
        'low  rank',
        'post 7',
    ):
        out += [Query(said, limit) for limit in (1, 5, 60)]
        out += [Query('', limit, said) for limit in (0, 5, 60)]
        out += [Query(said, 5, rng.choice(WORDS))]
    words = [
        'log q',
        'log(x)',
        'max ?a',
        'sum',
        'softmax(?a)',
        r'\operatorname{log}',
        'x log y',
        'sum x_i',
        'ReLU',
        'KL(p)',
        'KL(x)',
        'AB',
        'n_{in}+n_{out}',
        '?a KL',
    ]
    out += [Query(latex) for latex in words]
    macros = [r'\norm{A-B}_F^\two{}', r'\E[\log q]', r'\E[?x]', r'\norm{?a}', r'\two{?a}+\two{?b}=?c']
    empty = ['', '?', '?a', r'?a\\?b', r'\quad', r'\nosuch', '<script>', '\u202e', '{', '?a+?b', '?a?a']
    hard = [r'\operatorname{nosuch} ?x', r'?a\\x+?b', r'?a=?b\\?c=?a', 'd+?a', r'\int ?a\,d?x+?c']
    own = [
        r'x^2+y=z\quad a^2+b=c',
        r'x^2+y=z\quad u^2+v=w',
        r'a^2+b\quad x^2+y',
        r'a^2+b\quad x^2+y=z',
        r'u^2+v=w\quad u^2+v',
    ]
    return [*out, *map(Query, [*macros, *empty, *hard, *own])]


@pytest.fixture(scope='module')
def found(scripts):
    """What the browser finds, and what Python does."""
    asked = (files(), queries(), MACROS, TEXTS)
    return in_browser(scripts, *asked), in_python(*asked)


def without_scores(groups):
    """Groups without the scores of their hits, and these."""
    scores = [hit.pop('score') for group in groups for hit in group['hits']]
    return groups, scores


def agree(queries, yours, mine):
    for query, one, other in zip(queries, yours, mine, strict=True):
        (browser, scores), (python, expected) = without_scores(one), without_scores(other)
        assert (query, browser) == (query, python)
        assert scores == expected


def test_the_browser_finds_what_python_finds(found):
    agree(queries(), *json.loads(json.dumps(found)))


def test_words_of_two_letters_are_among_these(found):
    read = {group['readAs'] for groups in found[0] for group in groups}
    assert {r'\operatorname{KL}(p)', r'n_{\operatorname{in}}+n_{\operatorname{out}}'} <= read


def test_these_queries_find_all_there_is_to_find(found):
    kinds = Counter(group['kind'] for groups in found[0] for group in groups)
    assert set(kinds) == {*get_args(GroupKind)}
    assert min(kinds.values()) >= 10
    assert any(hit['binding'] for groups in found[0] for group in groups for hit in group['hits'])
    assert sum(not groups for groups in found[0]) >= 10


many = settings(
    max_examples=5,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@st.composite
def any_query(draw):
    rng = draw(st.randoms(use_true_random=False))
    latex = grammar.any_formula(rng, FORMULAS)
    return Query(latex if rng.randrange(2) else with_wildcards(rng, latex), rng.choice([0, 1, 5, 20]))


@given(st.lists(any_query(), min_size=20, max_size=40))
@many
def test_anything_is_looked_for_as_in_python(scripts, drawn):
    paired = [query for query in drawn if query.latex.isprintable()]
    agree(paired, in_browser(scripts, files(), paired), in_python(files(), paired))


@given(st.lists(st.text(max_size=12), min_size=5), st.lists(st.text(max_size=12), min_size=5))
@many
def test_words_are_looked_for_as_in_python(scripts, words, texts):
    posts = {f'p{n}': text for n, text in enumerate(texts)}
    index = build_index([stored(f'x+{n}', f'p{n % 5}', display=True) for n in range(9)], [*texts, *words])
    asked = [
        Query('', words=word)
        for word in (*words, *texts, *(f'{a} {b}' for a, b in zip(words, texts, strict=False)))
    ]
    agree(asked, in_browser(scripts, index, asked, {}, posts), in_python(index, asked, {}, posts))


@given(st.lists(st.text(max_size=12), min_size=5), st.lists(st.text(max_size=12), min_size=5))
@many
def test_words_are_folded_as_in_python(scripts, words, texts):
    posts = {f'p{n}': text for n, text in enumerate(texts)}
    index = build_index(stored('x+1', name) for name in posts)
    asked = [Query('x+1', words=word) for word in (*words, *texts, 'İ', 'ΟΔΟΣ οδος', 'ﬁ ﬀ', '\x1c\x85\ufeff')]
    agree(asked, in_browser(scripts, index, asked, {}, posts), in_python(index, asked, {}, posts))


# large indexes


def test_only_the_smallest_of_a_form_are_compared(scripts):
    latex = [f'x_{{{n}}}' + ''.join(f'+{k}' for k in range(n % 40)) + '=y' for n in range(2600)]
    index = build_index(stored(one, 'p') for one in latex)
    asked = [Query('?a=y', 5000), Query('?a+39=y', 5000), Query('x_?n+?b=y', 5000), Query('?a+?b+?a=y', 5000)]
    yours, mine = in_browser(scripts, index, asked), in_python(index, asked)
    assert 0 < len(mine[0][0]['hits']) <= 2000
    agree(asked, yours, mine)


def test_a_language_of_more_words_than_a_plane_has_characters(scripts):
    blocks = [[rf'\text{{w{n}}}' for n in range(start, start + 380)] for start in range(0, 60_800, 380)]
    latex = [''.join(block) for block in blocks]
    index = build_index(stored(f'a={one}+{n}', 'p') for n, one in enumerate(latex))
    assert ord(max(character for text in index['texts-0'] for character in text)) > 0xFFFF
    asked = [Query(f'b={latex[n]}', 3) for n in (0, 80, 159)]
    asked += [Query(f'?a={"".join(blocks[159][:200])}?b+159', 3), Query(r'?x+0', 3)]
    agree(asked, in_browser(scripts, index, asked), in_python(index, asked))


@pytest.mark.parametrize(
    'query', [r'?a\\x' * 15_000, r'x\\?a=' * 9_000, 'x+y' * 33_000, '?a+' + 'x+y' * 33_000]
)
def test_a_query_of_any_length_is_answered(scripts, query):
    asked = [Query(query)]
    agree(asked, in_browser(scripts, files(), asked), in_python(files(), asked))


def test_an_empty_index_is_searched(scripts):
    asked = [Query('x+y'), Query('?a+y'), Query('low rank'), Query('', words='low rank')]
    assert in_browser(scripts, build_index([]), asked) == [[], [], [], []]


FIRST = """async text => {
  const { files, queries } = JSON.parse(text);
  const read = [];
  const search = new blogFormulas.FormulaSearch((name) => {
    read.push(name);
    return Promise.resolve(files[name] ?? null);
  });
  await search.open();
  const found = [];
  for (const latex of queries) {
    search.texts = null;
    let early = null;
    let before = read.length;
    const first = (groups) => {
      early = JSON.stringify(groups);
      before = read.slice(before).filter((name) => name.startsWith('texts'));
    };
    const groups = await search.search(latex, { limit: 30, first });
    found.push([early && JSON.parse(early), before, groups]);
  }
  const enough = () => { throw new Error('enough'); };
  const stopped = await search.search(queries[0], { first: enough }).catch((error) => error.message);
  return JSON.stringify([found, stopped]);
}"""


def test_exact_hits_are_known_before_any_text_is_read(scripts):
    asked = ['x^2+y^2+z^2=r^2', r'\mathbb{E}[x+y]', 'a=b', r'\oint\aleph\beth', '?a^2+?b^2=?c^2']
    found, stopped = evaluate(scripts, FIRST, {'files': files(), 'queries': asked})
    assert stopped == 'enough'
    assert [early is not None for early, _, _ in found] == [True, True, True, False, False]
    for early, loaded, groups in found[:3]:
        assert early
        assert loaded == []
        last = {group['kind']: group['hits'] for group in groups}
        assert [group['kind'] for group in early] == [kind for kind in last if kind != 'similar'][
            : len(early)
        ]
        assert all(last[group['kind']][: len(group['hits'])] == group['hits'] for group in early)


# files that are not there


DAMAGED = ['x^2+y^2+z^2=r^2', '?a^2+?b^2=?c^2']


@pytest.mark.parametrize('query', DAMAGED)
@pytest.mark.parametrize('name', ['records', 'sections', 'keys', 'words', 'texts-0'])
def test_a_search_without_one_of_its_files_is_an_error(scripts, query, name):
    left = {one: content for one, content in files().items() if not one.startswith(name)}
    asked = [Query(query, 40)]
    expected = in_python(left, asked)
    assert in_browser(scripts, left, asked) == expected
    assert (expected == [['error']]) == (name != 'keys' or '?' not in query)


@pytest.mark.parametrize('query', DAMAGED)
@pytest.mark.parametrize(
    ('name', 'content'),
    [
        *(('records-', content) for content in (5, 'x', {}, [], [None] * RECORDS, [[1]] * RECORDS)),
        *(('sections-', content) for content in (5, 'x', {}, [], [None] * SECTIONS)),
        *(('texts-0', content) for content in (5, 'x', [], [None], [['x']])),
        *(('words', content) for content in (5, 'x', {})),
    ],
)
def test_a_damaged_file_is_an_error(scripts, query, name, content):
    damaged = {one: content if one.startswith(name) else known for one, known in files().items()}
    assert in_browser(scripts, damaged, [Query(query, 40)]) == [['error']]


@pytest.mark.parametrize('about', [None, {}, {'version': 0, 'keys': 1}, {'version': 1, 'keys': 0}, []])
def test_an_index_of_another_version_is_refused(scripts, about):
    assert in_browser(scripts, {'index': about}, []) is None


READ = """async folder => {
  const read = blogFormulas.reader(folder, '1');
  const search = new blogFormulas.FormulaSearch(read);
  const opened = await search.open();
  const groups = await search.search('x^2+y^2+z^2=r^2').catch((error) => error.message);
  return [opened, typeof groups === 'string' ? groups : groups[0].kind];
}"""


@pytest.mark.parametrize(
    ('name', 'content', 'expected'),
    [
        ('', b'', [True, 'same']),
        ('texts-0', None, [True, 'texts-0 of the index of formulas is missing']),
        (
            'texts-0',
            b'blogFormulas.receive("texts-0",["',
            [True, 'texts-0 of the index of formulas is missing'],
        ),
        ('words', b'', [True, 'words of the index of formulas is missing']),
        ('words', b'null.x', [True, 'words of the index of formulas is missing']),
    ],
)
def test_scripts_of_an_index_are_read_from_a_folder(browser, tmp_path, name, content, expected):
    for one, known in files().items():
        (tmp_path / f'{one}.js').write_bytes(data_script('blogFormulas.receive', one, known))
    if content is None:
        (tmp_path / f'{name}.js').unlink()
    elif name:
        (tmp_path / f'{name}.js').write_bytes(content)
    tab = browser.new_page()
    open_scripts(tab, tmp_path)
    tab.set_default_timeout(10_000)
    assert tab.evaluate(READ, f'{tmp_path.as_uri()}/') == expected
    tab.close()
