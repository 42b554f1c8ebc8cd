"""Records that travel between processes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, replace

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.pickling import PickledByFields
from sphinxext_blog.records import DocName, Post


@dataclass(frozen=True, slots=True)
class Single(PickledByFields):
    value: tuple[int, ...]


def test_records_come_back_equal():
    post = Post(DocName('p'), 'Title', date=PartialDate(2020, 1, 2), tags=('a', 'b'), line=7)
    for record in (post, replace(post, title='Other'), Single((1, 2)), Single(())):
        assert pickle.loads(pickle.dumps(record)) == copy.deepcopy(record) == record


def test_records_have_no_dictionary():
    assert not hasattr(Single((1,)), '__dict__')
