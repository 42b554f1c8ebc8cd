"""Make the font for formulas: a part of STIX Two Math, mended for browsers.

``python tools/subset_math_font.py`` takes the font from the npm registry
(``@fontsource/stix-two-math``, checked by a digest) and writes
``sphinxext_blog/static/math_font/blog-math.woff2`` and the licence beside it.
It needs npm, and ``fonttools`` and ``brotli`` (``pip install --group test``).
Equal versions of those make equal bytes; ``--check`` writes nothing and fails
if the file would change.

Left out is what formulas don't use (emoji, hinting, kerning). Changed is what
browsers, foremost Chromium 156, make ugly of a font that is made for TeX:

- A stretchy bracket or root takes the room of its *widest* form, however small
  it is drawn: the tall forms are made narrower.
- A bracket made of parts is too short, and a root has a gap at its corner: there are
  more sizes in one piece.
- An accent of no width is centred as if it were a point: it is given its width.
- A prime stands in a superscript, so it is shrunk and raised: it is made large
  and low, as TeX's is.
- The assembly of ``→`` doesn't fit together, and so the arrow doesn't stretch;
  a line over one letter is as wide as two; wide tildes are not found.
- Accents sit close to small letters, and words far from their arrows: both come
  to where TeX has them.

The Open Font License lets us do so. The name of the font is ours, since this is
no longer STIX Two Math, and its licence stays the Open Font License.
"""

from __future__ import annotations

import copy
import io
import sys
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.misc.roundTools import otRound
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from npm_package import files_of

PACKAGE: Final = '@fontsource/stix-two-math'
VERSION: Final = '5.3.0'
SHA256: Final = '948de1b5470fbbd745fedbe6135797454fe833d94feecc6f2073cd771fe2f5fd'
SOURCE: Final = 'files/stix-two-math-latin-400-normal.woff2'
FOLDER: Final = Path(__file__).resolve().parents[1] / 'sphinxext_blog' / 'static' / 'math_font'
FAMILY: Final = 'Blog Math'

_RANGES: Final = (
    (0x20, 0x7E),  # Latin, for words in formulas, with the names of mathematicians
    (0xA0, 0x17F),
    (0x237, 0x237),
    (0x2C6, 0x2DD),  # accents
    (0x300, 0x338),
    (0x391, 0x3F6),  # Greek
    (0x2010, 0x205F),  # dashes, dots, primes, spaces
    (0x2061, 0x2064),
    (0x2070, 0x209C),
    (0x20D0, 0x20EF),
    (0x2100, 0x214F),  # letterlike
    (0x2190, 0x22FF),  # arrows and operators
    (0x2308, 0x230B),
    (0x231C, 0x231F),
    (0x2322, 0x2323),
    (0x239B, 0x23B5),  # brackets
    (0x23D0, 0x23D0),
    (0x23DC, 0x23E1),
    (0x24C8, 0x24C8),
    (0x25A0, 0x25FF),  # shapes
    (0x2605, 0x2606),
    (0x2660, 0x266F),
    (0x2713, 0x2713),
    (0x2720, 0x2720),
    (0x2772, 0x2773),
    (0x27C0, 0x27FF),
    (0x2900, 0x2AFF),  # more arrows, brackets and operators
    (0x2B1A, 0x2B1C),
    (0x1D400, 0x1D7FF),  # bold, italic, script, fraktur, double-struck, sans, monospace
)
"""What math-core and Temml write, and its neighbours."""

_FENCES: Final = '()[]{}⌈⌉⌊⌋❲❳⟦⟧⟨⟩⟪⟫⦃⦄⦅⦆'
_ROOTS: Final = '√∛∜'
_BARS: Final = '|‖∣∥'
_PRIMES: Final = '′″‴‵‶‷⁗'
_ACCENTS: Final = '\u0302\u20d7\u20db\u20dc'
"""Combining characters that stand alone as accents: those of ``\\widehat``, ``\\vec``, ``\\dddot``."""
_WIDE: Final = {'ˆ': '\u0302', '˜': '\u0303', 'ˇ': '\u030c'}
"""Accents that browsers would stretch, and those that have the wide forms in the font."""
_BAR: Final = '\u0332'
"""The line of ``\\overline`` and ``\\underline``."""
_ROOM: Final = 90
"""By how much the widest form of a bracket or a root may be wider than its smallest, in units."""
_CONSTANTS: Final = {
    'AccentBaseHeight': 430,
    'StretchStackTopShiftUp': 111,
    'UpperLimitBaselineRiseMin': 200,
}
"""Distances as TeX's own fonts have them: of accents, of words on arrows, of limits."""
_HEIGHTS: Final = (*range(1180, 4000, 240), *range(4300, 12000, 500))
"""Sizes that brackets are to have, in units."""
_BEARING: Final = 25
_GAP: Final = 40
_STINT: Final = 1.35
"""How much wider a wide accent says it is: browsers take the first that covers all, TeX the one before."""

