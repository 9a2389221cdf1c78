#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The hook commit-msg: past pitfalls of the commits that a message names.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# load <number>: a file with two functions; the number is in the second.
load () {
	printf '%s\n' 'int first_one(int a)' '{' '	int b = 1;' '	return a + b;' '}' '' \
		'int second_one(int a)' '{' '	int four = 4;' '	int five = 5;' \
		"	return a + four + $1;" '}' >load.c && git add load.c
}

# known <folder>: a cause, its fix, and a retro of both.
known () {
	hooked "$1" && load 1 && git commit -q -m base && load 2 && git commit -q -m Cause &&
	cause=$(git rev-parse HEAD) && load 3 && git commit -q -m Fix &&
	fix=$(git rev-parse HEAD) && mkdir retros &&
	printf '%s\n' --- 'id: a' 'title: The trap' 'date: 2026-01-05' 'status: draft' \
		"commits: {cause: [$cause], fix: [$fix]}" --- '' '## Pitfalls' '' \
		'- P1: mind the rows' >retros/a.md && git add . && git commit -q -n -m retro
}

# say <message>: commits with it; what is said is in err.
say () { git commit -q --allow-empty -m "$1" 2>err; }

first () { echo "$2" | cut -c"1-$1"; }
told () { has err "git retro: $(first 10 "$1"): mind the rows (a#P1)"; }
quiet () { test_empty err; }
days () { SOURCE_DATE_EPOCH=$((test_clock + $1 * 86400)) && export SOURCE_DATE_EPOCH; }

ok 'a message that names the fix, once in thirty days' '
	known names && say "Again

