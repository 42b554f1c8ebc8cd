"""Front matter as people write it: what it says, what is told of it, and that no line moves."""

from __future__ import annotations

import json
import sys
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.markdown_matter import mend

# Where Python's parser sees what is wrong: at the comma, or behind it.
LINE_OF_COMMA = 2 if sys.version_info >= (3, 13) else 3


@pytest.mark.parametrize(
    ('text', 'name', 'value'),
    [
        ('---\ntitle: A: b\n---\n', 'title', 'A: b'),
        ('---\ntitle: @x\n---\n', 'title', '@x'),
        ('---\ntags: [a, b\ntitle: x\n---\n', 'title', 'x'),
        ('---\ndate: 2014-13-45\n---\n', 'date', '2014-13-45'),
        ('---\ncategories:\n- [a, b]\n- c\n---\n', 'categories', ['a', 'b', 'c']),
        ('---\npublished: false\n---\n', 'draft', 'true'),
        ('---\nlastmod: 2020-01-01\n---\n', 'updated', '2020-01-01'),
        ('---\naliases: [/old/]\n---\n', 'urls', '/old/'),
        ('---\naliases: [Other title]\n---\n', 'aliases', 'Other title'),
        ('+++\ndate = 2020-01-01\n+++\n', 'date', '2020-01-01'),
        ('+++\n[taxonomies]\ntags = ["a", "b"]\n+++\n', 'tags', ['a', 'b']),
        ('{"title": "x"}\n', 'title', 'x'),
        ('title: x\n---\n', 'title', 'x'),
        ('\ufeff---\r\ntitle: x\r\n---\r\n', 'title', 'x'),
        ('---\ntags: ["#math", b]\n---\n', 'tags', ['math', 'b']),
        ('---\ntags: #math, #sums\n---\n', 'tags', ['math', 'sums']),
        ('---\ntitle: #1 problem\n---\n', 'title', '#1 problem'),
        ('---\ntags: #see below\n  - a\n  - b\n---\n', 'tags', ['a', 'b']),
        ('---\ntitle: "On $\\nabla f$ and \\"$\\beta$\\""\n---\n', 'title', 'On $\\nabla f$ and "$\\beta$"'),
        ('---\nexcerpt: "One line\\nand two for 5$"\n---\n', 'excerpt', 'One line\nand two for 5$'),
        ('---\npublishDate: 2020-01-02\n---\n', 'date', '2020-01-02'),
        ('---\npublishDate: 2020-01-02\ndate: 2019-01-02\n---\n', 'date', '2019-01-02'),
        ('---\nauthors:\n- name: A\n  email: b\n---\n', 'authors', ['A']),
    ],
)
def test_what_front_matter_says(text, name, value):
    matter = mend(text + '\nbody\n')
    assert matter.fields[name] == value
    read = yaml.safe_load(matter.text.split('---')[1])
    assert name in read


@pytest.mark.parametrize(
    'text', ['Text.\n', '---\n\nA rule above.\n\n---\n', '', '+++', '{not json}', '# A: b\n---\n']
)
def test_what_is_no_front_matter_stays(text):
    matter = mend(text)
    assert matter.text == text
    assert matter.fields == {}


def test_a_name_with_a_date_tells_the_date_where_the_post_does_not():
    assert mend('---\ntitle: x\n---\n', '2014-12-08-name').fields['date'] == '2014-12-08'
    assert mend('---\ndate: 2015-01-01\n---\n', '2014-12-08-name').fields['date'] == '2015-01-01'


@given(st.text(alphabet='ab:-+= \n\t[]{}"\'#,!&*%@\u4e2d\uff1a', max_size=120))
def test_no_text_breaks_it_and_the_body_keeps_its_lines(noise):
    text = f'---\ntitle: x\n{noise}\n---\n\nThe last line.'
    matter = mend(text)
    assert matter.text.split('\n')[-1] == 'The last line.'
    # a block of two lines that is not closed needs a third
    assert 0 <= matter.text.count('\n') - text.count('\n') <= 1


@pytest.mark.parametrize(
    'piece', ['a: b: c\n', '---\n', 'x\n', '\t- a\n', '[', '{"a":', '"a": x' + ' ' * 3000 + 'x\n']
)
def test_long_front_matter_takes_linear_time(piece):
    started = time.process_time()
    mend('---\n' + piece * 3000)
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    'matter',
    [
        'a: &a [*a]\ntags: [b]',
        'tag: &a {x: *a}',
        'a: &a [x,x,x,x,x,x,x,x]\n'
        + '\n'.join(
            f'{n}: &{n} [{",".join([f"*{m}"] * 8)}]' for m, n in zip('abcdefgh', 'bcdefghi', strict=True)
        ),
        'tags: ' + '[' * 5000,
    ],
    ids=['list in itself', 'mapping in itself', 'laughs', 'brackets'],
)
@pytest.mark.parametrize('start', ['', '\n'])
def test_no_front_matter_means_more_than_it_says(matter, start):
    begin = time.process_time()
    told = mend(f'{start}---\ntitle: T\n{matter}\n---\n\nText\n', 'name')
    assert len(told.text) < 50_000
    assert told.fields['title'] == 'T'
    assert told.text.endswith('\n\nText\n')
    # nothing is left for MyST-Parser to write out
    assert len(json.dumps(yaml.safe_load(told.text.split('\n---\n')[0]), default=str)) < 50_000
    assert time.process_time() - begin < 60


