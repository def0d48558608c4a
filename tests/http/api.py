#!/usr/bin/env python3
"""Does the API answer as it describes itself, and does the server stand what comes its way? api.py PROGRAM

The description is the one the server hands out; every answer is validated against it. Each part stands in a module beside this one.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, ".."), os.path.join(HERE, "..", "cli")]

import hostile
import identity
import load
import needs
import review
import routes
import uploads
import ways
import writing
from client import Client
from outside import DOCUMENTS, DONE, Checks, Folder, Program, Server


def main():
    program, check = Program(sys.argv[1]), Checks()
    with Folder() as f:
        store = f("store")
        os.mkdir(store)
        program.run("init", "--store", store)
        program.run("import", "--store", store, DOCUMENTS, timeout=300)
        server = Server(program, store)
        check("it listens within 5 s", server.seconds < 5 * program.patience, server.seconds)
        client = Client(server, 30 * program.patience)
        client.describe()
        for part in (routes, ways, writing, identity, review, needs, uploads, load, hostile):
            for section in part.SECTIONS:
                check.section(section, client)
                if not check("the server is still there", server.alive(), server.said()):
                    server = Server(program, store)
                    client.server = server
        routes.all_were_asked(check, client)
        check.section(the_end, program, server, store)
    return check.close()


def the_end(check, program, server, store):
    """SIGTERM with a connection and a stream held open: what is stored is whole, the port is free."""
    import socket
    from uploads import Stream
    follower = Stream(Client(server, 30))
    check("a page follows until the end", follower.status == 200)
    with socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")
        idle.recv(4096)
        status, seconds = server.stop()
    check("SIGTERM: ends by itself with status 0", status == DONE, "%s %s" % (status, server.said()))
    check("within 5 s, a connection held open", seconds < 5 * program.patience, seconds)
    check("nothing was complained of", not server.said(), server.said())
    ran = program.run("verify", "--store", store)
    check("the journal verifies", ran.status == DONE, ran)
    again = Server(program, store, server.port)
    check("the same port at once again", again.port == server.port and again.alive())
    check.equal("and ends again", again.stop()[0], DONE)
    ran = program.run("dump", "--store", store)
    before = ran.out
    program.run("rebuild", "--store", store)
    check("what was written through the API is in the journal: rebuild gives the same dump", program.run("dump", "--store", store).out == before != "")


if __name__ == "__main__":
    sys.exit(main())
