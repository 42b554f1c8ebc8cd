"""How well mentions are resolved on real posts.

For every corpus with a ``truth.jsonl`` (links of its authors):

- *text*: the URL of each link is hidden and its text cited as 《text》. Right
  when it leads to the author's target; wrong when it leads elsewhere, or
  anywhere at all when the target is not among the posts. Authors often link
  words that are no title, so that recall is bounded by them; precision is not.
- *URL*: the address of each target in another spelling (``www.``, http, a
  trailing slash, tracking parameters), resolved by template.
- *damaged*: every title cited with an accident (a character lost, two
  swapped, brackets and width changed); and with another number, where a link
  would be wrong.

Run: ``python benchmarks/references.py [--corpora DIR]``
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DEFAULT = Path(__file__).resolve().parent.parent.parent / 'shared' / 'corpora'
SITE = 'https://blog.example'

Case = tuple[Mention, str]
"""A mention and the docname that it means; empty when it means no post."""

_TITLES = (
    re.compile(r'^title:[ \t]*(.+?)[ \t]*$', re.MULTILINE),
    re.compile(r'^#[ \t]+(.+?)[ \t#]*$', re.MULTILINE),
)


def read_posts(src: Path) -> list[Post]:
    """All documents below a folder that state a title."""
    posts = []
    for file in sorted(p for p in src.rglob('*') if p.is_file()):
        text = file.read_text('utf-8', errors='replace')
        title = next((m[1].strip('"\'') for p in _TITLES if (m := p.search(text))), '')
        if title:
            posts.append(Post(DocName(file.relative_to(src).with_suffix('').as_posix()), title))
    return posts


def cases_of_truth(posts: Sequence[Post], links: Iterable[dict[str, str]], form: str) -> list[Case]:
    """Mentions as the authors made them, by ``title`` or by ``url``."""
    known = {p.docname for p in posts}
    cases: list[Case] = []
    for i, link in enumerate(links):
        source, target = DocName(link['source']), DocName(link['target'])
        if source not in known or source == target:
            continue
        wanted = target if target in known else ''
        if form == 'url':
            spelling = ('', 'www.')[i % 2], ('/', '.html', '/?utm_source=feed')[i % 3]
            named = f'http://{spelling[0]}blog.example/{target}{spelling[1]}#a'
        else:
            named = link['text'].strip('[]*`')
            if ':numref:' in named or ':eqref:' in named:
                continue
        cases.append((Mention(source, 'url' if form == 'url' else 'title', named, named, line=i + 1), wanted))
    return cases


def cases_of_damage(posts: Sequence[Post]) -> dict[str, list[Case]]:
    """Every title with an accident; the same accident at every run."""
    out: dict[str, list[Case]] = {
        'a character lost': [],
        'two swapped': [],
        'respelled': [],
        'other number': [],
    }
    source = DocName('source')
    for i, post in enumerate(posts):
        title = post.title
        if len(title) < 8:
            continue
        k = 2 + (7 * i) % (len(title) - 4)
        spellings = {
            'a character lost': title[:k] + title[k + 1 :],
            'two swapped': title[:k] + title[k + 1] + title[k] + title[k + 2 :],
            'respelled': title.replace('(', '（').replace(')', '） ').replace(':', '：').replace(' - ', '——'),
            'other number': re.sub(r'\d+', lambda m: str(int(m[0]) + 17), title),
        }
        for name, spelling in spellings.items():
            if spelling != title:
                wanted = '' if name == 'other number' else post.docname
                out[name].append((Mention(source, 'title', spelling, spelling, line=i + 1), wanted))
    return out


def measure(posts: Sequence[Post], cases: Sequence[Case]) -> dict[str, float]:
    """Precision, recall and counts of what the cases came to."""
    result = resolve(posts, [m for m, _ in cases], site_urls=[f'{SITE}/{{docname}}'])
    wanted = dict(cases)
    count: Counter[str] = Counter()
    for link in result.links:
        kind = link.target.partition(':')[0] if link.target.startswith(('missing:', 'work:')) else 'post'
        count[kind] += 1
        count['right'] += link.target == wanted[link.mention] != ''
    count['ambiguous'] = len(result.ambiguous)
    possible = sum(bool(w) for w in wanted.values())
    return {
        'precision': count['right'] / count['post'] if count['post'] else 1.0,
        'recall': count['right'] / possible if possible else 1.0,
        'cases': len(cases),
        **{k: count[k] for k in ('post', 'missing', 'work', 'ambiguous')},
    }


def show(name: str, result: dict[str, float]) -> None:
    counts = ', '.join(f'{k} {v:.0f}' for k, v in result.items() if k not in ('precision', 'recall'))
    print(f'    {name:18} precision {result["precision"]:.3f}  recall {result["recall"]:.3f}  ({counts})')


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    folder = parser.parse_args(argv).corpora
    truths = sorted(folder.glob('*/truth.jsonl'))
    if not truths:
        print(f'nothing to measure: no truth.jsonl below {folder} (name the folder with --corpora)')
        return 0
    for truth in truths:
        posts = read_posts(truth.parent / 'src')
        links = [json.loads(line) for line in truth.read_text('utf-8').splitlines() if line.strip()]
        print(f'{truth.parent.name}: {len(posts)} documents with titles, {len(links)} links')
        if not posts:
            continue
        for form in ('title', 'url'):
            if cases := cases_of_truth(posts, links, form):
                show('text' if form == 'title' else 'URL', measure(posts, cases))
        for name, cases in cases_of_damage(posts).items():
            if cases:
                show(name, measure([*posts, Post(DocName('source'), '')], cases))
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
