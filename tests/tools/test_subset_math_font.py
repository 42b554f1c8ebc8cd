"""The font that is committed: what it holds, what was mended, and that its licence is obeyed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from subset_math_font import FAMILY, FOLDER

from sphinxext_blog.formulas import to_mathml

FORMULAS = [
    r'\mathbb{ABCDEFGHIJKLMNOPQRSTUVWXYZ1k}',
    r'\mathcal{ABCDEFGHIJKLMNOPQRSTUVWXYZ}',
    r'\mathfrak{ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz}',
    r'\mathsf{Aa1}\mathtt{Aa1}\mathbf{Aa1}\boldsymbol{Aa\alpha\Omega\nabla}\mathit{Aa}\mathrm{Aa}',
    r'\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\pi\varpi',
    r'\rho\varrho\sigma\varsigma\tau\upsilon\phi\varphi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma',
    r'\sum\prod\coprod\int\iint\iiint\oint\bigcup\bigcap\bigoplus\bigotimes\bigvee\bigwedge\bigsqcup',
    r'\le\ge\neq\approx\equiv\sim\simeq\cong\propto\ll\gg\prec\succ\subset\supseteq\in\notin\perp\parallel',
    r'\to\gets\Rightarrow\iff\mapsto\hookrightarrow\twoheadrightarrow\rightsquigarrow\rightleftharpoons',
    r'\hat x\widehat{xy}\tilde x\bar x\vec x\dot x\ddot x\check x\breve x\acute x\grave x\mathring x',
    r"f'f''f'''\infty\partial\nabla\forall\exists\emptyset\aleph\hbar\ell\Re\Im\wp\angle\triangle\square",
    r'\left(\left[\left\{\left\langle\left\lfloor\left\lceil\left|\left\Vert x\right\Vert\right|\right\rceil'
    r'\right\rfloor\right\rangle\right\}\right]\right)\sqrt{x}\sqrt[3]{x}\underbrace{x}\overbrace{x}',
    r'\text{Erdős, Poincaré, naïve — “words” 1/2}',
]


@pytest.fixture(scope='module')
def font():
    return TTFont(FOLDER / 'blog-math.woff2')


@pytest.fixture(scope='module')
def glyph(font):
    cmap = font.getBestCmap()
    return lambda character: cmap[ord(character)]


def ink(font, name):
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds


def test_it_is_small():
    assert (FOLDER / 'blog-math.woff2').stat().st_size < 200_000


def test_it_is_not_called_as_the_font_it_was_made_of(font):
    names = {record.nameID: record.toUnicode() for record in font['name'].names}
    assert names[1] == names[4] == FAMILY
    assert all('STIX' not in names[n] and 'TM Math' not in names[n] for n in (1, 2, 4, 6))
    assert 'STIX Fonts Project Authors' in names[0]
    assert 'Open Font License' in names[13]


def test_its_licence_stands_beside_it():
    text = (FOLDER / 'OFL.txt').read_text(encoding='utf-8')
    assert 'Copyright 2001-2021 The STIX Fonts Project Authors' in text
    assert 'SIL OPEN FONT LICENSE Version 1.1' in text
    assert 'PERMISSION & CONDITIONS' in text


@pytest.mark.parametrize('latex', FORMULAS)
def test_it_has_what_formulas_hold(font, latex):
    text = re.sub('<[^>]*>|[\ufe00\ufe01]', '', to_mathml(latex))
    cmap = font.getBestCmap()
    assert [character for character in text if ord(character) not in cmap] == []


@pytest.mark.parametrize('character', '()[]{}⌈⌉⌊⌋⟨⟩|‖√')
def test_no_form_of_a_bracket_is_much_wider_than_the_smallest(font, glyph, character):
    variants = font['MATH'].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(glyph(character))
    construction = variants.VertGlyphConstruction[place]
    names = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
    sizes = [record.AdvanceMeasurement for record in construction.MathGlyphVariantRecord]
    if construction.GlyphAssembly:
        names += [part.glyph for part in construction.GlyphAssembly.PartRecords]
        assert sizes[-1] > 9000
    widths = [font['hmtx'][name][0] for name in names]
    assert max(widths) - widths[0] <= 90
    assert sizes == sorted(sizes)


@pytest.mark.parametrize('character', '([{⌊|')
def test_a_tall_bracket_is_as_tall_as_it_says_and_stands_on_the_axis(font, glyph, character):
    table = font['MATH'].table
    place = table.MathVariants.VertGlyphCoverage.glyphs.index(glyph(character))
    last = table.MathVariants.VertGlyphConstruction[place].MathGlyphVariantRecord[-1]
    _, bottom, _, top = ink(font, last.VariantGlyph)
    assert abs(top - bottom - last.AdvanceMeasurement) <= 10
    assert abs((top + bottom) / 2 - table.MathConstants.AxisHeight.Value) <= 10


@pytest.mark.parametrize('character', '→←↔⇒⏞⏟\u0332')
def test_the_parts_of_an_assembly_fit_together(font, glyph, character):
    variants = font['MATH'].table.MathVariants
    construction = variants.HorizGlyphConstruction[variants.HorizGlyphCoverage.glyphs.index(glyph(character))]
    parts = construction.GlyphAssembly.PartRecords
    for left, right in pairwise(parts):
        overlap = min(left.EndConnectorLength, right.StartConnectorLength)
        assert overlap >= variants.MinConnectorOverlap


@pytest.mark.parametrize('character', '\u20d7\u0302\u0332')
def test_an_accent_has_a_width(font, glyph, character):
    left, _, right, _ = ink(font, glyph(character))
    assert font['hmtx'][glyph(character)][0] >= right - left
    assert left >= 0
    assert font['GDEF'].table.GlyphClassDef.classDefs.get(glyph(character)) != 3


def test_a_prime_is_as_large_as_one_of_tex(font, glyph):
    _, bottom, _, top = ink(font, glyph('′'))
    assert bottom < 100
    assert top > 500
