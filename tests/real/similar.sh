#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/similar.sh <repository> <folder>: for each Markdown file in the
# folder of a repository, which others `git retro show` calls similar: a line a
# pair, the first 8 characters of both files' names. On a scratch clone.
set -eu
repo=$(cd "$1" && pwd) folder=$2
top=$(cd "${0%/*}/../.." && pwd)
BUILD=${BUILD:-$top/build}
PATH=$BUILD:$PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git clone -q "$repo" "$scratch/clone"
cd "$scratch/clone"
printf 'version: 1\ndir: %s\n' "$folder" >.retro.yml
for file in "$folder"/*.md
do
	"$BUILD/tests/pty" -- git --no-pager retro show "$file" </dev/null |
		tr -d '\r' | sed 's/\x1b\[[0-9;]*m//g' |
		sed -n '/^Similar retros$/,$s/^  \([^ ]*\)  .*/\1/p' |
		while read -r other
		do
			name=${file##*/}
			printf '%.8s %.8s\n' "$name" "$other"
		done
done
