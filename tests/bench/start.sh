#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What a start costs: the processor time in milliseconds, mean of RUNS, of the
# commands that need no object, with libgit2 linked statically without its
# network, with the shared one, and in a repository named by SHA-256; `git
# rev-parse HEAD` beside them. Needs hyperfine; builds the shared one in
# $BUILD/shared. Then what messages in Chinese add to a start, beside the
# locale C, where nothing is opened. It is no test: it judges nothing.
set -eu
top=$(cd "${0%/*}/../.." && pwd)
BUILD=${BUILD:-$top/build}
RUNS=${RUNS:-50}
command -v hyperfine >/dev/null || {
	echo "bench: needs hyperfine (apt-get install hyperfine)" >&2
	exit 1
}
make -s -C "$top" BUILD="$BUILD/shared" OFFLINE= all
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_RETRO=0
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export HOME GIT_CONFIG_NOSYSTEM GIT_RETRO GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE CI

# scene <format>: four releases, each with its retro.
scene () {
	git init -q --object-format="$1" "$1" && (
		cd "$1" && for n in 1 2 3 4
		do
			echo "$n" >file && git add file &&
			git commit -q -m "Change $n" &&
			git tag -a -m "$n" "v1.$n.0" &&
			"$BUILD/git-retro" new --release "v1.$n.0" --no-edit \
				>/dev/null || exit 1
		done && git add . && git commit -q -m Retros
	)
}

# cost <folder> <command>: user and system time, that of its children, too.
cost () (
	cd "$1" && hyperfine -N -w 3 -r "$RUNS" --export-csv "$scratch/csv" \
		"$2" >"$scratch/log" 2>&1 &&
	awk -F, 'NR == 2 { printf "%.1f", ($(NF - 3) + $(NF - 2)) * 1000 }' \
		"$scratch/csv"
)

scene sha1
scene sha256
printf '%-14s %8s %8s %8s %8s\n' 'ms' static shared 'of it' sha256
for words in list 'search change' pitfalls status
do
	static=$(cost sha1 "$BUILD/git-retro $words")
	shared=$(cost sha1 "$BUILD/shared/git-retro $words")
	printf '%-14s %8s %8s %8s %8s\n' "$words" "$static" "$shared" \
		"$(awk -v a="$shared" -v b="$static" 'BEGIN {
			printf "%.2f", b ? a / b : 0 }')" \
		"$(cost sha256 "$BUILD/git-retro $words")"
done
printf '%-14s %8s\n' 'git rev-parse' "$(cost sha1 "git rev-parse HEAD")"

# fine <locale> <words>: the same in hundredths, of more runs.
fine () (
	cd sha1 && LC_ALL=$1 hyperfine -N -w 5 -r $((RUNS * 10)) \
		--export-json "$scratch/json" "$BUILD/git-retro $2" \
		>"$scratch/log" 2>&1 &&
	jq -r '.results[0] | (.user + .system) * 100000 | round / 100' \
		"$scratch/json"
)

printf '\n%-14s %8s %8s %8s\n' 'ms' C Chinese added
for words in 'list' 'status' '-h'
do
	plain=$(fine C "$words")
	chinese=$(fine zh_CN.UTF-8 "$words")
	printf '%-14s %8s %8s %8s\n' "$words" "$plain" "$chinese" \
		"$(awk -v a="$chinese" -v b="$plain" 'BEGIN { printf "%.2f", a - b }')"
done
