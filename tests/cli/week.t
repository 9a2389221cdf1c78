#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A week in the life of a team, one command after the other; what it shows is
# golden/cli/week.txt.
. "${0%/*}/../lib/test.sh"

# run <command>...: prints it as typed, and what it says.
run () {
	printf '$ %s\n' "$*"
	"$@"
	code=$?
	[ $code = 0 ] || printf '(exit %s)\n' "$code"
	return 0
}

# day <day of January 2026>: the clock is at ten o'clock.
day () {
	test_clock=$((1767607200 + ($1 - 5) * 86400))
	printf '\n# %s\n\n' "$(date -u -d "@$test_clock" '+%A, %-d %B')"
}

week () {
	git init -q team && cd team || exit 1
	day 5
	commit 'Load the rows' load.py
	git tag v1.0.0
	run git retro init --language en
	git add -A && tick && git commit -q -m 'Keep retros'
	commit 'Train on them' train.py
	bad=$(git rev-parse HEAD)
	tick && git revert --no-edit HEAD >/dev/null
	tick && run git tag -m 'First' v1.1.0

	day 6
	tick && run git retro new --release v1.1.0 --no-edit
	sed -i 's/^<!-- What should the next.*/- Rows without a label are dropped: `load.py`/' retros/*-v1-1-0.md
	tick && run git retro actions add v1.1.0 'Test with empty labels @ann due:2026-01-07'
	tick && run git retro actions add v1.1.0 'Count the rows @bo due:2026-01-20'
	tick && run git retro check
	git add -A && tick && git commit -q -m 'Draft the retro of v1.1.0'
	run git retro status

	day 8
	tick && run git retro status
	commit 'Test it' test.py
	tick && run git retro actions done v1.1.0#A1 --commit HEAD
	git add -A && tick && git commit -q -m 'An action less'
	tick && run git retro actions

	day 9
	echo 'count' >count.py && git add -A && tick &&
		git commit -q -m 'Count the rows' \
			-m "Retro-Action: 2026-01-06-v1-1-0#A2"
	tick && run git retro actions --open
	tick && run git retro actions add v1.1.0 'Watch the inputs @cy due:2026-01-08'
	git add -A && tick && git commit -q -m 'One more'
	tick && git tag -m 'Second' v1.2.0 2>/dev/null
	tick && run git retro new --release v1.2.0 --no-edit
	run sed -n '/^## Actions/,/^## What git/p' retros/*-v1-2-0.md
	tick && git tag -m 'Third' v1.3.0 2>/dev/null
	tick && run git retro skip v1.3.0 --reason 'only a version number'
	tick && run git retro list

	day 26
	tick && run git retro status --exit-code
}

ok_shims 'a week' '
	(week) >out 2>&1 && sed -E "s/[0-9a-f]{40}/<id>/g; s/\b[0-9a-f]{7,10}\b/<id>/g" \
		out >clean && golden cli/week.txt clean
'
test_done
