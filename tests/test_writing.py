"""Files that are there as a whole or not at all."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sphinxext_blog.writing import write_whole


def test_a_file_is_written_with_its_folders_and_replaced(tmp_path):
    path = tmp_path / 'a' / 'b' / 'file'
    write_whole(path, b'one')
    write_whole(path, b'two')
    assert path.read_bytes() == b'two'
    assert [p.name for p in path.parent.iterdir()] == ['file']


def test_what_a_killed_program_left_is_taken_over(tmp_path):
    (tmp_path / 'file.part').write_bytes(b'half of something longer')
    write_whole(tmp_path / 'file', b'whole')
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {'file': b'whole'}


def test_on_a_full_disk_the_old_file_stays_and_no_half_is_left(tmp_path):
    path = tmp_path / 'file'
    write_whole(path, b'old')
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    try:
        with pytest.raises(OSError, match='too large'):
            write_whole(path, b'x' * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {'file': b'old'}


def test_readers_see_one_of_two_contents_while_two_programs_write(tmp_path):
    path = tmp_path / 'file'
    write_whole(path, b'a' * 300_000)
    script = (
        'import sys; from pathlib import Path; from sphinxext_blog.writing import write_whole\n'
        'for _ in range(150): write_whole(Path(sys.argv[1]), sys.argv[2].encode() * 300_000)'
    )
    command = [sys.executable, '-c', script, str(path)]
    root = str(Path(__file__).parents[1])
    writers = [subprocess.Popen([*command, 'a'], cwd=root)]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        content = path.read_bytes()
        seen.add((len(content), content[:1], content.count(content[:1])))
    assert [writer.wait() for writer in writers] == [0]
    assert seen == {(300_000, b'a', 300_000)}
