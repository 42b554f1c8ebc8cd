"""The words of the graph page."""

from __future__ import annotations

import re
from pathlib import Path

from sphinxext_blog.site.graph_messages import messages

SCRIPTS = Path(__file__).parents[2] / 'sphinxext_blog' / 'static' / 'graph_page'


def test_each_word_that_a_script_asks_for_is_there():
    asked = {
        key
        for path in SCRIPTS.rglob('*.js')
        for key in re.findall(r"""\bsay\(\s*['"]([a-z-]+)['"]""", path.read_text(encoding='utf-8'))
    }
    assert len(asked) > 20
    assert asked <= set(messages())


def test_each_word_is_plain_text():
    for word in messages().values():
        assert isinstance(word, str)
        assert word
        assert '<' not in word
