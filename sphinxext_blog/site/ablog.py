"""What ABlog's ``conf.py`` says that has another name here, or none.

A site that comes from ABlog keeps its values. Most mean here what they meant
there; of the others, below, the writer is told once in a build, and nothing is
wrong with it: it is no warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ['setup_ablog_names']

logger = logging.getLogger(__name__)

_ELSEWHERE: Final = {
    'blog_feed_templates': 'feeds have one form each: see blog_feeds',
    'disqus_drafts': 'see "Comments" in the manual',
    'disqus_pages': 'see "Comments" in the manual',
    'disqus_shortname': 'see "Comments" in the manual',
    'fontawesome_css_file': 'no icons are needed',
    'fontawesome_included': 'no icons are needed',
    'fontawesome_link_cdn': 'no icons are needed',
    'post_always_section': 'a document is one post',
    'post_auto_orphan': 'posts need no toctree',
    'post_date_format_short': 'lists have an option "date", else dates are in post_date_format',
    'skip_injecting_base_ablog_templates': 'no templates are put before the theme',
}
"""Values that do nothing, and what there is instead."""


def setup_ablog_names(app: Sphinx) -> None:
    """Take ABlog's values, and tell of those that do nothing."""
    app.add_config_value('blog_baseurl', '', 'html', (str, type(None)), "ABlog's name of html_baseurl.")
    for name, instead in _ELSEWHERE.items():
        app.add_config_value(name, None, '', (), f'Of ABlog; does nothing: {instead}.')
    # Before extensions that read the address of the site.
    app.connect('config-inited', _take_values, priority=400)


def _take_values(_app: Sphinx, config: Config) -> None:
    if config.blog_baseurl and not config.html_baseurl:
        config.html_baseurl = config.blog_baseurl
    for name, instead in _ELSEWHERE.items():
        if config[name] is not None:
            logger.info('[blog] %s is a value of ABlog that does nothing here: %s', name, instead)
