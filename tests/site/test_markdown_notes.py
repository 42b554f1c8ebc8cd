"""Callouts, comments, marked words, tasks: what note-takers write, as readers see it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_notes import CALLOUTS, notes_plugin

HEAD = '---\ndate: 2020-01-01\ntitle: N\n---\n\n'


def shown(make_site, text, builder='html'):
    build = make_site({'index.md': '# I\n', 'posts/a.md': HEAD + text}, {}, myst=True).build(builder)
    assert build.warnings == ''
    return build.soup('posts/a') if builder == 'html' else (build.outdir / 'posts/a.txt').read_text('utf-8')


@pytest.mark.parametrize(
    ('text', 'classes', 'title', 'body'),
    [
        ('> [!tip] A *title* of mine\n> Body.', {'tip'}, 'A title of mine', 'Body.'),
        ('> [!NOTE]\n> GitHub.', {'note'}, 'Note', 'GitHub.'),
        ('> [!question]- Folded\n> Body.', {'note', 'blog-callout-question', 'dropdown'}, 'Folded', 'Body.'),
        ('> [!bug]+ Open\n> Body.', {'error', 'blog-callout-bug'}, 'Open', 'Body.'),
        ('> [!定理] 勾股\n> 正文', {'note', 'blog-callout-own'}, '勾股', '正文'),
        ('> [!warning|left] W\n>\n> Apart.', {'warning'}, 'W', 'Apart.'),
    ],
)
def test_a_callout_is_an_admonition(make_site, text, classes, title, body):
    (box,) = shown(make_site, text).select('.admonition')
    assert classes <= set(box['class'])
    assert box.select_one('.admonition-title').get_text() == title
    assert body in box.get_text()
    assert '[!' not in box.get_text()


def test_every_kind_is_one_that_docutils_has(make_site):
    text = '\n\n'.join(f'> [!{kind}]\n> About {kind}.' for kind in CALLOUTS)
    assert len(shown(make_site, text).select('.admonition')) == len(CALLOUTS)


def test_callouts_stand_in_one_another(make_site):
    soup = shown(
        make_site, '> [!tip] Outer\n> > [!note] Inner\n> > deep\n>\n> [!not] here\n\n> plain [!note]\n'
    )
    assert soup.select_one('.admonition .admonition').get_text(' ', strip=True) == 'Inner deep'
    assert '[!not] here' in soup.get_text()
    assert 'plain [!note]' in soup.select_one('blockquote').get_text()


@pytest.mark.parametrize(
    ('text', 'left'),
    [
        ('A%%hidden%% word', 'A word'),
        ('A\n\n%%\nhidden\n\nhidden\n%%\n\nZ', 'A Z'),
        ('%% hidden %%\n\nZ', 'Z'),
        ('%%hidden\nhidden%%\nZ', 'Z'),
        ('50%% of it', '50%% of it'),
        ('`a %%shown%%`', 'a %%shown%%'),
        ('%% hidden %% behind', 'behind'),
    ],
)
def test_comments_are_for_the_author(make_site, text, left):
    soup = shown(make_site, text)
    assert ' '.join(p.get_text(' ', strip=True) for p in soup.select('section > p')) == left
    assert 'hidden' not in soup.get_text()


def test_code_and_formulas_hold_no_comments(make_site):
    soup = shown(make_site, '```\n%%\nx ==y==\n%%\n```\n\n$$\na %% b\n$$\n\n$%%c%%$\n')
    assert '%%\nx ==y==\n%%' in soup.select_one('pre').get_text()
    assert [tag.get_text().strip('\\[]() \n') for tag in soup.select('.math')] == ['a %% b', '%%c%%']


@pytest.mark.parametrize(
    ('text', 'marked'),
    [
        ('==a *b* c==', ['a b c']),
        ('中文==高亮==文字', ['高亮']),
        ('(==x==).', ['x']),
        ('a==b and c==d', []),
        ('a == b and c == d', []),
        ('`==x==` =====', []),
        ('===x===', []),
    ],
)
def test_marked_words(make_site, text, marked):
    assert [tag.get_text() for tag in shown(make_site, text).select('.blog-marked')] == marked


def test_struck_words_and_tasks(make_site):
    text = '~~gone~~\n\n- [x] done\n- [ ] open\n'
    soup = shown(make_site, text)
    assert soup.select_one('.blog-struck').get_text() == 'gone'
    assert [box.has_attr('checked') for box in soup.select('li input[type=checkbox]')] == [True, False]
    assert 'gone' in shown(make_site, text, 'text')


@pytest.mark.parametrize(
    ('text', 'left'),
    [
        ('A block. ^id-1', 'A block.'),
        ('- item ^x', 'item'),
        ('A\n^id', 'A'),
        ('10 ^2', '10 ^2'),
        ('x^n', 'x^n'),
    ],
)
def test_names_of_blocks_are_not_shown(make_site, text, left):
    assert shown(make_site, text).select_one('section p:not(.blog-meta)').get_text() == left


@given(st.text('%=[]!>-+ \nab|中', max_size=200))
def test_any_text_is_read(text):
    md = MarkdownIt()
    notes_plugin(md)
    tokens = md.parse(text)
    assert sum(token.nesting for token in tokens) == 0


# Some 0.3 to 2 s of work; what grows with the square of the text takes far longer.
@pytest.mark.parametrize('piece', ['%%\n', '%%a ', '==a', '> [!a]\n', '=='])
def test_the_work_is_linear(piece):
    md = MarkdownIt()
    notes_plugin(md)
    started = time.process_time()
    md.parse(piece * 80_000)
    assert time.process_time() - started < 60


def test_a_note_within_a_line_is_a_footnote(make_site):
    text = (
        'One^[A *foot* of $x$.] and two[^b] and three^[With [a link](https://e.org/)^[Within.].].\n\n'
        '[^b]: Its text.\n\n'
        '> [!tip] T\n> Four^[Inside.]\n\n`code^[no]` and $a^[b]$ and ^ [x]\n'
    )
    soup = shown(make_site, text)
    told = [' '.join(note.get_text(' ', strip=True).split()) for note in soup.select('aside.footnote')]
    assert (
        sorted(words.partition('] ')[2].lstrip('0123456789 ') for words in told) == sorted(told)
        or len(told) == 5
    )
    shown_text = ' '.join(told)
    for words in ('A foot of', 'Its text.', 'a link', 'Within.', 'Inside.'):
        assert words in shown_text
    references = soup.select('a.footnote-reference')
    assert len(references) == 5
    assert all(soup.select_one(reference['href']) for reference in references)
    assert '^[no]' in soup.get_text()
    assert 'One^' not in soup.get_text()


TAGGED = (
    'An #algebra, #math/linear and #SVD, #algebra again, #扩散模型.\n\n#first of a line\n\n- #item\n\n'
    '# Heading\n\nNo: #1 and x#y, `#code`, [#link](https://e.org/), $#3$, \\#escaped, https://e.org/#there, '
    '##two.\n'
)


@pytest.mark.parametrize('parallel', [1, 2])
def test_tags_in_the_text_of_a_vault_are_tags_of_the_note(make_site, parallel):
    files = {
        'index.md': '# I\n',
        '.obsidian/app.json': '{}',
        'a.md': f'---\ndate: 2020-01-01\ntags: [svd]\n---\n\n{TAGGED}',
        'b.md': '---\ndate: 2020-01-01\ndraft: true\n---\n\n#secret\n',
    }
    build = make_site(files, {}, myst=True).build(parallel=parallel)
    assert build.warnings == ''
    tags = build.app.env.get_domain('blog').posts['a'].tags
    assert tags == ('svd', 'algebra', 'math/linear', '扩散模型', 'first', 'item')
    links = {
        a.get_text(): a['href'] for a in build.soup('a').select('section a') if a.select('.blog-inline-tag')
    }
    assert links['#algebra'] == 'blog/tag/algebra.html'
    assert links['#SVD'] == 'blog/tag/svd.html'
    assert set(links) == {'#algebra', '#math/linear', '#SVD', '#扩散模型', '#first', '#item'}
    assert 'A' in build.soup('blog/tag/algebra').get_text()
    assert not (build.outdir / 'blog/tag/secret.html').exists()
    assert '#secret' in build.soup('b').get_text()


@pytest.mark.parametrize(
    ('value', 'vault', 'tagged'), [(None, False, False), (True, False, True), (False, True, False)]
)
def test_the_author_says_whether_a_hash_makes_a_tag(make_site, value, vault, tagged):
    files = {'index.md': '# I\n', 'a.md': '---\ndate: 2020-01-01\n---\n\nAn #algebra.\n'}
    if vault:
        files['.obsidian/app.json'] = '{}'
    build = make_site(files, {'blog_inline_tags': value}, myst=True).build()
    assert build.warnings == ''
    assert build.app.env.get_domain('blog').posts['a'].tags == (('algebra',) if tagged else ())
    assert '#algebra' in build.soup('a').get_text()
