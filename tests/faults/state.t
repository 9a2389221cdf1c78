#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every file of ours below the git directory, as every type of file: no command
# and no hook hangs, none writes through a link or into a second name, git's own
# work is done, and the answers are those of before.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# The commands that read these files: what they say.
look () {
	printf "%s\n" "list --format=json" "search release" status \
		"trace two" audit "context file" "grep -e the --history" |
		some | while read -r words
	do
		echo "== $words"
		timeout 60 git-retro $words </dev/null 2>"$TRASH/err" ||
			echo "exit code $?"
	done
}

# What they say where nothing is kept.
look_cold () {
	rm -rf .git/retro && look
}

# Git's own work, with all of our hooks in it.
work () {
	echo more >>file && timeout 60 git commit -q -a -m more &&
	timeout 60 git commit -q --amend -m again &&
	timeout 60 git tag v1.1.0 && timeout 60 git push -q origin HEAD v1.1.0 &&
	git tag -d v1.1.0 >/dev/null && git push -q origin :v1.1.0
}

start () {
	rm -rf repo far origin.git && mkdir far && echo outside >far/file &&
	git init -q --bare origin.git && hooked repo && git tag v1.0.0 &&
	retro_for v1.0.0 && printf "paths: [file]\n" >/dev/null &&
	printf -- "---\nid: two\ntitle: The release\ndate: 2026-01-05\nstatus: draft\npaths: [file]\ncommits: {cause: [%s]}\n---\n\n## Pitfalls\n\n- It fell.\n\n## Actions\n\n- [ ] A1: Do it\n" \
		"$(git rev-parse HEAD)" >retros/two.md && git add . &&
	git commit -q -m retros 2>/dev/null && git remote add origin ../origin.git &&
	look >/dev/null && work 2>/dev/null && git retro actions done two#A1 \
		>/dev/null && git checkout -q retros
}

# All that there are after all this, and those that come and go.
state_files () {
	{ (cd repo/.git/retro && find . -type f | sed "s,^\./,,") && printf "%s\n" \
		index-journal asked asked.lock edit.lock ledger.lock rewrites \
		rewrites.old shown hooks-table paths-table history touched; } |
		sort -u
}

types () {
	echo link dangling folder-link hard fifo folder socket device sparse empty \
		noise self cut
}

# make <type> <path>: false where there can be none.
make () {
	rm -rf "$2" && case $1 in
	link) ln -s "$TRASH/far/file" "$2" ;;
	dangling) ln -s "$TRASH/far/none" "$2" ;;
	folder-link) ln -s "$TRASH/far" "$2" ;;
	hard) ln "$TRASH/far/file" "$2" ;;
	fifo) mkfifo "$2" ;;
	folder) mkdir -p "$2/below" ;;
	socket) perl -MIO::Socket::UNIX -e \
		'chdir shift; IO::Socket::UNIX->new(Local => shift, Listen => 1)' \
		"$(dirname "$2")" "$(basename "$2")" && test -S "$2" ;;
	device) mknod "$2" c 1 5 2>/dev/null ;;
	sparse) truncate -s 900G "$2" 2>/dev/null ;;
	empty) : >"$2" ;;
	noise) head -c 50000 /dev/urandom >"$2" ;;
	cut) # what a machine that stopped leaves: no whole number of records
		[ -s "../kept/${2#.git/retro/}" ] &&
			head -c -3 "../kept/${2#.git/retro/}" >"$2" ;;
	self) ln -s "$(basename "$2")" "$2" ;;
	esac
}

outside_is_whole () {
	test "$(ls -A "$TRASH/far")" = file &&
	test "$(cat "$TRASH/far/file")" = outside
}

# The one answer that hangs on state of ours: what was shown, and what was
# asked, may be shown and asked again.
(start) >start.out 2>&1 && state_files >names && cp -R repo/.git/retro kept || {
	cat start.out
	exit 1
}
# What is spoiled at one time: each file by itself, where what it holds is wrong,
# where who opens it waits and where who writes it writes elsewhere; of the other
# types the index, its journal, what comes and goes, and all the rest.
spoiled_at_once () {
	case $1 in
	noise | fifo | dangling | cut) cat names ;;
	*)
		echo index
		echo index-journal
		grep -E "[.](lock|old)$" names | paste -sd" " -
		grep -vE "[.](lock|old)$|^index" names | paste -sd" " -
		;;
	esac
}

# spoil <type> <name>...: false where none can be of that type.
spoil () {
	type=$1 made=1
	shift
	for name
	do
		make "$type" ".git/retro/$name" && made=0
	done
	return $made
}

for type in $(types)
do
	ok "each file of ours: $type" '
		tried=0 && spoiled_at_once $type >together && cd repo &&
		look_cold >../good &&
		while read -r names
		do
			rm -rf .git/retro && cp -R ../kept .git/retro || exit 1
			spoil $type $names || continue
			tried=$((tried + 1))
			look >../now && same ../good ../now && outside_is_whole &&
			spoil $type $names && work 2>../err &&
			outside_is_whole || {
				echo "$names"
				cat ../err
				exit 1
			}
		done <../together && test $tried -gt 3
	'
done
ok 'the folder of ours: of each type' '
	cd repo && look_cold >../good && for type in $(types)
	do
		rm -rf .git/retro
		make $type .git/retro || continue
		look >../now && same ../good ../now && outside_is_whole &&
		work 2>../err && outside_is_whole || { echo $type; exit 1; }
	done && rm -rf .git/retro
'
test_done
