"""What ABlog's ``conf.py`` says that has another name here, or none.

A site that comes from ABlog keeps its values. Most mean here what they meant
there; of the others, below, the writer is told once in a build, and nothing is
wrong with it: it is no warning.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_SIDEBARS: Final = re.compile(
    r'(?:ablog/)?(?:postcard2?|recentposts|tagcloud|categories|authors|archives|languages|locations|postnavy)\.html'
)
"""ABlog's templates for ``html_sidebars``; older sites name them without the folder."""

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


def _take_values(app: Sphinx, config: Config) -> None:
    if config.blog_baseurl and not config.html_baseurl:
        config.html_baseurl = config.blog_baseurl
    _take_sidebars(app, config)
    for name, instead in _ELSEWHERE.items():
        if config[name] is not None:
            logger.info('[blog] %s is a value of ABlog that does nothing here: %s', name, instead)


def _take_sidebars(app: Sphinx, config: Config) -> None:
    """Take ABlog's templates out of the sidebars: the first page with one of them would end the build."""
    left_out: set[str] = set()
    kept: dict[str, list[str]] = {}
    for pattern, templates in config.html_sidebars.items():
        ablogs = {name for name in templates if _SIDEBARS.fullmatch(name) and not _is_own(name, app, config)}
        left_out |= ablogs
        rest = [name for name in templates if name not in ablogs]
        if rest or not ablogs:
            kept[pattern] = rest
    if left_out:
        config.html_sidebars = kept
        logger.info(
            '[blog] html_sidebars: %s are templates of ABlog and left out; the panels of posts show the same',
            ', '.join(sorted(left_out)),
        )


def _is_own(name: str, app: Sphinx, config: Config) -> bool:
    """Whether the site has a template of that name."""
    return any((Path(app.confdir) / folder / name).is_file() for folder in config.templates_path)
