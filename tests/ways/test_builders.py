"""One blog with everything we bring, in both markups and by every builder: no warning, and all of it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

RST = {
    'index.rst': """Blog
====

.. toctree::
   :glob:

   posts/*

.. postlist::
   :excerpts:

.. start-here::

.. missing-posts::
   :works:
   :gaps:

.. formula-index::
""",
    'posts/one.rst': """:date: 2020-01-02
:tags: rings, 梯度
:category: Algebra
:author: Emmy Noether

Rings of integers (1): Ideals
=============================

Ideals and integers are what rings are made of, as Dedekind said of ideals.

.. math::
   :label: chain

   \\mathfrak{a}_1 \\subset \\mathfrak{a}_2 \\subset \\cdots \\subset \\mathfrak{a}_n

See :eq:`posts/two:norm` and 《Rings of integers (2): Norms》, not 《A lost post》.

.. update:: 2022-05-06

   A word more.

.. series::

.. backlinks::

.. post-graph::

.. notation::
""",
    'posts/two.rst': """:date: 2020-02-03
:tags: rings
:category: Algebra

Rings of integers (2): Norms
============================

Norms of ideals and integers, by :math:`N(ab) = N(a) N(b)`. See :blog:post:`posts/one`.

.. math::
   :label: norm

   N(\\mathfrak{a}) = \\left| R / \\mathfrak{a} \\right|

By :eq:`posts/one:chain`.

.. related-posts::
   :count: 3
""",
    'posts/three.rst': """:date: 2021-03-04
:tags: 梯度

Gradients
=========

Gradients know no ideals. Integers neither; see :doc:`one`.
""",
}
MYST = {
    'index.md': """# Blog

```{toctree}
:glob:

posts/*
```

```{postlist}
:excerpts:
```

```{start-here}
```

```{missing-posts}
:works:
:gaps:
```

```{formula-index}
```
""",
    'posts/one.md': """---
date: 2020-01-02
tags: [rings, 梯度]
category: Algebra
author: Emmy Noether
---

# Rings of integers (1): Ideals

Ideals and integers are what rings are made of, as Dedekind said of ideals.

$$
\\mathfrak{a}_1 \\subset \\mathfrak{a}_2 \\subset \\cdots \\subset \\mathfrak{a}_n
$$ (chain)

See {eq}`posts/two:norm` and 《Rings of integers (2): Norms》, not 《A lost post》.

```{update} 2022-05-06
A word more.
```

```{series}
```

```{backlinks}
```

```{post-graph}
```

```{notation}
```
""",
    'posts/two.md': """---
date: 2020-02-03
tags: rings
category: Algebra
---

# Rings of integers (2): Norms

Norms of ideals and integers, by $N(ab) = N(a) N(b)$. See {blog:post}`posts/one`.

$$
N(\\mathfrak{a}) = \\left| R / \\mathfrak{a} \\right|
$$ (norm)

By {eq}`posts/one:chain`.

```{related-posts}
:count: 3
```
""",
    'posts/three.md': """---
date: 2021-03-04
tags: 梯度
---

# Gradients

Gradients know no ideals. Integers neither; see [](one.md).
""",
}
CONF = {
    'blog_post_pattern': 'posts/*',
    'myst_enable_extensions': ['dollarmath'],
    'linkcheck_ignore': [r'https?://.*'],
    'language': 'en',
}
SHOWN = {
    'html': 'posts/one.html',
    'dirhtml': 'posts/one/index.html',
    'singlehtml': 'index.html',
    'epub': 'posts/one.xhtml',
    'latex': 'tests.tex',
    'text': 'posts/one.txt',
    'man': 'tests.1',
}
"""What each builder that shows pages shows the first post in."""


@pytest.mark.parametrize('markup', ['rst', 'myst'])
@pytest.mark.parametrize('builder', [*SHOWN, 'gettext', 'linkcheck', 'json', 'pickle'])
def test_a_blog_is_built_without_a_warning(make_site, builder, markup):
    myst = markup == 'myst'
    site = make_site(
        MYST if myst else RST, CONF if myst else {k: v for k, v in CONF.items() if k[:4] != 'myst'}, myst=myst
    )
    build = site.build(builder)
    assert build.warnings == ''
    if builder in SHOWN:
        text = build.text(SHOWN[builder])
        for words in (
            'Rings of integers (2): Norms',
            'A lost post',
            '2020-01-02',
            'A word more',
            'Gradients',
        ):
            assert words in text.replace('\\sphinxhyphen{}', '-').replace('\\-', '-'), words
    elif builder == 'gettext':
        assert any(
            'Ideals and integers are what rings' in path.read_text() for path in build.outdir.rglob('*.pot')
        )
    elif builder in {'json', 'pickle'}:
        assert any(b'A word more' in path.read_bytes() for path in build.outdir.rglob('*.f*'))
    else:
        assert 'broken' not in Path(build.outdir, 'output.txt').read_text()
    # The same again changes nothing, by several workers neither.
    assert site.build(builder, parallel=2).warnings == ''
    assert site.build(builder, parallel=2, fresh=True).warnings == ''
