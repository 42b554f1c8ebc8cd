"""Take Temml, which turns what a reader types into MathML, from the npm registry.

``python tools/update_temml.py`` writes ``temml.min.js`` and its licence into
``sphinxext_blog/static/formula_page/vendor``. The archive must have the digest
below. ``--check`` writes nothing and fails if a file would change.

To move to another version: ``python tools/update_temml.py 0.14.0`` takes that
one whatever its digest is, and prints the digest. Put both below, change the
table in ``vendor/README.md``, and run the tests of ``tests/browser/test_formula_render.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from npm_package import PackageError, files_of

VERSION: Final = '0.13.5'
SHA256: Final = 'bca5b76dd26d1d6c81f8d817f6cc8bf0f0a1a7787512e281d5c22b986f8ae582'
FOLDER: Final = Path(__file__).resolve().parents[1] / 'sphinxext_blog' / 'static' / 'formula_page' / 'vendor'
FILES: Final = {'dist/temml.min.js': 'temml.min.js', 'LICENSE': 'temml-licence.txt'}


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    versions = [argument for argument in arguments if not argument.startswith('-')]
    version = versions[0] if versions else VERSION
    try:
        files, digest = files_of('temml', version, SHA256 if version == VERSION else '')
    except PackageError as error:
        print(f'update_temml: {error}', file=sys.stderr)
        return 1
    print(f'temml {version}, SHA-256 {digest}')
    changed = []
    for source, name in FILES.items():
        path = FOLDER / name
        if not path.is_file() or path.read_bytes() != files[source]:
            changed.append(name)
            if '--check' not in arguments:
                path.write_bytes(files[source])
    for name in changed:
        print(f'{name}: changed')
    return int('--check' in arguments and bool(changed))


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
