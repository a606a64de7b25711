# Docker Engine: the one that runs, or one that this script installs and starts. Sourced, not run.

DOCKER_PID_FILE=/var/run/docker.pid
DOCKER_SOCKET=/var/run/docker.sock
DOCKER_LOG=/var/log/slipway-dockerd.log

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

engine_find() {
  need docker=docker.io iptables=iptables
  engine_answers && return 0
  if [ -n "${DOCKER_HOST:-}" ]; then
    fail "DOCKER_HOST=$DOCKER_HOST does not answer." "Start that engine, or unset DOCKER_HOST to use the one of this machine."
  fi
  if [ "$(id -u)" -ne 0 ]; then
    fail "Docker Engine does not answer, and only root can start it." \
      "Run: sudo systemctl start docker (and be in the group docker), then this script again."
  fi
  command -v dockerd >/dev/null 2>&1 || [ -x /usr/sbin/dockerd ] || packages_install docker.io
  if [ -d /run/systemd/system ]; then
    step "Start Docker Engine" systemctl start docker
  else
    step "Start Docker Engine (no systemd here, so directly; its log is $DOCKER_LOG)" _engine_start
  fi
}

_engine_start() {
  _engine_clear_leftovers
  _engine_mount_cgroups
  setsid nohup dockerd >>"$DOCKER_LOG" 2>&1 </dev/null &
  if _engine_wait 60; then return 0; fi
  if tail -n 50 "$DOCKER_LOG" | grep -qi 'iptables' && [ -x /usr/sbin/iptables-legacy ]; then
    echo "the kernel does not take nftables rules; trying the legacy iptables"
    update-alternatives --set iptables /usr/sbin/iptables-legacy
    _engine_clear_leftovers
    setsid nohup dockerd >>"$DOCKER_LOG" 2>&1 </dev/null &
    if _engine_wait 60; then return 0; fi
  fi
  tail -n 20 "$DOCKER_LOG"
  return 1
}

# A killed engine leaves its pid file and sockets, and the number may belong to somebody else by now.
_engine_clear_leftovers() {
  local pid
  pid=$(cat "$DOCKER_PID_FILE" 2>/dev/null || true)
  if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != dockerd ]; then rm -f "$DOCKER_PID_FILE"; fi
  if ! pgrep -x dockerd >/dev/null 2>&1; then rm -f "$DOCKER_PID_FILE" "$DOCKER_SOCKET"; fi
  if ! pgrep -x containerd >/dev/null 2>&1; then
    rm -f /var/run/docker/containerd/containerd.pid /var/run/docker/containerd/*.sock
  fi
}

_engine_mount_cgroups() {
  [ -e /sys/fs/cgroup/cgroup.controllers ] || [ -d /sys/fs/cgroup/memory ] || mount -t cgroup2 none /sys/fs/cgroup || true
}

_engine_wait() { # SECONDS
  local end=$((SECONDS + $1))
  until engine_answers; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.3
  done
}

engine_version() { docker version --format '{{.Server.Version}}'; }
