#!/usr/bin/env bash
# Builds target/dist/vetro, the binary that is given to others. The same commit and compiler give the same bytes in every
# folder and for every user:
#
#     docs/package/binary.sh                 # builds it
#     docs/package/binary.sh --check         # builds the last commit in two clones of different paths, and compares
set -euo pipefail
cd "$(dirname "$0")/../.."

# Paths of the machine are replaced in what rustc and the C compiler write, and the time of compiling by the commit's
# (reproducible-builds.org, SOURCE_DATE_EPOCH); the rest is `profile.dist` of Cargo.toml.
build() {
  local cargo_home="${CARGO_HOME:-$HOME/.cargo}" sysroot
  sysroot="$(rustc --print sysroot)"
  SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" \
    RUSTFLAGS="--remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$sysroot=/rust --remap-path-prefix=$PWD=/vetro" \
    CFLAGS="-ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$PWD=/vetro" \
    cargo build --locked --profile dist --target-dir target
}

check() {
  local scratch first second
  scratch="$(mktemp -d)"
  # shellcheck disable=SC2064  # the folder is known now
  trap "rm -rf '$scratch'" EXIT
  # Both clones hold one commit, whatever is committed meanwhile.
  git clone --quiet . "$scratch/one"
  git clone --quiet "$scratch/one" "$scratch/another/path"
  first="$(cd "$scratch/one" && build && sha256sum target/dist/vetro)"
  second="$(cd "$scratch/another/path" && build && sha256sum target/dist/vetro)"
  printf '%s\n%s\n' "$first" "$second"
  [ "$first" = "$second" ]
}

if [ "${1:-}" = --check ]; then check; else build; fi
