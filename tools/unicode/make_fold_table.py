#!/usr/bin/env python3
"""Builds src/Postern.Engine/Views/Tables/fold.bin, the table behind UnicodeFold.

Input: the Unicode data files of Debian's package unicode-data (UnicodeData, Scripts, DerivedCoreProperties,
CompositionExclusions) and confusables.txt of UTS #39, as Debian's ICU source package carries it
(pool/main/i/icu/icu_72.1.orig.tar.gz, icu/source/data/unidata/confusables.txt).

    make_fold_table.py --ucd /usr/share/unicode --confusables confusables.txt --out fold.bin

Layout, little endian: "PFT1"; u16 block count; u16 number of texts; u16 number of pairs; u16 zero;
u16[8704] block of each 128 code points; u16[blocks][128] action; u32[texts + 1] offsets; the texts (UTF-8);
pairs, sorted: u32 first, u32 second, u32 composed.
Action: 0 as it is, 1 dropped, 2 joins the character before it, 0x100 | c is the ASCII character c, 0x200 + n is text n.
"""
import argparse
import re
import struct

DROP, JOIN = 1, 2
ASCII, TEXT = 0x100, 0x200

# Confusables are read only from scripts that are used to imitate Latin; in scripts with their own daily
# literature a look-alike is a letter of ordinary text, and folding it would only garble that text.
IMITATORS = {
    "Latin", "Greek", "Cyrillic", "Armenian", "Cherokee", "Coptic", "Lisu", "Canadian_Aboriginal", "Deseret",
    "Common", "Inherited", "Ogham", "Runic", "Osage", "Old_Italic", "Gothic", "Carian", "Lycian", "Lydian",
    "Miao", "Vai", "Bamum", "Warang_Citi", "Elbasan", "Medefaidrin", "Tifinagh", "Old_Permic", "Pau_Cin_Hau",
    "Imperial_Aramaic", "Glagolitic", "Caucasian_Albanian", "Vithkuqi",
}


def ranges(path, wanted=None):
    for line in open(path, encoding="utf-8"):
        fields = [f.strip() for f in line.split("#")[0].split(";")]
        if len(fields) < 2 or (wanted and fields[1] not in wanted):
            continue
        first, _, last = fields[0].partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            yield code, fields[1]


class Unicode:
    def __init__(self, ucd):
        self.name, self.category, self.digit, self.decomposition, self.canonical = {}, {}, {}, {}, {}
        for line in open(f"{ucd}/UnicodeData.txt", encoding="utf-8"):
            f = line.rstrip("\n").split(";")
            code = int(f[0], 16)
            self.name[code], self.category[code] = f[1], f[2]
            if f[2] == "Nd":
                self.digit[code] = f[6]
            if f[5]:
                parts = f[5].split()
                if not parts[0].startswith("<"):
                    self.canonical[code] = [int(p, 16) for p in parts]
                self.decomposition[code] = [int(p, 16) for p in parts if not p.startswith("<")]
        self.script = dict(ranges(f"{ucd}/Scripts.txt"))
        self.ignorable = {c for c, _ in ranges(f"{ucd}/DerivedCoreProperties.txt", {"Default_Ignorable_Code_Point"})}
        self.excluded = {int(m, 16) for m in re.findall(r"^([0-9A-F]{4,5})\b", open(f"{ucd}/CompositionExclusions.txt", encoding="utf-8").read(), re.M)}

    def full(self, code):
        if code not in self.decomposition:
            return [code]
        return [c for part in self.decomposition[code] for c in self.full(part)]

    def is_free_mark(self, code):
        """A mark that can sit on any letter, or on a Latin, Greek or Cyrillic one: dropped wherever it stands."""
        return self.category.get(code) in ("Mn", "Me") and self.script.get(code) in ("Inherited", "Latin", "Greek", "Cyrillic") and code not in (0x3099, 0x309A)

    def pairs(self):
        for code, parts in self.canonical.items():
            if len(parts) == 2 and code not in self.excluded and not self.is_free_mark(parts[1]) and not self.is_free_mark(parts[0]):
                yield parts[0], parts[1], code


def read_confusables(path, unicode):
    for line in open(path, encoding="utf-8-sig"):
        fields = [f.strip() for f in line.split("#")[0].split(";")]
        if len(fields) < 2:
            continue
        source = int(fields[0], 16)
        target = [c for part in fields[1].split() for c in unicode.full(int(part, 16))]
        target = [as_latin(c, unicode) for c in target if not unicode.is_free_mark(c)]
        # UTS #39 has one prototype for I, l, 1 and |; here a capital stays one, so that a key in capitals stays a key.
        if unicode.category.get(source) == "Lu" and target == [ord("l")]:
            target = [ord("I")]
        if target == [ord("'")] * 2:
            target = [ord('"')]
        if unicode.category.get(source) == "Sc":
            continue
        if source >= 0x80 and unicode.script.get(source) in IMITATORS and target and all(0x21 <= c < 0x7F for c in target):
            yield source, target


KRA = 0x138
TURNED_W = 0x28D
MINUS = 0x2212


