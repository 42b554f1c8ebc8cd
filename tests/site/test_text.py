"""Between doctrees and plain text."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes

from sphinxext_blog.site import formula_store, passage_store, prose_store
from sphinxext_blog.site.text import (
    block_words,
    count_words,
    flatten,
    plain_text,
    prose,
    running_blocks,
    split_math,
    with_dollars,
)

QUIET = {'report_level': 5}


def document(text):
    return publish_doctree(text, settings_overrides=QUIET)


def test_formulas_stand_between_dollar_signs_and_other_dollar_signs_are_escaped():
    paragraph = document('It costs 5$ or :math:`x^2` dollars.').children[0]
    assert plain_text(paragraph) == 'It costs 5\\$ or $x^2$ dollars.'


def test_a_leaf_knows_its_place_and_its_link():
    flat = flatten(document('See `a *b* <http://e.org>`__ now').children[0])
    assert flat.text == 'See a *b* now'
    [(link, span)] = flat.links()
    assert link['refuri'] == 'http://e.org'
    assert flat.text[slice(*span)] == 'a *b*'


def test_an_escaped_character_is_itself():
    assert plain_text(document(r'a\*b\ c\\d').children[0]) == r'a*bc\d'


def test_running_text_is_what_has_sentences():
    source = 'Title\n=====\n\nOne *two*.\n\n- item\n\n::\n\n   code\n\n'
    source += '.. note::\n\n   Noted.\n\nterm\n   meaning\n'
    blocks = [block.astext() for block in running_blocks(document(source))]
    assert blocks == ['One two.', 'item', 'Noted.', 'term', 'meaning']


def test_prose_is_words_without_formulas_code_and_metadata():
    source = ':author: Emmy\n:tags: x\n\nTitle\n=====\n\nWords :math:`a+b` and ``code``.\n\n.. math:: c\n'
    assert prose(document(source)) == 'Title\nWords and .'


@pytest.mark.parametrize(
    'text',
    [
        'In *words* and ``code``\\ s, a :math:`x^2`\\ th of `a link <http://e.org>`__.',
        'A |picture|\\ s and a note [1]_.\n\n.. |picture| image:: x.png\n.. [1] Foot.',
    ],
)
def test_words_are_what_is_text_in_the_flat_block(text):
    block = document(text).children[0]
    leaves = [
        leaf.node.astext() if isinstance(leaf.node, nodes.Text) else ' ' for leaf in flatten(block).leaves
    ]
    assert block_words(block) == ' '.join(''.join(leaves).split()) != ''


def test_words_of_a_link_that_come_later_part_what_is_around_it():
    link = addnodes.pending_xref('', reftarget='b')
    block = nodes.paragraph('', '', nodes.Text('one'), link, nodes.Text('two'))
    assert block_words(block) == 'one two'


@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('', 0),
        ('two words', 2),
        ('我们都是', 4),
        ('用GPU训练', 4),
        ("don't re-read", 2),
        ('x_1 + 12', 3),
        ('——，。', 0),
    ],
)
def test_a_chinese_character_is_a_word(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ('text', 'pieces'),
    [
        ('a $x$ b', [('a ', False), ('x', True), (' b', False)]),
        ('$x$$y$', [('x', True), ('y', True)]),
        ('5\\$ and 6\\$', [('5\\$ and 6\\$', False)]),
        ('$a\\$b$', [('a\\$b', True)]),
        ('one $ alone', [('one $ alone', False)]),
        ('', []),
    ],
)
def test_text_is_split_at_its_formulas(text, pieces):
    assert list(split_math(text)) == pieces


@given(st.text(alphabet='ab$\\ 《', max_size=60))
def test_splitting_loses_nothing(text):
    assert ''.join(f'${piece}$' if is_math else piece for piece, is_math in split_math(text)) == text


def test_dollars_come_back_escaped():
    assert with_dollars('a\ue000b') == 'a\\$b'


def test_what_docutils_says_of_a_language_is_no_text_of_the_post(make_site):
    text = (
        ':date: 2024-01-01\n\n梯度\n====\n\n由 :math:`x` 与 :doc:`q` 知。\n\n.. math:: a = b\n\n'
        '.. note:: 记住。\n\n.. math::\n\n   c = d\n\n其后。\n'
    )
    files = {'p.rst': text, 'q.rst': ':date: 2024-01-02\n\n乙\n==\n\n文。\n'}
    found = []
    for language in ('en', 'zh_CN'):
        env = make_site(files, {'language': language}).build('dummy').app.env
        post = env.get_domain('blog').posts['p']
        kept = [store.load(env, 'p') for store in (prose_store, passage_store)]
        found.append((post.words, post.excerpt, kept, formula_store.load_all(env, 'p').around))
    assert found[0] == found[1]
    assert 'docutils' not in repr(found)


def test_dollars_in_code_are_no_formula(make_site):
    text = ':blogpost:\n\nA\n=\n\nUse ``$PATH`` and ``$HOME`` in $x$ shells.\n'
    build = make_site({'a.rst': text}).build()
    post = build.app.env.get_domain('blog').posts['a']
    assert list(split_math(post.excerpt)) == [(post.excerpt, False)]
    assert post.excerpt.count('\\$') == 4
