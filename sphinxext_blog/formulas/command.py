"""``python -m sphinxext_blog formulas``: search the formulas of a built site in a terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_blog.formulas.analysis import analyse
from sphinxext_blog.formulas.linear import linearise
from sphinxext_blog.formulas.macros import read_macros
from sphinxext_blog.formulas.mathml import to_mathml
from sphinxext_blog.formulas.search import FormulaSearch
from sphinxext_blog.formulas.words import said_in
from sphinxext_blog.scripts import read_data_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinxext_blog.formulas.catalogue import Place
    from sphinxext_blog.formulas.macros import Macros
    from sphinxext_blog.formulas.search import Hit

__all__ = ['INDEX_FOLDER', 'add_formulas_arguments', 'open_index', 'run_formulas', 'with_signs']

INDEX_FOLDER = 'formula-index'
"""Folder of the index in the output, beside the formula page."""

_HEADINGS = {
    'pattern': 'of this form',
    'same': 'the same formula',
    'contains': 'formulas that contain it',
    'renamed': 'the same with other letters',
    'contains-renamed': 'formulas that contain it, with other letters',
    'said': 'formulas about which this is said',
    'similar': 'similar formulas',
}
_MOST_PLACES = 5
_MOST_FORMULAS = 100_000
_OPTIONS = ('--help', '--words', '--limit')


def add_formulas_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``formulas``."""
    parser.add_argument('path', metavar='PATH', help='folder of the built HTML')
    parser.add_argument(
        'latex', metavar='LATEX', help=r"the formula, such as 'x^2 + y^2' or '\int ?a\,d?x', or words"
    )
    parser.add_argument(
        '--words',
        default='',
        help='only where the title, the tags, the series or the section say all of these',
    )
    parser.add_argument('--limit', type=_count, default=20, help='how many formulas at most (default: 20)')


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= _MOST_FORMULAS:
        raise argparse.ArgumentTypeError(f'{text.strip()!r} is no number from 1 to {_MOST_FORMULAS}')
    return number


def with_signs(arguments: Iterable[str]) -> list[str]:
    """Arguments of ``formulas`` in which a formula may begin with a sign: ``-x^2`` is no option.

    Behind a blank no sign is taken for that of an option; what is looked for has no blanks around.
    """
    out: list[str] = []
    for argument in arguments:
        name = argument.partition('=')[0]
        option = argument in {'-h', '--'} or (name[:2] == '--' and any(o.startswith(name) for o in _OPTIONS))
        plain = option or '--' in out or argument[:1] != '-'
        out.append(argument if plain else f' {argument}')
    return out


def run_formulas(args: argparse.Namespace) -> int:
    """Print the formulas found.

    :returns: the exit status: 0; 1 when nothing was found; 2 when there is no index, or the formula
        can't be read.
    """
    try:
        index, posts, macros = open_index(Path(args.path))
    except (OSError, ValueError) as error:
        print(f'sphinxext_blog: {error}', file=sys.stderr)  # noqa: T201 (a command's word to its user)
        return 2
    texts = {name: post['text'] for name, post in posts.items()}
    titles = {name: post['title'] for name, post in posts.items()}
    try:
        if args.latex.strip():
            groups = index.search(args.latex, args.limit, macros, said_in(args.words, texts), texts)
        else:
            groups = index.said(args.words, texts, args.limit)
    except (OSError, ValueError) as error:  # a file of the index is gone or damaged
        print(f'sphinxext_blog: {error}', file=sys.stderr)  # noqa: T201
        return 2
    if not groups and (fault := _fault(args.latex, args.words, macros)):
        print(f'sphinxext_blog: {fault}', file=sys.stderr)  # noqa: T201
        return 2
    read_as = next((group.read_as for group in groups if group.read_as), '')
    lines: list[str] = [f'read as {read_as}'] if read_as else []
    for group in groups:
        lines.append(f'{_HEADINGS[group.kind]} ({len(group.hits)})')
        for hit in group.hits:
            lines.extend(_hit_lines(hit, titles))
    print('\n'.join(lines or ['nothing found']))  # noqa: T201
    return 0 if groups else 1


def _fault(latex: str, words: str, macros: Macros) -> str:
    """What is wrong with a query; empty when it is one, and only nothing was found."""
    if not latex.strip():
        return '' if words.strip() else 'give a formula, or --words to look for'
    for problem in analyse(latex, macros).problems:
        if problem.code in {'unbalanced', 'environment'}:
            return f'the formula {latex!r} can not be read: {problem.text!r} has no partner'
    return ''


def open_index(folder: Path) -> tuple[FormulaSearch, Mapping[str, Mapping[str, str]], Macros]:
    """The index of a built site, what is known of its posts by docname, the macros of the project.

    :raises OSError: when there is none.
    :raises ValueError: when it is of another version, or damaged.
    """
    found = sorted(folder.glob(f'{INDEX_FOLDER}/index.js')) or sorted(
        folder.glob(f'*/{INDEX_FOLDER}/index.js')
    )
    if not found:
        raise FileNotFoundError(f'{folder}: no {INDEX_FOLDER} there; build the site as HTML first')
    place = found[0].parent

    def read(name: str) -> Any:
        path = place / f'{name}.js'
        return read_data_script(path.read_bytes())[1] if path.is_file() else None

    about = read('posts')
    posts = {post['id']: post for post in about['posts']}
    return FormulaSearch(read), posts, read_macros(about['macros'])


def _hit_lines(hit: Hit, titles: Mapping[str, str]) -> list[str]:
    markup = to_mathml(hit.latex)
    shown = linearise(markup) if markup else ' '.join(hit.latex.split())
    lines = [f'  {shown}']
    lines.extend(f'      {_place(place, titles)}' for place in hit.places[:_MOST_PLACES])
    if len(hit.places) > _MOST_PLACES:
        lines.append(f'      and {len(hit.places) - _MOST_PLACES} more')
    return lines


def _place(place: Place, titles: Mapping[str, str]) -> str:
    where = f'({place.number})' if place.number else f'§ {place.section}' if place.section else ''
    address = f'{place.docname}#{place.anchor}' if place.anchor else place.docname
    return ' '.join(
        part for part in (titles.get(place.docname, place.docname), where, f'[{address}]') if part
    )
