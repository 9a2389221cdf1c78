#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every call that can fail, failing: reading and writing (EIO, EMFILE, ENOSPC,
# ENOENT is no failure), starting a process (EAGAIN), allocating. For every
# command and every hook: it ends, by an exit code of its own; an answer with
# exit code 0 or 1 is the one without a failure, or a word on stderr says what
# is missing; what it was to write is written whole or not at all; and a hook
# never stops git. Each command of the table has its rows here. SWEEP=all tries
# each call, else some of each command's; the figures are printed.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

INJECT=$BUILD/tests/inject
: "${SWEEP:=6}"

# A repository with something of everything, and a good answer to each command.
start () {
	git init -q --bare origin.git && hooked repo && git tag v1.0.0 &&
	retro_for v1.0.0 && printf -- \
		"---\nid: two\ntitle: The release\ndate: 2026-01-05\nstatus: draft\npaths: [file]\ncommits: {cause: [%s]}\n---\n\n## Pitfalls\n\n- It fell.\n\n## Actions\n\n- [ ] A1: Do it\n" \
		"$(git rev-parse HEAD)" >retros/two.md &&
	printf -- "---\nid: bad\ntitle: T\ndate: 2026-02-30\nstatus: odd\n---\n" \
		>retros/bad.md && git add . && git commit -q -m retros 2>/dev/null &&
	commit more && git tag v1.1.0 2>/dev/null && commit last other &&
	git remote add origin ../origin.git && git branch old v1.0.0 && cd .. &&
	mkdir docs && echo "# Outage" >docs/outage.md && printf -- \
		"---\ndate: 2024-05-06\n---\n# Old\n" >docs/0001-old.md &&
	git init -q --bare empty.git
}
start >/dev/null 2>&1 || echo "Bail out! no repository"

reading () {
	cat <<-\END
	list
	list --at HEAD
	show two
	status
	status --exit-code
	check
	check --staged
	check --range HEAD~2..HEAD
	actions
	doctor
	hooks status
	gate
	grep -e release
	grep -e release --history
	search release
	pitfalls
	context file
	context --staged
	trace two
	audit
	audit HEAD
	relink --dry-run
	review old
	list --format=json
	new --list-templates
	help
	help list
	completion bash
	link --suggest two
	env
	trials
	stats
	report
	mcp
	export --to sqlite
	list --repos=.
	notify --format feishu
	END
}

writing () {
	cat <<-\END
	new "One more" --no-edit
	new --release v1.1.0 --no-edit
	skip v1.1.0 --reason "none needed"
	link two --fix HEAD
	unlink two --path file
	actions add two "More"
	actions done two#A1
	check --fix
	edit two
	init
	init --ci github
	hooks uninstall
	hooks install
	relink
	jot "A note"
	site -o ../pages
	import ../docs
	END
}

# Those that were wrong once, of which more calls are tried.
hooks_status () {
	echo "hooks status"
}

import_folder () {
	echo "import ../docs"
}

export_rows () {
	echo "export --to sqlite"
}

# commands: what there is, by the table of the program.
commands () {
	git retro help | sed -n "s/^   \([a-z]*\) .*/\1/p"
}

git_work () {
	cat <<-\END
	commit -q -a -m change
	commit -q --amend -m other
	tag v1.2.0
	push -q origin HEAD v1.0.0
	END
}

