# What the scripts say, and how they run long steps. Sourced, not run.

say() { printf '%s\n' "-----> $*"; }
more() { printf '%s\n' "       $*"; }
warn() { printf '%s\n' " !     $*" >&2; }

# fail SENTENCE...: each argument is one line; ends the script.
fail() {
  local line
  for line in "$@"; do warn "$line"; done
  exit 1
}

# seconds since a $SECONDS value
since() { printf '%s s' "$((SECONDS - $1))"; }

# step NAME COMMAND...: runs it with its output in a log file, says how long it takes while it does, and on failure shows
# the end of what it said.
step() {
  local name=$1 begun=$SECONDS log pid status=0 beat=0
  shift
  mkdir -p "$SLIPWAY_WORK/log"
  log=$SLIPWAY_WORK/log/$(printf '%s' "$name" | tr -cs 'a-zA-Z0-9' '-' | tr 'A-Z' 'a-z').log
  say "$name"
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    beat=$((beat + 1))
    if [ $((beat % 75)) -eq 0 ]; then more "still at it, $(since "$begun"): $(last_line "$log")"; fi
  done
  wait "$pid" || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 30 "$log" | sed 's/^/       | /' >&2
    fail "$name failed with exit code $status after $(since "$begun")." "The whole output is in $log."
  fi
  more "done in $(since "$begun")"
}

last_line() { tail -c 2000 "$1" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c1-100; }

# json_field NAME: the text value of a field of the flat JSON object on stdin
json_field() { tr -d '\n' | sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p'; }

# A command that nobody expected to fail.
trap 'warn "$(basename "$0") stopped: line $LINENO of ${BASH_SOURCE[0]##*/}: $BASH_COMMAND"' ERR
