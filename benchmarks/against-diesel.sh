#!/usr/bin/env bash
# Small queries by three contestants who take turns: Aludel, rusqlite by hand, Diesel. `bash against-diesel.sh [ROUNDS]`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
[[ $target == /* ]] || target=$PWD/$target

for package in queries diesel; do
    cargo build --release --locked --manifest-path "$here/$package/Cargo.toml" --target-dir "$target"
done
exec "$target/release/queries" "${1:-25}" "$target/release/diesel-queries"
