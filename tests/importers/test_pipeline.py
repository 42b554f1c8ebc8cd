from __future__ import annotations

import os
import re
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Class

from sphinxext_blog.importers import DestinationError, import_sources
from sphinxext_blog.importers.furniture import (
    is_date_heading,
    is_trailing_furniture,
    read_byline,
    split_marker,
)
from sphinxext_blog.importers.model import Entry, ImportedFile

SEEDS = Path(__file__).parents[2] / 'seeds'
TEXT = (
    '这是一段正文,有标点,也足够长,可以用来比较两个条目是不是同一篇文章,'
    '因为它超过了六十个字符,所以它的开头可以说明问题所在。'
)


def listing(title: str = '题目', date: str = '8 Dec', text: str = TEXT) -> str:
    return f'{date}\n\n{title}\n\n{text}\n\n点击阅读全文...\n'


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(folder.iterdir()) if p.is_file()}


@pytest.fixture(scope='module')
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp('seeds')
    return folder, import_sources([SEEDS], folder)


def characters(text: str) -> str:
    """What must arrive of a text: no white space, no delimiters of formulas."""
    return ''.join(text.split()).replace('$$', '').replace('$', '')


def test_the_seeds_are_forty_entries_of_thirty_five_posts(seeds):
    folder, report = seeds
    assert (report.entries, report.posts, len(report.written), len(report.merged)) == (40, 35, 35, 5)
    assert report.problems == ()
    assert len(list(folder.glob('*.rst'))) == 35


def test_the_pairs_of_the_seeds_come_from_two_files_each(seeds):
    pairs = sorted(tuple(place.path[:3] for place in merge.entries) for merge in seeds[1].merged)
    assert pairs == [('000', '001'), ('000', '002'), ('000', '002'), ('000', '002'), ('000', '004')]
    assert all(merge.conflicts == () for merge in seeds[1].merged)


def test_the_metadata_of_the_seeds(seeds):
    heads = [path.read_text('utf-8').partition('\n\n')[0] for path in sorted(seeds[0].glob('*.rst'))]
    dates = [match[1] for head in heads if (match := re.search('^:date: (.*)$', head, re.MULTILINE))]
    assert len([d for d in dates if re.fullmatch(r'\d{4}-\d\d-\d\d', d)]) == 16
    assert len([d for d in dates if re.fullmatch(r'\\ \\-\\-\d\d-\d\d', d)]) == 18
    assert sum(':title-derived: true' in head for head in heads) == 3
    assert sum(':aliases:' in head for head in heads) == 1
    assert sum(':language: zh' in head for head in heads) == 35
    assert sum(bool(re.search('^:readers: [0-9]+$', head, re.MULTILINE)) for head in heads) == 16


def read_document(path: Path) -> str:
    """All text of a document below its metadata, formulas without delimiters."""
    # What Sphinx adds to docutils: here docutils reads alone.
    source = path.read_text('utf-8').replace('   :nowrap:\n', '').replace('.. rst-class::', '.. class::')
    # Of Sphinx, whose tests take it away; docutils 0.20 has none.
    directives.register_directive('rst-class', Class)
    tree = publish_doctree(source, settings_overrides={'halt_level': 2, 'doctitle_xform': False})
    for node in list(tree.findall(nodes.docinfo)):
        node.parent.remove(node)
    return characters(tree.astext())


def test_every_line_of_the_seeds_arrives_and_no_furniture_does(seeds):
    written = {path.name: read_document(path) for path in seeds[0].glob('*.rst')}
    everything = '\n'.join(written.values())
    missing = []
    for path in sorted(SEEDS.glob('*.txt')):
        lines = [line.strip() for line in path.read_text('utf-8').split('\n')]
        for line in lines:
            if not line or split_marker(line) == '' or is_date_heading(line) or is_trailing_furniture(line):
                continue
            byline = read_byline(line)
            text = byline.text if byline else line
            if characters(text) not in everything and '通往' not in text:
                missing.append(text)
    assert missing == []
    for furniture in ('点击阅读全文', '位读者', '最近评论', 'By苏剑林'):
        assert furniture not in everything


def test_no_text_of_a_seed_stands_in_two_documents(seeds):
    seen: dict[str, str] = {}
    for path in sorted(seeds[0].glob('*.rst')):
        for line in path.read_text('utf-8').split('\n'):
            if len(line) > 40 and not line.startswith((':', '=', '   ')):
                assert seen.setdefault(line, path.name) == path.name


