from __future__ import annotations

import pickle

from sphinxext_blog.remembering import Remembered


def test_what_is_known_is_not_found_again():
    memory = Remembered()
    assert [memory.of(b'a', lambda: 1), memory.of(b'a', lambda: 2), memory.of(b'b', lambda: 3)] == [1, 1, 3]


def test_what_was_not_asked_for_lately_is_forgotten():
    memory = Remembered()
    memory.of(b'a', lambda: 1)
    memory.of(b'b', lambda: 2)
    memory.forget()
    assert memory.of(b'b', lambda: 3) == 2
    memory.forget()
    memory = pickle.loads(pickle.dumps(memory))
    assert memory.of(b'b', lambda: 3) == 2
    assert memory.of(b'a', lambda: 4) == 4


def test_results_may_say_nothing():
    memory = Remembered()
    assert memory.of(b'a', tuple) == ()
    assert memory.of(b'a', lambda: (1,)) == ()
