"""import --watch: what comes into a folder is in the register soon after, whole, whoever writes the store, until it is stopped."""
import os
import shutil
import signal
import subprocess
import time

from outside import DOCUMENTS, DONE, REFUSED, Folder, Server
from stores import examples, new_store, sql

TEXT = "%s医院院长周岚作《卒中绿道》报告。\n"


class Watcher:
    def __init__(self, program, store, *paths):
        self.program = program
        self.child = program.start("import", "--watch", "--json", "--store", store, *paths, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.first = self.child.stdout.readline()

    def end(self):
        self.child.send_signal(signal.SIGINT)
        try:
            out, err = self.child.communicate(timeout=60 * self.program.patience)
        except subprocess.TimeoutExpired:
            self.child.kill()
            out, err = self.child.communicate()
            return None, out.decode(), err.decode()
        return self.child.returncode, out.decode(), err.decode()


def names(store):
    return sorted(row[0] for row in sql(store, "SELECT name FROM document"))


def wait_for(program, store, expected, seconds=30):
    """Until the store holds these documents; what it holds then."""
    until = time.monotonic() + seconds * program.patience
    while names(store) != expected and time.monotonic() < until:
        time.sleep(0.1)
    return names(store)


def alone(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"))
        f.write("in/first.txt", TEXT % "甲")
        watcher = Watcher(program, s, f("in"))
        check.equal("what is there is read first", names(s), ["first.txt"])
        f.write("in/second.txt", TEXT % "乙")
        check.equal("a new file", wait_for(program, s, ["first.txt", "second.txt"]), ["first.txt", "second.txt"])
        with open(f("in/slow.txt"), "w") as slow:
            slow.write(TEXT % "丙")
            slow.flush()
            f.write("tmp.txt", TEXT % "丁")
            os.makedirs(f("in/sub/below"))
            os.rename(f("tmp.txt"), f("in/sub/below/moved.txt"))
            f.write("in/.hidden.txt", "x"), f.write("in/~$first.docx", "x"), f.write("in/half.txt.part", "x")
            expected = ["first.txt", "second.txt", "sub/below/moved.txt"]
            check.equal("one moved into a new folder; not one that is still written, hidden or passing", wait_for(program, s, expected), expected)
            time.sleep(2.5)
            check.equal("and not while it stays open", names(s), expected)
            slow.write(TEXT % "戊")
        expected = sorted(expected + ["slow.txt"])
        check.equal("once it is closed", wait_for(program, s, expected), expected)
        clean = sql(s, "SELECT count(*) FROM reading WHERE clean LIKE '%丙%' AND clean LIKE '%戊%'")
        check.equal("it is whole", clean, [(1,)])
        f.write("in/sub/below/moved.txt", TEXT % "己")
        until = time.monotonic() + 30 * program.patience
        while not sql(s, "SELECT 1 FROM reading WHERE clean LIKE '%己%'") and time.monotonic() < until:
            time.sleep(0.1)
        check.equal("a changed one is read again, as the same document", names(s), expected)
        f.write("in/empty.txt", "")
        time.sleep(3)
        status, out, err = watcher.end()
        check("Ctrl-C ends it with status 0", status == DONE, (status, out, err))
        check("what was refused was said, once", err == "empty.txt: the file is empty\n", err)
        again = program.run("import", "--store", s, "--json", f("in"))
        check("importing the folder afterwards finds all of it known", '"read":0' in again.out and again.status == REFUSED, again)
        check("and the journal verifies", program.run("verify", "--store", s).status == DONE)


def beside_a_server(check, program):
    """With a server on the store the server writes; it may come and go meanwhile."""
    with Folder() as f:
        s = new_store(check, program, f("store"))
        os.makedirs(f("in"))
        watcher = Watcher(program, s, f("in"))
        server = Server(program, s)
        shutil.copy(os.path.join(DOCUMENTS, examples()[0]), f("in"))
        expected = [examples()[0]]
        check.equal("read by the server that was started later", wait_for(program, s, expected), expected)
        os.makedirs(f("in/deep"))
        shutil.copy(os.path.join(DOCUMENTS, examples()[1]), f("in/deep"))
        expected = sorted(expected + ["deep/" + examples()[1]])
        check.equal("under its name with its folders", wait_for(program, s, expected), expected)
        check("the server ends well", server.stop() is not None)
        shutil.copy(os.path.join(DOCUMENTS, examples()[2]), f("in"))
        expected = sorted(expected + [examples()[2]])
        check.equal("and alone again", wait_for(program, s, expected), expected)
        status, out, err = watcher.end()
        check("ended", status == DONE and not err, (status, out, err))


def refused(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"))
        ran = program.run("import", "--watch", "--store", s, f("nowhere"))
        check("a folder that is not there: said, and ended", ran.status == REFUSED and "nowhere is not there" in ran.err, ran)


SECTIONS = [alone, beside_a_server, refused]
