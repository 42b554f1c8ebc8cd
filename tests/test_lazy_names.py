from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxext_blog import formulas, graph, importers, references
from sphinxext_blog.lazy_names import lazy_names


@pytest.mark.parametrize('package', [formulas, graph, importers, references])
def test_every_public_name_is_there(package):
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError, match='no attribute'):
        _ = package.nothing_of_the_kind


def test_a_name_is_loaded_once_and_kept(monkeypatch):
    monkeypatch.delitem(vars(graph), 'measure', raising=False)
    load = lazy_names('sphinxext_blog.graph', {'measure': 'measures'})
    assert load('measure') is vars(graph)['measure']


def test_nothing_heavy_is_loaded_before_it_is_used():
    code = 'import sys, sphinxext_blog.graph; print("networkx" in sys.modules, "numpy" in sys.modules)'
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ['False', 'False']
