"""Python's collector of cyclic garbage, and when it may rest."""

from __future__ import annotations

import gc

import pytest

from sphinxext_blog.collector import collector_at_rest


def test_it_rests_meanwhile_and_goes_on_afterwards_whatever_happens():
    @collector_at_rest()
    def fails():
        assert not gc.isenabled()
        raise ValueError('x')

    assert gc.isenabled()
    with pytest.raises(ValueError, match='x'):
        fails()
    assert gc.isenabled()


def test_who_switched_it_off_finds_it_off():
    gc.disable()
    try:
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_one_rest_within_another_does_not_end_it():
    with collector_at_rest():
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
