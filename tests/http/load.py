"""Many at once: nobody waits long, nobody gets another's answer, and readers go on while others write."""
import json
import threading
import time

from stores import document

TEXTS = ["肺结节随访软件", "人工耳蜗远程调试", "骨科机器人", "糖网筛查", "remote cochlear programming", "糖尿病足复发预警", "概念验证基金", "冷冻切片远程判读", "康复手套", "investor"]


def at_once(n, work):
    """work(i) in n threads; what each returned or raised."""
    results = [None] * n

    def one(i):
        try:
            results[i] = work(i)
        except Exception as e:  # the check wants to see it
            results[i] = e

    threads = [threading.Thread(target=one, args=(i,)) for i in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results


def fifty_needs(check, client):
    alone = {text: client.match(text).json() for text in TEXTS}
    began = time.monotonic()
    answers = at_once(50, lambda i: client.match(TEXTS[i % len(TEXTS)]))
    seconds = time.monotonic() - began
    check("fifty needs at once: all answered", all(getattr(a, "status", 0) == 200 for a in answers), [str(a)[:80] for a in answers if getattr(a, "status", 0) != 200][:3])
    check("each gets the answer to its own question", all(a.json() == alone[TEXTS[i % len(TEXTS)]] for i, a in enumerate(answers) if getattr(a, "status", 0) == 200))
    check("within 5 s", seconds < 5 * client.timeout / 30, seconds)


def reading_while_others_write(check, client):
    """Uploads, good ones and refused ones, in one thread; readers in others."""
    done = threading.Event()
    slowest, wrong, reads = [0.0], [], [0]

    def read(i):
        while not done.is_set():
            began = time.monotonic()
            path = ("/entities?q=zhou", "/documents?limit=50", "/status")[reads[0] % 3]
            answers = [client.match(TEXTS[i]), client.request("GET", "/api/v1" + path)]
            slowest[0] = max(slowest[0], time.monotonic() - began)
            reads[0] += 1
            wrong.extend(str(a) for a in answers if a.status != 200)

    readers = [threading.Thread(target=read, args=(i,)) for i in range(4)]
    for t in readers:
        t.start()
    before = client.get("/status")["counts"]["documents"]
    outcomes = [client.upload("upload-%d.txt" % i, document(1000 + i).encode() if i % 4 else b"").status for i in range(24)]
    done.set()
    for t in readers:
        t.join()
    check("the good are read, the empty refused", outcomes == [422 if i % 4 == 0 else 200 for i in range(24)], outcomes)
    check("readers were answered all the while", reads[0] >= 8 and not wrong, (reads[0], wrong[:3]))
    check("none waited longer than 2 s for two answers", slowest[0] < 2 * client.timeout / 30, slowest[0])
    check("all are there", client.get("/status")["counts"]["documents"] == before + 18)


def writers_at_once(check, client):
    before = client.get("/status")["counts"]["documents"]
    statuses = at_once(12, lambda i: client.upload("same-%d.txt" % (i % 6), document(2000 + i % 6).encode()).json().get("outcome"))
    check("the same documents twice at once: new once, known once", sorted(map(str, statuses)) == ["known"] * 6 + ["new"] * 6, statuses)
    check("six more", client.get("/status")["counts"]["documents"] == before + 6)


def reading_while_writers_wait(check, client):
    """Eight large uploads at once wait for each other; who only reads waits for none of them."""
    large = ["\n".join(document(3000 + i * 40 + k) for k in range(40)).encode() for i in range(8)]
    results = []
    writers = [threading.Thread(target=lambda i=i: results.append(client.upload("large-%d.txt" % i, large[i]).status)) for i in range(8)]
    for t in writers:
        t.start()
    slowest, reads = 0.0, 0
    while any(t.is_alive() for t in writers) or reads < 5:
        began = time.monotonic()
        check("a reader beside waiting writers is answered", client.match(TEXTS[reads % len(TEXTS)]).status == 200)
        slowest, reads = max(slowest, time.monotonic() - began), reads + 1
    check("all were read", results == [200] * 8, results)
    check("no reader waited 1 s for the writers", slowest < 1 * client.timeout / 30, slowest)


SECTIONS = [fifty_needs, reading_while_others_write, writers_at_once, reading_while_writers_wait]
