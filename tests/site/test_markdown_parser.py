"""The parser of Markdown posts, where it differs from MyST-Parser's."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

POST = '---\ndate: 2020-01-01\n---\n\n{}\n'
PNG = b'\x89PNG\r\n\x1a\n'


def body(make_site, text, *, conf=None, name='posts/a.md', **files):
    site = make_site({'index.md': '# I\n', name: text, **files}, conf or {}, myst=True)
    build = site.build()
    return build, build.soup(name.removesuffix('.md'))


def test_a_document_that_is_no_post_is_mysts(make_site):
    _build, soup = body(make_site, '# A\n\n[[b]] and $x$\n')
    assert '[[b]] and $x$' in soup.get_text()
    assert not soup.select('.math')


@pytest.mark.parametrize('value', ['posts', 'all'])
def test_which_documents_are_meant(make_site, value):
    _build, soup = body(make_site, '# A\n\n$x$\n', conf={'blog_markdown': value})
    assert bool(soup.select('.math')) is (value == 'all')


def test_a_post_may_say_no(make_site):
    _build, soup = body(make_site, '---\nblogpost: false\ndate: 2020-01-01\n---\n\n# A\n\n$x$\n')
    assert not soup.select('.math')


@pytest.mark.parametrize(
    ('name', 'title'),
    [
        ('posts/2014-12-08-gauss_sums.md', 'Gauss sums'),
        ('posts/扩散模型.md', '扩散模型'),
        ('posts/Gradient descent.md', 'Gradient descent'),
        ('posts/gradient-descent.md', 'Gradient descent'),
        ('posts/my_bundle/index.md', 'My bundle'),
    ],
)
def test_the_name_of_a_file_may_be_the_title(make_site, name, title):
    _build, soup = body(make_site, POST.format('Text.'), name=name)
    assert soup.h1.get_text().removesuffix('¶') == title


def test_a_display_within_a_line_stands_between_paragraphs(make_site):
    build, soup = body(make_site, POST.format('# A\n\nBefore $$y$$ after.'))
    assert build.warnings == ''
    assert not soup.select('p div')
    texts = [p.get_text() for p in soup.select('section > p')]
    assert texts[-2:] == ['Before ', ' after.'] or texts[-2:] == ['Before', 'after.']


def test_a_broken_field_is_told_with_its_line(make_site):
    build, soup = body(make_site, '---\ndate: 2020-01-01\ntitle: a: b: c\n---\n\nText.\n')
    assert "posts/a.md:3: WARNING: the field 'title'" in build.warnings
    assert 'a: b: c' in soup.h1.get_text()


@pytest.mark.parametrize(
    ('title', 'shown'),
    [
        ('std::vector<int> & A* [x](y) _a_ **b**', None),
        ('<script>alert(1)</script>', None),
        ('C:\\Users &amp; ![p](q) {{ x }} ~~z~~', None),
        ('$5 and $10', None),
        ('On $a<b$ and `x <b>`', 'On a<b and `x <b>`'),
        ('Unclosed ` and $', None),
    ],
)
def test_a_title_of_the_front_matter_is_text(make_site, title, shown):
    matter = f'---\ndate: 2020-01-01\ntitle: {json.dumps(title)}\n---\n\nText.\n'
    build, soup = body(make_site, matter, conf={'html_math_renderer': 'mathml'})
    assert soup.h1.get_text().removesuffix('¶') == (shown or title)
    assert not soup.h1.select('script, img, em, strong, s')
    assert build.app.env.get_domain('blog').posts['posts/a'].title == title


def test_the_page_of_a_section_needs_no_toctree(make_site):
    build, _soup = body(make_site, '---\ndate: 2020-01-01\n---\n\n# A\n', **{'posts/_index.md': '# Posts\n'})
    assert build.warnings == ''


def test_a_title_with_brackets_of_latex_is_one_everywhere(make_site):
    matter = '---\ndate: 2020-01-01\ntitle: Math $x_1$ and \\(y\\)\n---\n\nText.\n'
    build, _soup = body(make_site, matter)
    assert build.app.env.get_domain('blog').posts['posts/a'].title == 'Math $x_1$ and $y$'


def test_a_post_has_one_title_whatever_its_file_is_called(make_site):
    text = '---\ndate: 2020-01-01\n---\n\nWords.\n\n## S\n\nText.\n\n## T\n\nText.\n'
    build, soup = body(make_site, text, name='posts/f2.md')
    assert [h.get_text().removesuffix('¶') for h in soup.select('h1')] == ['F2']
    assert [h.get_text().removesuffix('¶') for h in soup.select('h2')] == ['S', 'T']
    assert build.app.env.get_domain('blog').posts['posts/f2'].title == 'F2'


def test_attachments_are_files_and_no_posts_to_be_written(make_site):
    text = POST.format(
        '# A\n\nSee [[paper.pdf]], ![[data/sound.mp3]] and [[Paper.pdf#page=3|page 3]].\n\n[[none.csv]]'
    )
    files = {'files/paper.pdf': b'%PDF', 'data/sound.mp3': b'ID3'}
    build, soup = body(make_site, text, **files)
    links = soup.select('section a.download')
    assert [a.get_text() for a in links] == ['paper.pdf', 'data/sound.mp3', 'page 3']
    assert all((build.outdir / 'posts' / unquote(a['href'])).is_file() for a in links)
    assert not build.app.env.get_domain('blog').knowledge.resolution.missing
    assert 'posts/a.md:9: WARNING: download file not readable' in build.warnings
    assert build.warnings.count('WARNING') == 1


def test_a_heading_has_the_id_that_its_author_gave_it(make_site):
    text = POST.format(
        '# A\n\n[x](#my-id) and [y](#证明)\n\n## Sec {#my-id}\n\n### 二 {: #证明 .c}\n\n## Set {#'
    )
    build, soup = body(make_site, text)
    assert build.warnings == ''
    assert [tag.contents[0] for tag in soup.select('section section > h2, section section > h3')] == [
        'Sec',
        '二',
        'Set {#',
    ]
    for link in soup.select('section > p a'):
        assert soup.find(id=unquote(link['href'][1:])) is not None
    assert soup.select_one('section section > h2').parent['id'] == 'my-id'


@pytest.mark.parametrize(
    ('name', 'title'),
    [('k-means', 'k-means'), ('2020-01-02-day', '2020-01-02-day'), ('under_score', 'under_score')],
)
def test_the_name_of_a_note_in_a_vault_is_its_title_as_it_stands(make_site, name, title):
    files = {'.obsidian/app.json': '{}'}
    build, soup = body(make_site, POST.format('Text.'), name=f'{title}.md', **files)
    assert build.warnings == ''
    assert soup.h1.get_text().removesuffix('¶') == title
