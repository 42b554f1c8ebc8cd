"""What is kept of each post beside its doctree."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from sphinxext_blog.site.post_cache import close, load, mend, posts_path, remove, save

POST = ':blogpost:\n\nTitle\n=====\n\nSome words, :math:`x`, 《Title》.\n'


def kept(env):
    """All that is kept, as another program finds it when the build is over."""
    with closing(sqlite3.connect(posts_path(env))) as connection:
        found = connection.execute('SELECT docname, part FROM part').fetchall()
    return {(docname.decode(), part) for docname, part in found}


@pytest.mark.parametrize('parallel', [1, 2])
def test_all_parts_of_each_post_and_nothing_else_are_kept(make_site, parallel):
    files = {f'p{number}.rst': POST for number in range(12)}
    env = make_site({**files, 'q.rst': 'No post\n=======\n'}).build('dummy', parallel=parallel).app.env
    parts = ('prose', 'passages', 'mentions', 'formulas')
    assert kept(env) == {(f'p{number}', part) for number in range(12) for part in parts}
    assert load(env, 'p0', 'prose').startswith(b'Title')


def test_documents_whose_names_look_alike_are_apart(make_site):
    env = make_site({'p.rst': POST, 'p/q.rst': POST.replace('words', 'others')}).build('dummy').app.env
    assert load(env, 'p', 'prose') != load(env, 'p/q', 'prose')


def test_a_post_leaves_with_its_document_and_when_it_is_none_any_more(make_site):
    site = make_site({'p.rst': POST, 'q.rst': POST, 'r.rst': POST})
    site.build('dummy')
    site.remove('p.rst')
    site.write('q.rst', 'Title\n=====\n')
    assert {name for name, _ in kept(site.build('dummy').app.env)} == {'r'}


def overwrite(path, content):
    close()
    for suffix in ('-wal', '-shm'):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(content)


def other_table():
    with closing(sqlite3.connect(':memory:')) as connection:
        connection.execute('CREATE TABLE part (name)')
        return connection.serialize()


@pytest.mark.parametrize(
    'damage', [b'', b'x', bytes(5000), b'SQLite format 3\0' + bytes(9000), other_table()]
)
def test_a_damaged_file_holds_nothing_and_is_made_again(make_site, damage):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    overwrite(posts_path(env), damage)
    for part in ('prose', 'formulas'):
        with pytest.raises(ValueError, match='p'):
            load(env, 'p', part)
    mend(env, 'p', 'prose', b'again')
    assert load(env, 'p', 'prose') == b'again'
    close()
    assert load(env, 'p', 'prose') == b'again'


@pytest.mark.parametrize('place', range(100, 24_000, 1_999))
def test_a_damaged_page_costs_time_and_nothing_else(make_site, place):
    files = {f'p{number}.rst': POST + f'Words {number}. ' * 50 for number in range(9)}
    env = make_site(files).build('dummy').app.env
    known = {name: load(env, name.removesuffix('.rst'), 'prose') for name in files}
    close()
    content = bytearray(posts_path(env).read_bytes())
    noise = random.Random(place).randbytes(40)
    content[place : place + 40] = noise[: len(content[place : place + 40])]
    overwrite(posts_path(env), bytes(content))
    for name, prose in known.items():
        try:
            found = load(env, name.removesuffix('.rst'), 'prose')
        except ValueError:
            continue
        assert found == prose
    for _ in range(2):  # a file that turns out to be damaged when it is written to is made anew
        save(env, 'p0', {'prose': b'again'})
    assert load(env, 'p0', 'prose') == b'again'


def test_a_mended_part_leaves_the_others(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    formulas = load(env, 'p', 'formulas')
    mend(env, 'p', 'prose', b'other')
    assert (load(env, 'p', 'prose'), load(env, 'p', 'formulas')) == (b'other', formulas)


def test_content_that_is_not_what_was_kept_is_not_used(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    with closing(sqlite3.connect(posts_path(env))) as connection, connection:
        connection.execute("UPDATE part SET content = x'00' WHERE part = 'prose'")
    with pytest.raises(ValueError, match='prose of p'):
        load(env, 'p', 'prose')


def test_what_is_removed_is_not_there(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    save(env, 'other', {'prose': b'words'})
    assert load(env, 'other', 'prose') == b'words'
    remove(env, 'other')
    remove(env, 'other')
    with pytest.raises(ValueError, match='prose of other'):
        load(env, 'other', 'prose')


def test_where_nothing_can_be_written_nothing_is_kept(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    close()
    posts_path(env).unlink()
    posts_path(env).mkdir()
    save(env, 'p', {'prose': b'words'})
    mend(env, 'p', 'prose', b'words')
    remove(env, 'p')
    with pytest.raises(ValueError, match='prose of p'):
        load(env, 'p', 'prose')


def test_a_build_leaves_one_file(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    assert [path.name for path in posts_path(env).parent.glob('posts*')] == ['posts.sqlite']
