"""The room of formulas: LaTeX in, what readers and machines can use out.

So far it turns LaTeX into MathML for everything that the extension itself adds
to pages (:func:`to_mathml`, :func:`render_html`), so that titles and citing
sentences show their mathematics without a script, and into one line of plain
Unicode for places that hold no markup (:func:`to_plain`), such as labels on a
canvas. Text with formulas is plain text in which LaTeX stands between dollar
signs, as in the records. Nothing here knows Sphinx.
"""

from __future__ import annotations

from sphinxext_blog.formulas.mathml import render_html, to_mathml, to_plain

__all__ = ['render_html', 'to_mathml', 'to_plain']
