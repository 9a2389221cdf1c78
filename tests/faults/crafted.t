#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# More to compare than anybody can, signals, and a file system without locks.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

USAGE=$BUILD/tests/usage

ok 'more patterns and tags than can be compared: said, and git goes on' '
	hooked much && perl -e "print qq(version: 1\nreleases:\n  tags: [),
		join(q(, ), map { qq(\"v*\$_*x\") } 1 .. 9900), qq(]\n)" >.retro.yml &&
	head=$(git rev-parse HEAD) && perl -e "print qq(# pack-refs with: peeled fully-peeled sorted \n);
		print qq($head \$_\n) for sort map { qq(refs/tags/v1.\$_) }
		1 .. 30000" >.git/packed-refs && git add . &&
	status 128 "$USAGE" ../used 60 500 git-retro status >../out 2>../err &&
	has ../err "too much to compare" && test_empty ../out &&
	git commit -q -m settings &&
	git tag v99.0x && git init -q --bare ../much.git &&
	git push -q ../much.git HEAD v99.0x
'
# hit <signal's number> <hook>: while the hook waits for its input.
hit () {
	mkfifo fifo 2>/dev/null
	git-retro-hook "$2" origin url <fifo >out 2>err &
	pid=$!
	exec 7>fifo
	for i in 1 2 3 4 5 6 7 8 9 10
	do
		case $(cat /proc/$pid/comm 2>/dev/null) in
		git-retro-hook) break ;;
		esac
		sleep 0.1
	done
	# Until its handlers are there: that of SIGTRAP is no sanitizer's.
	for i in 1 2 3 4 5 6 7 8 9 10
	do
		caught=$(sed -n "s/^SigCgt:.*\([0-9a-f]\{8\}\)$/\1/p" \
			/proc/$pid/status)
		[ $((0x$caught & 0x10)) = 0 ] || break
		sleep 0.1
	done
	# A shell without job control has its children ignore some, nohup others.
	ignored=$(sed -n "s/^SigIgn:.*\([0-9a-f]\{8\}\)$/\1/p" \
		/proc/$pid/status)
	[ $((0x$ignored >> ($1 - 1) & 1)) = 1 ] || kill -"$1" $pid
	exec 7>&-
	wait $pid
	code=$?
	rm -f fifo
	[ $code = 0 ] || { echo "SIG$1: exit code $code"; return 1; }
}

ok 'hooks: any signal ends in exit code 0' '
	hooked signals && for signal in 1 2 3 4 5 6 7 8 10 11 12 13 14 15 24 26 \
		27 31
	do
		case ${sanitized:+asan}.$(kill -l $signal) in
		*asan*.SEGV | *asan*.BUS | *asan*.FPE | *asan*.ILL) continue ;;
		esac
		hit $signal pre-push || exit 1
	done
'
if [ -z "$sanitized" ]
then
	ok 'no locks (ENOLCK, ENOSYS, EOPNOTSUPP): who writes does not wait' '
		new_repo locks && cd locks && commit first && git tag v1.0.0 &&
		retro_for v1.0.0 &&
		printf "\n## Actions\n\n- [ ] A1: Do it\n" >>retros/v1.0.0.md &&
		git add . && git commit -q -m retro && for errno in 37 38 95
		do
			export NO_LOCKS=$errno LD_PRELOAD=$BUILD/tests/no-locks.so &&
			for words in "actions add r-v1.0.0 More" \
				"actions done r-v1.0.0#A1" "edit r-v1.0.0" \
				"link r-v1.0.0 --path p$errno/**" "list" \
				"new N$errno --no-edit" "init" "hooks install" \
				"relink" "check --fix" "skip v1.0.0 --reason x"
			do
				git-retro $words >../out 2>../err || :
				lacks ../err "being changed by another" &&
				lacks ../err "cannot lock" || exit 1
			done && has retros/v1.0.0.md "p$errno" &&
			unset LD_PRELOAD && git checkout -q retros/v1.0.0.md || exit 1
		done
	'
fi
test_done
