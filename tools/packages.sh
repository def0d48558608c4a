# tools/packages.sh - sourced by ./run and ./test: installs what is missing, with Debian's own tools, once.
#
# Each list is a set of Debian package names; `need_packages build desk …` installs those that dpkg does not know as installed.

packages_build="gcc libc6-dev pkg-config meson ninja-build python3-minimal ca-certificates libsqlite3-dev libpq-dev libjansson-dev libmicrohttpd-dev libsodium-dev libgumbo-dev libopencc-dev libzip-dev libxml2-dev libseccomp-dev libpoppler-glib-dev poppler-data"
packages_desk="nodejs npm"
packages_test="chromium fonts-noto-cjk curl sqlite3 python3"
packages_full="postgresql clang libclang-rt-dev"
# Optional while it runs, installed by whoever wants it: old Office files and OpenDocument; text recognition in scanned PDF.
packages_office="libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
packages_scan="tesseract-ocr tesseract-ocr-chi-sim poppler-utils"
# Other search engines, for bench/peers/run only.
packages_peers="g++ default-jdk-headless liblucene8-java libxapian-dev postgresql"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 3; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else fail "Packages are missing ($missing) and neither root nor sudo is here. Ask an administrator to run: apt-get install $missing"
    fi
}

# A tool that is there by another way than its package counts as installed.
have_package() {
    case "$1" in
    nodejs) command -v node >/dev/null 2>&1 && return 0 ;;
    npm) command -v npm >/dev/null 2>&1 && return 0 ;;
    python3) command -v python3 >/dev/null 2>&1 && return 0 ;;
    esac
    dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -q '^installed$'
}

need_packages() {
    missing=
    for set in "$@"; do
        eval "names=\$packages_$set"
        for name in $names; do have_package "$name" || missing="$missing $name"; done
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null 2>&1 || fail "This needs Debian or Ubuntu (apt-get), or these packages by your own means:$missing"
    say "Installing:$missing"
    as_root apt-get update -qq || fail "apt-get update failed. Is a package mirror reachable? Without internet use the bundle (./run --bundle on another machine)."
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Dpkg::Use-Pty=0 $missing >&2 ||
        fail "apt-get could not install:$missing"
}
