# Where Slipway lives and listens. Environment first, then what the first `deploy/up` of this home wrote down, then the
# defaults. Sourced, not run.

SLIPWAY_HOME=${SLIPWAY_HOME:-$HOME/.slipway}
case $SLIPWAY_HOME in /*) ;; *) SLIPWAY_HOME=$PWD/$SLIPWAY_HOME ;; esac
SLIPWAY_WORK=${SLIPWAY_WORK:-$ROOT/deploy/target}

_setting() { # NAME DEFAULT
  local name=$1 value=${!1:-}
  if [ -z "$value" ] && [ -f "$SLIPWAY_HOME/slipway.env" ]; then
    value=$(sed -n "s/^$name=//p" "$SLIPWAY_HOME/slipway.env" | tail -n 1)
  fi
  printf -v "$name" '%s' "${value:-$2}"
  export "${name?}"
}

_setting SLIPWAY_HTTP_HOST 127.0.0.1
_setting SLIPWAY_HTTP_PORT 8080
_setting SLIPWAY_SSH_PORT 2222
_setting SLIPWAY_PROXY_PORT 8000
_setting SLIPWAY_APPS_DOMAIN apps.localhost
_setting SLIPWAY_MEMORY 256m
export SLIPWAY_HOME

# What `slipway.env` keeps: also fit for a systemd EnvironmentFile.
settings_write() {
  (umask 077 && mkdir -p "$SLIPWAY_HOME")
  {
    local name
    for name in SLIPWAY_HOME SLIPWAY_HTTP_HOST SLIPWAY_HTTP_PORT SLIPWAY_SSH_PORT SLIPWAY_PROXY_PORT \
      SLIPWAY_APPS_DOMAIN SLIPWAY_MEMORY SLIPWAY_KEYCLOAK_PORT; do
      [ -z "${!name:-}" ] ||
        printf '%s=%s\n' "$name" "${!name}"
    done
  } >"$SLIPWAY_HOME/slipway.env.new"
  mv "$SLIPWAY_HOME/slipway.env.new" "$SLIPWAY_HOME/slipway.env"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ports_check: every port this installation wants must be free
ports_check() {
  local name
  for name in SLIPWAY_HTTP_PORT SLIPWAY_SSH_PORT SLIPWAY_PROXY_PORT; do
    if port_taken "${!name}"; then
      fail "Port ${!name} is taken by another program ($(port_holder "${!name}"))." \
        "Stop that program, or choose another port: $name=$((${!name} + 1000)) deploy/up"
    fi
  done
}

port_holder() {
  local line
  line=$(ss -ltnpH "sport = :$1" 2>/dev/null | grep -o 'users:(.*' | head -n 1)
  printf '%s' "${line:-unknown}"
}

# A free port from the range that programs may use.
port_free() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    port_taken "$port" || break
  done
  printf '%s' "$port"
}
