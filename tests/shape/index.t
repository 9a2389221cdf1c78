#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Indexes of every form. What is staged is what git says.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# start <name>: a repository with a retro that is good, and one that is staged
# and is not; enters it.
start () {
	new_repo "$1" && cd "$1" && commit first && retro_for v1.0.0 &&
	git add retros && git commit -q -m retro &&
	printf -- '---\nid: bad\ntitle: B\ndate: 2026-02-30\n---\n' \
		>retros/bad.md && git add retros/bad.md
}

# staged: check sees the staged retro, and it alone.
staged () {
	git diff --cached --name-only >"$TRASH/names" &&
	has "$TRASH/names" retros/bad.md &&
	status 1 git retro check --staged >"$TRASH/out" &&
	has "$TRASH/out" retros/bad.md && lacks "$TRASH/out" v1.0.0 &&
	every_of every_reading
}

ok 'as it is' 'start plain && staged'
ok 'version 4' 'start four && git update-index --index-version 4 && staged'
ok 'split' 'start split && git update-index --split-index && staged'
ok 'sparse, in a sparse checkout' '
	start sparse && mkdir -p other/deep && commit other other/deep/f &&
	printf -- "---\nid: bad\n" >retros/bad.md && git sparse-checkout set \
		--cone --sparse-index retros && git add retros/bad.md && staged &&
	git retro list >out && has out r-v1.0.0
'
ok 'untracked cache, fsmonitor, end of index, skip-hash' '
	start cached && git update-index --untracked-cache &&
	may_fail git -c core.fsmonitor=true -c index.skipHash=true \
		-c index.threads=2 update-index --fsmonitor 2>/dev/null &&
	staged
'
ok 'intent to add, assume unchanged, skip worktree' '
	start flags && git add -N retros/v1.0.0.md &&
	printf -- "---\nid: new\n---\n" >retros/new.md &&
	git add -N retros/new.md && git update-index --assume-unchanged file &&
	git update-index --skip-worktree retros/v1.0.0.md && staged
'
ok 'conflicts' '
	start conflict && git commit -q -m bad && git checkout -q -b side HEAD~1 &&
	commit theirs retros/bad.md "---" && ! git merge -q main &&
	git ls-files -u | grep bad.md && every_of every_reading &&
	every_of every_writing
'
ok 'GIT_INDEX_FILE is another one, as in a hook' '
	start other && cp .git/index "$TRASH/index" && git reset -q &&
	git retro check --staged >out && test_empty out &&
	GIT_INDEX_FILE=$TRASH/index && export GIT_INDEX_FILE && staged
'
ok 'none, an empty one, and a damaged one' '
	start none && rm .git/index && at_most 1 git retro check --staged &&
	every_of every_reading && : >.git/index && every_of every_reading &&
	rm .git/index && git reset -q && git add retros && printf "XXXX" |
	dd of=.git/index bs=1 seek=0 conv=notrunc status=none &&
	! git diff --cached --name-only 2>/dev/null &&
	status 128 git retro check --staged 2>err && has err "git retro: " &&
	git retro list >out && has out r-v1.0.0 && every_of every_reading
'
ok 'locked by another git' '
	start locked && : >.git/index.lock && staged && git retro list >out &&
	has out r-v1.0.0 && test -e .git/index.lock
'
test_done
