"""One index of formulas, searched by Python and by the scripts of the browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formula_page import evaluate

from sphinxext_blog.formulas import Formula, FormulaSearch, analyse, keys_of, read_macros
from sphinxext_blog.formulas.words import said_in
from sphinxext_blog.records import DocName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playwright.sync_api import Page

_SEARCH: Final = """async text => {
  const { files, queries, macros, posts } = JSON.parse(text);
  const content = new Map(Object.entries(files));
  const search = new blogFormulas.FormulaSearch((name) => Promise.resolve(content.get(name) ?? null));
  if (!await search.open()) return JSON.stringify(null);
  const known = blogFormulas.readMacros(macros);
  const texts = new Map(posts);
  const found = [];
  for (const [latex, limit, words] of queries) {
    const where = latex && blogFormulas.saidIn(words, texts);
    const answer = latex ? search.search(latex, { limit, macros: known, where, posts: texts })
      : search.said(words, texts, { limit });
    found.push(await answer.catch((error) => [error instanceof Error ? 'error' : 'not even an error']));
  }
  return JSON.stringify(found);
}"""


class Query(NamedTuple):
    """What is looked for, how many of it, and the words that a post has to say; without LaTeX words alone."""

    latex: str
    limit: int = 20
    words: str = ''


def stored(latex: str, docname: str, anchor: str = 'f', **fields: Any) -> Formula:
    """A formula as a build stores it."""
    analysis = analyse(latex)
    equations = tuple(unit.canonical[0] for unit in analysis.equations)
    fields |= {'equations': equations, 'arrows': analysis.arrows}
    return Formula(DocName(docname), anchor, latex, keys=keys_of(analysis), **fields)


def in_browser(
    page: Page,
    files: Mapping[str, Any],
    queries: Iterable[Query],
    macros: Any = None,
    posts: Mapping[str, str] | None = None,
) -> Any:
    """What the scripts find: for each query its groups, or ``['error']``; ``None`` for no index."""
    value = {
        'files': files,
        'queries': [*queries],
        'macros': macros or {},
        'posts': [[name, {'text': text}] for name, text in (posts or {}).items()],
    }
    return evaluate(page, _SEARCH, value)


def in_python(
    files: Mapping[str, Any],
    queries: Iterable[Query],
    macros: Any = None,
    posts: Mapping[str, str] | None = None,
) -> list[Any]:
    """What Python finds, in the same form."""
    search = FormulaSearch(files.get)
    known = read_macros(macros or {})
    found = []
    for query in queries:
        try:
            if query.latex:
                where = said_in(query.words, posts or {})
                groups = search.search(query.latex, query.limit, known, where, posts or {})
            else:
                groups = search.said(query.words, posts or {}, query.limit)
        except ValueError:
            found.append(['error'])
            continue
        found.append(
            [
                {
                    'kind': group.kind,
                    'readAs': group.read_as,
                    'hits': [
                        hit._asdict() | {'places': [place._asdict() for place in hit.places]}
                        for hit in group.hits
                    ],
                }
                for group in groups
            ]
        )
    return json.loads(json.dumps(found))
