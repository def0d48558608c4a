#!/usr/bin/env python3
"""Turns the built desk (a folder) into one C file: tools/embed.py FOLDER OPENAPI OUT.c

Each file becomes a row of the table of assets. Bytes are taken in with .incbin, so that compiling stays fast. A folder that is not there gives a
program without a desk (the API works)."""
import hashlib
import os
import sys

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".woff2": "font/woff2"}


def files(folder):
    found = [os.path.join(d, n) for d, _, names in os.walk(folder) for n in names]
    return sorted(p for p in found if os.path.splitext(p)[1] in TYPES)


def blob(symbol, path):
    return ('__asm__(".section .rodata\\n.balign 16\\n.global %s\\n.global %s_end\\n%s:\\n.incbin \\"%s\\"\\n%s_end:\\n.byte 0\\n.previous\\n");\n'
            "extern const unsigned char %s[], %s_end[];\n" % ((symbol, symbol, symbol, os.path.abspath(path), symbol, symbol, symbol)))


def main():
    folder, openapi, out = sys.argv[1:4]
    paths = files(folder) if os.path.isdir(folder) else []
    text = "/* Made by tools/embed.py. */\n#include \"http/internal.h\"\n\n"
    for path in [openapi] + paths:  # a changed file changes this text, so that it is compiled again
        text += "/* %s %s */\n" % (os.path.basename(path), hashlib.sha256(open(path, "rb").read()).hexdigest())
    text += blob("yq_blob_openapi", openapi)
    for i, path in enumerate(paths):
        text += blob("yq_blob_%d" % i, path)
    text += "\nstatic const struct {\n    const char *path, *type;\n    const unsigned char *from, *to;\n    bool immutable;\n} rows[] = {\n"
    for i, path in enumerate(paths):
        name = "/" + os.path.relpath(path, folder).replace(os.sep, "/")
        text += '    { "%s", "%s", yq_blob_%d, yq_blob_%d_end, %s },\n' % (
            name, TYPES[os.path.splitext(path)[1]], i, i, "true" if "-" in os.path.basename(path) and not name.endswith(".html") else "false")
    text += "    { 0 } /* the end */\n};\n\n"
    text += """yq_str yq_http_openapi(void)
{
    return (yq_str){ (const char *)yq_blob_openapi, (size_t)(yq_blob_openapi_end - yq_blob_openapi) };
}

bool yq_asset_find(const char *path, yq_asset *out)
{
    if (path[0] == '/' && !path[1]) path = "/index.html";
    for (size_t i = 0; rows[i].path; i++) {
        if (strcmp(rows[i].path, path) != 0) continue;
        *out = (yq_asset){ rows[i].type, rows[i].from, (size_t)(rows[i].to - rows[i].from), rows[i].immutable };
        return true;
    }
    return false;
}
"""
    old = open(out).read() if os.path.exists(out) else None
    if text != old:
        with open(out, "w") as h:
            h.write(text)


if __name__ == "__main__":
    main()
