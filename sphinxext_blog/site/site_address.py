"""Where the site will be: ``html_baseurl``, which feeds and canonical addresses begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext_blog.addresses import is_site
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ['base_address', 'setup_site_address']

logger = logging.getLogger(__name__)


def setup_site_address(app: Sphinx) -> None:
    """Have the address checked once it is known."""
    app.connect('config-inited', _check)


def base_address(config: Config) -> str:
    """The address of the site with a slash at its end; empty when it is not known, or is none."""
    base = str(config.html_baseurl or '').strip()
    if not is_site(base):
        return ''
    return base if base.endswith('/') else f'{base}/'


def _check(_app: Sphinx, config: Config) -> None:
    told = config.html_baseurl
    if not told or base_address(config):
        return
    if str(told).startswith('/') and not str(told).startswith('//'):
        # What templates of Read the Docs say where a build is none of theirs.
        logger.info('[blog] html_baseurl %r tells no host: no feeds are written', told)
        return
    warn(
        'config',
        'conf.py: html_baseurl must be an address such as https://example.org/, not %r; no feeds are written',
        told,
    )
