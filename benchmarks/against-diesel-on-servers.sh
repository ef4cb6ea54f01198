#!/usr/bin/env bash
# PostgreSQL and MariaDB by three contestants who take turns: Aludel, the bare driver by hand, Diesel.
# `bash against-diesel-on-servers.sh [ROUNDS]`. All, the servers included, run on one core, where results repeat.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
[[ $target == /* ]] || target=$PWD/$target

for package in servers servers-diesel; do
    cargo build --release --locked --manifest-path "$here/$package/Cargo.toml" --target-dir "$target"
done
exec taskset -c "${CORE:-0}" "$target/release/servers" "${1:-101}" "$target/release/diesel-servers"
