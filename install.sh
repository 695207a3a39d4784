#!/bin/sh
# install.sh: downloads the aws-switch release for this machine, verifies it, and installs it in a directory of yours.
# It needs no root and writes only that one file. `sh install.sh --help` shows the options.
set -eu

# The URL of the releases; the copy attached to a release contains it.
from=''

usage() {
    cat <<'END'
usage: install.sh [--version X.Y.Z] [--bin-dir DIR] [--from URL]
  --version X.Y.Z   install this release instead of the latest
  --bin-dir DIR     install in DIR instead of ~/.local/bin
  --from URL        download from URL/latest/download/... or URL/download/vX.Y.Z/...
END
}

fail() {
    printf 'install.sh: error: %s\n' "$1" >&2
    exit 1
}

is_here() {
    command -v "$1" >/dev/null 2>&1
}

# The target of the release that runs on this machine.
target() {
    case $(uname -s) in
        Linux) system=unknown-linux-musl ;;
        Darwin) system=apple-darwin ;;
        *) fail "no release for $(uname -s); try 'cargo install --locked aws-switch'" ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) echo "x86_64-$system" ;;
        aarch64 | arm64) echo "aarch64-$system" ;;
        *) fail "no release for $(uname -m); try 'cargo install --locked aws-switch'" ;;
    esac
}

# fetch URL FILE
fetch() {
    if is_here curl; then
        curl --fail --silent --show-error --location --output "$2" "$1"
    elif is_here wget; then
        wget -q -O "$2" "$1"
    else
        fail 'neither curl nor wget is installed; install one of them'
    fi || fail "cannot download $1"
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
        fail 'cannot compute a checksum; install sha256sum, shasum or openssl'
    fi | cut -d ' ' -f 1
}

# verify FILE SUMS: fails unless SUMS has the checksum of FILE.
verify() {
    wanted=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]${1##*/}\$/\1/p" "$2")
    [ -n "$wanted" ] || fail "the release has no checksum for ${1##*/}; nothing installed"
    seen=$(checksum "$1")
    [ "$seen" = "$wanted" ] || fail "the checksum of ${1##*/} is $seen, not $wanted; nothing installed"
}

main() {
    version=''
    bin_dir=${HOME:?}/.local/bin
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help) usage && exit ;;
            --version | --bin-dir | --from) [ $# -gt 1 ] || fail "$1 needs a value" ;;
            *) usage >&2 && exit 2 ;;
        esac
        case $1 in
            --version) version=${2#v} ;;
            --bin-dir) bin_dir=$2 ;;
            --from) from=${2%/} ;;
        esac
        shift 2
    done
    [ -n "$from" ] || fail 'this copy contains no release URL; use the one attached to a release, or --from URL'
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
    # A rename in one step, so that running shells find either the old helper or the new one.
    new=$bin_dir/.aws-switch.$$
    cp "$scratch/$name/aws-switch" "$new"
    chmod 755 "$new"
    "$new" --version >/dev/null || fail "$name does not run on this machine; nothing installed"
    mv -f "$new" "$bin_dir/aws-switch"
    new=''
    printf 'installed %s in %s\nNow run this, then start a new shell:\n    %s/aws-switch setup\n' \
        "$("$bin_dir/aws-switch" --version)" "$bin_dir" "$bin_dir"
}

# `curl | sh` runs a script as it arrives: only a complete one reaches this line.
main "$@"
