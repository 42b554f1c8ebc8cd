"""The manual of sphinxext_blog and, in ``seeds/``, a blog made from five crawled listing pages."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / '_ext'))

project = 'sphinxext_blog'
author = 'The sphinxext_blog authors'
copyright = '2026, The sphinxext_blog authors'

extensions = ['sphinxext_blog', 'myst_parser', 'reference_from_code']
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
