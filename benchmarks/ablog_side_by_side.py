"""The posts of one blog built with ABlog and with this extension: what is the same, what is not.

    python benchmarks/ablog_side_by_side.py POSTS --ablog /path/to/python --ours /path/to/python

``POSTS`` is a folder of posts; each interpreter has the one extension
installed. Compared are the addresses of all pages, the posts that each page of
a tag, author, year… lists, and of every post of the feed its address, title,
dates, authors and tags.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ATOM = '{http://www.w3.org/2005/Atom}'
CONF = """
project = 'Side by side'
extensions = [{extension!r}]
html_theme = 'alabaster'
blog_path = 'blog'
blog_title = 'Side by side'
blog_baseurl = 'https://example.org/'
blog_feed_archives = True
blog_feed_length = {all}
{more}
"""
INDEX = 'Home\n====\n\n.. postlist:: 5\n   :excerpts:\n'


def build(posts: Path, folder: Path, python: str, extension: str) -> Path:
    shutil.copytree(posts, folder / 'src')
    ours = extension == 'sphinxext_blog'
    more = 'blog_page_size = 0' if ours else ''
    conf = CONF.format(extension=extension, all=0 if ours else None, more=more)
    (folder / 'src' / 'conf.py').write_text(conf)
    (folder / 'src' / 'index.rst').write_text(INDEX)
    command = [python, '-m', 'sphinx', '-q', '-b', 'html', str(folder / 'src'), str(folder / 'out')]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return folder / 'out'


def pages(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob('*.html')}


def feed(out: Path) -> dict[str, dict[str, object]]:
    found = {}
    for entry in ET.parse(out / 'blog' / 'atom.xml').getroot().findall(f'{ATOM}entry'):
        # ABlog writes local times, of which the offset is the machine's.
        found[entry.findtext(f'{ATOM}id')] = {
            'title': entry.findtext(f'{ATOM}title'),
            'published': (entry.findtext(f'{ATOM}published') or '')[:10],
            'updated': (entry.findtext(f'{ATOM}updated') or '')[:10],
            'authors': [a.findtext(f'{ATOM}name') for a in entry.findall(f'{ATOM}author')],
            'tags': sorted({c.get('label') or c.get('term') for c in entry.findall(f'{ATOM}category')}),
        }
    return found


def listed(out: Path, page: str) -> set[str]:
    """The posts that a page of a collection links to."""
    text = (out / page).read_text(encoding='utf-8')
    text = re.sub(r'<div class="sphinxsidebar".*?<div class="clearer">', '', text, flags=re.DOTALL)
    hrefs = re.findall(r'<a [^>]*?href="([^"#]+)', text)
    base = (out / page).parent
    paths = {(base / href.replace('%20', ' ')).resolve() for href in hrefs if '://' not in href}
    posts = {path.relative_to(out.resolve()).as_posix() for path in paths if path.is_file()}
    return {name for name in posts if re.match(r'20\d\d/', name)}


def compare(theirs: Path, ours: Path) -> None:
    one, two = pages(theirs), pages(ours)
    print(f'pages: ABlog {len(one)}, ours {len(two)}, at the same address {len(one & two)}')
    print('  only ABlog:', *sorted(one - two))
    print('  only ours:', *sorted(two - one))
    a, b = feed(theirs), feed(ours)
    print(f'posts of the feed: ABlog {len(a)}, ours {len(b)}, same id {len(a.keys() & b.keys())}')
    for name in ('title', 'published', 'updated', 'authors', 'tags'):
        differ = [
            (key, a[key][name], b[key][name])
            for key in sorted(a.keys() & b.keys())
            if a[key][name] != b[key][name]
        ]
        print(f'  {name}: {len(differ)} differ')
        for key, left, right in differ[:8]:
            print(f'    {key}\n      ABlog {left!r}\n      ours  {right!r}')
    lists = sorted(page for page in one & two if re.fullmatch(r'blog/(\d{4}|[a-z]+/[^/]+)\.html', page))
    differ = [page for page in lists if listed(theirs, page) != listed(ours, page)]
    print(f'lists of posts: {len(lists)} compared, {len(differ)} differ')
    for page in differ:
        left, right = listed(theirs, page), listed(ours, page)
        print(f'    {page}: only ABlog {sorted(left - right)}, only ours {sorted(right - left)}')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('posts', type=Path)
    parser.add_argument('--ablog', default=sys.executable)
    parser.add_argument('--ours', default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        theirs = build(options.posts, Path(folder) / 'ablog', options.ablog, 'ablog')
        ours = build(options.posts, Path(folder) / 'ours', options.ours, 'sphinxext_blog')
        compare(theirs, ours)
    return 0


if __name__ == '__main__':
    sys.exit(main())