def test_formulas_of_the_seeds_keep_labels_and_environments(seeds):
    text = '\n'.join(path.read_text('utf-8') for path in seeds[0].glob('*.rst'))
    raw = '\n'.join(path.read_text('utf-8') for path in SEEDS.glob('*.txt'))
    labels = set(re.findall(r'\\label\{[^}]*\}', raw))
    assert labels
    assert set(re.findall(r'\\label\{[^}]*\}', text)) == labels
    assert text.count(r'\begin{equation}') == text.count(':nowrap:') == raw.count(r'\begin{equation}') - 1
    assert text.count(r'\begin{array}{c}') == 1


def test_the_documents_of_the_seeds_build_without_warnings(seeds, make_site):
    files = {f'posts/{path.name}': path.read_bytes() for path in seeds[0].glob('*.rst')}
    site = make_site(files, "project = 'Seeds'\nhtml_theme = 'basic'\nnitpicky = True\n")
    site.write('index.rst', 'Index\n=====\n\n.. toctree::\n   :glob:\n\n   posts/*\n')
    build = site.build('dummy')
    assert build.warnings == ''
    metadata_of = build.app.env.metadata
    assert sum(m.get('blogpost') == 'true' for m in metadata_of.values()) == 35
    dates = sorted(m['date'] for m in metadata_of.values() if 'date' in m)
    assert len(dates) == 34
    assert '--12-20' in dates
    assert '2014-12-08' in dates
    (gradient,) = [m for m in metadata_of.values() if m.get('aliases')]
    assert gradient['sources'] == '000_189c81b081cc4c89.txt, 002_b75a7ca2d0a17897.txt'
    assert gradient['author'] == '苏剑林'
    assert gradient['readers'] == '30378'


def test_running_again_writes_nothing(tmp_path):
    import_sources([SEEDS], tmp_path)
    before = snapshot(tmp_path)
    report = import_sources([SEEDS], tmp_path)
    assert (report.written, report.removed, len(report.unchanged)) == ((), (), 35)
    assert snapshot(tmp_path) == before


def test_the_order_of_the_sources_does_not_matter(tmp_path, seeds):
    files = sorted(SEEDS.glob('*.txt'), reverse=True)
    import_sources(files, tmp_path)
    assert {n: b for n, (b, _) in snapshot(tmp_path).items()} == {
        n: b for n, (b, _) in snapshot(seeds[0]).items()
    }


def test_a_changed_source_writes_only_its_post(tmp_path):
    source = tmp_path / 'src'
    source.mkdir()
    (source / 'a.txt').write_text(listing('甲') + listing('乙', '9 Dec', TEXT[::-1]), 'utf-8')
    import_sources([source], tmp_path / 'out')
    (source / 'a.txt').write_text(listing('甲') + listing('丙', '9 Dec', '改。'), 'utf-8')
    report = import_sources([source], tmp_path / 'out')
    assert (report.written, report.unchanged, report.removed) == (('丙.rst',), ('甲.rst',), ('乙.rst',))


def test_an_author_s_file_is_untouched(tmp_path):
    source = tmp_path / 'a.txt'
    source.write_text(listing('甲'), 'utf-8')
    out = tmp_path / 'out'
    out.mkdir()
    (out / '甲.rst').write_text('mine', 'utf-8')
    report = import_sources([source], out)
    assert (report.kept, report.written) == (('甲.rst',), ())
    assert (out / '甲.rst').read_text('utf-8') == 'mine'


@pytest.mark.parametrize(
    ('name', 'data', 'words'),
    [
        ('x.txt', b'', 'empty'),
        ('x.dat', b'\x89PNG\r\n\x1a\n' + bytes(99), 'binary'),
        ('README.md', b'# hello', 'no importer knows'),
        (
            'g.txt',
            listing('光滑的函数', '9 Dec', '我们在这里讨论的是一个不光滑的函数。').encode('gbk'),
            'gb18030',
        ),
        ('u.txt', listing('光滑的函数', '9 Dec', '我们。').encode('utf-16'), 'utf-16'),
        ('b.txt', listing('光滑的函数', '9 Dec', '我们。').encode('utf-8-sig'), 'BOM'),
        ('e.txt', '最近评论'.encode(), 'no entries'),
    ],
)
def test_an_unusual_file_is_a_problem_and_the_rest_goes_on(tmp_path, name, data, words):
    (tmp_path / 'a.txt').write_text(listing('甲'), 'utf-8')
    (tmp_path / name).write_bytes(data)
    report = import_sources([tmp_path], tmp_path / 'out')
    assert '甲.rst' in report.written
    assert [(p.path, words in p.message) for p in report.problems] == [(name, True)]
    assert ('光滑的函数.rst' in report.written) == (name in {'g.txt', 'u.txt', 'b.txt'})


