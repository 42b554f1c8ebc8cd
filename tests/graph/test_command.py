from __future__ import annotations

import argparse

import pytest
from graph_cases import link, mention, post, series

from sphinxext_blog.__main__ import main
from sphinxext_blog.graph import (
    build_graph,
    load_graph,
    measure,
    name_communities,
    place,
    to_graphml,
    to_json,
)
from sphinxext_blog.graph.command import (
    add_check_arguments,
    add_graph_arguments,
    add_map_arguments,
    run_check,
    run_graph,
    run_map,
)
from sphinxext_blog.graph.map_file import read_map
from sphinxext_blog.records import Ambiguity, MissingPost, Reason, Related, Resolution, Work


def check(*arguments):
    parser = argparse.ArgumentParser()
    add_check_arguments(parser)
    return run_check(parser.parse_args([str(argument) for argument in arguments]))


def graph_command(*arguments):
    parser = argparse.ArgumentParser()
    add_graph_arguments(parser)
    return run_graph(parser.parse_args([str(argument) for argument in arguments]))


def map_command(*arguments):
    parser = argparse.ArgumentParser()
    add_map_arguments(parser)
    return run_map(parser.parse_args([str(argument) for argument in arguments]))


def flawed():
    resolution = Resolution(
        links=(
            link('a', 'missing:m', context='As in 《M》, we see.', line=12),
            link('a', 'work:w'),
            link('a', 'b', 'role', text='B'),
        ),
        missing=(MissingPost('missing:m', 'M \x1b[31m red'),),
        works=(Work('work:w', 'W'),),
        series=(series('S', ('a', 1), ('b', 4), gaps=(2, 3)),),
        ambiguous=(Ambiguity(mention('a', '《X》', line=2), ('a', 'b')),),
        dangling=(mention('b', 'gone', target='https://me/gone', form='url'),),
    )
    related = {'b': (Related('a', 0.25, (Reason('text', 0.25, ('流形', '度量')),)),)}
    graph = build_graph([post('a'), post('b'), post('c')], resolution, related=related)
    measure(graph)
    return graph


@pytest.fixture
def site(tmp_path):
    (tmp_path / 'graph.json').write_bytes(to_json(flawed()))
    return tmp_path


def test_the_check_prints_every_finding(site, capsys):
    assert check(site) == 0
    assert capsys.readouterr().out == (
        'Missing posts (1)\n'
        '  M \ufffd[31m red — cited by 1 post\n'
        '    a:12: As in 《M》, we see.\n'
        'Works (1)\n'
        '  W — cited by 1 post\n'
        '    a: text\n'
        'Series with gaps (1)\n'
        '  S: 2 posts; nothing is known of 2, 3\n'
        'Ambiguous mentions (1)\n'
        '  a:2: 《X》\n'
        '    could be Title of a (a)\n'
        '    could be Title of b (b)\n'
        'URLs of this blog that lead nowhere (1)\n'
        '  b: https://me/gone\n'
        'Posts that cite nothing and that no post cites (1)\n'
        '  Title of c\n'
    )


def test_a_strict_check_fails_on_ambiguous_or_dangling_mentions(site):
    assert check(site, '--strict') == 1


def test_a_strict_check_forgives_missing_posts(tmp_path, capsys):
    resolution = Resolution(links=(link('a', 'missing:m'),), missing=(MissingPost('missing:m', 'M'),))
    (tmp_path / 'graph.json').write_bytes(to_json(build_graph([post('a')], resolution)))
    assert check(tmp_path / 'graph.json', '--strict') == 0
    assert 'Missing posts (1)' in capsys.readouterr().out


def test_a_flawless_blog_is_told_so(tmp_path, capsys):
    (tmp_path / 'graph.json').write_bytes(to_json(build_graph([], Resolution())))
    assert check(tmp_path) == 0
    assert capsys.readouterr().out == 'Nothing is missing.\n'


@pytest.mark.parametrize('command', [check, graph_command, map_command])
@pytest.mark.parametrize(
    ('name', 'message'),
    [
        ('', 'no graph.json there; build the site as HTML first'),
        ('nowhere', 'no such file'),
        ('x.json', 'neither'),
    ],
)
def test_without_a_graph_one_clear_line_and_status_2(tmp_path, capsys, command, name, message):
    (tmp_path / 'x.json').write_text('hello')
    assert command(tmp_path / name) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count('\n') == 1
    assert captured.out == ''


