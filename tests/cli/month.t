#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A month in a team: the README tells it, and what it shows is what the commands
# print, here and now. GOLDEN=write puts that into the README.
. "${0%/*}/../lib/test.sh"

page=$TOP/README.md

# run <line>: shows the line as it is typed, and what it says.
run () {
	printf '$ %s\n' "$1"
	eval "$1" 2>&1
}

# day <day of January 2026>: the clock is at ten o'clock.
day () {
	test_clock=$((1767607200 + ($1 - 5) * 86400))
	tick
}

history () {
	day 5 && git init -q app && cd app &&
	commit 'Load the rows' data/load.py "$(seq 9)" &&
	git tag v1.0.0 && git retro init --language en >/dev/null &&
	git retro skip v1.0.0 --reason 'before we kept retros' >/dev/null &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	commit 'Drop rows without a label' data/load.py "$(seq 8)" &&
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
	printf '\n# Before a bug-fix release: what does the branch still carry?\n'
	day 20
	run 'git retro audit release/1.0'
	printf '\n# What was promised is done by the commit that says so.\n'
	day 22
	echo test >data/test_load.py && git add .
	run "git commit -q -m 'Test empty labels' -m 'Retro-Action: 2026-01-05-v1-1-0#A1'"
	run 'git retro actions'
}

# Ids of commits depend on every byte of the scratch repository.
same_ids () {
	sed -E 's/\b[0-9a-f]{40}\b/3f2c91b0d4aa00c5b1e3f3f0e6f7f5b2a9c1d2e3/g
		s/\b[0-9a-f]{10}\b/3f2c91b0d4/g; s/\b[0-9a-f]{7}\b/3f2c91b/g'
}

# told: the story as the README has it.
told () {
	awk '/^## A month in a team/ { found = 1 }
		found && /^```console$/ { inside = 1; next }
		inside && /^```$/ { exit }
		inside { print }' "$page"
}

# write <file>: puts the story into the README.
write () {
	awk -v text="$1" '
		{ if (!inside) print }
		/^## A month in a team/ { found = 1 }
		found && /^```console$/ {
			while ((getline line <text) > 0)
				print line
			inside = 1
		}
		inside && /^```$/ { print; inside = found = 0 }
	' "$page" >"$TRASH/page" && cat "$TRASH/page" >"$page"
}

ok 'the month in the README is what happens' '
	(history) >/dev/null 2>&1 && cd app && month >../raw 2>&1 &&
	same_ids <../raw >../month && cd .. &&
	{ [ "${GOLDEN-}" != write ] || write "$TRASH/month"; } &&
	told >told && test -s told && same told month
'
test_done
