"""Bring the message catalogs up to date: extract, merge, compile.

``python tools/update_locale.py`` reads the messages of the package into
``sphinxext_blog.pot``, merges them into each ``.po`` file and compiles the
``.mo`` files, which are committed since a wheel has to hold them. It prints
what is not translated and fails if there is any. ``--check`` writes nothing
and fails if anything would change.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages import catalog as babel_catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

# Each file names the Babel that wrote it: a new release would change all of them, and nothing in them.
babel_catalog.VERSION = ''  # type: ignore[attr-defined, unused-ignore]

PACKAGE = Path(__file__).resolve().parents[1] / 'sphinxext_blog'
LOCALE = PACKAGE / 'locale'
METHODS = [('**/templates/**.html', 'jinja2'), ('**.py', 'python')]
KEYWORDS = {'_': None}
# A date that changes by itself would make every run a change.
WRITTEN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def main() -> int:
    """Returns the exit status."""
    template = _template()
    files = {LOCALE / 'sphinxext_blog.pot': _po_bytes(template)}
    untranslated: list[str] = []
    for path in sorted(LOCALE.glob('*/LC_MESSAGES/sphinxext_blog.po')):
        with path.open('rb') as file:
            catalog = read_po(file, locale=path.parts[-3])
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.creation_date = catalog.revision_date = WRITTEN
        untranslated += [
            f'{path.parts[-3]}: {message.id!r}' for message in catalog if message.id and not message.string
        ]
        files[path] = _po_bytes(catalog)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        files[path.with_suffix('.mo')] = compiled.getvalue()
    changed = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    if '--check' not in sys.argv:
        for path in changed:
            path.write_bytes(files[path])
    for path in changed:
        print(f'{path.relative_to(PACKAGE.parent)}: changed')
    for line in untranslated:
        print(f'not translated: {line}')
    return int(bool(untranslated) or ('--check' in sys.argv and bool(changed)))


def _template() -> Catalog:
    catalog = Catalog(
        project='sphinxext_blog',
        version='',
        copyright_holder='The sphinxext_blog authors',
        msgid_bugs_address='',
        last_translator='',
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
    )
    for _file, _line, message, comments, context in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        catalog.add(message, auto_comments=comments, context=context)
    return catalog


def _po_bytes(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=100, sort_output=True, no_location=True, omit_header=False)
    return file.getvalue()


if __name__ == '__main__':
    sys.exit(main())
