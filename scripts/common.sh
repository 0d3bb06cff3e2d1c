# Shared by the scripts: finding and installing tools. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

say() { printf '\n== %s\n' "$*"; }

# The release build, wherever cargo puts it.
clc="${CARGO_TARGET_DIR:-target}/release/clc"

# need COMMAND PACKAGE WHY: installs a Debian package if the command is missing; fails if that cannot be done.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "$1 is missing ($3): installing the package $2"
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "This is not Debian; please install $1 and run this again." >&2
    return 1
  fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$2" >/dev/null 2>&1 && return 0
  # The lists of packages may be missing on a fresh machine.
  $sudo apt-get update -q >/dev/null 2>&1
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$2" >/dev/null && return 0
  echo "Could not install $2; please install $1 and run this again." >&2
  return 1
}

# Rust cannot come from the distribution: it must be new enough.
need_rust() {
  local wanted have
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  if ! command -v cargo >/dev/null 2>&1; then
    echo "Rust is missing: please install Rust $wanted or newer with rustup, then run this again." >&2
    return 1
  fi
  have=$(rustc --version | cut -d' ' -f2)
  if [ "$(printf '%s\n%s\n' "$wanted" "$have" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "Rust $have is too old: please update to $wanted or newer (rustup update), then run this again." >&2
    return 1
  fi
}
