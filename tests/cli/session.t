#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The first session, as the README shows it: the question at the terminal, and
# the draft.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/readme.sh"
unhurried
PTY=$BUILD/tests/pty

# day <day>: the clock is at ten o'clock.
day () {
	test_clock=$(date -u -d "$1 09:59" +%s)
	tick
}

# release <tag>: a commit, and the tag.
release () {
	commit "Prepare $1" CHANGES && git tag -a -m "$1" "$1"
}

history () {
	git init -q app && cd app && day 2026-03-02 && release v1.0.0 &&
	day 2026-05-04 && release v1.1.0 && git branch release/1.1 &&
	day 2026-08-10 && release v1.2.0 && git branch release/1.2 &&
	day 2026-10-20 && commit 'Load the rows' data/load.py &&
	release v1.3.0
}

# answered <commands>: at a terminal, with y at the question.
answered () {
	TERM=xterm "$PTY" -e '[?] ' -s 'y\r' -- sh -c "$1" | tr -d '\r'
}

session () {
	day 2026-11-24
	git retro init >/dev/null
	git add . && git commit -q -m 'Keep retros' && tick
	commit 'Drop rows without a label' data/load.py
	GIT_AUTHOR_NAME='Bo Builder' GIT_AUTHOR_EMAIL=bo@example.com \
		git revert --no-edit HEAD >/dev/null && tick
	commit 'Test the loader' data/test_load.py
	printf '$ git tag v1.4.0\n'
	answered 'git tag v1.4.0'
}

# What the README shows of the draft: its sections that hold something.
draft () {
	perl -0pe 's/^<!--.*?-->\n\n?//gms; s/^## [^\n]*\n+(?=## |\z)//gm; s/\n+\z/\n/' \
		retros/*-v1-4-0.md
}

ok 'the session in the README is what happens' '
	(history) >/dev/null 2>&1 && cd app && session >../raw 2>../err &&
	cat ../err && same_ids <../raw >../session &&
	as_told "In short" ../session
'
ok 'and so is the draft' '
	cd app && draft | same_ids >../draft &&
	as_told "The draft" ../draft markdown
'
LC_ALL=zh_CN.UTF-8 page=$TOP/src/README.zh_CN.md
ok 'and the session in Chinese' '
	mkdir zh && cd zh && (history) >/dev/null 2>&1 && cd app &&
	session >../raw 2>../err && same_ids <../raw >../session &&
	as_told "一眼看懂" ../session
'
test_done