@pytest.mark.parametrize('markdown', ['posts', 'none'])
def test_halves_of_an_emoji_are_one(make_site, markdown):
    files = {
        'a.md': '---\ntitle: "\\ud83e\\udd21 yaml"\ntags: ["\\ud83e\\udd21", "\\ud83e"]\n'
        'date: 2020-01-01\n---\nText.\n',
        'b.md': '{"title": "\\ud83e\\udd21 json", "date": "2020-01-01"}\n\nText.\n',
    }
    conf = {'blog_post_pattern': ['*'], 'blog_markdown': markdown}
    build = make_site({**files, 'index.rst': 'I\n=\n'}, conf, myst=True).build()
    graph = json.loads((build.outdir / 'graph.json').read_text('utf-8'))
    titles = {node['id']: node['title'] for node in graph['nodes']}
    assert titles['a'] == '\U0001f921 yaml'
    assert markdown == 'none' or titles['b'] == '\U0001f921 json'
    assert (build.outdir / 'blog' / 'tag.html').is_file()


@pytest.mark.parametrize('title', ['yes', 'no', 'null', '1.10', '007', '2024-01-02'])
def test_a_title_is_what_is_written(make_site, title):
    files = {'a.md': f'---\ntitle: {title}\ndate: 2020-01-01\n---\n\nText.\n', 'index.rst': 'I\n=\n'}
    build = make_site(files, {'blog_post_pattern': ['a']}, myst=True).build()
    assert build.soup('a').h1.get_text().removesuffix('¶') == title
    assert build.app.env.get_domain('blog').posts['a'].title == title


def test_a_field_that_is_there_twice_is_told():
    matter = mend('---\ntitle: A\ndate: 2020-01-01\ntitle: B\n---\n')
    assert matter.fields['title'] == 'B'
    assert [(r.line, r.message) for r in matter.remarks] == [
        (4, "the field 'title' is there twice; the last one counts")
    ]


def test_backslashes_that_yaml_takes_are_told():
    [remark] = mend('---\ndate: 2020\ntitle: "Why $\\nabla f$"\n---\n').remarks
    assert remark.line == 3
    assert "write the field 'title' in single ones" in remark.message


@pytest.mark.parametrize(
    ('block', 'line', 'fields'),
    [
        ('{"title": "X",\n "date": "2020-01-01",\n}', LINE_OF_COMMA, {'title': 'X', 'date': '2020-01-01'}),
        (
            '{\n"title": "X"\n"tags": ["a", "b"],\n"draft": true\n}',
            3,
            {'title': 'X', 'tags': ['a', 'b'], 'draft': 'true'},
        ),
        ('{\n"title": "X: "Y"",\n"date": "2020-01-01"\n}', 2, {'title': 'X: "Y', 'date': '2020-01-01'}),
        ('{\n"title": "X",\n"date": "2020-01-01"\n', 4, {'title': 'X', 'date': '2020-01-01'}),
    ],
)
def test_broken_json_is_told_and_read(block, line, fields):
    matter = mend(f'{block}\n\nThe body.\n')
    assert {name: matter.fields.get(name) for name in fields} == fields
    [remark] = matter.remarks
    assert 'is no JSON' in remark.message
    assert remark.line == line
    assert '"title"' not in matter.text.partition('\n---\n')[2]
    assert matter.text.split('\n').index('The body.') == f'{block}\n\nThe body.'.split('\n').index(
        'The body.'
    )


@pytest.mark.parametrize('text', ['{\nSome set notation }\n', '{"a" and "b"} are in it.\n', '{"a"}\n'])
def test_a_text_that_begins_with_a_brace_is_text(text):
    assert mend(text).text == text


@pytest.mark.parametrize(
    ('block', 'told', 'fields'),
    [
        (
            'title: T\ntags:\n\t- a\n\t- b',
            (4, "the field 'tags' is indented with a tab"),
            {'tags': ['a', 'b']},
        ),
        ('title: T\ncover:\n  alt: x\n\timage: b.png', (5, "the field 'cover'"), {'image': 'b.png'}),
        (
            '\ttitle: T\n\tdate: 2020-01-01',
            (2, 'the front matter is indented'),
            {'title': 'T', 'date': '2020-01-01'},
        ),
        ('  title: T\n  tags:\n  - a', (2, 'the front matter is indented'), {'title': 'T', 'tags': '["a"]'}),
    ],
)
def test_indented_yaml_is_told_and_read(block, told, fields):
    matter = mend(f'---\n{block}\n---\n\nThe body.\n')
    assert {name: matter.fields.get(name) for name in fields} == fields
    assert [(r.line, r.message.startswith(told[1])) for r in matter.remarks] == [(told[0], True)]
    read = yaml.safe_load(matter.text.split('---')[1])
    assert read['title'] == 'T'


@pytest.mark.parametrize(
    ('field', 'message'),
    [
        ('tags: #a #b', 'write tags: [a, b]'),
        ('title: #1 "x"', 'write title: "#1 \\"x\\""'),
        ('tags: #none yet', ''),
        ('title: # later', ''),
        ('tags: a #b', ''),
    ],
)
def test_a_text_that_yaml_takes_for_a_comment_is_told(field, message):
    told = [remark.message for remark in mend(f'---\ndate: 2020-01-01\n{field}\n---\n').remarks]
    assert told == ([f'to YAML a # begins a comment; {message}'] if message else [])
