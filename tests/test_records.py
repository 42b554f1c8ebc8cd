"""Records are plain data that can travel between processes."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from sphinxext_blog import records

RECORDS = [value for value in vars(records).values() if dataclasses.is_dataclass(value)]


@pytest.mark.parametrize('record', RECORDS, ids=lambda record: record.__name__)
def test_a_record_is_frozen_and_slotted(record):
    assert record.__dataclass_params__.frozen
    assert '__slots__' in vars(record)


def test_a_post_travels():
    post = records.Post(records.DocName('p'), 'Title $x$', tags=('a',))
    assert pickle.loads(pickle.dumps(post)) == post


def test_every_public_name_exists():
    assert [name for name in records.__all__ if not hasattr(records, name)] == []
