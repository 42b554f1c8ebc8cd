"""Sources that are not in UTF-8 end no build."""

from __future__ import annotations

import pytest

TEXT = '---\ndate: 2020-01-01\n---\n\n# 中文标题\n\n正文在这里，说明一切，见《另一篇》。\n'
RST = ':date: 2020-01-01\n\n另一篇\n======\n\n这是另一篇文章的正文。\n'


@pytest.mark.parametrize('parallel', [1, 2])
def test_a_file_in_gbk_is_read_and_told_with_its_remedy(make_site, parallel):
    files = {
        'index.md': '# I\n',
        'posts/a.md': TEXT.encode('gbk'),
        'posts/b.rst': RST.encode('gbk'),
        'posts/c.md': TEXT.replace('中文标题', '第三篇'),
        'posts/d.md': '\ufeff' + TEXT.replace('中文标题', '第四篇'),
    }
    site = make_site(files, {'blog_post_pattern': 'posts/*'}, myst=True)
    build = site.build(parallel=parallel)
    told = sorted(build.warnings.splitlines())
    assert [line.partition(': WARNING: ')[0] for line in told] == ['posts/a.md', 'posts/b.rst']
    assert all(
        'read as gb18030. Save it in UTF-8, or write: iconv -f gb18030 -t utf-8' in line for line in told
    )
    assert all(line.endswith('[blog.encoding]') for line in told)
    assert build.soup('posts/a').h1.get_text().startswith('中文标题')
    assert build.soup('posts/a').select('a[href="b.html"]')
    assert build.soup('posts/c').h1.get_text().startswith('第三篇')
    assert build.soup('posts/d').h1.get_text().startswith('第四篇')
    site.write('posts/a.md', TEXT)
    site.write('posts/b.rst', RST)
    again = site.build()
    assert again.warnings == ''
    assert again.snapshot == site.build(fresh=True).snapshot


def test_what_is_no_text_is_left_out_until_it_is_one(make_site):
    noise = bytes(range(256)) * 8
    site = make_site(
        {'index.md': '# I\n', 'posts/a.md': TEXT, 'posts/b.md': TEXT},
        {'blog_post_pattern': 'posts/*'},
        myst=True,
    )
    site.build()
    site.write('posts/a.md', noise)
    for _ in range(2):
        build = site.build()
        assert (
            'posts/a.md: WARNING: the file is not in UTF-8, nor in an encoding that can be told'
            in build.warnings
        )
        assert build.warnings.count('WARNING') == 1
        assert 'posts/a' not in build.app.env.all_docs
        assert not (build.outdir / 'posts/a.html').exists()
    site.write('posts/a.md', TEXT)
    again = site.build()
    assert again.warnings == ''
    assert again.soup('posts/a').h1


def test_an_encoding_that_the_author_names_is_kept(make_site):
    text = '# Über\n\nText.\n'
    build = make_site({'index.md': text.encode('latin-1')}, {'source_encoding': 'latin-1'}, myst=True).build()
    assert 'blog.encoding' not in build.warnings
    assert build.soup('index').h1.get_text().startswith('Über')
