"""A blog, and a post, to begin with: both build without a warning."""

from __future__ import annotations

import datetime as dt

import pytest

from sphinxext_blog.__main__ import main
from sphinxext_blog.starting import new_post, quickstart


@pytest.mark.parametrize('markdown', [False, True])
@pytest.mark.parametrize(('language', 'title'), [('en', 'A * blog'), ('zh_CN', '数学博客')])
def test_a_new_blog_builds_without_a_warning(make_site, tmp_path, markdown, language, title):
    quickstart(tmp_path, title=title, author='Emmy "N" O\'Neill', language=language, markdown=markdown)
    new_post('Another: $x_1$ & *more* <b> #1', tmp_path)
    files = {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in tmp_path.rglob('*') if p.is_file()}
    conf = files.pop('conf.py').decode()
    site = make_site({**files, 'conf.py': conf})
    built = site.build(confoverrides={'show_warning_types': True})
    assert built.warnings == ''
    assert len(
        built.soup('index').select('.blog-postlist li, .blog-postlist article, .blog-card')
    ) >= 1 or 'posts/' in built.html('index')
    another = next(name for name in built.mtimes if name.startswith('posts/another'))
    assert 'Another: ' in built.soup(another.removesuffix('.html')).h1.get_text()


def test_a_post_goes_where_most_posts_are_and_is_like_them(tmp_path):
    (tmp_path / 'docs' / 'blog').mkdir(parents=True)
    (tmp_path / 'docs' / 'conf.py').write_text('')
    (tmp_path / 'docs' / 'blog' / 'a.md').write_text('---\ndate: 2020-01-01\n---\n# A\n')
    path = new_post('梯度下降：为什么？', tmp_path, date=dt.date(2024, 10, 11))
    assert path == tmp_path / 'docs' / 'blog' / '梯度下降-为什么.md'
    assert 'date: 2024-10-11' in path.read_text(encoding='utf-8')
    again = new_post('梯度下降：为什么？', tmp_path, markdown=False)
    assert again.name == '梯度下降-为什么-2.rst'


@pytest.mark.parametrize(
    ('files', 'path'),
    [
        (['_posts/2015-06-07-a.markdown', 'about.md'], '_posts/2024-10-11-on-rings.markdown'),
        (['_posts/algebra/2015-06-07-a.md', 'index.md'], '_posts/algebra/2024-10-11-on-rings.md'),
        (['_posts/'], '_posts/2024-10-11-on-rings.md'),
        (['source/_posts/'], 'source/_posts/on-rings.md'),
        (['source/_posts/a.md'], 'source/_posts/on-rings.md'),
        (
            ['content/posts/a/index.md', 'content/posts/b/index.md', 'content/_index.md'],
            'content/posts/on-rings.md',
        ),
        (['daily/2024-05-06-x.md', 'daily/2024-05-07-y.md', 'daily/z.md'], 'daily/2024-10-11-on-rings.md'),
        (['index.md'], 'posts/on-rings.rst'),
    ],
)
def test_a_post_is_called_and_placed_as_the_engine_of_the_blog_has_it(tmp_path, files, path):
    (tmp_path / 'conf.py').write_text('')
    for name in files:
        file = tmp_path / name
        (file if name.endswith('/') else file.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith('/'):
            # Jekyll's have their day in their name alone
            field = 'title: A' if name.startswith('_posts') or '/' not in name else 'date: 2020-01-01'
            file.write_text(f'---\n{field}\n---\n')
    assert new_post('On rings', tmp_path, date=dt.date(2024, 10, 11)) == tmp_path / path


def test_nothing_is_overwritten(tmp_path, capsys):
    (tmp_path / 'conf.py').write_text('mine')
    assert main(['quickstart', str(tmp_path)]) == 2
    assert (tmp_path / 'conf.py').read_text() == 'mine'
    assert main(['new', '!!!', '--dir', str(tmp_path)]) == 2
    assert 'give the post a title' in capsys.readouterr().err


def test_without_a_project_the_command_says_what_to_do(tmp_path, capsys):
    assert main(['new', 'X', '--dir', str(tmp_path)]) == 2
    assert 'begin with quickstart' in capsys.readouterr().err


def test_a_new_post_is_told_as_seen_from_here(tmp_path, monkeypatch, capsys):
    quickstart(tmp_path / 'blog', title='B')
    monkeypatch.chdir(tmp_path)
    assert main(['new', 'Why gradients point uphill', '--dir', 'blog']) == 0
    assert capsys.readouterr().out == 'blog/posts/why-gradients-point-uphill.rst\n'
    monkeypatch.chdir(tmp_path / 'blog' / 'posts')
    (tmp_path / 'blog' / 'posts' / 'deep').mkdir()
    monkeypatch.chdir(tmp_path / 'blog' / 'posts' / 'deep')
    assert main(['new', 'Another']) == 0
    assert capsys.readouterr().out == f'{(tmp_path / "blog/posts/another.rst").resolve()}\n'


def test_the_files_of_a_new_blog_are_told_as_seen_from_here(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(['quickstart', 'blog', '--md']) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == ['blog/conf.py', 'blog/index.md', 'blog/posts/first-post.md']
