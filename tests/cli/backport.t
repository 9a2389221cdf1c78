#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A bug that was shipped, fixed on main and forgotten on a release branch, as the
# README shows it.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/readme.sh"

history () {
	git init -q --bare app.git && git init -q app && cd app &&
	git remote add origin ../app.git &&
	commit 'Load the rows' data/load.py "$(seq 9)" &&
	git retro init --language en >/dev/null &&
	sed -i 's/branches: .*/branches: ["release\/*"]/' .retro.yml &&
	git add . && tick && git commit -q -m 'Keep retros' &&
	sed -i 's/^5$/batch = 32/' data/load.py && tick &&
	git commit -q -a -m 'Load in batches of 32' &&
	GIT_RETRO=0 git tag v1.0.0 && git branch release/1.0 &&
	commit 'Label by hand' data/label.py &&
	GIT_RETRO=0 git push -q -u origin main release/1.0 v1.0.0 &&
	sed -i 's/^batch = 32$/batch = rows/' data/load.py && tick &&
	git commit -q -a -m 'Load the last batch, too' &&
	git retro skip v1.0.0 --reason 'our first' && tick &&
	git add . && git commit -q -m 'v1.0.0 has no retro' &&
	GIT_RETRO=0 git tag v1.1.0 &&
	git retro new --no-edit 'The last rows were lost' &&
	sed -i 's/^<!-- What should the next.*/- A batch that is not full was silently dropped: `data\/load.py`/' \
		retros/*-rows-were-lost.md
}

story () {
	printf '# It shipped in v1.0.0 and is fixed on main. Who wrote the lines that the fix deleted?\n'
	run 'git retro link --suggest --fix main~1'
	cause=$(git rev-parse --short=10 v1.0.0)
	run "git retro link @ --cause $cause --fix main~1 --release v1.1.0"
	git add . && tick && git commit -q -m 'Why rows were lost'
	printf '\n# Which releases and branches have the fix?\n'
	run 'git retro trace @'
	printf '\n# Before you tag v1.0.1, audit fails (exit code 1) and git push warns.\n'
	git checkout -q release/1.0 && commit 'Read the docs' docs/read.md
	run 'git retro audit release/1.0'
	run 'git push -q origin release/1.0'
	printf '\n# Pick the commit it names and the warning is gone.\n'
	pick=$(git retro audit release/1.0 | sed -n 's/^ *\(git cherry-pick.*\)/\1/p')
	tick
	run "$pick >/dev/null"
	run 'git push -q origin release/1.0'
	run 'git retro audit release/1.0'
}

ok 'the forgotten backport in the README is what happens' '
	(history) >/dev/null 2>&1 && cd app && story >../raw 2>&1 &&
	same_ids <../raw >../story &&
	as_told "A fix that was forgotten" ../story
'
ok 'the audit fails and then passes, the push names it and then is silent' '
	grep -c "has a known problem" story | grep -qx 1 && has story "exposed" &&
	has story "no known pitfall in" && has story "First release with the fix: v1.1.0"
'
test_done
