#!/bin/sh
# Prints the configuration for a run, with the addresses and files that the benchmark's runner names.
set -eu
cat <<CONFIG
version: 1
mode: balanced
api_allowlist: []

# The benchmark's servers stand on this machine. Nothing else inside is excepted, and names are not trusted.
ssrf: { ip_allowlist: [127.0.0.1/32] }
forward_proxy: { connect_ports: [1-65535] }
fetch_proxy:
  monitoring:
    # The domain that its documentation asks for, beside the defaults.
    blocklist: [exfil-collector.example.net, "*.pastebin.com", "*.hastebin.com", "*.paste.ee", "*.transfer.sh", "*.file.io", "*.requestbin.com"]
    max_requests_per_minute: 0

# Its runner trusts this authority, and its servers are signed by it.
tls_interception: { enabled: true, ca_cert: "${AEB_TLS_CA_FILE}", ca_key: "${AEB_TLS_CA_KEY_FILE}" }

cross_request_detection: { enabled: true, entropy_budget: { enabled: true, action: block } }
mcp_session_binding: { unknown_tool_action: block, no_baseline_action: warn }
scan_api: { listen: "${AEB_SCAN_ADDR:-127.0.0.1:9990}", auth: { bearer_tokens: ["${AEB_SCAN_TOKEN:-bench-token-of-sixteen}"] } }
CONFIG
