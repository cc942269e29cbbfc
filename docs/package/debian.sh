#!/usr/bin/env bash
# Packs a built vetro for Debian, with its manual page and the completions of three shells:
#
#     docs/package/debian.sh target/dist/vetro vetro.deb
#
# Needs dpkg-deb, which every Debian has. The package depends on nothing but the C library.
set -euo pipefail
readonly binary="$1" package="$2"
here="$(cd "$(dirname "$0")" && pwd)"
root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"

# Puts standard input in a place, as every user may read it.
put() { install -D -m 644 /dev/stdin "$root/$1"; }

version="$("$binary" --version | sed -n '1s/^vetro //p')"
libc="$(ldd --version | sed -n '1s/.* //p')"
install -D -m 755 "$binary" "$root/usr/bin/vetro"
"$binary" --lang en man | gzip -9n | put usr/share/man/man1/vetro.1.gz
"$binary" --lang it man | gzip -9n | put usr/share/man/it/man1/vetro.1.gz
"$binary" completions bash | put usr/share/bash-completion/completions/vetro
"$binary" completions fish | put usr/share/fish/vendor_completions.d/vetro.fish
"$binary" completions zsh | put usr/share/zsh/vendor-completions/_vetro
put usr/share/doc/vetro/copyright < "$here/../../LICENSE"
put DEBIAN/control <<CONTROL
Package: vetro
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: The Vetro maintainers <vetro@example.org>
Depends: libc6 (>= $libc)
Section: web
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Description: static-site generator for public transparency pages
 Checks what the offices of a city wrote about their objectives and projects, and
 publishes it as an accessible site with feeds and open data.
CONTROL
dpkg-deb --root-owner-group --build "$root" "$package"
