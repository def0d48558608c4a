#!/usr/bin/env python3
"""Does the program keep the promises of its command line? commands.py PROGRAM

Written from what the commands promise, not from how they are made: exit status, the two outputs, the files, time and memory.
Each part stands in a module beside this one.
"""
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


def main():
    program, check = Program(sys.argv[1]), Checks()
    for part in (usage, kinds, extracting, formats, storing, damage, writers, watching, asking, settling, queueing, ways, ranking, tagging, reviewing, handing_in):
        for section in part.SECTIONS:
            check.section(section, program)
    return check.close()


if __name__ == "__main__":
    sys.exit(main())
