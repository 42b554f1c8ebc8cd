"""``python -m sphinxext_blog COMMAND``: what is done outside a build, from ``quickstart`` to ``formulas``."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING

from sphinxext_blog import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['command_parser', 'main']


def command_parser() -> argparse.ArgumentParser:
    """All commands with their arguments, each with its help; the manual is made from it too."""
    from sphinxext_blog import starting
    from sphinxext_blog.formulas import command as formulas
    from sphinxext_blog.graph import command as graph
    from sphinxext_blog.importers import command as importing

    parser = argparse.ArgumentParser(
        prog='python -m sphinxext_blog',
        description='Work on a mathematical blog outside a Sphinx build.',
        epilog='COMMAND --help tells more, with examples. check, graph, map and formulas read what '
        '"sphinx-build -M html . _build" wrote: their PATH is _build/html.',
    )
    parser.add_argument('--version', action='version', version=f'sphinxext_blog {__version__}')
    commands = parser.add_subparsers(title='commands', metavar='COMMAND')
    table = (
        (
            'quickstart',
            starting.add_quickstart_arguments,
            starting.run_quickstart,
            'start a blog that builds without a warning',
            'Writes a conf.py, a home page and a first post into DIR, in reStructuredText unless --md is '
            'given. Files that are there are never touched.',
            (
                'quickstart my-blog --title "Numbers" --author "Emmy Noether"',
                'quickstart 博客 --language zh_CN --md',
            ),
        ),
        (
            'new',
            starting.add_new_arguments,
            starting.run_new,
            'start a post',
            'Writes a post with the title and the date of today, beside most other posts of the project '
            'and in their format.',
            ('new "Ideals and norms"', 'new "扩散模型漫谈（一）" --dir my-blog --md'),
        ),
        (
            'import',
            importing.add_arguments,
            importing.run,
            'write the posts of archives as one document each',
            "A SRC is WordPress's export, an Atom or RSS feed, Hexo's search.xml, a saved HTML page, a "
            'crawled listing page, or a folder of these. Files of yours in DEST are never overwritten. '
            'Nothing is fetched.',
            ('import wordpress.xml posts', 'import pages/ feed.xml posts --corrections corrections.yaml'),
        ),
        (
            'check',
            graph.add_check_arguments,
            graph.run_check,
            'report missing posts, gaps in series, ambiguous mentions',
            'Lists posts and works that are cited but not there, each with the citing sentence; series of '
            'which parts are missing; mentions that fit several posts; and pictures that are missing or '
            'lie elsewhere.',
            ('check _build/html', 'check _build/html --strict'),
        ),
        (
            'graph',
            graph.add_graph_arguments,
            graph.run_graph,
            'look into a built graph, or convert it',
            'Counts what the graph holds. With --node, shows a post and its links, each with the '
            'sentence, the formula or the reason it rests on. With --format, writes the graph for other '
            'programs.',
            (
                'graph _build/html',
                'graph _build/html --node posts/first',
                'graph _build/html --format graphml -o graph.graphml',
            ),
        ),
        (
            'map',
            graph.add_map_arguments,
            graph.run_map,
            'write the map that the graph page can start from',
            'Writes where each mark stands. When conf.py names the file, blog_graph_map = '
            "'graph-map.json', later builds leave the posts in their places.",
            ('map _build/html -o graph-map.json',),
        ),
        (
            'formulas',
            formulas.add_formulas_arguments,
            formulas.run_formulas,
            'search the formulas of a built site',
            'In LATEX, ?a, ?b and so on stand for anything, the same letter for the same thing. Spacing, '
            'fonts and the names of variables matter little: what is the same comes first, what is '
            'similar after it. Words find the formulas that they are said about. Exit status: 1 when '
            'nothing is found, 2 when the formula can not be read.',
            (
                "formulas _build/html 'x^2 + y^2'",
                "formulas _build/html '\\frac{?a}{?b}' --limit 5",
                "formulas _build/html 'prime' --words numbers",
            ),
        ),
    )
    for name, add_arguments, run, summary, about, examples in table:
        command = commands.add_parser(
            name,
            help=summary,
            description=textwrap.fill(
                f'{summary[0].upper()}{summary[1:]}. {about}', 78, break_on_hyphens=False
            ),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_arguments(command)
        shown = '\n'.join(f'  {parser.prog} {example}' for example in examples)
        told = textwrap.fill(command.epilog, 78) if command.epilog else ''
        command.epilog = '\n\n'.join(filter(None, [told, f'examples:\n{shown}']))
        command.set_defaults(run=run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    from sphinxext_blog.formulas import command as formulas

    parser = command_parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ['formulas']:
        given[1:] = formulas.with_signs(given[1:])
    options = parser.parse_args(given)
    if 'run' not in options:
        parser.print_help(sys.stderr)
        return 2
    return int(options.run(options))


if __name__ == '__main__':
    sys.exit(main())