# fresh: a copy to work in, and where it pushes to; enters it.
fresh () {
	cd "$TRASH" && rm -rf at && for ref in origin.git/refs/*/*
	do
		[ ! -e "$ref" ] || {
			rm -rf origin.git && cp -Rp empty.git origin.git
			break
		}
	done && cp -Rp repo at && cd at
}

# The files of the work tree, what they hold, and the hooks.
tree () {
	find . .git/hooks -path ./.git -prune -o -type f -exec cksum {} + | sort
}

injected=0 calls=0 open=0 runs=0

# picks <n>: the numbers of the calls that fail; half as many where other calls
# of the same kind fail with EIO; with SWEEP=every:<k> each kth.
picks () {
	some=$SWEEP
	case $SWEEP:$class:$number in
	all:*) some=$1 ;;
	every:*) some=$(($1 / ${SWEEP#every:})) ;;
	*:kill:9) some=$((SWEEP * 2)) ;;
	*:io:5 | *:memory:*) ;;
	*) some=$((SWEEP / 2)) ;;
	esac
	awk -v n="$1" -v k="$some" 'BEGIN {
		for (i = 0; n <= k ? i < n : i < k; i++)
			print n <= k ? i + 1 : 1 + int(i * (n - 1) / (k - 1))
	}'
}

# attempt <class> <n> <errno> <command>...: runs it with the failure.
attempt () {
	class=$1 n=$2 number=$3
	shift 3
	case $class in
	memory)
		rm -f "$TRASH/log"
		NO_MEMORY=$n NO_MEMORY_LOG=$TRASH/log timeout 60 \
			env LD_PRELOAD="$BUILD/tests/no-memory.so" "$@" ;;
	*)
		timeout 60 "$INJECT" "$class" "$n" "$number" "$TRASH/log" "$@" ;;
	esac >"$TRASH/out" 2>"$TRASH/err" </dev/null
}

# count <class> <command>...: how many calls it makes.
count () {
	class=$1
	shift
	attempt "$class" 0 5 "$@"
	good=$?
	awk '{ n += $1 } END { print n + 0 }' "$TRASH/log"
	return $good
}

wrong () {
	echo "$1: $class $n ($number): $words: exit code $code"
	[ "$class" = memory ] || echo "call $(cut -d" " -f2 "$TRASH/log")"
	head -5 "$TRASH/err"
	open=$((open + 1))
	[ $open -lt 20 ] || exit 1
}

# Whether something is said that is not without a failure: on stderr, or in what
# is printed (check, review), that something cannot be read.
warned () {
	{ [ -s "$TRASH/err" ] && ! cmp -s "$TRASH/err" "$TRASH/said"; } ||
		[ "$(grep -c cannot "$TRASH/out")" -gt \
			"$(grep -c cannot "$TRASH/good")" ]
}

# A command that reads: the answer, or a word. doctor has its words in what it
# prints.
judge_reading () {
	case $code in
	0 | 1)
		[ "$words" != doctor ] || return 0
		cmp -s "$TRASH/out" "$TRASH/good" && [ $code = $good ] ||
			warned || wrong "another answer"
		;;
	128 | 129) [ -s "$TRASH/err" ] || wrong "no word" ;;
	*) wrong "no exit code of ours" ;;
	esac
}

# Whether a file is neither as it was nor as it is to be.
half_done () {
	comm -23 "$TRASH/tree" "$TRASH/may" >"$TRASH/half"
	[ -s "$TRASH/half" ] && cat "$TRASH/half"
}

# One that writes: all, nothing, or a word; and no file is half written.
judge_writing () {
	tree >"$TRASH/tree"
	case $code in
	0 | 1)
		cmp -s "$TRASH/tree" "$TRASH/done" && [ $code = $good ] ||
			warned || wrong "another result"
		;;
	128 | 129) [ -s "$TRASH/err" ] || wrong "no word" ;;
	*) wrong "no exit code of ours" ;;
	esac
	# Each file is as it was or as it is to be. A draft may lack what it
	# says could not be read.
	case $words in
	init*) ;;
	new*) half_done && ! warned && wrong "half a draft" ;;
	*) half_done && wrong "half a file" ;;
	esac
	grep tmp "$TRASH/tree" && wrong "a temporary file"
	:
}

# Killed: no file is half written, and none of ours lies where `git add -A` would
# take it. Who comes next finds no lock; the same once more takes the rest away.
judge_killed () {
	tree >"$TRASH/tree"
	half_done && wrong "half a file"
	grep retro-tmp "$TRASH/tree" && wrong "a temporary file to be added"
	find . "$TRASH/pages" -name ".retro-tmp-*" \
		-exec touch -d "2 hours ago" {} + 2>/dev/null
	for again in "actions add two \"After $n\"" "$words"
	do
		eval "set -- $again"
		timeout 60 git-retro "$@" >"$TRASH/out" 2>"$TRASH/err" </dev/null
		[ $? -le 128 ] || wrong "who comes next cannot go on"
	done
	grep -q "After $n" retros/two.md || wrong "who comes next cannot write"
	find . "$TRASH/pages" -name ".retro-tmp-*" 2>/dev/null | grep . &&
		wrong "a temporary file"
	rm -rf "$TRASH/pages"
}

judge_git () {
	[ $code = 0 ] || wrong "git was stopped"
}

# sweep <class> <errno> <list> <judge> <program>: all of the commands.
sweep () {
	class=$1 number=$2 judge=$4 program=$5
	$3 >"$TRASH/commands"
	while read -r words
	do
		eval "set -- $words"
		fresh || exit 1
		if [ "$program" = git ]
		then
			echo change >>file
		fi
		tree >"$TRASH/before"
		total=$(count "$class" "$program" "$@")
		good=$?
		cp "$TRASH/out" "$TRASH/good" && cp "$TRASH/err" "$TRASH/said"
		tree >"$TRASH/done"
		sort -u "$TRASH/before" "$TRASH/done" >"$TRASH/may"
		calls=$((calls + total))
		[ "$total" -gt 0 ] || continue
		for n in $(picks "$total")
		do
			if [ "$judge" != judge_reading ]
			then
				fresh && { [ "$program" != git ] ||
					echo change >>file; }
			fi
			attempt "$class" "$n" "$number" "$program" "$@"
			code=$?
			injected=$((injected + 1))
			$judge
		done
	done <"$TRASH/commands"
	echo "$class $number $calls $injected $open" >>"$TRASH/figures"
	[ $open = 0 ] && [ $calls -gt 0 ]
}

figures () {
	awk '{ calls += $3; n += $4; open += $5
			printf "# %s (%s): %d calls, %d failures, %d fail-open\n",
				$1, $2, $3, $4, $5 }
		END { printf "# all: %d calls, %d failures, %d fail-open\n",
			calls, n, open }' "$TRASH/figures"
}

ok 'each command and each hook is tried' '
	commands >all && test $(wc -l <all) -gt 20 &&
	{ reading && writing; } | sed "s/ .*//" >tried && while read -r name
	do
		grep -qx "$name" tried || { echo "no row: $name"; exit 1; }
	done <all && (fresh && echo change >>file && git_work >"$TRASH/work" &&
	while read -r words
	do
		eval "set -- $words"
		GIT_TRACE=1 git "$@" 2>>"$TRASH/trace" || exit 1
	done <"$TRASH/work") && ls repo/.git/hooks | grep -v "[.]" >hooks &&
	test $(wc -l <hooks) -gt 3 && while read -r hook
	do
		has trace ".git/hooks/$hook" || exit 1
	done <hooks
'
export GIT_EDITOR="sh -c 'echo edited >>\"\$1\"' -"
if ! "$INJECT" io 0 5 "$TRASH/log" true
then
	skip 'each call of reading commands fails' 'no ptrace here'
else
	ok 'reading commands: each read fails (EIO)' '
		sweep io 5 reading judge_reading git-retro'
	ok 'reading commands: no more files can be opened (EMFILE)' '
		sweep io 24 reading judge_reading git-retro'
	ok 'reading commands: no process can be started (EAGAIN)' '
		sweep start 11 reading judge_reading git-retro'
	# A program that could not be looked at was called missing, a document
	# was imported from elsewhere, and a work tree was none.
	ok 'hooks status, import, export: each call fails (EIO)' '
		SWEEP=every:1 sweep io 5 hooks_status judge_reading git-retro &&
		SWEEP=every:1 sweep io 5 export_rows judge_reading git-retro &&
		SWEEP=every:1 sweep io 5 import_folder judge_writing git-retro'
	ok 'writing commands: each call fails (EIO)' '
		sweep io 5 writing judge_writing git-retro'
	ok 'writing commands: the disk is full (ENOSPC)' '
		sweep io 28 writing judge_writing git-retro'
	ok 'writing commands: no process can be started (EAGAIN)' '
		sweep start 11 writing judge_writing git-retro'
	ok 'writing commands: killed before each change of a file (SIGKILL)' '
		sweep kill 9 writing judge_killed git-retro'
	ok 'writing commands: ended by Ctrl-C, and by SIGTERM' '
		sweep kill 2 writing judge_killed git-retro &&
		sweep kill 15 writing judge_killed git-retro'
	ok 'hooks: each call fails (EIO)' '
		sweep io 5 git_work judge_git git'
	ok 'hooks: no process can be started (EAGAIN)' '
		sweep start 11 git_work judge_git git'
fi
if [ -n "$sanitized" ]
then
	skip 'each allocation fails' 'the sanitizers have their own'
else
	ok 'reading commands: each allocation fails' '
		sweep memory 12 reading judge_reading git-retro'
	# A value of JSON that was not made ended in a crash.
	ok 'an export: each tenth allocation fails' '
		SWEEP=every:10 sweep memory 12 export_rows judge_reading \
			git-retro'
	ok 'writing commands: each allocation fails' '
		sweep memory 12 writing judge_writing git-retro'
	ok 'hooks: each allocation fails' '
		sed -i "s,$BUILD/git-retro-hook,$BUILD/tests/git-retro-hook,g" \
			repo/.git/hooks/* && grep -q "$BUILD/tests/git-retro-hook" \
			repo/.git/hooks/pre-commit &&
		sweep memory 12 git_work judge_git git'
fi
figures
test_done
