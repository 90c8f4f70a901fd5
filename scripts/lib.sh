# What the scripts have in common. Sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# With a target directory outside the checkout the wasm builder does not find Cargo.lock by itself.
export WASM_BUILD_WORKSPACE_HINT=$root
export binaries=${CARGO_TARGET_DIR:-$root/target}/release
# The explorer is a workspace of its own, so it has a target directory of its own.
export explorer_target=${CARGO_TARGET_DIR:-$root/target}/explorer
export explorer=$explorer_target/release/heirloom-explorer
# With the feature runtime-benchmarks nearly every dependency is another one.
export benchmarks_target=${CARGO_TARGET_DIR:-$root/target}-benchmarks

fail() { printf '%s\n' "$*" >&2; exit 1; }

# Rust's default toolchain compiles the runtime to wasm if it has the target; `scripts/setup` made another one else.
choose_wasm_toolchain() {
  if ! rustup target list --installed 2>/dev/null | grep -qx wasm32v1-none; then
    export WASM_BUILD_TOOLCHAIN=distro
  fi
}

# What is released has a runtime that knows the hash of its own metadata: hardware wallets sign that. It compiles the runtime
# twice, so what is built every day has none.
# shellcheck disable=SC2034 # of the scripts that build a release
released=(--features heirloom-runtime/metadata-hash)

# Installs what is missing and builds node, client and what measures them. Cargo shows the progress.
# usage: build_chain [OPTION OF CARGO...]
build_chain() {
  "$root/scripts/setup"
  choose_wasm_toolchain
  (cd "$root" && cargo build --release --workspace --locked "$@") || fail "the build failed"
}

# Builds all of that, and the explorer. Takes the same options.
build() {
  build_chain "$@"
  CARGO_TARGET_DIR=$explorer_target "$root/explorer/web/build" || fail "the build of the explorer's scripts failed"
  (cd "$root/explorer" && CARGO_TARGET_DIR=$explorer_target cargo build --release --locked --bin heirloom-explorer) ||
    fail "the build of the explorer failed"
}

# Whether something listens at a port of the loopback interface.
listens() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port of the loopback interface that is free now.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
