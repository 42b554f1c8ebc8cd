"""Every parser of foreign text keeps its promises for whatever it is given."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import fuzz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pieces = st.one_of(
    st.sampled_from(fuzz.WORDS), st.sampled_from('\n\t {}[]()$#*|:"<>一二三'), st.text(max_size=8)
)
foreign = st.lists(pieces, max_size=40).map(''.join)
target = cache(lambda name: fuzz.TARGETS[name]())


@pytest.mark.parametrize('name', fuzz.TARGETS)
@given(text=foreign)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(name, text):
    target(name)(text)


@pytest.mark.parametrize('name', fuzz.TARGETS)
@pytest.mark.parametrize(
    'word', ['(', '[', '{', '<p>', '$', '《', '之', '\\', '| a ', '[[', '> ', '    ', '\u202e']
)
def test_many_of_one_kind_are_read_in_time(name, word):
    fuzz.timed(target(name))(word * 1500)


def test_an_input_that_takes_too_long_fails(monkeypatch):
    monkeypatch.setattr(fuzz, 'SECONDS', 0.001)
    with pytest.raises(fuzz.TooSlowError):
        fuzz.timed(lambda text: sum(range(10**6)) and None)('text')


def test_the_runner_names_its_targets_and_checks_inputs(tmp_path):
    script = Path(fuzz.__file__)
    listed = subprocess.run([sys.executable, script, '--list'], capture_output=True, text=True, check=True)
    assert listed.stdout.split() == list(fuzz.TARGETS)
    (tmp_path / 'input').write_bytes(b'\xff(((')
    done = subprocess.run(
        [sys.executable, script, 'titles', tmp_path / 'input'], cwd=script.parents[1], check=False
    )
    assert done.returncode == 0
