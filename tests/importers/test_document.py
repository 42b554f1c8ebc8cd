from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.importers.document import Document, file_names, guess_language, slug
from sphinxext_blog.importers.model import Block


@pytest.mark.parametrize(
    ('title', 'name'),
    [
        ('变分自编码器(七):球面上的VAE', '变分自编码器-七-球面上的vae'),
        ('\uff36\uff21\uff25\uff1aＡ', 'vae-a'),
        ('“闭门造车”', '闭门造车'),
        ('../../etc/passwd', 'etc-passwd'),
        ('_private .hidden', 'private-hidden'),
        ('CON', 'con-post'),
        ('Index', 'index-post'),
        ('हिन्दी', 'हिन्दी'),
        ('圆心角为θ的扇形', '圆心角为θ的扇形'),
        ('???', ''),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(title, name):
    assert slug(title) == name


@given(st.text())
def test_a_slug_is_a_harmless_file_name(title):
    name = slug(title)
    assert len(name.encode()) <= 80
    assert not re.search(r'[\\/:*?"<>|\s.\x00-\x1f]', name)
    assert not name.startswith(('_', '-'))
    assert not name.endswith('-')


def test_long_titles_with_a_common_start_have_different_slugs():
    assert slug('长' * 100 + 'a') != slug('长' * 100 + 'b')


def test_two_posts_with_one_slug_both_get_a_hash():
    one = Document(title='题', date=PartialDate(2014, 1, 1))
    two = Document(title='题!', date=PartialDate(2014, 1, 1))
    three = Document(title='别的')
    names = file_names([one, two, three])
    assert len(set(names)) == 3
    assert all(re.fullmatch('题-[0-9a-f]{8}.rst', name) for name in names[:2])
    assert names[2] == '别的.rst'
    assert file_names([three, two, one]) == names[::-1]


def test_posts_that_differ_only_in_the_text_have_different_names():
    posts = [Document(title='题', blocks=(Block('paragraph', text),)) for text in ('甲', '乙')]
    assert len(set(file_names(posts))) == 2


def test_a_title_without_letters_has_a_name():
    assert re.fullmatch('post-[0-9a-f]{8}.rst', file_names([Document(title='???')])[0])


@pytest.mark.parametrize(
    ('text', 'language'),
    [
        ('这是Transformer模型的$\\text{attention is all you need}$。', 'zh'),
        ('This is the 道 of it all', ''),
        ('これはベクトル空間の話です', ''),
        ('', ''),
    ],
)
def test_the_language_is_chinese_or_unknown(text, language):
    assert guess_language('', (Block('paragraph', text),)) == language


def test_posts_of_one_title_are_called_as_in_their_addresses():
    documents = [
        Document('Same', slug='same-2'),
        Document('Same', slug='gauß'),
        Document('Same'),
        Document('Same', slug='other'),
        Document('Other'),
        Document('One', slug='ignored'),
    ]
    names = file_names(documents)
    assert [names[0], names[1], names[4], names[5]] == ['same-2.rst', 'gauss.rst', 'other.rst', 'one.rst']
    assert names[2].startswith('same')
    assert names[3].startswith('same-')
    assert len(set(names)) == 6
