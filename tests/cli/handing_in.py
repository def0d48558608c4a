"""Files handed in to a server are on the disk once it has answered: kill -9 loses none, the next start goes on."""
import json
import os
import urllib.request

from outside import DONE, Folder, Server
from stores import new_store, sql

FILES = 60


def hand_in(server, i):
    request = urllib.request.Request("http://127.0.0.1:%d/api/v1/jobs/uploads?name=in/%d.txt" % (server.port, i), data=("澜州市中心医院第%d号公告：院长周岚到会。\n" % i).encode())
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status


def uploads(server):
    with urllib.request.urlopen("http://127.0.0.1:%d/api/v1/jobs/uploads" % server.port, timeout=20) as answer:
        return json.load(answer)["items"]


def wait_for(server, seconds=60):
    import time
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(i["state"] in ("waiting", "reading") for i in uploads(server)):
        time.sleep(0.1)
    return uploads(server)


def killed(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"))
        server = Server(program, s)
        check("60 files are taken", all(hand_in(server, i) == 202 for i in range(FILES)))
        server.child.kill()
        server.child.wait()
        inbox = next(os.path.join(s, name) for name in os.listdir(s) if name.endswith(".inbox"))
        check("documents of others are not for everybody: the folder is its owner's", os.stat(inbox).st_mode & 0o077 == 0)
        open(os.path.join(inbox, "not ours.txt"), "w").close()
        open(os.path.join(inbox, "%016x" % 900), "w").close()  # a file without its first line, as after a power cut
        server = Server(program, s)
        items = wait_for(server)
        check("the next start reads what waited", sql(s, "SELECT count(*) FROM document")[0][0] == FILES, items[-3:])
        check("each once", len({i["name"] for i in items}) == len(items))
        check("nothing is left on the disk but what is not ours", sorted(os.listdir(inbox)) == ["%016x" % 900, "not ours.txt"], os.listdir(inbox))
        request = urllib.request.Request("http://127.0.0.1:%d/api/v1/jobs/uploads?name=empty.txt" % server.port, data=b"", method="POST")
        urllib.request.urlopen(request, timeout=20).close()
        wait_for(server)
        check("it ends by itself", server.stop()[0] == DONE)
        server = Server(program, s)
        check("what was refused is still said after a new start, and why", [(i["name"], i["state"], i["said"]) for i in uploads(server)] == [("empty.txt", "refused", "the file is empty")], uploads(server))
        server.stop()
        check("the journal verifies", program.run("verify", "--store", s).status == DONE)


SECTIONS = [killed]
