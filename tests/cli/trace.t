#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Which releases and branches carry a cause, and which its fix.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/trace.sh"

# start <folder>: main with a cause in v1.0 and its fix, in a file of five
# lines; release/1.0 forked between the two, release/0.9 before.
start () {
	new_repo "$1" && cd "$1" && commit root f "$(seq 9)" && git tag v0.9 &&
	git branch release/0.9 && sed s/2/two/ f >g && cp g f && rm g && tick &&
	git commit -q -a -m cause && git tag cause && git tag v1.0 &&
	git branch release/1.0 && commit other other && sed s/8/eight/ f >g &&
	cp g f && rm g && tick && git commit -q -a -m "fix" && git tag fix &&
	git tag v1.1 && commit later later
}

# hasty <command>...: on a terminal where each look at the clock is a second
# later.
hasty () {
	"$BUILD/tests/pty" -- env ASAN_OPTIONS=verify_asan_link_order=0 \
		LD_PRELOAD="$BUILD/tests/hasty.so" "$@"
}

ok 'a release between cause and fix is exposed, one with both is fixed' '
	start plain && is v0.9 unaffected --cause cause --fix fix &&
	is v1.0 exposed --cause cause --fix fix &&
	is v1.1 fixed --cause cause --fix fix &&
	is release/0.9 unaffected --cause cause --fix fix &&
	is release/1.0 exposed --cause cause --fix fix
'
ok_sha1 'in words: the first release, the branches that lack it' '
	cd plain && git retro trace --cause cause --fix fix >out &&
	golden cli/trace.txt out
'
ok_sha1 'json is the contract' '
	cd plain && git retro trace --cause cause --fix fix --format=json >out &&
	golden cli/trace.json out &&
	git retro trace --cause cause --fix fix --format=ndjson >out &&
	test "$(wc -l <out)" = 1 && has out "\"first_release\":\"v1.1\""
'
ok_sha1 'tsv is a line for each cell' '
	cd plain && git retro trace --cause cause --fix fix --format=tsv >out &&
	golden cli/trace.tsv out
'
ok 'what is not there: what to do next' '
	cd plain && status 128 git retro trace --cause 1234567 2>err &&
	has err "git fetch --all" && status 128 git retro trace --fix no 2>err &&
	has err "name a commit" && status 128 git retro audit no 2>err &&
	has err "git branch -a" &&
	git clone -q --depth 1 "file://$PWD" ../cut && cd ../cut &&
	status 128 git retro trace --cause 1234567 2>err &&
	has err "git fetch --unshallow"
'
ok 'a pick is known by its trailer' '
	cd plain && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null &&
	holds release/1.0 "trailer $(id HEAD)" --cause cause --fix fix &&
	is release/1.0 fixed --cause cause --fix fix
'
ok 'and from the pick, the original and its other picks' '
	cd plain && holds v1.1 "trailer $(id fix)" --fix release/1.0 &&
	git checkout -q -b release/1.0.1 v1.0 && commit own own && tick &&
	git cherry-pick -x fix >/dev/null &&
	holds release/1.0.1 "trailer $(id HEAD)" --fix release/1.0
'
ok 'chains of picks are followed' '
	start chain && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null && one=$(id HEAD) &&
	git checkout -q -b release/1.0-lts v1.0 && tick &&
	git cherry-pick -x $one >/dev/null &&
	git log -1 --format=%B | grep -v "$(id fix)" >message &&
	git commit -q --amend -F message && rm message &&
	holds release/1.0-lts "trailer $(id HEAD)" --fix fix
'
ok 'without a trailer, by its patch' '
	start patch && git checkout -q release/1.0 && commit more more &&
	tick && git cherry-pick fix >/dev/null &&
	holds release/1.0 "patch-id $(id HEAD)" --cause cause --fix fix &&
	holds v1.1 "patch-id $(id fix)" --fix release/1.0
'
ok 'what is known through a patch is known by the patch' '
	start mixed && git checkout -q -b release/1.1 v1.0 && commit own own &&
	tick && git cherry-pick fix >/dev/null && twin=$(id HEAD) &&
	git checkout -q -b release/1.2 v1.0 && edit f "$(sed s/8/acht/ f)" \
		"other

