from __future__ import annotations

import pytest

from sphinxext_blog.references.wording import holds_words, says_something, telling_words


@pytest.mark.parametrize(
    ('title', 'description', 'held'),
    [
        ('How to Train Large Models on a Few GPUs', 'training large models', True),
        ('A Gentle Introduction to Normalizing Flows', 'flows', True),
        ('Organisms', 'gan', False),
        ('再谈交叉熵：标签平滑', '标签平滑', True),
        ('再谈交叉熵：标签平滑', '交叉平滑', False),
        ('Softmax的另一种打开方式', 'softmax', True),
        ('Notes on duality', 'the notes of dualities', False),
    ],
)
def test_a_title_holds_a_description_in_other_forms_of_its_words(title, description, held):
    assert holds_words(telling_words(title), telling_words(description)) == held


@pytest.mark.parametrize(
    ('words', 'tells'),
    [
        ('交叉熵', True), ('熵', False), ('VAE', True), ('it', False), ('the same problem', False),
        ('problem of moments', True), ('2019', False), ('', False),
    ],
)  # fmt: skip
def test_words_that_describe_any_post_tell_nothing(words, tells):
    assert says_something(telling_words(words)) == tells
