#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The index: answers are those of the files, whatever becomes of it.
. "${0%/*}/../lib/test.sh"

retro () { # <name> <title> [<line>]
	printf -- '---\nid: %s\ntitle: %s\ndate: 2026-01-05\nstatus: final\n---\n\n## Pitfalls\n\n- %s `src/a.c`\n' \
		"$1" "$2" "${3-a trap}" >"retros/$1.md"
}

titles () {
	git retro list --format=tsv | tail -n +2 | cut -f12
}

new_repo repo && cd repo && mkdir retros && retro one First &&
retro two Second && git add . && git commit -q -m retros

ok 'an edit is seen, also one in the moment of the last look' '
	cd repo && titles >out && has out First && has out Second &&
	for i in 1 2 3 4 5
	do
		retro one "Edit$i" && titles >out && has out "Edit$i" || exit 1
	done
'
ok 'an edit that keeps size and time is seen' '
	cd repo && touch -d 2020-01-01 retros/one.md && titles >out &&
	sed -i s/Edit5/Edit6/ retros/one.md &&
	touch -d 2020-01-01 retros/one.md && titles >out && has out Edit6
'
ok 'new, renamed and deleted files are seen' '
	cd repo && retro three Third && titles >out && has out Third &&
	mkdir retros/sub && mv retros/three.md retros/sub/4.md && titles >out &&
	has out Third && rm -r retros/sub && titles >out && lacks out Third
'
ok 'whatever comes into a folder or leaves it is seen, and with it the folder' '
	cd repo && mkdir -p retros/a/b && retro a/b/five Fifth &&
	titles >out && sleep 0.1 && titles >out && sleep 0.1 &&
	retro a/b/six Sixth &&
	touch -d 2020-01-01 retros/a/b && titles >out && has out Sixth &&
	sleep 0.1 && titles >out && rm retros/a/b/five.md &&
	touch -d 2020-01-01 retros/a/b && titles >out && lacks out Fifth &&
	sleep 0.1 && titles >out && mv retros/a/b retros/c && titles >out &&
	has out Sixth && sleep 0.1 && titles >out &&
	mv retros/c/six.md retros/c/seven.md && git retro list --format=tsv >out &&
	has out retros/c/seven.md && lacks out six.md &&
	sleep 0.1 && titles >out && mv retros/c ../c && ln -s ../../c retros/c &&
	titles >out && lacks out Sixth && rm -r retros/a retros/c
'
ok 'a link is told each time, and what takes its place is read' '
	cd repo && ln -s ../one.txt retros/link.md && sleep 0.1 && for i in 1 2
	do
		git retro list >out 2>err && has err "1 error" && sleep 0.1 ||
			exit 1
	done && rm retros/link.md && cp retros/two.md retros/link.md &&
	git retro list --format=tsv >out && has out retros/link.md &&
	rm retros/link.md
'
# Four write and look at the same time, each of them a new file each time.
ok 'what several processes add at once is all found' '
	cd repo && sleep 0.1 && for who in 1 2 3 4
	do
		for i in 1 2 3 4
		do
			retro "p$who-$i" "Process $who $i"
			git retro list >"../out$who" || echo failed >>../failed
		done &
	done && wait && test ! -e ../failed && sleep 0.1 && titles >out &&
	test "$(grep -c Process out)" = 16 && sleep 0.1 && titles >out &&
	test "$(grep -c Process out)" = 16 && rm retros/p[1-4]-*.md
'
ok 'a file that cannot be read is told each time, and not for ever' '
	cd repo && ln -s /nowhere/x.md retros/link.md &&
	printf "\\377\\376x" >retros/bad.md &&
	for i in 1 2
	do
		git retro list >out 2>err && has err "2 errors" || exit 1
	done && rm retros/bad.md retros/link.md &&
	git retro list 2>err >out && test_empty err
'
ok 'two linked work trees have their own' '
	cd repo && git worktree add -q ../linked && cd ../linked &&
	retro one Linked && titles >out && has out Linked &&
	cd ../repo && titles >out && lacks out Linked && has out Edit6 &&
	test -f .git/retro/index && test ! -e .git/worktrees/linked/retro/index