(cherry picked from commit $twin)" &&
	holds release/1.2 "patch-id $(id HEAD)" --fix fix &&
	holds release/1.2 "trailer $(id HEAD)" --fix $twin
'
ok 'other forms of the trailer' '
	start forms && for form in "[ Upstream commit $(id fix) ]" \
		"commit $(id fix) upstream." "(cherry picked from commit $(id fix))"
	do
		git checkout -q -B release/form v1.0 && tick &&
		git commit -q --allow-empty -m "backport" -m "$form" &&
		holds release/form "trailer $(id HEAD)" --fix fix || exit 1
	done &&
	git checkout -q -B release/form v1.0 && tick &&
	short=$(git rev-parse --short=9 fix) &&
	git commit -q --allow-empty -m b -m "(cherry picked from commit $short)" &&
	holds release/form "trailer $(id HEAD)" --fix fix
'
ok 'by its Change-Id, where the patch is another' '
	start change && git checkout -q main && edit f "$(sed s/9/nine/ f)" \
		"better

Change-Id: I0123456789" && git tag better &&
	git checkout -q release/1.0 && edit f "nine" "better for 1.0

Change-Id: I0123456789" &&
	holds release/1.0 "change-id $(id HEAD)" --fix better
'
ok 'a commit that holds two picks holds both, and they are not the same' '
	start two && git checkout -q release/0.9 && tick &&
	git commit -q --allow-empty -m "backport two" \
		-m "(cherry picked from commit $(id cause))
(cherry picked from commit $(id fix))" &&
	is release/0.9 fixed --cause cause --fix fix &&
	is release/1.0 exposed --cause cause --fix fix &&
	is v1.0 exposed --cause cause --fix fix
'
ok 'the revert of a cause is a fix on that line' '
	start reverted && git checkout -q release/1.0 && tick &&
	git revert --no-edit cause >/dev/null && r=$(id HEAD) &&
	is release/1.0 fixed --cause cause --fix fix &&
	is v1.0 exposed --cause cause --fix fix &&
	git retro trace --cause cause --fix fix >out &&
	has out "was reverted by $(git rev-parse --short=10 $r)" &&
	tick && git revert --no-edit HEAD >/dev/null &&
	is release/1.0 exposed --cause cause --fix fix &&
	tick && git revert --no-edit HEAD >/dev/null &&
	is release/1.0 fixed --cause cause --fix fix
'
ok 'the revert of a fix exposes again, its own revert mends' '
	cd reverted && git checkout -q main && tick &&
	git revert --no-edit fix >/dev/null && git tag v1.2 &&
	is v1.1 fixed --cause cause --fix fix &&
	is v1.2 exposed --cause cause --fix fix && tick &&
	git revert --no-edit HEAD >/dev/null && git tag v1.3 &&
	is v1.3 fixed --cause cause --fix fix
'
ok 'a revert that was picked takes back what was picked' '
	start picked && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null && git checkout -q main && tick &&
	git revert --no-edit fix >/dev/null && r=$(id HEAD) &&
	git checkout -q release/1.0 && tick &&
	git cherry-pick -x $r >/dev/null &&
	is release/1.0 exposed --cause cause --fix fix &&
	tick && git cherry-pick fix >/dev/null &&
	is release/1.0 fixed --cause cause --fix fix
'
ok 'what was picked again after a revert is in effect' '
	start again && git checkout -q release/1.0 && tick &&
	git revert --no-edit cause >/dev/null && tick &&
	git cherry-pick -x cause >/dev/null &&
	is release/1.0 exposed --cause cause --fix fix
'
ok 'a quoted revert is none' '
	start quoted && git checkout -q release/1.0 && tick &&
	git commit -q --allow-empty -m "talk" \
		-m "> This reverts commit $(id cause)." &&
	is release/1.0 exposed --cause cause --fix fix
