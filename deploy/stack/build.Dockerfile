# The build image: the run image and the tools that builds use. Paths are those of the Cloud Native Buildpacks API.
ARG RUN
FROM ${RUN}
ARG PACKAGES
USER root
ENV DEBIAN_FRONTEND=noninteractive
COPY trim /tmp/trim
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update -q \
 && apt-get install -q -y --no-install-recommends ${PACKAGES} \
 && mkdir -p /layers /platform/env /cnb/buildpacks /slipway \
 && chown -R 1000:1000 /layers /workspace /slipway \
 && sh /tmp/trim && rm /tmp/trim
# The usual Node.js and npm, so that an app's first build need not download them.
COPY assets /cnb/assets
ENV DEBIAN_FRONTEND= \
    CNB_USER_ID=1000 \
    CNB_GROUP_ID=1000 \
    CNB_STACK_ID=dev.slipway.stacks.bookworm \
    CNB_TARGET_OS=linux \
    CNB_TARGET_DISTRO_NAME=debian \
    CNB_TARGET_DISTRO_VERSION=12 \
    LANG=C.UTF-8
USER 1000:1000
WORKDIR /workspace
