#!/usr/bin/env python3
"""Makes idna.bin, the table that canonical host names are computed from.

Sources (facts only):
  npm pack tr46            lib/mappingTable.json: the UTS #46 statuses and mappings
  apt-get install unicode-data   UnicodeData.txt, CompositionExclusions.txt, extracted/DerivedJoiningType.txt

A code point that unicode-data does not know (assigned later) is written as disallowed: a host we have no
properties for is refused.

Usage: generate.py MAPPING_TABLE_JSON UNICODE_DATA_DIRECTORY OUTPUT

Layout, all numbers little-endian u32:
  magic "IDN1", then counts: ranges, mappings, pool, decompositions, compositions
  ranges:        start[], properties[]          (a range ends where the next begins; the last at 0x110000)
  mappings:      code point[], pool offset[] with one more offset at the end
  pool:          code points
  decompositions: code point[], first[], second[]   (canonical, one step; second 0 for a singleton)
  compositions:  first[], second[], result[]        (sorted by first, second)
Properties: bits 0-1 status (0 disallowed, 1 valid, 2 mapped, 3 ignored), bit 2 mark, bits 3-6 bidi class,
  bits 7-9 joining type, bits 10-17 canonical combining class.
"""
import json
import struct
import sys

LIMIT = 0x110000
DISALLOWED, VALID, MAPPED, IGNORED = range(4)
STATUS = {1: MAPPED, 2: VALID, 3: DISALLOWED, 6: VALID, 7: IGNORED}
BIDI = {"ON": 0, "L": 1, "R": 2, "AL": 3, "AN": 4, "EN": 5, "ES": 6, "CS": 7, "ET": 8, "BN": 9, "NSM": 10}
JOINING = {"U": 0, "L": 1, "R": 2, "D": 3, "T": 4, "C": 5}


def read_unicode_data(folder):
    category, bidi, ccc, decomposition = {}, {}, {}, {}
    first = None
    for line in open(f"{folder}/UnicodeData.txt", encoding="ascii"):
        field = line.rstrip("\n").split(";")
        cp = int(field[0], 16)
        if field[1].endswith(", First>"):
            first = cp
            continue
        for c in range(first if field[1].endswith(", Last>") else cp, cp + 1):
            category[c], bidi[c], ccc[c] = field[2], field[4], int(field[3])
        first = None
        if field[5] and not field[5].startswith("<"):
            decomposition[cp] = [int(x, 16) for x in field[5].split()]
    return category, bidi, ccc, decomposition


def read_exclusions(folder):
    rows = (line.split("#")[0].strip() for line in open(f"{folder}/CompositionExclusions.txt", encoding="utf-8"))
    return {int(row, 16) for row in rows if row}


def read_joining(folder):
    joining = {}
    for line in open(f"{folder}/extracted/DerivedJoiningType.txt", encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line:
            span, kind = (part.strip() for part in line.split(";"))
            low, _, high = span.partition("..")
            for cp in range(int(low, 16), int(high or low, 16) + 1):
                joining[cp] = JOINING[kind]
    return joining


def main(mapping_file, folder, output):
    category, bidi, ccc, decomposition = read_unicode_data(folder)
    joining, excluded = read_joining(folder), read_exclusions(folder)
    status, mapping = [DISALLOWED] * LIMIT, {}
    for row in json.load(open(mapping_file, encoding="utf-8")):
        low, high = row[0] if isinstance(row[0], list) else (row[0], row[0])
        for cp in range(low, high + 1):
            if cp not in category:
                continue
            status[cp] = STATUS[row[1]]
            if row[1] == 1:
                mapping[cp] = [ord(c) for c in row[2]]
                if any(c not in category for c in mapping[cp]):
                    status[cp] = DISALLOWED
                    del mapping[cp]

    def properties(cp):
        mark = 1 if category.get(cp, "Cn").startswith("M") else 0
        return (status[cp] | mark << 2 | BIDI.get(bidi.get(cp, "ON"), 0) << 3 | joining.get(cp, 0) << 7
                | ccc.get(cp, 0) << 10)

    starts, values, last = [], [], None
    for cp in range(LIMIT):
        value = properties(cp)
        if value != last:
            starts.append(cp)
            values.append(value)
            last = value

    pool, offsets, mapped = [], [], sorted(mapping)
    for cp in mapped:
        offsets.append(len(pool))
        pool.extend(mapping[cp])
    offsets.append(len(pool))

    decomposed = sorted(decomposition)
    # Full composition exclusions: listed ones, singletons, and non-starter decompositions.
    compositions = sorted(
        (d[0], d[1], cp) for cp, d in decomposition.items()
        if len(d) == 2 and cp not in excluded and ccc.get(cp, 0) == 0 and ccc.get(d[0], 0) == 0)

    words = [len(starts), len(mapped), len(pool), len(decomposed), len(compositions)]
    words += starts + values + mapped + offsets + pool
    words += decomposed + [decomposition[c][0] for c in decomposed]
    words += [decomposition[c][1] if len(decomposition[c]) == 2 else 0 for c in decomposed]
    for column in range(3):
        words += [row[column] for row in compositions]
    with open(output, "wb") as out:
        out.write(b"IDN1" + struct.pack(f"<{len(words)}I", *words))
    print(len(starts), "ranges", len(mapped), "mappings", len(decomposed), "decompositions", len(compositions), "compositions")


if __name__ == "__main__":
    main(*sys.argv[1:])
