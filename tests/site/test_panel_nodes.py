"""How panels are written: semantic HTML, plain words elsewhere."""

from __future__ import annotations

import pytest

FILES = {
    'index.rst': 'I\n=\n\n.. toctree::\n\n   p1\n   p2\n',
    'p1.rst': ':blogpost:\n\nLow rank (1)\n============\n\nThe pseudo inverse of matrices.\n',
    'p2.rst': (
        ':blogpost:\n\nLow rank (2)\n============\n\nSee :doc:`p1` for the pseudo inverse of matrices.\n'
    ),
}


def test_a_panel_is_a_labelled_aside(make_site):
    panel = make_site(FILES).build().soup('p1').select_one('.blog-backlinks')
    assert panel.name == 'aside'
    assert panel['aria-label'] == 'Cited by'


def test_plain_text_reads_like_a_sentence(make_site):
    text = make_site(FILES).build('text').text('p1.txt')
    assert 'Part 1 of the series *' in text.replace('**', '*')
    assert 'Low rank (2)' in text
    assert 'cites this post' in ' '.join(text.split())
    assert 'See Low rank (1) for the pseudo inverse of matrices.' in text


@pytest.mark.parametrize(
    ('language', 'said'),
    [('en', ['Part 2 of the series', 'same series, part 1']), ('zh_CN', ['”之二 ', '同一系列之一'])],
)
def test_a_number_is_told_in_the_language_of_the_site(make_site, language, said):
    files = {name: text.replace('(1)', '（一）').replace('(2)', '（二）') for name, text in FILES.items()}
    text = make_site(files, {'language': language}).build('text').text('p2.txt')
    assert all(words in ' '.join(text.split()) for words in said)


@pytest.mark.parametrize('builder', ['latex', 'man', 'text', 'texinfo'])
def test_no_markup_leaks_into_other_formats(make_site, builder):
    site = make_site({**FILES, 'p2.rst': FILES['p2.rst'].replace('See', 'With :math:`x^2` see')})
    build = site.build(builder)
    written = ''.join(
        path.read_text(encoding='utf-8', errors='replace')
        for path in build.outdir.rglob('*')
        if path.suffix in {'.tex', '.1', '.txt', '.texi'}
    )
    assert 'Low rank' in written
    assert '<math' not in written
    assert '<aside' not in written


def test_a_long_list_is_folded(make_site):
    files = {f'p{n}.rst': f':blogpost:\n\nLow rank ({n})\n==============\n\nx\n' for n in range(1, 12)}
    details = make_site(files).build().soup('p3').select_one('.blog-series details')
    assert details.summary.get_text() == 'All parts known here (11)'
    assert len(details.select('li')) == 11
