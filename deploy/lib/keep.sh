# Backup and restoration: the program itself does them. Sourced, not run.

# keep backup|restore ARGUMENT...: with SLIPWAY_PROGRAM, or the program that this home runs, or the one of this source tree
keep() {
  local file=${*: -1} home=$SLIPWAY_HOME
  case $file in /*) ;; *) set -- "${@:1:$#-1}" "$PWD/$file" ;; esac
  jdk_find
  PROGRAM=${SLIPWAY_PROGRAM:-$(_keep_program)}
  if [ -z "$PROGRAM" ]; then
    program_build
    PROGRAM=$ROOT/deploy/target/quarkus-app
  fi
  local quiet=(--enable-native-access=ALL-UNNAMED)
  if [ "$SLIPWAY_JAVA_MAJOR" -ge 24 ]; then quiet+=(--sun-misc-unsafe-memory-access=allow); fi
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Xmx$SLIPWAY_MEMORY" "${quiet[@]}" \
    "-Dslipway.home=$home" -jar "$PROGRAM/quarkus-run.jar" "$@"
}

_keep_program() {
  local jar
  for jar in "$SLIPWAY_HOME"/program/*/quarkus-run.jar; do
    [ ! -f "$jar" ] || dirname "$jar"
  done | tail -n 1
}