def test_a_graph_below_the_folder_of_the_blog_is_found(tmp_path, capsys):
    (tmp_path / 'blog').mkdir()
    (tmp_path / 'blog' / 'graph.json').write_bytes(to_json(flawed()))
    assert check(tmp_path) == 0
    assert 'Works (1)' in capsys.readouterr().out


def test_the_summary_counts_and_ranks(site, capsys):
    assert graph_command(site) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == 'Nodes: 5 (1 missing, 3 post, 1 work)'
    assert lines[1] == 'Edges: 5 (3 cites, 1 related, 1 series)'
    assert lines[2] == 'Top posts by PageRank'
    assert lines[3].split()[1] == 'b'
    assert lines[6] == 'Communities of more than one node (1)'
    assert lines[7] == '  0: 4 nodes, around Title of a'


def test_the_summary_names_the_communities(tmp_path, capsys):
    graph = flawed()
    name_communities(graph, {})
    graph.graph['communities'][0]['name'] = 'Geometry\x1b'
    (tmp_path / 'graph.json').write_bytes(to_json(graph))
    assert graph_command(tmp_path) == 0
    assert '  0: Geometry\ufffd, 4 nodes, around Title of a\n' in capsys.readouterr().out


def ranked(*ranks, communities=0):
    graph = build_graph([post(f'p{at:02}') for at in range(len(ranks) + 2 * communities)], Resolution())
    for at, node in enumerate(graph):
        graph.nodes[node]['pagerank'] = ranks[at] if at < len(ranks) else 0.0
        graph.nodes[node]['community'] = at // 2
    return graph


@pytest.mark.parametrize(
    ('ranks', 'shown', 'end'),
    [
        ([0.3, 0.2], 2, None),
        ([0.3] + [0.01] * 9, 10, None),
        ([0.3, 0.2] + [0.01] * 9, 2, '  … and 9 more, all of rank 0.0100'),
        ([0.3, 0.2] + [0.01] * 9 + [0.001], 2, '  … and 10 more, the first 9 of rank 0.0100'),
        ([0.01] * 12, 10, '  … and 2 more, all of rank 0.0100'),
        ([0.9 - at / 20 for at in range(12)], 10, '  … and 2 more'),
        ([0.9 - at / 20 for at in range(10)] + [0.1] * 3, 10, '  … and 3 more, all of rank 0.1000'),
    ],
)
def test_the_ranking_does_not_pick_among_equals_in_silence(tmp_path, capsys, ranks, shown, end):
    (tmp_path / 'graph.json').write_bytes(to_json(ranked(*ranks)))
    assert graph_command(tmp_path) == 0
    lines = capsys.readouterr().out.partition('Top posts by PageRank\n')[2].partition('Comm')[0].splitlines()
    assert [line.split()[1] for line in lines if '…' not in line] == [f'p{at:02}' for at in range(shown)]
    assert [line for line in lines if '…' in line] == ([end] if end else [])


def test_a_cut_list_of_communities_says_how_many_more_there_are(tmp_path, capsys):
    (tmp_path / 'graph.json').write_bytes(to_json(ranked(communities=12)))
    assert graph_command(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == '  … and 2 more'
    assert len([line for line in lines if 'around' in line]) == 10


def test_a_part_is_told_by_what_the_name_of_its_series_leaves_and_runs_of_numbers_as_ranges(tmp_path, capsys):
    members = (('missing:a', 6), ('missing:b', 12), ('a', 13))
    resolution = Resolution(
        links=(link('a', 'missing:a'), link('a', 'missing:b')),
        missing=(MissingPost('missing:a', 'S (6): one', 'S', 6), MissingPost('missing:b', 'S', 'S', 12)),
        series=(series('S', *members, gaps=(1, 2, 3, 4, 5, 7, 8, 10)),),
    )
    (tmp_path / 'graph.json').write_bytes(to_json(build_graph([post('a')], resolution)))
    assert check(tmp_path) == 0
    line = '  S: 1 post; nothing is known of 1–5, 7, 8, 10; missing: (6): one, S\n'
    assert line in capsys.readouterr().out


def test_a_node_is_found_by_its_exact_title(site, capsys):
    assert graph_command(site, '--node', 'Title of b') == 0
    assert capsys.readouterr().out.startswith('b (post): Title of b\n')


def test_a_title_that_several_nodes_have_is_no_name(tmp_path, capsys):
    (tmp_path / 'graph.json').write_bytes(
        to_json(build_graph([post('a', 'T'), post('b', 'T')], Resolution()))
    )
    assert graph_command(tmp_path, '--node', 'T') == 2
    assert '2 nodes have this title; give the id of one: a, b' in capsys.readouterr().err


def test_a_node_shows_its_links_with_evidence(site, capsys):
    assert graph_command(site, '--node', 'b') == 0
    out = capsys.readouterr().out
    assert out.startswith('b (post): Title of b\n')
    assert '-> related a: Title of a (0.25)\n    text: 流形, 度量\n' in out
    assert '<- cites a: Title of a (1)\n    role: B\n' in out
    assert '<- series a: Title of a (0.3333)\n    title: S; 1; 4\n' in out


def test_an_unknown_node_is_an_error(site, capsys):
    assert graph_command(site, '--node', 'nobody') == 2
    assert "no node is called 'nobody'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ('arguments', 'name', 'write'),
    [
        (['--format', 'graphml'], 'out', to_graphml),
        (['--format', 'json'], 'out.graphml', to_json),
        ([], 'out.graphml', to_graphml),
        ([], 'out.json', to_json),
    ],
)
def test_a_graph_is_converted(site, tmp_path, arguments, name, write):
    target = tmp_path / name
    assert graph_command(site, *arguments, '-o', target) == 0
    assert target.read_bytes() == write(flawed())
    assert len(load_graph(target)) == 5


