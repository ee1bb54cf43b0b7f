#!/bin/sh
# Installs Debian packages where something is missing: debian.sh "command that proves it is there" package...
set -eu
proof=$1
shift
if sh -c "$proof" >/dev/null 2>&1; then exit 0; fi
if ! command -v apt-get >/dev/null; then
    echo "Install what Debian calls $*, then try again." >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then as_root=sudo; fi
echo "Installing $* ..."
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
