"""Addresses as people write them: some are none, and nothing may stumble over them.

The standard library raises :class:`ValueError` for a host such as ``[your-site]`` or ``[::1``, which
stands in posts as a placeholder, in archives and in configurations.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

__all__ = ['is_readable', 'is_site', 'joined']


def is_readable(address: str) -> bool:
    """Whether an address can be taken apart, whatever it leads to."""
    try:
        return urlsplit(address).port is None or True
    except ValueError:
        return False


def is_site(address: str) -> bool:
    """Whether an address is that of a site: ``https://example.org/blog/``."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {'http', 'https'} and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        return False


def joined(base: str, address: str) -> str:
    """*address* as it is meant on a page at *base*; as it was written where one of them is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