def as_latin(code, unicode):
    """Small capitals and other variants of Latin letters that UTS #39 leaves apart from the letter itself."""
    if code < 0x80:
        return code
    named = {KRA: "k", TURNED_W: "m"}.get(code) or by_name(unicode.name.get(code, ""))
    return ord(named) if named else code


NAMED = [
    re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])( WITH .*)?$"),
    re.compile(r"LATIN (SMALL) LETTER DOTLESS ([IJ])( WITH .*)?$"),
    re.compile(r"LATIN (SMALL|CAPITAL) LETTER (?:SCRIPT|INSULAR|BLACKLETTER|LONG) ([A-Z])( WITH .*)?$"),
    re.compile(r"LATIN LETTER (SMALL) CAPITAL (?:BARRED )?([A-Z])( WITH .*)?$"),
    re.compile(r"(?:NEGATIVE|CROSSED NEGATIVE) (?:SQUARED|CIRCLED) LATIN (CAPITAL) LETTER ([A-Z])()$"),
    re.compile(r"REGIONAL INDICATOR (SYMBOL) LETTER ([A-Z])()$"),
]


def by_name(name):
    for pattern in NAMED:
        match = pattern.match(name)
        if match:
            return match[2].lower() if match[1] == "SMALL" else match[2]
    return None


def fold(code, unicode, confusables):
    """The code points that stand for one code point; None when it stands for itself."""
    category = unicode.category.get(code)
    if 0xE0020 <= code <= 0xE007E:
        return [code - 0xE0000]
    if code in (0x2028, 0x2029, 0x85):
        return [0x0A]
    if code in unicode.ignorable or unicode.is_free_mark(code) or category in ("Cf", "Cc") or 0xFFF9 <= code <= 0xFFFB:
        return []
    if category is None:
        return None
    if category == "Zs":
        return [0x20]
    if category == "Pd" or code == MINUS:
        return [ord("-")]
    if code in unicode.digit:
        return [ord(unicode.digit[code])]
    if 0xAC00 <= code <= 0xD7A3:
        return None
    result = []
    for part in unicode.full(code):
        if unicode.is_free_mark(part) or part in unicode.ignorable and part != code:
            continue
        if part in unicode.digit:
            result.append(ord(unicode.digit[part]))
        elif as_latin(part, unicode) != part:
            result.append(as_latin(part, unicode))
        else:
            result.extend(confusables.get(part, [part]))
    return compose(result, unicode)


def compose(codes, unicode):
    out = []
    for code in codes:
        if out and (out[-1], code) in unicode.composed:
            out[-1] = unicode.composed[out[-1], code]
        elif out and 0x1100 <= out[-1] <= 0x1112 and 0x1161 <= code <= 0x1175:
            out[-1] = 0xAC00 + (out[-1] - 0x1100) * 588 + (code - 0x1161) * 28
        elif out and 0xAC00 <= out[-1] <= 0xD7A3 and (out[-1] - 0xAC00) % 28 == 0 and 0x11A8 <= code <= 0x11C2:
            out[-1] += code - 0x11A7
        else:
            out.append(code)
    return out


def joins(code, seconds):
    return code in seconds or 0x1161 <= code <= 0x1175 or 0x11A8 <= code <= 0x11C2


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ucd", required=True)
    parser.add_argument("--confusables", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()

    unicode = Unicode(options.ucd)
    unicode.composed = {(a, b): c for a, b, c in unicode.pairs()}
    seconds = {b for _, b in unicode.composed}
    confusables = dict(read_confusables(options.confusables, unicode))
    texts, index, actions = [], {}, [0] * 0x110000
    for code in range(0x80, 0x110000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        folded = fold(code, unicode, confusables)
        if folded is None or folded == [code]:
            actions[code] = JOIN if joins(code, seconds) else 0
        elif not folded:
            actions[code] = DROP
        elif len(folded) == 1 and folded[0] < 0x80:
            actions[code] = ASCII | folded[0]
        else:
            text = "".join(map(chr, folded)).encode()
            if text not in index:
                index[text] = len(texts)
                texts.append(text)
            actions[code] = TEXT + index[text]

    blocks, block_of = {}, []
    for start in range(0, 0x110000, 128):
        block = tuple(actions[start:start + 128])
        block_of.append(blocks.setdefault(block, len(blocks)))
    pairs = sorted((a, b, c) for (a, b), c in unicode.composed.items())
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    with open(options.out, "wb") as out:
        out.write(b"PFT1" + struct.pack("<HHHH", len(blocks), len(texts), len(pairs), 0))
        out.write(struct.pack(f"<{len(block_of)}H", *block_of))
        for block in blocks:
            out.write(struct.pack("<128H", *block))
        out.write(struct.pack(f"<{len(offsets)}I", *offsets))
        out.write(b"".join(texts))
        for pair in pairs:
            out.write(struct.pack("<III", *pair))
    print(len(blocks), "blocks,", len(texts), "texts,", len(pairs), "pairs")


if __name__ == "__main__":
    main()
