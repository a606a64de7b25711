# The stage that gets flattened into slipway-run: base, updates, packages, and nothing that is only for reading.
ARG BASE
FROM ${BASE}
ARG PACKAGES
ENV DEBIAN_FRONTEND=noninteractive
COPY trim /tmp/trim
RUN apt-get update -q \
 && apt-get upgrade -q -y \
 && apt-get install -q -y --no-install-recommends ${PACKAGES} \
 && groupadd --gid 1000 app \
 && useradd --uid 1000 --gid 1000 --create-home --home-dir /home/app --shell /bin/bash app \
 && mkdir /workspace && chown 1000:1000 /workspace \
 && sh /tmp/trim && rm /tmp/trim
