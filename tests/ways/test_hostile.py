"""A site whose every source is hostile: none of its text becomes a script, breaks a file, or leaves the folders."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

PAYLOADS = [
    '</script><script>window.pwned=1;alert(1)</script>',
    '"><img src=x onerror="window.pwned=1">',
    "'><svg onload='window.pwned=1'></svg>",
    ']]><svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1"/><![CDATA[',
    '--><iframe srcdoc="<script>parent.pwned=1</script>"></iframe><!--',
    '</style></title></textarea><script>window.pwned=1</script>',
    'javascript:window.pwned=1//',
    '../../../../tmp/up \u202e\u2066 \u2028 😀 《',
    '${window.pwned=1}{{ pwned }}{% raise %}%(x)s',
]
EVERY = ' '.join(PAYLOADS)
CONTROL = 'bell \x07 form \x0c escape \x1b unit \x1f delete \x7f'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def rst(number: int, payload: str) -> str:
    # docutils makes a link of an address in plain text
    escaped = re.sub(r'([\\`*_|]|(?<=script):)', r'\\\1', payload)
    formula = payload.replace('$', '').replace('`', '')
    return (
        f':date: 2020-01-0{number}\n:author: {escaped}\n:tags: [{quoted(payload)}, shared]\n'
        f':category: {escaped}\n:series: {escaped}\n:series_index: {number}\n:location: {escaped}\n'
        f':url: {escaped}\n:language: {escaped}\n:image: {escaped}\n:excerpt: {escaped}\n:aliases: {escaped}\n\n'
        f'R{number} {escaped}\n{"=" * 4 * len(escaped)}\n\n'
        f'{escaped} :math:`x{formula}` 《R1 {escaped}》 :post:`posts/r1` :eq:`e{number}`\n\n'
        f'.. math::\n   :label: e{number}\n\n   a^2 + b^2 = \\text{{{formula}}}\n\n'
        f'.. figure:: p.svg\n   :alt: {escaped}\n\n   {escaped}\n'
    )


def myst(number: int, payload: str) -> str:
    fields = ('title', 'author', 'category', 'series', 'location', 'excerpt', 'slug', 'image', 'url')
    text = re.sub(r'([\\`*_|<>\[\]{}$!#])', r'\\\1', payload)
    formula = re.sub(r'[$<\[\]]', '', payload)  # what looks like HTML in a document of yours is HTML
    return (
        '---\n'
        + ''.join(f'{name}: {quoted(payload)}\n' for name in fields)
        + f'date: 2020-02-0{number}\ntags: [{quoted(payload)}, shared]\n---\n\n# M{number} {text}\n\n'
        f'{text} [[{formula}]] $y{formula}$ [x](javascript:window.pwned=1)\n\n'
        f'$$\nc^2 {formula}\n$$\n'
    )


def untitled(payload: str) -> str:
    """A post whose title stands in its front matter alone."""
    return f'---\ntitle: {quoted(payload)}\ndate: 2020-03-01\n---\n\nText.\n'


def archive() -> dict[str, str]:
    page = (
        f'<html><head><title>{html.escape(EVERY)}</title><link rel="canonical" href="javascript:window.pwned=1">'
        f'<meta name="author" content="{html.escape(EVERY)}"><meta property="article:tag" '
        f'content="{html.escape(EVERY)}"></head><body><article><h1>{html.escape(EVERY)}</h1><p>{EVERY}</p>'
        f'<p>Words enough for a post of its own, and {html.escape(EVERY)}</p>'
        '<p><a href="javascript:window.pwned=1">x</a><a href="&#106;avascript:window.pwned=1">y</a>'
        '<a href="data:text/html,<script>opener.pwned=1</script>">z</a><a href=" java\nscript:window.pwned=1">w</a>'
        '<img src="../../../secret.svg" onerror="window.pwned=1"><img src="javascript:window.pwned=1">'
        '<span class="math">\\(x</script><script>window.pwned=1</script>\\)</span>'
        '<math href="javascript:window.pwned=1"><mi>x</mi></math></p></article></body></html>'
    )
    inside = EVERY.replace(']]>', ']]]]><![CDATA[>')
    item = ''.join(
        f'<{tag}><![CDATA[{inside}]]></{tag}>'
        for tag in ('title', 'link', 'dc:creator', 'content:encoded', 'wp:post_name', 'excerpt:encoded')
    )
    wxr = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><item>'
        f'{item}<category domain="post_tag"><![CDATA[{inside}]]></category><wp:status>publish</wp:status>'
        '<wp:post_type>post</wp:post_type><wp:post_date>2019-01-01 00:00:00</wp:post_date></item></channel></rss>'
    )
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{html.escape(EVERY)}</title><id>../../x</id>'
        f'<link href="javascript:window.pwned=1"/><published>2018-01-01T00:00:00Z</published>'
        f'<content type="html">{html.escape(f"<p>Another text with a few words. {EVERY}</p>")}</content></entry></feed>'
    )
    listing = ''.join(
        f'题目{n} {payload}\nBy {payload} | 2014-12-0{n + 1} | 67位读者 | 引用这是一段正文,有标点,也足够长,说的是第{n}件事。'
        f'{payload} $x {payload}$\n'
        for n, payload in enumerate(PAYLOADS)
    )
    return {
        'page.html': page,
        'export.xml': wxr,
        'feed.xml': feed,
        'listing.txt': listing,
        'binary.txt': f'{listing} NUL \x00 {CONTROL}',
    }


@pytest.fixture(scope='module')
def built(make_site):
    files: dict[str, str] = {
        'index.rst': 'Index\n=====\n\n.. post-list::\n\n.. related::\n',
        'posts/p.svg': PICTURE,
    }
    for number, payload in enumerate(PAYLOADS, 1):
        files[f'posts/r{number}.rst'] = rst(number, payload)
        files[f'posts/m{number}.md'] = myst(number, payload)
        files[f'posts/t{number}.md'] = untitled(payload)
    conf = {
        'html_baseurl': 'https://example.org/',
        'html_math_renderer': 'mathml',
        'html_title': EVERY,
        'html_sourcelink_suffix': '.txt',
        'blog_title': EVERY,
        'blog_post_pattern': ['posts/*', 'imported/*'],
        'blog_sources': ['../archive'],
        'blog_import_dir': 'imported',
        'blog_feed_fulltext': True,
        'blog_feed_archives': True,
    }
    site = make_site(files, conf, myst=True)
    for name, content in archive().items():
        path = site.folder / 'archive' / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding='utf-8')
    (site.folder / 'secret.svg').write_text(PICTURE)
    before = everything(site.folder.parent)
    build = site.build()
    return site, build, before


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob('*') if path.is_file()}


def test_the_hostile_posts_are_all_there(built):
    site, build, _before = built
    posts = {node['id'] for node in json.loads(build.text('graph.json'))['nodes'] if node['kind'] == 'post'}
    assert {f'posts/{kind}{n}' for kind in 'rmt' for n in range(1, len(PAYLOADS) + 1)} <= posts
    assert len(list((site.src / 'imported').glob('*.rst'))) >= len(PAYLOADS)  # some entries are one post


def test_nothing_is_written_outside_the_folders(built):
    site, _build, before = built
    new = everything(site.folder.parent) - before
    allowed = (site.folder / 'build', site.src / 'imported')
    assert [path for path in new if not any(folder in path.parents for folder in allowed)] == []
    assert not list((site.src / 'imported').rglob('*secret*'))
    assert not Path('/tmp/up').exists()


def test_every_file_for_programs_can_be_read(built):
    _site, build, _before = built
    read = set()
    for path in sorted(build.outdir.rglob('*')):
        if path.suffix in {'.xml', '.graphml', '.svg'}:
            for element in ET.parse(path).iter():
                assert not {name for name in element.attrib if name.lower().startswith('on')}
                assert not element.tag.endswith('script')
        elif path.suffix == '.json':
            json.loads(path.read_text(encoding='utf-8'))
        else:
            continue
        read.add(path.suffix)
    assert read >= {'.xml', '.graphml', '.json'}


def dangerous(markup: str) -> list[str]:
    """What of a piece of HTML could run: none of it is ours."""
    found = []
    for element in BeautifulSoup(markup, 'html.parser').find_all(True):
        addresses = [
            str(element.get(name, ''))
            for name in ('href', 'src', 'action', 'xlink:href', 'formaction', 'data')
        ]
        scheme = any(
            re.match(r'\W*(?:java|vb)script:|data:text', re.sub(r'\s', '', a), re.I) for a in addresses
        )
        if (
            element.name in {'iframe', 'object', 'embed'}
            or scheme
            or any(n.startswith('on') for n in element.attrs)
        ) or (
            element.name == 'script'
            and 'pwned=1' in element.get_text()
            and 'json' not in element.get('type', '')
        ):
            found.append(str(element)[:200])
    return found


def test_no_feed_holds_what_runs(built):
    _site, build, _before = built
    feeds = [path for path in build.outdir.rglob('*.xml') if path.name in {'atom.xml', 'rss.xml'}]
    assert feeds
    for path in feeds:
        root = ET.parse(path).getroot()
        told = root.find('channel/description')
        for element in root.iter():
            name = element.tag.rpartition('}')[2]
            if element.get('type') in {'html', 'xhtml'} or (
                name in {'description', 'encoded'} and element is not told
            ):
                assert dangerous(element.text or '') == [], (path, name)
            for name in ('href', 'src', 'url'):
                assert not (element.get(name) or '').strip().lower().startswith('javascript:'), path
    for path in build.outdir.rglob('feed.json'):
        for item in json.loads(path.read_text(encoding='utf-8'))['items']:
            assert dangerous(item.get('content_html') or '') == []


def test_no_page_holds_what_runs(built):
    _site, build, _before = built
    pages = sorted(build.outdir.rglob('*.html'))
    assert len(pages) > 2 * len(PAYLOADS)
    bad = {
        p.relative_to(build.outdir).as_posix(): d
        for p in pages
        if (d := dangerous(p.read_text(encoding='utf-8')))
    }
    assert bad == {}
    for path in pages:
        for script in BeautifulSoup(path.read_bytes(), 'html.parser').select(
            'script[type="application/ld+json"]'
        ):
            json.loads(script.get_text())


def test_no_script_of_a_text_runs_in_a_browser(built, browser):
    _site, build, _before = built
    page = browser.new_context().new_page()  # Sphinx's search fetches pages, which files don't allow
    dialogs: list[str] = []
    page.on('dialog', lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.route(re.compile('^https?:'), lambda route: route.abort())
    visited = 0
    for path in sorted(build.outdir.rglob('*.html')):
        page.goto(path.as_uri(), wait_until='load')
        state = page.evaluate(
            """() => [window.pwned, [...document.querySelectorAll('*')].some(element =>
                [...element.attributes].some(a => a.name.startsWith('on')
                    || /^\\W*javascript:/i.test(a.value) && ['href', 'src', 'xlink:href', 'action'].includes(a.name))
                || ['IFRAME', 'OBJECT', 'EMBED'].includes(element.tagName))]"""
        )
        assert state == [None, False], path
        visited += 1
    for query in ('?q=pwned', '?q=%3C/script%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E'):
        page.goto((build.outdir / 'search.html').as_uri() + query, wait_until='load')
        page.wait_for_timeout(500)
        assert page.evaluate('window.pwned') is None
    page.context.close()
    assert dialogs == []
    assert visited > 2 * len(PAYLOADS)


ODD = {
    'p/r.rst': (
        ':date: 2020-01-01\n:image: http://[your-site]/r.png\n\nR\n=\n\nSee `r <http://[your-site]/x>`__ '
        'and http://[::1 too.\n\n.. image:: http://[your-site]/i.png\n'
    ),
    'p/m.md': (
        '---\ndate: 2020-01-02\nimage: "http://[::1"\nurl: "http://[x/"\ncanonical_link: "http://[x/"\n---\n\n'
        '# M\n\n<a href="http://[your-site]/x">h</a> <http://[::1> ![i](<http://[your-site]/i.png>)\n'
    ),
}


@pytest.mark.parametrize('builder', ['html', 'dirhtml', 'singlehtml', 'epub', 'latex', 'text'])
def test_a_host_that_nobody_can_read_stops_no_build(make_site, builder):
    conf = {'html_baseurl': 'https://example.org/', 'blog_feed_fulltext': True, 'post_auto_image': 1}
    build = make_site(ODD, conf, myst=True).build(builder)
    assert 'p/r.rst:2: WARNING: the picture of the post has no address that can be read' in build.warnings
    assert 'p/m.md:3: WARNING: the picture of the post has no address that can be read' in build.warnings
    assert 'p/r.rst:7: WARNING: no browser can read the address http://[your-site]/x' in build.warnings
    assert 'p/r.rst:7: WARNING: no browser can read the address http://[::1' in build.warnings
    address = 'no browser can read the address http://[your-site]/i.png of a picture'
    assert f'p/r.rst:9: WARNING: {address}' in build.warnings
    if builder in {'html', 'dirhtml'}:
        assert 'http://[your-site]/x' in build.text('blog/atom.xml')
        assert 'http://[your-site]/x' in build.html('p/r')
