# Builds Clynto and keeps only what it needs to run.
#
#   docker build -t clynto .
#   docker run -p 127.0.0.1:8080:8080 -v clynto:/data clynto
#
# Behind a proxy with TLS, set CLYNTO_PUBLIC_URL to its https address.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        libgumbo-dev libidn2-dev libpq-dev libpsl-dev libsqlite3-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# Dependencies first: they change less often than the code.
COPY Package.swift ./
RUN swift package resolve
COPY Sources ./Sources
# The package names its test targets and a benchmark, so their folders have to exist.
COPY Tests ./Tests
COPY Benchmarks ./Benchmarks
RUN swift build -c release --product clynto && install -D "$(swift build -c release --show-bin-path)/clynto" /out/clynto

FROM swift:6.3-bookworm-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        ca-certificates libgumbo1 libidn2-0 libpq5 libpsl5 libsqlite3-0 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin clynto \
    && install -d -o clynto -g clynto -m 0700 /data
COPY --from=build /out/clynto /usr/local/bin/clynto
USER clynto
WORKDIR /data
VOLUME /data
# Inside a container the loopback address could not be reached from outside; publish the port on the address you want.
ENV CLYNTO_DATA_DIR=/data CLYNTO_HOST=0.0.0.0
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["clynto"]
CMD ["serve"]
