"""``python -m sphinxext_blog new`` and ``quickstart``: a post, or a whole blog, to begin with.

``new`` looks for the project (the folder with a ``conf.py``, here, above, or in
the usual places below) and puts the post where most posts of that project are.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinxext_blog.importers.document import slug
from sphinxext_blog.importers.latex import inline_spans
from sphinxext_blog.importers.rst import inline
from sphinxext_blog.importers.titles import display_width
from sphinxext_blog.writing import write_whole

if TYPE_CHECKING:
    import argparse

__all__ = [
    'add_new_arguments',
    'add_quickstart_arguments',
    'new_post',
    'quickstart',
    'run_new',
    'run_quickstart',
]

_SOURCES = ('', 'source', 'src', 'docs', 'doc')
_MARKUP = re.compile(r'[\\`*_\[\]<>#&]')
_MARKDOWN = ('.md', '.markdown')
_DATED = re.compile(r'\d{4}-\d{1,2}-\d{1,2}-.')
_SKIPPED = frozenset({'_build', '_static', '_templates', 'node_modules', 'build'})

_CONF = """\
project = {title}
author = {author}
copyright = {copyright}
language = {language}

extensions = {extensions}
exclude_patterns = ['_build', '.*', 'Thumbs.db']

blog_title = html_title = project
blog_post_pattern = ['posts/**']
html_math_renderer = 'mathml'  # formulas are written into the pages: no script, no network
# html_baseurl = 'https://example.org/'  # where the blog will be, for feeds and canonical addresses
"""
_INDEX_RST = """\
{title}
{line}

.. postlist:: 10
   :excerpts:

:ref:`blog-posts` · :ref:`blog-archives` · :ref:`blog-tags` · :ref:`blog-graph`

