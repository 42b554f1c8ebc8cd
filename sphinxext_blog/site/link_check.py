"""``-b linkcheck`` ends also where a post holds an address that nobody can read.

Sphinx takes each address apart in a thread of its own, which dies of ``http://[your-site]/``;
the build then waits for it forever (seen with Sphinx 7.4 to 9.0). Encoded, the address is
an ordinary one that leads nowhere, and is reported as broken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinxext_blog.addresses import is_readable

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['readable_form', 'setup_link_check']

_KEPT: Final = "/?#&=%+,;~!$'()*@"
_BEHIND_ALL: Final = 900
"""An extension that knows better what an address means comes first."""


def setup_link_check(app: Sphinx) -> None:
    """Have such addresses encoded before they are checked."""
    if 'linkcheck-process-uri' in app.events.events:
        app.connect('linkcheck-process-uri', _encode, priority=_BEHIND_ALL)


def readable_form(address: str) -> str:
    """An address that can be taken apart, and leads nowhere if *address* could not."""
    if is_readable(address):
        return address
    scheme, mark, rest = address.partition('://')
    if not mark:
        scheme, rest = '', address.lstrip('/')
    return scheme + mark + quote(rest, safe=_KEPT, errors='replace')


def _encode(_app: Sphinx, uri: str) -> str | None:
    encoded = readable_form(uri)
    return encoded if encoded != uri else None
