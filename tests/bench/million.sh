#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the first answer and the next ones of `git retro trace` take on a history
# of COMMITS commits (1,000,000) and TAGS tags (2,000), made here by fast-import;
# beside it `git log --all --format=%B`, once each, with the memory of the
# largest process. Disk: about 1 GB. It is no test: it judges nothing.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1
export PATH GIT_CONFIG_NOSYSTEM
unset GIT_DIR GIT_WORK_TREE
commits=${COMMITS:-1000000} tags=${TAGS:-2000}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
git init -q --bare -b main repo
"$here/releases.pl" "$commits" "$tags" 20 1 | git -C repo fast-import --quiet
cd repo
git config user.name B
git config user.email b@example.com

# row <title> <command>...
row () {
	title=$1
	shift
	/usr/bin/time -f '%e %M' -o ../time "$@" >/dev/null
	awk -v t="$title" '{ printf "  %-44s %8.1f s %6.0f MiB\n", t, $1,
		$2 / 1024 }' ../time
}

fix=$(git rev-list --no-merges -1 main~1000)
cause=$(git rev-list --no-merges -1 main~2000)
echo "$(git rev-list --all --count) commits, $(git tag | wc -l) tags"
row 'git log --all --format=%B' git log --all --format=%B
row 'trace, the first' git retro trace --cause "$cause" --fix "$fix" \
	--tags 'v*' --branches 'release/*'
row 'trace, the next' git retro trace --cause "$cause" --fix "$fix" \
	--tags 'v*' --branches 'release/*'
git commit-graph write --reachable --no-progress 2>/dev/null
rm -rf retro
row 'with a commit-graph: the first' git retro trace --cause "$cause" \
	--fix "$fix" --tags 'v*' --branches 'release/*'
row 'with a commit-graph: the next' git retro trace --cause "$cause" \
	--fix "$fix" --tags 'v*' --branches 'release/*'
