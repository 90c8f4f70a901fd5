# What the scripts have in common. Sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# With a target directory outside the checkout the wasm builder does not find Cargo.lock by itself.
export WASM_BUILD_WORKSPACE_HINT=$root
export binaries=${CARGO_TARGET_DIR:-$root/target}/release
# The explorer is a workspace of its own, so it has a target directory of its own.
export explorer_target=${CARGO_TARGET_DIR:-$root/target}/explorer
export explorer=$explorer_target/release/heirloom-explorer
# The owner's tool, which the sandbox's tests build.
export owners_tool=${CARGO_TARGET_DIR:-$root/target}/sandbox/release/heirloom-seal
# With the feature runtime-benchmarks nearly every dependency is another one.
export benchmarks_target=${CARGO_TARGET_DIR:-$root/target}-benchmarks
# With the feature try-runtime, too.
export try_runtime_target=${CARGO_TARGET_DIR:-$root/target}-try-runtime

# The Node.js that `scripts/setup` leaves there where the system's is too old. Elsewhere there is no such directory.
export pinned_node=$HOME/.cache/heirloom/node
# And promtool, of Debian's package of Prometheus, which would start a server where it is installed.
export unpacked_prometheus=$HOME/.cache/heirloom/prometheus
PATH=$pinned_node/bin:$PATH:$unpacked_prometheus

# The version of the programs: of their packages, and of a release's section in the changelog.
programs_version() { sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q}' "$root/Cargo.toml"; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs those of Debian's packages that are missing.
# usage: install_packages PACKAGE...
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "needs ${missing[*]}, and there is no apt-get to install them"
  printf 'installing %s\n' "${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

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

# Options of cargo that a script builds with.
build_options=()

# Installs what is missing and builds node, client and what measures them. Cargo shows the progress.
build_chain() {
  "$root/scripts/setup"
  choose_wasm_toolchain
  (cd "$root" && cargo build --release --workspace --locked "${build_options[@]}") || fail "the build failed"
}

# Builds all of that, and the explorer.
build() {
  build_chain
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

# Gives a node that port and no other: with `--rpc-port` it takes any other without a word where its own is in use, and who
# asks there asks a stranger. Pages of this machine and the common wallet page may ask, as by default.
# usage: rpc_at PORT
rpc_at() {
  printf '%s' "listen-addr=127.0.0.1:$1,retry-random-port=false,cors=http://localhost:*,cors=http://127.0.0.1:*," \
    "cors=https://localhost:*,cors=https://127.0.0.1:*,cors=https://polkadot.js.org"
}

# Waits until a program that this script started listens; fails with the last line of its log where it does not.
# usage: wait_until_listens NAME PROCESS PORT LOG
wait_until_listens() {
  local begin=$SECONDS
  until listens "$3"; do
    kill -0 "$2" 2>/dev/null || fail "$1 ended: $(tail -n 1 "$4")"
    [ $((SECONDS - begin)) -lt 120 ] || fail "$1 does not answer within two minutes; it last said: $(tail -n 1 "$4")"
    sleep 0.1
  done
  # Whoever listens there, it is not a program that has ended.
  kill -0 "$2" 2>/dev/null || fail "$1 ended: $(tail -n 1 "$4")"
}

# The number of a node's last final block; 0 as long as it does not answer. The script that calls it has a function
# `ask NODE METHOD PARAMETERS`, which prints the answer of a node as it comes.
final_block() {
  local hash number
  hash=$(ask "$1" chain_getFinalizedHead '[]' | sed -n 's/.*"result":\("0x[0-9a-f]*"\).*/\1/p')
  number=$(ask "$1" chain_getHeader "[$hash]" | sed -n 's/.*"number":"0x\([0-9a-f]*\)".*/\1/p')
  printf '%d' "$((16#${number:-0}))"
}
