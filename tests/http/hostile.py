"""What a server meets: other origins, broken and endless requests, silence, and paths that lead out."""
import socket
import time

STATUS = b"GET /api/v1/status HTTP/1.1\r\n"


def first_line(data):
    return data.split(b"\r\n", 1)[0].decode("latin-1")


def code(data):
    parts = first_line(data).split(" ")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def other_origins(check, client):
    port = client.server.port
    here = "localhost:%d" % port
    for what, headers, expected in (
            ("our own names", {"Host": here}, 200), ("127.0.0.1", {"Host": "127.0.0.1:%d" % port}, 200), ("another host (DNS rebinding)", {"Host": "evil.example"}, 403),
            ("a host that begins like ours", {"Host": "localhost.evil.example"}, 403), ("the page itself as origin", {"Host": here, "Origin": "http://" + here}, 200),
            ("another page as origin", {"Host": here, "Origin": "https://evil.example"}, 403), ("a file as origin", {"Host": here, "Origin": "null"}, 403),
            ("another port as origin", {"Host": here, "Origin": "http://localhost:1"}, 403)):
        client.ask(check, "asked with %s" % what, "GET", "/api/v1/status", expected, headers=headers)
    before = client.get("/status")["counts"]
    client.ask(check, "an upload by another page", "POST", "/api/v1/documents?name=evil.txt", 403, "澜州市中心医院院长周岚作报告。".encode(), {"Origin": "https://evil.example"})
    check.equal("and nothing was written", client.get("/status")["counts"], before)
    check("without a host: refused", code(client.server.raw(b"GET /api/v1/status HTTP/1.0\r\n\r\n")) in (400, 403))


def ways_out(check, client):
    for path in ("/../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/api/v1/../../../etc/passwd", "//etc/passwd", "/api/v1/documents/..%2f..%2fetc%2fpasswd",
                 "/desk/../yiqiao.db", "/yiqiao.db", "/%00", "/index.html%00.js", "/\\..\\..\\etc\\passwd"):
        answer = client.server.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        check("%s leads nowhere" % path, b"root:" not in answer and b"SQLite format" not in answer and code(answer) in (200, 400, 404), first_line(answer))


def broken_requests(check, client):
    for what, data in (("noise", bytes(range(256)) * 20), ("no version", b"GET /\r\n\r\n"), ("no path", b"GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"), ("a star for a path", b"GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                       ("a word for a path", b"GET documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), ("OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                       ("a whole address", b"GET http://localhost/api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                       ("CONNECT", b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), ("a negative length", b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n"),
                       ("a length beyond all", b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n"),
                       ("two lengths", b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{\"a\":"),
                       ("broken chunks", b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
                       ("a hundred query words", b"GET /api/v1/entities?" + b"&".join(b"a%d=1" % i for i in range(100)) + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                       ("broken escapes", b"GET /api/v1/entities?q=%zz%4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")):
        answer = client.server.raw(data, timeout=3)
        check("%s: an answer or a closed line, and no 500" % what, code(answer) not in (500, 501) or what == "CONNECT", first_line(answer))
        check("%s: the server is still there" % what, client.server.alive() and client.request("GET", "/api/v1/status").status == 200)


def endless_headers(check, client):
    for what, data in (("one header of 1 MB", STATUS + b"Host: localhost\r\nX-Long: " + b"a" * (1 << 20) + b"\r\n\r\n"), ("100,000 headers", STATUS + b"Host: localhost\r\n" + b"X-A: b\r\n" * 100000 + b"\r\n"),
                       ("an address of 1 MB", b"GET /api/v1/entities?q=" + b"a" * (1 << 20) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")):
        answer = client.server.raw(data)
        check("%s: 431, 414, 413 or closed" % what, code(answer) in (0, 400, 413, 414, 431), first_line(answer))
        check("%s: the server goes on" % what, client.request("GET", "/api/v1/status").status == 200)


def silence(check, client):
    """Half a request and then nothing, twenty times: others are answered as before."""
    halves = [STATUS, b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n{\"text\": \"", b"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc", b""]
    open_ones = [socket.create_connection(("127.0.0.1", client.server.port)) for _ in range(20)]
    try:
        for i, s in enumerate(open_ones):
            s.sendall(halves[i % 4])
        slowest = 0.0
        for i in range(10):
            began = time.monotonic()
            check("answered beside silent clients", client.match("糖网筛查").status == 200)
            slowest = max(slowest, time.monotonic() - began)
        check("none of these waited 1 s", slowest < 1 * client.timeout / 30, slowest)
    finally:
        for s in open_ones:
            s.close()


def gone_before_the_answer(check, client):
    """Clients that ask and hang up at once."""
    body = '{"text": "糖尿病病人眼底没人看，想找能下乡筛查的设备"}'.encode()
    for _ in range(60):
        with socket.create_connection(("127.0.0.1", client.server.port)) as s:
            s.sendall(b"POST /api/v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    check("sixty hung up, the next is answered", client.match("糖网筛查").status == 200)


def one_line_for_many(check, client):
    """Requests one after the other on one connection, and several sent before the first answer."""
    one = b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answer = client.server.raw(one * 4 + last)
    check("five requests on one line: five answers", answer.count(b"HTTP/1.1 200") == 5, answer.count(b"HTTP/1.1"))


def memory(check, client):
    """After all this, the server holds no more than a small machine has to spare."""
    with open("/proc/%d/status" % client.server.child.pid) as f:
        peak = next(int(line.split()[1]) // 1024 for line in f if line.startswith("VmHWM"))
    print("  the server's peak: %d MB" % peak)
    check("the server never held more than 512 MB", peak < 512 * (4 if client.timeout > 30 else 1), peak)


SECTIONS = [other_origins, ways_out, broken_requests, endless_headers, silence, gone_before_the_answer, one_line_for_many, memory]
