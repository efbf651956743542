"""What Pillow does not say of a font: which letters it has, and how pairs of them are kerned."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

_PAIR, _EXTENSION = 2, 9


def kerning_of(font_file: Path, text: str) -> Mapping[str, float]:
    """The kerning of each pair of neighbours in the text, in ems (OpenType GPOS, ``kern``).

    Pairs without are left out. Pillow alone reads only the old ``kern`` table, and the shaper
    that reads more is not on every machine.
    """
    with TTFont(font_file, lazy=True) as font:
        glyphs, em = font.getBestCmap(), font["head"].unitsPerEm
        tables = _pair_tables(font["GPOS"].table) if "GPOS" in font else []
        pairs = {first + second for first, second in pairwise(text)}
        found = {
            pair: _kern(tables, glyphs[ord(pair[0])], glyphs[ord(pair[1])]) / em
            for pair in sorted(pairs)
            if all(ord(letter) in glyphs for letter in pair)
        }
    return {pair: kern for pair, kern in found.items() if kern}


def missing_letters(font_file: Path, text: str) -> tuple[str, ...]:
    """The letters of the text that the font does not have."""
    with TTFont(font_file, lazy=True) as font:
        glyphs = font.getBestCmap()
    return tuple(sorted(letter for letter in {*text} if ord(letter) not in glyphs))


def _pair_tables(gpos: Any) -> list[Any]:
    """The subtables of the feature ``kern`` that adjust pairs, in the order they are tried."""
    indices = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    tables = []
    for index in sorted(indices):
        for table in gpos.LookupList.Lookup[index].SubTable:
            inner = table.ExtSubTable if table.LookupType == _EXTENSION else table
            if inner.LookupType == _PAIR:
                tables.append(inner)
    return tables


def _kern(tables: list[Any], first: str, second: str) -> int:
    for table in tables:
        if first not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            pairs = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
            for pair in pairs:
                if pair.SecondGlyph == second:
                    return _advance(pair.Value1)
        else:
            row = table.ClassDef1.classDefs.get(first, 0)
            column = table.ClassDef2.classDefs.get(second, 0)
            return _advance(table.Class1Record[row].Class2Record[column].Value1)
    return 0


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)
