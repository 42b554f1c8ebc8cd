"""What is found between the posts: kept, put together again, and made anew only when something changed."""

from __future__ import annotations

import sys

import pytest

from sphinxext_blog import graph as room
from sphinxext_blog import references

FILES = {
    'a.rst': ':blogpost:\n\n学习(一)\n========\n\n概率空间的最小化 $x$。\n',
    'b.rst': ':blogpost:\n\n学习(二)\n========\n\n见《学习(一)》，概率空间的最小化。\n',
}


@pytest.mark.parametrize('damage', [b'', b'garbage', None])
def test_a_damaged_cache_is_no_cache(make_site, damage):
    site = make_site(FILES)
    first = site.build()
    graph = (first.outdir / 'graph.json').read_bytes()
    for path in (first.app.doctreedir / '.sphinxext_blog').glob('*.pickle'):
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
    assert (site.build().outdir / 'graph.json').read_bytes() == graph


def test_what_did_not_change_is_not_ranked_again(make_site, monkeypatch):
    site = make_site(FILES)
    site.build()
    ranked = []
    original = room.rank_related
    monkeypatch.setattr(room, 'rank_related', lambda *a, **k: ranked.append(1) or original(*a, **k))
    site.build()
    assert ranked == []
    site.write('a.rst', FILES['a.rst'].replace('最小化', '最大化'))
    site.build()
    assert ranked == [1]


@pytest.fixture
def resolved(monkeypatch):
    """How often references are resolved."""
    calls = []
    original = references.resolve
    monkeypatch.setattr(references, 'resolve', lambda *a, **k: calls.append(1) or original(*a, **k))
    return calls


def test_a_post_that_says_what_it_said_asks_for_nothing(make_site, resolved):
    site = make_site(FILES)
    first = site.build()
    resolved.clear()
    (site.src / 'a.rst').touch()
    second = site.build()
    assert resolved == []
    assert second.snapshot == first.snapshot


@pytest.mark.parametrize('name', ['references', 'unlinked', 'formulas', 'related', 'knowledge'])
def test_one_damaged_file_is_made_anew(make_site, name):
    site = make_site(FILES)
    first = site.build()
    (first.app.doctreedir / '.sphinxext_blog' / f'{name}.pickle').write_bytes(b'garbage')
    (site.src / 'a.rst').touch()
    assert site.build().snapshot == first.snapshot


def test_results_of_other_posts_are_not_taken_for_those_of_now(make_site):
    site = make_site(FILES)
    folder = site.build().app.doctreedir / '.sphinxext_blog'
    kept = {path: path.read_bytes() for path in folder.glob('*.pickle')}
    site.write('c.rst', FILES['b.rst'].replace('二', '三'))
    site.build()
    (folder / 'references.pickle').write_bytes(kept[folder / 'references.pickle'])
    (site.src / 'a.rst').touch()
    again = site.build()
    assert (again.outdir / 'graph.json').read_bytes() == (
        make_site({**FILES, 'c.rst': FILES['b.rst'].replace('二', '三')}).build().outdir / 'graph.json'
    ).read_bytes()


def test_another_state_of_the_extension_finds_and_writes_all_anew(make_site, resolved, monkeypatch):
    site = make_site(FILES)
    first = site.build()
    resolved.clear()
    for module in [module for name, module in sys.modules.items() if name.startswith('sphinxext_blog.site')]:
        if hasattr(module, 'package_stamp'):
            monkeypatch.setattr(module, 'package_stamp', lambda: 'another')
    pages = [first.outdir / name for name in ('a.html', 'b.html', 'blog.html')]
    before = [page.stat().st_mtime_ns for page in pages[:2]]
    pages[2].write_text('as another state wrote it', encoding='utf-8')
    second = site.build()
    assert resolved == [1]
    assert all(page.stat().st_mtime_ns > time for page, time in zip(pages, before, strict=False))
    assert second.snapshot == first.snapshot
