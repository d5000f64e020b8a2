#!/bin/sh
exec /usr/bin/sudo -n -u @agent@ -- @launcher@ @tool@ "$@"
