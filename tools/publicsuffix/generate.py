#!/usr/bin/env python3
"""Makes public_suffix.bin, a ready hash table, from public_suffix_list.dat.

Usage: generate.py PUBLIC_SUFFIX_LIST_DAT OUTPUT

Layout, little-endian:
  magic "PSL1", u32 slot count (a power of two), u32 rule count, u32 pool length
  u16 slot[]      1 + index of a rule, 0 for an empty slot; linear probing
  u32 offset[]    rule count + 1 offsets into the pool
  u8 flags[]      per rule: 1 the name itself is a suffix, 2 every child of it is (*.name), 4 exception (!name)
  u8 pool[]       names, lower-case ASCII (punycode)
The hash is 32-bit FNV-1a over the name's bytes from the last to the first, so that one walk over a host from
its end gives the hashes of all of its suffixes.
"""
import struct
import sys
import unicodedata

SUFFIX, WILDCARD, EXCEPTION = 1, 2, 4


def ascii_label(label):
    label = unicodedata.normalize("NFC", label.lower())
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def suffix_hash(name):
    value = 0x811C9DC5
    for byte in reversed(name):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def main(source, output):
    rules = {}
    for line in open(source, encoding="utf-8"):
        rule = line.split()[0] if line.split() else ""
        if not rule or rule.startswith("//"):
            continue
        flag = SUFFIX
        if rule.startswith("!"):
            flag, rule = EXCEPTION, rule[1:]
        elif rule.startswith("*."):
            flag, rule = WILDCARD, rule[2:]
        assert "*" not in rule, rule
        name = ".".join(ascii_label(label) for label in rule.split(".")).encode("ascii")
        rules[name] = rules.get(name, 0) | flag

    names = sorted(rules)
    assert len(names) < 0xFFFF
    slots = 1 << (2 * len(names) - 1).bit_length()
    table = [0] * slots
    for index, name in enumerate(names):
        at = suffix_hash(name) & (slots - 1)
        while table[at]:
            at = (at + 1) & (slots - 1)
        table[at] = index + 1
    offsets = [0]
    for name in names:
        offsets.append(offsets[-1] + len(name))
    with open(output, "wb") as out:
        out.write(b"PSL1" + struct.pack("<3I", slots, len(names), offsets[-1]))
        out.write(struct.pack(f"<{slots}H", *table))
        out.write(struct.pack(f"<{len(offsets)}I", *offsets))
        out.write(bytes(rules[name] for name in names))
        out.write(b"".join(names))
    print(len(names), "rules", slots, "slots")


if __name__ == "__main__":
    main(*sys.argv[1:])
