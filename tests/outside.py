"""What the tests that look at the program from outside share: running it under a watch, counting checks, a server to ask.

Standard library only. The program is a path; what it does is seen in its exit status, its two outputs, its files and its time and memory.
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
EXAMPLES = os.path.join(ROOT, "examples")
DOCUMENTS = os.path.join(EXAMPLES, "documents")
DONE, REFUSED, USAGE, BROKEN = 0, 1, 2, 3


class Checks:
    """Counts; says what failed and what was seen instead. A section that raises has failed, and the next one still runs."""

    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, what, true, seen=""):
        if true:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED %s%s" % (what, ": %s" % str(seen)[:600] if seen != "" else ""))
        return bool(true)

    def equal(self, what, seen, expected):
        return self(what, seen == expected, "expected %s, got %s" % (shorten(expected), shorten(seen)))

    def section(self, function, *args):
        began = time.monotonic()
        try:
            function(self, *args)
        except Exception:  # whatever it was, the others must still run
            self.failed += 1
            print("FAILED %s could not be finished" % function.__name__)
            traceback.print_exc(file=sys.stdout)
        print("%s: %.1f s" % (function.__name__, time.monotonic() - began), flush=True)

    def close(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed or not self.passed else 0


def shorten(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 280 else text[:280] + "…"


class Result:
    """How a run ended. status is negative when a signal ended it. seconds are those of the processor, of the program and its children: waiting for
    others on a busy machine is not the program's doing, and a program that hangs is ended by the timeout. megabytes: the most that those there at one time had
    taken by then, added."""

    def __init__(self, status, out, err, seconds, megabytes):
        self.status, self.out, self.err, self.seconds, self.megabytes = status, out, err, seconds, megabytes

    def __str__(self):
        return "status %d, out %s, err %s" % (self.status, shorten(self.out), shorten(self.err))


def family(pid):
    """The process and its descendants, as far as they are there."""
    found = [pid]
    try:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/children" % (pid, task)) as f:
                for child in f.read().split():
                    found += family(int(child))
    except OSError:
        pass
    return found


class Watch:
    """Looks at a process and all that it starts, since what a reader in its cage uses is counted nowhere else."""

    TICK = os.sysconf("SC_CLK_TCK")

    def __init__(self, pid):
        self.pid, self.most, self.times, self.over = pid, 0, {}, threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.over.wait(0.04):
            together = 0
            for pid in family(self.pid):
                try:
                    with open("/proc/%d/status" % pid) as f:
                        together += sum(int(line.split()[1]) / 1024 for line in f if line.startswith("VmHWM"))
                    with open("/proc/%d/stat" % pid) as f:
                        fields = f.read().rsplit(")", 1)[1].split()
                    self.times[pid] = (int(fields[11]) + int(fields[12])) / self.TICK
                except (OSError, IndexError):
                    pass
            self.most = max(self.most, together)

    def end(self):
        self.over.set()
        self.thread.join()
        return sum(self.times.values()), self.most


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        with open(self.path, "rb") as f:
            self.sanitized = b"__asan_init" in f.read()
        # A sanitizer pays for its checks in time, and for its shadow and quarantine in memory.
        self.patience = 8 if self.sanitized else 1
        self.fat = 4 if self.sanitized else 1

    def start(self, *args, **more):
        return subprocess.Popen([self.path, *args], stdin=subprocess.DEVNULL, **more)

    def run(self, *args, timeout=60, env=None, cwd=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = self.start(*args, stdout=out, stderr=err, cwd=cwd, env=dict(os.environ, **(env or {})))
            alarm = threading.Timer(timeout * self.patience, child.kill)
            alarm.start()
            watch = Watch(child.pid)
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
            seconds, megabytes = watch.end()
            child.wait()
            alarm.cancel()
            out.seek(0), err.seek(0)
            return Result(child.returncode, out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace"),
                          seconds, megabytes)


class Folder:
    """A temporary folder: with Folder() as f: f("name") is a path in it, f.write("name", text or bytes) makes a file."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="yiqiao-")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def __call__(self, *names):
        return os.path.join(self.path, *names)

    def write(self, name, content):
        path = self(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode())
        return path


def read_json(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


class Server:
    """`yiqiao serve` on a free port, from its first word to its end."""

    def __init__(self, program, store, port=0):
        began = time.monotonic()
        self.errors = tempfile.TemporaryFile()
        self.child = program.start("serve", "--store", store, "--port", str(port), stdout=subprocess.PIPE, stderr=self.errors)
        alarm = threading.Timer(30 * program.patience, self.child.kill)
        alarm.start()
        line = self.child.stdout.readline().decode("utf-8", "replace")
        alarm.cancel()
        self.seconds = time.monotonic() - began
        found = re.search(r"http://[^:/]+:(\d+)", line)
        if not found:
            self.child.kill()
            self.child.wait()
            raise RuntimeError("serve did not say where it listens: %r %s" % (line, self.said()))
        self.port = int(found.group(1))

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def alive(self):
        return self.child.poll() is None

    def stop(self, timeout=30):
        """SIGTERM; the exit status and how long it took. None: it had to be killed."""
        began = time.monotonic()
        if self.alive():
            self.child.send_signal(signal.SIGTERM)
        try:
            status = self.child.wait(timeout)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            status = None
        self.child.stdout.close()
        return status, time.monotonic() - began

    def raw(self, data, timeout=10):
        """Sends bytes as they are; what comes back until the peer closes, or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as s:
            parts = []
            try:
                s.sendall(data)
                while True:
                    part = s.recv(65536)
                    if not part:
                        break
                    parts.append(part)
            except OSError:
                pass
            return b"".join(parts)
