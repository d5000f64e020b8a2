#!/usr/bin/env bash
# Runs the native compiler over the whole program and fails on any trim or AOT warning.
#
# The feed has the Windows runtime pack only, so the target is win-x64 and the last step, linking, cannot succeed here. That step is
# not the point: the compiler has seen every reachable method by then and has written one object file.
#
# Works on a copy: a runtime-specific restore would rewrite the committed lock files, and its obj folders would disturb the build.
#
# Exit code: 0 clean, 1 warnings or no object file, 3 the compiler's packages cannot be restored (nothing was proved).
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
copy=$(mktemp -d "${TMPDIR:-/tmp}/postern-aot.XXXXXX")
trap 'rm -rf "$copy"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

(cd "$root" && tar -cf - --exclude=.git --exclude=bin --exclude=obj --exclude=out --exclude=node_modules \
  --exclude=TestResults --exclude=packages.lock.json --exclude=./tests --exclude=./bench --exclude=./fuzz .) | tar -xf - -C "$copy" || exit 1

log=$copy/publish.log
dotnet publish "$copy/src/Postern" -c Release -r win-x64 -p:PublishAot=true -p:DisableUnsupportedError=true \
  -nodeReuse:false -p:UseSharedCompilation=false >"$log" 2>&1

if grep -qE 'error NU1[0-9]{3}|NU1301' "$log"; then
  grep -E 'error NU1' "$log" | sed "s|$copy/||g" | sort -u | head -5
  exit 3
fi

# IL2xxx is trimming, IL3xxx is AOT; as warnings or, with warnings as errors, as errors.
if grep -E '(warning|error) IL[0-9]{4}' "$log" | sed "s|$copy/||g" | sort -u | grep .; then
  exit 1
fi

object=$(find "$copy" -name '*.obj' -size +1M | head -1)
if [ -z "$object" ]; then
  echo "The compiler wrote no object file:"
  sed "s|$copy/||g" "$log" | tail -20
  exit 1
fi

echo "AOT gate: no IL warning, $(($(wc -c <"$object") / 1048576)) MiB of native code"
