"""init, import, dump, rebuild, verify, backup, restore: nothing is lost, nothing is done twice, nothing is overwritten."""
import os
import shutil

from outside import BROKEN, DOCUMENTS, DONE, REFUSED, Folder
from stores import counts, database, dump, examples, new_store, sql


def entries(store):
    return sql(store, "SELECT count(*) FROM entry")[0][0]


def life(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"))
        check("an empty store verifies and dumps", program.run("verify", "--store", s).status == DONE and program.run("dump", "--store", s).status == DONE)
        first = program.run("import", "--store", s, "--json", DOCUMENTS)
        check("import of the examples: status 0, silent on stderr", first.status == DONE and not first.err, first)
        n = counts(first)
        check("it counts what was read, found, doubtful and refused", n["read"] == len(examples()) and n["refused"] == n["known"] == 0 and n["found"] > 100 and 0 <= n["doubtful"] < n["found"], n)
        content, journal = dump(program, s), entries(s)
        again = program.run("import", "--store", s, DOCUMENTS)
        check("import again: status 0", again.status == DONE, again)
        check("and in words, how many were known", str(len(examples())) in again.out, again.out)
        check("importing again changes nothing: the same dump", dump(program, s) == content)
        check("importing again changes nothing: no entry", entries(s) == journal, "%d, %d" % (journal, entries(s)))
        shutil.copy(os.path.join(DOCUMENTS, examples()[1]), f("another-name.md"))
        renamed = program.run("import", "--store", s, "--json", f("another-name.md"))
        check("the same bytes under another name are known", renamed.status == DONE and counts(renamed)["known"] == 1 and dump(program, s) == content, renamed)
        program.run("init", "--store", s)
        check("init of a store that is there leaves it as it is", dump(program, s) == content)
        verified = program.run("verify", "--store", s)
        check("verify: status 0, counts the entries", verified.status == DONE and str(journal) in verified.out, verified)
        check("the index may be thrown away", without_index(program, s, content))
        check("dump twice: the same bytes", dump(program, s) == content)
        check("every projected row says its table", {line.split("\t")[0] for line in content.splitlines()} >= {"document", "entity", "name", "fact"})


def without_index(program, s, content):
    """Losing the derived files loses nothing: the same answers, the same dump."""
    ask = ["match", "--store", s, "乡镇糖网筛查的相机", "--json"]
    before = program.run(*ask).out
    for name in os.listdir(s):
        if name.endswith(".index"):
            shutil.rmtree(os.path.join(s, name))
    return program.run(*ask).out == before != "" and dump(program, s) == content


def refused_among_others(check, program):
    with Folder() as f:
        for name in examples()[:3]:
            f.write("in/" + name, open(os.path.join(DOCUMENTS, name), "rb").read())
        f.write("in/a-empty.txt", b"")
        f.write("in/deep/b-noise.txt", bytes(range(256)) * 40)
        s = new_store(check, program, f("store"))
        ran = program.run("import", "--store", s, "--json", f("in"), f("not-there.txt"))
        check("some refused: status 1", ran.status == REFUSED, ran)
        check("counted", counts(ran)["read"] == 3 and counts(ran)["refused"] == 3, ran.out)
        lines = ran.err.splitlines()
        check("each refusal: its name and why", len(lines) == 3 and all(any(line.startswith(n) and ": " in line for line in lines) for n in ("a-empty.txt", "deep/b-noise.txt", "not-there.txt")), ran.err)
        check("the rest is in", sql(s, "SELECT count(*) FROM document")[0][0] == 3)


def rebuild(check, program):
    damages = {
        "facts deleted": ["DELETE FROM fact WHERE id % 2"],
        "facts rewritten": ["UPDATE fact SET value = 'nonsense', subject = subject + 1, confidence = 0.1"],
        "names rewritten": ["UPDATE name SET folded = 'x', initials = '', entity = 1"],
        "names emptied": ["DELETE FROM name"],
        "both tables dropped": ["DROP TABLE fact", "DROP TABLE name"],
        "entities deleted": ["DELETE FROM entity", "DELETE FROM redirect"],
        "rows that nobody wrote": ["INSERT INTO redirect SELECT id, id + 1, 'x', 'y', 1 FROM entity WHERE id NOT IN (SELECT gone FROM redirect) LIMIT 5"],
        "documents and passages deleted": ["DELETE FROM document", "DELETE FROM passage", "DELETE FROM reading"],
    }
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        content = dump(program, s)
        for what, statements in damages.items():
            sql(s, *statements)
            harmed = program.run("dump", "--store", s)
            check("%s: the dump shows it" % what, harmed.out != content)
            ran = program.run("rebuild", "--store", s)
            check("%s: rebuild ends with status 0" % what, ran.status == DONE, ran)
            check("%s: rebuild gives the same dump" % what, dump(program, s) == content)
        found = program.run("show", "--store", s, "汤岫白")
        check("after all that the register answers", found.status == DONE and "汤岫白" in found.out, found)
        check("and a need finds its answer", "明察" in program.run("match", "--store", s, "肺结节历年CT自动对比", "--want", "technology").out)


def copies(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        content = dump(program, s)
        ran = program.run("backup", "--store", s, f("copy.backup"))
        check("backup: status 0, one file", ran.status == DONE and os.path.isfile(f("copy.backup")), ran)
        ran = program.run("restore", "--store", f("other"), f("copy.backup"))
        check("restore: status 0", ran.status == DONE, ran)
        check("restore gives the same dump", dump(program, f("other")) == content)
        check("what was restored verifies", program.run("verify", "--store", f("other")).status == DONE)
        ran = program.run("match", "--store", f("other"), "糖网筛查", "--json")
        check("what was restored answers", ran.status == DONE and "澄眸" in ran.out, ran)
        new_store(check, program, f("busy"), os.path.join(DOCUMENTS, examples()[0]))
        before = dump(program, f("busy"))
        ran = program.run("restore", "--store", f("busy"), f("copy.backup"))
        check("restore refuses to overwrite", ran.status in (REFUSED, BROKEN) and ran.err.strip(), ran)
        check("and leaves what was there", dump(program, f("busy")) == before)
        ran = program.run("restore", "--store", f("third"), f.write("no.backup", b"something else" * 400))
        check("restore of what is no backup: refused", ran.status in (REFUSED, BROKEN) and "no.backup" in ran.err, ran)
        check("and makes no store", program.run("dump", "--store", f("third")).status != DONE)
        ran = program.run("backup", "--store", s, "/proc/yiqiao.backup")
        check("backup to where nothing can be written: refused", ran.status in (REFUSED, BROKEN) and ran.err.strip(), ran)


def strange_stores(check, program):
    with Folder() as f:
        newer = new_store(check, program, f("newer"), os.path.join(DOCUMENTS, examples()[0]))
        sql(newer, "UPDATE meta SET value = '9999' WHERE what = 'journal'")
        text = f.write("text/yiqiao.db", "this is a letter and no database\n" * 200)
        foreign = f("foreign.db")
        import sqlite3
        db = sqlite3.connect(foreign)
        db.execute("CREATE TABLE recipe (name TEXT)")
        db.execute("INSERT INTO recipe VALUES ('soup')")
        db.commit(), db.close()
        alone = program.run("init", "--store", f("made/alone.db"))
        check("a store may be one file", alone.status == DONE and os.path.isfile(f("made/alone.db")) and program.run("dump", "--store", f("made/alone.db")).status == DONE, alone)
        for what, store in (("a store of a newer version", newer), ("a text file", text), ("somebody else's database", foreign)):
            before = open(database(store), "rb").read()
            for name, words in (("dump", []), ("verify", []), ("import", [os.path.join(DOCUMENTS, examples()[2])]), ("rebuild", []), ("init", []), ("match", ["卒中"])):
                ran = program.run(name, "--store", store, *words)
                check("%s: %s ends with status 1 or 3 and words" % (what, name), ran.status in (REFUSED, BROKEN) and len(ran.err.strip()) > len(store) + 10, ran)
            check("%s is left as it was" % what, open(database(store), "rb").read() == before)
        check("newer is said", "newer" in program.run("dump", "--store", newer).err.replace(newer, ""))


SECTIONS = [life, refused_among_others, rebuild, copies, strange_stores]
