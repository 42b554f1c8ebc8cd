"""How well mentions are resolved on real posts.

For every corpus with a ``truth.jsonl`` (links of its authors):

- *text*: the URL of each link is hidden and its text cited as 《text》. Right
  when it leads to the author's target; wrong when it leads elsewhere, or
  anywhere at all when the target is not among the posts. Authors often link
  words that are no title, so that recall is bounded by them; precision is not.
- *URL*: the address of each target in another spelling (``www.``, http, a
  trailing slash, tracking parameters), resolved by template.

For every corpus, and for the titles of ``series_dev.json``:

- *damaged*: every title cited with an accident: characters lost or swapped,
  marks respelled, its series or its tail in brackets left out, a word replaced
  as in old titles. Right when it leads to the post.
- *foreign*: every title with another number, another year, the opposite of a
  word; and each title in turn cited exactly after it was taken out of the
  corpus. A link is wrong, whatever it leads to.

For a made-up blog full of citations that mislead (``tests/support/reference_traps.py``):

- *traps*: what the mention in question came to, for each kind of trap.
- *claimed*: papers and books of which some post was said to be the one that
  is cited, and those that were called missing posts.

And, over all those titles, what the threshold and the margin of the last rung
of the ladder (:mod:`sphinxext_blog.references.fuzzy`) buy and cost.

Run: ``python benchmarks/references.py [--corpora DIR] [--rounds N]``
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'tests' / 'support'))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references import normalise_title, resolve
from sphinxext_blog.references.fuzzy import MARGIN, THRESHOLD, FuzzyTitles, choose
from sphinxext_blog.references.titles import numbers_of

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
_SECTION = re.compile(r'^#{2,6}[ \t]+(.+?)[ \t#]*$', re.MULTILINE)

REWORDED = (
    ('一点', '一些'), ('通向', '通往'), ('方法', '办法'), ('浅谈', '漫谈'), ('介绍', '简介'),
    ('如何', '怎样'), ('使用', '利用'), ('和', '与'), ('与', '和'), ('之', '的'), ('的', ''),
    ('Introduction', 'Intro'), ('using', 'with'), ('lgorithm', 'lgorithms'), ('heorem', 'heorems'),
    ('roblem', 'roblems'), ('spaces', 'space'), ('of a ', 'of '), ('the ', ''), ('a ', 'the '),
)  # fmt: skip
"""Changes of style between an old title and the new one."""
OPPOSITES = (
    ('最大', '最小'), ('收敛', '发散'), ('充分', '必要'), ('离散', '连续'), ('非线性', '线性'),
    ('线性', '非线性'), ('有监督', '无监督'), ('监督', '无监督'), ('输入', '输出'), ('编码', '解码'),
    ('生成', '判别'), ('全局', '局部'), ('正', '负'), ('上', '下'), ('内', '外'), ('训练', '推理'),
    ('函数', '泛函'), ('积分', '微分'), ('矩阵', '向量'), ('noncompact', 'compact'),
    ('compact', 'noncompact'), ('disconnected', 'connected'), ('connected', 'disconnected'),
    ('discontinuous', 'continuous'), ('continuous', 'discontinuous'), ('infinite', 'finite'),
    ('finite', 'infinite'), ('upper', 'lower'), ('left', 'right'), ('even', 'odd'),
    ('increasing', 'decreasing'), ('open', 'closed'), ('closed', 'open'), ('max', 'min'),
    ('inner', 'outer'), ('convex', 'concave'), ('subspace', 'space'), ('space', 'subspace'),
    ('group', 'subgroup'), ('norm', 'seminorm'), ('linear', 'bilinear'), ('weak', 'strong'),
    ('union', 'intersection'), ('product', 'sum'), ('direct', 'indirect'), ('June', 'July'),
    ('March', 'May'),
)  # fmt: skip
"""Words whose change makes another title."""
THRESHOLDS = (76.0, 80.0, 84.0, 88.0, 90.0, 92.0, 94.0)
MARGINS = (0.0, 2.0, 4.0, 8.0)


def read_posts(src: Path) -> list[Post]:
    """All documents below a folder that state a title.

    Where none of them does (wikis keep the titles in a navigation file of the
    whole site), a document is called by its first heading, unless others begin
    with the same one: 定义, 引入 name no document.
    """
    texts = {
        DocName(file.relative_to(src).with_suffix('').as_posix()): file.read_text('utf-8', errors='replace')
        for file in sorted(p for p in src.rglob('*') if p.is_file())
    }
    titles = {d: _first(_TITLES, text).strip('"\'') for d, text in texts.items()}
    if not any(titles.values()):
        titles = {d: _first((_SECTION,), text) for d, text in texts.items()}
        count = Counter(map(normalise_title, titles.values()))
        titles = {d: title for d, title in titles.items() if count[normalise_title(title)] == 1}
    return [Post(docname, title) for docname, title in titles.items() if title]


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> str:
    return next((m[1] for p in patterns if (m := p.search(text))), '')


def read_titles(file: Path) -> list[Post]:
    """The titles of ``series_dev.json`` as posts."""
    data = json.loads(file.read_text('utf-8'))
    titles = {title for members in data['series'].values() for _, title in members}
    titles |= {negative['title'] for negative in data['hard_negatives']}
    return [Post(DocName(f't{i:04}'), title) for i, title in enumerate(sorted(titles))]


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
            if not named or ':numref:' in named or ':eqref:' in named:
                continue  # nothing is left to be resolved
        cases.append((Mention(source, 'url' if form == 'url' else 'title', named, named, line=i + 1), wanted))
    return cases


def _damaged(title: str, k: int) -> dict[str, str]:
    """A title with each accident, at place ``k`` where it needs one."""
    tail = re.fullmatch(r'(.{6,}?)\s*[(（][^()（）]+[)）]', title)
    head = re.match(r'.{2,40}?[】:：]\s*(?=.{6})', title)
    return {
        'a character lost': title[:k] + title[k + 1 :],
        'two lost': title[: k // 2] + title[k // 2 + 1 : k + 1] + title[k + 2 :],
        'two swapped': title[:k] + title[k + 1] + title[k] + title[k + 2 :],
        'respelled': title.replace('(', '（').replace(')', '） ').replace(':', '：').replace(' - ', '——'),
        'without series': title[head.end() :]
        if head and re.search(r'[\d一二三四五六七八九十]', head[0])
        else '',
        'without tail': tail[1]
        if tail and not re.search(r'[\d一二三四五六七八九十上中下]', tail[0][-6:])
        else '',
        'reworded': next((title.replace(a, b, 1) for a, b in REWORDED if a in title), ''),
    }


def _foreign(title: str) -> dict[str, str]:
    """A title made that of another post."""
    return {
        'other number': re.sub(r'\d+', lambda m: str(int(m[0]) + 5000), title),
        'other year': re.sub(r'(?:19|20)\d\d', lambda m: str(int(m[0]) - 50), title),
        'opposite': next((re.sub(a, b, title, count=1) for a, b in OPPOSITES if a in title), ''),
    }


_BY_CHANCE = ('a character lost', 'two lost', 'two swapped')


def cases_of_titles(posts: Sequence[Post], *, foreign: bool) -> dict[str, list[Case]]:
    """Every title with an accident, or made another; the same at every run.

    Left out is what happens to be the title, or a piece of the title, of another post.
    """
    out: dict[str, list[Case]] = defaultdict(list)
    forms = Counter(normalise_title(p.title) for p in posts)
    everything = '\n'.join(forms.elements())
    source = DocName('source')
    for i, post in enumerate(posts):
        title, form = post.title, normalise_title(post.title)
        if len(title) < 8 or forms[form] > 1:
            continue
        changed = _foreign(title) if foreign else _damaged(title, 2 + (7 * i) % (len(title) - 4))
        for name, spelling in changed.items():
            again = normalise_title(spelling)
            if not again or spelling == title or (foreign and again == form):
                continue
            if not foreign and numbers_of(again) != numbers_of(form) and name in _BY_CHANCE:
                continue  # a damaged number is another one
            if everything.count(again) == (again in form):
                wanted = '' if foreign else post.docname
                out[name].append((Mention(source, 'title', spelling, spelling, line=i + 1), wanted))
    return dict(out)


def take_out(posts: Sequence[Post], rounds: int = 0) -> tuple[int, list[tuple[str, str]], int]:
    """Cite titles that are not in the corpus because they were taken out.

    :param rounds: in how many rounds all titles are taken out, every
        ``rounds``-th at once; 0 for one at a time.
    :returns: the number of titles; those that led to a post, with its title;
        how many were ambiguous. Titles that two posts share are left in.
    """
    forms = Counter(normalise_title(p.title) for p in posts)
    rounds = rounds or len(posts)
    cases, false, ambiguous = 0, [], 0
    for k in range(min(rounds, len(posts))):
        out = [p for p in posts[k::rounds] if forms[normalise_title(p.title)] == 1]
        gone = {p.docname for p in out}
        left = [*(p for p in posts if p.docname not in gone), Post(DocName('source'), '')]
        mentions = [Mention(DocName('source'), 'title', p.title, p.title, line=1) for p in out]
        result = resolve(left, mentions)
        titles: dict[str, str] = {p.docname: p.title for p in left}
        cases += len(out)
        false += [(link.mention.text, titles[link.target]) for link in result.links if link.target in titles]
        ambiguous += len(result.ambiguous)
    return cases, false, ambiguous


def measure(posts: Sequence[Post], cases: Sequence[Case]) -> dict[str, float]:
    """Precision, recall and counts of what the cases came to."""
    result = resolve(posts, [m for m, _ in cases], site_urls=[f'{SITE}/{{docname}}'])
    wanted = dict(cases)
    count: Counter[str] = Counter()
    for link in result.links:
        kind = link.target.partition(':')[0] if link.target.startswith(('missing:', 'work:')) else 'post'
        count[kind] += 1
        count['by number'] += kind == 'post' and link.how == 'series-number'
        count['right'] += link.target == wanted[link.mention] != ''
    count['ambiguous'] = len(result.ambiguous)
    possible = sum(bool(w) for w in wanted.values())
    return {
        'precision': count['right'] / count['post'] if count['post'] else 1.0,
        'recall': count['right'] / possible if possible else 1.0,
        'cases': len(cases),
        **{k: count[k] for k in ('post', 'missing', 'work', 'ambiguous', 'by number')},
    }


def score_traps(cases: Sequence[Any], outcomes: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Precision and recall of links to posts, and what else the mentions of traps came to.

    ``claimed`` counts the works that were taken for a post of the blog,
    ``called missing`` those taken for a post that is not there.
    """
    kinds = {'missing', 'work', 'ambiguous', 'nothing'}
    count: Counter[str] = Counter()
    for case, outcome in zip(cases, outcomes, strict=True):
        wanted, found = set(case.answer) - kinds, set(outcome) - kinds
        count['post'] += len(found)
        count['right'] += len(wanted & found)
        count['possible'] += len(wanted)
        count['as it should'] += set(case.answer) == set(outcome)
        for kind in kinds & set(outcome):
            count[kind] += 1
        if case.answer == ('work',):
            count['works'] += 1
            count['claimed'] += bool(found)
            count['called missing'] += 'missing' in outcome
    return {
        'precision': count['right'] / count['post'] if count['post'] else 1.0,
        'recall': count['right'] / count['possible'] if count['possible'] else 1.0,
        'cases': len(cases),
        **{k: count[k] for k in ('as it should', 'post', 'missing', 'work', 'ambiguous', 'nothing')},
        **{k: count[k] for k in ('works', 'claimed', 'called missing')},
    }