_NAMES: Final = {
    1: FAMILY,
    2: 'Regular',
    3: f'{FAMILY} 1, of STIX Two Math',
    4: FAMILY,
    6: 'BlogMath-Regular',
    10: 'A part of STIX Two Math, changed for the formulas of sphinxext_blog by tools/subset_math_font.py.',
    13: 'This Font Software is licensed under the SIL Open Font License, Version 1.1.',
    14: 'https://openfontlicense.org',
}
_NOTICE: Final = f"""\
{FAMILY} is a part of STIX Two Math, changed for the formulas of sphinxext_blog.

Copyright 2001-2021 The STIX Fonts Project Authors (https://github.com/stipub/stixfonts),
with Reserved Font Name "TM Math". STIX Fonts is a trademark of The Institute of Electrical
and Electronics Engineers, Inc.

"""


def main() -> int:
    """Returns the exit status."""
    files, _ = files_of(PACKAGE, VERSION, SHA256)
    licence = files['LICENSE'].decode('utf-8')
    made = {
        FOLDER / 'blog-math.woff2': _font(files[SOURCE]),
        FOLDER / 'OFL.txt': (_NOTICE + licence[licence.index('This Font Software') :]).encode(),
    }
    changed = [path for path, content in made.items() if not path.is_file() or path.read_bytes() != content]
    if '--check' not in sys.argv:
        for path in changed:
            path.write_bytes(made[path])
    for path, content in made.items():
        print(f'{path.name}: {len(content):,} bytes{", changed" if path in changed else ""}')
    return int('--check' in sys.argv and bool(changed))


def _font(source: bytes) -> bytes:
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    mend(font)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ['GSUB', 'GPOS', 'gasp']
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ['*']
    options.flavor = 'woff2'
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={n for first, last in _RANGES for n in range(first, last + 1)})
    subsetter.subset(font)
    for name, text in _NAMES.items():
        font['name'].setName(text, name, 3, 1, 0x409)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def mend(font: TTFont) -> None:
    """Change what browsers make ugly."""
    cmap: dict[int, str] = font.getBestCmap()
    for character in _FENCES + _ROOTS:
        _narrow(font, cmap[ord(character)], root=character in _ROOTS)
    for character in _ROOTS:
        _add_roots(font, cmap[ord(character)])
    for character in _FENCES + _BARS:
        _add_fences(font, cmap[ord(character)])
    for character in _PRIMES:
        _enlarge_prime(font, cmap[ord(character)])
    for character in _ACCENTS:
        _widen_accent(font, cmap[ord(character)])
    for character, model in _WIDE.items():
        _stint(font, cmap[ord(model)])
        _stretch_as(font, cmap[ord(character)], cmap[ord(model)])
    _shorten_bar(font, cmap[ord(_BAR)])
    _fit_connectors(font)
    constants = font['MATH'].table.MathConstants
    for name, value in _CONSTANTS.items():
        getattr(constants, name).Value = value


def _narrow(font: TTFont, base: str, *, root: bool) -> None:
    """Let no form of a stretchy character be much wider than its smallest."""
    variants = font['MATH'].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(base)
    construction = variants.VertGlyphConstruction[place]
    width = font['hmtx'][base][0]
    first, last = _ink(font, [base])
    before, after = first, width - last
    groups = [[record.VariantGlyph] for record in construction.MathGlyphVariantRecord]
    if construction.GlyphAssembly:
        groups.append(_own_parts(font, construction.GlyphAssembly.PartRecords, base))
    for group in groups:
        if group == [base]:
            continue
        # The top of a root made of parts reaches into the line over its content, which browsers draw.
        stem = [name for name in group if not root or '.t.' not in name]
        start, end = _ink(font, stem)
        # A slanted stroke ends above the content, an upright one beside it.
        gap = _GAP if stem != group else after
        wanted = min(max(font['hmtx'][name][0] for name in stem), width + _ROOM)
        ink = min(end - start, wanted - before - gap)
        scale = ink / (end - start)
        left = wanted - gap - ink if root else (wanted + before - gap - ink) / 2
        for name in group:
            _redraw(font, name, (scale, 0, 0, 1, left - start * scale, 0), wanted, right=end + 2 * _GAP)


