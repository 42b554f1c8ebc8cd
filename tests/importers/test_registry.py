from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, EntryPoints
from types import ModuleType

import pytest

from sphinxext_blog.importers.listing import importer as listing
from sphinxext_blog.importers.model import ImportedFile
from sphinxext_blog.importers.registry import _BUILT_IN, ENTRY_POINT_GROUP, load_importers


class Wordpress:
    name = 'wordpress'

    def recognises(self, path, head):
        return head.startswith('<rss')

    def read(self, path, text):
        return ImportedFile()


@pytest.fixture
def plugins(monkeypatch):
    module = ModuleType('some_plugins')
    module.one = Wordpress()
    module.cls = Wordpress
    module.number = 5
    module.listing = listing
    monkeypatch.setitem(sys.modules, 'some_plugins', module)

    def make(*names: str) -> EntryPoints:
        return EntryPoints(EntryPoint(n.split(':')[-1], n, ENTRY_POINT_GROUP) for n in names)

    return make


def test_the_built_in_importer_is_there_without_entry_points(plugins):
    assert load_importers(plugins()) == (_BUILT_IN, [])


def test_importers_of_other_packages_are_asked_first(plugins):
    importers, problems = load_importers(plugins('some_plugins:one'))
    assert [i.name for i in importers] == ['wordpress', *(known.name for known in _BUILT_IN)]
    assert problems == []


def test_a_class_is_made_an_importer(plugins):
    importers, _ = load_importers(plugins('some_plugins:cls'))
    assert isinstance(importers[0], Wordpress)


def test_the_built_in_importer_is_there_once(plugins):
    assert load_importers(plugins('some_plugins:listing')) == (_BUILT_IN, [])


@pytest.mark.parametrize('name', ['some_plugins:number', 'some_plugins:absent', 'no_such_module:x'])
def test_a_broken_plug_in_is_a_problem(plugins, name):
    importers, problems = load_importers(plugins(name))
    assert importers == _BUILT_IN
    assert len(problems) == 1


def test_the_installed_entry_points_are_used():
    assert listing in load_importers()[0]
