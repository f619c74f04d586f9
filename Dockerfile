# The platform, its worker and its identity provider: one binary, its front files inside.
FROM node:22-slim AS front
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY scripts/vendor-assets scripts/
COPY templates templates
COPY static static
RUN npm run vendor

FROM rust:1.95-slim AS build
WORKDIR /src
COPY . .
COPY --from=front /src/static/vendor static/vendor
# The package alone: what the tests ask of the other crates stays out.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked --package iae-cli && cp target/release/iae /usr/local/bin/iae

FROM debian:trixie-slim
# What draws the pages of a proof (ADR 34).
RUN apt-get update && apt-get install -y --no-install-recommends poppler-utils && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 iae
COPY --from=build /usr/local/bin/iae /usr/local/bin/iae
USER iae
ENV IAE_HTTP_HOST=0.0.0.0
ENTRYPOINT ["iae"]
CMD ["serve"]
