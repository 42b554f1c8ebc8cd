"""Markdown blogs and notes, from a folder as their engine has it to pages and a graph."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

PNG = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082'
)
CONF = {'html_baseurl': 'https://example.org/', 'suppress_warnings': ['myst.header']}


def graph_of(build):
    return json.loads(build.text('graph.json'))


def cites(build):
    return {
        (edge['source'], edge['target'], edge['evidence'][0]['how'])
        for edge in graph_of(build)['edges']
        if edge['key'] == 'cites'
    }


HUGO = {
    'content/posts/svd.md': '+++\ntitle = "The SVD: why $A = U\\\\Sigma V^*$"\ndate = 2020-03-01T10:00:00+08:00\n'
    'tags = ["linear algebra"]\ncategories = ["maths"]\ndraft = false\naliases = ["/old/svd/"]\n+++\n\n'
    'Some text:\n$$\nA = U \\Sigma V^*\n$$\nand more.\n\n### Details\n\n'
    'See [the other]({{< ref "low-rank.md" >}}) and [its section]({{< relref "low-rank.md#bounds" >}}).\n\n'
    '{{< figure src="/img/a.png" caption="A figure" >}}\n\n{{< highlight python >}}\nx = "{{< ref >}}"\n{{< /highlight >}}\n',
    'content/posts/low-rank/index.md': '---\ntitle: Low rank\ndate: 2020-04-01\nseries: ["Matrices"]\n---\n\n'
    'An [old address](/old/svd/).\n\n## Bounds\n\nInline \\(x_1 < y_2\\) and \\[z = 1\\] there.\n',
    'static/img/a.png': PNG,
}
JEKYLL = {
    '_posts/2015-06-07-gauss-sums.md': '---\nlayout: post\ntitle:  "Gauss sums"\ncategories: [number theory]\n---\n\n'
    '# One\n\nA sum $\\sum_{a} \\chi(a)$, $|x|$.\n\n# Two\n\n| a | b |\n|---|---|\n| $|x|$ | $\\|y\\|$ |\n',
    '_posts/2015-07-01-quadratic-reciprocity.md': '---\ntitle: Quadratic reciprocity\n---\n\n'
    'Follows from [Gauss sums]({% post_url 2015-06-07-gauss-sums %}).\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n',
}
HEXO = {
    '_posts/扩散模型.md': 'title: 扩散模型漫谈\ndate: 2022-06-13 10:00:00\ntags:\n- 生成模型\ncategories:\n- [数学, 概率]\n---\n'
    '正文$x_t=\\alpha_t x_{t-1}$继续，见{% post_link 梯度下降 %}。\n\n<!-- more -->\n\n'
    '能量\\begin{equation}E=mc^2\\end{equation}如上，见[梯度]({% post_path 梯度下降 %})。\n',
    '_posts/梯度下降.md': '---\ntitle: 梯度下降\ndate: 2022/6/1\ntags: 优化\n---\n\n沿负梯度。\n',
}
OBSIDIAN = {
    'index.md': '# Index\n',
    'Gradient descent.md': 'Uses [[Line search]], [[Line search#Wolfe conditions|Wolfe]], [[Not written yet]].\n\n'
    '![[plot.png|300]]\n\n![[Line search]]\n\n`[[no link]]` and\n\n```\n[[nor here]]\n```\n',
    'notes/Line search.md': '---\naliases: [Backtracking]\ntags: [optimisation]\n---\n\nText.\n\n## Wolfe conditions\n\n$a|b$\n',
    'notes/Armijo.md': '[[backtracking]] is it.\n\n| x | y |\n|---|---|\n| [[Line search\\|ls]] | $|a|$ |\n',
    'attachments/plot.png': PNG,
}


def test_a_blog_of_hugo(make_site):
    build = make_site(HUGO, CONF, myst=True).build()
    assert build.warnings == ''
    assert cites(build) >= {
        ('content/posts/svd', 'content/posts/low-rank/index', 'wikilink'),
        ('content/posts/low-rank/index', 'content/posts/svd', 'url'),
    }
    page = build.soup('content/posts/svd')
    assert 'The SVD' in page.h1.get_text()
    assert page.select('a[href$="low-rank/index.html#bounds"]')
    assert page.select_one('img[src*="_images/a.png"]')
    assert '{{&lt; ref &gt;}}' in build.html('content/posts/svd')
    assert page.select_one('div.highlight-python')
    nodes = {node['id']: node for node in graph_of(build)['nodes']}
    svd = nodes['content/posts/svd']
    assert svd['date'].startswith('2020-03-01')
    assert svd['tags'] == ['linear algebra']
    assert not page.select('p div')


@pytest.mark.parametrize(
    ('matter', 'link', 'builder', 'page'),
    [
        ('aliases: [/old/svd/]', '/old/svd/', 'html', 'old/svd/index.html'),
        ('aliases: [/old/svd/]', '/old/svd', 'dirhtml', 'old/svd/index.html'),
        ('aliases: [/old/svd/]', 'https://example.org/old/svd/', 'html', 'old/svd/index.html'),
        ('aliases: [/old/svd.html]', 'https://www.example.org/old/svd.html', 'html', 'old/svd.html'),
        ('redirect_from: /旧/svd', '/%E6%97%A7/svd', 'html', '旧/svd.html'),
        ('redirect_from:\n  - /a.html\n  - /b/c/', '/b/c/', 'html', 'b/c/index.html'),
        ('redirect: old/svd', 'https://example.org/old/svd.html', 'html', 'old/svd.html'),
        ('redirect: old/svd', '/old/svd.html', 'html', 'old/svd.html'),
    ],
)
def test_an_old_address_is_a_page_that_leads_on_and_links_find_the_post(
    make_site, matter, link, builder, page
):
    files = {
        'posts/svd.md': f'---\ntitle: SVD\ndate: 2020-01-01\n{matter}\n---\n\nText.\n',
        'posts/other.md': f'---\ntitle: Other\ndate: 2020-01-02\n---\n\nSee [it]({link}).\n',
    }
    site = make_site(files, CONF, myst=True)
    build = site.build(builder)
    assert build.warnings == ''
    refresh = BeautifulSoup(build.text(page), 'html.parser').select_one('meta[http-equiv=refresh]')['content']
    target = urljoin(f'https://e.org/{page}', refresh.partition('url=')[2])
    assert target == 'https://e.org/posts/svd' + ('.html' if builder == 'html' else '/')
    assert cites(build) == {('posts/other', 'posts/svd', 'url')}
    own = build.soup('posts/other').select_one('a.blog-mention, .blog-mention a, a:-soup-contains("it")')
    assert own['href'] == ('svd.html' if builder == 'html' else '../svd/')
    site.write('posts/svd.md', '---\ntitle: SVD\ndate: 2020-01-01\n---\n\nText.\n')
    again = site.build(builder)
    assert not (again.outdir / page).exists()


@pytest.mark.parametrize(
    ('name', 'matter', 'link'),
    [
        ('_posts/2015-01-02-k.md', 'title: K', '/2015/01/02/k.html'),
        ('_posts/2015-01-02-k.md', 'title: K', '{{ site.baseurl }}/maths/2015/01/02/k.html'),
        ('_posts/2015-01-02-k.md', 'title: K', 'https://example.org/2015/01/02/k.html'),
        ('source/_posts/名.md', 'title: K\ndate: 2022-06-01 10:00:00', '/2022/06/01/名/'),
        ('source/_posts/名.md', 'title: K\ndate: 2022-06-01\npermalink: any/where/', '/any/where/'),
    ],
)
def test_an_address_of_day_and_name_is_found(make_site, name, matter, link):
    files = {
        name: f'---\n{matter}\n---\n\nText.\n',
        'p.md': f'---\ntitle: P\ndate: 2020-01-02\n---\n\nSee [it]({link}).\n',
    }
    build = make_site(files, {**CONF, 'blog_post_pattern': ['**_posts/**', 'p']}, myst=True).build()
    assert build.warnings == ''
    assert {(source, target) for source, target, _ in cites(build)} == {('p', name.removesuffix('.md'))}


def test_an_address_where_the_post_still_is_needs_no_page(make_site):
    files = {'posts/svd.md': '---\ntitle: SVD\ndate: 2020-01-01\naliases: [/posts/svd/]\n---\n\nText.\n'}
    build = make_site(files, CONF, myst=True).build('dirhtml')
    assert build.warnings == ''
    assert build.soup('posts/svd').h1


def test_a_blog_of_jekyll(make_site):
    conf = {**CONF, 'blog_post_pattern': ['_posts/**']}
    build = make_site(JEKYLL, conf, myst=True).build()
    assert build.warnings == ''
    assert cites(build) == {
        ('_posts/2015-07-01-quadratic-reciprocity', '_posts/2015-06-07-gauss-sums', 'wikilink')
    }
    page = build.soup('_posts/2015-06-07-gauss-sums')
    assert [h.get_text().rstrip('¶') for h in page.select('h1, h2')][:3] == ['Gauss sums', 'One', 'Two']
    row = page.select('tbody td')
    assert [cell.get_text() for cell in row] == ['\\(\\vert x\\vert\\)', '\\(\\Vert y\\Vert\\)']
    nodes = {node['id']: node for node in graph_of(build)['nodes']}
    assert nodes['_posts/2015-06-07-gauss-sums']['date'] == '2015-06-07'


def test_a_blog_of_hexo(make_site):
    build = make_site(HEXO, CONF, myst=True).build()
    assert build.warnings == ''
    assert cites(build) == {('_posts/扩散模型', '_posts/梯度下降', 'wikilink')}
    nodes = {node['id']: node for node in graph_of(build)['nodes']}
    assert nodes['_posts/扩散模型']['categories'] == ['数学', '概率']
    assert 'E=mc^2' in build.html('_posts/扩散模型')


def test_a_vault_of_obsidian(make_site):
    conf = {**CONF, 'blog_markdown': 'all', 'blog_post_pattern': ['Gradient*', 'notes/**']}
    site = make_site(OBSIDIAN, conf, myst=True)
    build = site.build()
    assert build.warnings == ''
    found = cites(build)
    assert ('Gradient descent', 'notes/Line search', 'wikilink') in found
    assert ('notes/Armijo', 'notes/Line search', 'wikilink') in found
    assert any(target.startswith('missing:') for _, target, _ in found)
    page = build.soup('Gradient descent')
    assert page.h1.get_text().rstrip('¶') == 'Gradient descent'
    assert page.select('a[href="notes/Line%20search.html#wolfe-conditions"]')
    assert page.select_one('img[src*="plot.png"]')
    assert '[[no link]]' in page.get_text()
    assert '[[nor here]]' in page.get_text()
    # the note is written, and the page that named it learns of it
    site.write('Not written yet.md', '# Not written yet\n\nNow it is.\n')
    again = site.build(parallel=2)
    assert again.soup('Gradient descent').select('a[href="Not%20written%20yet.html"]')
    assert again.snapshot == site.build(fresh=True).snapshot


@pytest.mark.parametrize(
    ('matter', 'warning'),
    [
        (
            '---\ntitle: SVD: the theorem\ndate: 2020-01-01\n---',
            "p.md:2: WARNING: the field 'title' is no YAML",
        ),
        ('---\ntitle: x\ndate:\nblogpost: true\n---', 'p.md:3: WARNING: the date is empty'),
        ('---\ntitle: x\ndate: 2020-13-45\n---', "p.md:3: WARNING: the field 'date': not a date"),
        ('---\ntitle: x\ndate: 2020-01-01\n', 'p.md:3: WARNING: the front matter is not closed'),
        ('+++\ntitle = a: b\ndate = 2020-01-01\n+++', "p.md:2: WARNING: the field 'title' is no TOML"),
        (
            '\n---\ntitle: x\ndate: 2020-01-01\n---',
            'p.md:2: WARNING: the front matter must begin on the first line',
        ),
        ('---\ntitle: x\ndate: 2020-01-01\ntags:\n\t- a\n---', 'is indented with a tab'),
        ('---\ntitle：x\ndate: 2020-01-01\n---', 'a Chinese colon stands after'),
    ],
)
def test_a_mistake_in_front_matter_is_told_with_its_line_and_the_post_is_there(make_site, matter, warning):
    build = make_site({'p.md': f'{matter}\n\nThe body.\n'}, CONF, myst=True).build()
    lines = [line for line in build.warnings.splitlines() if line]
    assert len(lines) == 1, build.warnings
    assert warning in lines[0]
    assert [node['id'] for node in graph_of(build)['nodes']] == ['p']
    assert 'The body.' in build.soup('p').get_text()


@pytest.mark.parametrize('start', ['\ufeff', ''])
@pytest.mark.parametrize('end', ['\r\n', '\n', '\r'])
def test_a_byte_order_mark_and_line_ends_do_no_harm(make_site, start, end):
    text = start + '---\ntitle: x\ndate: 2020-01-01\ntags: a, b\n---\n\nText $x$.\n'.replace('\n', end)
    build = make_site({'p.md': text.encode()}, CONF, myst=True).build()
    assert build.warnings == ''
    assert graph_of(build)['nodes'][0]['tags'] == ['a', 'b']


@pytest.mark.parametrize(
    ('body', 'formulas'),
    [
        ('Text\n$$\na_1*b_2*c < d\n$$\nmore', ['a_1*b_2*c < d']),
        ('Text $$a$$ more', ['a']),
        ('Text $$\na\n$$ more', ['a']),
        ('Text $a_1$ and $b_1$, $5 and $10.', ['a_1', 'b_1']),
        ('Then \\begin{equation}a\\end{equation} holds', ['\\begin{equation}a\\end{equation}']),
        ('Text\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\nmore', None),
        ('$3\\times$ and $|x|<1$', ['3\\times', '|x|<1']),
        ('\\\\(a\\\\) and \\(b\\)', ['a', 'b']),
        ('`$code$` and $a$', ['a']),
    ],
)
def test_formulas_of_markdown(make_site, body, formulas):
    build = make_site({'p.md': f'---\ntitle: x\ndate: 2020-01-01\n---\n\n{body}\n'}, CONF, myst=True).build()
    assert build.warnings == ''
    from docutils import nodes

    tree = build.app.env.get_doctree('p')
    found = [n.astext() for n in tree.findall(lambda n: isinstance(n, (nodes.math, nodes.math_block)))]
    if formulas is not None:
        assert [re.sub(r'\s+', ' ', text).strip() for text in found] == formulas
    else:
        assert len(found) == 1


def test_rows_that_an_exporter_flattened_are_mended_with_a_warning(make_site):
    body = '$$\n\\begin{aligned}\na &= b \\\nc &= d\n\\end{aligned}\n$$\n'
    build = make_site({'p.md': f'---\ntitle: x\ndate: 2020-01-01\n---\n\n{body}\n'}, CONF, myst=True).build()
    assert 'p.md:6: WARNING: the formula had a single backslash at the end of a row' in build.warnings
    assert 'a &amp;= b \\\\' in build.html('p')


def test_a_document_that_is_no_post_is_read_by_myst_alone(make_site):
    files = {'d.md': '# Doc\n\n[[x]] and \\(y\\) $z$\n', 'p.md': '---\ndate: 2020-01-01\n---\n# P\n\n$z$\n'}
    build = make_site(files, CONF, myst=True).build()
    assert build.warnings == ''
    assert '[[x]] and (y) $z$' in build.soup('d').get_text()


def test_a_name_that_leads_nowhere_in_a_tag_is_warned_of(make_site):
    text = '---\ntitle: x\ndate: 2020-01-01\n---\n\n[there]({% post_url 2020-01-01-gone %})\n'
    build = make_site({'p.md': text}, CONF, myst=True).build()
    assert "p.md:6: WARNING: no post is called '2020-01-01-gone'" in build.warnings
