# Building, training, starting and stopping the program. Sourced, not run.

PROGRAM_PID_FILE=$SLIPWAY_HOME/slipway.pid
API=http://127.0.0.1:$SLIPWAY_HTTP_PORT

# ---- building ----

_sources() { # everything that the packaged program is made from
  find "$ROOT/pom.xml" "$ROOT/.mvn" "$ROOT"/{tenancy,registry,buildpacks,platform,web,deploy}/pom.xml \
    "$ROOT"/{tenancy,registry,buildpacks,platform,web,deploy}/src/main "$ROOT/buildpacks/bundled" \
    -type f 2>/dev/null | LC_ALL=C sort
}

program_stamp() {
  { _sources | tr '\n' '\0' | xargs -0 sha256sum; echo "jdk $SLIPWAY_JAVA_MAJOR"; } | sha256sum | cut -c1-16
}

# program_build: leaves the program in deploy/target/quarkus-app; does nothing when the sources are those of last time.
program_build() {
  PROGRAM_STAMP=$(program_stamp)
  if [ "$(cat "$ROOT/deploy/target/quarkus-app/stamp" 2>/dev/null)" = "$PROGRAM_STAMP" ]; then return 0; fi
  need mvn=maven
  step "Build Slipway (JDK $SLIPWAY_JAVA_MAJOR; the first time this fetches libraries)" \
    mvn -B -Dstyle.color=never -f "$ROOT/pom.xml" -pl deploy -am -DskipTests package
  printf '%s\n' "$PROGRAM_STAMP" >"$ROOT/deploy/target/quarkus-app/stamp"
}

# ---- a copy that runs, so that a build beside it cannot disturb it ----

program_install() {
  PROGRAM=$SLIPWAY_HOME/program/$PROGRAM_STAMP
  if [ ! -f "$PROGRAM/quarkus-run.jar" ]; then
    rm -rf "$PROGRAM.new"
    mkdir -p "$SLIPWAY_HOME/program"
    cp -a "$ROOT/deploy/target/quarkus-app" "$PROGRAM.new"
    if [ -d "$ROOT/buildpacks/bundled" ]; then cp -a "$ROOT/buildpacks/bundled" "$PROGRAM.new/buildpacks"; fi
    mv "$PROGRAM.new" "$PROGRAM"
  fi
}

