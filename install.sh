#!/bin/sh
# install.sh: gets the released aws-switch for this machine, checks it, and puts it into a folder of yours.
# Needs no root, and changes nothing but that one file. `sh install.sh --help` tells the options.
set -eu

# Where releases are; the one that is attached to a release knows.
from=''

usage() {
    cat <<'END'
usage: install.sh [--version X.Y.Z] [--bin-dir DIR] [--from URL]
  --version X.Y.Z   that release instead of the latest
  --bin-dir DIR     where to put the program, instead of ~/.local/bin
  --from URL        where releases are: URL/latest/download/... and URL/download/vX.Y.Z/...
END
}

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

is_here() {
    command -v "$1" >/dev/null 2>&1
}

# Which of the released programs runs here.
target() {
    case $(uname -s) in
        Linux) system=unknown-linux-musl ;;
        Darwin) system=apple-darwin ;;
        *) fail "$(uname -s): no program is released for it that this script could install: try 'cargo install --locked aws-switch'" ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) echo "x86_64-$system" ;;
        aarch64 | arm64) echo "aarch64-$system" ;;
        *) fail "$(uname -m): no program is released for it: try 'cargo install --locked aws-switch'" ;;
    esac
}

# fetch URL FILE
fetch() {
    if is_here curl; then
        curl --fail --silent --show-error --location --output "$2" "$1"
    elif is_here wget; then
        wget -q -O "$2" "$1"
    else
        fail 'neither curl nor wget is here: install one of them'
    fi || fail "$1: could not be fetched"
}

# checksum FILE
checksum() {
    if is_here sha256sum; then
        sha256sum <"$1"
    elif is_here shasum; then
        shasum -a 256 <"$1"
    elif is_here openssl; then
        openssl dgst -sha256 -r <"$1"
    else
        fail 'nothing is here to compute a checksum with: install sha256sum, shasum or openssl'
    fi | cut -d ' ' -f 1
}

# verify FILE SUMS: whether it is the file that the release names.
verify() {
    wanted=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]${1##*/}\$/\1/p" "$2")
    [ -n "$wanted" ] || fail "${1##*/}: the release has no checksum of it: nothing is installed"
    seen=$(checksum "$1")
    [ "$seen" = "$wanted" ] || fail "${1##*/}: its checksum is $seen, not $wanted: nothing is installed"
}

main() {
    version=''
    bin_dir=${HOME:?}/.local/bin
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help) usage && exit ;;
            --version | --bin-dir | --from) [ $# -gt 1 ] || fail "$1: it takes a value" ;;
            *) usage >&2 && exit 2 ;;
        esac
        case $1 in
            --version) version=${2#v} ;;
            --bin-dir) bin_dir=$2 ;;
            --from) from=${2%/} ;;
        esac
        shift 2
    done
    [ -n "$from" ] || fail 'this copy does not know where releases are: use the one attached to a release, or --from URL'
    release=$from/latest/download
    [ -z "$version" ] || release=$from/download/v$version
    target=$(target)
    name=aws-switch-$target

    scratch=$(mktemp -d)
    new=''
    trap 'rm -rf "$scratch" ${new:+"$new"}' EXIT
    trap 'exit 1' HUP INT TERM
    fetch "$release/$name.tgz" "$scratch/$name.tgz"
    fetch "$release/SHA256SUMS" "$scratch/SHA256SUMS"
    verify "$scratch/$name.tgz" "$scratch/SHA256SUMS"
    tar -xzf "$scratch/$name.tgz" -C "$scratch" "$name/aws-switch"

    mkdir -p "$bin_dir"
    # In one step, so that shells that run meanwhile find the old one or the new one.
    new=$bin_dir/.aws-switch.$$
    cp "$scratch/$name/aws-switch" "$new"
    chmod 755 "$new"
    "$new" --version >/dev/null || fail "$name: it does not run here: nothing is installed"
    mv -f "$new" "$bin_dir/aws-switch"
    new=''
    printf '%s is in %s\nNow run this, then start a new shell:\n    %s/aws-switch setup\n' \
        "$("$bin_dir/aws-switch" --version)" "$bin_dir" "$bin_dir"
}

# All of this is read before any of it runs.
main "$@"