'
# squash <revision> <title> <own title>: its revert and another change, as a forge
# merges both at once.
squash () {
	tick && git revert --no-commit "$1" && echo more >>other && git add other &&
	git commit -q -m "$3" -m "* Revert \"$2\"" \
		-m "This reverts commit $(id "$1")." -m "* Add more"
}

ok 'a revert that a squash lists takes back what its lines take back' '
	start squashed && git checkout -q release/1.0 && squash cause cause "Tidy up (#6)" &&
	s=$(id HEAD) && is release/1.0 fixed --cause cause --fix fix &&
	git retro trace --cause cause --fix fix >out &&
	has out "was reverted by $(git rev-parse --short=10 $s)" &&
	git checkout -q main && squash fix fix "Tidy up (#7)" &&
	git tag v1.2 &&
	is v1.1 fixed --fix fix && is v1.2 suspect --fix fix &&
	squash HEAD "Tidy up (#7)" "Add it (#8)" && git tag v1.3 &&
	is v1.3 fixed --fix fix && tick &&
	git commit -q --allow-empty -m "Tidy up (#9)" -m "* Revert \"fix\"" \
		-m "This reverts commit $(id fix)." -m "* Reapply \"fix\"" &&
	git tag v1.4 && is v1.4 fixed --fix fix
'
ok 'a cause that a squash left on no branch is unknown, not absent' '
	start gone && git checkout -q -b topic && commit slip f "$(seq 2 9)" &&
	c=$(id HEAD) && commit more m && git checkout -q main && tick &&
	git merge -q --squash topic >/dev/null && git commit -q -m "Slip (#3)" &&
	git tag v1.2 && git branch release/1.2 &&
	is v1.0 unaffected --cause $c && git branch -q -D topic &&
	is release/1.2 unknown --cause $c && is v1.0 unaffected --cause $c &&
	git retro trace --cause $c >out &&
	has out "a linked commit is on no branch or tag" &&
	git retro trace --cause $c --format=json >out && has out gone-commit &&
	git branch kept $c && is release/1.2 no-cause-found --cause $c
'
ok 'a line that touched the files since it forked is no proof' '
	start touched && git checkout -q release/0.9 &&
	edit f nine "something" &&
	is release/0.9 no-cause-found --cause cause --fix fix &&
	is v0.9 unaffected --cause cause --fix fix &&
	git checkout -q -b release/other v0.9 && commit x x &&
	is release/other unaffected --cause cause --fix fix
'
ok 'nor is one where the file bore another name' '
	start renamed && git checkout -q main && git mv f moved && tick &&
	git commit -q -m move && edit moved x "cause" &&
	git checkout -q release/0.9 && edit other y own &&
	is release/0.9 no-cause-found --cause main
'
ok 'a merge that brings the change is a cause with all its files' '
	start merge && git checkout -q -b topic && commit topic t && tick &&
	git checkout -q main && git merge -q --no-ff -m "merge topic" topic &&
	m=$(id HEAD) && git tag v2.0 && is v2.0 exposed --cause $m &&
	is v1.1 unaffected --cause $m && git checkout -q release/1.0 &&
	commit own t && is release/1.0 no-cause-found --cause $m &&
	git checkout -q -b release/2 v1.1 && tick &&
	git cherry-pick -x -m 1 $m >/dev/null &&
	is release/2 exposed --cause $m
'
ok 'the revert of a merge takes back what it brought, a pick of it brings it' '
	start brought && git checkout -q -b topic && commit bad t && c=$(id HEAD) &&
	commit more u && git checkout -q main && commit between w && tick &&
	git merge -q --no-ff -m "merge topic" topic && m=$(id HEAD) &&
	git tag v2.0 && tick && git revert -m 1 --no-edit HEAD >/dev/null &&
	git tag v2.1 && is v2.0 exposed --cause $c && is v2.1 fixed --cause $c &&
	is v2.0 exposed --cause $m && is v2.1 fixed --cause $m &&
	git checkout -q -b release/2 v1.1 && tick &&
	git cherry-pick -x -m 1 $m >/dev/null && is release/2 exposed --cause $c &&
	is v2.1 suspect --fix $c && git checkout -q main && tick &&
	git revert --no-edit v2.1 >/dev/null && git tag v2.2 &&
	is v2.2 exposed --cause $c && w=$(git rev-parse v2.0^1) &&
	is v2.1 exposed --cause $w
