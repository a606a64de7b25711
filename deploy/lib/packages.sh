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

# A service must not start by itself while it is installed: the scripts start what they need, when they need it.
_apt_install() {
  local policy=/usr/sbin/policy-rc.d status=0
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || return
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    # shellcheck disable=SC2064 # the path of now
    trap "rm -f '$policy'" EXIT
  fi
  apt-get install -q -y --no-install-recommends "$@" || status=$?
  return $status
}

# package_available NAME
package_available() {
  apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}
