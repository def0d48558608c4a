"""link: identifiers decide, and those that are wrong are told on the second output."""
from outside import DONE, Folder

KNOWN = "id,name,city,ror\njlu,Jilin University,Changchun,https://ror.org/00js3aw79\nyku,York University,Toronto,015w2mp89\nuyk,University of York,York,015w2mp80\n"
ASKED = 'id,name,ror\n1,York University,00js3aw79\n2,"Jilin Univ., Changchun",\n3,Jilin University,00js3aw78\n'


def firsts(path):
    with open(path, encoding="utf-8") as h:
        rows = [line.split(",") for line in h.read().splitlines()[1:]]
    best = {}
    for row in rows:
        best.setdefault(row[0], (row[1], row[3]))
    return best


def identifiers(check, program):
    with Folder() as f:
        a, b = f.write("asked.csv", ASKED), f.write("known.csv", KNOWN)
        ran = program.run("link", a, b, "--kind", "organization", "--best", "--out", f("best.csv"))
        check("link --best with identifiers", ran.status == DONE and ran.out == "", ran)
        best = firsts(f("best.csv"))
        check("a valid one decides against the name", best["1"] == ("jlu", "same"), best)
        check("without one, or with a wrong one, the name does", best["2"][0] == best["3"][0] == "jlu", best)
        told = ran.err.splitlines()
        check("a line for each table with wrong ones: file, column, number, first row",
              told == ["%s: column ror: values that are no valid ROR id and were not used: 1, the first at id 3" % a,
                       "%s: column ror: values that are no valid ROR id and were not used: 1, the first at id uyk" % b], ran)
        ran = program.run("link", b, "--kind", "organization", "--out", f("doubles.csv"))
        check("the same without --best", ran.status == DONE and ran.err == "%s: column ror: values that are no valid ROR id and were not used: 1, the first at id uyk\n" % b, ran)
        ran = program.run("link", f.write("plain.csv", "id,name\n1,York University\n"), f.write("none.csv", "id,name\nx,York University\n"), "--kind", "organization", "--best", "--out", f("o.csv"))
        check("nothing is said where nothing is wrong", ran.status == DONE and ran.err == "", ran)


SECTIONS = [identifiers]
