"""One build at a time works in a folder of doctrees."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from sphinxext_blog.site import build_lock
from sphinxext_blog.site.build_lock import hold, release

HOLDER = """
import sys, time
from types import SimpleNamespace
from sphinxext_blog.site.build_lock import hold
hold(SimpleNamespace(doctreedir=sys.argv[1]))
print('held', flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def app(tmp_path):
    return SimpleNamespace(doctreedir=str(tmp_path))


def other(app, seconds: float) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, '-c', HOLDER, app.doctreedir, str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == 'held\n'
    return process


def test_a_build_waits_for_one_of_another_process(app):
    process = other(app, 1.0)
    begin = time.monotonic()
    hold(app)
    assert time.monotonic() - begin > 0.5
    assert process.wait() == 0
    release(app, None)


def test_a_killed_build_holds_nothing(app):
    process = other(app, 60)
    process.kill()
    process.wait()
    begin = time.monotonic()
    hold(app)
    release(app, None)
    assert time.monotonic() - begin < 30


WORKER = """
import os, sys, time
from types import SimpleNamespace
from sphinxext_blog.site.build_lock import hold
hold(SimpleNamespace(doctreedir=sys.argv[1]))
if not os.fork():
    read, write = os.pipe()
    os.write(write, bytes(1 << 20))
print('held', flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='Sphinx has workers only where there is fork')
def test_a_worker_that_hangs_ends_with_its_build(app):
    process = subprocess.Popen(
        [sys.executable, '-c', WORKER, app.doctreedir], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == 'held\n'
    process.kill()
    process.wait()
    begin = time.monotonic()
    hold(app)
    release(app, None)
    assert time.monotonic() - begin < 30


def test_builds_of_one_process_do_not_wait_for_each_other(app):
    hold(app)
    hold(app)
    release(app, None)
    release(app, None)
    process = other(app, 0)
    assert process.wait() == 0


def test_a_build_that_hangs_is_not_waited_for_for_ever(app, monkeypatch):
    told = []
    monkeypatch.setattr(build_lock, 'LONGEST_WAIT', 0.3)
    monkeypatch.setattr(
        build_lock, 'warn', lambda subtype, message, *args: told.append((subtype, message % args))
    )
    process = other(app, 60)
    hold(app)
    process.kill()
    process.wait()
    assert told == [('build', f'another build still works in {app.doctreedir}; not waiting any longer')]
    release(app, None)


def test_a_folder_that_can_not_be_written_has_no_lock(tmp_path):
    (tmp_path / 'file').write_text('')
    app = SimpleNamespace(doctreedir=str(tmp_path / 'file'))
    hold(app)
    release(app, None)
