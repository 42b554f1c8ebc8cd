"""Searching the formulas of a built site in a terminal."""

from __future__ import annotations

import pytest

from sphinxext_blog.__main__ import main
from sphinxext_blog.formulas.command import open_index, with_signs

POST = ':blogpost:\n:tags: {tags}\n\n{title}\n{line}\n\nPart\n----\n\n.. math:: {latex}\n'
TRACE = r'\newcommand{\trace}[1]{\operatorname{tr}(#1)}'


def post(title, latex, tags=''):
    return POST.format(title=title, line='=' * len(title), latex=latex, tags=tags)


@pytest.fixture(scope='module')
def folder(make_site):
    site = make_site(
        {
            'circle.rst': post('Circle', 'x^2 + y^2 = r^2', 'geometry'),
            'sphere.rst': post('Sphere', 'x^2 + y^2 + z^2 = r^2'),
            'rank.rst': post(
                'Rank', r'\newcommand{\trace}[1]{\operatorname{tr}(#1)} \operatorname{rank}(P) = \trace{P}'
            ),
            'expectation.rst': post('Mean', r'\mathbb{E}[x] = \mu'),
        },
        conf={'mathjax3_config': {'tex': {'macros': {'EE': r'\mathbb{E}'}}}, 'blog_path': 'blog'},
    )
    return site.build().outdir


def run(capsys, folder, *arguments):
    status = main(['formulas', str(folder), *arguments])
    return status, capsys.readouterr()


def test_formulas_are_printed_by_group_with_their_places(capsys, folder):
    status, said = run(capsys, folder, 'a^2+b^2=c^2')
    assert status == 0
    lines = said.out.splitlines()
    assert lines[:2] == ['the same with other letters (1)', '  x² + y² = r²']
    assert lines[2].startswith('      Circle § Part [circle#formula-')
    assert 'similar formulas (1)' in lines


def test_macros_of_the_project_may_be_used(capsys, folder):
    assert run(capsys, folder, r'\EE[x]=\mu')[1].out.startswith('the same formula (1)')


def test_words_choose_posts(capsys, folder):
    status, said = run(capsys, folder, 'x^2+y^2=r^2', '--words', 'GEOMETRY')
    assert 'Sphere' not in said.out
    assert run(capsys, folder, 'x^2+y^2=r^2', '--words', 'nothing')[0] == 1
    assert status == 0


def test_words_are_looked_for_where_there_is_no_formula(capsys, folder):
    for query in (['geometry'], ['', '--words', 'geometry'], [' ', '--words', 'CIRCLE geometry']):
        status, said = run(capsys, folder, *query)
        assert status == 0
        assert said.out.splitlines()[:2] == ['formulas about which this is said (1)', '  x² + y² = r²']
    assert run(capsys, folder, 'geometry', '--words', 'sphere')[0] == 1
    assert run(capsys, folder, '')[0] == 2


def test_words_without_a_backslash_are_told(capsys, folder):
    status, said = run(capsys, folder, 'rank(?a)')
    assert status == 0
    assert said.out.splitlines()[:2] == [r'read as \operatorname{rank}(?a)', 'of this form (1)']


def test_macros_that_a_post_defines_may_be_used(capsys, folder):
    status, said = run(capsys, folder, r'\trace{P}')
    assert status == 0
    assert said.out.splitlines()[:2] == ['formulas that contain it (1)', '  rank(P) = tr(P)']


def test_a_formula_may_begin_with_a_sign(capsys, folder):
    status, said = run(capsys, folder, '-z^2', '--words', '-nothing')
    assert (status, said.out) == (1, 'nothing found\n')
    status, said = run(capsys, folder, '-x^2+?a', '--limit=3')
    assert (status, said.out) == (1, 'nothing found\n')
    status, said = run(capsys, folder, '--limit', '1', '--', '-y^2')
    assert status in {0, 1}
    assert said.err == ''


@pytest.mark.parametrize(
    ('arguments', 'expected'),
    [
        (['out', '-x'], ['out', ' -x']),
        (['out', '--x'], ['out', ' --x']),
        (['-h'], ['-h']),
        (['out', 'x', '--words', '-a b', '--lim=3'], ['out', 'x', '--words', ' -a b', '--lim=3']),
        (['--', '-x', '--limit'], ['--', '-x', '--limit']),
    ],
)
def test_options_are_told_from_formulas(arguments, expected):
    assert with_signs(arguments) == expected


def test_nothing_found_is_status_1(capsys, folder):
    status, said = run(capsys, folder, r'\oint \aleph')
    assert (status, said.out) == (1, 'nothing found\n')


def test_a_folder_without_an_index_is_status_2(capsys, tmp_path):
    status, said = run(capsys, tmp_path, 'x')
    assert status == 2
    assert 'build the site as HTML first' in said.err


def test_a_damaged_index_is_status_2(capsys, tmp_path):
    place = tmp_path / 'formula-index'
    place.mkdir()
    (place / 'index.js').write_text('alert(1)')
    (place / 'posts.js').write_text('alert(1)')
    assert run(capsys, tmp_path, 'x')[0] == 2


def test_the_index_is_open_to_programs(folder):
    index, posts, macros = open_index(folder)
    assert posts['circle']['title'] == 'Circle'
    groups = index.search('x^2+y^2=r^2', macros=macros)
    assert groups[0].hits[0].places[0].section == 'Part'


@pytest.mark.parametrize(
    ('query', 'told'),
    [
        ('{', "'{' can not be read: '{' has no partner"),
        ('}', "'}' has no partner"),
        (r'\begin{matrix}', "'matrix' has no partner"),
        ('', 'give a formula, or --words'),
        (' ', 'give a formula, or --words'),
    ],
)
def test_a_query_that_is_none_is_told_with_status_2(capsys, folder, query, told):
    status, said = run(capsys, folder, query)
    assert status == 2
    assert told in said.err
    assert said.err.count('\n') == 1
    assert said.out == ''


@pytest.mark.parametrize('limit', ['-1', '0', 'x', '1.5', '9' * 30, '9' * 5000])
def test_a_limit_that_is_none_is_told_with_status_2(capsys, folder, limit):
    with pytest.raises(SystemExit) as ended:
        run(capsys, folder, 'x^2', '--limit', limit)
    assert ended.value.code == 2
    assert 'is no number from 1 to 100000' in capsys.readouterr().err