def show_traps() -> None:
    """The traps one by one, then all of them."""
    from reference_traps import CASES, outcomes

    found = outcomes()
    print(f'traps: {len(CASES)} citations of a made-up blog')
    for trap in dict.fromkeys(case.trap for case in CASES):
        rows = [(case, outcome) for case, outcome in zip(CASES, found, strict=True) if case.trap == trap]
        show(trap, score_traps([case for case, _ in rows], [outcome for _, outcome in rows]))
    show('all', score_traps(CASES, found))


def sweep(corpora: Sequence[Sequence[Post]]) -> list[str]:
    """What threshold and margin make of damaged and of foreign titles, as lines of a table.

    Only the last rung is asked: a title spelled as it should be never comes to it.
    """
    right: list[tuple[list[tuple[float, DocName]], str]] = []
    absent: list[list[tuple[float, DocName]]] = []
    for posts in corpora:
        index = FuzzyTitles((p.title, p.docname) for p in posts)
        forms = Counter(normalise_title(p.title) for p in posts)
        damaged = cases_of_titles(posts, foreign=False)
        for name in ('a character lost', 'two lost', 'two swapped', 'reworded'):
            right += [(index.ranked(m.target), wanted) for m, wanted in damaged.get(name, ())]
        for cases in cases_of_titles(posts, foreign=True).values():
            absent += [index.ranked(m.target) for m, _ in cases]
        for p in posts:
            if forms[normalise_title(p.title)] == 1:
                absent.append(index.ranked(p.title, without=p.docname))
    heads = f'of {len(right)} damaged: right wrong unsure', f'of {len(absent)} foreign: linked unsure'
    lines = [f'threshold margin | {heads[0]} | {heads[1]}']
    for threshold in THRESHOLDS:
        for margin in MARGINS:
            found = [(choose(r, threshold=threshold, margin=margin)[0], wanted) for r, wanted in right]
            false = [choose(r, threshold=threshold, margin=margin)[0] for r in absent]
            hits = sum(nodes == (wanted,) for nodes, wanted in found)
            wrong = sum(len(nodes) == 1 and nodes != (wanted,) for nodes, wanted in found)
            unsure = sum(len(nodes) > 1 for nodes, _ in found)
            linked, open_ = sum(len(n) == 1 for n in false), sum(len(n) > 1 for n in false)
            lines.append(
                f'{threshold:9.0f} {margin:6.0f} | {hits:17} {wrong:5} {unsure:6} | {linked:18} {open_:6}'
            )
    return lines


