#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/debian.sh <suite> <folder> [<command>...]: the README's two
# commands, `make demo` and `make test`, or another one, on another Debian (as
# testing): of what HEAD contains, as root, in a chroot that debootstrap makes
# in the folder and that the next run finds there.
set -eu
suite=$1 root=$2
shift 2
[ $# -gt 0 ] || set -- sh -c 'make demo && make test'
top=$(cd "${0%/*}/../.." && pwd)
TOP=$top
. "$top/tests/lib/tools.sh"

[ -e "$root/etc/debian_version" ] ||
	debootstrap --variant=minbase --include=git,make,ca-certificates \
		"$suite" "$root" "$(archive)"
root=$(cd "$root" && pwd)
# A frozen archive is taken here if it is there.
apt-config dump | grep '^Acquire::Check-' >"$root/etc/apt/apt.conf.d/90age" ||
	:

# What HEAD contains, as a clone; what an earlier run built is kept.
[ -d "$root/src/git-retro" ] ||
	git clone -q --no-hardlinks "$top" "$root/src/git-retro"
git -C "$root/src/git-retro" fetch -q "$top" HEAD
git -C "$root/src/git-retro" reset -q --hard FETCH_HEAD

# Mounts and processes that end with this command.
exec unshare --mount --pid --fork sh -c '
	mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" &&
	mount -t tmpfs tmpfs "$0/tmp" && chmod 1777 "$0/tmp" &&
	exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 TERM=dumb sh -c '\''
			cd /src/git-retro && exec "$@"'\'' sh "$@"
' "$root" "$@"
