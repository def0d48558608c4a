"""Wrong usage ends with status 2 and words on stderr; help is on stdout; a broken environment ends with status 3."""
import os

from outside import BROKEN, DONE, USAGE, Folder

COMMANDS = ["init", "import", "serve", "match", "ways", "show", "kinds", "extract", "rank", "tagger", "export", "verify", "rebuild", "dump", "backup", "restore"]
WRONG = [
    ("no command", []),
    ("a command that is not there", ["fly"]),
    ("an option that is not there", ["verify", "--deeply"]),
    ("an option of another command", ["verify", "--top", "3"]),
    ("an option without its value", ["verify", "--store"]),
    ("import without a path", ["import"]),
    ("kinds of two folders", ["kinds", "a", "b"]),
    ("kinds of a store", ["kinds", "--store", "s"]),
    ("show without a name", ["show"]),
    ("show with two names", ["show", "a", "b"]),
    ("extract without --out", ["extract", "a.txt"]),
    ("extract without a file", ["extract", "--out", "o"]),
    ("match without a need", ["match"]),
    ("match --needs without --out", ["match", "--needs", "needs.json"]),
    ("match with an unknown kind", ["match", "x", "--want", "animal"]),
    ("match --top 0", ["match", "x", "--top", "0"]),
    ("match --top three", ["match", "x", "--top", "three"]),
    ("rank without a corpus", ["rank", "--queries", "q", "--out", "o"]),
    ("rank without queries", ["rank", "--corpus", "c", "--out", "o"]),
    ("rank --by colour", ["rank", "--corpus", "c", "--queries", "q", "--out", "o", "--by", "colour"]),
    ("export of nothing", ["export"]),
    ("backup without a file", ["backup"]),
    ("restore without a file", ["restore"]),
    ("serve on port 99999", ["serve", "--port", "99999"]),
    ("serve on port x", ["serve", "--port", "x"]),
]


def wrong_usage(check, program):
    with Folder() as f:
        os.mkdir(f("data"))
        program.run("init", "--store", f("data"))
        for what, words in WRONG:
            ran = program.run(*words, cwd=f.path, timeout=20)
            check(what + ": status 2", ran.status == USAGE, ran)
            check(what + ": says so on stderr", ran.err.strip() and not ran.out, ran)
        check("wrong usage makes no file", os.listdir(f.path) == ["data"], os.listdir(f.path))


def helps(check, program):
    general = program.run("--help")
    check("--help: status 0, on stdout", general.status == DONE and not general.err, general)
    for name in COMMANDS:
        check("--help names %s" % name, name in general.out.split())
        ran = program.run(name, "--help")
        check("%s --help: status 0, says how" % name, ran.status == DONE and "yiqiao %s" % name in ran.out, ran)
    version = program.run("--version")
    check("--version", version.status == DONE and any(c.isdigit() for c in version.out), version)


def broken_environment(check, program):
    """A place where nothing can be written ends with status 3 and the place's name, whoever runs the test."""
    with Folder() as f:
        document = f.write("a.txt", "澜州市中心医院院长周岚作报告。")
        plain = f.write("plain", "a file, no folder")
        closed = f("closed")
        os.mkdir(closed)
        os.chmod(closed, 0o555)
        places = ["/proc/yiqiao/store", plain + "/store"] + ([closed + "/store"] if os.geteuid() else [])
        for place in places:
            ran = program.run("init", "--store", place)
            check("init in %s: status 3" % place, ran.status == BROKEN, ran)
            check("init in %s: names the place" % place, place in ran.err, ran)
            ran = program.run("extract", document, "--out", place)
            check("extract to %s: status 3" % place, ran.status == BROKEN, ran)
            check("extract to %s: says why" % place, ran.err.strip(), ran)
        for name in ("import", "verify", "dump", "rebuild", "match", "show"):
            ran = program.run(name, "--store", f("nowhere"), *{"import": [document], "match": ["卒中"], "show": ["周岚"]}.get(name, []))
            check("%s without a store: status 1 or 3" % name, ran.status in (1, BROKEN), ran)
            check("%s without a store: says where, and does not make one" % name, "nowhere" in ran.err and not os.path.exists(f("nowhere")), ran)
        os.chmod(closed, 0o755)


def default_store(check, program):
    with Folder() as f:
        ran = program.run("init", env={"YIQIAO_DATA": f("there")}, cwd=f.path)
        check("YIQIAO_DATA says where the store lies", ran.status == DONE and os.listdir(f.path) == ["there"] and os.path.isdir(f("there")), (ran.err, os.listdir(f.path)))
        ran = program.run("init", env={"YIQIAO_DATA": ""}, cwd=f.path)
        check("without it, in the folder data here", ran.status == DONE and sorted(os.listdir(f.path)) == ["data", "there"] and "yiqiao.db" in os.listdir(f("data")), (ran.err, os.listdir(f.path)))


SECTIONS = [wrong_usage, helps, broken_environment, default_store]
