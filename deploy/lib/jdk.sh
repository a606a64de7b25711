# The newest JDK that is at least 21. Sourced, not run. Sets JAVA_HOME and SLIPWAY_JAVA_MAJOR.

_jdk_major() { # JAVA_HOME: its major version, or nothing when it is no JDK
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

_jdk_search() {
  local candidate major best=0 found=
  for candidate in "${SLIPWAY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/*; do
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    major=$(_jdk_major "$candidate")
    [ -n "$major" ] && [ "$major" -ge 21 ] || continue
    if [ "$candidate" = "${SLIPWAY_JAVA_HOME:-}" ]; then
      found=$candidate best=$major
      break
    fi
    if [ "$major" -gt "$best" ]; then found=$candidate best=$major; fi
  done
  [ -n "$found" ] || return 1
  export JAVA_HOME=$found SLIPWAY_JAVA_MAJOR=$best
}

jdk_find() {
  local version
  if [ -n "${SLIPWAY_JAVA_HOME:-}" ] && [ -z "$(_jdk_major "$SLIPWAY_JAVA_HOME")" ]; then
    fail "SLIPWAY_JAVA_HOME=$SLIPWAY_JAVA_HOME is not a JDK (bin/java, bin/javac and release are looked for)."
  fi
  _jdk_search && return 0
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    apt-get update -q >/dev/null 2>&1 || true
    for version in 25 24 23 22 21; do
      if package_available "openjdk-$version-jdk-headless"; then
        packages_install "openjdk-$version-jdk-headless"
        _jdk_search && return 0
      fi
    done
    if package_available temurin-25-jdk; then
      packages_install temurin-25-jdk
      _jdk_search && return 0
    fi
  fi
  fail "Slipway needs a JDK 21 or newer and this system's packages have none." \
    "Download Eclipse Temurin 25 (JDK, Linux, $(uname -m)) from https://adoptium.net/temurin/releases/" \
    "and unpack it under /usr/lib/jvm, or point SLIPWAY_JAVA_HOME at a JDK you have. Then run this again."
}