def _add_roots(font: TTFont, base: str) -> None:
    """More sizes of a root, so that it is hardly ever made of parts."""
    variants = font['MATH'].table.MathVariants
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(base)]
    records = construction.MathGlyphVariantRecord
    hook, _, top = (part.glyph for part in construction.GlyphAssembly.PartRecords)
    stem = _bounds(font, top)
    thick = font['MATH'].table.MathConstants.RadicalRuleThickness.Value
    left, right = stem[0], _ink(font, [hook])[1]
    width = font['hmtx'][hook][0]
    for height in range(3300, 9800, 500):
        pen = TTGlyphPen(None)
        record = DecomposingRecordingPen(font.getGlyphSet())
        record.glyphSet[hook].draw(record)
        record.replay(pen)
        for low, high, end in ((1000, height, right), (height - thick, height, stem[2])):
            pen.moveTo((left, low))
            for point in ((left, high), (end, high), (end, low)):
                pen.lineTo(point)
            pen.closePath()
        _add_variant(font, records, f'{base}.h{height}', pen.glyph(), width, height)
    tall = records[1].VariantGlyph
    bottom, middle = _bounds(font, tall)[1], 1500
    scale = middle / records[1].AdvanceMeasurement
    glyph = _drawn(font, tall, (1, 0, 0, scale, 0, bottom * (1 - scale)))
    _add_variant(font, records, f'{base}.h{middle}', glyph, font['hmtx'][tall][0], middle)
    records.sort(key=lambda record: record.AdvanceMeasurement)
    construction.VariantCount = len(records)


def _add_fences(font: TTFont, base: str) -> None:
    """More sizes of a bracket that is made of parts, each in one piece."""
    variants = font['MATH'].table.MathVariants
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(base)]
    if not construction.GlyphAssembly:
        return
    records, parts = construction.MathGlyphVariantRecord, construction.GlyphAssembly.PartRecords
    fixed = [part for part in parts if not part.PartFlags]
    if all(part.glyph == base for part in parts):
        fixed = []  # a bar of any length
    extenders = len(parts) - len(fixed) if fixed else 1
    least = max(records[-1].AdvanceMeasurement, sum(part.FullAdvance for part in fixed))
    axis = font['MATH'].table.MathConstants.AxisHeight.Value
    for height in [n for n in _HEIGHTS if n > least]:
        gap = (height - sum(part.FullAdvance for part in fixed)) / extenders
        pen = TTGlyphPen(None)
        y = axis - height / 2
        for place, part in enumerate(parts if fixed else parts[:1]):
            _, bottom, _, top = _bounds(font, part.glyph)
            # An extender reaches a little into its neighbours, so that no seam shows.
            stretched = not fixed or part not in fixed
            below = 50 if stretched and place > 0 else 0
            above = 50 if stretched and fixed and place < len(parts) - 1 else 0
            scale = (gap + below + above) / (top - bottom) if stretched else 1.0
            record = DecomposingRecordingPen(font.getGlyphSet())
            record.glyphSet[part.glyph].draw(record)
            record.replay(TransformPen(pen, (1, 0, 0, scale, 0, y - below - bottom * scale)))
            y += gap if stretched else top - bottom
        _add_variant(font, records, f'{base}.h{height}', pen.glyph(), font['hmtx'][parts[0].glyph][0], height)
    construction.VariantCount = len(records)


def _add_variant(font: TTFont, records: list[Any], name: str, glyph: Any, width: int, size: int) -> None:
    _add(font, name, glyph, width)
    record = copy.copy(records[0])
    record.VariantGlyph, record.AdvanceMeasurement = name, size
    records.append(record)


def _own_parts(font: TTFont, records: list[Any], base: str) -> list[str]:
    """Copies of the parts of an assembly, which may be parts of others as well."""
    names: dict[str, str] = {}
    for record in records:
        if record.glyph not in names:
            names[record.glyph] = f'{record.glyph}.{base}'
            _add(font, names[record.glyph], _drawn(font, record.glyph), font['hmtx'][record.glyph][0])
        record.glyph = names[record.glyph]
    return list(names.values())


def _enlarge_prime(font: TTFont, name: str) -> None:
    start, end = _ink(font, [name])
    bottom = _bounds(font, name)[1]
    scale, foot = 1.6, 60
    shift = (scale, 0, 0, scale, _BEARING - start * scale, foot - bottom * scale)
    _redraw(font, name, shift, otRound((end - start) * scale) + 2 * _BEARING)


def _widen_accent(font: TTFont, name: str) -> None:
    start, end = _ink(font, [name])
    shift = _BEARING - start
    _redraw(font, name, (1, 0, 0, 1, shift, 0), otRound(end - start) + 2 * _BEARING)
    # With the class of a mark, or without any, HarfBuzz would take the width away again.
    font['GDEF'].table.GlyphClassDef.classDefs[name] = 1
    attachment = font['MATH'].table.MathGlyphInfo.MathTopAccentAttachment
    if attachment and name in attachment.TopAccentCoverage.glyphs:
        place = attachment.TopAccentCoverage.glyphs.index(name)
        attachment.TopAccentAttachment[place].Value += otRound(shift)


