#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The question after a tag: every answer, through a real terminal, and every
# case in which nobody may be asked.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

ok 'a tag is asked for once, also when it is made again' '
	hooked once && "$PTY" -e "[l]ater, [?] " -s "n\r" -- \
		git tag v1.0.0 && test "$(answer v1.0.0)" = no &&
	git tag -d v1.0.0 && silent "$PTY" -- git tag v1.0.0 &&
	git tag -d v1.0.0 && silent git tag v1.0.0
'
ok 'another person is asked too' '
	hooked two && "$PTY" -e "[l]ater, [?] " -s "n\r" -- \
		git tag v1.0.0 && git tag -d v1.0.0 &&
	GIT_COMMITTER_EMAIL=bo@example.com "$PTY" -e "Draft it now?" \
		-s "later\r" -- git tag v1.0.0 &&
	has .git/retro/asked "no	v1.0.0	cas@example.com" &&
	has .git/retro/asked "later	v1.0.0	bo@example.com"
'
ok 'Y drafts it in the editor' '
	hooked yes && mkdir sub && cd sub &&
	GIT_EDITOR="env >../env; echo edited >>" "$PTY" \
		-e "v1.0.0 has no retro yet. Draft it now? " \
		-s "y\r" -- git tag v1.0.0 &&
	cd .. && grep -l v1.0.0 retros/*.md && grep edited retros/*.md &&
	! grep "^GIT_DIR=" env && test "$(answer v1.0.0)" = yes &&
	git tag -d v1.0.0 && silent git tag v1.0.0
'
ok 'the return key is a yes' '
	hooked return && "$PTY" -e "[l]ater, [?] " -s "\r" -- \
		git tag v1.0.0 && grep v1.0.0 retros/*.md
'
ok 'skip asks why, and records that none is needed' '
	hooked skip && "$PTY" -e "[l]ater, [?] " -s "skip\r" \
		-e "Reason for skipping v1.0.0: " -s "only a rebuild\r" -- \
		git tag v1.0.0 && grep "status: waived" retros/*.md &&
	grep "only a rebuild" retros/*.md && test "$(answer v1.0.0)" = skip
'
ok 'skip without a reason is put off' '
	hooked noreason && "$PTY" -e "[l]ater, [?] " -s "skip\r" \
		-e "Reason for skipping" -s "\r" -- git tag v1.0.0 &&
	test ! -e retros && test "$(answer v1.0.0)" = later
'
ok 'later is remembered' '
	hooked later && "$PTY" -e "[l]ater, [?] " -s "later\r" -- \
		git tag v1.0.0 && test "$(answer v1.0.0)" = later &&
	test ! -e retros
'
ok 'what is no answer is asked again, three times' '
	hooked again && "$PTY" -e "[l]ater, [?] " -s "what\r" \
		-e "later  ask me again when I push the tag" \
		-e "[l]ater, [?] " -s "n\r" -- git tag v1.0.0 &&
	test "$(answer v1.0.0)" = no && commit More &&
	"$PTY" -e "[?] " -s "1\r" -e "[?] " -s "2\r" -e "[?] " -s "3\r" -- \
		git tag v2.0.0 &&
	test "$(answer v2.0.0)" = later
'
ok 'the end of input puts off' '
	hooked eof && "$PTY" -e "[l]ater, [?] " -s "\x04" -- \
		git tag v1.0.0 && git rev-parse -q --verify v1.0.0 &&
	test "$(answer v1.0.0)" = later
'
# git does not wait for the hook when it is interrupted: until there is an
# answer; a minute is for a machine that is busy with something else.
remembered='i=0
	until test -s .git/retro/asked || test $i = 600
	do
		i=$((i + 1))
		sleep 0.1
	done'
ok 'Ctrl-C leaves the tag, and puts off' '
	hooked interrupt && { "$PTY" -e "[l]ater, [?] " -s "\x03" -- sh -c "
		trap : INT
		git tag -a -m x v1.0.0
		$remembered
	"; :; } && git rev-parse -q --verify v1.0.0 && git fsck --strict &&
	test ! -e .git/refs/tags/v1.0.0.lock &&
	test "$(answer v1.0.0)" = later
'
ok 'a draft that fails is put off' '
	hooked broken && GIT_EDITOR=false "$PTY" -e "[l]ater, [?] " \
		-s "y\r" -- git tag v1.0.0 && git rev-parse -q --verify v1.0.0 &&
	test "$(answer v1.0.0)" = later
'
ok 'several tags at once are one question' '
	hooked several && printf "create refs/tags/%s HEAD\n" v1.0 v2.0 >in &&
	"$PTY" -e "v1.0, v2.0 have no retro yet. Draft them now?" -s "n\r" -- \
		sh -c "git update-ref --stdin <in" >out &&
	has out "You will not be asked again" &&
	test "$(answer v1.0)" = no && test "$(answer v2.0)" = no && commit More &&
	printf "create refs/tags/%s HEAD\n" v3.0 v4.0 v5.0 v6.0 v7.0 v8.0 >in &&
	"$PTY" -e "v3.0, v4.0, v5.0, v6.0, v7.0 and 1 more have no retro yet." \
		-s "skip\r" -e "Reason for skipping v3.0" -s "a test\r" -- \
		sh -c "git update-ref --stdin <in" >out &&
	test "$(grep -l "status: waived" retros/*.md | wc -l)" = 6 &&
	commit Yet && printf "create refs/tags/%s HEAD\n" v9.0 v10.0 >in &&
	"$PTY" -e "Draft them now?" -s "y\r" -- sh -c "git update-ref --stdin <in" &&
	grep -l "releases: \[v9.0\]" retros/*.md &&
	grep -l "releases: \[v10.0\]" retros/*.md
'
ok 'a script that tags each package is asked once' '
	hooked packages && printf "version: 1\nreleases:\n  tags: [\"*@*\"]\n" >.retro.yml &&
	"$PTY" -e "a@1.0.0 has no retro yet" -s "later\r" -- \
		sh -c "for p in a b c d; do git tag \$p@1.0.0; done" >out 2>&1 &&
	test "$(grep -c "Draft it now" out)" = 1 &&
	has out "d@1.0.0 has no retro yet"
'
ok 'answers in Chinese, in full width, and a question mark' '
	hooked zh && "$PTY" -e "[?] " -s "？\r" -e "skip   none is needed" -e "[?] " \
		-s "否\r" -- git tag v1.0.0 && test "$(answer v1.0.0)" = no &&
	commit Two && "$PTY" -e "[?] " -s "跳过\r" -e "Reason for skipping" -s "重新打包\r" -- \
		git tag v2.0.0 && grep "重新打包" retros/*.md &&
	commit Three && "$PTY" -e "[?] " -s "以后\r" -- git tag v3.0.0 &&
	test "$(answer v3.0.0)" = later && commit Four &&
	"$PTY" -e "[?] " -s "ｎ\r" -- git tag v4.0.0 && test "$(answer v4.0.0)" = no
'
ok 'an empty reason records nothing, and says so' '
	hooked reason && "$PTY" -e "[?] " -s "skip\r" -e "Reason for skipping" -s "\r" \
		-e "No reason given; nothing recorded." -- git tag v1.0.0 &&
	test ! -e retros && test "$(answer v1.0.0)" = later
'
ok 'on-tag: hint never asks' '
	hooked hint && policy "on-tag: hint" &&
	"$PTY" -- git tag v1.0.0 >out && lacks out "[Y]es" &&
	has out "v1.0.0 has no retro yet"
'
ok 'nobody is asked in CI, or where git may not ask' '
	hooked ci && CI=1 "$PTY" -- git tag v1.0.0 >out && lacks out "[Y]es" &&
	has out "git retro new --release v1.0.0" &&
	GIT_TERMINAL_PROMPT=0 "$PTY" -- git tag v2.0.0 >out &&
	lacks out "[Y]es" && has out "git retro new --release v2.0.0" &&
	"$PTY" -- sh -c "git tag v3.0.0 2>err" >out && test_empty out &&
	line v3.0.0
'
ok 'git in the background is not stopped' '
	hooked background && "$PTY" -- \
		sh -c "set -m; git tag v1.0.0 & wait" >out &&
	lacks out "[Y]es" && has out "v1.0.0 has no retro yet"
'
ok 'without a terminal of its own git is not stopped either' '
	hooked daemon && setsid -w git tag v1.0.0 2>err && line v1.0.0
'
ok 'a GUI has no terminal, no input, and reads stderr' '
	hooked gui && git init -q --bare ../gui.git && (
		exec <&- && setsid -w git tag v1.0.0 2>err
	) && line v1.0.0 && (
		exec <&- >/dev/null && setsid -w git push -q ../gui.git v1.0.0 2>err
	) && line v1.0.0
'
ok 'a terminal on stderr that is not ours is not asked' '
	hooked foreign && "$PTY" -- setsid -w git tag v1.0.0 >out &&
	lacks out "[Y]es" && has out "v1.0.0 has no retro yet"
'
ok 'git push & is not stopped, and its terminal stays its own' '
	hooked pushed && git init -q --bare ../pushed.git &&
	GIT_RETRO=0 git tag v1.0.0 && "$PTY" -e "pushed, \$" -- sh -c "
		set -m
		git push -q ../pushed.git v1.0.0 & wait
		echo \"pushed, \\\$\"
	" >out && lacks out "[Y]es" &&
	has out "v1.0.0 has no retro yet" &&
	git -C ../pushed.git rev-parse -q --verify v1.0.0
'
# impatient <nr> <command>: nobody answers the question of this number, and a
# minute passes at once. A program with sanitizers wants to be first.
impatient () {
	IMPATIENT=$1 && shift &&
	IMPATIENT=$IMPATIENT ASAN_OPTIONS=verify_asan_link_order=0 \
		LD_PRELOAD=$BUILD/tests/impatient.so "$@"
}
ok 'nobody answers: the tag is made, and asked for at the push' '
	hooked nobody && git init -q --bare ../nobody.git &&
	impatient 1 "$PTY" -e "[l]ater, [?] " -e "No answer" -- \
		git tag v1.0.0 && git rev-parse -q --verify v1.0.0 &&
	test "$(answer v1.0.0)" = later && impatient 1 "$PTY" \
		-e "[l]ater, [?] " -e "No answer" -- \
		git push ../nobody.git v1.0.0 &&
	git -C ../nobody.git rev-parse -q --verify v1.0.0
'
ok 'nobody says why none is needed, or whether to stop the push' '
	hooked half && git init -q --bare ../half.git &&
	impatient 2 "$PTY" -e "[l]ater, [?] " -s "skip\r" \
		-e "Reason for skipping" -- git tag v1.0.0 && test ! -e retros &&
	test "$(answer v1.0.0)" = later && impatient 2 "$PTY" \
		-e "[l]ater, [?] " -s "y\r" -e "[y/N] " -- \
		git push ../half.git v1.0.0 &&
	git -C ../half.git rev-parse -q --verify v1.0.0 && ls retros
'
ok 'Ctrl-C at the question of a push ends the push, and loses nothing' '
	hooked broken-off && git init -q --bare ../broken-off.git &&
	GIT_RETRO=0 git tag v1.0.0 && { "$PTY" -e "[l]ater, [?] " \
		-s "\x03" -- sh -c "
		trap : INT
		git push ../broken-off.git v1.0.0
		$remembered
	"; :; } && test "$(answer v1.0.0)" = later && git fsck --strict &&
	git push -q ../broken-off.git v1.0.0 2>err && line v1.0.0
'
ok 'an editor that is killed leaves the draft and the tag' '
	hooked killed && GIT_EDITOR="kill -9 \$\$; :" "$PTY" \
		-e "[l]ater, [?] " -s "y\r" -- git tag v1.0.0 &&
	git rev-parse -q --verify v1.0.0 && test "$(answer v1.0.0)" = later &&
	silent env GIT_RETRO=0 git tag -d v1.0.0
'
ok 'a question goes to the terminal, not into what the push prints' '
	hooked porcelain && git init -q --bare ../porcelain.git &&
	GIT_RETRO=0 git tag v1.0.0 && "$PTY" -e "[l]ater, [?] " -s "n\r" -- \
		sh -c "git push --porcelain ../porcelain.git v1.0.0 >printed" &&
	has printed "refs/tags/v1.0.0" && lacks printed "retro"
'
ok 'GIT_RETRO=0 turns it off' '
	hooked off && GIT_RETRO=0 "$PTY" -- git tag v1.0.0 >out &&
	test_empty out && silent env GIT_RETRO=0 git tag -a -m x v2.0.0
'
ok 'a separate work tree is drafted in' '
	hooked separate && mkdir ../tree && "$PTY" -e "v1.0.0 has" -s "y\r" -- \
		git --git-dir="$PWD/.git" --work-tree=../tree tag v1.0.0 &&
	grep v1.0.0 ../tree/retros/*.md
'
ok 'a bare repository never asks' '
	hooked source && cd .. && git clone -q --bare source bare.git &&
	cd bare.git && git retro hooks install &&
	"$PTY" -- git tag v1.0.0 >out && lacks out "[Y]es" &&
	has out "v1.0.0 has no retro yet"
'
test_done
