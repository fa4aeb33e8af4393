"""Make the fonts of pages: `pip install fonttools brotli`, then `python quality/web_fonts.py
FOLDER`.

FOLDER holds the files of these npm packages, unpacked: @fontsource-variable/faustina, frank-ruhl-
libre, libre-franklin and gelasio, all 5.3.0. What stays are the letters of Latin script, one axis
(weight) and kerning. Prints the measures of the stand-ins that `themes/base/assets/base.css` shows
until a font is there; they need Liberation Serif and Sans (Debian: fonts-liberation).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parent.parent / "themes" / "base" / "assets" / "fonts"
LIBERATION = Path("/usr/share/fonts/truetype/liberation")

SIGNS = (
    *range(0x2010, 0x2016),  # dashes
    *(0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2039, 0x203A),  # quotation marks
    *(0x2009, 0x202F, 0x2020, 0x2022, 0x2026, 0x2030),
    *(0x20AC, 0x2122, 0x2212),
)
RARE = {ord(sign) for sign in "¢¤¦¨¬¯±´µ¶¸¹¼¾×÷"}  # few news have them
LATIN_1 = (c for c in (*range(0x20, 0x7F), *range(0xA0, 0x100)) if c not in RARE)
WEST = (*LATIN_1, 0x131, 0x152, 0x153, *SIGNS)
EAST = tuple(c for c in (*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E) if c not in WEST)

Weights = float | tuple[float, float]
FACES: tuple[tuple[str, str, Weights], ...] = (  # name, file of the package, weights
    ("text", "faustina-{}-wght-normal", (400, 700)),
    ("text-italic", "faustina-{}-wght-italic", 400),
    ("display", "frank-ruhl-libre-{}-wght-normal", (500, 800)),
    ("sans", "libre-franklin-{}-wght-normal", (400, 800)),
)
ALPHABETS = (("latin", "", WEST), ("latin-ext", "-ext", EAST))
LICENCES = ("faustina", "frank-ruhl-libre", "libre-franklin")

# How often each letter is met in English, French, German and Spanish news, in thousandths.
LETTERS = {
    **dict(
        zip("etaoinsrhldcu", (111, 72, 68, 63, 66, 71, 66, 64, 33, 43, 36, 29, 31), strict=True)
    ),
    **dict(zip("mpgbfvywkqjxz", (25, 23, 17, 13, 15, 11, 10, 11, 6, 5, 3, 3, 5), strict=True)),
    **{" ": 170, ",": 10, ".": 10, "S": 3, "T": 3, "A": 3, "E": 2},
}


def instance(font: TTFont, weights: Weights) -> TTFont:
    """``font`` with these weights only, as a file has it."""
    if "fvar" not in font:
        return font
    font.flavor = None
    buffer = BytesIO()
    instantiateVariableFont(font, {"wght": weights}).save(buffer)
    buffer.seek(0)
    return TTFont(buffer, recalcTimestamp=False)


def subset(font: TTFont, letters: Iterable[int], kerned: bool) -> TTFont:
    """``font`` with ``letters`` only, without hints, and without its kerning if so wished."""
    options = Options(
        hinting=False,
        layout_features=["kern"] if kerned else [],
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
    )
    options.drop_tables += ["STAT", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def width(font: TTFont) -> float:
    """How wide a letter is in the middle, in em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(n * widths[cmap[ord(letter)]][0] for letter, n in LETTERS.items())
    return total / sum(LETTERS.values()) / font["head"].unitsPerEm


def measures(font: TTFont, other: TTFont) -> str:
    """The descriptors that give ``other`` the width and the line of ``font``
    (https://www.w3.org/TR/css-fonts-5/)."""
    size, line, em = width(font) / width(other), font["hhea"], font["head"].unitsPerEm
    up, down, gap = (value / em / size for value in (line.ascent, -line.descent, line.lineGap))
    return (
        f"size-adjust: {size:.2%}; ascent-override: {up:.2%};"
        f" descent-override: {down:.2%}; line-gap-override: {gap:.2%};"
    )


def stand_ins(folder: Path) -> Iterator[tuple[str, str]]:
    """For each weight of each family the measures of the fonts that many machines have."""

    def gelasio(weight: float) -> TTFont:  # as wide as Georgia
        return instance(TTFont(found(folder, "gelasio-latin-wght-normal")), weight)

    def liberation(name: str) -> TTFont:  # as wide as Times New Roman and Arial
        return TTFont(LIBERATION / f"Liberation{name}.ttf")

    others = {
        ("serif", 400): {"Georgia": gelasio(400), "Times": liberation("Serif-Regular")},
        ("serif", 700): {"Georgia": gelasio(700), "Times": liberation("Serif-Bold")},
        ("sans", 400): {"Arial": liberation("Sans-Regular")},
        ("sans", 700): {"Arial": liberation("Sans-Bold")},
    }
    for name, file, _ in FACES:
        kind = "sans" if name == "sans" else "serif"
        for weight in (400, 700):
            if name == "text-italic" or (name == "display" and weight == 400):
                continue
            font = instance(TTFont(found(folder, file.format("latin"))), weight)
            for called, other in others[kind, weight].items():
                yield f"{name} {weight} as {called}", measures(font, other)


def found(folder: Path, name: str) -> Path:
    return next(folder.rglob(f"{name}.woff2"))


def main(folder: Path) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for alphabet, suffix, letters in ALPHABETS:
        for name, file, weights in FACES:
            path = TARGET / f"{name}{suffix}.woff2"
            source = TTFont(found(folder, file.format(alphabet)), recalcTimestamp=False)
            subset(instance(source, weights), letters, name != "text-italic").save(path)
            print(path.name, path.stat().st_size, "bytes")
    licences = [next(folder.rglob(f"*{name}*/**/LICENSE")).read_text() for name in LICENCES]
    whose = [text.partition("\n")[0].partition(") ")[0].rstrip(")") + ")" for text in licences]
    (TARGET / "OFL.txt").write_text("\n".join(whose) + "\n" + licences[0].partition("\n")[2])
    for name, values in stand_ins(folder):
        print(f"{name}: {values}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
