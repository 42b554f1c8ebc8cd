"""While documents are read: what is kept of them, and what stays as Sphinx has it."""

from __future__ import annotations

POST = """\
:blogpost:
:date: 2020-01-01
:tags: a

Title
=====

《A》 and 《B》 and 《C》 in *one 《D》 text*.
"""


def test_several_mentions_in_one_text_are_all_kept_in_order(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    assert [raw.mention.target for raw in env.get_domain('blog').mentions['p']] == ['A', 'B', 'C', 'D']


def test_sphinx_still_has_the_metadata(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    assert env.metadata['p']['date'] == '2020-01-01'
    assert env.metadata['p']['tags'] == 'a'


def test_a_doctree_holds_nothing_of_ours_but_standard_nodes_and_requests(make_site):
    document = make_site({'p.rst': POST}).build('dummy').app.env.get_doctree('p')
    assert {type(node).__module__ for node in document.findall()} <= {'docutils.nodes', 'sphinx.addnodes'}
