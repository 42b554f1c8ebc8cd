"""What the scripts of the browser and Python say to patterns and formulas."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formula_page import evaluate

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.analysis import hash_of
from sphinxext_blog.formulas.matching import MAX_STEPS, Steps, matches
from sphinxext_blog.formulas.patterns import constant_runs, read_pattern
from sphinxext_blog.formulas.spelling import latex_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from playwright.sync_api import Page

    from sphinxext_blog.formulas.patterns import Pattern

# Patterns and formulas are many times as long as what is asked about them: they are read once each.
_COMPARE: Final = """text => {
  const { patterns, formulas, cases } = JSON.parse(text);
  const read = patterns.map((latex) => blogFormulas.readPattern(latex));
  const textsOf = ({ equations }) => equations.map((unit) => unit.canonical[1]);
  const texts = formulas.map((latex) => textsOf(blogFormulas.analyse(latex)));
  const told = read.map((pattern) => [
    pattern.words.length < 100 ? pattern.words.join(' ') : blogFormulas.hashOf(pattern.words.join(' ')),
    pattern.names,
    blogFormulas.hashOf(JSON.stringify(blogFormulas.constantRuns(pattern))),
  ]);
  return JSON.stringify({ told, found: cases.map(([pattern, formula, left]) => {
    const steps = { left };
    const match = blogFormulas.matches(read[pattern], texts[formula], steps);
    const binding = match && match.binding.map(([name, part]) => [name, part, blogFormulas.latexOf(part)]);
    return [match && match.kind, binding, steps.left];
  }) });
}"""


class Case(NamedTuple):
    """A pattern, a formula, and the steps that may be taken to compare them."""

    pattern: str
    latex: str
    steps: int = MAX_STEPS


def differences(page: Page, cases: Iterable[Case]) -> list[tuple[Case, Any, Any]]:
    """Cases to which both say something else: with what the browser says, and what Python does.

    Compared are the words of the pattern, its names, its constant runs; how the
    formula has its form; what each wildcard stands for, as a text and as LaTeX;
    the steps that are left.
    """
    cases = list(cases)
    patterns = {latex: n for n, latex in enumerate(dict.fromkeys(case.pattern for case in cases))}
    formulas = {latex: n for n, latex in enumerate(dict.fromkeys(case.latex for case in cases))}
    value = {
        'patterns': [*patterns],
        'formulas': [*formulas],
        'cases': [[patterns[case.pattern], formulas[case.latex], case.steps] for case in cases],
    }
    yours = evaluate(page, _COMPARE, value)
    read = {latex: read_pattern(latex) for latex in patterns}
    told = {latex: _told(pattern) for latex, pattern in read.items()}
    texts = {latex: [unit.canonical[1] for unit in analyse(latex).equations] for latex in formulas}
    out = []
    for case, found in zip(cases, yours['found'], strict=True):
        browser = [*yours['told'][patterns[case.pattern]], *found]
        steps = Steps(case.steps)
        match = matches(read[case.pattern], texts[case.latex], steps)
        binding = match and [[name, part, latex_of(part)] for name, part in match.binding]
        python = [*told[case.pattern], match and match.kind, binding, steps.left]
        if browser != python:
            out.append((case, browser, python))
    return out


def _told(pattern: Pattern) -> list[Any]:
    words = ' '.join(pattern.words)
    runs = json.dumps(constant_runs(pattern), ensure_ascii=False, separators=(',', ':'))
    return [words if len(pattern.words) < 100 else hash_of(words), [*pattern.names], hash_of(runs)]


_TOKEN: Final = re.compile(r'\\begin\{[^{}]*\}|\\end\{[^{}]*\}|\\[A-Za-z]+|\\.|[0-9.]+|.', re.DOTALL)
_STAYS: Final = re.compile(r'\\.|[\s&^_{}()\[\]%#]')


def with_wildcards(rng: random.Random, latex: str) -> str:
    """A formula in which some tokens, groups and runs of tokens are wildcards."""
    tokens = _TOKEN.findall(latex)
    same: dict[str, str] = {}
    out: list[str] = []
    at = 0
    share = rng.choice([0.05, 0.15, 0.4])
    while at < len(tokens):
        end = at + 1
        if tokens[at] in {'{', '('} and rng.random() < share:
            end = _past_group(tokens, at)
            inner = ''.join(tokens[at + 1 : end - 1])
            out.append(
                f'{tokens[at]}{_name(rng, inner, same)}{tokens[end - 1]}' if end > at + 1 else tokens[at]
            )
        elif _STAYS.match(tokens[at]) or rng.random() > share:
            out.append(tokens[at])
        else:
            if rng.randrange(4) == 0:
                while end < len(tokens) and not _STAYS.match(tokens[end]) and rng.randrange(3):
                    end += 1
            out.append(_name(rng, ''.join(tokens[at:end]), same))
        at = end
    return ''.join(out)


def _past_group(tokens: list[str], at: int) -> int:
    """Past the bracket that closes the one at a place; only past that one when none does."""
    depth = 0
    for n in range(at, len(tokens)):
        depth += (tokens[n] in {'{', '('}) - (tokens[n] in {'}', ')'})
        if depth == 0:
            return n + 1
    return at + 1


def _name(rng: random.Random, part: str, same: dict[str, str]) -> str:
    """A wildcard: mostly one name for the same part, sometimes one that it should not have."""
    kind = rng.randrange(6)
    new = f'{rng.choice("abfxAN")}{rng.choice(["", "1", "23"])}'
    name = new if kind == 0 else same.setdefault(part, f'w{len(same)}')
    return f'{rng.choice("???？")}{name}{rng.choice(["", " "])}'