Fixes: $(first 12 "$fix") (\"Fix\")" && told "$fix" && test "$(wc -l <err)" = 1 &&
	say "See $fix" && quiet && days 31 && say "See $fix" && told "$fix" && days 70 &&
	say "This reverts commit $(first 7 "$fix")." && told "$fix"
'
ok 'one that names the cause: where the change is where the fix was' '
	known causes && sed -i "s/b = 1/b = 2/" load.c && echo x >other.c && git add . &&
	say "Fixes: $(first 10 "$cause")" && quiet && sed -i "s/five = 5/five = 6/" load.c && git add . &&
	say "Fixes: $(first 10 "$cause")" && told "$cause" && test "$(wc -l <err)" = 1 &&
	sed "s/id: a/id: b/" retros/a.md >retros/b.md && git add . && git commit -q -n -m b && days 31 &&
	sed -i "s/five = 6/five = 7/" load.c && git add . && say "Fixes: $(first 10 "$cause")" &&
	lacks err mind
'
ok 'another id, too few digits, a comment, and what git commit -v shows' '
	known others && say "See $(git rev-parse HEAD)" && quiet &&
	say "See $(first 6 "$fix")" && quiet && say "See ${fix}0" && quiet &&
	say "See $(first 8 "$fix")0" && quiet &&
	printf "#!/bin/sh\nprintf \"%s\" One \"# $fix\" \"# %s >8 %s\" \"$fix\" >\"\$1\"\n" \
		"%s\\n%s\\n%s\\n%s\\n" ------------------------ ------------------------ >editor &&
	chmod +x editor && GIT_EDITOR="$PWD/editor" git commit -q --allow-empty -v 2>err &&
	quiet && git log -1 --format=%s%b >out && echo One >want && same want out
'
ok_shims 'nothing to say starts nothing; nothing stops the commit' '
	known nothing && say "See $fix" && told "$fix" && mkdir bin && cp "$BUILD/git-retro-hook" bin/ &&
	printf "#!/bin/sh\necho started >>%s/started\nexit 1\n" "$PWD" >bin/git-retro &&
	chmod +x bin/git-retro && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" \
		.git/hooks/commit-msg && say one && say "See $(git rev-parse HEAD)" && say "See $fix" &&
	test ! -e started && days 31 && say "See $fix" && test -e started &&
	git log -1 --format=%s >out && has out "See $fix"
'
ok_shims 'the script itself sees that a message names nothing' '
	known script && mkdir bin && printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" >bin/git-retro-hook &&
	chmod +x bin/git-retro-hook && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" .git/hooks/commit-msg &&
	started () {
		rm -f started && printf "$1" >.git/COMMIT_EDITMSG && .git/hooks/commit-msg .git/COMMIT_EDITMSG && test -e started
	} &&
	! started "" && ! started "One\n\nTwo, 123456 # no\n# See $fix, #12\n" && ! started "No end" &&
	started "#12: Title\n" && started "See $fix\n" && started "no end 1234567" && started "Of (#1)\n" && started "\n  # See !12" &&
	started "$(seq -s " " 20 | tr " 0-9" "\nx")" && started "\\\\c 1234567" &&
	rm .git/COMMIT_EDITMSG && rm -f started && .git/hooks/commit-msg x && test -e started
'
ok 'not in the middle of a merge or a rebase, nor where hints are off' '
	known busy && git checkout -q -b side && echo side >side && git add side && git commit -q -m side &&
	git checkout -q main && git merge -q --no-ff -m "Merge, see $fix" side 2>err && quiet &&
	policy "on-commit: off" && git add . && git commit -q -m off && say "See $fix" && quiet &&
	policy "on-commit: hint" && git add . && git commit -q -m on && say "See $fix" && told "$fix"
'
ok 'a tool that hands no argument on; a message of its own folder' '
	known linked && echo "See $fix" >.git/COMMIT_EDITMSG && git-retro-hook commit-msg 2>err &&
	told "$fix" && git worktree add -q ../linked-tree && cd ../linked-tree &&
	GIT_AUTHOR_EMAIL=bo@example.com && export GIT_AUTHOR_EMAIL && say "See $fix" && told "$fix"
'
ok 'muted, or retired, it is silent' '
	known muted && git retro context --mute a#P1 >out && say "See $fix" && quiet &&
	git retro context --mute a#P1 --for 0d >out && git retro pitfalls retire a#P1 >out &&
	git add . && git commit -q -n -m retire && say "See $fix" && quiet
'
ok 'context and review count the same' '
	known same && say "See $fix" && told "$fix" && git retro context --commit HEAD >out &&
	has out "linked to it as fix"
'
ok 'the request by which the fix came, where one of its files changes' '
	hooked request && load 1 && git commit -q -m base && load 2 && git commit -q -m Cause &&
	cause=$(git rev-parse HEAD) && load 3 && git commit -q -m "Fix it (#12)" &&
	fix=$(git rev-parse HEAD) && mkdir retros &&
	printf "%s\n" --- "id: a" "title: The trap" "date: 2026-01-05" "status: draft" \
		"commits: {cause: [$cause], fix: [$fix]}" --- "" "## Pitfalls" "" \
		"- P1: mind the rows" >retros/a.md && git add . && git commit -q -n -m retro &&
	say "See #12" && quiet && other () { sed -i "s/b = 1/b = $1/" load.c && git add . ; } &&
	other 15 && say "See #1, #123, x#12, a/b#12, (#13)" && quiet && other 16 &&
	say "See #1, #2, #3, #4, #5 and #12" && quiet && other 17 &&
	say "Follow-up to #12" && told "$fix" && test "$(wc -l <err)" = 1 && other 18 && say "Of (#12)." &&
	quiet && git retro context --commit HEAD >out && has out "linked to it as fix" &&
	days 31 && mkdir tests && git mv load.c tests/load.c && git commit -q -n -m moved && sed -i "s/b = 1/b = 2/" tests/load.c &&
	git add . && say "See #12" && quiet
'
ok_shims 'a number that is no request of a fix starts nothing' '
	known number && say "See $fix" && told "$fix" && mkdir bin && cp "$BUILD/git-retro-hook" bin/ &&
	printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" >bin/git-retro &&
	chmod +x bin/git-retro && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" \
		.git/hooks/commit-msg && say "See #12" && test ! -e started
'
# meets <title> [<lines>]: commits a change of the line of the fix, with this
# title; what is said is in err.
meets () {
	rm -f .git/retro/shown && sed -i "s/return a + four + .*/return a + four + $nr;/" load.c &&
	git commit -q -a -m "$1" 2>err && git reset -q --hard HEAD^
}
ok 'what a change meets is told where its message speaks of it, and else not' '
	known meets && sed -i "s/The trap/The heap of widgets/;s/mind the rows/mind empty labels/" retros/a.md &&
	git commit -q -a -n -m retro && nr=2 &&
	for title in "Fix it" "revert what was done" "Avoid a crash" "修复空标签" "Widgets are kept" "Other: label count"
	do
		meets "$title" && has err "git retro: load.c: mind empty labels (a#P1)" &&
		test "$(wc -l <err)" = 1 || return 1
	done && for title in "Tidy up" "Drop the load of it" "the of it" "# Fix"
	do
		meets "$title" && quiet || return 1
	done && meets "Tidy up

Fixes: $(first 12 "$(git rev-parse HEAD)")" && has err "mind empty labels" &&
	meets "Tidy up

Fix the widgets" && quiet
'
ok 'an amended commit is held against what stands before it' '
	known amend && nr=2 && sed -i "s/return a + four + .*/return a + four + 2;/" load.c &&
	git commit -q -a -m "Tidy up" 2>err && quiet && git commit -q --amend -m "Fix it" 2>err &&
	has err "git retro: load.c: mind the rows (a#P1)" && rm .git/retro/shown &&
	git config alias.redo "commit --amen" && git redo -q -m "Fix it again" 2>err && has err "mind the rows" &&
	rm .git/retro/shown && git commit -q --allow-empty -m "Fix what --amend does" 2>err && quiet
'
ok 'an amended merge, or the first commit, meets nothing' '
	known first && git checkout -q -b side HEAD^ && sed -i "s/return a + four + .*/return a + four + 2;/" load.c &&
	git commit -q -a -n -m side && git checkout -q main && git merge -q --no-ff -m "Merge it" side &&
	rm -f .git/retro/shown && git commit -q --amend -m "Fix the merge" 2>err && quiet &&
	git checkout -q --orphan new && git commit -q -n -m root && git commit -q --amend -m "Fix it" 2>err && quiet
'
ok 'what a Chinese title says is done tells nothing, what it is done to does' '
	known done && sed -i "s/The trap/修改后丢了空标签/" retros/a.md && git commit -q -a -n -m retro && nr=2 &&
	meets "修改注释" && quiet && meets "计算空标签" && has err "mind the rows"
'
ok 'a title may begin with a number; what only looks like a fix is none' '
	known looks && nr=2 && for title in "#12: Fix it" "#12 修复" "解决空指针" "fixup! Fix it" "Fixup of it" \
		"Rollback of 1234" "Automated rollback" "Rolled back to before" "Back out 5" "backed out the last" \
		"🐛 an empty list" ":rewind: the last" "🚑️ start" "It hangs" "修改后卡死"
	do
		meets "$title" && has err "mind the rows" || return 1
	done && for title in "Add fixtures" "fixup! Tidy up" "squash! amend! Tidy up" "#12: Tidy up" "Begin and end a rollback" \
		"Go back" "Roll out more" "Hangul" "🎨 tidy up"
	do
		meets "$title" && quiet || return 1
	done
'
ok 'a thing whose name begins like a deed tells something' '
	known things && sed -i "s/The trap/Lost events of the backup/" retros/a.md && git commit -q -a -n -m retro && nr=2 &&
	meets "Count events" && has err "mind the rows" && meets "Backup as root" && has err "mind the rows" &&
	meets "Go back even more" && quiet
'
ok 'the first commit of a branch meets nothing' '
	known orphan && git checkout -q --orphan other && say "Fix it" && quiet && git log -1 --format=%s >out && has out Fix
'
ok 'a word that one of fifty titles has tells nothing' '
	known often && sed -i "s/The trap/Loading widgets/" retros/a.md && git commit -q -a -n -m retro && nr=2 &&
	meets "Count widgets" && has err "mind the rows" && for i in 1 2 3 4
	do
		git commit -q --allow-empty -m "Widgets, part $i" || return 1
	done && meets "Count widgets" && quiet
'
ok 'a blob that is missing costs the others nothing, and no git at each commit' '
	known lacking && for i in 1 2 3 4 5 6 7 8
	do
		echo "odd $i" >odd && git add odd && git commit -q -n -m "Odd $i" &&
		sed "s/^id: .*/id: odd$i/; s/fix: .*/fix: [$(git rev-parse HEAD)]}/; s/cause: [^,]*, //" \
			retros/a.md >"retros/odd$i.md" || return 1
	done && git add . && git commit -q -n -m retros && gone=$(git rev-parse HEAD~3:odd) &&
	rm -f ".git/objects/$(echo "$gone" | cut -c-2)/$(echo "$gone" | cut -c3-)" && nr=2 &&
	meets "Fix it" && has err "mind the rows" && grep "^unread" .git/retro/touched && cp .git/retro/touched kept &&
	(GIT_TRACE=$PWD/trace && export GIT_TRACE && meets "Fix it" && has err "mind the rows") &&
	! grep "git diff-tree.*--stdin" trace && same kept .git/retro/touched &&
	sed -i "s/^unread .*/unread 20000/" .git/retro/touched && meets "Fix it" && same kept .git/retro/touched
'
ok 'a clone without trees commits in silence, and starts nothing the next time; who asks is told' '
	known whole && git config uploadpack.allowFilter true && cd .. &&
	git clone -q --filter=tree:0 "file://$PWD/whole" treeless && cd treeless && git retro hooks install >/dev/null &&
	nr=2 && meets "Fix it" && quiet && (GIT_TRACE=$PWD/trace && export GIT_TRACE && meets "Fix it") && quiet &&
	! grep "git diff-tree" trace && status 128 git retro context load.c 2>err &&
	has err "what $cause changed cannot be read" && has err "git fetch --refetch --no-filter"
'
ok_shims 'where pre-commit left nothing, nothing is started, and what it left is taken once' '
	known left && mkdir bin && cp "$BUILD/git-retro-hook" bin/ &&
	printf "#!/bin/sh\necho \$2 >>%s/started\nexec git-retro \"\$@\"\n" "$PWD" >bin/git-retro &&
	chmod +x bin/git-retro && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" .git/hooks/commit-msg &&
	sed -i "s/b = 1/b = 2/" load.c && git add load.c && git commit -q -m "Fix it" 2>err && quiet && test ! -e started &&
	nr=2 && ! GIT_EDITOR=false git commit -q -a 2>err && meets "Tidy up" && quiet && test "$(wc -l <started)" = 1 &&
	test ! -e .git/retro/unsaid && say "Nothing" && test "$(wc -l <started)" = 1
'
test_done
