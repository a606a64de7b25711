#!/bin/sh
# enter.sh ROOT EXCHANGE BUILDPACKS COMMAND...: runs a command in a root of its own, made of this machine's programs.
# Called inside new mount and process namespaces, so that nothing of this outlives the command.
set -eu
root=$1
exchange=$2
buildpacks=$3
shift 3
mount -t tmpfs tmpfs "$root"
for directory in bin sbin lib lib32 lib64 libx32 usr opt; do
  if [ -L "/$directory" ]; then
    cp -P "/$directory" "$root/"
  elif [ -d "/$directory" ]; then
    mkdir "$root/$directory"
    mount --rbind "/$directory" "$root/$directory"
  fi
done
mkdir -p "$root/etc/nginx" "$root/proc" "$root/dev" "$root/slipway" "$root/cnb/buildpacks" "$root/stub" "$root/home"
mkdir -m 1777 "$root/tmp"
for file in ssl passwd group resolv.conf hosts nsswitch.conf ld.so.cache alternatives maven java-17-openjdk ca-certificates; do
  [ ! -e "/etc/$file" ] || cp -a "/etc/$file" "$root/etc/"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$exchange" "$root/slipway"
mount --rbind "$buildpacks" "$root/cnb/buildpacks"
for directory in workspace layers platform; do
  ln -s "/slipway/$directory" "$root/$directory"
done
printf '#!/bin/sh\necho "nginx version: nginx/1.22.1" >&2\n' >"$root/stub/nginx"
chmod +x "$root/stub/nginx"
echo 'types { text/html html; }' >"$root/etc/nginx/mime.types"
chmod 1777 "$root/home"
user=
[ "$(stat -c %u "$exchange")" = 0 ] || user=--userspec=1000:1000
# shellcheck disable=SC2086 # no user, no word
exec chroot $user "$root" /usr/bin/env PATH=/stub:/usr/local/bin:/usr/bin:/bin HOME=/home "$@"
