"""WordPress's export: posts and pages as entries."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.parametrize('status', ['draft', 'private', 'future', 'pending'])
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
    assert [block.text for block in entry.blocks] == ['One line \\ :math:`a_1`\\ .', 'Two.']


def test_a_draft_without_a_date_has_none():
    assert read(date='0000-00-00 00:00:00').entries[0].date is None


def test_an_export_that_was_cut_off_keeps_what_came_before():
    found = read({}, end='<item><title>Half')
    assert len(found.entries) == 1
    assert 'what came before is imported' in found.problems[0].message


def test_an_export_without_posts_is_told():
    found = importer.read(Path('wp.xml'), HEAD + '</channel></rss>')
    assert [problem.message for problem in found.problems] == ['the export has no posts']
