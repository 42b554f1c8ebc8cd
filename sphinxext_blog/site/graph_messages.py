"""The words of the graph page, in the language of the site."""

from __future__ import annotations

from sphinx.locale import get_translation

__all__ = ['messages']

_ = get_translation('sphinxext_blog')


def messages() -> dict[str, str]:
    """All words by key, translated now; names in braces are filled in by the page's scripts."""
    words = {
        'graph': _('Graph'),
        'search': _('Search posts, tags and series'),
        'results': _('Results'),
        'nothing': _('Nothing found'),
        'found': _('{count} found'),
        'theme': _('Light or dark'),
        'map': _('Map of all posts and their links'),
        'legend': _('Legend'),
        'nodes': _('Shown'),
        'links': _('Links'),
        'communities': _('Topics, by their main post'),
        'help': _(
            'Click a post for details; click it again to open it. Drag to move, scroll to zoom. '
            'On the keyboard: arrow keys go from post to post, Enter opens, Escape clears, / searches.'
        ),
        'zoom-in': _('Zoom in'),
        'zoom-out': _('Zoom out'),
        'fit': _('Show all'),
        'list': _('All of it as a list'),
        'title': _('Title'),
        'date': _('Date'),
        'series': _('Series'),
        'no-year': _('Year unknown'),
        'empty': _('There are no posts yet'),
        'tags': _('Tags'),
        'rank': _('Rank'),
        'rows': _('{shown} of {count} listed'),
        'rows-more': _('List {count} more'),
        'open': _('Open post'),
        'open-work': _('Open source'),
        'close': _('Close'),
        'cleared': _('Nothing selected'),
        'show': _('Show on the map'),
        'show-named': _('Show {title} on the map'),
        'more': _('and {count} more'),
        'gap': _('without {numbers}'),
        'kind-post': _('Post'),
        'kind-missing': _('Cited, but not in this blog'),
        'kind-work': _('Cited work'),
        'mark-missing': _('(not in this blog)'),
        'mark-work': _('(cited work)'),
        'node-post': _('Posts'),
        'node-missing': _('Missing posts'),
        'node-work': _('Cited works'),
        'edge-cites': _('Citations'),
        'edge-series': _('Series'),
        'edge-equation': _('Equations'),
        'edge-formula': _('Same formula'),
        'edge-related': _('Related'),
        'group-series-in': _('Previous part'),
        'group-series-out': _('Next part'),
        'group-cites-out': _('Cites'),
        'group-cites-in': _('Cited by'),
        'group-equation-out': _('Refers to equations of'),
        'group-equation-in': _('Its equations are used by'),
        'group-formula': _('Shares formulas with'),
        'group-related': _('Related'),
        'form-surface': _('The same formula'),
        'form-bold-blind': _('The same but for bold letters'),
        'form-renamed': _('The same with other letters'),
        'here': _('here'),
        'there': _('there'),
        'why-cites': _('Cites it'),
        'why-cited-by': _('Cited by it'),
        'why-series': _('Same series'),
        'why-cited-together': _('Cited together in'),
        'why-shared-citations': _('Both cite'),
        'why-text': _('Words in common'),
        'why-tags': _('Tags in common'),
    }
    return {key: str(word) for key, word in words.items()}
