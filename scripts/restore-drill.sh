#!/usr/bin/env bash
# The restore drill: a fleet under load on a real PostgreSQL; a base backup, an archive, and then the data is destroyed and restored.
# Prints what was lost in time (RPO) and how long it took (RTO), and ends with 1 when more was lost or repeated than may be.
# About five minutes. docs/backup.md tells what it does and how to do the same with a server of your own.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=$(echo "${CONFIGURATION:-Release}" | tr '[:upper:]' '[:lower:]')
program=artifacts/build/$(scripts/engine)/bin/Fleet/$configuration/FteAgent.Fleet.dll
[ -f "$program" ] || { echo "restore-drill: there is no $program: run 'make build' first, or 'make restore-drill'." >&2; exit 2; }
scripts/postgres > /dev/null
exec dotnet "$program" restore
