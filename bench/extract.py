#!/usr/bin/env python3
"""How fast are documents read and understood, and does memory grow with their number?

    bench/extract.py YIQIAO [--small N] [--large MB]

Prints, for the whole of `extract` (reading in the cage, findings, JSON written): MB of text a second of processor time, for one large text and for many small
files in one call; pages of PDF a second; the peak memory of the program with a tenth of the small files and with all. Processor time is that of the program and
of all it started, system time included: the bars are for one core, and a wall clock on a shared machine says nothing.

The texts are the cases of tests/cases and examples/, each varied (digits, places, names), so that no two documents are the same.
"""
import argparse
import ctypes
import os
import random
import re
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静磊洋勇艳杰涛明超秀霞平刚"
PAGES, LINES, LINE_CHARS = 200, 34, 30
BARS = {"large": 3.0, "small": 3.0, "pdf": 40.0}


def cases():
    for folder in ("tests/cases/text", "examples/documents"):
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            if not name.endswith(".txt"):
                continue
            with open(os.path.join(ROOT, folder, name), "rb") as h:
                content = h.read()
            try:
                yield content.decode()
            except UnicodeDecodeError:
                continue


def varied(text, k):
    dice = random.Random(k)
    text = re.sub(r"\d", lambda m: str((int(m.group()) + k) % 10), text)
    for name in set(re.findall("(?:院长|主任|教授|书记)([%s][\u4e00-\u9fff]{2})" % SURNAMES, text)):
        text = text.replace(name, dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN))
    return text


def pdf(text):
    """A PDF of PAGES pages in a font that every reader of PDF knows by name; nothing but the standard library makes it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count %d /Kids [%s] >>" % (PAGES, " ".join("%d 0 R" % (5 + 2 * i) for i in range(PAGES))),
               "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
               "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>"]
    text = re.sub(r"\s+", "", text)
    for page in range(PAGES):
        lines = []
        for line in range(LINES):
            at = (page * LINES + line) * LINE_CHARS % (len(text) - LINE_CHARS)
            lines.append("1 0 0 1 60 %d Tm <%s> Tj" % (800 - 22 * line, text[at:at + LINE_CHARS].encode("utf-16-be").hex()))
        stream = "BT /F1 15 Tf %s ET" % "\n".join(lines)
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (6 + 2 * page))
        objects.append("<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += "%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join("%010d 00000 n \n" % at for at in places)
    return (out + "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))).encode("latin-1")


def run(program, files, folder):
    """Processor seconds of the program and of all it started, and the peak memory in MB of the largest of them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen([program, "extract", *files, "--out", os.path.join(folder, "out")])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    try:
        while True:
            os.wait()  # the small process of the cage, which outlives it by a moment
    except ChildProcessError:
        pass
    if child.returncode:
        sys.exit("%s extract ended with %d" % (program, child.returncode))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, used.ru_maxrss / 1024


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as h:
        h.write(content if isinstance(content, bytes) else content.encode())
    return path


def report(what, value, unit, bar=None):
    print("%-52s %8.2f %s%s" % (what, value, unit, "" if bar is None else "   (bar %g: %s)" % (bar, "met" if value >= bar else "missed")), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--large", type=float, default=3)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: whatever the program leaves behind is waited for here
    texts = list(cases())
    with tempfile.TemporaryDirectory() as folder:
        large, k = "", 0
        while len(large.encode()) < options.large * 1e6:
            large += "\n\n".join(varied(t, k) for t in texts) + "\n\n"
            k += 1
        path = write(folder, "large.txt", large)
        seconds, peak = run(options.program, [path], folder)
        report("one text of %.1f MB" % (os.path.getsize(path) / 1e6), os.path.getsize(path) / 1e6 / seconds, "MB/s", BARS["large"])
        report("  its peak memory", peak, "MB")
        small = [write(folder, "d%05d.txt" % i, varied(texts[i % len(texts)], i)) for i in range(options.small)]
        _, few = run(options.program, small[:options.small // 10], folder)
        seconds, many = run(options.program, small, folder)
        report("%d files of %.1f kB" % (len(small), sum(map(os.path.getsize, small)) / 1e3 / len(small)), sum(map(os.path.getsize, small)) / 1e6 / seconds, "MB/s", BARS["small"])
        report("  milliseconds a file", seconds * 1e3 / len(small), "ms")
        report("  peak memory, %d files" % (len(small) // 10), few, "MB")
        report("  peak memory, %d files" % len(small), many, "MB")
        seconds, _ = run(options.program, [write(folder, "pages.pdf", pdf(large))], folder)
        report("a PDF of %d pages" % PAGES, PAGES / seconds, "pages/s", BARS["pdf"])


if __name__ == "__main__":
    main()
