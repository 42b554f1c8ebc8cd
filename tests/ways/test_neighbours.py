"""Other extensions beside us: their pages stay as they are, and posts may use them."""

from __future__ import annotations

import importlib.util
import json
import re
import zlib
from typing import Any

import pytest

NOTEBOOK = json.dumps(
    {
        'cells': [
            {
                'cell_type': 'markdown',
                'metadata': {},
                'source': ['# A notebook\n', '\n', 'Text with $a^2$.\n'],
            },
            {
                'cell_type': 'code',
                'execution_count': 1,
                'metadata': {},
                'outputs': [{'name': 'stdout', 'output_type': 'stream', 'text': ['forty-two\n']}],
                'source': ['print("forty-two")'],
            },
        ],
        'metadata': {'kernelspec': {'display_name': 'Python 3', 'language': 'python', 'name': 'python3'}},
        'nbformat': 4,
        'nbformat_minor': 5,
    }
)
INVENTORY = (
    b'# Sphinx inventory version 2\n# Project: other\n# Version: 1\n'
    b'# The remainder of this file is compressed using zlib.\n'
) + zlib.compress(b'lemma std:label -1 page.html#lemma The lemma\n')
MODULE = '"""A module of numbers."""\n\n\ndef norm(x):\n    """The norm, :math:`|x|`."""\n    return abs(x)\n'
NEIGHBOURS: dict[str, dict[str, Any]] = {
    'myst_nb': {
        'files': {'page.ipynb': NOTEBOOK},
        'post': '',
        'conf': {'nb_execution_mode': 'off'},
        'shown': 'forty-two',
    },
    'sphinx_design': {
        'post': '.. card:: A card\n\n   With :math:`x` inside.\n\n.. dropdown:: More\n\n   Folded.',
        'shown': 'sd-card',
    },
    'sphinxcontrib.bibtex': {
        'files': {
            'refs.bib': '@book{noether, author={Emmy Noether}, title={Idealtheorie}, year={1921}, publisher={X}}'
        },
        'post': 'As in :cite:`noether`.\n\n.. bibliography::\n   :filter: docname in docnames',
        'conf': {'bibtex_bibfiles': ['refs.bib']},
        'shown': 'Idealtheorie',
    },
    'sphinx_proof': {
        'post': '.. prf:theorem:: Ideals\n   :label: {name}-ideals\n\n   All is :math:`x`.\n\n'
        'See :prf:ref:`{name}-ideals`.',
        'shown': 'proof',
        'builders': ['latex'],  # it knows no others than this and HTML
    },
    'sphinx.ext.intersphinx': {
        'files': {'objects.inv': INVENTORY},
        'post': 'By :external+other:ref:`lemma`.',
        'conf': {'intersphinx_mapping': {'other': ('https://other.example/', 'objects.inv')}},
        'shown': 'https://other.example/page.html#lemma',
    },
    'sphinx.ext.autodoc': {
        'files': {'numbers_of_blog.py': MODULE},
        'post': '.. automodule:: numbers_of_blog\n   :members:\n   {noindex}',
        'shown': 'The norm',
    },
}


def _site(make_site, name: str, *, ours: bool):
    neighbour = NEIGHBOURS[name]
    text = neighbour['post']
    conf = {
        'extensions': [name, *(['sphinxext_blog'] if ours else [])],
        **neighbour.get('conf', {}),
        **({'blog_post_pattern': ['posts/*']} if ours else {}),
    }
    files = {
        'page.rst': f'A page\n======\n\nText with :math:`a^2`.\n\n.. math:: a^2 + b^2 = c^2\n\n{text}\n',
        'posts/post.rst': ':date: 2020-01-02\n\nA post\n======\n\nText of the post.\n\n'
        + text.replace(':filter: docname in docnames', ':filter: docname in docnames\n   :keyprefix: p-')
        .replace(':cite:`noether`', ':cite:`p-noether`')
        .format(name='post', noindex=':no-index:'),
    }
    files['page.rst'] = (
        files['page.rst'].format(name='page', noindex='')
        if '{name}' in text or '{noindex}' in text
        else files['page.rst']
    )
    more = neighbour.get('files', {})
    if 'page.ipynb' in more:
        del files['page.rst']
    site = make_site({**files, **more}, conf)
    if name == 'sphinx.ext.autodoc':
        conf_py = site.src / 'conf.py'
        conf_py.write_text(f'import sys; sys.path.insert(0, {str(site.src)!r})\n{conf_py.read_text()}')
    return site


@pytest.mark.parametrize('name', NEIGHBOURS)
def test_pages_of_a_neighbour_stay_as_they_are_and_posts_use_it(make_site, name):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f'{name} is not installed: dependency group neighbours')
    with_us = _site(make_site, name, ours=True).build('html')
    assert with_us.warnings == ''
    without = _site(make_site, name, ours=False).build('html')
    body = str(with_us.soup('page').select_one('.body'))
    # On every page LaTeX is no word for the search, and a formula has an anchor.
    body = re.sub(' id="formula-[0-9a-f]{8}"', '', body.replace('no-search math', 'math'))
    assert body == str(without.soup('page').select_one('.body'))
    theirs = {path for path in without.mtimes if path.startswith(('_static/', '_images/'))}
    assert theirs <= set(with_us.mtimes)
    post = with_us.html('posts/post')
    assert '2020-01-02' in post
    if NEIGHBOURS[name]['post']:
        assert NEIGHBOURS[name]['shown'] in post
    assert NEIGHBOURS[name]['shown'] in with_us.html('page')


@pytest.mark.parametrize('name', NEIGHBOURS)
def test_a_neighbour_is_no_reason_for_a_warning_of_other_builders(make_site, name):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f'{name} is not installed: dependency group neighbours')
    site = _site(make_site, name, ours=True)
    for builder in NEIGHBOURS[name].get('builders', ('text', 'latex', 'epub')):
        assert site.build(builder).warnings == _site(make_site, name, ours=False).build(builder).warnings
