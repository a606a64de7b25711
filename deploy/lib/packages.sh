# The system's packages. Sourced, not run.

# need COMMAND=PACKAGE...: installs the packages of the commands that are missing.
need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%=*}" ] || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  packages_install "${missing[@]}"
}

packages_install() {
  command -v apt-get >/dev/null 2>&1 ||
    fail "This needs the packages: $*." "Slipway installs them itself on Debian and Ubuntu only; please install them and run it again."
  [ "$(id -u)" -eq 0 ] ||
    fail "This needs packages that only root can install." "Run: sudo apt-get install $*" "and then this script again."
  step "Install from Debian: $*" _apt_install "$@"
}

_apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || return
  # A service must not start by itself during installation: this script starts what it needs.
  apt-get install -q -y --no-install-recommends "$@"
}

# package_available NAME
package_available() {
  apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}
