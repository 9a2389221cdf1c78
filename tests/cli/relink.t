#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# relink: each rewrite, from the real command to the mended file. The table of
# tests/real/rewrites.md is what these tests hold.
. "${0%/*}/../lib/test.sh"

# start <folder> [hooks|none [apart]]: a repository with commits one, two and
# three on the branch topic, each with a line of its own in a file that all
# share (unless apart) and in one of its own; main has gone on. Tags would keep the old commits alive: their
# ids are in ../<folder>-<name>.
start () {
	new_repo "$1" && cd "$1" && dir=$1 &&
	echo retros/ >.gitignore && git add .gitignore &&
	commit base shared 'top
middle
bottom' && git checkout -q -b topic &&
	for n in one two three
	do
		{ [ "${3-}" = apart ] || echo "line $n" >>shared; } &&
		git add shared &&
		commit "Make $n" "$n" "content of $n" &&
		git rev-parse HEAD >"../$dir-$n" || return 1
	done &&
	git checkout -q main && commit upstream other && git checkout -q topic &&
	if [ "${2-hooks}" = hooks ]
	then
		git retro hooks install >/dev/null
	fi
}

id () { cat "../$dir-$1"; }

# tied <name>: a retro that is tied to this commit of old, its subject beside.
tied () {
	mkdir -p retros &&
	cat >"retros/$1.md" <<-END
	---
	id: $1
	title: The pitfall of $1
	date: 2026-01-05
	status: draft
	commits: # found by bisecting
	  cause:
	    - $(id "$1") # Make $1
	---
	END
}

# now <name> <rev>: relink tied it to this commit, and changed nothing else.
now () {
	sed "s/$(id "$1")/$(git rev-parse "$2")/" "retros/$1.md.old" |
		tr -d '"' >want &&
	tr -d '"' <"retros/$1.md" >got && same want got &&
	lacks retros/$1.md "$(id "$1")"
}

# kept <name>: relink left it alone.
kept () {
	same "retros/$1.md.old" "retros/$1.md"
}

