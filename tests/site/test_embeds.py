"""Embedded notes: their text stands where ``![[…]]`` is written."""

from __future__ import annotations

import json

import pytest
import sphinx

FILES = {
    'index.md': '# Index\n',
    'a.md': '---\ndate: 2020-01-01\n---\n\n# A\n\n![[Note]]\n\nAfter, not inside ![[Note]] a line.\n',
    'notes/Note.md': '---\ndate: 2020-01-02\n---\n\n# A note\n\nOf $x^2$ and [[b]], [there](#part).\n\n'
    '$$y_1$$ (eq)\n\n## Part\n\nOnly *part*[^1].\n\n[^1]: A foot.\n\n### Deeper\n\nDeep.\n\n![](x.png)\n',
    'notes/x.png': bytes.fromhex(
        '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489'
        '0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082'
    ),
    'b.md': '---\ndate: 2020-01-03\n---\n\n# B\n\n![[Note#Part]]\n',
}
CONF = {'blog_markdown': 'all', 'myst_heading_anchors': 3}


def embeds(build, docname):
    return build.soup(docname).select('div.blog-embed')


def test_the_text_of_a_note_stands_below_a_link_to_it(make_site):
    build = make_site(FILES, CONF, myst=True).build()
    assert build.warnings == ''
    [box] = embeds(build, 'a')
    title = box.select_one('.blog-embed-title a')
    assert (title['href'], title.get_text()) == ('notes/Note.html', 'Note')
    text = box.get_text()
    assert 'Of ' in text
    assert 'Deep.' in text
    assert 'A note' not in text
    assert box.select_one('math')
    assert not box.select('aside.blog-panel, .blog-formula-tools')
    # Links and pictures lead where they led from there.
    hrefs = [a['href'] for a in box.select('a')]
    assert 'b.html' in hrefs
    assert '#embed-1-part' in hrefs
    assert box.select_one('img')['src'] == '_images/x.png'
    assert [p.get_text() for p in box.select('p.rubric')] == ['Part', 'Deeper']


def test_a_section_alone_may_be_embedded(make_site):
    build = make_site(FILES, CONF, myst=True).build()
    [box] = embeds(build, 'b')
    assert 'Only part' in box.get_text()
    assert 'Of ' not in box.get_text()
    ids = [tag['id'] for tag in build.soup('b').select('[id]')]
    assert len(ids) == len(set(ids))


def test_a_note_inside_a_line_is_a_link(make_site):
    build = make_site(FILES, CONF, myst=True).build()
    paragraph = build.soup('a').find(string=lambda text: 'After' in text).parent
    assert paragraph.select_one('a')['href'] == 'notes/Note.html'


def test_an_embedded_note_is_cited(make_site):
    build = make_site(FILES, CONF, myst=True).build()
    edges = {
        (e['source'], e['target'])
        for e in json.loads(build.text('graph.json'))['edges']
        if e['key'] == 'cites'
    }
    assert {('a', 'notes/Note'), ('b', 'notes/Note')} <= edges


def test_a_page_is_written_again_when_what_a_note_on_it_includes_changed(make_site):
    table = '<table><tr><td><img src="y.png"></td></tr></table>'
    note = f'---\ndate: 2020-01-02\n---\n\n# A note\n\n```{{include}} part.txt\n```\n\n{table}\n'
    site = make_site(
        {**FILES, 'notes/Note.md': note, 'notes/part.txt': 'Old words.\n', 'b.md': '# B\n'}, CONF, myst=True
    )
    assert 'Old words.' in embeds(site.build(), 'a')[0].get_text()
    site.write('notes/part.txt', 'New words.\n')
    assert 'New words.' in embeds(site.build(), 'a')[0].get_text()
    site.write('notes/y.png', FILES['notes/x.png'])
    assert embeds(site.build(), 'a')[0].select_one('td img')['src'] == '_images/y.png'


