#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The machine fails: nothing may be written, the disk is full, the process is
# killed, the clock goes backwards, others write at the same time. The old bytes
# stay, and the message has the way out. (tests/cli/writes.t has the same for
# each command that edits.)
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# start <name>: a repository with our hooks and a retro with an action.
start () {
	hooked "$1" && GIT_RETRO=0 git tag v1.0.0 && retro_for v1.0.0 &&
	printf "\n## Actions\n\n- [ ] A1: Do it\n" >>retros/v1.0.0.md &&
	git add . && git commit -q -m retro && cp retros/v1.0.0.md "$TRASH/before"
}
# whole: the retro is the old one, and nothing else lies beside it.
whole () {
	cmp "$TRASH/before" retros/v1.0.0.md &&
	test "$(find retros -mindepth 1 | wc -l)" = 1
}

# A person who may not write: root drops its rights for this, and takes copies
# of the programs along.
mkdir bin && cp "$BUILD/git-retro" "$BUILD/git-retro-hook" bin
if [ "$(id -u)" = 0 ]
then
	nobody () {
		PATH=$TRASH/bin:$PATH setpriv --reuid=65534 --regid=65534 \
			--clear-groups "$@"
	}
	give="chown -R 65534:65534"
else
	nobody () {
		"$@"
	}
	give=:
fi
export give

ok 'all is read-only: reading works, writing says what is in the way' '
	start ro && $give . ../home && chmod a+rx .. && chmod -R a-w . &&
	nobody git-retro list >../out && has ../out r-v1.0.0 &&
	nobody git-retro status >../out && nobody git-retro show >../out &&
	nobody git-retro check && nobody git-retro doctor >../out &&
	has ../out "cannot write" &&
	for words in "actions done r-v1.0.0#A1" "link r-v1.0.0 --path x/**" \
		"new x --no-edit" "init" "hooks install" "hooks uninstall" \
		"skip v1.0.0 --reason x"
	do
		nobody git-retro $words >../out 2>../err
		code=$?
		test $code = 0 || { test $code = 128 &&
			has ../err "git retro: "; } || exit 1
	done && whole && chmod -R u+w .
'
ok 'hooks in a read-only repository stop nothing' '
	cd ro && may_fail chmod -R a-w .git/retro 2>/dev/null &&
	mkdir -p .git/retro && chmod a-w .git/retro && git init -q --bare ../ro.git &&
	$give ../ro.git && nobody git tag v2.0.0 2>../err &&
	has ../err "v2.0.0 has no retro yet" &&
	nobody git push -q ../ro.git v2.0.0 && chmod u+w .git/retro
'
if mkdir -p disk && mount -t tmpfs -o size=300k,mode=777 none disk 2>/dev/null
then
	umount disk
	ok 'a disk that is really full: every writing command, and the hooks' '
		start full && GIT_RETRO=0 git tag v2.0.0 && commit more &&
		mount -t tmpfs -o size=700k,mode=777 none ../disk &&
		trap "cd /; umount $TRASH/disk" EXIT && cp -R . ../disk/r &&
		cd ../disk/r && { cat /dev/zero >../fill 2>/dev/null; :; } &&
		status 128 git-retro actions done r-v1.0.0#A1 2>"$TRASH/err" &&
		has "$TRASH/err" "No space left" && whole &&
		status 128 git-retro link r-v1.0.0 --path "x/**" && whole &&
		status 128 git-retro new x --no-edit && whole &&
		status 128 git-retro skip v2.0.0 --reason x && whole &&
		status 128 git-retro init && whole &&
		every_of every_reading && every_of every_writing && whole &&
		{ cat /dev/zero >>../fill 2>/dev/null; :; } &&
		! git-retro list --format=json >../full && rm ../fill &&
		git-retro actions done r-v1.0.0#A1 && git-retro check &&
		git-retro hooks install && git-retro hooks status
	'
else
	rmdir disk 2>/dev/null
	skip 'a disk that is really full: every writing command, and the hooks' \
		'no tmpfs can be mounted here'
fi
ok 'standard output is a full disk' '
	start pipes && for words in list show status "list --format=json" doctor -h \
		"completion bash" --version
	do
		git-retro $words >/dev/full 2>../err
		test $? = 128 && has ../err "cannot write the output" || exit 1
	done
'
ok 'standard output is closed, or its reader is gone' '
	cd pipes && status 128 git-retro list >&- 2>../err &&
	git-retro list --format=json | : && git-retro doctor | head -n 1
'
ok 'no standard input, output or error at all' '
	cd pipes && git-retro list <&- >../out && has ../out r-v1.0.0 &&
	may_fail git-retro actions done r-v1.0.0#A1 <&- >&- 2>&- &&
	has retros/v1.0.0.md "[x] A1" && git checkout -q . && whole &&
	git-retro-hook pre-push <&- >&- 2>&- && git tag v9.0.0 <&- 2>&- >&- &&
	git rev-parse -q --verify v9.0.0
