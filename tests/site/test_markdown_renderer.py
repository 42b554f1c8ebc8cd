"""Links and pictures of Markdown posts, as readers find them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

POST = '---\ndate: 2020-01-01\n---\n\n{}\n'
PNG = b'\x89PNG\r\n\x1a\n'


def body(make_site, text, *, conf=None, name='posts/a.md', **files):
    site = make_site({'index.md': '# I\n', name: text, **files}, conf or {}, myst=True)
    build = site.build()
    return build, build.soup(name.removesuffix('.md'))


def test_an_old_address_is_a_link_and_a_file_of_the_site_is_that_file(make_site):
    text = POST.format('# A\n\n[old](/2014/12/gauss/) [own](/posts/b.md)')
    _build, soup = body(make_site, text, **{'posts/b.md': POST.format('# B\n\nText.')})
    assert [a['href'] for a in soup.select('section > p a')] == ['/2014/12/gauss/', 'b.html']


def test_hexos_link_to_a_post_shows_its_title(make_site):
    text = POST.format('# A\n\n{% post_link b %}, {% post_link b words %}, {% post_link none %}')
    build, soup = body(make_site, text, **{'posts/b.md': POST.format('# B of $x$\n\nText.')})
    links = soup.select('section > p a')
    assert [a['href'] for a in links] == ['b.html', 'b.html']
    assert [a.get_text() for a in links] == ['B of x', 'words']
    assert "no post is called 'none'" in build.warnings
    assert 'none' in soup.select('section > p')[-1].get_text()


def test_a_picture_lies_in_the_folder_that_hexo_makes_for_its_post(make_site):
    text = POST.format('# A\n\n![](图.png) {% asset_img 图.png words %}')
    build, soup = body(make_site, text, **{'posts/a/图.png': PNG})
    assert build.warnings == ''
    assert [image['src'] for image in soup.select('section img')] == ['../_images/%E5%9B%BE.png'] * 2


PLACES = {
    '/img/a.png': 'static/img/a.png',
    '../static/img/b.png': 'static/img/b.png',
    'c.png': 'posts/c.png',
    'img/d.png': 'static/img/d.png',
    '../images/e.png': 'assets/images/e.png',
    'My%20f.png': 'attachments/My f.png',
    'g.png#center': 'posts/g.png',
    'h.png?width=300px': 'posts/h.png',
    'i%23j.png': 'posts/i#j.png',
}


def test_a_picture_is_found_where_engines_keep_it(make_site):
    text = POST.format('# A\n\n' + '\n\n'.join(f'![]({source})' for source in PLACES))
    build, soup = body(make_site, text, **dict.fromkeys(PLACES.values(), PNG))
    assert build.warnings == ''
    shown = [unquote(image['src']).removeprefix('../_images/') for image in soup.select('section img')]
    assert shown == [path.rpartition('/')[2] for path in PLACES.values()]


@pytest.mark.parametrize(
    ('picture', 'alt', 'width', 'height'),
    [
        ('![words|100](p.png)', 'words', '100', None),
        ('![a|b|100x50](p.png)', 'a|b', '100', '50'),
        ('![|100](p.png)', '', '100', None),
        ('![[p.png|words|100x50]]', 'words', '100', '50'),
        ('![a|b](p.png)', 'a|b', None, None),
    ],
)
def test_obsidian_has_the_size_among_the_words(make_site, picture, alt, width, height):
    build, soup = body(make_site, POST.format(f'# A\n\n{picture}'), **{'posts/p.png': PNG})
    assert build.warnings == ''
    style = soup.select_one('section img').get('style', '')
    assert soup.select_one('section img')['alt'] == alt
    assert f'width: {width}px' in style if width else not style
    assert not height or f'height: {height}px' in style


def test_a_film_in_the_place_of_a_picture_is_a_link(make_site):
    text = POST.format('# A\n\n![talk](https://www.youtube.com/watch?v=abc) ![](https://youtu.be/x)')
    build, soup = body(make_site, text)
    assert build.warnings == ''
    assert not soup.select('section img')
    assert [(a.get_text(), a['href']) for a in soup.select('section > p > a.external')] == [
        ('talk', 'https://www.youtube.com/watch?v=abc'),
        ('https://youtu.be/x', 'https://youtu.be/x'),
    ]


def test_a_film_within_a_link_is_no_link_of_its_own(make_site):
    text = POST.format('# A\n\n[*![talk](https://youtu.be/x)*](https://youtu.be/y)')
    build, soup = body(make_site, text)
    assert build.warnings == ''
    assert [str(a.get('href')) for a in soup.select('section > p a')] == ['https://youtu.be/y']
    assert soup.select_one('section > p > a em').get_text() == 'talk'


@pytest.mark.parametrize(
    'text',
    [
        '![x]({})',
        '![[{}.png]]',
        '[x](/{})',
        '[x]({}/b/)',
        '[x]({})',
        '[x]({}.md)',
        '<video src="{}"></video>',
    ],
)
def test_an_address_too_long_for_a_file_ends_no_build(make_site, text):
    long = '很长的说明' * 30
    build, soup = body(make_site, POST.format(f'# A\n\n{text.format(long)}\n\nThe last line.'))
    assert soup.select('section > p')[-1].get_text() == 'The last line.'
    assert text.startswith('[x](/') or long in build.warnings


def test_no_picture_is_taken_from_outside_the_project(make_site, tmp_path):
    (tmp_path / 'secret.png').write_bytes(PNG)
    build, _soup = body(make_site, POST.format(f'# A\n\n![](/../../../..{tmp_path}/secret.png)'))
    assert not (build.outdir / '_images' / 'secret.png').exists()


def test_links_to_headings_and_to_notes_by_name(make_site):
    text = (
        '---\ndate: 2020-01-01\n---\n\n# A\n\n[one](b.md#two-words) [two](b.md#Two%20Words) [three](Far.md) '
        '[four](Far.md#Last%20Part) [here](#own) [five](#Own%20part)\n\n## Own\n\n## Own part\n\nText.\n'
    )
    files = {
        'posts/b.md': '---\ndate: 2020-01-02\n---\n\n# B\n\n## Two Words\n\nText.\n',
        'posts/deep/Far.md': '---\ndate: 2020-01-03\n---\n\n# Far\n\n## Last Part\n\nText.\n',
    }
    build, soup = body(make_site, text, **files)
    assert build.warnings == ''
    links = {
        a.get_text(): a['href']
        for a in soup.select('section p a')
        if a.get_text() in 'one two three four here five'
    }
    assert links == {
        'one': 'b.html#two-words',
        'two': 'b.html#two-words',
        'three': 'deep/Far.html',
        'four': 'deep/Far.html#last-part',
        'here': '#own',
        'five': '#own-part',
    }


@pytest.mark.parametrize(
    ('name', 'link', 'href'),
    [
        ('posts/a.md', '../b/', 'b.html'),
        ('posts/a.md', '../b', 'b.html'),
        ('posts/a.md', '../b/#sec', 'b.html#sec'),
        ('posts/a/index.md', '../b/', '../b.html'),
        ('posts/a.md', '../名/', '%E5%90%8D/index.html'),
        ('posts/a.md', '../%E5%90%8D/', '%E5%90%8D/index.html'),
        ('posts/a.md', '../../notes/c/', '../notes/c.html'),
        ('posts/a.md', '../notes/c/', '../notes/c.html'),
        ('posts/_index.md', 'b/', 'b.html'),
        ('posts/a.md', '../../', '../index.html'),
    ],
)
def test_a_relative_address_of_a_folder_is_the_page_that_hugo_has_there(make_site, name, link, href):
    text = f'---\nblogpost: true\ndate: 2020-01-01\n---\n\n# A\n\n[words]({link})\n'
    files = {
        'posts/b.md': POST.format('# B\n\n## Sec\n\nText.'),
        'posts/名/index.md': POST.format('# 名'),
        'notes/c.md': POST.format('# C'),
    }
    build, soup = body(make_site, text, name=name, **files)
    assert build.warnings == ''
    assert [a['href'] for a in soup.select('section p a') if a.get_text() == 'words'] == [href]


def test_a_relative_address_that_leads_nowhere_is_told(make_site):
    build, soup = body(make_site, POST.format('# A\n\n[words](../none/)'))
    assert "posts/a.md:7: WARNING: no post is called '../none/'" in build.warnings
    assert not soup.select('a[href*="none"]')


def test_anchors_of_hexo_lead_to_headings_with_numbers(make_site):
    text = (
        '---\ndate: 2020-01-01\n---\n\n# A\n\n[here](#2-1-小节) [there](b.md#1-2-Part-of-b) '
        '[old](/2020/01/02/b/#1-2-Part-of-b) [none](/2020/01/02/b/#none)\n\n## 2.1 小节\n\nText.\n'
    )
    files = {'posts/b.md': '---\ndate: 2020-01-02\n---\n\n# B\n\n## 1.2 Part of “b”\n\nText.\n'}
    build, soup = body(make_site, text, **files)
    assert build.warnings == ''
    links = {a.get_text(): unquote(a['href']) for a in soup.select('section > p a')}
    own = soup.find('h2').find_parent('section')
    ids = {own['id'], *(span['id'] for span in own.find_all('span', id=True))}
    assert links['here'].removeprefix('#') in ids
    page, _hash, fragment = links['there'].partition('#')
    assert page == 'b.html'
    assert build.soup('posts/b').find(id=fragment).name in {'section', 'span'}
    assert links['old'] == links['there']
    assert links['none'] == 'b.html#none'


def test_a_heading_that_is_renamed_leaves_no_link_behind(make_site):
    other = '---\ndate: 2020-01-02\n---\n\n# B\n\n## 1.2 {}\n\nText.\n'
    files = {
        'index.md': '# I\n',
        'posts/a.md': POST.format('# A\n\n[old](/2020/01/02/b/#1-2-Part)'),
        'posts/b.md': other.format('Part'),
    }
    site = make_site(files, {}, myst=True)
    site.build()
    site.write('posts/b.md', other.format('Piece'))
    again = site.build()
    assert again.soup('posts/a').select('a[href="b.html#1-2-Part"]')
    assert again.snapshot == site.build(fresh=True).snapshot


def test_a_language_that_nobody_highlights_is_text(make_site):
    languages = ['mermaid', 'plain', 'python', 'js:title.js', 'none', 'c++', '']
    text = POST.format('# A\n\n' + '\n\n'.join(f'```{language}\nx\n```' for language in languages))
    build, soup = body(make_site, text)
    assert build.warnings == ''
    blocks = [' '.join(block['class']) for block in soup.select('div[class*="highlight-"]')]
    assert [block.replace(' notranslate', '') for block in blocks] == [
        'highlight-mermaid highlight-text',
        'highlight-plain highlight-text',
        'highlight-python',
        'highlight-js',
        'highlight-none',
        'highlight-c++',
        'highlight-default',
    ]


@pytest.mark.parametrize('picture', ['![](none.png)', '![words](none.png)', '<img src="none.png">'])
def test_a_picture_that_is_nowhere_is_told_with_its_line(make_site, picture):
    build, _soup = body(make_site, POST.format(f'# A\n\n{picture}'))
    assert build.warnings.startswith('posts/a.md:7: WARNING: image file not readable: posts/none.png')
