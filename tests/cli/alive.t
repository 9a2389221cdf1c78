#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Which links are broken, asked time and again while refs come, move and go: what
# is kept of the last answer never outlives them.
. "${0%/*}/../lib/test.sh"

# broken <number>: twice, as the first answer may be kept for the next.
broken () {
	sleep 0.1 &&
	for i in 1 2
	do
		git retro status --format=json >out &&
		test "$(jq ".dead_ties | length" out)" = "$1" ||
			{ cat out; return 1; }
	done
}

# linked <folder>: a retro that names a commit which only the branch topic has.
linked () {
	new_repo "$1" && cd "$1" && commit One && git checkout -q -b topic && commit Two file two &&
	two=$(git rev-parse HEAD) && git checkout -q main && mkdir retros &&
	printf -- '---\nid: r\ntitle: T\ndate: 2026-01-05\nstatus: final\ncommits:\n  fix: [%s]\n---\n' "$two" >retros/r.md &&
	git add . && git commit -q -m Retro
}

ok 'a branch that goes, and comes back' '
	linked branch && broken 0 && git branch -q -D topic && broken 1 && git branch topic $two && broken 0 &&
	git branch -q -f topic main && broken 1 && git branch -q -f topic $two && broken 0
'
ok 'a branch of a slash, a tag, a tag object, a remote branch' '
	linked kinds && git branch a/b/c $two && git branch -q -D topic && broken 0 && git branch -q -D a/b/c && broken 1 &&
	git tag one $two && broken 0 && git tag -d one >/dev/null && broken 1 &&
	git tag -m x two $two && broken 0 && git tag -d two >/dev/null && broken 1 &&
	git update-ref refs/remotes/origin/x $two && broken 0 && git update-ref -d refs/remotes/origin/x && broken 1 &&
	git update-ref refs/original/x $two && broken 1
'
ok 'refs that are packed' '
	linked packed && git pack-refs --all && broken 0 && git branch -q -D topic && broken 1 &&
	git branch topic $two && git pack-refs --all && broken 0 && git update-ref refs/heads/topic main && broken 1
'
ok 'a HEAD that is no branch, here and in another work tree' '
	linked heads && git branch -q -D topic && broken 1 && git checkout -q --detach $two && git checkout -q main -- retros && broken 0 &&
	git checkout -q -f main && broken 1 && git worktree add -q --detach ../other $two && broken 0 &&
	git -C ../other checkout -q --detach main && broken 1 && git -C ../other checkout -q $two && broken 0 &&
	git worktree remove --force ../other && broken 1
'
ok_files 'a ref that is written in place' '
	linked place && broken 0 && main=$(git rev-parse main) && printf "%s\n" "$main" >.git/refs/heads/topic && broken 1 &&
	printf "%s\n" "$two" >.git/refs/heads/topic && broken 0
'
ok 'one that leads to another, and a HEAD outside of all branches' '
	linked alias && git update-ref refs/own/x $two && git branch -q -D topic && broken 1 &&
	git symbolic-ref refs/remotes/origin/HEAD refs/own/x && broken 0 && git update-ref refs/own/x main && broken 1 &&
	git update-ref refs/own/x $two && broken 0 && git symbolic-ref -d refs/remotes/origin/HEAD && broken 1
'
ok 'a commit that stands for another' '
	linked replaced && broken 0 && git replace $(git rev-parse topic) $(git commit-tree -m Alone "topic^{tree}") && broken 0 &&
	git replace --graft main topic && git branch -q -D topic && broken 0 && git replace -d $(git rev-parse main) >/dev/null && broken 1
'
ok 'damaged or taken away, it is as good as none' '
	linked damaged && broken 0 && for i in 5 25 60 90
	do
		{ [ ! -f .git/retro/alive ] || printf X | dd of=.git/retro/alive bs=1 seek=$i conv=notrunc 2>/dev/null; } &&
		broken 0 || exit 1
	done && git branch -q -D topic && rm -f .git/retro/alive && broken 1
'
test_done
