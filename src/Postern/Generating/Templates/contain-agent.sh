#!/bin/sh
# Starts a tool as @agent@. Run by 'contained-NAME' through sudo; its first argument is the tool's name.
# The tool is what was added, byte for byte, or it is not started.
set -eu
name=${1-}
case $name in '' | .* | *[!A-Za-z0-9._-]*) echo "postern: no tool's name" >&2; exit 2 ;; esac
shift
pin=@tools@/$name
[ -f "$pin" ] || { echo "postern: $name was not added: postern contain add-tool" >&2; exit 127; }
/usr/bin/sha256sum --check --strict --status "$pin" || { echo "postern: $name is not the file that was added; it was not started" >&2; exit 126; }
tool=$(/usr/bin/sed -n 's/^[0-9a-f]\{64\}  //p' "$pin")
home=$(/usr/bin/getent passwd @agent@ | /usr/bin/cut -d: -f6)
exec /usr/bin/env -i HOME="$home" USER=@agent@ LOGNAME=@agent@ SHELL=/bin/sh PATH=/usr/local/bin:/usr/bin:/bin TERM="${TERM-dumb}" \
    @agent-environment@ \
    /usr/bin/setpriv --no-new-privs -- "$tool" "$@"