def _stint(font: TTFont, name: str) -> None:
    variants = font['MATH'].table.MathVariants
    construction = variants.HorizGlyphConstruction[variants.HorizGlyphCoverage.glyphs.index(name)]
    for record in construction.MathGlyphVariantRecord:
        record.AdvanceMeasurement = otRound(record.AdvanceMeasurement * _STINT)


def _stretch_as(font: TTFont, name: str, model: str) -> None:
    """Let a character have the wide forms of another."""
    variants = font['MATH'].table.MathVariants
    glyphs, constructions = variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction
    construction = copy.deepcopy(constructions[glyphs.index(model)])
    smallest = construction.MathGlyphVariantRecord[0]
    smallest.VariantGlyph = name
    pairs = sorted(
        [*zip(glyphs, constructions, strict=True), (name, construction)],
        key=lambda pair: font.getGlyphID(pair[0]),
    )
    variants.HorizGlyphCoverage.glyphs = [glyph for glyph, _ in pairs]
    variants.HorizGlyphConstruction = [made for _, made in pairs]
    variants.HorizGlyphCount = len(pairs)


def _shorten_bar(font: TTFont, name: str) -> None:
    """A short line, and longer ones of any length made of two parts."""
    _, bottom, _, top = _bounds(font, name)
    for new, width in ((name, 250), (f'{name}.x', 300)):
        pen = TTGlyphPen(None)
        pen.moveTo((0, bottom))
        for point in ((0, top), (width, top), (width, bottom)):
            pen.lineTo(point)
        pen.closePath()
        _add(font, new, pen.glyph(), width)
    font['GDEF'].table.GlyphClassDef.classDefs[name] = 1
    variants = font['MATH'].table.MathVariants
    construction = variants.HorizGlyphConstruction[variants.HorizGlyphCoverage.glyphs.index(name)]
    construction.MathGlyphVariantRecord = construction.MathGlyphVariantRecord[:1]
    construction.MathGlyphVariantRecord[0].AdvanceMeasurement = 250
    construction.VariantCount = 1
    extender, fixed = sorted(construction.GlyphAssembly.PartRecords, key=lambda part: -part.PartFlags)
    for part, glyph, width in ((extender, f'{name}.x', 300), (fixed, name, 250)):
        part.glyph, part.FullAdvance = glyph, width
        part.StartConnectorLength = part.EndConnectorLength = width - 10


def _fit_connectors(font: TTFont) -> None:
    """The last part of an assembly joins with its start, the first with its end."""
    variants = font['MATH'].table.MathVariants
    for construction in [*variants.HorizGlyphConstruction, *variants.VertGlyphConstruction]:
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        if len(parts) < 2:
            continue
        for part, misplaced in (
            (parts[-1], parts[-1].StartConnectorLength == 0),
            (parts[0], parts[0].EndConnectorLength == 0),
        ):
            if misplaced:
                part.StartConnectorLength, part.EndConnectorLength = (
                    part.EndConnectorLength,
                    part.StartConnectorLength,
                )


def _bounds(font: TTFont, name: str) -> tuple[float, float, float, float]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    bounds: tuple[float, float, float, float] = pen.bounds
    return bounds


def _ink(font: TTFont, names: list[str]) -> tuple[float, float]:
    """Where the ink of the glyphs begins and ends."""
    bounds = [_bounds(font, name) for name in names]
    return min(b[0] for b in bounds), max(b[2] for b in bounds)


def _redraw(
    font: TTFont, name: str, transform: tuple[float, ...], width: int, right: float | None = None
) -> None:
    """Draw a glyph transformed, first cut off at *right*; what is composed of it stays as it is."""
    glyf = font['glyf']
    for other in font.getGlyphOrder():
        glyph = glyf[other]
        if glyph.isComposite() and name in glyph.getComponentNames(glyf):
            glyf[other] = _drawn(font, other)
    _add(font, name, _drawn(font, name, transform, right), width)


def _add(font: TTFont, name: str, glyph: Any, width: int) -> None:
    glyf = font['glyf']
    glyph.recalcBounds(glyf)
    glyf[name] = glyph
    font['hmtx'][name] = (width, glyph.xMin)
    font.setGlyphOrder(glyf.glyphOrder)


def _drawn(
    font: TTFont,
    name: str,
    transform: tuple[float, ...] = (1, 0, 0, 1, 0, 0),
    right: float | None = None,
) -> Any:
    glyphs = font.getGlyphSet()
    record = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(record)
    if right is not None:
        record.value = [
            (operator, tuple(p if p is None else (min(p[0], right), p[1]) for p in points))
            for operator, points in record.value
        ]
    pen = TTGlyphPen(None)
    record.replay(TransformPen(pen, transform))
    return pen.glyph()


if __name__ == '__main__':
    sys.exit(main())