# relink <code>: it exits with this code; what it says is in out and err.
relink () {
	for f in retros/*.md
	do
		cp "$f" "$f.old" || return 1
	done
	status "$1" git retro relink >out 2>err || { cat out err; return 1; }
}

# todo <sed script>: edits the list of an interactive rebase.
todo () {
	GIT_SEQUENCE_EDITOR="sed -i -e '$1'" git rebase -q -i main
}

# resolve: keeps the lines of both sides.
resolve () {
	sed -i '/^[<=>|]\{7\}/d' shared && git add shared
}

for backend in merge apply
do
	ok "rebase --$backend" "
		start rebase-$backend && tied one && tied three &&
		git rebase -q --$backend main && relink 0 &&
		now one HEAD~2 && now three HEAD &&
		has out 'retros/one.md: cause' && has out '(recorded when it was rewritten)' &&
		has err 'Updated 2 links; 0 could not be resolved'
	"
	ok "rebase --$backend without the hook: by the patch id" "
		start rebase-$backend-bare none && tied one && tied three &&
		git rebase -q --$backend main && relink 0 &&
		now one HEAD~2 && now three HEAD && has out '(same patch)'
	"
	ok "rebase --$backend with a conflict, resolved" "
		start conflict-$backend && tied one && tied three &&
		git checkout -q main && echo clash >>shared &&
		git commit -q -a -m clash && git checkout -q topic &&
		status 1 git rebase -q --$backend main && resolve &&
		git -c core.editor=: rebase --continue &&
		relink 0 && now one HEAD~2 && now three HEAD
	"
	ok "rebase --$backend --skip: the dropped commit became nothing" "
		start skip-$backend && tied one && tied two && tied three &&
		git checkout -q main && echo clash >>shared &&
		git commit -q -a -m clash && git checkout -q topic &&
		{ status 1 git rebase -q --$backend main && git rebase --skip ||
		resolve && git rebase --continue || resolve &&
		git rebase --continue || :; } &&
		lacks .git/retro/rewrites \"\$(id one)\" &&
		relink 1 && kept one && now two HEAD^ && now three HEAD
	"
done

ok 'rebase --skip of a commit in the middle' '
	start skip-middle hooks apart && tied one && tied two && tied three &&
	git checkout -q main && commit clash two && git checkout -q topic &&
	status 1 git rebase -q main && status 0 git rebase --skip &&
	has .git/retro/rewrites "$(id two) $(git rev-parse HEAD^)" &&
	relink 1 && now one HEAD^ && kept two && now three HEAD &&
	has out "two.md: cause $(id two | cut -c1-10) could be"
'

ok 'a fixup into what a skipped commit left behind' '
	start skip-fixup hooks apart && tied one && tied two && tied three &&
	git checkout -q main && commit clash one && git checkout -q topic &&
	status 1 todo "2s/pick/fixup/" && status 0 git rebase --skip &&
	has .git/retro/rewrites "$(id one) $(git rev-parse HEAD^)" &&
	relink 1 && kept one && now two HEAD^ && now three HEAD
'

ok 'commit --amend: another content, another subject' '
	start amend && tied three && echo more >>three &&
	git commit -q -a --amend -m "Quite another subject" && relink 0 &&
	now three HEAD
'

ok 'amended three times, then rebased: the chain is one step' '
	start chain && tied three &&
	for n in 1 2 3
	do
		echo $n >>three && git commit -q -a --amend -m "Subject $n"
	done && git rebase -q main && relink 0 && now three HEAD
'

ok 'amended, and what it was is gone: the map alone knows' '
	start amend-gc && tied three && echo more >>three &&
	git commit -q -a --amend --reset-author -m "Another" &&
	git reflog expire --expire=now --all && git gc -q --prune=now &&
	status 1 git cat-file -e "$(id three)" && relink 0 && now three HEAD
'

ok 'an abbreviated id is mended too' '
	start short && tied three && echo more >>three &&
	sed -i "s/$(id three)/$(id three | cut -c1-9)/" retros/three.md &&
	git commit -q -a --amend -m "Another" && relink 0 &&
	has retros/three.md "$(git rev-parse HEAD)"
'

ok 'squash: the tie goes to the commit that it went into' '
	start squash && tied one && tied two && tied three &&
	todo "2s/pick/squash/" && relink 0 &&
	now one HEAD^ && now two HEAD^ && now three HEAD
'

ok 'fixup of what the first one added' '
	start fixup && tied one && tied two &&
	echo better >one && git add one && tick && git commit -q -m "fixup! Make one" &&
	git rev-parse HEAD >../fixup-extra && tied extra &&
	GIT_SEQUENCE_EDITOR=: git rebase -q -i --autosquash main && relink 0 &&
	now one HEAD~2 && now extra HEAD~2 && now two HEAD^
'

ok 'two ties of one retro that became the same commit are one' '
	start same && mkdir retros &&
	printf "%s\n" --- "id: r" "title: T" "date: 2026-01-05" "status: draft" \
		"commits: {fix: [$(id one), $(id two)]}" --- >retros/r.md &&
	todo "2s/pick/squash/" && relink 0 &&
	has retros/r.md "commits: {fix: [" &&
	tr -d "\"" <retros/r.md >got && has got "{fix: [$(git rev-parse HEAD^)]}"
'

ok 'drop: there is nothing that took its place' '
	start drop hooks apart && tied one && tied two && todo 2d && relink 1 &&
	now one HEAD^ && kept two && has out "no matching commit was found" &&
	has err "Updated 1 link; 1 could not be resolved"
'

ok 'reordered' '
	start order hooks apart && tied one && tied three && todo "1{h;d};\$G" && test "$(git log -1 --format=%s)" = "Make one" &&
	relink 0 && now one HEAD && now three HEAD^
'

ok 'split: the tie goes to all parts, which together are the change' '
	start split && tied two &&
	todo "2s/pick/edit/" && git reset -q HEAD^ &&
	tick && git add shared && git commit -q -m "Part one" &&
	tick && git add two && git commit -q -m "Part two" &&
	git rebase --continue && relink 0 &&
	has out "was split into" &&
	has retros/two.md "$(git rev-parse HEAD~2)" &&
	has retros/two.md "$(git rev-parse HEAD~1)"
'

ok 'amended, then split: what the amend added is no part of it' '
	start split-amended && tied three && echo more >more && git add more &&
	git commit -q --amend --no-edit &&
	GIT_SEQUENCE_EDITOR="sed -i -e s/pick/edit/" git rebase -q -i HEAD^ &&
	git reset -q HEAD^ && tick && git add more && git commit -q -m "Part one" &&
	tick && git add shared three && git commit -q -m "Part two" &&
	git rebase --continue && relink 0 && now three HEAD
'

ok 'split, and changed on the way: not certain' '
	start split-changed && tied two &&
	todo "2s/pick/edit/" && git reset -q HEAD^ &&
	tick && git add shared && git commit -q -m "Part one" &&
	tick && echo other >two && git add two && git commit -q -m "Part two" &&
	git rebase --continue && relink 1 && kept two &&
	has out "could be one of $(git rev-parse --short HEAD^), which is not certain" &&
	has out "git retro link two --cause <rev>"
'

ok 'filter-branch, which tells no hook and keeps the old ones' '
	start filter && tied one && tied three &&
	FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch \
		--tree-filter "echo filtered >>filtered" main..topic &&
	git rev-parse refs/original/refs/heads/topic && relink 0 &&
	now one HEAD~2 && now three HEAD &&
	has out "(same author, date and subject)"
'

ok 'filter-branch of the messages alone: by the patch id' '
	start filter-msg && tied one && tied three &&
	FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch \
		--msg-filter "sed s/Make/Build/" main..topic && relink 0 &&
	now one HEAD~2 && now three HEAD && has out "(same patch)"
'

# What a forge does with a request: one commit, by its author, and the branch
# is deleted.
forge_squash () {
	git checkout -q main && tick && git merge -q --squash topic >/dev/null &&
	git commit -q -m "Add the topic (#7)" && git branch -q -D topic
}

ok 'squash merge on a server: by the same change as the whole branch' '
	start forge && tied one && tied two && tied three && forge_squash &&
	relink 0 && now one HEAD && now two HEAD && now three HEAD &&
	has out "(same change as the whole branch)"
'

ok 'squash merge, the branch deleted, and only the refs of the forge left' '
	start forge-pull none && tied one && tied three && forge_squash &&
	git update-ref refs/pull/7/head "$(id three)" &&
	rm -rf .git/logs &&
	git reflog expire --expire=now --all && relink 0 && now one HEAD && now three HEAD
'

ok 'git filter-repo: by its map, though the old ones are gone' '
	start repo-map none && tied one && tied two && tied three &&
	FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch \
		--tree-filter "echo filtered >>filtered" \
		--msg-filter "sed s/Make/Build/" main..topic &&
	git update-ref -d refs/original/refs/heads/topic && rm -rf .git/logs &&
	git reflog expire --expire=now --all &&
	git prune && ! git cat-file -e "$(id two)" && mkdir .git/filter-repo &&
	sed -i "s/$(id two)/$(id two | cut -c 1-9)/" retros/two.md &&
	printf "%-40s new\n%s %s\n%s %s\n%s %040d\n" old \
		"$(id one)" "$(git rev-parse HEAD~2)" \
		"$(id two)" "$(git rev-parse HEAD~1)" "$(id three)" 0 \
		>.git/filter-repo/commit-map &&
	relink 1 && now one HEAD~2 && has out "(recorded when it was rewritten)" && kept three &&
	has retros/two.md "$(git rev-parse HEAD~1)" &&
	head -c 1000000 /dev/urandom >.git/filter-repo/commit-map && relink 1 &&
	rm .git/filter-repo/commit-map && mkdir .git/filter-repo/commit-map &&
	relink 1
'

ok 'from SHA-1 to SHA-256, by a map of two lists of marks' '
	GIT_DEFAULT_HASH=sha1 && export GIT_DEFAULT_HASH &&
	start repo-move none && tied one && tied three && git add -f retros &&
	tick && git commit -q -m retros &&
	GIT_DEFAULT_HASH=sha256 git init -q ../moved &&
	git fast-export --all --export-marks=../old.marks >../stream &&
	cd ../moved && git fast-import --quiet --export-marks=../new.marks \
		<../stream && git reset -q --hard topic && relink 1 && kept one &&
	mkdir .git/filter-repo && sort ../old.marks >../old &&
	sort ../new.marks >../new && join ../old ../new | cut -d " " -f 2,3 \
		>.git/filter-repo/commit-map && relink 0 && now one HEAD~3 &&
	now three HEAD~1 && git retro check
'

# change <rev> <change-id> <sed script>: the same commit with a change-id in its
# head, as Jujutsu writes it.
change () {
	git cat-file commit "$1" |
		sed "/^committer/a change-id $2
$3" | git hash-object -t commit -w --stdin
}

ok 'Jujutsu: by the change-id of the head' '
	start jj none && git checkout -q -b jj main &&
	old=$(change topic~2 kntqzsqtnkpxnnky "") && echo "$old" >../jj-one &&
	echo "$(change topic~1 zzzzzzzzzzzzzzzz "")" >../jj-two &&
	git update-ref refs/jj/keep/$old $old &&
	git update-ref refs/jj/keep/2 "$(id two)" && tied one && tied two &&
	git checkout -q main && commit "Made otherwise" elsewhere x &&
	new=$(change HEAD kntqzsqtnkpxnnky "") && git reset -q --hard $new &&
	git branch -q -D topic jj && relink 1 && now one HEAD &&
	has out "(change-id)" && kept two
'
ok 'a change that was made in two ways is no answer' '
	cd jj && git checkout -q -b other HEAD~1 && commit "A third way" third y &&
	new=$(change HEAD kntqzsqtnkpxnnky "") && git reset -q --hard $new &&
	tied one && relink 1 && kept one && lacks out "is now"
'

ok 'squash merge of a branch that had merged main' '
	start forge-merged && tied one && tied three &&
	tick && git merge -q -m "Merge main" main && forge_squash &&
	relink 0 && now one HEAD && now three HEAD
'

ok 'squash merge of one commit: by the patch id' '
	start forge-single && git reset -q --hard HEAD~2 && tied one &&
	forge_squash && relink 0 && now one HEAD && has out "(same patch)"
'

# The first of them, by id, is one of the newer: they alone have more in common.
ok 'beside newer branches that are gone, too: what an old one became' '
	start parted none apart && git checkout -q main &&
	git cherry-pick -n topic && tick &&
	git commit -q -m "Made otherwise" && commit later later &&
	for n in four five six
	do
		git checkout -q -b $n main && commit "Make $n" $n "content of $n" &&
		git rev-parse HEAD >"../$dir-$n" && tied $n || return 1
	done && git checkout -q main && git branch -q -D topic four five six &&
	test "$(cat "../$dir-four" "../$dir-five" "../$dir-six" "../$dir-three" |
		sort | head -n 1)" != "$(id three)" &&
	tied three && relink 1 && now three main~1 &&
	has out "(same patch)" && kept four && kept five && kept six
'

ok 'reset --soft and one new commit for two' '
	start soft && tied one && tied three && git reset -q --soft HEAD~3 &&
	tick && git commit -q -m "All in one" && relink 0 &&
	now one HEAD && now three HEAD
'

ok 'picked to two branches, and gone: either could be meant' '
	start picks none && tied three &&
	git branch stable main && git checkout -q main && echo more >more &&
	git add more && git commit -q -m more &&
	for branch in main stable
	do
		git checkout -q $branch && git cherry-pick -X theirs \
			"$(id one)" "$(id two)" "$(id three)" >/dev/null || return 1
	done && git branch -q -D topic && relink 1 && kept three &&
	has out "could be one of" && has out ", which is not certain"
'

ok 'a copy that says so is no candidate beside its source' '
	start pick-x none && tied three && git checkout -q main &&
	git cherry-pick "$(id one)" "$(id two)" "$(id three)" >/dev/null &&
	{ git checkout -q -b stable upstream 2>/dev/null ||
	git checkout -q -b stable main~3; } &&
	git cherry-pick -x main~2 main~1 main >/dev/null &&
	git branch -q -D topic && relink 0 && now three main
'

ok 'a commit that looks like a dropped one is not taken for it' '
	start alike none && git checkout -q main && git checkout -q -B topic &&
	for n in one two three four five
	do
		echo "return 0;" >>alike && git add alike &&
		git commit -q -m "Count up" && git rev-parse HEAD >"../alike-$n"
	done && tied four && git reset -q --hard HEAD~3 &&
	tick && echo "return 0;" >>alike && git commit -q -a -m "Count up" &&
	relink 1 && kept four
'

ok 'a commit that no reflog keeps and no map knows is left alone' '
	start gone none && tied three && git reset -q --hard HEAD^ &&
	git reflog expire --expire=now --all && git gc -q --prune=now &&
	relink 1 && kept three && has out "is not in this repository"
'

ok 'nothing to do' '
	start quiet && tied one && relink 0 && test_empty out &&
	has err "All linked commits still exist; nothing to do." && kept one
'

ok 'a commit that only the HEAD of another worktree has is alive' '
	start worktree && tied three && git checkout -q main &&
	git worktree add -q --detach ../elsewhere topic && git branch -q -D topic &&
	relink 0 && test_empty out
'

ok '--dry-run says the same and writes nothing' '
	start dry && tied one && git rebase -q main &&
	cp retros/one.md one.old && status 0 git retro relink --dry-run >out 2>err &&
	same one.old retros/one.md && has out "is now" &&
	has err "Would update 1 link; 0 could not be resolved"
'

ok 'a bare list of commits, and line ends of DOS' '
	start bare-list && mkdir retros &&
	printf "%s\r\n" --- "id: r" "title: T" "date: 2026-01-05" "status: draft" \
		"commits: [$(id three)] # why" --- >retros/r.md &&
	echo more >>three && git commit -q -a --amend -m "Another" && relink 0 &&
	sed "s/$(id three)/$(git rev-parse HEAD)/" retros/r.md.old >want &&
	tr -d "\"" <retros/r.md >got && same want got
'

ok 'what cannot be edited is said, and keeps nothing else from it' '
	start anchor && tied one && mkdir -p retros &&
	printf "%s\n" --- "id: r" "title: T" "date: 2026-01-05" "status: draft" \
		"commits: {fix: [&x $(id three)]}" --- >retros/r.md &&
	git rebase -q main && relink 1 && kept r && now one HEAD~2 &&
	has out "not written" && has err "Updated 1 link; 1 could not be resolved"
'

ok 'an action that a commit closed' '
	start action && mkdir retros &&
	printf "%s\n" --- "id: r" "title: T" "date: 2026-01-05" "status: draft" --- "" \
		"## Actions" "" "- [x] A1: Pin it @ann done:$(id three | cut -c1-10)" \
		"- [x] A2: Day done:2026-01-05" "- [ ] A3: Open" >retros/r.md &&
	echo more >>three && git commit -q -a --amend -m "Another" && relink 0 &&
	has out "retros/r.md: A1 done by $(id three | cut -c1-10) is now" &&
	sed "s/$(id three | cut -c1-10)/$(git rev-parse HEAD | cut -c1-10)/" \
		retros/r.md.old >want && same want retros/r.md
'

ok 'in a shallow clone only what was rewritten here is dead' '
	start deep && git checkout -q main && git merge -q -m m topic && cd .. &&
	git clone -q --depth 1 "file://$PWD/deep" shallow && cd shallow && dir=deep &&
	git remote remove origin &&
	git retro hooks install >/dev/null && git rev-parse HEAD >../deep-tip &&
	echo retros/ >>.git/info/exclude && tied one && tied tip &&
	git commit -q --amend -m "Another" && relink 0 &&
	kept one && now tip HEAD
'

ok 'relink takes no arguments' '
	start args && status 129 git retro relink one
'

# --- who names dead ties ---

ok 'status names what was rewritten, and what to do' '
	start status && tied one && tied three && git rebase -q main &&
	git retro status >out && has out "git retro relink" && has out "$(id one)" &&
	git retro relink && git retro status >out && lacks out "$(id one)" &&
	lacks out "git retro relink"
'

ok 'check names every one that is on no branch' '
	start check none && tied three && git reset -q --hard HEAD^ &&
	may_fail git retro check >out 2>&1 && has out "$(id three)" &&
	has out "commit-unresolved" && has out "git retro relink"
'

ok 'doctor counts them' '
	start doctor && tied one && tied three && git rebase -q main &&
	git retro doctor >out && has out "2 links" && has out "git retro relink"
'

# --- much of it ---

ok 'a commit of very many equal lines' '
	start lines none && yes "value 0" | head -n 40000 >data && git add data &&
	git commit -q -m Data && git rev-parse HEAD >../lines-data &&
	echo tail >>data && git commit -q -a --amend -m Data && tied data &&
	(ulimit -t 5 && relink 0) && now data HEAD &&
	has out "(same author, date and subject)"
'

ok 'a commit of very many files' '
	start files none && { printf "%s\n" "commit refs/heads/many" \
		"committer A <a@x> 1700000000 +0000" "data 4" many; seq -f "M 644 inline v/%.0f
data 2
x" 30000; } | git fast-import --quiet &&
	git commit-tree -p main -m Files many^{tree} >../files-many &&
	git branch -q -D many && tied many && relink 1 && kept many &&
	has err "1 could not be resolved"
'

# --- the queue ---

ok 'half a line in the queue spoils neither it nor the next' '
	start torn && tied three && echo more >>three &&
	mkdir -p .git/retro && printf "amend %s" "$(id one)" >>.git/retro/rewrites &&
	git commit -q -a --amend -m "Another" && printf "rebase 12" >>.git/retro/rewrites &&
	relink 0 && now three HEAD
'

ok 'twenty at once lose no line' '
	start many && git retro hook post-rewrite </dev/null &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
	do
		{
			for j in 1 2 3 4 5
			do
				printf "%040d %040d\n" $i $j |
					git-retro-hook post-rewrite rebase
			done
		} &
	done && wait &&
	test "$(grep -c "^rebase 0" .git/retro/rewrites)" = 100 &&
	test "$(grep -v "^rebase 0" .git/retro/rewrites | grep -c .)" = 0
'

ok 'a queue that became long is put aside, and still read' '
	start long && tied three && mkdir -p .git/retro &&
	perl -e "printf qq(rebase %040d %040d\n), \$_, \$_ + 1 for 1 .. 52000" \
		>.git/retro/rewrites &&
	git -c core.hooksPath=.git/hooks commit -q --amend -m "Another" &&
	test -f .git/retro/rewrites.old && test ! -f .git/retro/rewrites &&
	relink 0 && now three HEAD
'

ok 'what is no pair of ids is not kept' '
	start odd && printf "%s\n" "x y" "" "$(id one)" >in &&
	git-retro-hook post-rewrite rebase <in &&
	printf "%s %s extra\n" "$(id one)" "$(id two)" |
		git-retro-hook post-rewrite "rm -rf" &&
	grep . .git/retro/rewrites >got &&
	printf "other %s %s\n" "$(id one)" "$(id two)" >want && same want got
'

ok 'in a linked worktree it is the same queue' '
	start linked && tied three && git checkout -q main &&
	git worktree add -q ../linked-2 topic && cd ../linked-2 &&
	echo more >>three && git commit -q -a --amend -m "Another" &&
	cd ../linked && relink 0 && now three topic
'

ok 'a hook that was there before is told the same' '
	start chained none && printf "#!/bin/sh\ncat >>../told\n" >.git/hooks/post-rewrite &&
	chmod +x .git/hooks/post-rewrite && git retro hooks install >/dev/null &&
	git commit -q --amend -m "Another" &&
	echo "$(id three) $(git rev-parse HEAD)" >want && same want ../told &&
	grep . .git/retro/rewrites >got && sed "s/^/amend /" want >want2 && same want2 got
'

test_done
