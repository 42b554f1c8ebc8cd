"""The manual of sphinxext_blog and, in ``seeds/``, a blog made from five crawled listing pages."""

import os

project = 'sphinxext_blog'
author = 'The sphinxext_blog authors'
copyright = '2026, The sphinxext_blog authors'

extensions = ['sphinxext_blog', 'myst_parser']
exclude_patterns = ['_build']
language = 'en'
smartquotes = False
html_theme = os.environ.get('BLOG_DOCS_THEME', 'furo')
html_title = 'sphinxext_blog'
html_copy_source = False

# The demonstration: five listing pages become a blog.
blog_title = 'sphinxext_blog: manual and demonstration'
blog_sources = ['../seeds']
blog_import_dir = 'seeds'
blog_auto_panels = ['meta', 'series', 'graph', 'related', 'backlinks']

# Formulas are written as MathML, so that the site needs no network.
html_math_renderer = 'mathml'


def setup(app):
    """The table of configuration values comes from the code, so that it can't be out of date."""
    from docutils import nodes
    from docutils.parsers.rst import Directive

    from sphinxext_blog.config import described_values

    class ConfvalTable(Directive):
        def run(self):
            items = nodes.definition_list()
            for name, default, _rebuild, meaning in described_values():
                term = nodes.term('', '', nodes.literal('', name))
                classifier = nodes.classifier('', f'default {default!r}')
                definition = nodes.definition('', nodes.paragraph('', meaning))
                item = nodes.definition_list_item('', term, classifier, definition)
                item.line = self.lineno
                items += item
            return [items]

    app.add_directive('confval-table', ConfvalTable)
