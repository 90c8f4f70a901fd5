# Node, client and explorer. `docker build --target node .`, `--target explorer .`
# Debian's stable packages are not pinned: their updates are the point of building anew.
# hadolint global ignore=DL3008
# Debian's own Node.js is too old for what builds the explorer's pages.
FROM node:22-bookworm-slim AS javascript

FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
    build-essential clang libclang-dev protobuf-compiler git \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add wasm32v1-none wasm32-wasip1
COPY --from=javascript /usr/local/bin/node /usr/local/bin/
COPY --from=javascript /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /heirloom
COPY . .
ENV WASM_BUILD_WORKSPACE_HINT=/heirloom
RUN cargo build --release --locked --workspace --features heirloom-runtime/metadata-hash
RUN explorer/web/build && cargo build --release --locked --manifest-path explorer/Cargo.toml --bin heirloom-explorer

FROM debian:bookworm-slim AS base
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libgcc-s1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 1000 --create-home --home-dir /var/lib/heirloom --shell /usr/sbin/nologin heirloom
USER 1000
VOLUME /var/lib/heirloom

# Without arguments it says how it is used. RPC is on the container's loopback, where `docker exec NODE heirloom rotate-keys`
# asks a validator for new keys. With `--rpc-external` unsafe methods would be refused there too: compose.yaml shows how to
# open safe ones to others at an address of their own.
FROM base AS node
COPY --from=build /heirloom/target/release/heirloom-node /heirloom/target/release/heirloom /usr/local/bin/
COPY packaging/bin/heirloom-session-keys /usr/local/bin/
EXPOSE 30333 9944 9615
ENTRYPOINT ["heirloom-node", "--base-path", "/var/lib/heirloom"]
CMD ["--help"]

FROM base AS explorer
COPY --from=build /heirloom/explorer/target/release/heirloom-explorer /usr/local/bin/
WORKDIR /var/lib/heirloom
EXPOSE 8080
ENTRYPOINT ["heirloom-explorer"]
CMD ["serve", "--listen", "0.0.0.0:8080"]
