"""Make the fonts of share cards from Noto: `pip install fonttools`, then `python quality/fonts.py
FOLDER`.

FOLDER holds NotoSerif_700Bold.ttf, NotoSans_700Bold.ttf and NotoSans_400Regular.ttf (npm: @expo-
google-fonts/noto-serif and noto-sans, 0.4.2). What stays are the letters that
`sitegen/images/share_cards.py` says it can draw, without hints and layout tables; kerning between
Latin letters goes into a `kern` table, which Pillow's basic layout reads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

from sitegen.images.share_cards import FONTS, LETTERS

TARGET = Path(__file__).parent.parent / "sitegen" / "images" / "fonts"
KERNED = [c for c in range(0x20, 0x17F) if chr(c).isalpha() and (c < 0x7F or c > 0xBF)] + [
    ord(c) for c in ".,:;-’‘“”–"
]

PAIRS, EXTENSION = 2, 9  # the types of look-ups of GPOS that matter here
LEAST = 8  # units of the font by which a pair is set apart
MOST = 8000  # pairs


def _pair_tables(table: Any) -> Iterator[Any]:
    """The tables of GPOS that set pairs of glyphs apart, for the feature `kern`."""
    wanted: set[int] = set()
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "kern":
            wanted.update(feature.Feature.LookupListIndex)
    subs = [sub for index in sorted(wanted) for sub in table.LookupList.Lookup[index].SubTable]
    plain = [sub.ExtSubTable if sub.LookupType == EXTENSION else sub for sub in subs]
    yield from (sub for sub in plain if sub.LookupType == PAIRS)


def _values_behind(left: str, number: int, sub: Any, glyphs: list[str]) -> dict[str, int]:
    """How much further each glyph is behind ``left``, which is the one of this number."""
    if sub.Format == 1:
        records = {r.SecondGlyph: r.Value1 for r in sub.PairSet[number].PairValueRecord}
    else:
        row = sub.Class1Record[sub.ClassDef1.classDefs.get(left, 0)].Class2Record
        records = {glyph: row[sub.ClassDef2.classDefs.get(glyph, 0)].Value1 for glyph in glyphs}
    known = {glyph: value for glyph, value in records.items() if value is not None}
    return {glyph: getattr(value, "XAdvance", 0) or 0 for glyph, value in known.items()}


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """What GPOS says of pairs of common letters, in the way of the older `kern` table."""
    table, cmap = font["GPOS"].table, font.getBestCmap()
    glyphs = list(dict.fromkeys(cmap[c] for c in KERNED if c in cmap))
    out: dict[tuple[str, str], int] = {}
    for sub in _pair_tables(table):
        covered = {glyph: number for number, glyph in enumerate(sub.Coverage.glyphs)}
        for left in filter(covered.__contains__, glyphs):
            values = _values_behind(left, covered[left], sub, glyphs)
            for right in filter(values.__contains__, glyphs):
                out.setdefault((left, right), values[right])
    return most_kerned(out)


def most_kerned(values: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The pairs that are set furthest apart, as many as the older table has room for."""
    visible = [pair for pair in values if abs(values[pair]) >= LEAST]
    visible.sort(key=lambda pair: -abs(values[pair]))
    return {pair: values[pair] for pair in sorted(visible[:MOST])}


def main(folder: Path) -> None:
    for name in dict.fromkeys(FONTS.values()):
        source = next(
            folder.rglob(name.replace("-Bold", "_700Bold").replace("-Regular", "_400Regular"))
        )
        font = TTFont(source, recalcTimestamp=False)
        pairs = kerning(font)
        options = Options(
            hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14]
        )
        options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[c for start, stop in LETTERS for c in range(start, stop + 1)])
        subsetter.subset(font)
        kern = KernTable_format_0()
        kern.version, kern.apple, kern.coverage, kern.kernTable = 0, False, 1, pairs
        kern.tupleIndex = None
        font["kern"] = newTable("kern")
        font["kern"].version, font["kern"].kernTables = 0, [kern]
        font.save(TARGET / name)
        print(
            name,
            (TARGET / name).stat().st_size,
            "bytes",
            len(font.getBestCmap()),
            "letters",
            len(pairs),
            "pairs",
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
