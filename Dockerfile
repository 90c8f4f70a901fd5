# Node, client and explorer. `docker build --target node .`, `--target explorer .`
# Debian's stable packages are not pinned: their updates are the point of building anew.
# hadolint global ignore=DL3008
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
    build-essential clang libclang-dev protobuf-compiler git nodejs npm \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add wasm32v1-none
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

# Without arguments it says how it is used. RPC stays on the container's loopback unless `--rpc-external` is given, which
# serves safe methods only: keys are rotated by `docker exec`.
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
