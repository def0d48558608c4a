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
import needing
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


# Two at a time: much of the time of both is waiting for watched folders, dead writers and other programs.
HALVES = (
    (usage, kinds, extracting, formats, storing, needing),
    (damage, writers, watching, asking, settling, queueing, ways, ranking, tagging, reviewing, handing_in),
)


def half(number, path):
    program, check = Program(path), Checks()
    for part in HALVES[number]:
        for section in part.SECTIONS:
            check.section(section, program)
    return check.close()


def main():
    with concurrent.futures.ProcessPoolExecutor(len(HALVES)) as pool:
        return max(pool.map(half, range(len(HALVES)), [sys.argv[1]] * len(HALVES)))


if __name__ == "__main__":
    sys.exit(main())
