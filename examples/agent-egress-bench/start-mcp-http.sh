#!/bin/sh
# The managed MCP HTTP command: start-mcp-http.sh POSTERN
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export POSTERN_HOME="${POSTERN_HOME:-$(mktemp -d)}"
"$here/configure.sh" > "$POSTERN_HOME/bench.yaml"
exec "$1" mcp proxy --config "$POSTERN_HOME/bench.yaml" --listen "$AEB_MCP_HTTP_ADDR" --upstream "$AEB_MCP_HTTP_FIXTURE_URL"