'
ok 'what git config says of the place holds, however late it is known' '
	cd repo && mkdir other && cp retros/two.md other/x.md &&
	sed -i "s/^title:.*/title: Other/" other/x.md && titles >out &&
	has out Second && lacks out Other &&
	git -c retro.dir=other retro list --format=tsv >out &&
	has out Other && lacks out Second && titles >out && has out Second &&
	git config retro.dir other && titles >out && has out Other &&
	git config --unset retro.dir && titles >out && has out Second &&
	git retro grep --history Second >out && has out "title: Second" &&
	rm -r other
'
ok 'a revision, a bare repository' '
	cd repo && git retro list --at HEAD >out && has out First &&
	git clone -q --bare . ../bare.git && cd ../bare.git &&
	git retro list >out && has out First && has out Second
'
ok 'nothing is made where there is nothing' '
	new_repo none && cd none && git retro list >out && test_empty out &&
	test ! -e .git/retro
'
# many <word>: 1100 files that hold it.
many () {
	for i in $(seq 1100)
	do
		printf -- "---\nid: $1-$i\ntitle: $1 $i\n---\n" >"retros/$1-$i.md"
	done
}
ok 'texts that no work tree has any more are taken out' '
	new_repo sweep && cd sweep && mkdir retros && many one &&
	git retro search --limit=0 one >out && test "$(wc -l <out)" = 2200 &&
	git retro search "one OR 7" >before && rm retros/* && many two &&
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3 * 86400)) &&
	export SOURCE_DATE_EPOCH && git retro search --limit=0 two >out &&
	test "$(wc -l <out)" = 2200 && git retro doctor >out &&
	grep -E "texts +1100 +up to date" out && status 1 git retro search one &&
	rm retros/* && many one && git retro search "one OR 7" >after &&
	same before after
'
# hasty <command>...: on a terminal, where a second passes with each look at the
# clock. A program with sanitizers wants to be first.
hasty () {
	"$BUILD/tests/pty" ${press:+-e "$press" -s "\x03"} -- env \
		ASAN_OPTIONS=verify_asan_link_order=0 HALT_AT=${halt-} \
		LD_PRELOAD="$BUILD/tests/hasty.so" "$@"
}
# steps <output>: how far the bar was, a number a line.
steps () {
	tr "\r" "\n" <"$1" | sed -n "s|^Indexing: .*(\([0-9]*\)/9000)\$|\1|p"
}
ok 'a first build on a terminal shows a bar, and wipes it' '
	new_repo bar && cd bar && mkdir retros && for i in $(seq 9000)
	do
		echo "zebra $i" >"retros/$i.md"
	done && hasty git-retro --no-pager grep -c "a 9000" >out &&
	steps out >shown && test "$(wc -l <shown)" -gt 3 &&
	sort -n shown | cmp - shown && printf "\r\033[K" >wipe &&
	grep -qF "$(cat wipe)retros/9000.md:1" out && rm .git/retro/index &&
	hasty sh -c "git-retro --no-pager grep -c zebra 2>/dev/null" >out &&
	lacks out Indexing
'
# The clock stands still once a transaction is over: there is time to press it.
ok 'Ctrl-C at the bar ends it, and the next build goes on from there' '
	cd bar && rm .git/retro/index &&
	halt=8 press="(6144/9000)" hasty sh -c "trap : INT
		git-retro grep -c zebra; echo code \$?; stty -a" >out &&
	has out "code 130" && has out "isig icanon" && has out " echo " &&
	hasty git-retro --no-pager grep -c "a 9000" >out && steps out >shown &&
	test "$(head -n 1 shown)" -gt 4096 && has out "retros/9000.md:1"
'
ok 'it is made once: where nothing changed nothing is written' '
	new_repo once && cd once && mkdir retros &&
	printf "%s\n" --- "id: a" "title: A" --- zebra >retros/a.md &&
	git add . && git commit -q -m a && sleep 0.1 &&
	git retro search zebra >/dev/null && git retro list --at HEAD >/dev/null &&
	git retro list >/dev/null && cp .git/retro/index before &&
	git retro list >/dev/null && git retro search zebra >/dev/null &&
	cmp before .git/retro/index
'
ok 'whatever happens to the file, the answers stay' '
	retros=40 && { [ -z "$sanitized" ] || retros=15; } &&
	"$TESTS/faults/index.sh" 7 6 $retros
'
test_done