_program_remove_old() {
  local other
  for other in "$SLIPWAY_HOME"/program/*; do [ "$other" = "$PROGRAM" ] || rm -rf "$other"; done
}

_java() { # HOME JVM-OPTION...: replaces this shell by the program
  local home=$1
  shift
  local quiet=(--enable-native-access=ALL-UNNAMED)
  if [ "$SLIPWAY_JAVA_MAJOR" -ge 24 ]; then quiet+=(--sun-misc-unsafe-memory-access=allow); fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC "-Xmx$SLIPWAY_MEMORY" -XX:+ExitOnOutOfMemoryError "${quiet[@]}" \
    "-Dslipway.home=$home" -Dslipway.stack.directory="${SLIPWAY_STACK:-$SLIPWAY_HOME/stack}" \
    -Dslipway.buildpacks.directory="$PROGRAM/buildpacks" -Dslipway.build.buildpacks-directory="$PROGRAM/buildpacks" "$@" -jar "$PROGRAM/quarkus-run.jar"
}

# JDK 25 and newer start from a cache of linked classes that a training run leaves. It holds for this JDK and this copy.
program_train() {
  [ "$SLIPWAY_JAVA_MAJOR" -ge 25 ] && [ ! -f "$PROGRAM/slipway.aot" ] || return 0
  step "Train the start (once for each version)" _program_train
}

_program_train() {
  local home=$SLIPWAY_HOME/training stack=$SLIPWAY_HOME/stack pid port ssh proxy
  rm -rf "$home"
  port=$(port_free) ssh=$(port_free) proxy=$(port_free)
  (
    export SLIPWAY_HOME=$home SLIPWAY_HTTP_PORT=$port SLIPWAY_SSH_PORT=$ssh SLIPWAY_PROXY_PORT=$proxy SLIPWAY_STACK=$stack
    export SLIPWAY_DATABASE_PROGRAMS=${PROGRAM%/program/*}/postgres
    _java "$home" -XX:AOTCacheOutput="$PROGRAM/slipway.aot.new"
  ) &
  pid=$!
  # The first start of a home makes a database, and a busy machine takes minutes for what an idle one does in seconds.
  _wait_ready "http://127.0.0.1:$port" "$pid" 600 || { kill "$pid" 2>/dev/null; wait "$pid"; rm -rf "$home"; return 1; }
  local path
  for path in / /q/health/live /q/openapi /q/metrics /api/v1/apps /v2/; do
    curl -s -o /dev/null --max-time 10 "http://127.0.0.1:$port$path" || true
  done
  # The start is all that is needed; the pushes make the first real ones fast.
  (_train_pushes "$home" "$port" "$ssh" "$proxy") || echo "the training pushes did not succeed; the first push will be slower"
  kill -TERM "$pid"
  wait "$pid" || true
  (
    SLIPWAY_HOME=$home
    . "$ROOT/deploy/lib/purge.sh"
    database_stop
    purge_engine
  )
  rm -rf "$home"
  if [ -s "$PROGRAM/slipway.aot.new" ]; then mv "$PROGRAM/slipway.aot.new" "$PROGRAM/slipway.aot"; fi
}

# One push over HTTP, two over ssh, and what is asked of an app after that: what a first user does.
_train_pushes() { # HOME PORT SSH-PORT PROXY-PORT
  local source=$1/source url=ssh://slipway@127.0.0.1:$3/training/hello.git round
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
  export GIT_ASKPASS=$ROOT/deploy/lib/git-askpass
  GIT_SSH_COMMAND="ssh -F /dev/null -i $1/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
  export GIT_SSH_COMMAND
  API=http://127.0.0.1:$2 SLIPWAY_HOME=$1 UP_JSON=$1/up.json
  admin_read
  export SLIPWAY_TOKEN=$ADMIN_TOKEN
  ensure "a tenant to train" POST /tenants '{"name":"training"}'
  ensure "an app to train" POST /tenants/training/apps '{"name":"hello"}'
  ssh-keygen -q -t ed25519 -N '' -f "$1/key"
  ensure "a key to train" POST /me/keys "{\"key\":\"$(cat "$1/key.pub")\"}"
  cp -R "$ROOT/deploy/samples/static" "$source"
  git -C "$source" init -q -b main
  for round in "$API/git/training/hello.git" "$url" "$url"; do
    date +%N >>"$source/index.html"
    git -C "$source" add -A
    git -C "$source" -c user.name=training -c user.email=training@localhost commit -q -m "Round"
    git -C "$source" -c http.emptyAuth=false push "$round" main || return
    curl -fsS -o /dev/null --max-time 10 -H "Host: hello--training.$SLIPWAY_APPS_DOMAIN" "http://127.0.0.1:$4/" || return
  done
  api GET /tenants/training/apps >/dev/null
}

# ---- running ----

# program_pid: the pid of the Slipway of this home, if one runs
program_pid() {
  local pid
  pid=$(cat "$PROGRAM_PID_FILE" 2>/dev/null) || return 1
  [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "-Dslipway.home=$SLIPWAY_HOME" || return 1
  printf '%s' "$pid"
}

program_running_version() {
  local pid
  pid=$(program_pid) || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 's|.*/program/\([0-9a-f]*\)/quarkus-run.jar$|\1|p'
}

_wait_ready() { # URL PID SECONDS
  local end=$((SECONDS + $3))
  until curl -fs -o /dev/null --max-time 5 "$1/q/health/ready"; do
    kill -0 "$2" 2>/dev/null || return 1
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

program_start() {
  local options=()
  if [ -f "$PROGRAM/slipway.aot" ]; then options+=(-XX:AOTCache="$PROGRAM/slipway.aot"); fi
  if [ -f "$SLIPWAY_HOME/keycloak/slipway.properties" ]; then
    options+=("-Dsmallrye.config.locations=$SLIPWAY_HOME/keycloak/slipway.properties")
  fi
  ports_check
  mkdir -p "$SLIPWAY_HOME/log"
  step "Start Slipway" _program_start "${options[@]}"
  _program_remove_old
}

_program_start() {
  local log=$SLIPWAY_HOME/log/start.log pid
  export -f _java
  export PROGRAM SLIPWAY_JAVA_MAJOR
  setsid nohup bash -c '_java "$SLIPWAY_HOME" "$@"' slipway \
    -Dquarkus.log.file.enabled=true -Dquarkus.log.file.path="$SLIPWAY_HOME/log/slipway.log" \
    -Dquarkus.log.console.level=ERROR "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  printf '%s\n' "$pid" >"$PROGRAM_PID_FILE"
  if ! _wait_ready "$API" "$pid" 120; then
    cat "$log"
    curl -s --max-time 5 "$API/q/health/ready" || true
    return 1
  fi
}

program_stop() {
  local pid
  pid=$(program_pid) || return 0
  step "Stop Slipway (pid $pid)" _program_stop "$pid"
  rm -f "$PROGRAM_PID_FILE"
}

_program_stop() {
  local end=$((SECONDS + 90))
  kill -TERM "$1"
  while kill -0 "$1" 2>/dev/null && [ "$(cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null)" != Z ]; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "it did not end in 90 s and is killed; nothing is lost by that"
      kill -KILL "$1"
    fi
    sleep 0.1
  done
}