'
ok 'without a cause, what lacks the fix is suspect' '
	cd plain && is v1.0 suspect --fix fix && is v1.1 fixed --fix fix
'
ok 'without a fix, what holds the cause is exposed' '
	cd plain && is v1.1 exposed --cause cause &&
	git retro trace --cause cause >out && has out "No fix is linked."
'
ok 'a tag that is no release, and any branch, can be asked for' '
	cd plain && git tag nightly fix &&
	git retro trace --fix fix --tags "night*" --branches main \
		--format=tsv | cut -f4,6 >out &&
	printf "name\tstate\nnightly\tfixed\nmain\tfixed\n" >want &&
	same want out
'
ok 'branches of one name are one line when equal' '
	git init -q --bare remote.git && start lines && git remote add origin \
		../remote.git && git push -q --all && git fetch -q &&
	git retro trace --fix fix --format=tsv | cut -f4 >out &&
	printf "name\nv0.9\nv1.0\nv1.1\nrelease/0.9\nrelease/1.0\n" >want &&
	same want out
'
ok 'when they differ, the remote one comes first' '
	cd lines && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null && git checkout -q main &&
	git retro trace --fix fix --format=tsv --tags none | cut -f4,6 >out &&
	printf "name\tstate\nrelease/0.9\tsuspect\n" >want &&
	printf "origin/release/1.0\tsuspect\nrelease/1.0\tfixed\n" >>want &&
	same want out && git branch -q -D release/1.0 &&
	git retro trace --fix fix --format=tsv --tags none | cut -f4 >out &&
	has out origin/release/1.0
'
ok 'of remotes whose names begin alike, the longer one is left out of a branch' '
	cd lines && git config remote.fork/deep.url x && git config remote.fork.url x &&
	git update-ref refs/remotes/fork/deep/release/2.0 main &&
	git retro trace --fix fix --format=tsv --tags none | cut -f4 >out &&
	has out fork/deep/release/2.0
'
ok 'a shallow clone is unknown, never safe' '
	git clone -q --depth 1 --no-single-branch \
		"file://$TRASH/plain" shallow && cd shallow &&
	f=$(git -C ../plain rev-parse fix) c=$(git -C ../plain rev-parse cause) &&
	echo "$c $f" | git retro trace --stdin --format=tsv --tags "v*" \
		--branches "release/*" >out &&
	cut -f4,6,7 out | grep "release/0.9	unknown	cut-off" &&
	! grep -E "	(unaffected|no-cause-found)	" out
'
ok 'a cause that is not here is unknown' '
	cd plain && echo "1111111111111111111111111111111111111111 -" |
	git retro trace --stdin --format=tsv >out &&
	cut -f4,6,7 out | grep "v1.0	unknown	missing-commit"
'
ok 'a graft is followed; what it takes away makes the line unknown' '
	start graft && commit side && is v1.1 exposed --cause cause &&
	git replace --graft v1.1 v0.9 &&
	is v1.1 unknown --cause cause && is v1.0 exposed --cause cause &&
	git replace -d $(id v1.1) && is v1.1 exposed --cause cause &&
	echo "$(id v1.1) $(id v0.9)" >.git/info/grafts &&
	is v1.1 unknown --cause cause
'
ok 'a graft that adds history cuts nothing' '
	start grown && git checkout -q --orphan old && commit older old &&
	git checkout -q main && git replace --graft v0.9 old &&
	is v0.9 unaffected --cause cause && is v1.1 exposed --cause cause &&
	is v1.1 exposed --cause old
