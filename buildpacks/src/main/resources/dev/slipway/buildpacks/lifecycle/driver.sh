#!/bin/sh
# Runs detection and build inside the sandbox, in one go, because each entry into a sandbox costs more than
# all of this. It decides nothing: it says what happened in lines that begin with \001 and the nonce, and the
# lifecycle answers by files in the control directory, which the build user cannot write.
control=/slipway/control
out=/slipway/out
nonce=$(cat "$control/nonce")
say() { printf '\001%s %s\n' "$nonce" "$*"; }

cd /workspace && [ -d /layers ] && [ -d /platform ] || {
  echo "The sandbox lacks /workspace, /layers or /platform."
  exit 70
}

while read -r index directory; do
  plan=$out/detect-$index.plan
  : >"$plan"
  (
    . "$control/detect-$index.env"
    CNB_BUILD_PLAN_PATH=$plan
    export CNB_BUILD_PLAN_PATH
    exec "$directory/bin/detect" /platform "$plan"
  ) >"$out/detect-$index.log" 2>&1 </dev/null
  say detected "$index" $?
done <"$control/candidates"
say judged

turn=0
while :; do
  until [ -e "$control/turn-$turn" ]; do sleep 0.005; done
  read -r verb directory layers <"$control/turn-$turn"
  [ "$verb" = build ] || exit 0
  (
    . "$control/turn-$turn.env"
    exec "$directory/bin/build" "$layers" /platform "$control/turn-$turn.plan"
  ) </dev/null 2>&1
  say built "$turn" $?
  turn=$((turn + 1))
done
