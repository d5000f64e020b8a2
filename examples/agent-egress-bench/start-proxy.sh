#!/bin/sh
# The managed proxy command: start-proxy.sh POSTERN
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export POSTERN_HOME="${POSTERN_HOME:-$(mktemp -d)}"
chmod 600 "$AEB_TLS_CA_KEY_FILE"
"$here/configure.sh" > "$POSTERN_HOME/bench.yaml"
SSL_CERT_FILE="$AEB_TLS_CA_FILE" exec "$1" run --config "$POSTERN_HOME/bench.yaml" --listen "$AEB_PROXY_ADDR"