def show(name: str, result: dict[str, float]) -> None:
    counts = ', '.join(f'{k} {v:.0f}' for k, v in result.items() if k not in ('precision', 'recall'))
    print(f'    {name:18} precision {result["precision"]:.3f}  recall {result["recall"]:.3f}  ({counts})')


def show_titles(posts: Sequence[Post], rounds: int) -> None:
    """Damaged and foreign titles of one corpus."""
    corpus = [*posts, Post(DocName('source'), '')]
    for name, cases in cases_of_titles(posts, foreign=False).items():
        show(name, measure(corpus, cases))
    for name, cases in cases_of_titles(posts, foreign=True).items():
        result = measure(corpus, cases)
        linked = int(result['post'] - result['by number'])
        show_refused(name, len(cases), linked, int(result['ambiguous']), int(result['by number']))
    cases, false, ambiguous = take_out(posts, rounds)
    show_refused('taken out', cases, len(false), ambiguous)
    for cited, found in false:
        print(f'        {cited!r} led to {found!r}')


def show_refused(name: str, cases: int, linked: int, ambiguous: int, numbered: int = 0) -> None:
    # A part that is cited by its number is meant, whatever the title says after it.
    share = 1 - linked / cases if cases else 1.0
    counts = f'cases {cases}, linked {linked}, ambiguous {ambiguous}, a part by its number {numbered}'
    print(f'    {name:18} refused   {share:.3f}  ({counts})')


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    parser.add_argument(
        '--rounds', type=int, default=24, help='take titles out in so many rounds (24); 0: one at a time'
    )
    options = parser.parse_args(argv)
    folder, rounds = options.corpora, options.rounds
    show_traps()
    truths = sorted(folder.glob('*/truth.jsonl'))
    if not truths:
        print(f'nothing to measure: no truth.jsonl below {folder} (name the folder with --corpora)')
        return 0
    corpora = []
    for truth in truths:
        posts = read_posts(truth.parent / 'src')
        links = [json.loads(line) for line in truth.read_text('utf-8').splitlines() if line.strip()]
        print(f'{truth.parent.name}: {len(posts)} documents with titles, {len(links)} links')
        if not posts:
            continue
        for form in ('title', 'url'):
            if cases := cases_of_truth(posts, links, form):
                show('text' if form == 'title' else 'URL', measure(posts, cases))
        show_titles(posts, rounds)
        corpora.append(posts)
    if (file := folder / 'series_dev.json').is_file():
        corpora.append(read_titles(file))
        print(f'{file.name}: {len(corpora[-1])} titles')
        show_titles(corpora[-1], rounds)
    print(f'nearly the same title (chosen: threshold {THRESHOLD:.0f}, margin {MARGIN:.0f})')
    for line in sweep(corpora):
        print(f'    {line}')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
