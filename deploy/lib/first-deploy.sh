# The first tenant, the first app, the first push. Sourced, not run. Everything here goes through the doors that a
# developer uses: the API and git.

UP_JSON=$SLIPWAY_HOME/up.json
TENANT=demo
APP=hello

# api METHOD PATH [JSON]: prints the body; the status is in API_STATUS_FILE
api() {
  local arguments=(-sS --max-time 60 -X "$1" -o - -w '\n%{http_code}' -K -)
  if [ -n "${3:-}" ]; then arguments+=(-H 'Content-Type: application/json' -d "$3"); fi
  # The token comes on standard input, so that it does not show in the list of processes.
  printf 'header = "Authorization: Bearer %s"\n' "$ADMIN_TOKEN" | curl "${arguments[@]}" "$API/api/v1$2"
}

# ensure WHAT METHOD PATH JSON: made now, or there already
ensure() {
  local answer status
  answer=$(api "$2" "$3" "$4")
  status=${answer##*$'\n'}
  case $status in
    2?? | 409) ;;
    *) fail "Could not make $1: $2 $3 answered $status." "${answer%$'\n'*}" ;;
  esac
}

admin_read() {
  local file=$SLIPWAY_HOME/first-admin.json
  [ -f "$file" ] || file=$UP_JSON
  [ -f "$file" ] || fail "There is no $SLIPWAY_HOME/first-admin.json: this home has accounts that deploy/up did not make." \
    "Slipway runs; sign in with one of them at $API/."
  ADMIN_NAME=$(json_field name <"$file")
  [ -n "$ADMIN_NAME" ] || ADMIN_NAME=$(json_field admin <"$file")
  ADMIN_PASSWORD=$(json_field password <"$file")
  ADMIN_TOKEN=$(json_field token <"$file")
}

demo_make() {
  say "Tenant $TENANT and app $APP"
  ensure "the tenant $TENANT" POST /tenants "{\"name\":\"$TENANT\"}"
  ensure "the app $TENANT/$APP" POST "/tenants/$TENANT/apps" "{\"name\":\"$APP\"}"
}

GIT_URL=$API/git/$TENANT/$APP.git
LIVE=http://$APP--$TENANT.$SLIPWAY_APPS_DOMAIN:$SLIPWAY_PROXY_PORT

# The sample in a repository of its own, so that the next push is the developer's to make.
demo_push() {
  local sample=$SLIPWAY_HOME/sample/$APP
  if [ ! -d "$sample/.git" ]; then
    mkdir -p "$sample"
    cp -R "$ROOT/deploy/samples/node/." "$sample/"
    git -C "$sample" init -q -b main
    git -C "$sample" add -A
    git -C "$sample" -c user.name=Slipway -c user.email=slipway@localhost commit -q -m "Say hello"
    git -C "$sample" remote add slipway "$GIT_URL"
  fi
  git -C "$sample" remote set-url slipway "$GIT_URL"
  say "git push slipway main (the sample is in $sample)"
  GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=$ROOT/deploy/lib/git-askpass SLIPWAY_TOKEN=$ADMIN_TOKEN \
    git -C "$sample" -c http.emptyAuth=false push slipway main 2>&1 | sed 's/^/       /'
}

# demo_fetch: asks the app over the proxy, by the name a browser would use
demo_fetch() {
  local end=$((SECONDS + 30)) host=${LIVE#http://}
  until ANSWER=$(curl -fsS --max-time 10 --resolve "${host%:*}:$SLIPWAY_PROXY_PORT:127.0.0.1" "$LIVE/" 2>&1); do
    [ "$SECONDS" -lt "$end" ] || fail "$LIVE does not answer: $ANSWER" "Ask why: $API/ or the log $SLIPWAY_HOME/log/slipway.log"
    sleep 0.3
  done
}

up_json_write() {
  (
    umask 077
    cat >"$UP_JSON.new" <<JSON
{
  "ui": "$API/",
  "api": "$API/api/v1",
  "git_http": "$API/git",
  "git_ssh": "ssh://slipway@127.0.0.1:$SLIPWAY_SSH_PORT",
  "registry": "127.0.0.1:$SLIPWAY_HTTP_PORT",
  "apps_domain": "$SLIPWAY_APPS_DOMAIN",
  "proxy": "http://127.0.0.1:$SLIPWAY_PROXY_PORT",
  "admin": "$ADMIN_NAME",
  "password": "$ADMIN_PASSWORD",
  "token": "$ADMIN_TOKEN",
  "tenant": "$TENANT",
  "live": "$LIVE"
}
JSON
  )
  mv "$UP_JSON.new" "$UP_JSON"
}