'
ok 'a partial clone says what it cannot tell' '
	cd plain && git config uploadpack.allowFilter true && cd .. &&
	git clone -q --bare --filter=tree:0 "file://$TRASH/plain" partial &&
	cd partial && echo "$(id cause) $(id fix)" |
	git retro trace --stdin --format=tsv >out &&
	grep "v1.1	tag	fixed" out && grep "v0.9	tag	unaffected" out &&
	cd .. && git -C plain checkout -q -B release/0.9 v0.9 && cd plain &&
	commit own own && cd .. && rm -rf partial &&
	git clone -q --bare --filter=tree:0 "file://$TRASH/plain" partial &&
	cd partial && echo "$(id cause) $(id fix)" |
	git retro trace --stdin --format=tsv >out &&
	grep "release/0.9	branch	unknown	missing-files" out &&
	echo "$(id cause) $(id fix)" |
	LANGUAGE=zh_CN git retro trace --stdin --format=tsv >../zh &&
	same out ../zh
'
ok_sha1 'pairs come from stdin, one record out for each' '
	cd plain && printf "%s %s\n- %s\n\n%s -\n" cause fix fix cause |
	git retro trace --stdin --format=ndjson >out &&
	test "$(wc -l <out)" = 3 && printf "cause fix\n- fix\n" |
	git retro trace --stdin >out && golden cli/trace-stdin.txt out
'
ok 'a bad pair is named by its line' '
	cd plain && printf "cause fix\nnowhere fix\n" >in &&
	status 128 git retro trace --stdin <in >out 2>err && test_empty out &&
	has err "line 2" && has err nowhere && echo "cause" >in &&
	status 129 git retro trace --stdin <in 2>err && has err "line 1" &&
	echo "a b c" >in && status 129 git retro trace --stdin <in &&
	echo "- -" >in && status 129 git retro trace --stdin <in
'
ok 'nothing to trace is said' '
	cd plain && status 129 git retro trace 2>err && has err "--stdin" &&
	status 129 git retro trace x --fix fix &&
	status 128 git retro trace --fix nowhere 2>err && has err nowhere &&
	status 128 git retro trace nowhere 2>err && has err "no retro"
'
ok 'a retro gives cause and fix' '
	start retro && git retro new --no-edit "Rows dropped" >name &&
	status 128 git retro trace @ 2>err && has err "git retro link" &&
	git retro link @ --cause cause --fix fix && is v1.0 exposed @ &&
	is v1.1 fixed @ && git retro trace @ >out && has out "Rows dropped"
'
ok 'and so does a commit that names it' '
	start said && git retro new --no-edit "Said" >/dev/null &&
	r=$(git retro list --format=tsv | tail -n 1 | cut -f1) &&
	git checkout -q main && edit f one "bad

Retro-Cause: $r" && git tag v1.5 && edit f two "good

Retro-Fix: $r" && git tag v1.6 && is v1.1 unaffected $r &&
	is v1.5 exposed $r && is v1.6 fixed $r &&
	git checkout -q -b release/1.5 v1.5 && is release/1.5 exposed $r &&
	tick && git cherry-pick v1.6 >/dev/null && is release/1.5 fixed $r &&
	is v1.6 fixed $r && git checkout -q -B release/1.5 v1.5 &&
	edit f "three" "good for 1.5

Retro-Fix: $r" && is release/1.5 fixed $r && is v1.6 fixed $r &&
	git checkout -q main && edit g g "good, part two

