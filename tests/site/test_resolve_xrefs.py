"""Cross-references of any domain lead to documents, and asking is silent."""

from __future__ import annotations

import pytest

TARGETS = """\
:blogpost:

A
=

.. _label:

Section
-------

.. math:: x
   :label: eq-x

.. figure:: x.png
   :name: fig

   Caption

.. py:function:: function()

.. glossary::

   term
      Meaning.
"""


@pytest.mark.parametrize(
    'role',
    [
        ':doc:`a`',
        ':doc:`/a`',
        ':ref:`label`',
        ':eq:`eq-x`',
        ':numref:`fig`',
        ':py:func:`function`',
        ':term:`term`',
        ':any:`label`',
        ':blog:post:`A`',
    ],
)
def test_a_role_of_any_domain_is_a_citation_of_the_post(make_site, role):
    site = make_site(
        {'a.rst': TARGETS, 'b.rst': f':blogpost:\n\nB\n=\n\nSee {role}.\n'},
        {'numfig': True, 'suppress_warnings': ['image']},
    )
    site.write('x.png', b'')
    build = site.build()
    [link] = build.app.env.get_domain('blog').knowledge.backlinks['a']
    assert (link.source, link.how) == ('b', 'role')


def test_a_broken_role_is_warned_of_once(make_site):
    build = make_site({'b.rst': ':blogpost:\n\nB\n=\n\nSee :ref:`nowhere` and :doc:`nothing`.\n'}).build()
    assert build.warnings.count('nowhere') == 1
    assert build.warnings.count('nothing') == 1
