"""While documents are read: what is kept of them, and what stays as Sphinx has it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def test_what_a_build_read_that_was_killed_before_it_saved_is_read_again(make_site):
    site = make_site({'p.rst': POST, 'q.rst': POST})
    first = site.build()
    doctrees = Path(first.app.doctreedir)
    saved = (doctrees / 'environment.pickle').read_bytes()
    page = site.src / 'p.rst'
    known = page.stat()
    site.write('p.rst', POST.replace('Title', 'Other'))
    site.build()
    # as if it had been killed, and the source were restored from a backup with its time
    (doctrees / 'environment.pickle').write_bytes(saved)
    site.write('p.rst', POST)
    os.utime(page, ns=(known.st_atime_ns, known.st_mtime_ns))
    os.utime(doctrees / 'environment.pickle', ns=(1, (doctrees / 'q.doctree').stat().st_mtime_ns + 1))
    third = site.build()
    assert '0 added, 1 changed' in third.app.status.getvalue()
    assert third.app.env.get_doctree('p')[0].astext().startswith('Title')
    assert '0 added, 0 changed' in site.build().app.status.getvalue()


LOADED = """
import sys
def note(app, document):
    with (app.outdir / 'loaded.txt').open('a') as file:
        file.write(f'{"sphinxext_blog.references.finding" in sys.modules}\\n')
def setup(app):
    app.connect('doctree-read', note, priority=1)
"""


def test_what_reads_text_is_loaded_once_and_not_by_each_process(tmp_path):
    (tmp_path / 'conf.py').write_text(f"extensions = ['sphinxext_blog']\n{LOADED}", encoding='utf-8')
    for name in ('index', *(f'p{number}' for number in range(12))):
        (tmp_path / f'{name}.rst').write_text(POST, encoding='utf-8')
    command = [
        sys.executable,
        '-m',
        'sphinx',
        '-q',
        '-j2',
        '-b',
        'dummy',
        str(tmp_path),
        str(tmp_path / 'out'),
    ]
    subprocess.run(command, check=True)
    assert (tmp_path / 'out' / 'loaded.txt').read_text(encoding='utf-8').split() == ['True'] * 13
