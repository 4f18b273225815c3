# jeda as a container: docker build -t jeda . && docker run -v jeda:/var/lib/jeda/data --env-file .env jeda
#
# A config/jeda.toml of one's own is mounted at /var/lib/jeda/config/jeda.toml; tokens come from the environment. The
# pages stay on the container's loopback unless JEDA_HTTP_BIND=0.0.0.0:8025 opens them.

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p jeda && mkdir /data

# glibc and libgcc, and nothing else: SQLite, zone data and root certificates are in the binary.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/jeda /usr/local/bin/jeda
WORKDIR /var/lib/jeda
# A new volume takes over the owner of what it covers; without this it would be root's, and not to be written.
COPY --from=build --chown=nonroot:nonroot /data data
VOLUME /var/lib/jeda/data
USER nonroot
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/jeda", "healthz"]
ENTRYPOINT ["/usr/local/bin/jeda"]
CMD ["run"]
