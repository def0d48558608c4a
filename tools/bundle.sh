#!/usr/bin/env bash
# tools/bundle.sh PROGRAM: one archive with the program, the libraries it needs beside the C library, OpenCC's data, the example and an installer.
# It runs where the C library is at least as new as here, without internet and without a package manager.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
name=yiqiao-$("$program" --version | cut -d' ' -f2)-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
to=$work/$name
mkdir -p "$to/lib" "$to/share"

cp "$program" "$to/lib/yiqiao"
helper=$(dirname "$program")/src/pdfreader/yiqiao-pdf
cp "$helper" "$to/lib/yiqiao-pdf"
# The C library and the loader belong to the machine. What a library may be used for goes along.
ldd "$program" "$helper" | awk '$3 ~ /^\// {print $3}' | sort -u | grep -vE '/(libc|libm|libpthread|libdl|librt|libresolv|ld-linux[^/]*)\.so' >"$work/libraries"
mkdir -p "$to/licenses"
while read -r library; do
    cp -L "$library" "$to/lib/"
    package=$(dpkg -S "*/$(basename "$library")" 2>/dev/null | head -n 1 | cut -d: -f1) || package=
    if [ -n "$package" ] && [ -f "/usr/share/doc/$package/copyright" ]; then cp "/usr/share/doc/$package/copyright" "$to/licenses/$package"; fi
done <"$work/libraries"
cp -r /usr/share/opencc "$to/share/opencc"
cp -r examples "$to/examples"
cp LICENSE README.md README.zh.md "$to/"
cat >"$to/yiqiao" <<'START'
#!/bin/sh
# Starts the program with the libraries beside it.
here=$(dirname "$(readlink -f "$0")")
YIQIAO_OPENCC=$here/share/opencc LD_LIBRARY_PATH=$here/lib exec "$here/lib/yiqiao" "$@"
START
cat >"$to/install" <<'INSTALL'
#!/bin/sh
# ./install [FOLDER]: copies Yiqiao to FOLDER (default /opt/yiqiao), makes a store with the example, and says how to start.
set -eu
from=$(dirname "$(readlink -f "$0")")
to=${1:-/opt/yiqiao}
mkdir -p "$to"
cp -r "$from/." "$to/"
mkdir -p "$to/data"
[ -f "$to/data/yiqiao.db" ] || "$to/yiqiao" init --store "$to/data"
"$to/yiqiao" import --store "$to/data" "$to/examples/documents" || [ $? = 1 ]
echo "Start it with: $to/yiqiao serve --store $to/data --port 8750"
INSTALL
chmod +x "$to/yiqiao" "$to/install"
mkdir -p out
tar -C "$work" -czf "out/$name.tar.gz" "$name"
printf 'out/%s.tar.gz (%s): unpack it anywhere and run ./install\n' "$name" "$(du -h "out/$name.tar.gz" | cut -f1)"
