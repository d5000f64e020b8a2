#!/bin/sh
# The wrapped server: the runner's own, behind standard input and output.
exec socat - "TCP:$AEB_MCP_STDIO_UPSTREAM_ADDR"
