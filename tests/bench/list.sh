#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What finds one retro, and what goes through all of them, on 1,000, 10,000 and
# 100,000 retros (SIZES) whose front matter has every field, warm: `show`,
# `trace` and `check --staged` against `git diff-index --cached --quiet HEAD`;
# `list`, `status` and `actions` against `git grep -l '^status:'` in the work
# tree; `stats` against `list`. Checks first that both see the same retros.
# Medians of whole processes in milliseconds, and what they took of the
# processors. Needs hyperfine.
#
# With one staged among 100,000 in one folder the price is git's own: the tree of
# that folder in HEAD has 4.8 MB, nearly half of them ids, and zlib alone takes
# 20 ms to unpack it. git's index tells that something in the folder was staged,
# and not what, so both lists are walked. To be faster one would have to keep the
# tree unpacked beside: each commit of a retro makes another one, which is read
# once. In folders only the tree of the one where something was staged is.
. "${0%/*}/common"

# full <count>: a repository of 200 commits and so many retros that link them.
full () {
	mkdir "$scratch/$1" && cd "$scratch/$1"
	git init -q . && git config user.name B &&
	git config user.email b@example.com
	git config gc.auto 0
	for i in $(seq 200)
	do
		printf 'commit refs/heads/topic\ncommitter B <b@example.com> %d +0000\n' \
			$((1700000000 + i * 3600))
		printf 'data 10\ncommit %03d\nM 100644 inline src/f%d\ndata 4\n%03d\n\n' \
			"$i" $((i % 50)) "$i"
	done | git fast-import --quiet
	git reset -q --hard topic
	# shellcheck disable=SC2046
	"$here/corpus.pl" retros "$1" 1 $(git rev-list -n 100 topic)
	git add . && git commit -q -m corpus
	git tag v1.0.0 HEAD~50 && git tag v1.1.0
	sleep 0.1 # what changed a moment ago is not trusted
}

same_retros () {
	git retro list --format=tsv | tail -n +2 | cut -f6 | sort >../ours
	git grep -l '^status:' -- retros | sort >../theirs
	cmp ../ours ../theirs || { echo "bench: the answers differ" >&2; exit 1; }
	echo "$1 retros: list and git grep name the same"
}

echo "$(git --version), $(uname -sm), $(nproc) processors"
for size in ${SIZES-1000 10000 100000}
do
	full "$size"
	same_retros "$size"
	file=$(git ls-files retros | sed -n "$((size / 2))p")
	id=${file#retros/} id=${id%.md}
	git retro show "$id" >../shown && grep -q "$id" ../shown
	git retro trace "$id" >../shown || :
	runs=${RUNS:-$((size < 100000 ? 20 : 7))}
	cached='git diff-index --cached --quiet HEAD'
	heads
	row "$runs" "git-retro show $id" "$cached"
	row "$runs" "git-retro trace $id" "$cached"
	row "$runs" "git-retro check --staged" "$cached"
	echo >>"$file" && git add "$file" && sleep 0.1 &&
	git retro check --staged >/dev/null 2>&1 || :
	echo '    one retro staged:'
	row "$runs" "git-retro check --staged" "$cached"
	git reset -q --hard
	git retro list >/dev/null
	row "$runs" "git-retro list" "git grep -l ^status:"
	row "$runs" "git-retro status" "git grep -l ^status:"
	row "$runs" "git-retro actions" "git grep -l ^status:"
	sleep 3 && git retro stats >/dev/null # kept once all has settled
	row "$runs" "git-retro stats" "git-retro list"
	cd / && rm -rf "${scratch:?}/$size"
done