@pytest.mark.parametrize('dated', [True, False])
def test_a_page_is_written_again_when_a_note_on_it_changed(make_site, dated):
    note = FILES['notes/Note.md'] if dated else FILES['notes/Note.md'].partition('---\n\n')[2]
    files = {**FILES, 'notes/Note.md': note, 'c.md': '# C\n\n![[b]]\n', 'd.md': '# D\n\nText.\n'}
    site = make_site(files, CONF, myst=True)
    first = site.build()
    site.write('notes/Note.md', note.replace('Only', 'Barely'))
    second = site.build()
    assert 'Barely' in embeds(second, 'b')[0].get_text()
    assert 'Barely' in embeds(second, 'c')[0].get_text()
    written = second.written(first)
    assert {'a.html', 'b.html', 'c.html'} <= written
    assert 'd.html' not in written
    assert site.snapshot() == site.build(fresh=True).snapshot


def test_notes_that_embed_each_other_are_linked_with_a_warning(make_site):
    files = {
        'index.md': '# Index\n\n![[a]]\n',
        'a.md': '# A\n\nText of A.\n\n![[b]]\n',
        'b.md': '# B\n\nText of B.\n\n![[a]]\n\n![[B]]\n',
    }
    build = make_site(files, CONF, myst=True).build()
    assert "a.md:5: WARNING: the note 'b' embeds itself" in build.warnings
    assert "b.md:5: WARNING: the note 'a' embeds itself" in build.warnings
    assert "b.md:7: WARNING: the note 'B' embeds itself" in build.warnings
    assert build.warnings.count('embeds itself') == 3
    assert 'Text of B.' not in embeds(build, 'index')[0].get_text().replace('Text of A.', '')
    assert build.soup('a').select('a[href="b.html"]')


def test_what_is_not_there_or_not_published_is_not_embedded(make_site):
    files = {
        'index.md': '# Index\n',
        'a.md': '# A\n\n![[draft]]\n\n![[nowhere]]\n\n![[b#No such]]\n',
        'b.md': '# B\n\nText.\n',
        'draft.md': '---\ndate: 2020-01-01\ndraft: true\n---\n\n# Draft\n\nSecret.\n',
    }
    build = make_site(files, CONF, myst=True).build()
    assert not embeds(build, 'a')
    assert 'Secret' not in build.html('a')
    told = [line for line in build.warnings.splitlines() if 'toctree' not in line]
    assert told == ["a.md:7: WARNING: the note has no heading 'b#No such'; it is linked to [blog.markdown]"]


@pytest.mark.parametrize('builder', ['latex', 'text', 'man', 'singlehtml', 'epub', 'dirhtml'])
def test_every_builder_shows_it(make_site, builder):
    build = make_site({**FILES, 'index.md': '# Index\n\n```{toctree}\na\nb\n```\n'}, CONF, myst=True).build(
        builder
    )
    assert build.warnings == ''
    name = {
        'latex': 'tests.tex',
        'text': 'b.txt',
        'man': 'tests.1',
        'singlehtml': 'index.html',
        'epub': 'b.xhtml',
    }
    text = build.text(name.get(builder, 'b/index.html'))
    assert 'Barely' not in text
    assert 'Only' in text


@pytest.mark.skipif(sphinx.version_info < (8, 2), reason='its search leaves nothing out')
def test_the_search_finds_the_note_and_not_the_pages_that_embed_it(make_site):
    files = {**FILES, 'notes/Note.md': FILES['notes/Note.md'].replace('Deep.', 'Supercalifragilistic.')}
    build = make_site(files, CONF, myst=True).build()
    index = json.loads(build.text('searchindex.js').removeprefix('Search.setIndex(').removesuffix(')'))
    places = index['terms'].get('supercalifragilist', index['terms'].get('supercalifragilistic'))
    assert [index['docnames'][n] for n in ([places] if isinstance(places, int) else places)] == ['notes/Note']


BLOCKS = """# Note

First of it. ^first

Second with $x$,
on two lines ^37066d

- one
- two ^item
    - below two
- three

| a | b |
|---|---|
| c | d |

^table

> Said by one.

^quote

$$
y_1
$$

^formula

## Part

In it. ^first-of-part

^again
"""


