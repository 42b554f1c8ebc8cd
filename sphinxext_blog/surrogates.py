r"""Text that UTF-8 can hold, of text that came in with halves of characters.

YAML and JSON write an emoji as two escapes, ``"\ud83e\udd21"``, which PyYAML
leaves as two lone surrogates.
"""

from __future__ import annotations

__all__ = ['encodable']


def encodable(text: str) -> str:
    """The text with halves of one character joined; a lone half becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode('utf-16-le', 'surrogatepass').decode('utf-16-le', 'replace')
    return text