def test_a_graph_is_converted_to_standard_output(site, capfdbinary):
    assert graph_command(site, '--format', 'graphml') == 0
    assert capfdbinary.readouterr().out == to_graphml(flawed())


def test_an_output_that_cannot_be_written_is_an_error(site, capsys):
    assert graph_command(site, '-o', site / 'no' / 'folder' / 'x.json') == 2
    assert 'folder' in capsys.readouterr().err


def test_a_terminal_that_lacks_a_character_shows_its_escape(site, capsys, monkeypatch):
    import io
    import sys

    terminal = io.TextIOWrapper(io.BytesIO(), encoding='ascii')
    monkeypatch.setattr(sys, 'stdout', terminal)
    assert check(site) == 0
    terminal.flush()
    assert b'\\u300aX\\u300b' in terminal.buffer.getvalue()


@pytest.mark.parametrize('output', [None, 'map.json'])
def test_the_map_holds_the_position_of_every_node(tmp_path, capsysbinary, output):
    graph = flawed()
    place(graph)
    (tmp_path / 'graph.json').write_bytes(to_json(graph))
    if output is None:
        assert map_command(tmp_path) == 0
        written = capsysbinary.readouterr().out
    else:
        assert map_command(tmp_path, '-o', tmp_path / output) == 0
        written = (tmp_path / output).read_bytes()
    expected = {node: (data['x'], data['y']) for node, data in graph.nodes(data=True)}
    assert read_map(written.decode()).positions == expected


def test_a_graph_without_positions_has_no_map(site, capsys):
    assert map_command(site) == 2
    assert "'a' has no position" in capsys.readouterr().err


def test_a_map_that_cannot_be_written_is_told_of(tmp_path, capsys):
    graph = flawed()
    place(graph)
    (tmp_path / 'graph.json').write_bytes(to_json(graph))
    assert map_command(tmp_path, '-o', tmp_path / 'nowhere' / 'map.json') == 2
    assert 'nowhere' in capsys.readouterr().err


def test_an_ending_that_is_no_format_is_told_and_nothing_is_written(site, tmp_path, capsys):
    assert graph_command(site, '-o', tmp_path / 'x.foo') == 2
    assert "no format is called '.foo'; end the name in .json or .graphml, or give --format" in (
        capsys.readouterr().err
    )
    assert not (tmp_path / 'x.foo').exists()
    assert graph_command(site, '--format', 'json', '-o', tmp_path / 'x.foo') == 0
    assert (tmp_path / 'x.foo').read_bytes() == to_json(flawed())


def test_the_links_of_one_node_are_not_taken_for_a_graph(site, tmp_path, capsys):
    node = next(iter(flawed()))
    assert graph_command(site, '--node', node, '-o', tmp_path / 'x.json') == 2
    assert 'leave out --format and --output' in capsys.readouterr().err
    assert not (tmp_path / 'x.json').exists()


@pytest.mark.parametrize('path', ['x' * 5000, 'http://[your-site]/graph.json', 'nothing://x'])
def test_a_path_or_address_that_is_none_is_told_by_its_name(path, capsys):
    for command in ('graph', 'check', 'map'):
        assert main([command, path]) == 2
        told = capsys.readouterr()
        assert told.err.startswith(path[:40])
        assert told.err.count('\n') == 1
        assert told.out == ''
