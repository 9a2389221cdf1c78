#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A month in a team, as the README tells it.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/readme.sh"

# day <day of January 2026>: the clock is at ten o'clock.
day () {
	test_clock=$((1767607200 + ($1 - 5) * 86400))
	tick
}

history () {
	day 5 && git init -q app && cd app &&
	commit 'Load the rows' data/load.py 'rows = list(read_rows(path))' &&
	git tag v1.0.0 && git retro init --language en >/dev/null &&
	git retro skip v1.0.0 --reason 'before we kept retros' >/dev/null &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	commit 'Drop rows without a label' data/load.py \
		'rows = [row for row in read_rows(path) if row.label]' &&
	git branch release/1.0 && tick &&
	git revert --no-edit HEAD >/dev/null
}

month () {
	printf '# A release is tagged, and its retro is drafted with what git knows.\n'
	run 'git tag v1.1.0'
	run 'git switch -q -c retro && git retro new --release v1.1.0 --no-edit'
	sed -i -e 's/^<!-- What should the next.*/- An empty label is no error: `data\/load.py`/' \
		-e 's/^<!-- [^>]*one line.*-->/Rows were lost for a week./' \
		retros/*-v1-1-0.md
	run "git retro actions add v1.1.0 'Test with empty labels @ann due:2026-01-16'"
	git add . && tick && git commit -q -m 'The retro of v1.1.0'
	printf '\n# A colleague reviews it, here or as a comment on the pull request.\n'
	day 7
	run 'git retro review main'
	git switch -q main && git merge -q retro && tick
	printf '\n# Somebody meets the same words.\n'
	day 14
	run "git retro search 'empty label'"
	printf '\n# Somebody else is about to step into it: the hook of git commit says so.\n'
	day 16
	echo 'rows = list(read_rows(path))[1:]' >data/load.py
	run "git commit -q -a -m 'Skip the first row'"
	printf '\n# Before a bug-fix release: what does the branch still carry?\n'
	day 20
	run 'git retro audit release/1.0'
	printf '\n# What was promised is done by the commit that says so.\n'
	day 22
	echo test >data/test_load.py && git add .
	run "git commit -q -m 'Test empty labels' -m 'Retro-Action: 2026-01-05-v1-1-0#A1'"
	run 'git retro actions'
}

ok 'the month in the README is what happens' '
	(history) >/dev/null 2>&1 && cd app && month >../raw 2>&1 &&
	same_ids <../raw >../month && as_told "A month in a team" ../month
'
test_done