'
# With little memory; the sanitizers need terabytes of addresses to begin with.
limited () {
	[ -n "$sanitized" ] ||
		(ulimit -v 20000; "$@")
}

ok 'few file descriptors, little memory, no process to be had' '
	cd pipes &&
	(ulimit -n 14; at_most 128 git-retro list >../out 2>../err) &&
	limited at_most 138 git-retro list >../out 2>../err &&
	whole && may_fail limited git-retro actions done r-v1.0.0#A1 2>/dev/null &&
	git checkout -q . && whole
'
ok 'git is not there, or does not start' '
	cd pipes &&
	PATH=$BUILD status 128 "$BUILD/git-retro" list >../out 2>../err && has ../err "git" && mkdir -p ../fake &&
	printf "#!/bin/sh\nexit 3\n" >../fake/git && chmod +x ../fake/git &&
	PATH=$TRASH/fake:$PATH status 128 git-retro list >../out 2>../err && has ../err "git retro: " &&
	may_fail env PATH="$TRASH/fake" "$BUILD/git-retro-hook" pre-push </dev/null &&
	printf "#!/bin/sh\nkill -9 \$\$\n" >../fake/git &&
	PATH=$TRASH/fake:$PATH status 128 git-retro status >../out 2>../err && has ../err "git retro: "
'
ok 'an editor that fails, is killed, or is not there' '
	cd pipes && for editor in false "kill -9 \$\$;:" /no/such/editor
	do
		GIT_EDITOR=$editor status 128 git retro edit r-v1.0.0 2>../err &&
		whole && has ../err editor || exit 1
	done &&
	GIT_EDITOR=false status 128 git retro new "Kept" --release v1.0.0 2>../err &&
	rm -f retros/2026* && whole
'
ok 'the clock goes backwards, and stands at the epoch' '
	start clock && for now in 0 1 1767607200 4102444800
	do
		SOURCE_DATE_EPOCH=$now && export SOURCE_DATE_EPOCH &&
		git retro status && git retro list >out && has out r-v1.0.0 &&
		git retro actions --overdue && git retro new "At $now" --no-edit &&
		git retro check || exit 1
	done
'
ok 'files and the table from tomorrow are not believed' '
	cd clock && touch -d "+2 days" .git/config retros/*.md && git tag a &&
	touch -d "+3 days" .git/retro/* && git config retro.onTag off &&
	touch -d "-3 days" .git/config && silent git tag v3.0.0 &&
	git config --unset retro.onTag && touch -d "-9 days" .git/config &&
	git tag v4.0.0 2>err && line v4.0.0
'
ok 'five at once: each edit is there, and no lock stays' '
	start five && for i in 1 2 3 4 5
	do
		(for j in 1 2 3 4
		do
			git retro actions add r-v1.0.0 "Number $i.$j" &&
			git retro link r-v1.0.0 --path "p$i.$j/**" &&
			git retro list && git retro new "Draft $i.$j" --no-edit ||
			exit 1
		done) >"../said$i" 2>&1 &
	done && wait && test "$(grep -c "Number" retros/v1.0.0.md)" = 20 &&
	test "$(grep -oE "p[0-9]\.[0-9]" retros/v1.0.0.md | sort -u | wc -l)" = 20 &&
	test "$(ls retros/*draft-* | wc -l)" = 20 && git retro check &&
	! find . -name "*.lock" | grep . && ! cat ../said* | grep "git retro: "
'
ok 'five that tag at once: each is asked for once' '
	start tags && for i in 1 2 3 4 5
	do
		for j in 1 2 3
		do
			git tag "v1$i.$j" || :
		done 2>"../tagged$i" &
	done && wait && cat ../tagged* >../all &&
	test "$(grep -c "has no retro yet" ../all)" = 15 &&
	test "$(grep -c "^named" .git/retro/asked)" = 15
'
ok 'a lock or a table that is a folder, a fifo, a link out' '
	start locks && mkdir -p .git/retro && for name in edit.lock asked hooks-table
	do
		rm -rf .git/retro/$name && mkdir .git/retro/$name &&
		git tag "v5.0.0" 2>err && git tag -d v5.0.0 &&
		timeout 60 git retro actions reopen r-v1.0.0#A1 2>err
		test $? -le 128 && rm -rf .git/retro/$name &&
		mkfifo .git/retro/$name && timeout 60 git tag v5.0.0 2>err &&
		git tag -d v5.0.0 && timeout 60 git retro status &&
		rm -rf .git/retro/$name && ln -s "$TRASH/made" .git/retro/$name &&
		timeout 60 git tag v5.0.0 2>err && git tag -d v5.0.0 &&
		timeout 60 git retro actions done r-v1.0.0#A1 2>err
		test $? -le 128 && rm -f .git/retro/$name || exit 1
	done && test ! -e ../made
'
ok 'killed at any moment, drafts and the index among it' '
	"$TESTS/faults/kills.sh" 11 30
'
ok 'five with random commands at once: nothing is lost' '
	"$TESTS/faults/five.sh" 5 3
'
test_done