@pytest.mark.parametrize(
    ('name', 'words', 'others'),
    [
        ('first', 'First of it.', 'Second'),
        ('37066d', 'Second with', 'First'),
        ('item', 'two', 'three'),
        ('item', 'below two', 'one'),
        ('table', 'c', 'Said'),
        ('quote', 'Said by one.', 'In it'),
        ('formula', 'y', 'Said'),
        ('first-of-part', 'In it.', 'Part'),
        ('again', 'In it.', 'Part'),
    ],
)
@pytest.mark.parametrize('builder', ['html', 'singlehtml'])
def test_a_block_alone_may_be_embedded(make_site, name, words, others, builder):
    files = {
        'index.md': '# Index\n\n```{toctree}\na\nNote\n```\n',
        'a.md': f'# A\n\n![[Note#^{name}]]\n\n[[Note#^{name}|to it]]\n',
        'Note.md': BLOCKS,
    }
    build = make_site(files, CONF, myst=True).build(builder)
    assert build.warnings == ''
    page = build.soup('a' if builder == 'html' else 'index')
    [box] = page.select('div.blog-embed')
    title = box.select_one('.blog-embed-title').extract()
    assert words in box.get_text()
    assert others not in box.get_text()
    assert '^' not in page.get_text().replace('y^', '')
    if builder == 'html':
        assert [a['href'] for a in page.select('section > p a')] == [f'Note.html#block-{name}']
        assert title.a['href'] == f'Note.html#block-{name}'
        assert name == 'formula' or build.soup('Note').find(id=f'block-{name}')


def test_a_block_that_is_not_there_is_told(make_site):
    files = {'index.md': '# Index\n', 'a.md': '# A\n\n![[Note#^none]]\n', 'Note.md': BLOCKS}
    build = make_site(files, CONF, myst=True).build()
    assert "a.md:3: WARNING: the note has no block 'Note#^none'; it is linked to" in build.warnings
    assert not embeds(build, 'a')


def test_a_note_by_its_title_is_all_of_it(make_site):
    files = {**FILES, 'a.md': '# A\n\n![[Note#A note]]\n'}
    build = make_site(files, CONF, myst=True).build()
    assert 'Deep.' in embeds(build, 'a')[0].get_text()
    assert 'no heading' not in build.warnings


def test_a_section_of_the_same_note_and_notes_that_embed_parts_of_each_other(make_site):
    files = {
        'index.md': '# Index\n',
        'a.md': '# A\n\n## One\n\nText one. ^block\n\n## Two\n\n![[#One]]\n\n![[b#Three]]\n\n![[a#^block]]\n',
        'b.md': '# B\n\n## Three\n\nText three.\n\n## Four\n\n![[a#Two]]\n\n![[a]]\n',
    }
    site = make_site(files, CONF, myst=True)
    build = site.build()
    assert [line for line in build.warnings.splitlines() if 'toctree' not in line] == []
    boxes = [box.get_text() for box in embeds(build, 'a')]
    assert ['Text one.' in box for box in boxes] == [True, False, True]
    assert ['Text three.' in box for box in boxes] == [False, True, False]
    assert 'Four' not in boxes[1]
    outer = [box for box in embeds(build, 'b') if not box.find_parent('div', class_='blog-embed')]
    assert [box.get_text().count('Text three.') for box in outer] == [1, 1]
    assert [box.get_text().count('Text one.') for box in outer] == [2, 3]
    site.write('a.md', files['a.md'].replace('Text one.', 'Text won.'))
    again = site.build(parallel=2)
    assert 'Text won.' in again.soup('b').get_text()
    assert again.snapshot == site.build(fresh=True).snapshot


def test_a_section_that_embeds_itself_by_another_note_is_told(make_site):
    files = {
        'index.md': '# Index\n',
        'a.md': '# A\n\n## One\n\nText one.\n\n![[b#Two]]\n',
        'b.md': '# B\n\n## Two\n\nText two.\n\n![[a#One]]\n\n## Three\n\n![[#Three]]\n',
    }
    build = make_site(files, CONF, myst=True).build()
    told = [line for line in build.warnings.splitlines() if 'toctree' not in line]
    assert [line.partition(' WARNING')[0] for line in told] == ['a.md:7:', 'b.md:7:', 'b.md:11:']
    assert not embeds(build, 'a')
