"""The reference names all that the code has: values, directives, options, fields, attributes, commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from sphinxext_blog.__main__ import command_parser
from sphinxext_blog.config import described_values
from sphinxext_blog.graph.schema import GRAPH_SCHEMA
from sphinxext_blog.site.directives import DIRECTIVES
from sphinxext_blog.site.domain import BlogDomain

DOCS = Path(__file__).parents[2] / 'docs'
EXTENSIONS = DOCS / '_ext'


@pytest.fixture(scope='module')
def reference():
    sys.path.insert(0, str(EXTENSIONS))
    try:
        import reference_from_code
    finally:
        sys.path.remove(str(EXTENSIONS))
    return reference_from_code


@pytest.fixture
def page(make_site, reference):
    parts = '\n\n'.join(f'.. reference-from-code:: {part}' for part in reference.PARTS)
    conf = {'extensions': ['sphinxext_blog', 'reference_from_code']}
    build = make_site({'index.rst': f'Reference\n=========\n\n{parts}\n'}, conf=conf).build()
    assert build.warnings == ''
    return build.soup('index')


def test_every_value_has_a_target_that_can_be_referred_to(page):
    ids = {target['id'] for target in page.select('dl.confval dt[id]')}
    assert {f'confval-{name}' for name, *_ in described_values()} <= ids


def test_a_change_of_the_code_has_the_reference_read_again(make_site, reference):
    conf = {'extensions': ['sphinxext_blog', 'reference_from_code']}
    build = make_site({'index.rst': 'R\n=\n\n.. reference-from-code:: values\n'}, conf=conf).build()
    names = {Path(file).name for file in build.app.env.dependencies['index']}
    assert {'reference_from_code.py', 'config.py', 'schema.json'} <= names


def test_every_value_stands_in_one_group(reference, page):
    rubrics = [rubric.get_text() for rubric in page.select('p.rubric')]
    assert set(reference.GROUPS) <= set(rubrics)


def test_every_directive_and_option_has_a_meaning(page):
    for name, directive in DIRECTIVES.items():
        entry = page.find(id=f'directive-{name}')
        assert entry is not None, name
        told = entry.parent
        for option in directive.option_spec or {}:
            if option not in {'class', 'name'}:
                assert told.find(id=f'directive-option-{name}-{option}') is not None, (name, option)
        for meaning in told.select('dd'):
            assert len(meaning.get_text(strip=True)) > 5


def test_every_attribute_has_a_type_and_a_meaning(page):
    rows = [[cell.get_text() for cell in row.select('td')] for row in page.select('tbody tr')]
    for name, kind, meaning in rows:
        assert kind, name
        assert len(meaning) > 5, name
    definitions = GRAPH_SCHEMA['$defs']
    for owner in ('node', 'edge', 'graph', 'mention', 'shared_formula', 'reason', 'community', 'series'):
        assert set(definitions[owner]['properties']) <= {name for name, *_ in rows}


def test_every_command_shows_its_help(page):
    subparsers = next(
        action for action in command_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    text = page.get_text()
    for name, command in subparsers.choices.items():
        assert f'python -m sphinxext_blog {name}' in text
        for action in command._actions:
            assert all(option in text for option in action.option_strings)


def test_every_role_is_described():
    reference = (DOCS / 'reference.rst').read_text('utf-8')
    assert all(f' blog:{role}\n' in reference for role in BlogDomain.roles)