.. toctree::
   :hidden:
   :glob:

   posts/*
"""
_INDEX_MD = """\
# {title}

```{{postlist}} 10
:excerpts:
```

{{ref}}`blog-posts` · {{ref}}`blog-archives` · {{ref}}`blog-tags` · {{ref}}`blog-graph`

```{{toctree}}
:hidden:
:glob:

posts/*
```
"""


def _post_rst(title: str, date: str) -> str:
    text = inline(title)
    line = '=' * max(display_width(text), 4)
    return f':date: {date}\n:tags:\n\n{text}\n{line}\n\n'


def _post_md(title: str, date: str) -> str:
    heading, at = '', 0
    for span in inline_spans(title):
        heading += _MARKUP.sub(r'\\\g<0>', title[at : span.start]) + title[span.start : span.end]
        at = span.end
    heading += _MARKUP.sub(r'\\\g<0>', title[at:])
    return (
        f'---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: {date}\ntags: []\n---\n\n# {heading}\n\n'
    )


def new_post(title: str, folder: Path, *, markdown: bool | None = None, date: dt.date | None = None) -> Path:
    """Write the beginning of a post.

    :param title: on one line, in any language.
    :param folder: a project, or a folder in one.
    :param markdown: Markdown or reStructuredText; like most posts there when ``None``.
    :returns: the new file; a file that is there is never overwritten, the name gets a number.
    :raises ValueError: for a title without a letter or digit.
    :raises OSError: when there is no project, or it can't be written.
    """
    title = ' '.join(title.split())
    name = slug(title)
    if not name:
        raise ValueError(
            f'{title!r} has no letter or digit to make a file name of; give the post a title in words'
        )
    source = _source(folder)
    habit = _habit(source)
    place, suffix = habit.place, habit.suffix
    if markdown is not None:
        suffix = '.md' if markdown else '.rst'
    place.mkdir(parents=True, exist_ok=True)
    day = (date or dt.datetime.now(tz=dt.UTC).astimezone().date()).isoformat()
    if habit.dated:
        name = f'{day}-{name}'
    text = _post_md(title, day) if suffix in _MARKDOWN else _post_rst(title, day)
    number = 1
    while True:
        path = place / (f'{name}{suffix}' if number == 1 else f'{name}-{number}{suffix}')
        # another suffix would make it the same document
        if not any(path.with_name(path.stem + other).exists() for other in ('.rst', *_MARKDOWN)):
            with path.open('x', encoding='utf-8', newline='\n') as stream:
                stream.write(text)
            return path
        number += 1


def _source(folder: Path) -> Path:
    folder = folder.resolve()
    for base in (folder, *folder.parents):
        for name in _SOURCES:
            if (base / name / 'conf.py').is_file():
                return base / name
    raise FileNotFoundError(
        2,
        'there is no conf.py here, above, or in a folder source or docs; begin with quickstart',
        str(folder),
    )


class _Habit(NamedTuple):
    """How a project has its posts."""

    place: Path
    suffix: str
    dated: bool
    """Their names begin with their day."""


def _habit(source: Path) -> _Habit:
    """How most posts are; where there are none, as Jekyll or Hexo has them if a folder is like theirs."""
    found: Counter[_Habit] = Counter()
    for path in sorted(path for path in source.rglob('*') if path.suffix in {'.rst', *_MARKDOWN}):
        parts = path.relative_to(source).parts
        bundle = path.stem == 'index'  # a folder for each post, as Hugo has it
        if any(part in _SKIPPED or part.startswith('.') for part in parts) or (bundle and len(parts) < 3):
            continue
        try:
            with path.open(encoding='utf-8', errors='replace') as stream:
                head = stream.read(2000)
        except OSError:
            continue
        dated = _DATED.match(path.name) is not None
        if ('_posts' in parts and dated) or any(
            line.lstrip(':+').startswith(('date', 'blogpost: true')) for line in head.splitlines()[:30]
        ):
            found[_Habit(path.parent.parent if bundle else path.parent, path.suffix, dated)] += 1
    if not found:
        if (source / '_posts').is_dir():
            return _Habit(source / '_posts', '.md', dated=source.name != 'source')
        if (source / 'source' / '_posts').is_dir():
            return _Habit(source / 'source' / '_posts', '.md', dated=False)
        return _Habit(source / 'posts', '.rst', dated=False)
    places: Counter[Path] = Counter()
    suffixes: Counter[str] = Counter()
    for habit, count in found.items():
        places[habit.place] += count
        suffixes[habit.suffix] += count
    place = min(places, key=lambda folder: (-places[folder], str(folder)))
    dated_there = sum(n if habit.dated else -n for habit, n in found.items() if habit.place == place)
    return _Habit(place, max(suffixes, key=lambda suffix: (suffixes[suffix], suffix)), dated_there > 0)


def quickstart(
    folder: Path, *, title: str, author: str = '', language: str = 'en', markdown: bool = False
) -> list[Path]:
    """Write a blog that builds without a warning: ``conf.py``, a home page, a first post.

    :raises FileExistsError: when the folder has a ``conf.py`` or an index already.
    :raises OSError: when it can't be written.
    """
    for name in ('conf.py', 'index.rst', 'index.md'):
        if (folder / name).exists():
            raise FileExistsError(17, 'the file is there already, and stays as it is', str(folder / name))
    title = ' '.join(title.split()) or ('博客' if language.startswith('zh') else 'Blog')
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    extensions = ['sphinxext_blog', *(['myst_parser'] if markdown else [])]
    (folder / 'posts').mkdir(parents=True, exist_ok=True)
    conf = _CONF.format(
        title=repr(title),
        author=repr(author),
        copyright=f"f'{today.year}, {{author}}'" if author.strip() else repr(str(today.year)),
        language=repr(language),
        extensions=repr(extensions),
    )
    if markdown:
        conf += "\nmyst_enable_extensions = ['dollarmath', 'amsmath']\n"
    text = inline(title)
    line = '=' * max(display_width(text), 4)
    index = _INDEX_MD.format(title=title) if markdown else _INDEX_RST.format(title=text, line=line)
    suffix = '.md' if markdown else '.rst'
    files = {'conf.py': conf, f'index{suffix}': index}
    for name, content in files.items():
        write_whole(folder / name, content.encode())
    first = new_post(
        '第一篇文章' if language.startswith('zh') else 'First post', folder, markdown=markdown, date=today
    )
    formula = 'e^{i\\pi} + 1 = 0'
    with first.open('a', encoding='utf-8', newline='\n') as stream:
        stream.write(f'$${formula}$$\n' if markdown else f'.. math::\n\n   {formula}\n')
    return [folder / 'conf.py', folder / f'index{suffix}', first]


def add_new_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``new``."""
    parser.add_argument('title', metavar='TITLE', help='title of the post')
    parser.add_argument(
        '--dir',
        metavar='DIR',
        type=Path,
        default=Path(),
        help='the project, or a folder in it (default: the current folder)',
    )
    _add_format(parser)


def add_quickstart_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``quickstart``."""
    parser.add_argument('dir', metavar='DIR', type=Path, help='folder of the new blog')
    parser.add_argument('--title', default='', help='title of the blog')
    parser.add_argument('--author', default='', help='its author')
    parser.add_argument('--language', default='en', help='its language, such as zh_CN (default: en)')
    _add_format(parser)


def _add_format(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument('--md', dest='markdown', action='store_true', default=None, help='write Markdown')
    kinds.add_argument('--rst', dest='markdown', action='store_false', help='write reStructuredText')


def run_new(options: argparse.Namespace) -> int:
    """Start a post and print where it is; exit status 2 when that can't be done."""
    try:
        path = new_post(options.title, options.dir, markdown=options.markdown)
    except (OSError, ValueError) as error:
        sys.stderr.write(f'{error}\n')
        return 2
    sys.stdout.write(f'{_from_here(path)}\n')
    return 0


def _from_here(path: Path) -> Path:
    """A path as the one who types commands would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def run_quickstart(options: argparse.Namespace) -> int:
    """Start a blog and say how to build it; exit status 2 when that can't be done."""
    try:
        paths = quickstart(
            options.dir,
            title=options.title,
            author=options.author,
            language=options.language,
            markdown=bool(options.markdown),
        )
    except OSError as error:
        sys.stderr.write(f'{error}\n')
        return 2
    for path in paths:
        sys.stdout.write(f'{_from_here(path)}\n')
    sys.stdout.write(f'python -m sphinx -M html {options.dir} {options.dir / "_build"}\n')
    return 0
