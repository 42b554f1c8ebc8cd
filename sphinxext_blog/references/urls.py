"""Addresses: which URL is which post, and which is a work elsewhere.

A blog moves: other hosts, http and https, ``www.``, trailing slashes, copies in
web archives, tracking parameters. Addresses are compared without all that;
*templates* such as ``https://example.org/archives/{id}`` tell which part of an
address names the post, so that a URL of one host finds the post of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.records import DocName, Post

__all__ = ['Address', 'SiteMatch', 'SiteUrls', 'WorkAddress', 'parse_address', 'work_address']

_ARCHIVE: Final = re.compile(
    r'(?:https?://)?(?:web\.)?archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?\*?/', re.IGNORECASE
)
_TRACKING: Final = re.compile(
    r'(?:utm_\w+|fbclid|gclid|yclid|msclkid|mc_[ce]id|igshid|spm|ref|ref_src|source|from|share\w*|replytocom|alias|amp)',
    re.IGNORECASE,
)
_INDEX: Final = re.compile(r'/(?:index|default)\.(?:html?|php)$')
_COMMENTS: Final = re.compile(r'/comment-page-\d+$')
_ASSET: Final = re.compile(
    r'\.(?:png|jpe?g|gif|svg|webp|avif|ico|pdf|ps|djvu|zip|gz|bz2|xz|7z|rar|tar|xml|json|css|m?js|mp[34]|webm|txt|csv|ipynb|py)$',
    re.IGNORECASE,
)
_CONTENT: Final = frozenset({'content', 'source', 'src'})
"""Folders that addresses don't name."""
_DAY: Final = re.compile(
    r'(?:/[^/]+)*?/(?P<year>\d{4})/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?/(?P<slug>[^?]+)'
)
_DATED_NAME: Final = re.compile(r'(\d{4})-(\d{1,2})-(\d{1,2})-')
_FIELD: Final = re.compile(r'\{([A-Za-z_][A-Za-z0-9_]*)\}')
_ARXIV_ID: Final = re.compile(r'\d{4}\.\d{4,5}(?:v\d+)?')
_NUMERIC: Final = {'year': r'\d{4}', 'month': r'\d{1,2}', 'day': r'\d{1,2}'}


@dataclass(frozen=True, slots=True)
class Address:
    """A URL without what does not tell pages apart."""

    host: str
    """Lower case, without ``www.`` and ``m.``; empty for an address relative to the site's root."""
    path: str
    """Decoded; without trailing slash, ``index.html`` and ``.html``; ``?key=value`` appended."""
    fragment: str = ''

    @property
    def key(self) -> str:
        """Host and path in one text."""
        return self.host + self.path


@dataclass(frozen=True, slots=True)
class SiteMatch:
    """What an address is to the site."""

    kind: Literal['post', 'absent', 'page', 'foreign']
    """A post, or several; a post's address without post; another page of the site; not of the site."""
    posts: tuple[DocName, ...] = ()
    key: str = ''
    """For ``absent``: equal for all addresses that would be the same post."""


@dataclass(frozen=True, slots=True)
class WorkAddress:
    """Address of a publication."""

    key: str
    """``arxiv:1706.03762``, ``doi:10.1000-182``, or host and path."""
    name: str
    """Readable name, for a work whose title nobody mentions."""
    url: str


def parse_address(url: str) -> Address | None:
    """Take a URL apart.

    :returns: ``None`` for what is no address of a page: other schemes, paths
        relative to the page, malformed text.
    """
    url = url.strip()
    for _ in range(3):
        shorter = _ARCHIVE.sub('', url, count=1) if _ARCHIVE.match(url) else url
        if shorter == url:
            break
        url = shorter if '//' in shorter[:9] else f'http://{shorter}'
    if not url.lower().startswith(('http://', 'https://', '/')):
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or ''), parts.port
    except ValueError:
        return None
    host = host.removeprefix('www.')
    if host.startswith('m.') and host.count('.') > 1:
        host = host.removeprefix('m.')  # the same pages for telephones
    if port not in (None, 80, 443):
        host = f'{host}:{port}'
    path = re.sub(r'/{2,}', '/', unquote(parts.path))
    # Typecho and WordPress write it where the server can't rewrite addresses.
    path = _INDEX.sub('', path.removeprefix('/index.php') if path.startswith('/index.php/') else path)
    path = re.sub(r'\.html?$', '', path).rstrip('/')
    path = _COMMENTS.sub('', path) or '/'
    pairs = sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k))
    if pairs:
        path += '?' + '&'.join(f'{k}={v}' for k, v in pairs)
    return Address(host, path, unquote(parts.fragment))


