"""verify notices any change of the journal, whatever column it hit, and names the entry."""
import re

from outside import DOCUMENTS, DONE, REFUSED, Folder
from stores import copy, dump, new_store, sql


def columns(store, table):
    return [row[1] for row in sql(store, "PRAGMA table_info(%s)" % table)]


def flip(value):
    """The same value with one bit changed, of the same type."""
    if isinstance(value, int):
        return value ^ 1
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    if not data:
        return b"\x07" if isinstance(value, bytes) else "x"
    at = next((i for i in range(len(data) // 2, len(data)) if isinstance(value, bytes) or 48 <= data[i] < 123), 0)
    data[at] ^= 1
    return bytes(data) if isinstance(value, bytes) else data.decode()


def change(store, table, column, sequence):
    """Changes one value of a row in the middle; what it was changed from and to, or None when the column is empty there."""
    import sqlite3
    db = sqlite3.connect(store)
    old = db.execute("SELECT %s FROM %s WHERE sequence = ?" % (column, table), (sequence,)).fetchone()[0]
    if old is not None:
        new = old + 1_000_000 if column in ("sequence", "part") else flip(old)
        db.execute("UPDATE %s SET %s = ? WHERE sequence = ? AND %s IS ?" % (table, column, column), (new, sequence, old))
        db.commit()
    db.close()
    return old


def every_column(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        middle = sql(s, "SELECT max(sequence) / 2 FROM entry")[0][0]
        changed = 0
        for table in ("entry", "body"):
            for column in columns(s, table):
                hurt = copy(s, f("%s-%s.db" % (table, column)))
                if change(hurt, table, column, middle) is None:
                    continue
                changed += 1
                ran = program.run("verify", "--store", hurt)
                check("a changed %s.%s: verify ends with status 1" % (table, column), ran.status == REFUSED, ran)
                named = re.findall(r"\d+", ran.err.replace(hurt, ""))
                check("a changed %s.%s: it names the entry" % (table, column), str(middle) in named or (column == "sequence" and named), ran.err)
        check("every column was tried that holds something", changed >= 10, changed)
        check("the store itself is whole", program.run("verify", "--store", s).status == DONE)


def whole_rows(check, program):
    """Rows that are taken away, doubled or put in another order."""
    harms = {
        "an entry in the middle deleted": "DELETE FROM entry WHERE sequence = {m}",
        "the last entry deleted": "DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry)",
        "the last entry and its body deleted": "DELETE FROM body WHERE sequence = (SELECT max(sequence) FROM entry); DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry)",
        "a body taken from another entry": "UPDATE body SET content = (SELECT content FROM body WHERE sequence = {m} - 2 AND part = 0) WHERE sequence = {m} AND part = 0",
        "a body and its salt taken from another entry": "UPDATE body SET (salt, content, hash) = (SELECT salt, content, hash FROM body WHERE sequence = {m} - 2 AND part = 0) WHERE sequence = {m} AND part = 0",
        "all bodies deleted": "DELETE FROM body",
    }
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        middle = sql(s, "SELECT max(sequence) / 2 FROM entry")[0][0]
        for i, (what, statements) in enumerate(harms.items()):
            hurt = copy(s, f("%d.db" % i))
            sql(hurt, *statements.format(m=middle).split(";"))
            ran = program.run("verify", "--store", hurt)
            check("%s: verify ends with status 1 and says where" % what, ran.status == REFUSED and re.search(r"\d", ran.err.replace(hurt, "")), ran)
        before = dump(program, s)
        hurt = copy(s, f("rebuilt.db"))
        sql(hurt, "UPDATE body SET content = replace(content, '医院', '商场') WHERE sequence = %d" % middle)
        ran = program.run("rebuild", "--store", hurt)
        check("rebuild from a changed journal is refused", ran.status == REFUSED and ran.err.strip(), ran)
        check("and leaves the tables as they were", dump(program, hurt) == before)


SECTIONS = [every_column, whole_rows]
