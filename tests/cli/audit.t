#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a revision, tag or branch still carries of the known pitfalls, and the
# gate before it is pushed.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# retro <id> <severity> <cause> <fix> <pitfall>
retro () {
	mkdir -p retros && cat >"retros/$1.md" <<-EOT
	---
	id: $1
	title: Title of $1
	date: 2026-01-0$2
	status: final
	severity: $2
	commits:
	  cause: [$(git rev-parse "$3")]
	  fix: [$4]
	---
	## Pitfalls

	- $5
	EOT
}

# ship <folder>: a bug shipped in v1.0.0 and on release/1.0, fixed on main, and
# forgotten on the release branch; another one is everywhere fixed.
ship () {
	hooked "$1" && policy "releases:" "  branches: [release/*]" &&
	git add . && git commit -q -m policy && commit bug loader &&
	git tag bug && GIT_RETRO=0 git tag v1.0.0 && git branch release/1.0 &&
	commit "fix it" loader && git tag fix &&
	retro 2026-01-02-loader 2 bug "$(git rev-parse fix)" \
		"Rows without a label were dropped" && git add . &&
	git commit -q -m retro && GIT_RETRO=0 git tag v1.1.0
}

ok_sha1 'a forgotten backport is found, with the commit to pick' '
	ship bug && status 1 git retro audit >out && golden cli/audit.txt out &&
	status 1 git retro audit release/1.0 >out && has out loader &&
	status 0 git retro audit main >out && has out "no known pitfall in main"
'
ok 'releases too, if they are named' '
	cd bug && status 1 git retro audit v1.0.0 v1.1.0 >out &&
	has out v1.0.0 && lacks out v1.1.0 &&
	status 1 git retro audit --tags "v1.*" >out && has out v1.0.0 &&
	status 0 git retro audit --tags v1.1.0 &&
	status 1 git retro audit --branches "release/*"
'
ok_sha1 'json, tsv and github' '
	cd bug && status 1 git retro audit --format=json >out &&
	golden cli/audit.json out &&
	status 1 git retro audit --format=tsv >out && golden cli/audit.tsv out &&
	status 1 git retro audit --format=github >out &&
	golden cli/audit.github out
'
ok 'a section a line, for the notes of a release' '
	cd bug && status 1 git retro audit v1.0.0 v1.1.0 --format=markdown >out &&
	sed -E "s/fixed by .[0-9a-f]{10}./fixed by <commit>/" out >got &&
	golden cli/audit.md got
'
ok 'from the branch itself, where the retro is not checked out' '
	cd bug && git checkout -q release/1.0 && test ! -d retros &&
	status 1 git retro audit >out && has out "Rows without a label" &&
	git checkout -q main
