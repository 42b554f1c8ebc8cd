"""What is said around displayed formulas."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas.command import open_index
from sphinxext_blog.site import formula_store


def said(make_site, body, **conf):
    build = make_site({'a.rst': f':blogpost:\n\nA\n=\n\n{body}\n'}, conf).build('dummy')
    return formula_store.load_all(build.app.env, 'a').around


MATH = '.. math:: x + y\n'


@pytest.mark.parametrize(
    ('body', 'expected'),
    [
        (f'Before it:\n\n{MATH}\nand after it.', 'Before it: and after it.'),
        (f'With *marks* and :math:`z`:\n\n{MATH}', 'With marks and :'),
        (f'{MATH}\nOnly after.', 'Only after.'),
        (MATH, ''),
        (f'Far away.\n\nB\n-\n\n{MATH}\n\nC\n-\n\nFar away.', ''),
        (f'First.\n\n* Item:\n\n  {MATH}', 'Item:'),
        (f'A list.\n\n* Item\n\n{MATH}', ''),
        ('Long ' * 40 + f':\n\n{MATH}\n' + 'words ' * 40, f'{"Long " * 15}: {"words " * 6}'),
    ],
)
def test_the_sentences_before_and_after_are_kept(make_site, body, expected):
    *_, last = said(make_site, body)
    assert ' '.join(last.split()) == expected.strip()


def test_formulas_in_a_row_share_what_is_said(make_site):
    assert said(make_site, f'Both:\n\n{MATH}\n.. math:: z\n\nDone.') == ('Both: Done.', 'Both: Done.')


def test_of_inline_formulas_nothing_is_kept(make_site):
    first, *_, last = said(make_site, f'An :math:`a` here:\n\n{MATH}\n\nA :math:`b`.')
    assert (first, last) == ('', '')


def test_words_around_find_their_formula(make_site):
    site = make_site(
        {
            'a.rst': f':blogpost:\n\nA\n=\n\n我们考虑低秩近似：\n\n{MATH}\n',
            'b.rst': f':blogpost:\n\nB\n=\n\n{MATH}',
        }
    )
    build = site.build()
    index, posts, _macros = open_index(build.outdir)
    texts = {name: post['text'] for name, post in posts.items()}
    (group,) = index.search('低秩', texts=texts)
    assert (group.kind, [place.docname for place in group.hits[0].places]) == ('said', ['a'])
    site.write('a.rst', f':blogpost:\n\nA\n=\n\n我们考虑注意力：\n\n{MATH}\n')
    other = site.build()
    assert open_index(other.outdir)[0].search('低秩', texts=texts) == ()
    assert other.snapshot == site.build(fresh=True).snapshot
