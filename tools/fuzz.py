"""Fuzz the parsers of foreign text: coverage-guided, a target for each.

    pip install atheris
    python tools/fuzz.py latex --minutes 5
    python tools/fuzz.py --list

Atheris (LLVM's libFuzzer for Python) changes inputs so that they reach code not
yet reached. Found is what raises an exception that a caller does not expect, what
takes longer than a second for a few kilobytes, and what breaks the promise of a
target. Inputs that reached something new are kept in ``--corpus`` (none: they are
forgotten), so that a later run begins where this one ended; the input of a
failure is written to the folder ``--artifacts`` and can be run by itself::

    python tools/fuzz.py latex crash-1234
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[str], None]

LONGEST: Final = 4096
"""Bytes of an input."""
SECONDS: Final = 3.0
"""CPU time that an input may take."""


class TooSlowError(AssertionError):
    """An input of a few kilobytes took longer than it may."""


def _importer(name: str, suffix: str) -> Check:
    from sphinxext_blog.importers import registry
    from sphinxext_blog.importers.grouping import group_entries
    from sphinxext_blog.importers.merge import merge_entries
    from sphinxext_blog.importers.rst import write

    importers, _problems = registry.load_importers()
    (importer,) = (found for found in importers if found.name == name)
    path = Path(f'foreign{suffix}')

    def check(text: str) -> None:
        importer.recognises(path, text)
        imported = importer.read(path, text)
        groups, _problems = group_entries(imported.entries[:20])
        documents, _merges, _found = merge_entries(groups)
        for document in documents:
            write(document).encode()

    return check


def _feed(template: str, name: str) -> Check:
    """An XML document with foreign text in all places, as well as that text alone."""
    check = _importer(name, '.xml')

    def both(text: str) -> None:
        check(text)
        check(template.replace('@', text.replace(']]>', '')))

    return both


_WXR: Final = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><item>'
    '<title><![CDATA[@]]></title><link><![CDATA[@]]></link><content:encoded><![CDATA[@]]></content:encoded>'
    '<wp:post_date><![CDATA[@]]></wp:post_date><wp:post_name><![CDATA[@]]></wp:post_name><wp:status>publish'
    '</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>'
)
_ATOM: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title><![CDATA[@]]></title><id><![CDATA[@]]></id>'
    '<published><![CDATA[@]]></published><content type="html"><![CDATA[@]]></content></entry></feed>'
)
_HEXO: Final = (
    '<search><entry><title><![CDATA[@]]></title><url><![CDATA[@]]></url><content><![CDATA[@]]></content>'
    '<tags><tag><![CDATA[@]]></tag></tags></entry></search>'
)


def _html() -> Check:
    check = _importer('html', '.html')

    def both(text: str) -> None:
        check(text)
        check(f'<html><head><title>T</title></head><body><article><h1>T</h1>{text}</article></body></html>')

    return both


def _latex() -> Check:
    from xml.etree import ElementTree as ET

    from sphinxext_blog.formulas import (
        analyse,
        formula_html,
        keys_of,
        read_macros,
        render_html,
        to_mathml,
        to_plain,
        without_macros,
    )
    from sphinxext_blog.formulas.patterns import read_pattern
    from sphinxext_blog.formulas.spelling import latex_of

    def check(text: str) -> None:
        keys_of(analyse(text))
        without_macros(text, read_macros(text))
        read_pattern(latex_of(text))
        to_plain(text)
        for markup in (to_mathml(text), formula_html(text), render_html(text)):
            if markup is not None:
                _harmless(markup)
        if mathml := to_mathml(text):
            ET.fromstring(mathml)

    return check


def _harmless(markup: str) -> None:
    """Only our own elements, whatever the text was."""
    from html.parser import HTMLParser

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            bad = [name for name, value in attrs if name.startswith('on') or 'script:' in (value or '')]
            if bad or tag in {'script', 'iframe', 'object', 'style', 'svg', 'img', 'a', 'link'}:
                raise AssertionError(f'markup came through: {self.get_starttag_text()!r}')

    Elements().feed(markup)


def _titles() -> Check:
    from sphinxext_blog.importers.document import slug
    from sphinxext_blog.importers.titles import derive_title
    from sphinxext_blog.references.keys import node_key
    from sphinxext_blog.references.titles import exact_title, normalise_title, words_of

    def check(text: str) -> None:
        normalise_title(text), exact_title(text), words_of(text), node_key(text), derive_title(text)
        if {'/', '\\', '\0'} & set(name := slug(text)) or name.startswith('.'):
            raise AssertionError(f'a slug that leads elsewhere: {name!r}')

    return check


def _series() -> Check:
    from sphinxext_blog.records import Post
    from sphinxext_blog.references.phrases import find_series_phrases
    from sphinxext_blog.references.series import find_series
    from sphinxext_blog.references.series_titles import parse_title, title_candidates

    def check(text: str) -> None:
        parse_title(text), title_candidates(text), find_series_phrases(text)
        find_series([Post(f'p{n}', line) for n, line in enumerate(text.split('\n')[:30])])  # type: ignore[arg-type]

    return check


def _references() -> Check:
    from sphinxext_blog.references.citations import find_citations
    from sphinxext_blog.references.finding import find_places
    from sphinxext_blog.references.quoted import find_quoted
    from sphinxext_blog.references.sentences import sentence_around

    def check(text: str) -> None:
        find_places(text), find_quoted(text)
        for citation in find_citations(text)[:20]:
            sentence_around(text, citation.start, citation.end)

    return check


def _urls() -> Check:
    from sphinxext_blog.records import Post
    from sphinxext_blog.references.urls import SiteUrls, parse_address, work_address

    post = Post('posts/p1', 'One', urls=('https://example.org/archives/1',))  # type: ignore[arg-type]

    def check(text: str) -> None:
        parse_address(text), work_address(text)
        SiteUrls([post], ['https://example.org/archives/{id}', 'https://example.org/{year}/{slug}/']).find(
            text
        )

    return check


def _dates() -> Check:
    from sphinxext_blog.dates import parse_date

    def check(text: str) -> None:
        try:
            date = parse_date(text)
        except ValueError:
            return
        if parse_date(date.isoformat()) != date or not isinstance(date.as_date(), dt.date | None):
            raise AssertionError(f'{date!r} is not read back')

    return check


def _fields() -> Check:
    from docutils import nodes

    from sphinxext_blog.site.front_matter import date_of, flag_of, list_of, number_of, read_fields

    def check(text: str) -> None:
        fields = [
            nodes.field('', nodes.field_name('', name), nodes.field_body('', nodes.paragraph('', text)))
            for name in ('tags', 'date', 'blogpost', 'series_index', text[:20])
        ]
        root = nodes.document(None, None)  # type: ignore[arg-type]
        root += nodes.docinfo('', *fields)
        found = read_fields(root)
        list_of(found, 'tags'), date_of(found, 'date', 'p')
        flag_of(found, 'blogpost', 'p'), number_of(found, 'series_index', 'p')

    return check


def _markdown() -> Check:
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    from sphinxext_blog.site.markdown_html import html_plugin
    from sphinxext_blog.site.markdown_kramdown import inline_dollars, without_attributes
    from sphinxext_blog.site.markdown_math import math_plugin, mend_latex, protect_tables
    from sphinxext_blog.site.markdown_matter import mend
    from sphinxext_blog.site.markdown_notes import notes_plugin, tags_plugin
    from sphinxext_blog.site.markdown_shortcodes import plain_shortcodes
    from sphinxext_blog.site.markdown_syntax import heading_plugin, reference_plugin

    def remark(_line: int, _message: str) -> None:
        pass

    config = MdParserConfig(
        enable_extensions={'dollarmath', 'amsmath', 'deflist', 'strikethrough', 'tasklist'},
        dmath_double_inline=True,
    )
    md = create_md_parser(config, RendererHTML)
    math_plugin(md, remark)
    reference_plugin(md)
    notes_plugin(md)
    html_plugin(md)
    tags_plugin(md)
    inline_dollars(md)
    heading_plugin(md, 'Title', told=True)

    def check(text: str) -> None:
        for source in (text, f'---\n{text}\n---\n\nText\n', f'+++\n{text}\n+++\n\nText\n'):
            mend(source, 'name')
        mend_latex(text)
        protect_tables(text)
        md.parse(without_attributes(plain_shortcodes(text, remark)))

    return check


def _wikilinks() -> Check:
    from sphinxext_blog.site.wikilinks import PageNames

    def check(text: str) -> None:
        names = text.split('\n')[:30]
        pages = PageNames(names, dict(pairwise(names)), {})
        for name in names:
            if (found := pages.find(name, 'posts/p')) and found not in names:
                raise AssertionError(f'no page is called {found!r}')

    return check


def _corrections() -> Check:
    from sphinxext_blog.importers.corrections import read_rules

    return lambda text: (read_rules(text, 'rules.yaml'), None)[1]


def _encoding() -> Check:
    from sphinxext_blog.importers.encoding import decode, restore_backslashes

    def check(text: str) -> None:
        decode(text.encode('utf-8', 'surrogateescape'))
        restore_backslashes(text)

    return check


def _map() -> Check:
    from sphinxext_blog.graph.map_file import read_map

    return lambda text: (read_map(text), None)[1]


TARGETS: Final[dict[str, Callable[[], Check]]] = {
    'listing': lambda: _importer('listing', '.txt'),
    'wxr': lambda: _feed(_WXR, 'wordpress'),
    'feed': lambda: _feed(_ATOM, 'feed'),
    'hexo': lambda: _feed(_HEXO, 'hexo-search'),
    'html': _html,
    'markdown': _markdown,
    'fields': _fields,
    'latex': _latex,
    'titles': _titles,
    'series': _series,
    'references': _references,
    'urls': _urls,
    'dates': _dates,
    'wikilinks': _wikilinks,
    'corrections': _corrections,
    'encoding': _encoding,
    'map': _map,
}
"""By name, what makes the check of a parser: it raises when a promise is broken."""

WORDS: Final = (
    '\\frac',
    '\\begin{align}',
    '\\end{align}',
    '\\left(',
    '\\right)',
    '\\def\\a#1',
    '\\newcommand',
    '^{',
    '_{',
    '$$',
    '\\(',
    '\\]',
    '\\\\',
    '&',
    '《',
    '》',
    '（一）',
    '之',
    '第',
    '8 Dec',
    'By 甲 | 2014-12-08 | 67位读者 | 引用',
    '点击阅读全文...',
    '2014-12-08',
    '<p>',
    '</p>',
    '<script type="math/tex">',
    '</script>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '<a href="',
    '<img src="',
    'javascript:',
    '<table><tr><td>',
    '<pre>',
    'https://',
    'https://example.org/archives/1?p=2#c',
    'arxiv.org/abs/',
    '[[',
    ']]',
    '![[',
    '{{<',
    '>}}',
    '{% raw %}',
    '---',
    '+++',
    'title:',
    'title = "',
    'tags: [',
    '- |',
    '| a | b |',
    '```',
    '\x00',
    '\u202e',
    '../',
    '"version": 1',
    '"positions": {',
)
"""What parsers look for: libFuzzer puts these into inputs."""


def timed(check: Check) -> Check:
    """The check of inputs that have to be quick as well."""

    def run(text: str) -> None:
        begin = time.process_time()
        check(text)
        taken = time.process_time() - begin
        if taken > SECONDS:
            # Once more: the first call may have loaded something, and a machine may have been busy.
            begin = time.process_time()
            check(text)
            taken = time.process_time() - begin
        if taken > SECONDS:
            raise TooSlowError(f'{len(text)} characters took {taken:.1f} s')

    return run


def main() -> int:
    """Fuzz one target, or check the inputs that are given."""
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('target', nargs='?', choices=TARGETS)
    parser.add_argument('inputs', nargs='*', type=Path, help='inputs to check once, instead of fuzzing')
    parser.add_argument('--list', action='store_true', help='print the names of the targets')
    parser.add_argument('--minutes', type=float, default=5.0)
    parser.add_argument('--corpus', type=Path, help='folder of inputs to begin with and to add to')
    parser.add_argument('--artifacts', type=Path, default=Path(), help='folder for inputs that fail')
    options = parser.parse_args()
    if options.list or not options.target:
        print('\n'.join(TARGETS))
        return 0 if options.list else 2
    if options.inputs:
        check = timed(TARGETS[options.target]())
        for path in options.inputs:
            check(path.read_bytes().decode('utf-8', 'replace'))
        return 0
    try:
        import atheris
    except ModuleNotFoundError:
        print('this needs atheris: pip install atheris', file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=['sphinxext_blog']):
        check = timed(TARGETS[options.target]())
        check('$a$ <b>')  # loads what is loaded late
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix='fuzz-'))
    corpus.mkdir(parents=True, exist_ok=True)
    options.artifacts.mkdir(parents=True, exist_ok=True)
    words = Path(tempfile.mkdtemp(prefix='fuzz-')) / 'words'
    words.write_text(
        ''.join('"' + ''.join(f'\\x{byte:02x}' for byte in word.encode()) + '"\n' for word in WORDS)
    )
    for number, word in enumerate(WORDS):
        (corpus / f'word-{number}').write_bytes(word.encode() * 3)
    arguments = [
        sys.argv[0],
        f'-max_total_time={round(60 * options.minutes)}',
        f'-max_len={LONGEST}',
        f'-dict={words}',
        f'-artifact_prefix={options.artifacts}/',
        '-timeout=20',
        '-rss_limit_mb=3000',
        '-print_final_stats=1',
        str(corpus),
    ]
    atheris.Setup(arguments, lambda data: check(data.decode('utf-8', 'replace')))
    atheris.Fuzz()
    return 0


if __name__ == '__main__':
    sys.exit(main())