'
ok 'the worst comes first' '
	cd bug && retro 2026-01-01-worse 1 bug "$(git rev-parse fix)" "Worse" &&
	retro 2026-01-03-less 3 bug "$(git rev-parse fix)" "Less" &&
	status 1 git retro audit release/1.0 --format=tsv >out &&
	cut -f3 out | tail -n +2 >got &&
	printf "2026-01-01-worse\n2026-01-02-loader\n2026-01-03-less\n" >want &&
	same want got && rm retros/*worse* retros/*less*
'
ok 'a fix that nobody named is asked for' '
	cd bug && retro 2026-01-04-open 4 bug "" "Open" &&
	status 1 git retro audit main >out &&
	has out "git retro link 2026-01-04-open --fix" && rm retros/*open*
'
ok 'settings with an error: the place once, and that nothing was audited' '
	new_repo broken && cd broken && commit one &&
	printf "%s\n" "version: 1" "releases: {tags: [oops" >.retro.yml &&
	status 128 git retro audit 2>err >out && test_empty out &&
	test "$(grep -c "retro.yml:" err)" = 1 && has err "nothing was audited"
'
ok 'a superseded retro is spoken for by another' '
	cd bug && sed -i "s/^status: final/status: superseded/" \
		retros/2026-01-02-loader.md &&
	status 0 git retro audit release/1.0 && git checkout -q retros
'
ok 'a cause that nobody named is suspect, and no failure' '
	cd bug && sed -i "/cause:/d" retros/2026-01-02-loader.md &&
	status 0 git retro audit release/1.0 >out && has out suspect &&
	git checkout -q retros
'
ok 'a merge is picked with -m 1' '
	cd bug && git checkout -q -b topic && commit topic loader &&
	git checkout -q main && tick &&
	git merge -q --no-ff -m "merge topic" topic &&
	retro 2026-01-05-merge 5 bug "$(git rev-parse HEAD)" "Merge" &&
	status 1 git retro audit release/1.0 >out &&
	has out "git cherry-pick -x -m 1" && rm retros/*merge* &&
	git reset -q --hard v1.1.0
'
ok 'what it says to pick mends it' '
	cd bug && git checkout -q release/1.0 &&
	pick=$(git retro audit release/1.0 | sed -n "s/^ *\(git cherry-pick.*\)/\1/p") &&
	test -n "$pick" && tick && $pick >/dev/null &&
	status 0 git retro audit && git reset -q --hard v1.0.0 &&
	git checkout -q main
'
ok 'what is not there is said' '
	cd bug && status 128 git retro audit nowhere 2>err && has err nowhere &&
	status 128 git retro audit --tags none 2>err && has err "no tag"
'
ok 'a repository without retros, or without commits, carries nothing' '
	new_repo none && cd none && git retro audit >out && has out "no commits yet" &&
	commit a && git retro audit >out && has out "nothing to check in HEAD"
'
ok 'in a shallow clone it is unknown, and never good' '
	cd bug && git checkout -q -b release/1.0-lts v1.0.0 && commit more &&
	git checkout -q main && cd .. &&
	git clone -q --depth 1 --no-single-branch "file://$TRASH/bug" shallow &&
	cd shallow && status 2 git retro audit origin/release/1.0-lts \
		--format=tsv >out && grep "unknown	cut-off" out &&
	status 2 git retro audit origin/release/1.0-lts >out &&
	has out "git fetch --unshallow"
'

# pushing <folder>: a clone of its kind with our hooks and a remote.
pushing () {
	ship "$1" && git init -q --bare "../$1.git" &&
	git remote add origin "../$1.git" &&
	GIT_RETRO=0 git push -q origin main fix bug
}

ok 'a partial clone is never green for what it lacks' '
	new_repo up && cd up && git config uploadpack.allowFilter true &&
	commit base f "$(seq 9)" && commit big g "$(seq 5000)" &&
	git branch release/1.0 && sed s/5/five/ f >h && mv h f && tick &&
	git commit -q -a -m "Fix five" && one=$(git rev-parse HEAD) &&
	commit big2 g "$(seq 5001)" && two=$(git rev-parse HEAD) &&
	git checkout -q release/1.0 && commit own f "$(seq 8)" &&
	commit own2 g "$(seq 4999)" && git checkout -q main &&
	mkdir retros && head="title: t
date: 2026-01-05
status: draft
commits:" && printf "%s\n" --- "id: 2026-01-05-one" "$head" \
		"  cause: [$(git rev-list --max-parents=0 HEAD)]" \
		"  fix: [$one]" --- >retros/one.md && printf "%s\n" --- \
		"id: 2026-01-05-two" "$head" "  fix: [$two]" --- \
		>retros/two.md && git add retros && git commit -q -m retros &&
	cd .. &&
	git clone -q --filter=blob:limit=4k "file://$TRASH/up" some && cd some &&
	status 1 git retro audit origin/release/1.0 --format=tsv >out &&
	cut -f3,6,7 out | grep "one	exposed	$" &&
	cut -f3,6,7 out | grep "two	unknown	missing-files" && rm retros/one.md &&
	git commit -q -a -m "without one" && git branch -r -d origin/main &&
	status 2 git retro audit origin/release/1.0 >out &&
	has out "git fetch --refetch --no-filter" && cd .. &&
	git clone -q --filter=blob:none "file://$TRASH/up" nothing && cd nothing &&
	status 1 git retro audit origin/release/1.0 --format=tsv >out &&
	cut -f3,6,7 out | grep "one	exposed	missing-files" &&
	status 1 git retro audit origin/release/1.0 >out &&
	has out "it may have the fix"
'
ok 'nor is the gate of a push from a partial clone' '
	cd some && git retro hooks install >/dev/null &&
	policy "on-push: block" "releases:" "  require: none" \
		"  branches: [release/*]" &&
	git init -q --bare ../take.git && git remote add take ../take.git &&
	! git push -q take origin/release/1.0:refs/heads/release/1.0 2>err &&
	has err "release/1.0 may have a known problem (2026-01-05-two)" &&
	has err "git fetch --refetch --no-filter" && has err --no-verify &&
	! git ls-remote --exit-code take release/1.0 &&
	git push -q --no-verify take origin/release/1.0:refs/heads/release/1.0
'
ok 'the push of a release branch names what it still carries' '
	pushing warn && git push -q origin release/1.0 2>err &&
	may_fail grep -v "without a retro\|owe" err >said && test "$(wc -l <said)" = 1 &&
	has said "git retro: release/1.0 still has a known problem (2026-01-02-loader)" &&
	has said "git cherry-pick -x" &&
	git ls-remote --exit-code origin release/1.0
'
ok 'so does the push of a release' '
	cd warn && git push -q origin v1.0.0 2>err &&
	has err "v1.0.0 still has a known problem (2026-01-02-loader)" &&
	git push -q origin v1.1.0 2>err && lacks err "has a known problem"
'
ok 'another branch is silent, and so is a branch that is good' '
	cd warn && git branch topic release/1.0 &&
	git push -q origin topic 2>err && lacks err "has a known problem" &&
	git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null &&
	git push -q origin release/1.0 2>err && lacks err "has a known problem" &&
	git push -q origin :release/1.0 2>err && lacks err "has a known problem"
'
ok 'on-push: block holds it back until it is mended' '
	pushing block && policy "on-push: block" "releases:" "  require: none" \
		"  branches: [release/*]" &&
	! git push -q origin release/1.0 2>err &&
	has err "still has a known problem (2026-01-02-loader)" && has err --no-verify &&
	! git ls-remote --exit-code origin release/1.0 &&
	git stash -q && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null && git checkout -q main &&
	git stash pop -q && silent git push -q origin release/1.0
'
ok 'on-push: block stops for what nobody can tell, and says how to get it' '
	git clone -q --depth 1 --no-single-branch "file://$TRASH/bug" cut &&
	cd cut && git config user.name A && git config user.email a@example.com &&
	git retro hooks install >/dev/null && policy "on-push: block" \
		"releases:" "  require: none" "  branches: [release/*]" &&
	git init -q --bare ../to.git && git remote add to ../to.git &&
	! git push -q to origin/release/1.0-lts:refs/heads/release/1.0-lts \
		2>err && has err "may have a known problem (2026-01-02-loader)" &&
	has err "git fetch --unshallow" && has err --no-verify
'
ok 'a release older than releases.since is nobody'"'"'s news' '
	pushing since && policy "releases:" "  since: v1.1.0" &&
	git push -q origin v1.0.0 2>err && lacks err "has a known problem"
'
ok 'many are told in six lines' '
	pushing many && for i in 1 2 3 4 5 6 7
	do
		retro "2026-01-0$i-r" "$((i % 5 + 1))" bug \
			"$(git rev-parse fix)" "Pitfall $i" || exit 1
	done && git push -q origin release/1.0 2>err &&
	test "$(grep -c "has a known problem" err)" = 5 && has err "3 more"
'
ok 'a retro that cannot be read is no clean answer' '
	new_repo unread && cd unread && mkdir retros && commit a && git tag v1.0.0 &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\ncommits: {fix: [%s]}\n---\n" \
		"$(git rev-parse HEAD)" >retros/a.md && git retro audit >out &&
	has out "no known pitfall in HEAD" &&
	printf -- "---\nid: b\ntitle: [\n---\n" >retros/b.md &&
	status 2 git retro audit >out 2>err && lacks out "no known" &&
	has out "1 retro cannot be read" && status 2 git retro audit --format=json >out 2>err &&
	test "$(jq .unread out)" = 1 &&
	status 2 git retro audit --format=markdown >out 2>err && lacks out None &&
	status 2 git retro audit --repos=. >out 2>err && lacks out "no known"
'
ok 'where nothing was committed yet there is nothing to check' '
	mkdir two && cd two && new_repo unborn && cd unborn && git retro audit >out &&
	has out "no commits yet" && git retro audit --format=json >out &&
	git retro audit --format=markdown >out && cd .. && new_repo born &&
	(cd born && commit one) && git retro audit --repos=. >../out 2>../err &&
	test_empty ../err && cd unborn && rm out && commit one &&
	git symbolic-ref HEAD refs/heads/none && status 128 git retro audit 2>err &&
	has err "no commits yet"
'
test_done
