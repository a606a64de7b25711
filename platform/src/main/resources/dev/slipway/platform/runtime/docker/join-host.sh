# Lets Slipway use the Docker Engine of this machine (@HOST@), over TLS with certificates on both sides.
set -eu
root=${SLIPWAY_ROOT:-}
keys=$root/etc/docker/slipway
mkdir -p "$keys"
chmod 700 "$keys"
umask 077
cat >"$keys/ca.pem" <<'PEM'
@CA@
PEM
cat >"$keys/cert.pem" <<'PEM'
@CERT@
PEM
cat >"$keys/key.pem" <<'PEM'
@KEY@
PEM
options="-H tcp://0.0.0.0:@PORT@ --tlsverify --tlscacert=$keys/ca.pem --tlscert=$keys/cert.pem --tlskey=$keys/key.pem"
if [ -z "$root" ] && [ -d /run/systemd/system ]; then
  # The command that starts the engine here stays as it is; ours is added to it.
  start=$(systemctl show docker -p ExecStart --value | sed -n 's/.*argv\[\]=\([^;]*[^; ]\) *;.*/\1/p' | sed 's/ -H tcp:.*//')
  [ -n "$start" ] || { echo "There is no service docker on this machine: install Docker Engine first." >&2; exit 1; }
  mkdir -p /etc/systemd/system/docker.service.d
  umask 022
  printf '[Service]\nExecStart=\nExecStart=%s %s\n' "$start" "$options" >/etc/systemd/system/docker.service.d/slipway.conf
  systemctl daemon-reload
  systemctl restart docker
  echo "@HOST@ is a Docker host of Slipway now. It listens on port @PORT@; let only Slipway through to it."
else
  echo "Start Docker Engine with: dockerd $options"
fi
