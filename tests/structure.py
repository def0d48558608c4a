#!/usr/bin/env python3
"""The house keeps its shape: a folder of src/ includes only itself and folders above it, and of others only their face."""
import os
import re
import sys

# From the pure to the stateful. A folder may include those before it in this list.
ORDER = ["pdfreader", "base", "text", "kind", "tagger", "intake", "extract", "resolve", "index", "graph", "assign", "stats",
         "store", "access", "register", "job", "match", "flow", "exchange", "trial", "insight", "http", "mcp", "cli", "."]
# Engines know only these three beside themselves, and what they read from.
ENGINES = {"intake": {"base", "text", "kind"}, "extract": {"base", "text", "kind", "intake", "tagger"}, "resolve": {"base", "text", "kind"},
           "index": {"base", "text", "kind"}, "tagger": {"base", "text"}, "graph": {"base"}}
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src")


def sources():
    for folder, _, names in os.walk(ROOT):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                path = os.path.join(folder, name)
                yield os.path.relpath(folder, ROOT), path


def faults(folder, path):
    with open(path, encoding="utf-8") as h:
        for number, line in enumerate(h, 1):
            found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not found:
                continue
            other, _, name = found.group(1).rpartition("/")
            where = "%s:%d" % (os.path.relpath(path, ROOT), number)
            if not other or other not in ORDER:
                yield "%s includes %s: write the folder's name" % (where, found.group(1))
            elif other != folder:
                if ORDER.index(other) > ORDER.index(folder):
                    yield "%s looks down to %s" % (where, other)
                if name == "internal.h":
                    yield "%s looks inside %s" % (where, other)
                if folder in ENGINES and other not in ENGINES[folder]:
                    yield "%s: the engine %s must not know %s" % (where, folder, other)


def main():
    passed = failed = 0
    for folder, path in sources():
        if folder not in ORDER:
            print("src/%s stands in no order: add it to tests/structure.py" % folder)
            failed += 1
            continue
        found = list(faults(folder, path))
        print("\n".join(found)) if found else None
        passed += not found
        failed += bool(found)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
