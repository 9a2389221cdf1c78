#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `grep` on 1,000, 10,000 and 100,000 retros (SIZES) against `git grep -E` in the
# work tree, on the smallest against `git grep -i` and `rg`, too; and `grep
# --history` over every version of 10,000 retros (HISTORY; 0: not) against `git
# log -G`. Says first how long the index takes and how large it is. The answers
# are compared before anything is timed. Medians of whole processes in
# milliseconds, and what they took of the processors, which says more where
# others work on the same machine. Needs hyperfine, and rg if it is to be a
# peer. It is no test: it judges nothing.
. "${0%/*}/common"

# alike <title> <theirs> <ours>: both print the same, in any order.
alike () {
	sh -c "$2" | sort >"$scratch/theirs" || :
	sh -c "$3" | sort >"$scratch/ours" || :
	cmp "$scratch/theirs" "$scratch/ours" >&2 || {
		echo "bench: the answers to $1 differ" >&2
		exit 1
	}
	echo "  $1: the same $(wc -l <"$scratch/ours") lines"
}

echo "$(git --version), $(uname -sm), $(nproc) processors"
set -- '(timeout|rollback).*deploy' 'v[0-9]+[.][0-9]+[.]0 ' \
	'^- .*label.*(cache|queue)' '部署.{1,4}版本'
for size in ${SIZES-1000 10000 100000}
do
	corpus "$size"
	start=$(date +%s%N)
	git retro grep -c 'no such line' || :
	echo "$size retros, $(find retros -type f -exec cat {} + | wc -c) bytes;" \
		"first index $((($(date +%s%N) - start) / 1000000)) ms," \
		"$(wc -c <.git/retro/index) bytes"
	runs=${RUNS:-$((size < 100000 ? 15 : 5))}
	for pattern
	do
		alike "-E '$pattern'" "git grep -c -E '$pattern' -- retros" \
			"git retro grep -c -E '$pattern'"
	done
	alike '-i rollback' 'git grep -c -i rollback -- retros' \
		'git retro grep -c -i rollback'
	heads
	for pattern
	do
		row "$runs" "git-retro grep -c -E '$pattern'" \
			"git grep -c -E '$pattern' -- retros"
	done
	if [ "$size" = 1000 ] && command -v rg >/dev/null
	then
		row "$runs" 'git-retro grep -c -i rollback' \
			'git grep -c -i rollback -- retros' \
			'rg -c -i rollback retros'
	fi
	cd "$scratch" && rm -rf "$size"
done

history=${HISTORY-10000}
[ "$history" != 0 ] || exit 0
mkdir "$scratch/history" && cd "$scratch/history" && git init -q .
git config gc.auto 0
"$here/corpus.pl" ../texts "$history" 1
"$here/history.pl" ../texts $((history / 10)) | git fast-import --quiet --done
pattern='label.*drift.*version'
# every commit that brings or takes such a line, and every text that has one
for commit in $(git rev-list --all)
do
	git ls-tree -r "$commit" retros
done | cut -c 13-52 | sort -u >../blobs
start=$(date +%s%N)
git retro grep --history -c 'no such line' || :
echo "history: $(git rev-list --all | wc -l) commits," \
	"$(wc -l <../blobs) texts of $history retros; first time" \
	"$((($(date +%s%N) - start) / 1000000)) ms," \
	"$(cat .git/retro/index .git/retro/history | wc -c) bytes"
alike "--history '$pattern'" "git cat-file --batch --buffer <../blobs |
		perl -ne 'if (/^([0-9a-f]{40}) blob \d+\$/) { \$b = \$1 }
			elsif (/$pattern/ && !\$seen{\$b}++) { print \"\$b\n\" }'" \
	"git retro grep --history --format=json '$pattern' |
		sed -n 's/^      \"blob\": \"\(.*\)\",/\1/p'"
printf '    %-52s %9s %9s %7s %7s\n' '' ms cpu 'x ms' 'x cpu'
row "${RUNS:-5}" "git-retro grep --history -l '$pattern'" \
	"git log --all -G'$pattern' --format=%h -- retros"