@dataclass(frozen=True, slots=True)
class _Template:
    host: str
    pattern: re.Pattern[str]

    @classmethod
    def compile(cls, template: str) -> _Template:
        marked = _FIELD.sub(r'blogfield\1dleifgolb', template)
        address = parse_address(marked if '//' in marked or marked.startswith('/') else f'https://{marked}')
        if address is None or 'blogfield' in address.host:
            raise ValueError(
                f'{template!r} is no address of a post; write it like https://example.org/posts/{{slug}}'
            )
        pattern, seen = '', set()
        for i, piece in enumerate(re.split(r'blogfield(\w+?)dleifgolb', address.path)):
            if i % 2 == 0:
                pattern += re.escape(piece)
            elif piece in seen:
                raise ValueError(f'{template!r} names {{{piece}}} twice')
            else:
                seen.add(piece)
                pattern += f'(?P<{piece}>{_NUMERIC.get(piece, ".+" if piece == "docname" else "[^/?&#]+")})'
        return cls(address.host, re.compile(pattern))

    def read(self, address: Address) -> dict[str, str] | None:
        if address.host not in ('', self.host) or len(address.path) > 2000:
            return None
        match = self.pattern.fullmatch(address.path)
        if match is None:
            return None
        return {k: str(int(v)) if k in _NUMERIC else v for k, v in match.groupdict().items()}


_Fields = tuple[tuple[str, str], ...]


class SiteUrls:
    """All addresses of a corpus.

    :param posts: the posts with their :attr:`~sphinxext_blog.records.Post.urls`,
        dates and facts.
    :param templates: addresses of posts with ``{docname}``, ``{slug}``,
        ``{year}``, ``{month}``, ``{day}`` or the name of a fact in braces.
    :param home: address of the site itself; below it an address is as one without a host.
    :raises ValueError: for a template that is no address or names a field twice.
    """

    def __init__(self, posts: Iterable[Post], templates: Sequence[str] = (), *, home: str = '') -> None:
        self._home = parse_address(home) if '//' in home else None
        self._templates = tuple(_Template.compile(t) for t in templates)
        self._hosts = tuple(sorted({t.host for t in self._templates}))
        self._prefixes = tuple(f'{t.host}/' for t in self._templates if t.host)
        self._by_address: dict[str, set[DocName]] = defaultdict(set)
        self._by_fields: dict[_Fields, set[DocName]] = defaultdict(set)
        self._names = sorted({tuple(sorted(t.pattern.groupindex)) for t in self._templates})
        self._addressed: set[DocName] = set()
        self._by_path: dict[str, set[DocName]] = defaultdict(set)
        self._by_day: dict[tuple[int, int, int, str], set[DocName]] = defaultdict(set)
        for post in posts:
            for path in _paths_of(post.docname):
                self._by_path[path].add(post.docname)
            for old in post.redirects:
                if address := parse_address(f'/{old}.html'):
                    self._by_path[address.path].add(post.docname)
            for day in _days_of(post):
                self._by_day[day].add(post.docname)
            fields = _fields_of(post)
            for url in post.urls:
                if address := parse_address(url):
                    self._by_address[address.key].add(post.docname)
                    self._addressed.add(post.docname)
                    for template in self._templates:
                        fields.update(template.read(address) or {})
            for names in self._names:
                if names and all(fields.get(name) for name in names):
                    self._by_fields[tuple((n, fields[n]) for n in names)].add(post.docname)
                    if not set(names) <= {'docname', 'slug'}:
                        self._addressed.add(post.docname)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of the templates, sorted."""
        return self._hosts

    def has_address(self, docname: DocName) -> bool:
        """Whether an address of the post is known, so that another URL can't be it."""
        return docname in self._addressed

    def find(self, url: str) -> SiteMatch:
        """Tell what a URL is to the site; for an address without scheme the hosts of the templates tell."""
        if url.strip().lower().removeprefix('www.').startswith(self._prefixes):
            url = f'http://{url.strip()}'
        address = parse_address(url)
        if address is None:
            return SiteMatch('foreign')
        if posts := self._by_address.get(address.key):
            return SiteMatch('post', tuple(sorted(posts)))
        absent = ''
        for template in self._templates:
            fields = template.read(address)
            if fields is None:
                continue
            key: _Fields = tuple(sorted(fields.items()))
            if posts := self._by_fields.get(key):
                return SiteMatch('post', tuple(sorted(posts)))
            absent = absent or '/'.join(value for _, value in key)
        if posts := self._at_path(address):
            return SiteMatch('post', tuple(sorted(posts)))
        if absent and not _ASSET.search(address.path):
            return SiteMatch('absent', key=absent)
        if not address.host or address.host in self._hosts:
            return SiteMatch('page')
        return SiteMatch('foreign')

    def _at_path(self, address: Address) -> set[DocName]:
        """The posts whose files or days are at an address of this site."""
        path = address.path
        home = self._home
        if address.host and address.host not in self._hosts:
            if home is None or address.host != home.host or not path.startswith(home.path.rstrip('/') + '/'):
                return set()
            path = path.removeprefix(home.path.rstrip('/'))
        if posts := self._by_path.get(path):
            return posts
        dated = _DAY.fullmatch(path) if len(path) <= 2000 else None
        if dated is None:
            return set()
        day = (int(dated['year']), int(dated['month']), int(dated['day'] or 0))
        return self._by_day.get((*day, _slug(dated['slug'])), set())


