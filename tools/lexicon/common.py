"""Shared by the scripts that derive lexicon files from public sets: reading a
source that may be packed, and writing a file whose head says where it is from.
"""
import gzip
import os
import unicodedata


def lines(folder, name):
    """Yields the non-empty lines of folder/name or folder/name.gz, without BOM or CR."""
    path = os.path.join(folder, name)
    packed = path + ".gz"
    opened = gzip.open(packed, "rt", encoding="utf-8-sig") if os.path.exists(packed) \
        else open(path, encoding="utf-8-sig")
    with opened as source:
        for line in source:
            line = line.rstrip("\r\n")
            if line:
                yield line


def write(path, head, rows):
    """Writes head as comment lines, then one row a line; text is brought to NFC."""
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for line in head.strip().split("\n"):
            out.write("# " + line.strip() + "\n")
        for row in rows:
            out.write(unicodedata.normalize("NFC", "\t".join(map(str, row))) + "\n")


def is_han(text):
    """True if every character is a Han character."""
    return bool(text) and all(
        "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" or c == "\u3007"
        for c in text)


def read_table(path):
    """Rows of a lexicon file, without comments."""
    with open(path, encoding="utf-8") as source:
        return [line.rstrip("\n").split("\t") for line in source
                if line.strip() and not line.startswith("#")]