Retro-Fix: $r" && is v1.6 exposed $r && git tag v1.7 && is v1.7 fixed $r
'
ok 'the answers are the same with a commit-graph, and with a cache' '
	cd reverted && git retro trace --cause cause --fix fix --format=json \
		>want && git commit-graph write --reachable --no-progress &&
	git retro trace --cause cause --fix fix --format=json >out &&
	same want out && rm -rf .git/retro &&
	git retro trace --cause cause --fix fix --format=json >out &&
	same want out && for f in .git/retro/*
	do
		test -d "$f" || printf x >>"$f" || exit 1
	done &&
	git retro trace --cause cause --fix fix --format=json >out &&
	same want out && for f in .git/retro/*
	do
		test -d "$f" || : >"$f" || exit 1
	done &&
	git retro trace --cause cause --fix fix --format=json >out &&
	same want out
'
ok 'in a bare repository, and from a subfolder' '
	git clone -q --bare plain bare.git && cd bare.git &&
	is v1.0 exposed --cause cause --fix fix && cd ../plain &&
	mkdir -p sub && cd sub && is v1.0 exposed --cause cause --fix fix
'
ok 'on a terminal the first answer on a long history says what it does' '
	git init -q -b main long && cd long && for i in $(seq 600)
	do
		printf "commit refs/heads/main\ncommitter A <a@x> %d +0000\n" \
			$((1600000000 + i)) && printf "data 1\nx\n" || exit 1
	done >../stream && git fast-import --quiet <../stream &&
	hasty git-retro trace --fix main --branches main >../shown &&
	has ../shown "Reading commit messages: 500" && has ../shown "is in" &&
	hasty git-retro trace --fix main --branches main >../shown &&
	lacks ../shown "Reading" && git commit-graph write --reachable &&
	rm -rf .git/retro &&
	hasty git-retro trace --fix main --branches main >../shown &&
	has ../shown "Reading commit messages:  50% (300/600)" &&
	has ../shown "is in" && lacks ../shown "Reading history"
'
ok 'so do the first audit and the first draft' '
	git clone -q long told && cd told && git tag v1.0.0 && git branch release/1.0 &&
	mkdir retros && printf "%s\n" --- "id: 2026-01-05-x" \
		"title: x" "date: 2026-01-05" "status: draft" "commits:" \
		"  cause: [$(git rev-parse HEAD~9)]" --- "## Pitfalls" "" "- It breaks" \
		>retros/x.md && git add retros && git commit -q -m x &&
	status 1 hasty git-retro --no-pager audit release/1.0 >../shown &&
	has ../shown "Reading commit messages" && has ../shown "exposed" &&
	status 1 hasty git-retro --no-pager audit release/1.0 >../shown &&
	lacks ../shown "Reading" && has ../shown "exposed" &&
	rm -rf .git/retro &&
	hasty git-retro --no-pager new --no-edit --release v1.0.0 >../shown &&
	has ../shown "Reading commit messages" && has ../shown retros/
'
ok 'no release and no branch is said' '
	new_repo none && cd none && commit a &&
	git retro trace --fix HEAD >out && has out "No tag or branch matches"
'
ok 'names of tags and branches cannot reach a terminal' '
	start hostile && git tag "v2.0-$(printf "\342\200\256")evil" fix &&
	git retro trace --fix fix >out && ! grep "$(printf "\342\200\256")" out
'
ok 'in a repository of packages: the first release of its own' '
	new_repo packages && cd packages && mkdir retros && commit Break f bad &&
	bad=$(git rev-parse HEAD) && git tag pkg-a/v1.0.0 &&
	git tag pkg-b/v1.0.0 && commit Fix f good && good=$(git rev-parse HEAD) &&
	git tag pkg-b/v1.1.0 && commit more && git tag pkg-a/v1.0.1 &&
	printf "version: 1\nreleases:\n  tags: [\"pkg-*\"]\n" >.retro.yml &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\nreleases: [%s]\n---\n" \
		pkg-a/v1.0.0 >retros/a.md &&
	git retro link a --cause "$bad" --fix "$good" &&
	git retro trace a >out && has out "First release with the fix: pkg-a/v1.0.1" &&
	git retro trace --cause "$bad" --fix "$good" >out &&
	has out "First release with the fix: pkg-b/v1.1.0"
'
ok 'retros without links: one by its name, several together' '
	new_repo unlinked && cd unlinked && commit a && mkdir retros &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\n---\n" >retros/a.md &&
	sed "s/id: a/id: b/" retros/a.md >retros/b.md &&
	status 128 git retro trace a 2>err && has err ": a has no linked cause or fix" &&
	status 128 git retro trace a b 2>err &&
	has err ": none of these retros has a linked cause or fix" && test "$(wc -l <err)" = 2
'
ok 'a list with a NUL byte is not taken for a shorter one' '
	cd plain && printf "%s -\n\0%s -\n" cause fix >list &&
	status 129 git retro trace --stdin <list >out 2>err && test_empty out &&
	has err "NUL" && rm list
'
test_done
