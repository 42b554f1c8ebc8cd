"""Code blocks as Pandoc, R Markdown and Quarto name their language: ``{.python #id}``, ``{r, echo=FALSE}``.

MyST-Parser takes the first word in braces for a directive, and what is no directive is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

__all__ = ['code_plugin']

_ENGINES: Final = 'r|python|julia|sql|bash|sh|zsh|stan|rcpp|c|fortran|octave|matlab|sas|stata|haskell|ojs|js'
"""Languages that knitr and Quarto run; none of them is a directive of Sphinx or of its known extensions."""
_BRACED: Final = re.compile(
    rf'\{{[ \t]*(?:\.(?P<pandoc>[A-Za-z][\w+-]{{0,30}})|(?P<engine>{_ENGINES}))(?=[ \t,}}])'
    r'[^{}\n]{0,500}\}',
    re.IGNORECASE,
)
_LEXERS: Final = {'rcpp': 'cpp', 'ojs': 'js'}


def code_plugin(md: MarkdownIt) -> None:
    """Add the rule to a parser."""
    md.core.ruler.after('block', 'blog_code', _name_languages)


def _name_languages(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == 'fence' and (match := _BRACED.fullmatch(token.info.strip())):
            language = (match['pandoc'] or match['engine']).lower()
            token.info = _LEXERS.get(language, language)
