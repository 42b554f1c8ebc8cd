"""Code blocks whose language stands in braces."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_code import code_plugin


@pytest.mark.parametrize(
    ('told', 'language'),
    [
        ('{r}', 'r'),
        ('{r, echo=FALSE, fig.cap="a b"}', 'r'),
        ('{r setup}', 'r'),
        ('{R}', 'r'),
        ('{Rcpp}', 'cpp'),
        ('{.python .numberLines startFrom="3"}', 'python'),
        ('{.c++}', 'c++'),
        ('python', 'python'),
        ('{note}', '{note}'),
        ('{code-cell} python', '{code-cell} python'),
        ('{c:function} f', '{c:function} f'),
        ('{python-repl}', '{python-repl}'),
        ('{', '{'),
        ('', ''),
    ],
)
def test_the_language_is_found_and_a_directive_stays(told, language):
    fence, *rest = MarkdownIt('commonmark').use(code_plugin).parse(f'~~~{told}\nx\n~~~\n')
    assert fence.info.strip() == language
    assert fence.content == 'x\n'
    assert rest == []


def test_code_of_r_markdown_is_shown(make_site):
    text = '---\ndate: 2020-01-01\n---\n\n# A\n\n```{r, a=F}\nplot(x)\n```\n\n```{python}\nx = 1\n```\n'
    build = make_site({'index.md': '# I\n\n```{toctree}\na\n```\n', 'a.md': text}, myst=True).build()
    assert build.warnings == ''
    assert build.soup('a').select_one('div.highlight-r').text.strip() == 'plot(x)'
    assert build.soup('a').select_one('div.highlight-python').text.strip() == 'x = 1'
