#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `search` on 1,000, 10,000 and 100,000 retros (SIZES): the first index, with
# what it takes of time, memory and disk; a rare and a frequent word against
# `git grep -i` in the work tree and in HEAD, and rg; and a search after one
# file was changed. The look whether any file of the work tree changed is in our
# figures: `git diff-files --quiet` shows what git takes for that look alone, a
# bare clone, which has no work tree, what is left without it. The files
# that are found are compared before anything is timed. Medians of whole
# processes in milliseconds, and what they took of the processors, which says
# more where others work on the same machine. Needs hyperfine; rg and GNU time
# if they are there. It judges nothing.
. "${0%/*}/common"

# alike <word>: search finds the files that git grep finds.
alike () {
	git grep -il -e "$1" -- retros | sort >"$scratch/theirs" || :
	git retro search --limit 0 --format tsv "$1" | tail -n +2 | cut -f4 |
	sort >"$scratch/ours"
	cmp "$scratch/theirs" "$scratch/ours" >&2 || {
		echo "bench: the answers to $1 differ" >&2
		exit 1
	}
	echo "  $1: the same $(wc -l <"$scratch/ours") files"
}

first_index () {
	start=$(date +%s%N)
	if [ -x /usr/bin/time ]
	then
		/usr/bin/time -o "$scratch/memory" -f '%M' \
			git-retro search word >/dev/null || :
	else
		git-retro search word >/dev/null || :
		echo 0 >"$scratch/memory"
	fi
	echo "$1 retros, $(find retros -type f -exec cat {} + | wc -c) bytes;" \
		"first index $((($(date +%s%N) - start) / 1000000)) ms," \
		"$(($(tail -n 1 "$scratch/memory") / 1024)) MB of memory," \
		"$(wc -c <.git/retro/index) bytes on disk"
}

echo "$(git --version), $(uname -sm), $(nproc) processors"
for size in ${SIZES-1000 10000 100000}
do
	corpus "$size"
	git clone -q --bare . bare.git
	first_index "$size"
	runs=${RUNS:-$((size < 100000 ? 20 : 7))}
	heads
	for word in petepin pipeline 复现
	do
		alike "$word"
		set -- "git-retro search $word" "git grep -i -l $word -- retros" \
			"git grep -i -l $word HEAD -- retros"
		! command -v rg >/dev/null || set -- "$@" "rg -i -l $word retros"
		[ $word != petepin ] || set -- "$@" 'git diff-files --quiet'
		row "$runs" "$@"
	done
	git retro search --at HEAD petepin >/dev/null
	row "$runs" 'git-retro search --at HEAD petepin' \
		'git grep -i -l petepin HEAD -- retros'
	(cd bare.git && git retro search petepin >/dev/null &&
		row "$runs" 'git-retro search petepin' \
		'git grep -i -l petepin HEAD -- retros' |
		sed 's/search petepin/& (bare)/')
	file=$(find retros -type f | head -n 1)
	row "$runs" --prepare "sh -c 'echo more >>$file; sleep 0.05'" \
		'git-retro search petepin' | sed 's/petepin/& (one changed)/'
done
