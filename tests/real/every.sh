#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/every.sh <repository>...: every command in each of the
# repositories. They are only read: what writes does so in a copy that borrows
# their objects (of a small repository, in a copy of all of it). Prints a line a
# repository, and what went wrong; fails if anything did. It fails, too, where
# git can read a repository of the kind that we read and we cannot. A folder
# with a `.gitted` in it is taken for a repository that was put away under that
# name.
set -u
tests=$(cd "${0%/*}/.." && pwd) || exit 1
BUILD=${BUILD:-${tests%/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_EDITOR=: GIT_PAGER=cat LC_ALL=C.UTF-8
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export PATH GIT_EDITOR GIT_PAGER LC_ALL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE CI
# shellcheck source=tests/lib/every.sh
. "$tests/lib/every.sh"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-every.XXXXXX") || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
GIT_CEILING_DIRECTORIES=$scratch HOME=$scratch
export GIT_CEILING_DIRECTORIES HOME
git config --global safe.directory '*'
git config --global init.defaultBranch main

# is_repository <folder>: at it, not above it.
is_repository () {
	[ -e "$1/.gitted" ] || [ -e "$1/.git" ] || [ -e "$1/HEAD" ]
}

# readable: what must work in each repository of the kind that we read, if git
# reads it; says what does not.
readable () {
	git rev-parse --git-dir >/dev/null 2>&1 &&
	[ "$(git rev-parse --show-object-format)" = sha1 ] || return 0
	for command in list status check actions 'hooks status' doctor
	do
		# shellcheck disable=SC2086
		git-retro $command >/dev/null 2>"$scratch/err" </dev/null
		[ $? = 128 ] || continue
		echo "REFUSED: $1: $command: $(head -n 1 "$scratch/err")"
		return 1
	done
}

# copy <from>: $scratch/copy, to write in.
copy () {
	rm -rf "$scratch/copy"
	if [ "$(du -sk "$1" | cut -f 1)" -lt 20000 ]
	then
		cp -R "$1" "$scratch/copy" || return
		[ ! -e "$scratch/copy/.gitted" ] ||
			mv "$scratch/copy/.gitted" "$scratch/copy/.git"
	else
		git clone -q --shared "$1" "$scratch/copy"
	fi
}

refused=0 bad=0 nr=0
for repo
do
	is_repository "$repo" || continue
	nr=$((nr + 1))
	copy "$repo" || { bad=$((bad + 1)); continue; }
	cd "$scratch/copy" || exit 1
	every_of every_reading || bad=$((bad + 1))
	said="$EVERY_RUN reading, $EVERY_FAILED of them failed in words"
	readable "$repo" || refused=$((refused + 1))
	every_of every_writing || bad=$((bad + 1))
	echo "$repo: $said; $EVERY_RUN writing, $EVERY_FAILED failed in words"
	cd "$scratch" || exit 1
done
echo "$nr repositories, $bad with something wrong, $refused refused that git reads"
[ "$bad" = 0 ] && [ "$refused" = 0 ]
