"""Sources that are not in UTF-8 are read by what they seem to be in, with a warning, and end no build.

Sphinx 9 gives up at the first byte that is no UTF-8, and older versions put question
marks. Old blogs have such files, in GBK above all. Which documents are concerned is
known before any is read; for these builds the sources are read through a codec of our own.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.importers.encoding import decode
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ['check_encodings']

_CODEC: Final = 'blog_utf_8'
_KNOWN: Final = frozenset({'utf-8', 'utf-8-sig'})


def check_encodings(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Warn of the documents that are about to be read and are not in UTF-8; leave out what is no text."""
    if app.config.source_encoding.casefold().replace('_', '-') not in _KNOWN:
        return  # the author says what it is
    strange = False
    for name in list(docnames):
        try:
            with open(env.doc2path(name), 'rb') as file:  # noqa: PTH123 (a path or a text, as Sphinx is)
                data = file.read()
            data.decode('utf-8')
        except OSError:
            continue  # Sphinx tells
        except UnicodeDecodeError:
            text, encoding = decode(data)
            if text is None:
                warn(
                    'encoding',
                    'the file is not in UTF-8, nor in an encoding that can be told, and is left out; '
                    'save it in UTF-8',
                    location=name,
                )
                _leave_out(app, env, name)
                docnames.remove(name)
                continue
            strange = True
            warn(
                'encoding',
                'the file is not in UTF-8; it is read as %s. Save it in UTF-8, or write: '
                'iconv -f %s -t utf-8 OLD > NEW',
                encoding,
                encoding,
                location=name,
            )
    if strange:
        codecs.register(_find)
        env.settings['input_encoding'] = _CODEC


def _leave_out(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Let a document be none of this build; the next one looks again."""
    if docname in env.all_docs:
        app.emit('env-purge-doc', env, docname)
        env.clear_doc(docname)
    env.project.docnames.discard(docname)


class _Decoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, data: Any, errors: str, final: bool) -> tuple[str, int]:
        # what it is in can only be told of all of it
        return (_decoded(bytes(data), errors), len(data)) if final else ('', 0)


def _decoded(data: bytes, errors: str) -> str:
    try:
        return data.decode('utf-8-sig')
    except UnicodeDecodeError:
        return decode(data)[0] or data.decode('utf-8', errors)


def _find(name: str) -> codecs.CodecInfo | None:
    if name != _CODEC:
        return None
    return codecs.CodecInfo(
        lambda text, errors='strict': (text.encode('utf-8', errors), len(text)),
        lambda data, errors='strict': (_decoded(bytes(data), errors), len(data)),
        incrementalencoder=codecs.getincrementalencoder('utf-8'),
        incrementaldecoder=_Decoder,
        streamreader=codecs.getreader('utf-8'),
        streamwriter=codecs.getwriter('utf-8'),
        name=_CODEC,
    )
