"""The fixtures that other tests stand on do what those tests take for granted."""

from __future__ import annotations

import pytest

PLAIN = {'extensions': []}
DOCUMENT = 'Title\n=====\n\nWords and $math$.\n'


def test_a_site_without_an_index_gets_one_that_lists_all_documents(make_site):
    site = make_site({'a.rst': DOCUMENT, 'posts/b.rst': DOCUMENT}, PLAIN)
    build = site.build()
    assert build.warnings == ''
    links = {link['href'] for link in build.soup('index').select('.toctree-wrapper a')}
    assert links == {'a.html', 'posts/b.html'}


def test_warnings_are_plain_and_relative_to_the_site(make_site):
    site = make_site({'posts/a.rst': 'Title\n=====\n\n:doc:`nowhere`\n'}, PLAIN)
    assert site.build().warnings.startswith('posts/a.rst:4: WARNING: unknown document')


def test_values_of_conf_are_given_as_a_dictionary_or_as_text(make_site):
    files = {'a.rst': DOCUMENT}
    one = make_site(files, {**PLAIN, 'html_title': 'Galois’ "$x$"\\'})
    other = make_site(files, 'html_title = "plain"\nhtml_theme = "basic"\n')
    assert 'Galois’ "$x$"\\' in one.build().soup('a').title.string
    assert 'plain' in other.build().soup('a').title.string


def test_sources_are_written_byte_for_byte(make_site):
    site = make_site({'a.rst': 'a\r\nb\n'}, PLAIN)
    assert (site.src / 'a.rst').read_bytes() == b'a\r\nb\n'
    assert site.write('b/c.rst', '数学'.encode('gb18030')).read_bytes() == '数学'.encode('gb18030')


@pytest.mark.parametrize('parallel', [1, 2])
def test_a_second_build_is_incremental_and_writes_what_changed(make_site, parallel):
    site = make_site({'a.rst': DOCUMENT, 'b.rst': DOCUMENT, 'c.rst': DOCUMENT}, PLAIN)
    first = site.build(parallel=parallel)
    site.write('b.rst', DOCUMENT + '\nMore.\n')
    second = site.build(parallel=parallel)
    assert 'b.html' in second.written(first)
    assert not {'a.html', 'c.html'} & second.written(first)
    assert site.build(fresh=True).written(first) >= {'a.html', 'b.html', 'c.html', 'index.html'}


def test_a_document_can_be_removed_and_renamed(make_site):
    site = make_site({'a.rst': DOCUMENT, 'b.rst': DOCUMENT}, PLAIN)
    site.remove('a.rst')
    site.rename('b.rst', 'deep/c.rst')
    assert sorted(site.build().app.env.found_docs) == ['deep/c', 'index']


@pytest.mark.parametrize('builder', ['html', 'dirhtml', 'singlehtml', 'epub', 'text', 'latex', 'gettext'])
def test_two_builds_of_one_source_have_one_snapshot(make_site, builder):
    site = make_site({'a.rst': DOCUMENT, 'b.rst': DOCUMENT}, PLAIN)
    one = site.build(builder, fresh=True).snapshot
    site.build(builder, fresh=True)
    assert site.snapshot() == one
    assert one


def test_a_change_that_is_taken_back_leaves_no_trace_in_the_snapshot(make_site):
    site = make_site({'a.rst': DOCUMENT}, PLAIN)
    before = site.build().snapshot
    site.write('a.rst', DOCUMENT + '\nUnheard-of.\n')
    between = site.build().snapshot
    site.write('a.rst', DOCUMENT)
    assert site.build().snapshot == before != between


def test_pages_are_found_under_every_html_builder(make_site):
    site = make_site({'a.rst': DOCUMENT}, PLAIN)
    for builder in ('html', 'dirhtml', 'epub'):
        assert site.build(builder).soup('a').h1.get_text().startswith('Title')
    with pytest.raises(FileNotFoundError, match='nowhere'):
        site.build().html('nowhere')


def test_a_site_that_was_never_built_has_no_snapshot(make_site):
    with pytest.raises(ValueError, match='build the site first'):
        make_site({'a.rst': DOCUMENT}, PLAIN).snapshot()


def test_the_browser_runs_scripts(page):
    page.set_content('<h1>before</h1><script>document.querySelector("h1").textContent = "after"</script>')
    assert page.inner_text('h1') == 'after'


def test_a_missing_browser_fails_and_never_skips(pytester, monkeypatch, request):
    monkeypatch.setenv('BLOG_CHROMIUM', '/no/such/browser')
    pytester.makeconftest((request.config.rootpath / 'tests' / 'conftest.py').read_text(encoding='utf-8'))
    pytester.makepyfile('def test_page(page):\n    pass\n')
    result = pytester.runpytest_inprocess('-p', 'no:cacheprovider')
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(['*BLOG_CHROMIUM=/no/such/browser is not a browser that starts*'])


def test_missing_corpora_are_skipped_with_a_reason(pytester, monkeypatch, request):
    monkeypatch.setenv('BLOG_CORPORA', '/no/such/folder')
    pytester.makeconftest((request.config.rootpath / 'tests' / 'conftest.py').read_text(encoding='utf-8'))
    pytester.makepyfile('def test_posts(corpora):\n    pass\n')
    result = pytester.runpytest_inprocess('-p', 'no:cacheprovider', '-rs')
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(['*corpora of real posts are not here: */no/such/folder*BLOG_CORPORA*'])
