"""Each recipe of the manual comes out as it says."""

from __future__ import annotations

import pytest
from docutils import nodes
from manual_blocks import read_page, run_commands, write_file

RECIPES = {
    section[0].astext(): list(section.findall(nodes.literal_block))
    for section in read_page('recipes.rst').findall(nodes.section)
}


def test_every_way_in_has_a_recipe():
    ways = {'ABlog', 'Hugo', 'Jekyll', 'Hexo', 'Obsidian', 'WordPress', 'A feed', 'Saved pages'}
    assert set(RECIPES) == ways


@pytest.mark.parametrize('name', RECIPES)
def test_a_recipe_has_the_result_that_it_shows(name, tmp_path):
    printed = ''
    for block in RECIPES[name]:
        if block['caption']:
            write_file(tmp_path, block)
        elif block['language'] == 'console':
            printed = '\n'.join(told for _command, told in run_commands(tmp_path, block))
        else:
            assert 'result' in block['classes']
            at = 0
            for piece in block.astext().split('\n…\n'):
                assert piece in printed[at:], (piece, printed)
                at = printed.index(piece, at) + len(piece)
    assert printed


def test_pages_of_ablog_stand_where_they_stood(tmp_path):
    for block in RECIPES['ABlog']:
        if block['caption']:
            write_file(tmp_path, block)
        elif block['language'] == 'console':
            assert list(run_commands(tmp_path, block))
    html = tmp_path / '_build' / 'html' / 'blog'
    for page in ('tag/rings', 'category/algebra', 'author/emmy-noether', '2020', 'archive'):
        assert (html / f'{page}.html').is_file(), page
