"""The owner's corrections: a YAML file that supplies what the crawl lost.

A list of rules ``{match: {title, text, source, date}, set: {title, date,
author, tags, series, series-index, url, aliases, language, draft}}``. All
fields of ``match`` must fit: a title or source equal, a text contained, a date
equal in the fields that the rule gives. A rule must fit exactly one post.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext_blog.bounded_yaml import BoundedLoader
from sphinxext_blog.dates import parse_date
from sphinxext_blog.importers.model import Problem
from sphinxext_blog.importers.titles import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.importers.model import Entry, ProblemSubtype

__all__ = ['Rule', 'apply_rules', 'read_rules']

_MATCH_KEYS = frozenset({'title', 'text', 'source', 'date'})
_SET_KEYS = frozenset({
    'title', 'date', 'author', 'tags', 'series', 'series-index', 'url', 'aliases', 'language', 'draft',
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One correction."""

    path: str
    line: int
    match: tuple[tuple[str, Any], ...]
    """Field -> normalised text, or the date."""
    changes: tuple[tuple[str, Any], ...]
    """Field of :class:`Entry` -> value."""

    def fits(self, entry: Entry, text: str) -> bool:
        """Whether the rule speaks of this entry; ``text`` is the normalised text of its blocks."""
        for field, wanted in self.match:
            if field == 'title':
                fits = bool(entry.title) and normalise(entry.title or '') == wanted
            elif field == 'text':
                fits = wanted in text
            elif field == 'source':
                fits = wanted in {entry.source, entry.source.rpartition('/')[2]}
            else:
                fits = entry.date is not None and _has_fields_of(entry.date, wanted)
            if not fits:
                return False
        return True


def _has_fields_of(date: PartialDate, wanted: PartialDate) -> bool:
    pairs = ((date.year, wanted.year), (date.month, wanted.month), (date.day, wanted.day))
    return all(b is None or a == b for a, b in pairs)


def read_rules(text: str, path: str) -> tuple[list[Rule] | None, list[Problem]]:
    """Read the corrections; what can't be understood is a problem with its line, the rest counts.

    :returns: the rules, ``None`` when the text as a whole is no list of rules, and the problems.
    """
    try:
        root = yaml.compose(text, Loader=BoundedLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, 'problem_mark', None)
        what = getattr(error, 'problem', None) or ' '.join(str(error).split())
        return None, [Problem(path, mark.line + 1 if mark else 0, f'not a YAML file: {what}')]
    if root is None:
        return [], []
    if not isinstance(root, yaml.SequenceNode):
        return None, [Problem(path, root.start_mark.line + 1, 'the corrections must be a list of rules')]
    problems: list[Problem] = []
    rules = [rule for node in root.value if (rule := _read_rule(node, path, problems)) is not None]
    return rules, problems


def _read_rule(node: yaml.Node, path: str, problems: list[Problem]) -> Rule | None:
    line = node.start_mark.line + 1

    def problem(where: yaml.Node, message: str, subtype: ProblemSubtype = 'import') -> None:
        problems.append(Problem(path, where.start_mark.line + 1, message, subtype))

    if not isinstance(node, yaml.MappingNode):
        problem(node, 'a rule must have the fields “match” and “set”')
        return None
    parts: dict[str, dict[str, Any]] = {'match': {}, 'set': {}}
    for key, value in node.value:
        allowed = {'match': _MATCH_KEYS, 'set': _SET_KEYS}.get(
            key.value if isinstance(key.value, str) else ''
        )
        if allowed is None:
            problem(key, f'unknown field {_shown(key)}; a rule has “match” and “set”')
        elif not isinstance(value, yaml.MappingNode):
            problem(value, f'“{key.value}” must hold fields')
        else:
            for name, content in value.value:
                if not isinstance(name.value, str) or name.value not in allowed:
                    problem(name, f'unknown field {_shown(name)}; known are {", ".join(sorted(allowed))}')
                    continue
                try:
                    parts[key.value][name.value] = _value(name.value, content)
                except (ValueError, TypeError) as error:
                    problem(content, f'{name.value}: {error}', 'date' if name.value == 'date' else 'import')
                    # A rule that lost a condition would fit too much.
                    if key.value == 'match':
                        return None
    if not parts['match'] or not parts['set']:
        problem(node, 'a rule needs at least one field to match and one to set')
        return None
    match = {k: normalise(v) if k in {'title', 'text'} else v for k, v in parts['match'].items()}
    changes = {k.replace('-', '_'): v for k, v in parts['set'].items()}
    return Rule(path, line, tuple(sorted(match.items())), tuple(sorted(changes.items())))


def _shown(node: yaml.Node) -> str:
    return repr(node.value) if isinstance(node.value, str) else 'that is no text'


def _value(field: str, node: yaml.Node) -> Any:
    """The value of a field as its type; raises ValueError with the remedy when it is another."""
    if field in {'tags', 'aliases'}:
        if isinstance(node, yaml.ScalarNode):
            node = yaml.SequenceNode('tag:yaml.org,2002:seq', [node], node.start_mark, node.end_mark)
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(n, yaml.ScalarNode) for n in node.value
        ):
            raise ValueError('write a list of texts')
        return tuple(' '.join(n.value.split()) for n in node.value if n.value.strip())
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise ValueError('write one value')
    text = ' '.join(node.value.split())
    if field == 'date':
        return parse_date(text)
    if field == 'series-index':
        return int(text)
    if field == 'draft':
        if text.casefold() not in {'true', 'false', 'yes', 'no'}:
            raise ValueError('write true or false')
        return text.casefold() in {'true', 'yes'}
    return text


def apply_rules(
    rules: Sequence[Rule], groups: Sequence[Sequence[Entry]], texts: Mapping[Entry, str]
) -> tuple[list[Entry], list[Problem]]:
    """Correct the entries of the posts that the rules fit.

    A rule that fits no post, or more than one, changes nothing and is a problem.

    :param groups: the entries grouped by post.
    :param texts: the normalised text of each entry.
    """
    problems: list[Problem] = []
    changes: dict[int, dict[str, Any]] = {}
    for rule in rules:
        fitting = [n for n, group in enumerate(groups) if any(rule.fits(e, texts[e]) for e in group)]
        if len(fitting) == 1:
            changes.setdefault(fitting[0], {}).update(rule.changes)
        elif fitting:
            places = ', '.join(f'{groups[n][0].source}:{groups[n][0].line}' for n in fitting[:5])
            message = f'the rule fits {len(fitting)} posts ({places}), so it changes none; match more fields'
            problems.append(Problem(rule.path, rule.line, message))
        else:
            problems.append(Problem(rule.path, rule.line, 'the rule fits no post'))
    entries = [
        _changed(entry, change) if (change := changes.get(n)) else entry
        for n, group in enumerate(groups)
        for entry in group
    ]
    return entries, problems


def _changed(entry: Entry, change: Mapping[str, Any]) -> Entry:
    """The entry with the rule's values; a title that was replaced stays as an alias."""
    aliases = (*change.get('aliases', ()), *entry.aliases)
    if 'title' in change and entry.title:
        aliases += (entry.title,)
    return replace(entry, **{**change, 'aliases': aliases}, corrected=frozenset(change))
