# Removing what an installation leaves when it is not wanted any more. Sourced, not run.

# A Slipway that was killed leaves its database running.
database_stop() {
  local file=$SLIPWAY_HOME/postgres/data/postmaster.pid pid
  pid=$(head -n 1 "$file" 2>/dev/null) || return 0
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] || return 0
  tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF "$(readlink -f "$SLIPWAY_HOME/postgres")/data" || return 0
  step "Stop the database that a killed Slipway left (pid $pid)" _database_stop "$pid"
}

_database_stop() {
  local end=$((SECONDS + 60))
  kill -INT "$1"
  while kill -0 "$1" 2>/dev/null && [ "$(cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null)" != Z ]; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# Containers, networks and volumes carry the installation's id as a label; nobody else's are touched.
purge_engine() {
  local id label
  id=$(cat "$SLIPWAY_HOME/installation" 2>/dev/null || true)
  [ -n "$id" ] && engine_answers || return 0
  label=label=dev.slipway.installation=$id
  step "Remove containers, networks and volumes of installation $id" _purge_engine "$label"
  _purge_packet_filter "${id:0:6}"
}

# The packet filter chains that kept the containers away from this machine are named by the begin of the id.
_purge_packet_filter() { # BEGIN-OF-ID
  local chains chain rule
  command -v iptables >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] || return 0
  chains=$(iptables -S 2>/dev/null | sed -n 's/^-N //p' | grep -i "^SLIPWAY-$1" || true)
  for chain in $chains; do
    iptables -S 2>/dev/null | grep -- "-j $chain\$" | sed 's/^-A/-D/' | while read -r rule; do
      printf '%s\n' "$rule" | xargs iptables
    done
    iptables -F "$chain" && iptables -X "$chain" || true
  done
}

_purge_engine() {
  docker ps -aq --filter "$1" | xargs -r docker rm -f -v
  docker network ls -q --filter "$1" | xargs -r docker network rm
  docker volume ls -q --filter "$1" | xargs -r docker volume rm
  docker images -q --filter "$1" | sort -u | xargs -r docker rmi -f
}

purge_home() {
  case $SLIPWAY_HOME in / | "$HOME" | /usr* | /etc* | /var | /bin*) fail "Will not remove $SLIPWAY_HOME." ;; esac
  [ -d "$SLIPWAY_HOME" ] || return 0
  [ -e "$SLIPWAY_HOME/slipway.env" ] || [ -e "$SLIPWAY_HOME/slipway.lock" ] ||
    fail "$SLIPWAY_HOME does not look like a Slipway home; it is left as it is."
  step "Remove $SLIPWAY_HOME" rm -rf "$SLIPWAY_HOME"
}
