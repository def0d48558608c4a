#!/usr/bin/env python3
"""The figures a user feels, on the example: bench/figures.py PROGRAM

start     milliseconds from the start of `serve` on an existing store until the API answers (bar 100)
idle      resident MB of that server before the first question (bar 64)
match     milliseconds of a match at the API, median and 99th percentile over 200 questions (bar 20)
import    short documents a second, 10,000 of them, end to end at synchronous=FULL (bar 100); --documents N for fewer
together  99th percentile of a match alone, and with 8 readers while 1,000 documents are imported; refused or locked requests (bar: at most 3 times, none)

Standard library only. `--only start,match` chooses; `--check` ends with a line of passed and failed bars."""
import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "examples")
NEEDS = [n["text"] for n in json.load(open(os.path.join(EXAMPLES, "needs.json"), encoding="utf-8"))]
BARS = {"start_ms": (100, "max"), "idle_mb": (64, "max"), "match_p50_ms": (20, "max"), "import_per_s": (100, "min"), "together_ratio": (3, "max"),
        "together_errors": (0, "max")}


class Server:
    """`serve` on a store, ended at the end of the block."""

    def __init__(self, program, store):
        self.begun = time.monotonic()
        self.process = subprocess.Popen([program, "serve", "--store", store, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        found = re.search(r":(\d+)", line)
        if not found:
            sys.exit("serve did not start: " + line)
        self.port = int(found.group(1))
        self.ask("GET", "/api/v1/status")
        self.start_ms = (time.monotonic() - self.begun) * 1000

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, body=None, connection=None):
        c = connection or self.connection()
        c.request(method, path, json.dumps(body) if body is not None else None)
        r = c.getresponse()
        data = r.read()
        if r.status != 200:
            raise RuntimeError("%d %s" % (r.status, data[:200]))
        return data

    def resident_mb(self):
        text = open("/proc/%d/status" % self.process.pid).read()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def example_store(program, folder):
    store = os.path.join(folder, "example")
    subprocess.run([program, "init", "--store", store], check=True)
    subprocess.run([program, "import", "--store", store, os.path.join(EXAMPLES, "documents")], check=False, stdout=subprocess.DEVNULL)
    return store


def percentile(values, p):
    return sorted(values)[min(len(values) - 1, int(len(values) * p / 100))]


def time_matches(server, n, stop=None):
    times, connection = [], server.connection()
    for i in range(n):
        if stop and stop.is_set():
            break
        begun = time.monotonic()
        server.ask("POST", "/api/v1/match", {"text": NEEDS[i % len(NEEDS)]}, connection)
        times.append((time.monotonic() - begun) * 1000)
    return times


def short_documents(folder, n, seed):
    """News of two sentences with made-up people and hospitals."""
    r = random.Random(seed)
    family, given = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "文静海涛砚舟景行若棠清和南乔书玮佩兰予安一诺仲宁未央"
    places, kinds = ["澄河", "临浦", "阳溪", "青岭", "望川", "白石"], ["人民医院", "中心医院", "中医医院", "妇幼保健院"]
    topics = ["肺结节", "房颤", "糖网筛查", "卒中急救", "骨科机器人", "透析低血压", "早产儿眼底", "CAR-T", "胰腺癌早筛"]
    os.makedirs(folder, exist_ok=True)
    for i in range(n):
        name = r.choice(family) + r.choice(given) + r.choice(given)
        hospital = r.choice(places) + "市" + r.choice(kinds)
        topic = r.choice(topics)
        with open(os.path.join(folder, "%05d.txt" % i), "w", encoding="utf-8") as h:
            h.write("%s举行%s研讨会\n2025年%d月%d日，%s主任医师%s在会上作《%s的临床进展（%d）》报告。会议由%s主办，来自%d家医院的医生参加。\n"
                    % (hospital, topic, r.randint(1, 12), r.randint(1, 28), hospital, name, topic, i, hospital, r.randint(3, 40)))


def measure_import(program, folder, n):
    store, documents = os.path.join(folder, "import"), os.path.join(folder, "short")
    short_documents(documents, n, 1)
    subprocess.run([program, "init", "--store", store], check=True)
    begun = time.monotonic()
    subprocess.run([program, "import", "--store", store, documents], check=True, stdout=subprocess.DEVNULL)
    return n / (time.monotonic() - begun)


def measure_together(program, folder, store):
    documents, errors, times = os.path.join(folder, "more"), [], []
    short_documents(documents, 1000, 2)
    with Server(program, store) as server:
        time_matches(server, 50)
        alone = percentile(time_matches(server, 400), 99)
        stop = threading.Event()

        def reader():
            try:
                while not stop.is_set():
                    times.extend(time_matches(server, 20, stop))
            except Exception as e:  # counted, and shown
                errors.append(str(e))
        threads = [threading.Thread(target=reader) for _ in range(8)]
        eight_alone = []
        for t in threads:
            t.start()
        time.sleep(3)
        eight_alone, times[:] = list(times), []
        run = subprocess.run([program, "import", "--store", store, documents], capture_output=True, text=True)
        if run.returncode:
            errors.append(run.stderr[-200:])
        stop.set()
        for t in threads:
            t.join()
    return alone, percentile(eight_alone, 99), percentile(times, 99), errors


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--only", default="start,match,import,together")
    ap.add_argument("--documents", type=int, default=10000)
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    a.program = os.path.abspath(a.program)
    only, figures = a.only.split(","), {}
    with tempfile.TemporaryDirectory() as folder:
        store = example_store(a.program, folder)
        if "start" in only:
            starts = []
            for _ in range(5):
                with Server(a.program, store) as s:
                    starts.append(s.start_ms)
                    figures["idle_mb"] = s.resident_mb()
            figures["start_ms"] = statistics.median(starts)
        if "match" in only:
            with Server(a.program, store) as s:
                time_matches(s, 50)
                times = time_matches(s, 200)
                figures["match_p50_ms"], figures["match_p99_ms"] = statistics.median(times), percentile(times, 99)
        if "import" in only:
            figures["import_per_s"] = measure_import(a.program, folder, a.documents)
        if "together" in only:
            alone, eight, p99, errors = measure_together(a.program, folder, store)
            figures.update(alone_p99_ms=alone, eight_p99_ms=eight, together_p99_ms=p99, together_ratio=p99 / eight, together_errors=len(errors))
            for e in errors[:5]:
                print("error: " + e)
    passed = failed = 0
    for name, value in figures.items():
        bar, way = BARS.get(name, (None, None))
        good = bar is None or (value <= bar if way == "max" else value >= bar)
        passed, failed = passed + (bar is not None and good), failed + (not good)
        print("%-18s %10.2f %s" % (name, value, "" if bar is None else "bar %s %g: %s" % (way, bar, "reached" if good else "below")))
    if a.check:
        print("%d passed, %d failed" % (passed, failed))
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
