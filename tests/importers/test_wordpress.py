"""WordPress's export: posts and pages as entries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sphinxext_blog.importers.grouping import group_entries
from sphinxext_blog.importers.wordpress import importer

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><wp:author><wp:author_login>emmy</wp:author_login>'
    '<wp:author_display_name>Emmy &amp; Noether</wp:author_display_name></wp:author>\n'
)
ITEM = """<item><title>{title}</title><link>https://e.org/2014/12/gauss/</link><dc:creator>emmy</dc:creator>
<guid isPermaLink="false">https://e.org/?p=7</guid><content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[In <b>short</b>]]></excerpt:encoded><wp:post_date>{date}</wp:post_date>
<wp:post_modified>2015-01-02 00:00:00</wp:post_modified><wp:post_name>gauss</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<category domain="category" nicename="x">Numbers</category>
<category domain="category">Uncategorized</category><category domain="post_tag">sums</category></item>
"""


def read(*items, end='</channel></rss>', **more):
    values = {
        'title': 'Gauss',
        'body': '<p>Text.</p>',
        'date': '2014-12-08 10:11:12',
        'status': 'publish',
        'kind': 'post',
    }
    text = HEAD + ''.join(ITEM.format(**{**values, **item}) for item in (items or (more,))) + end
    return importer.read(Path('wp.xml'), text)


def test_an_export_is_recognised_by_its_head():
    assert importer.recognises(Path('a.xml'), HEAD)
    assert not importer.recognises(Path('a.xml'), '<rss version="2.0"><channel>')


def test_what_a_post_says_of_itself():
    found = read()
    assert found.problems == ()
    [entry] = found.entries
    assert entry.title == 'Gauss'
    assert entry.date.isoformat().startswith('2014-12-08')
    assert entry.updated.isoformat().startswith('2015-01-02')
    assert entry.author == 'Emmy & Noether'
    assert (entry.tags, entry.categories) == (('sums',), ('Numbers',))
    assert (entry.url, entry.slug) == ('https://e.org/2014/12/gauss/', 'gauss')
    assert entry.urls == ('https://e.org/?p=7', 'https://e.org/2014/12/gauss/')
    assert entry.excerpt == 'In short'
    assert [block.text for block in entry.blocks] == ['Text.']
    assert (entry.draft, entry.page) == (False, False)


@pytest.mark.parametrize('status', ['draft', 'future', 'pending'])
def test_what_readers_do_not_see_is_a_draft(status):
    assert read(status=status).entries[0].draft


@pytest.mark.parametrize('item', [{'status': 'trash'}, {'kind': 'attachment'}, {'kind': 'nav_menu_item'}])
def test_trash_pictures_and_menus_are_no_posts(item):
    found = read({}, item)
    assert len(found.entries) == 1


def test_a_page_is_one():
    assert read(kind='page').entries[0].page


def test_formulas_and_lines_of_wordpress():
    [entry] = read(title='On $latex x^2$', body='One\nline $latex a_1$.\n\nTwo.').entries
    assert entry.title == 'On $x^2$'
    assert [block.text for block in entry.blocks] == ['| One\n| line \\ :math:`a_1`\\ .', 'Two.']


def test_a_draft_without_a_date_has_none():
    assert read(date='0000-00-00 00:00:00').entries[0].date is None


def test_an_export_that_was_cut_off_keeps_what_came_before():
    found = read({}, end='<item><title>Half')
    assert len(found.entries) == 1
    assert 'what came before is imported' in found.problems[0].message


def test_an_export_without_posts_is_told():
    found = importer.read(Path('wp.xml'), HEAD + '</channel></rss>')
    assert [problem.message for problem in found.problems] == ['the export has no posts']


def test_what_not_everybody_may_read_is_left_out_and_told():
    found = read({'status': 'private'}, {'title': 'Open'}, {'title': 'Shut'})
    assert [entry.title for entry in found.entries] == ['Open', 'Shut']
    assert [problem.message for problem in found.problems] == ["'Gauss' is private and is left out"]
    text = (HEAD + ITEM.format(title='Shut', body='x', date='', status='publish', kind='post')).replace(
        '<wp:post_name>', '<wp:post_password>secret</wp:post_password><wp:post_name>'
    )
    found = importer.read(Path('wp.xml'), text + '</channel></rss>')
    assert found.entries == ()
    assert "'Shut' is protected by a password" in found.problems[0].message


@pytest.mark.parametrize(
    ('body', 'text'),
    [
        ('<p>$latex x^2 &bg=ffffff&fg=000000&s=2$.</p>', ':math:`x^2`.'),
        ('<p>$latex a &amp;s=1$ b</p>', ':math:`a` b'),
        ('<p>$latex a &= b$</p>', ':math:`a &= b`'),
        ('<p>第一行<br />\n第二行<br/>third<br>line</p>', '| 第一行\n| 第二行\n| third\n| line'),
        (
            '[sourcecode language="python"]\nif a < b:\n    c\n[/sourcecode]',
            '.. code-block:: python\n\n   if a < b:\n       c',
        ),
        ('<pre lang="cpp">int x;</pre>', '.. code-block:: cpp\n\n   int x;'),
        ('[code]\na &lt; b\n[/code] and [code] open', '.. code-block:: text\n\n   a < b'),
    ],
)
def test_what_wordpress_writes_of_its_own(body, text):
    [entry] = read(body=body).entries
    assert entry.blocks[0].text.replace('\\ ', '') == text


def test_posts_with_ids_of_their_own_stay_apart():
    text = HEAD + ''.join(
        ITEM.format(
            title='Same', body=f'<p>Text {n}.</p>', date='2014-12-08 00:00:00', status=status, kind=kind
        ).replace('<wp:post_name>', f'<wp:post_id>{n}</wp:post_id><wp:post_name>')
        for n, (status, kind) in enumerate(
            [('publish', 'post'), ('draft', 'post'), ('publish', 'page'), ('publish', 'post')]
        )
    )
    entries = importer.read(Path('wp.xml'), text + '</channel></rss>').entries
    groups, problems = group_entries(entries)
    assert [[entry.identity for entry in group] for group, _ in groups] == [['0'], ['1'], ['2'], ['3']]
    assert problems == []
    again = [replace(entry, source='later.xml') for entry in entries[:1]]
    assert len(group_entries([*entries[:1], *again])[0]) == 1


def test_shortcodes_of_wordpress():
    body = (
        '<p>[caption id="a" width="1"]<img src="https://e.org/a.png" alt="A"> The words[/caption]</p>'
        '<p>[youtube https://youtu.be/x?a=1&amp;b=2]</p>'
        '<p>See [gallery ids="1,2"] and [embed]https://e.org/v[/embed], [x] and [1].</p>'
    )
    found = read(body=body)
    text = '\n'.join(block.text for block in found.entries[0].blocks)
    assert 'The words' in text
    assert 'https://youtu.be/x?a=1&b=2' in text
    assert 'and https://e.org/v, [x] and [1]' in text.replace('\\ ', '')
    assert '[caption' not in text
    assert [problem.message for problem in found.problems] == [
        'the shortcode [gallery] means nothing here and is left out'
    ]


@pytest.mark.parametrize(
    ('body', 'texts'),
    [
        ('[latexpage]Let $x$\nbe', ['| Let \\ :math:`x`\n| be']),
        ('A [katex]x_1[/katex] b', ['A \\ :math:`x_1`\\  b']),
        ('[katex display=true]x[/katex]', ['.. math::\n\n   x']),
        (
            '<!-- wp:katex/display-block --><div class="katex-eq" data-katex-display="true">a &lt; b</div>',
            ['.. math::\n\n   a < b'],
        ),
        ('<!-- wp:x --><p>A <span class="katex-eq" data-katex-display="false">b</span>', ['A \\ :math:`b`']),
        (
            'One<br />\ntwo\n<em>three</em>\n\n<ul>\n<li>a</li>\n</ul>\n',
            ['| One\n| two\n| *three*', '* a'],
        ),
        ('See\n$$\na\n$$\nhere', ['See', '.. math::\n\n   a', 'here']),
    ],
)
def test_formulas_of_plugins_and_ends_of_lines(body, texts):
    [entry] = read(body=body).entries
    assert [block.text for block in entry.blocks] == texts


def test_the_picture_that_stands_for_a_post_and_a_draft_without_a_name():
    post = ITEM.format(title='A', body='Text.', date='2014-12-08', status='publish', kind='post').replace(
        '</item>',
        '<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>'
        '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta></item>',
    )
    draft = '<item><title>B</title><link>https://e.org/?p=8</link><wp:status>draft</wp:status></item>'
    picture = (
        '<item><title>P</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>'
        '<wp:status>inherit</wp:status><wp:attachment_url>https://e.org/wp-content/uploads/p.png'
        '</wp:attachment_url></item>'
    )
    found = importer.read(Path('wp.xml'), f'{HEAD}{post}{draft}{picture}</channel></rss>')
    assert [(entry.title, entry.image, entry.slug) for entry in found.entries] == [
        ('A', 'https://e.org/wp-content/uploads/p.png', 'gauss'),
        ('B', '', ''),
    ]
