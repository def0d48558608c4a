"""Interrupted, killed and simultaneous writers: the journal stays whole, and running the same again ends where an undisturbed run ends."""
import os
import signal
import subprocess
import threading
import time

from outside import BROKEN, DOCUMENTS, DONE, REFUSED, Folder, Server
from stores import content, counts, many, new_store, sql

ALL, TRIGGER = 200, 60


def interrupted(program, store, folder, number):
    """Starts the import and sends the signal as soon as the empty file in the middle is refused; the exit status and what was said."""
    child = program.start("import", "--store", store, folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    alarm = threading.Timer(120 * program.patience, child.kill)
    alarm.start()
    first = child.stderr.readline()
    child.send_signal(number)
    out, err = child.communicate()
    alarm.cancel()
    return child.returncode, out.decode("utf-8", "replace"), (first + err).decode("utf-8", "replace")


def documents(store):
    return sql(store, "SELECT count(*) FROM document")[0][0]


def stopped_and_taken_up_again(check, program):
    with Folder() as f:
        papers = many(f, ALL, TRIGGER)
        whole = new_store(check, program, f("whole"))
        ran = program.run("import", "--store", whole, papers, timeout=300)
        check("the undisturbed import reads all but the empty file", ran.status == REFUSED and documents(whole) == ALL, ran)
        expected = content(program, whole, f)
        for name, number in (("Ctrl-C", signal.SIGINT), ("SIGTERM", signal.SIGTERM), ("kill -9", signal.SIGKILL)):
            s = new_store(check, program, f(name))
            status, out, err = interrupted(program, s, papers, number)
            there = documents(s)
            check("%s: it was in the middle" % name, there < ALL, "%d documents" % there)
            if number == signal.SIGKILL:
                check("%s: ended by the signal" % name, status == -signal.SIGKILL, status)
            else:
                check("%s: ends by itself, says how to go on" % name, status in (REFUSED, 128 + number) and "again" in out + err, (status, out, err))
            ran = program.run("verify", "--store", s)
            check("%s: the journal verifies" % name, ran.status == DONE, ran)
            ran = program.run("import", "--store", s, "--json", papers, timeout=300)
            n = counts(ran)
            check("%s: again, and it goes on" % name, ran.status == REFUSED and n["read"] == ALL - there and n["known"] == there, ran)
            check.equal("%s: then the store holds what an undisturbed one holds" % name, content(program, s, f), expected)
            check("%s: and verifies" % name, program.run("verify", "--store", s).status == DONE)


def killed_many_times(check, program):
    """Killed at any moment of a small import: what was said to be in is in, and the journal is whole."""
    with Folder() as f:
        papers = many(f, 60)
        whole, s = new_store(check, program, f("whole")), new_store(check, program, f("store"))
        began = time.monotonic()
        program.run("import", "--store", whole, papers)
        lasts = time.monotonic() - began
        for i in range(8):
            child = program.start("import", "--store", s, papers, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(lasts * (i + 1) / 9)
            child.kill()
            child.wait()
            ran = program.run("verify", "--store", s)
            check("killed after %d ninths: verifies" % (i + 1), ran.status == DONE, ran)
        program.run("import", "--store", s, papers)
        check.equal("killed eight times: the same content at last", content(program, s, f), content(program, whole, f))


def two_writers(check, program):
    with Folder() as f:
        papers = many(f, 2 * ALL, TRIGGER)
        s = new_store(check, program, f("store"))
        child = program.start("import", "--store", s, papers, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        child.stderr.readline()
        second = program.run("import", "--store", s, DOCUMENTS, timeout=60)
        rebuilt = program.run("rebuild", "--store", s)
        asked = program.run("match", "--store", s, "卒中绿道", "--json")
        dumped = program.run("verify", "--store", s)
        still = child.poll() is None
        child.communicate()
        check("the first was still writing", still)
        for what, ran in (("import", second), ("rebuild", rebuilt)):
            check("a second writer (%s) is refused and told who writes" % what, ran.status in (REFUSED, BROKEN) and str(child.pid) in ran.err, ran)
        check("beside a writer one may ask", asked.status == DONE, asked)
        check("beside a writer one may verify", dumped.status == DONE, dumped)
        check("the first comes to its end", child.returncode == REFUSED and documents(s) == 2 * ALL, child.returncode)


def handed_over(check, program):
    """With a server running, import on the command line is its work: the same counts, the same refusals, the same content."""
    with Folder() as f:
        f.write("bad/a-empty.txt", b"")
        alone = new_store(check, program, f("alone"))
        expected = program.run("import", "--store", alone, "--json", f("bad"), DOCUMENTS)
        s = new_store(check, program, f("store"))
        server = Server(program, s)
        try:
            ran = program.run("import", "--store", s, "--json", f("bad"), DOCUMENTS)
            check("handed over: status 1 for the refused one", ran.status == expected.status == REFUSED, ran)
            check.equal("handed over: the same counts", counts(ran), counts(expected))
            check.equal("handed over: the same refusal", ran.err, expected.err)
            again = program.run("import", "--store", s, "--json", DOCUMENTS)
            check("handed over again: all known, status 0", again.status == DONE and counts(again)["known"] == len(os.listdir(DOCUMENTS)), again)
            here = program.run("import", "--store", s, "--json", "documents", cwd=os.path.dirname(DOCUMENTS))
            check("handed over: a path is meant from where it was written", here.status == DONE and counts(here)["known"] == len(os.listdir(DOCUMENTS)), here)
            second = program.run("serve", "--store", s, "--port", "0", timeout=20)
            check("a second server on the same store is refused", second.status in (REFUSED, BROKEN) and str(server.child.pid) in second.err, second)
        finally:
            status, _ = server.stop()
        check("the server ends cleanly", status == DONE, status)
        check.equal("handed over: the same content", content(program, s, f), content(program, alone, f))


SECTIONS = [stopped_and_taken_up_again, killed_many_times, two_writers, handed_over]