def _paths_of(docname: DocName) -> set[str]:
    """Where Hugo, Sphinx and most others put the page of a source file."""
    path = docname.removesuffix('/index')
    root, _, below = path.partition('/')
    return {f'/{path}', f'/{below}'} if below and root in _CONTENT else {f'/{path}'}


def _days_of(post: Post) -> set[tuple[int, int, int, str]]:
    """Year, month, day and name, as Jekyll, Hexo and WordPress make addresses of them; day 0: left out."""
    path = post.docname.removesuffix('/index')
    last = path.rpartition('/')[2]
    named = _DATED_NAME.match(last)
    slugs = {dict(post.facts).get('slug', ''), last, last[named.end() :] if named else ''}
    slugs.add(path.rpartition('_posts/')[2])
    days = {(post.date.year, post.date.month, post.date.day)} if post.date is not None else set()
    if named:
        days.add((int(named[1]), int(named[2]), int(named[3])))
    return {
        (year, month, which, _slug(slug))
        for year, month, day in days
        for which in (day or 0, 0)
        for slug in slugs
        if year and month and slug
    }


def _slug(name: str) -> str:
    return re.sub(r'\s+', '-', name.strip()).casefold()


def _fields_of(post: Post) -> dict[str, str]:
    fields = dict(post.facts)
    fields['docname'] = post.docname
    fields.setdefault('slug', post.docname.rpartition('/')[2])
    if post.date is not None:
        for name, value in (('year', post.date.year), ('month', post.date.month), ('day', post.date.day)):
            if value is not None:
                fields[name] = str(value)
    return fields


_PUBLISHERS: Final = (
    'openreview.net', 'aclanthology.org', 'aclweb.org', 'papers.nips.cc', 'proceedings.neurips.cc',
    'papers.neurips.cc', 'proceedings.mlr.press', 'jmlr.org', 'openaccess.thecvf.com', 'semanticscholar.org',
    'biorxiv.org', 'medrxiv.org', 'ssrn.com', 'jstor.org', 'link.springer.com', 'sciencedirect.com',
    'dl.acm.org', 'ieeexplore.ieee.org', 'projecteuclid.org', 'hal.science', 'eprint.iacr.org', 'zbmath.org',
    'mathscinet.ams.org', 'pubmed.ncbi.nlm.nih.gov', 'nature.com', 'pnas.org', 'tandfonline.com',
    'onlinelibrary.wiley.com', 'academic.oup.com', 'epubs.siam.org', 'isca-archive.org', 'ijcai.org',
)  # fmt: skip
_ARXIV: Final = re.compile(
    r'(?:arxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org|alphaxiv\.org|papers\.cool|huggingface\.co|scirate\.com)'
    r'/(?:abs|pdf|html|format|arxiv|papers|e-print|overview)/(?:arxiv:)?'
    r'(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?',
    re.IGNORECASE,
)
_DOI: Final = re.compile(
    r'(?:(?:dx\.)?doi\.org|[^/]+/doi(?:/(?:abs|full|pdf|epdf))?)/(?P<id>10\.\d{4,9}/[^?]+)', re.IGNORECASE
)


def work_address(url: str) -> WorkAddress | None:
    """Recognise the address of a publication: arXiv, DOI, OpenReview, proceedings, journals.

    :returns: ``None`` for any other address.
    """
    address = parse_address(url)
    if address is None:
        return None
    if match := _ARXIV.match(address.key):
        id_ = match['id'].lower()
        return WorkAddress(f'arxiv:{id_}', f'arXiv:{id_}', f'https://arxiv.org/abs/{id_}')
    if not address.host:
        # A link relative to the wrong place: /archives/1711.07971.
        last = address.path.rpartition('/')[2]
        if _ARXIV_ID.fullmatch(last):
            id_ = last.partition('v')[0]
            return WorkAddress(f'arxiv:{id_}', f'arXiv:{id_}', f'https://arxiv.org/abs/{id_}')
        return None
    if match := _DOI.match(address.key):
        id_ = match['id'].rstrip('/').lower()
        return WorkAddress(f'doi:{id_}', f'doi:{id_}', f'https://doi.org/{id_}')
    if address.path != '/' and any(address.host == p or address.host.endswith('.' + p) for p in _PUBLISHERS):
        path = re.sub(r'/(?:pdf|forum|abs)(?=\?|$)|\.pdf$', '', address.path)
        return WorkAddress(address.host + path, address.key, url.strip())
    return None
