"""Which files are Markdown, and who reads them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ('values', 'is_read'), [({}, True), ({'blog_markdown': 'none'}, False), ({'blog_markdown': 'all'}, True)]
)
def test_what_jekyll_makes_is_read(make_site, values, is_read):
    tags = '[it]({% post_url 2020-01-02-it %}) and [b]({% link _posts/2020-01-02-it.markdown %})'
    text = f'---\ntitle: Welcome\n---\n\nSee {tags}.\n'
    files = {'_posts/2020-01-01-welcome.markdown': text, '_posts/2020-01-02-it.markdown': 'It is.\n'}
    # Sphinx adds suffixes to its own default, of which the next build in this process would have them, too
    conf = {'blog_post_pattern': ['_posts/**'], 'source_suffix': {'.rst': 'restructuredtext'}, **values}
    build = make_site(files, conf, myst=True).build()
    assert (build.outdir / '_posts/2020-01-01-welcome.html').is_file() is is_read
    if is_read:
        links = [link['href'] for link in build.soup('_posts/2020-01-01-welcome').select('.blog-mention a')]
        assert links == ['2020-01-02-it.html'] * 2


def test_a_project_that_gives_the_suffix_a_meaning_keeps_it(make_site):
    conf = {'source_suffix': {'.rst': 'restructuredtext', '.md': 'markdown', '.markdown': 'restructuredtext'}}
    build = make_site({'a.markdown': 'A\n=\n\n*x*\n'}, conf, myst=True).build()
    assert build.warnings == ''
    assert build.soup('a').select_one('em')
