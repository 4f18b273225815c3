FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p jeda

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/jeda /usr/local/bin/jeda
WORKDIR /var/lib/jeda
VOLUME /var/lib/jeda/data
HEALTHCHECK --interval=30s --timeout=5s CMD ["/usr/local/bin/jeda", "healthz"]
ENTRYPOINT ["/usr/local/bin/jeda"]
CMD ["run"]
