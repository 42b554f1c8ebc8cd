"""Sphinx's own search finds Chinese, Japanese and Korean words, whatever the language of the site.

No blanks part the words of these scripts, and Sphinx takes a whole clause for
one word; for ``zh`` it has a splitter that needs jieba for the pages, has none
for the query, and stops the search altogether on 9.0 and 9.1
(https://github.com/sphinx-doc/sphinx/issues/14229). Here each run of such
characters is read as its overlapping pairs, in Python and in the browser alike,
which finds every word of two characters or more without a dictionary
(Nie, Gao, Zhang, Zhou: On the use of words and n-grams for Chinese information
retrieval, IRAL 2000). All else is left to the language that Sphinx has for the site.

Results quote pages without our panels and menus, and mark what was asked for as a whole, not only its pairs.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sphinx import search
from sphinx.search.en import SearchEnglish

from sphinxext_blog.config import blog_config

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.search import SearchLanguage

__all__ = ['pairs', 'setup_cjk_search', 'with_pairs']

_RANGES: Final = (
    (0x3005, 0x3007),  # repetition marks, zero
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_FIRST: Final = chr(_RANGES[0][0] - 1)
_RUN: Final = re.compile('[' + ''.join(f'{chr(first)}-{chr(last)}' for first, last in _RANGES) + ']+')
_JS_RUN: Final = '[' + ''.join(f'\\u{{{first:x}}}-\\u{{{last:x}}}' for first, last in _RANGES) + ']+'

_JS_SPLITTER: Final = (
    r"""
var splitQuery = (function (splitOthers) {
  const run = /RUN/gu;
  const mark = /[^\p{Letter}\p{Number}_\p{Emoji_Presentation}]+/gu; // as Sphinx's own splitter
  const others = splitOthers || ((text) => text.split(mark).filter(Boolean));
  return (query) => [
    ...others(query.replace(run, ' ')),
    ...(query.match(run) || []).flatMap((characters) => {
      const all = Array.from(characters);
      return all.length === 1 ? all : all.slice(1).map((character, n) => all[n] + character);
    }),
  ];
})(typeof splitQuery === 'undefined' ? null : splitQuery);
"""
    # Sphinx's themes load this after searchtools.js; where one doesn't, results are as Sphinx has them.
    r"""
if (typeof Search !== 'undefined') {
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const others = '.blog-panel, .blog-formula-tools, nav, dialog';
    page.querySelectorAll(others).forEach((element) => element.remove());
    return textOf(page.documentElement.outerHTML, anchor).replace(/\s+/g, ' ');
  };
  const parsed = Search._parseQuery; // since Sphinx 7.3
  Search._parseQuery = (query) => {
    const [asked, wanted, unwanted, marked, ...others] = parsed(query);
    const whole = new Set([...(query.match(/RUN/gu) || []), ...marked]);
    const key = 'sphinx_highlight_terms';
    if (localStorage.getItem(key)) localStorage.setItem(key, [...whole].join(' '));
    return [asked, wanted, unwanted, whole, ...others];
  };
  // Sphinx asks for no word of two letters where there is a longer one, and a pair is two letters.
  const byTerms = Search.performTermsSearch;
  Search.performTermsSearch = (terms, ...others) => {
    const [short, long] = [true, false].map(
      (own) => new Set([...terms].filter((term) => /^RUN$/u.test(term) === own)),
    );
    if (!short.size || !long.size) return byTerms(terms, ...others);
    const scores = new Map(byTerms(short, ...others).map((result) => [result[0], result[4]]));
    const both = byTerms(long, ...others).filter((result) => scores.has(result[0]));
    both.forEach((result) => (result[4] = Math.max(result[4], scores.get(result[0]))));
    return both;
  };
}
"""
).replace('RUN', _JS_RUN)


def pairs(text: str) -> list[str]:
    """Overlapping pairs of each run of Chinese, Japanese or Korean characters; a lone one is itself."""
    found: list[str] = []
    for run in _RUN.findall(text):
        found.extend([run] if len(run) == 1 else [run[n : n + 2] for n in range(len(run) - 1)])
    return found


def with_pairs(base: type[SearchLanguage], code: str, present: Any = None) -> type[SearchLanguage]:
    """A search language that reads as *base* does, and such characters in pairs.

    :param code: the language that it is to be registered for.
    :param present: what is registered for it now, kept as its attribute ``replaces``.
    """

    class PairSearch(base):  # type: ignore[misc, valid-type]
        lang = code
        replaces = present
        js_splitter_code = base.js_splitter_code + _JS_SPLITTER

        def split(self, input: str) -> list[str]:  # noqa: A002 (Sphinx's name)
            if _RUN.search(input) is None:
                return super().split(input)  # type: ignore[no-any-return]
            # Each alone too, so that 熵 is found: 6 % more of an index.
            return [*super().split(_RUN.sub(' ', input)), *pairs(input), *''.join(_RUN.findall(input))]

        def stem(self, word: str) -> str:
            # Most words begin with a Latin letter, and each word of a site comes here.
            return word if word > _FIRST and _RUN.match(word) else super().stem(word)

    return PairSearch


def _code_of(language: str) -> str:
    """The code by which Sphinx will find the class of a language."""
    return language if language in search.languages else language.partition('_')[0]


def _base_of(code: str) -> type[SearchLanguage] | None:
    """Sphinx's class for a language; ``None``: what stands there is somebody else's, or ours already."""
    entry: Any = search.languages.get(code, SearchEnglish)
    if entry == 'sphinx.search.zh.SearchChinese':
        return SearchEnglish  # most of what is no Chinese in a Chinese blog
    if isinstance(entry, str):
        module, _dot, name = entry.rpartition('.')
        entry = getattr(import_module(module), name)
    return entry if entry.__module__.startswith('sphinx.search') else None


def _choose_splitter(app: Sphinx, config: Config) -> None:
    """Replace the search language of the site, unless its author chose how words are split.

    Sphinx keeps these classes in the process and not in the application, so that what an earlier
    build replaced is put back when it is not wanted.
    """
    code = _code_of(config.html_search_language or config.language)
    wanted = blog_config(config).cjk_search and not config.html_search_options and code != 'ja'
    present: Any = search.languages.get(code)
    if wanted and (base := _base_of(code)):
        app.add_search_language(with_pairs(base, code, present))
    elif not wanted and hasattr(present, 'replaces'):
        if present.replaces is None:
            del search.languages[code]
        else:
            search.languages[code] = present.replaces


def setup_cjk_search(app: Sphinx) -> None:
    """Have the search of the site split words in pairs."""
    app.connect('config-inited', _choose_splitter)