def test_folders_are_read_with_their_subfolders_but_not_hidden_ones(tmp_path):
    for name in ('sub/a.txt', '.git/b.txt', '.hidden.txt'):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(listing(path.stem), 'utf-8')
    report = import_sources([tmp_path], tmp_path / 'out')
    assert report.written == ('a.rst',)
    assert ':sources: sub/a.txt' in (tmp_path / 'out' / 'a.rst').read_text('utf-8')


def test_a_source_named_twice_is_read_once(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(listing(), 'utf-8')
    assert import_sources([path, tmp_path, path], tmp_path / 'out').entries == 1


@pytest.mark.parametrize('where', ['.', 'out', '..'])
def test_a_destination_inside_around_or_equal_to_the_source_is_no_source(tmp_path, where):
    source = tmp_path / 'docs' / 'src'
    source.mkdir(parents=True)
    (source / 'a.txt').write_text(listing(), 'utf-8')
    for _ in range(2):
        report = import_sources([source], source / where)
        assert report.entries == 1
        assert report.problems == ()
    assert (source / 'a.txt').read_text('utf-8') == listing()


def test_a_source_that_is_missing_removes_nothing(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(listing(), 'utf-8')
    import_sources([path], tmp_path / 'out')
    path.unlink()
    report = import_sources([path], tmp_path / 'out')
    assert report.removed == ()
    assert {p.message.split(',')[0] for p in report.problems} == {
        'there is no such file or folder',
        'not every source could be read',
    }
    assert (tmp_path / 'out' / '题目.rst').exists()


def test_removal_is_spoken_of_only_when_there_is_something_to_remove(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(listing(), 'utf-8')
    for _ in range(2):
        report = import_sources([path, tmp_path / 'gone'], tmp_path / 'out')
        assert [p.message for p in report.problems] == ['there is no such file or folder']
        assert report.unread == (str(tmp_path / 'gone'),)


def test_an_edited_document_is_known_as_edited_after_its_source_was_away(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(listing(), 'utf-8')
    import_sources([path], tmp_path / 'out')
    (tmp_path / 'out' / '题目.rst').write_text('edited')
    path.rename(tmp_path / 'away')
    import_sources([path], tmp_path / 'out')
    (tmp_path / 'away').rename(path)
    report = import_sources([path], tmp_path / 'out')
    assert [p.message for p in report.problems] == [
        'the file was edited; left alone, the post is not written'
    ]


def test_a_destination_that_can_not_be_written_raises(tmp_path):
    (tmp_path / 'file').write_text('x')
    with pytest.raises(DestinationError):
        import_sources([SEEDS], tmp_path / 'file')


def test_corrections_supply_what_the_crawl_lost(tmp_path):
    (tmp_path / 'c.yaml').write_text(
        '- match: {text: "我们继续沿着这个思路,去理解优化算法中的自适应学习率算法", date: 20 Dec}\n'
        '  set: {title: 从动力学角度看优化算法(二), date: 2018-12-20, tags: [优化]}\n'
        '- match: {title: 没有的}\n  set: {author: 乙}\n',
        'utf-8',
    )
    report = import_sources([SEEDS], tmp_path / 'out', corrections=tmp_path / 'c.yaml')
    assert [(p.line, p.message) for p in report.problems] == [(3, 'the rule fits no post')]
    text = (tmp_path / 'out' / '从动力学角度看优化算法-二.rst').read_text('utf-8')
    assert ':date: 2018-12-20\n' in text
    assert ':tags: 优化\n' in text
    assert 'title-derived' not in text


def test_a_correction_makes_two_entries_one_post(tmp_path):
    (tmp_path / 'a.txt').write_text(listing('甲') + listing('乙', '8 Dec', '别的。'), 'utf-8')
    (tmp_path / 'c.yaml').write_text('- {match: {title: 乙}, set: {title: 甲}}', 'utf-8')
    report = import_sources([tmp_path / 'a.txt'], tmp_path / 'out', corrections=tmp_path / 'c.yaml')
    assert (report.posts, report.merged[0].reasons) == (1, ('same title',))


def spoil(path: Path, how: bytes | str) -> None:
    path.unlink(missing_ok=True)
    if isinstance(how, bytes):
        path.write_bytes(how)
    elif how == 'folder':
        path.mkdir()
    elif how == 'pipe':
        os.mkfifo(path)


@pytest.mark.parametrize(
    'how', [b'- [', b'a: b', b'', b'\x89PNG\r\n\x1a\n' + bytes(99), 'gone', 'folder', 'pipe']
)
def test_corrections_that_can_not_be_used_undo_no_earlier_ones(tmp_path, how):
    source, rules, out = tmp_path / 'a.txt', tmp_path / 'c.yaml', tmp_path / 'out'
    source.write_text(listing('甲'), 'utf-8')
    rules.write_text('- {match: {title: 甲}, set: {title: 真}}', 'utf-8')
    assert import_sources([source], out, corrections=rules).written == ('真.rst',)
    before = snapshot(out)
    source.write_text(listing('乙') + listing('丙', '9 Dec', TEXT[::-1]), 'utf-8')
    spoil(rules, how)
    report = import_sources([source], out, corrections=rules)
    assert snapshot(out) == before
    assert (report.written, report.removed, report.unread) == ((), (), (str(rules),))
    assert 'nothing is imported' in report.problems[-1].message
    assert len(report.problems) == 2


@pytest.mark.parametrize('how', [b'- [', 'gone'])
def test_a_first_import_with_corrections_that_can_not_be_used_writes_nothing(tmp_path, how):
    spoil(tmp_path / 'c.yaml', how)
    import_sources([SEEDS], tmp_path / 'out', corrections=tmp_path / 'c.yaml')
    assert not (tmp_path / 'out').exists()


def test_a_list_without_rules_is_a_list(tmp_path):
    (tmp_path / 'c.yaml').write_bytes(b'[]')
    report = import_sources([SEEDS], tmp_path / 'out', corrections=tmp_path / 'c.yaml')
    assert (report.posts, report.problems, report.unread) == (35, (), ())


class Plugin:
    name = 'plugin'

    def recognises(self, path, head):
        return path.suffix == '.xml'

    def read(self, path, text):
        if 'bad' in text:
            raise RuntimeError('broken')
        return ImportedFile((Entry(title=text.strip(), source='lies'),))


def test_an_importer_of_another_package_reads_its_files_and_may_fail(tmp_path, monkeypatch):
    module = ModuleType('xml_plugin')
    module.importer = Plugin()
    monkeypatch.setitem(sys.modules, 'xml_plugin', module)
    points = metadata.EntryPoints(
        [metadata.EntryPoint('x', 'xml_plugin:importer', 'sphinxext_blog.importers')]
    )
    monkeypatch.setattr(metadata, 'entry_points', lambda **_: points)
    (tmp_path / 'a.xml').write_text('Hello')
    (tmp_path / 'b.xml').write_text('bad')
    report = import_sources([tmp_path], tmp_path / 'out')
    assert report.written == ('hello.rst',)
    assert ':sources: a.xml' in (tmp_path / 'out' / 'hello.rst').read_text()
    assert [(p.path, 'broken' in p.message) for p in report.problems] == [('b.xml', True)]


HOSTILE = [
    '</script><script>alert(1)</script>',
    '"quotes" \'and\' `back` \\slash',
    '《《《a', '\U0001f600', '\u202eabc', '$x$ and $', '* a', '.. note:: a', '::a', '字' * 10_000,
]  # fmt: skip


@pytest.mark.parametrize('title', HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_and_text_make_a_document_that_builds(tmp_path, title):
    (tmp_path / 'a.txt').write_text(f'{title}\nBy 甲 | 2014-12-08 | 引用{title}。\n', 'utf-8')
    report = import_sources([tmp_path / 'a.txt'], tmp_path / 'out')
    assert report.posts == 1
    (path,) = (tmp_path / 'out').glob('*.rst')
    assert report.problems == ()
    assert characters(title)[:4000] in read_document(path)


def test_the_picture_of_a_post_comes_along_and_is_its_picture_on_the_site(tmp_path, make_site):
    source = tmp_path / 'archive'
    (source / 'wp-content' / 'uploads').mkdir(parents=True)
    (source / 'wp-content' / 'uploads' / 'my_plot.png').write_bytes(b'\x89PNG\r\n\x1a\n')
    wp = (
        'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    (source / 'wp.xml').write_text(
        f'<rss version="2.0" {wp}><channel><item><title>A</title><content:encoded>Text.</content:encoded>'
        '<wp:post_date>2020-01-02</wp:post_date><wp:post_type>post</wp:post_type><wp:postmeta>'
        '<wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta></item><item>'
        '<wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>'
        'https://e.org/wp-content/uploads/my_plot.png</wp:attachment_url></item></channel></rss>'
    )
    posts = tmp_path / 'posts'
    import_sources([source], posts)
    files = {f'posts/{path.relative_to(posts)}': path.read_bytes() for path in posts.rglob('*.*')}
    build = make_site(files, {'html_baseurl': 'https://me.org/'}).build()
    assert build.warnings == ''
    [picture] = (build.outdir / '_images').glob('my_plot-*.png')
    assert f'https://me.org/_images/{picture.name}' in build.html('posts/a')
