"""The words of the formula page, in the language of the site."""

from __future__ import annotations

from sphinx.locale import get_translation

__all__ = ['messages']

_ = get_translation('sphinxext_blog')


def messages() -> dict[str, str]:
    """All words by key, translated now; names in braces are filled in by the page's scripts."""
    words = {
        'formulas': _('Formulas'),
        'formula': _('Formula in LaTeX, or words'),
        'words': _('Only where title, tags, series or section say'),
        'submit': _('Search'),
        'preview': _('Preview'),
        'help': _('A part that may be anything is written ?a: the same letter is the same part everywhere.'),
        'examples': _('For example: '),
        'comma': _(', '),
        'script': _('The search needs JavaScript; the index below does not.'),
        'group-pattern': _('Of this form'),
        'group-same': _('The same formula'),
        'group-renamed': _('The same with other letters'),
        'group-contains': _('Formulas that contain it'),
        'group-contains-renamed': _('Formulas that contain it, with other letters'),
        'group-said': _('Formulas about which this is said'),
        'group-similar': _('Similar formulas'),
        'read-as': _('Read as {latex}'),
        'searching': _('{count} found, looking for more …'),
        'found-more': _('More than {count} formulas found'),
        'more-formulas': _('More formulas'),
        'found': _('{count} formulas found'),
        'found-one': _('One formula found'),
        'nothing': _('No formula found'),
        'general': _('This could be any formula: say more of it'),
        'failed': _('The index of formulas could not be loaded'),
        'more': _('and {count} more'),
    }
    return {key: str(word) for key, word in words.items()}
