#!/usr/bin/env python3
"""The needs of this folder over the documents of tests/cases and tests/unseen/first, scored by tests/needs/run.py.

run.py PROGRAM      the figures
run.py --self-test  the set against its own rules, and the scorer

Python 3 standard library only."""
import importlib.util
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
FOLDERS = [os.path.join(TESTS, name, "text") for name in ("cases", "unseen/first")]


def scorer():
    spec = importlib.util.spec_from_file_location("needs_run", os.path.join(TESTS, "needs", "run.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    run = scorer()
    put = run.ask

    def texts():
        for folder in FOLDERS:
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    yield f.read()

    def ask(program, needs):
        with tempfile.TemporaryDirectory() as documents:
            for folder in FOLDERS:
                shutil.copytree(folder, documents, dirs_exist_ok=True)
            return put(program, needs, documents)

    run.HERE, run.texts, run.ask = HERE, texts, ask
    run.main()


if __name__ == "__main__":
    sys.exit(main())
