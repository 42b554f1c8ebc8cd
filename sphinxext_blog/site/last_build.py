"""What the last build into this folder knew and made: a build in which nothing changed ends there.

Two digests tell whether anything changed. The *revision* is of the documents
with the times at which Sphinx read them, and of the configuration: it costs
next to nothing. The *facts* are of what the documents say to others: a post
whose text was touched without a change to them leaves them as they are. While
the facts are the same, the fingerprints of all pages are known, and so are the
problems to report; files that were made of them stand as long as nobody
touched them.

The record lies beside the doctrees, one for each builder and output folder, and
is never needed: without it everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sphinx
from sphinx.util import logging

from sphinxext_blog.site.cache import cache_dir, package_stamp
from sphinxext_blog.site.embeds import embedded_sources
from sphinxext_blog.site.files import write_if_changed
from sphinxext_blog.site.graph_map import map_digest
from sphinxext_blog.site.reporting import Problem
from sphinxext_blog.site.withheld import withheld_posts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ['LastBuild', 'begin', 'end', 'facts_of', 'load', 'references_of', 'revision_of', 'save']

logger = logging.getLogger(__name__)

_VERSION: Final = 1
_UNRELATED: Final = frozenset({'blog', 'index', 'changeset'})
"""Domains whose data no reference leads to."""


@dataclass
class LastBuild:
    """The record; one of nothing when there is none."""

    revision: str = ''
    facts: str = ''
    fingerprints: dict[str, str] = field(default_factory=dict)
    """Of all pages, by docname."""
    problems: list[Problem] = field(default_factory=list)
    summary: str = ''
    outputs: dict[str, tuple[str, dict[str, tuple[int, int]]]] = field(default_factory=dict)
    """By the name of what was made: what it was made of, and size and time of its files."""

    def has_made(self, name: str, made_of: str) -> bool:
        """Whether *name* stands in the output as it was made of *made_of*."""
        known, files = self.outputs.get(name, ('', {}))
        return bool(known) and known == made_of and all(_stamp(Path(p)) == s for p, s in files.items())

    def is_damaged(self) -> bool:
        """Whether a file that was made is gone, or is no longer as it was made."""
        return any(
            _stamp(Path(path)) != stamp
            for _made_of, files in self.outputs.values()
            for path, stamp in files.items()
        )

    def note_made(self, name: str, made_of: str, files: Iterable[Path]) -> None:
        """Remember that *name* was made, and its files; nothing when one of them is not there."""
        stamps = {str(path): _stamp(path) for path in files}
        known = {path: stamp for path, stamp in stamps.items() if stamp is not None}
        if len(known) == len(stamps):
            self.outputs[name] = (made_of, known)

    def forget(self, name: str) -> None:
        """It is about to be made anew."""
        self.outputs.pop(name, None)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _path(app: Sphinx) -> Path:
    place = f'{app.builder.name} {Path(app.outdir).resolve()}'
    name = hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:16]
    return cache_dir(app.env) / f'build-{name}.json'


def load(app: Sphinx) -> LastBuild:
    """The record of the last build; an empty one when there is none that can be read."""
    try:
        known = json.loads(_path(app).read_text(encoding='utf-8'))
        if known.pop('version') != _VERSION:
            return LastBuild()
        last = LastBuild(**known)
        last.problems = [Problem(*problem) for problem in last.problems]
        last.outputs = {
            str(name): (str(key), {str(path): (int(size), int(time)) for path, (size, time) in files.items()})
            for name, (key, files) in last.outputs.items()
        }
        last.fingerprints = {str(name): str(value) for name, value in last.fingerprints.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.debug('[blog] nothing is known of the last build: %s', error)
        return LastBuild()
    return last


def save(app: Sphinx, last: LastBuild) -> None:
    """Keep the record for the next build."""
    content = json.dumps({'version': _VERSION, **asdict(last)}, ensure_ascii=True, separators=(',', ':'))
    try:
        write_if_changed(_path(app), content.encode())
    except OSError as error:
        logger.debug('[blog] the build is not remembered: %s', error)  # it costs time in the next build


def begin(app: Sphinx) -> list[str] | None:
    """Note that a build is about to save its environment and to write pages.

    :return: the documents of earlier ones that were and did not come to their end:
        their pages may be old, half-written, or of documents as they were then;
        ``None`` when there are no such builds.
    """
    path = _path(app).with_suffix('.unfinished')
    before: list[str] | None = None
    try:
        before = [str(name) for name in json.loads(path.read_text(encoding='utf-8'))]
    except FileNotFoundError:
        pass
    except (OSError, ValueError, TypeError) as error:
        logger.debug('[blog] what the last build wrote is not known: %s', error)
        before = []
    names = sorted({*app.env.all_docs, *(before or ())})
    try:
        write_if_changed(path, json.dumps(names).encode())
    except OSError as error:
        logger.debug('[blog] the beginning of the build is not noted: %s', error)
    return before


def end(app: Sphinx) -> None:
    """All is written."""
    _path(app).with_suffix('.unfinished').unlink(missing_ok=True)


def revision_of(app: Sphinx) -> str:
    """Digest of the documents as they were read and of everything that a build can be told."""
    env = app.env
    return _digest(sorted(env.all_docs.items()), _surroundings(app, env))


def facts_of(app: Sphinx) -> str:
    """Digest of everything that pages and files can show of other documents.

    What the domains of other extensions know is part of it: references lead there.
    """
    env = app.env
    blog: Any = env.get_domain('blog')
    tables = {name: sorted(table.items()) for name, table in blog.data.items() if isinstance(table, dict)}
    foreign = _foreign(env)
    titles = [(name, title.astext()) for name, title in sorted(env.titles.items()) if name not in blog.posts]
    embedded = [
        embedded_sources(env, name)
        for name, roles in sorted(blog.data['roles'].items())
        if any(kind == 'embed' for kind, _target in roles)
    ]
    return _digest(sorted(env.all_docs), tables, foreign, titles, embedded, _surroundings(app, env))


def references_of(app: Sphinx) -> str:
    """Digest of everything that tells where the mentions of all posts lead, and how they are shown.

    A word more in a post leaves it as it is.
    """
    env = app.env
    blog: Any = env.get_domain('blog')
    unsaid = {'words': 0, 'formulas': 0, 'text_hash': '', 'excerpt': '', 'image': ''}
    posts = [replace(post, **unsaid) for _, post in sorted(blog.posts.items())]
    foreign = _foreign(env)
    titles = [(name, title.astext()) for name, title in sorted(env.titles.items())]
    mentions = sorted(blog.data['mentions'].items())
    return _digest(sorted(env.all_docs), posts, mentions, foreign, titles, _surroundings(app, env))


def _foreign(env: BuildEnvironment) -> object:
    """What other domains know, in an order of its own: a document that is read anew comes last there."""
    return plain({name: data for name, data in env.domaindata.items() if name not in _UNRELATED})


def _surroundings(app: Sphinx, env: BuildEnvironment) -> tuple[object, ...]:
    config = [(value.name, plain(value.value)) for value in app.config]
    sidebars = getattr(getattr(app.builder, 'theme', None), 'sidebar_templates', None)
    builder = (app.builder.name, sorted(app.tags), str(app.outdir), str(app.srcdir), sidebars)
    versions = (sphinx.__version__, package_stamp())
    return sorted(withheld_posts(env)), sorted(config), builder, versions, map_digest(app)


def plain(value: object) -> object:
    """A value of the configuration so that its ``repr`` is the same in every process, if it can be."""
    if value is None or isinstance(value, (str, bytes, int, float)):
        return value
    if isinstance(value, dict):
        return sorted((repr(plain(key)), plain(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(repr(plain(item)) for item in value)
    name = getattr(value, '__qualname__', None)
    return f'{value.__module__}.{name}' if name else value


def _digest(*content: object) -> str:
    return hashlib.sha256(repr(content).encode('utf-8', 'surrogatepass')).hexdigest()[:32]
