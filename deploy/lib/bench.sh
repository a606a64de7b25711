# Collecting and reporting measurements. Sourced, not run. A benchmark gives samples; medians, the table and the JSON are
# made here, so that all benchmarks look alike.
#
# A sample file has one line for each sample: case TAB metric TAB unit TAB side TAB value, side being ours or peer.

# All benchmarks use one home, one after the other, so that its start cache, which holds for its path only, is trained once
# for each version of the program. It is emptied before and after, but for the program.
bench_home() { # NAME: a home and ports of its own
  BENCH_WORK=$ROOT/deploy/target/bench/$1.work
  rm -rf "$BENCH_WORK"
  mkdir -p "$BENCH_WORK"
  BENCH_SAMPLES=$BENCH_WORK/samples
  BENCH_GOALS=$BENCH_WORK/goals
  : >"$BENCH_SAMPLES"
  : >"$BENCH_GOALS"
  export SLIPWAY_HOME=$ROOT/deploy/target/bench/home
  bench_program_back
  SLIPWAY_HTTP_PORT=$((21000 + RANDOM % 3000)) SLIPWAY_SSH_PORT=$((24000 + RANDOM % 3000)) SLIPWAY_PROXY_PORT=$((27000 + RANDOM % 3000))
  export SLIPWAY_HTTP_PORT SLIPWAY_SSH_PORT SLIPWAY_PROXY_PORT
}

bench_end() {
  "$ROOT/deploy/down" >/dev/null 2>&1 || true
  if [ -d "$SLIPWAY_HOME/program" ]; then
    rm -rf "$SLIPWAY_HOME.program"
    mv "$SLIPWAY_HOME/program" "$SLIPWAY_HOME.program"
  fi
  "$ROOT/deploy/down" --purge >/dev/null 2>&1 || true
}

bench_program_back() {
  [ -d "$SLIPWAY_HOME.program" ] && [ ! -d "$SLIPWAY_HOME" ] || return 0
  (umask 077 && mkdir -p "$SLIPWAY_HOME")
  mv "$SLIPWAY_HOME.program" "$SLIPWAY_HOME/program"
}

bench_sample() { printf '%s\t%s\t%s\tours\t%s\n' "$1" "$2" "$3" "$4" >>"$BENCH_SAMPLES"; }
bench_peer() { printf '%s\t%s\t%s\tpeer\t%s\n' "$1" "$2" "$3" "$4" >>"$BENCH_SAMPLES"; }
bench_forget() { : >"$BENCH_SAMPLES"; }

# bench_goal CASE-ENDING METRIC MOST: met when our median is at most that
bench_goal() { printf '%s\t%s\t%s\tvalue\n' "$1" "$2" "$3" >>"$BENCH_GOALS"; }

# bench_goal_ratio CASE-ENDING METRIC MOST: met when our median is at most that many times the peer's
bench_goal_ratio() { printf '%s\t%s\t%s\tratio\n' "$1" "$2" "$3" >>"$BENCH_GOALS"; }

# bench_report NAME [PEER-NAME]: table on stdout, JSON in deploy/target/bench/NAME.json
bench_report() {
  local machine
  machine="$(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), $(uname -sr)"
  sort -s -t "$(printf '\t')" -k1,2 -k4,4 -k5,5n "$BENCH_SAMPLES" |
    awk -F '\t' -v name="$1" -v peer_name="${2:-}" -v machine="$machine" -v goals="$BENCH_GOALS" \
      -v json="$ROOT/deploy/target/bench/$1.json" -f "$ROOT/deploy/lib/bench.awk"
}
