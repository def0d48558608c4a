#!/usr/bin/env python3
"""Does the program keep the promises of its command line? commands.py PROGRAM

Written from what the commands promise, not from how they are made: exit status, the two outputs, the files, time and memory.
Each part stands in a module beside this one.
"""
import concurrent.futures
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import asking
import damage
import extracting
import formats
import handing_in
import kinds
import linking
import queueing
import ranking
import reviewing
import settling
import storing
import tagging
import usage
import watching
import ways
import writers
from outside import Checks, Program


# Two at a time, the longest first: much of their time is waiting for watched folders, dead writers and other programs.
PARTS = (writers, formats, extracting, storing, watching, damage, settling, queueing, reviewing, asking, tagging, ways, ranking, linking, handing_in, kinds, usage)


def run(part, path):
    program, check = Program(path), Checks()
    for section in PARTS[part].SECTIONS:
        check.section(section, program)
    return check.close()


def main():
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        return max(pool.map(run, range(len(PARTS)), [sys.argv[1]] * len(PARTS)))


if __name__ == "__main__":
    sys.exit(main())
