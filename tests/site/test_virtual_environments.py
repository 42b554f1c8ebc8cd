"""A virtual environment beside the posts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize('name', ['.venv', 'venv', 'my [env]'])
@pytest.mark.parametrize('conf', [{}, {'exclude_patterns': ['drafts']}])
def test_libraries_of_an_environment_are_no_pages(make_site, name, conf):
    files = {
        'index.rst': 'Home\n====\n',
        'a.rst': ':orphan:\n\nA\n=\n',
        f'{name}/pyvenv.cfg': 'home = /usr/bin\n',
        f'{name}/lib/x/LICENSE.rst': 'A *broken, :role:`x`',
        'other/README.rst': ':orphan:\n\nRead me\n=======\n',
    }
    build = make_site(files, conf).build()
    assert build.warnings == ''
    assert build.app.env.found_docs == {'index', 'a', 'other/README'}
