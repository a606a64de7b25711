# A Keycloak for `deploy/up --sso`: the realm of deploy/keycloak, three people, and the settings that tell Slipway of it.
# For trying out; a company has its own. Sourced, not run.

KEYCLOAK_VERSION=26.4.0
KEYCLOAK=$SLIPWAY_HOME/keycloak
KEYCLOAK_PID_FILE=$KEYCLOAK/keycloak.pid
KEYCLOAK_SETTINGS=$KEYCLOAK/slipway.properties
_setting SLIPWAY_KEYCLOAK_PORT 8180
KEYCLOAK_URL=http://127.0.0.1:$SLIPWAY_KEYCLOAK_PORT

keycloak_pid() {
  local pid
  pid=$(cat "$KEYCLOAK_PID_FILE" 2>/dev/null) || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$KEYCLOAK/keycloak-$KEYCLOAK_VERSION" || return 1
  printf '%s' "$pid"
}

keycloak_install() {
  [ -x "$KEYCLOAK/keycloak-$KEYCLOAK_VERSION/bin/kc.sh" ] && return 0
  need mvn=maven unzip=unzip
  (umask 077 && mkdir -p "$KEYCLOAK")
  step "Fetch Keycloak $KEYCLOAK_VERSION (160 MB, once)" _keycloak_install
}

_keycloak_install() {
  mvn -B -ntp -q dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$KEYCLOAK_VERSION:zip" \
    -DoutputDirectory="$KEYCLOAK/download" || return
  rm -rf "$KEYCLOAK/unpacked"
  unzip -q "$KEYCLOAK/download/keycloak-quarkus-dist-$KEYCLOAK_VERSION.zip" -d "$KEYCLOAK/unpacked" || return
  mkdir -p "$KEYCLOAK/unpacked/keycloak-$KEYCLOAK_VERSION/data/import"
  cp "$ROOT/deploy/keycloak/slipway-realm.json" "$KEYCLOAK/unpacked/keycloak-$KEYCLOAK_VERSION/data/import/"
  mv "$KEYCLOAK/unpacked/keycloak-$KEYCLOAK_VERSION" "$KEYCLOAK/"
  rm -rf "$KEYCLOAK/unpacked" "$KEYCLOAK/download"
}

# Secrets are made once and lie in a file that only its owner may read.
keycloak_secrets() {
  if [ ! -f "$KEYCLOAK/env" ]; then
    (
      umask 077
      printf 'KC_BOOTSTRAP_ADMIN_USERNAME=root\nKC_BOOTSTRAP_ADMIN_PASSWORD=%s\nSLIPWAY_CLIENT_SECRET=%s\nDEMO_PASSWORD=%s\n' \
        "$(_keycloak_random 16)" "$(_keycloak_random 32)" "$(_keycloak_random 12)" >"$KEYCLOAK/env"
    )
  fi
  set -a
  . "$KEYCLOAK/env"
  set +a
  (
    umask 077
    cat >"$KEYCLOAK_SETTINGS" <<END
slipway.oidc.issuers.company.url=$KEYCLOAK_URL/realms/slipway
slipway.oidc.issuers.company.title=Keycloak
slipway.oidc.issuers.company.client-secret=$SLIPWAY_CLIENT_SECRET
slipway.oidc.issuers.company.admin-url=$KEYCLOAK_URL/admin/realms/slipway
END
  )
}

_keycloak_random() { # LENGTH
  LC_ALL=C tr -dc 'a-zA-Z0-9' </dev/urandom | head -c "$1" || true
}

keycloak_start() {
  if keycloak_pid >/dev/null; then return 0; fi
  if port_taken "$SLIPWAY_KEYCLOAK_PORT"; then
    fail "Port $SLIPWAY_KEYCLOAK_PORT is taken by another program ($(port_holder "$SLIPWAY_KEYCLOAK_PORT"))." \
      "Choose another for Keycloak: SLIPWAY_KEYCLOAK_PORT=$((SLIPWAY_KEYCLOAK_PORT + 1000)) deploy/up --sso"
  fi
  step "Start Keycloak (half a minute; its log is $KEYCLOAK/keycloak.log)" _keycloak_start
}

_keycloak_start() {
  local end
  (
    cd "$KEYCLOAK/keycloak-$KEYCLOAK_VERSION"
    export SLIPWAY_URL=$API SLIPWAY_ISSUER=company JAVA_OPTS_KC_HEAP=-Xmx512m JAVA_OPTS_APPEND=--add-opens=java.base/java.lang=ALL-UNNAMED
    exec setsid nohup "$KEYCLOAK/keycloak-$KEYCLOAK_VERSION/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 --http-port="$SLIPWAY_KEYCLOAK_PORT" \
      >"$KEYCLOAK/keycloak.log" 2>&1 </dev/null
  ) &
  printf '%s\n' "$!" >"$KEYCLOAK_PID_FILE"
  end=$((SECONDS + 300))
  until curl -fs -o /dev/null --max-time 5 "$KEYCLOAK_URL/realms/slipway/.well-known/openid-configuration"; do
    keycloak_pid >/dev/null || { tail -n 20 "$KEYCLOAK/keycloak.log"; return 1; }
    [ "$SECONDS" -lt "$end" ] || { tail -n 20 "$KEYCLOAK/keycloak.log"; return 1; }
    sleep 0.5
  done
}

# Who already is there stays as they are. Keycloak takes no name shorter than three letters.
keycloak_people() {
  local token
  token=$(curl -fsS --max-time 30 "$KEYCLOAK_URL/realms/master/protocol/openid-connect/token" -d grant_type=password \
    -d client_id=admin-cli --data-urlencode "username=$KC_BOOTSTRAP_ADMIN_USERNAME" \
    --data-urlencode "password=$KC_BOOTSTRAP_ADMIN_PASSWORD" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
  [ -n "$token" ] || fail "Keycloak's administrator cannot sign in." "The password is in $KEYCLOAK/env."
  _keycloak_person "$token" ada /slipway/demo/owner
  _keycloak_person "$token" ben /slipway/demo/viewer
  _keycloak_person "$token" olga /slipway/operators
}

_keycloak_person() { # TOKEN NAME GROUP
  local status answer=$KEYCLOAK/answer
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$1" | curl -s -o "$answer" -w '%{http_code}' --max-time 30 -K - \
    -H 'Content-Type: application/json' "$KEYCLOAK_URL/admin/realms/slipway/users" -d "{\"username\":\"$2\",\"enabled\":true,
      \"email\":\"$2@example.com\",\"emailVerified\":true,\"firstName\":\"$2\",\"lastName\":\"Example\",\"groups\":[\"$3\"],
      \"credentials\":[{\"type\":\"password\",\"value\":\"$DEMO_PASSWORD\",\"temporary\":false}]}")
  case $status in 201 | 409) ;; *) fail "Keycloak did not take the person $2: it answered $status." "$(head -c 300 "$answer")" ;; esac
}

keycloak_stop() {
  local pid
  pid=$(keycloak_pid) || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
  rm -f "$KEYCLOAK_PID_FILE"
}
