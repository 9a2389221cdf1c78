#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# When two commits are the same change, and when one takes another back: the
# rules beside those that trace.t has. The wordings are in test_mentions.c.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/trace.sh"

# start <folder>: a fix in a file of nine lines on main, and release/1.0 that
# forked before it.
start () {
	new_repo "$1" && cd "$1" && commit root f "$(seq 9)" && git tag v0.9 &&
	commit other g && git branch release/1.0 &&
	edit f "$(sed s/5/five/ f)" "Fix five (#12)" && git tag fix
}

# adapt <message>: the fix by other lines, on release/1.0.
adapt () {
	git checkout -q release/1.0 && edit f "$(sed s/5/FIVE/ f)" "$1"
}

# back <message>: what undoes the fix, on main.
back () {
	git checkout -q main && edit f "$(seq 9)" "$1"
}

ok 'by author, date to the second, and title: probably' '
	start author && git checkout -q release/1.0 &&
	printf "%s\n" "$(sed s/5/FIVE/ f)" >f && date=$(git log -1 \
		--format=%ad --date=raw fix) &&
	GIT_AUTHOR_DATE="$date" git commit -q -a -m "[1.0] Fix five" &&
	holds release/1.0 "author $(id HEAD)" --fix fix &&
	git retro trace --fix fix >out && has out "(author: probably)" &&
	git checkout -q -B release/1.0 v0.9 &&
	GIT_AUTHOR_DATE="$date" git commit -q --allow-empty -m "Fix 5" &&
	is release/1.0 suspect --fix fix && git checkout -q -B release/1.0 v0.9 &&
	GIT_AUTHOR_NAME=Bo GIT_AUTHOR_DATE="$date" git commit -q \
		--allow-empty -m "Fix five" && is release/1.0 suspect --fix fix
'
ok 'two commits of one key on a side are two changes' '
	start series && git checkout -q main && date=$(git log -1 --format=%ad \
		--date=raw fix) && printf x >>f &&
	GIT_AUTHOR_DATE="$date" git commit -q -a -m "Fix five" &&
	git checkout -q release/1.0 && echo y >y && git add y &&
	GIT_AUTHOR_DATE="$date" git commit -q -m "Fix five" &&
	git checkout -q main && is release/1.0 suspect --fix fix &&
	is release/1.0 suspect --fix main
'
ok 'by the number of a request, where the titles are equal' '
	start request && for title in "Fix five (#12) (#34)" \
		"[1.0] Fix five (#12) (#34)" "Fix five (cherry-pick #12 for 1.0) (#34)" \
		"Backport PR #12: Fix five (#34)" "Fix five (backport #12)"
	do
		git checkout -q -B release/1.0 v0.9 && adapt "$title" &&
		holds release/1.0 "pull-request $(id HEAD)" --fix fix || exit 1
	done && git retro trace --fix fix >out &&
	has out "(pull-request: probably)" &&
	for title in "Fix fives (#12) (#34)" "Fix five (#13) (#34)" "Fix five"
	do
		git checkout -q -B release/1.0 v0.9 && adapt "$title" &&
		is release/1.0 suspect --fix fix || exit 1
	done
'
ok 'a pick of a part is none, and told' '
	start part && adapt "Fix some of five

Partial backport of $(id fix)

(cherry picked from commit $(id fix))" && is release/1.0 suspect --fix fix &&
	git retro trace --fix fix >out &&
	has out "only a part of it is included as $(git rev-parse --short=10 HEAD)" &&
	git retro trace --fix fix --format=json >out &&
	has out "\"part\": \"$(id HEAD)\""
'
ok 'few lines in common: a word of doubt' '
	start doubt && git checkout -q release/1.0 && commit unlike u \
		"$(seq 20 | sed s/^/line/)" && git commit -q --amend -m "Unlike

(cherry picked from commit $(id fix))" && is release/1.0 fixed --fix fix &&
	git retro trace --fix fix >out &&
	has out "(trailer: few lines in common)" && git retro trace --fix fix \
		--format=json >out && has out "\"doubt\": true" &&
	git retro trace --fix fix --format=json >again && same out again &&
	rm -rf .git/retro && git retro trace --fix fix --format=json >again &&
	same out again
'
ok 'a NUL deep in a text ends no reading of its lines' '
	start nul && git checkout -q main && { seq 4000; printf "a\\000b\\n"; } >big &&
	git add big && git commit -q -m big && sed -i "s/^a.*b$/c\\x00d/; s/^4$/four is told/" big &&
	git commit -q -a -m "Mend it" && git tag deep && git checkout -q release/1.0 &&
	commit unlike u "$(seq 20 | sed s/^/line/)" && git commit -q --amend -m "Unlike

(cherry picked from commit $(id deep))" && git retro trace --fix deep >out &&
	has out "(trailer: few lines in common)"
'
ok 'a trailer that names ten commits holds each, and is none of them' '
	start ten && for i in 1 2 3 4 5 6 7 8 9
	do
		commit "more $i" "m$i" || exit 1
	done && adapt "All of them

(cherry picked from commits $(git rev-list -10 main | paste -sd, |
	sed "s/,/, /g"))" && is release/1.0 fixed --fix fix &&
	is release/1.0 fixed --fix main && git checkout -q main &&
	is main suspect --fix release/1.0 --branches main
'
ok 'a merge and the commit that it brought, picked with -m 1' '
	new_repo merge && cd merge && commit root f "$(seq 9)" &&
	git branch release/1.0 && git checkout -q -b topic &&
	edit f "$(sed s/5/five/ f)" "Fix five" && git checkout -q main &&
	commit other g && tick && git merge -q --no-ff \
		-m "Merge pull request #12 from ann/topic" topic &&
	m=$(id HEAD) && git checkout -q release/1.0 && commit own o && tick &&
	git cherry-pick -m 1 $m >/dev/null &&
	is release/1.0 fixed --fix $m && is release/1.0 fixed --fix topic &&
	holds release/1.0 "patch-id $(id HEAD)" --fix topic
'
ok 'a merge that changes nothing has no patch, and lacks no file' '
	start empty && git checkout -q -b topic fix && commit topic t && git tag v1.1 &&
	git checkout -q main && commit more h && git merge -q -s ours -m "Merge topic" topic &&
	git tag v1.2 && git retro trace --cause fix --fix main --format=json >out &&
	test "$(jq -r ".traces[0].lines[] | select(.name == \"v1.1\") | [.state, .why] | join(\" \")" out)" = "exposed "
'
ok 'a merge of several, picked with -m 1 without a trailer' '
	new_repo several && cd several && commit root f "$(seq 9)" &&
	git branch release/1.0 && git checkout -q -b topic &&
	edit f "$(sed s/5/five/ f)" "Fix five" && one=$(id HEAD) &&
	commit two t && git checkout -q main && commit other g && tick &&
	git merge -q --no-ff -m "Merge pull request #12 from ann/topic" topic &&
	m=$(id HEAD) && git checkout -q release/1.0 && commit own o && tick &&
	git cherry-pick -m 1 $m >/dev/null && git checkout -q main &&
	is release/1.0 fixed --fix $m &&
	holds release/1.0 "author $(id release/1.0)" --fix $one &&
	is main fixed --fix $one --branches main
'
ok 'a revert by its title or number, and what lands it again' '
	start title && back "Revert \"Fix five (#12)\" (#13)" &&
	is main suspect --fix fix --branches main &&
	edit f "$(sed s/5/five!/ f)" "Reapply \"Fix five (#12)\" (#14)" &&
	is main fixed --fix fix --branches main &&
	back "Revert \"Reapply \"Fix five (#12)\" (#14)\" (#15)" &&
	is main suspect --fix fix --branches main &&
	edit f "$(sed s/5/five!!/ f)" "fix: revert #15 (#16)" &&
	is main fixed --fix fix --branches main
'
ok 'two commits that take back the same are one change' '
	start both && git checkout -q release/1.0 && tick &&
	git cherry-pick -x fix >/dev/null && pick=$(id HEAD) &&
	edit f "$(seq 9; echo own)" "Revert \"Fix five (#12)\"" && own=$(id HEAD) &&
	git checkout -q main && back "Take five back

This reverts commit $(id fix)." && r=$(id HEAD) &&
	holds release/1.0 "trailer $own" --fix $r &&
	git checkout -q release/1.0 && edit f "$(seq 9; echo more)" \
		"Reapply \"Fix five (#12)\"" &&
	is release/1.0 suspect --fix $r && is main fixed --fix $r --branches main &&
	git checkout -q -B release/1.0 $pick && is release/1.0 suspect --fix $r &&
	commit other o && edit f "$(seq 9; echo z)" "Take two back

This reverts commit $pick.
This reverts commit $(id HEAD)." && is release/1.0 fixed --fix $r &&
	is main suspect --fix release/1.0 --branches main
'
ok 'a title means the latest commit behind it' '
	new_repo latest && cd latest && commit root f "$(seq 9)" &&
	edit f "$(sed s/5/five/ f)" "Bump it" && one=$(id HEAD) &&
	edit f "$(sed s/6/six/ f)" "Bump it" && two=$(id HEAD) &&
	git checkout -q -b topic && edit f "$(sed s/7/seven/ f)" "Bump it" &&
	git checkout -q main && edit f "$(sed s/six/6/ f)" "Revert \"Bump it\"" &&
	is main fixed --fix $one --branches main &&
	is main suspect --fix $two --branches main &&
	is topic fixed --fix topic --branches topic
'
ok 'a request that was merged is reverted by its title, number or branch' '
	for revert in "Revert \"Add the loader\"" "Revert \"Add the loader\"

Reverts o/r#12" "Revert \"Merge pull request #12 from ann/topic\"" \
		"Merge pull request #13 from o/revert-12-topic"
	do
		rm -rf request && new_repo request && cd request && commit root f "$(seq 9)" &&
		git checkout -q -b topic && edit f "$(sed s/5/five/ f)" "Five." &&
		one=$(id HEAD) && git checkout -q main && commit other g &&
		tick && git merge -q --no-ff \
			-m "Merge pull request #12 from ann/topic" \
			-m "Add the loader" topic && m=$(id HEAD) &&
		edit f "$(seq 9)" "$revert" &&
		is main suspect --fix $one --branches main &&
		is main suspect --fix $m --branches main || exit 1
		cd ..
	done
'
ok 'a revert on one line leaves the other' '
	start one && git checkout -q release/1.0 && tick &&
	git cherry-pick fix >/dev/null && edit f "$(seq 9)" \
		"Revert \"Fix five (#12)\"" && is release/1.0 suspect --fix fix &&
	is main fixed --fix fix --branches main
'
ok 'the same patch lands it again without a word' '
	start again && git checkout -q main && git tag v1.0 && tick &&
	git revert --no-edit fix >/dev/null && git tag v1.1 && commit more m &&
	edit f "$(sed s/5/five/ f)" "Use five at last" && git tag v1.2 &&
	is v1.0 fixed --fix fix && is v1.1 suspect --fix fix &&
	holds v1.2 "patch-id $(id v1.2)" --fix fix && is v1.2 fixed --fix fix &&
	is v1.0 exposed --cause fix && is v1.1 fixed --cause fix &&
	is v1.2 exposed --cause fix && tick &&
	git revert --no-edit v1.2 >/dev/null && git tag v1.3 &&
	is v1.3 fixed --cause fix && is v1.3 suspect --fix fix
'
ok 'and takes a fix back that is the revert' '
	start undone && git checkout -q release/1.0 && tick &&
	git cherry-pick fix >/dev/null && git checkout -q main && tick &&
	git revert --no-edit fix >/dev/null && git tag back && tick &&
	git merge -q -s ours -m "Merge release/1.0" release/1.0 &&
	git tag v1.0 && is v1.0 fixed --fix back && commit more m &&
	edit f "$(sed s/5/five/ f)" "Use five at last" && git tag v1.1 &&
	is v1.1 suspect --fix back &&
	git retro trace --fix back --tags v1.1 --format=tsv >out &&
	has out "reverted $(id v1.1)" && tick &&
	git revert --no-edit v1.1 >/dev/null && git tag v1.2 &&
	is v1.2 fixed --fix back && is v1.1 exposed --cause fix --fix back
'
ok 'so does a pick of it, adapted' '
	start adapted && git checkout -q main && git tag v1.0 && tick &&
	git revert --no-edit fix >/dev/null && tick &&
	git cherry-pick -n fix && printf "%s\n" "$(sed s/five/FIVE/ f)" >f &&
	GIT_AUTHOR_DATE="$(git log -1 --format=%ad --date=raw fix)" \
		git commit -q -a -m "Fix five (#12)" &&
	is main exposed --cause fix --branches main &&
	is main fixed --fix fix --branches main
'
ok 'a cause that comes back under its title, made anew, is a cause' '
	start anew && git checkout -q main && tick &&
	git revert --no-edit fix >/dev/null &&
	edit f "$(sed s/5/FIVE/ f)" "Fix five (#20)" &&
	is main exposed --cause fix --branches main &&
	is main suspect --fix fix --branches main
'
ok 'a merge that repeats the revert of its branch counts once' '
	start once && git checkout -q -b back main && tick &&
	git revert --no-edit fix >/dev/null && r=$(id HEAD) &&
	git checkout -q main && commit more m && tick &&
	git merge -q --no-ff -m "$(git log -1 --format=%B $r)" back && tick &&
	git revert --no-edit $r >/dev/null &&
	is main fixed --fix fix --branches main
'
ok 'a circle of reverts is bounded, and unknown' '
	start circle && git checkout -q main && for i in 1 2
	do
		commit "c$i" "c$i" || exit 1
	done && git checkout -q -b a fix && git commit -q --allow-empty \
		-m "Revert it

This reverts commit $(id fix).

Change-Id: Iaaaaaaaaaa" && a=$(id HEAD) && git checkout -q -b b fix &&
	git commit -q --allow-empty -m "Revert that

This reverts commit $a.

Change-Id: Ibbbbbbbbbb" && b=$(id HEAD) && git checkout -q -b c fix &&
	git commit -q --allow-empty -m "Revert again

This reverts commit $b.

Change-Id: Iaaaaaaaaaa" &&
	git retro trace --fix fix --format=tsv --branches "*" >out &&
	cut -f4,6,7 out | grep "c	unknown	too-many"
'
ok 'a message of 10 MB is read' '
	start long && git checkout -q release/1.0 && {
		echo "Backport"
		echo
		yes "this reverts commit, (cherry picked from (see [backport" |
			head -c 10000000
		echo
		echo
		echo "(cherry picked from commit $(id fix))"
	} >../message && git commit -q --allow-empty -F ../message &&
	is release/1.0 fixed --fix fix
'
# zoo <folder>: what trees can hold, on release/1.0 and not on main.
zoo () {
	start "$1" && git checkout -q release/1.0 && mkdir -p d/e/f a &&
	for name in a-b a.c a0 d/e.x d/e/f/g d/e/x a/b "s p" "umläut"
	do
		echo "$name" >"$name" || exit 1
	done && git add . && save add && git update-index --chmod=+x a0 &&
	save mode && git rm -q -r a && echo now >a && git add a && save file &&
	git rm -q a && mkdir a && echo b >a/a && git add a && save folder &&
	ln -s d link && git add link && save link && git rm -q link &&
	echo x >link && git add link && save "no link" &&
	git update-index --add --cacheinfo "160000,$(id fix),a/module" &&
	save module && git update-index --cacheinfo "160000,$(id v0.9),a/module" &&
	save raise && git rm -q -r --cached a && save gone && mkdir many &&
	(cd many && seq 1025 | xargs touch) && git add many && save many &&
	git checkout -q --orphan root && git rm -q -r -f . &&
	echo g >g && git add g && save root && git checkout -q -b side &&
	commit side d/e/side && git checkout -q root && commit main d/e/main &&
	tick && git merge -q -s ours -m merge side && git branch release/2.0 &&
	git checkout -q -f main
}
save () {
	tick && git commit -q --allow-empty -m "$1"
}
# touched: what is kept of them, found anew from their trees, which the graph
# knows, and without it by git; and the same answers.
touched () {
	for name in trees git
	do
		rm -rf .git/retro && git retro trace --cause main~1 --fix fix \
			--tags "*" --branches "*" >../$name.out &&
			cp .git/retro/touches ../$name &&
			rm -f .git/objects/info/commit-graph || return 1
	done
	cmp ../trees ../git && cmp ../trees.out ../git.out
}

ok 'files that commits touched: the same from their trees as by git' '
	zoo zoo && git commit-graph write --reachable && touched &&
	test "$(wc -c <../git)" -gt 500
'
ok 'and where a tree is missing, that is said' '
	cd zoo && git commit-graph write --reachable &&
	t=$(git rev-parse release/2.0:d/e) &&
	rm -f .git/objects/$(echo $t | cut -c1-2)/$(echo $t | cut -c3-) &&
	touched && grep "release/2.0 .*unknown" ../git.out
'
ok 'a fix that landed again under its title, with most of its lines' '
	start landed && git checkout -q main &&
	edit f "$(sed "s/[1-8]/n&/" f)" "Name them" && git tag named &&
	tick && git revert --no-edit HEAD >/dev/null &&
	is main suspect --fix named --branches main && git branch reverted &&
	edit f "$(sed "s/[1-8]/n&/; s/9/nine/" f)" "Name them" &&
	holds main "author $(id HEAD)" --fix named \
		--branches main &&
	git retro trace --fix named --branches main >out &&
	has out "(author: probably)" &&
	git checkout -q -B main reverted &&
	edit f "$(sed "s/[1-3]/n&/; s/9/nine/" f)" "Name them" &&
	is main suspect --fix named --branches main
'
ok 'or under that title with what says that it is the second time' '
	cd landed && for more in "(2)" "(again)" again "(v2)" V2 "(Take 2)" "take 2" "(reland)"
	do
		git checkout -q -B main reverted &&
		edit f "$(sed "s/[1-8]/n&/; s/9/nine/" f)" "Name them $more" &&
		holds main "author $(id HEAD)" --fix named \
			--branches main &&
		is main exposed --cause named --branches main || exit 1
	done &&
	for other in "(3)" "(2) of all" "for 2"
	do
		git checkout -q -B main reverted &&
		edit f "$(sed "s/[1-8]/n&/; s/9/nine/" f)" "Name them $other" &&
		is main suspect --fix named --branches main || exit 1
	done &&
	git checkout -q -B main reverted &&
	edit f "$(sed "s/[1-3]/n&/; s/9/nine/" f)" "Name them (2)" &&
	is main suspect --fix named --branches main
'
ok 'of many commits that change the same file only those alike are made patches' '
	start alike && git checkout -q release/1.0 && for i in $(seq 30)
	do
		edit f "$(sed "s/^9.*/9 $i/" f)" "Raise $i" || exit 1
	done && git branch release/2.0 && edit f "$(sed "s/^5/  five/" f)" Picked &&
	git tag picked && for i in $(seq 31 60)
	do
		edit f "$(sed "s/^9.*/9 $i/" f)" "Raise $i" || exit 1
	done && git commit-graph write --reachable &&
	holds release/1.0 "patch-id $(id picked)" --fix fix &&
	is release/2.0 suspect --fix fix &&
	test "$(wc -c <.git/retro/patch-ids)" -lt 400 &&
	GIT_TRACE=$TRASH/again git retro trace --fix fix >out &&
	! grep "cat-file\|patch-id" "$TRASH/again"
'
ok 'one blob that is missing touches only what needs it' '
	start lack && edit g better "Fix other" && git tag other-fix &&
	git checkout -q release/1.0 && edit f "$(sed s/3/three/ f)" "Own three" &&
	edit g own "Own g" && b=$(git rev-parse HEAD:g) &&
	git checkout -q main && rm -f .git/objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-) &&
	printf -- "- %s\n- %s\n" $(id fix) $(id other-fix) >in &&
	git retro trace --stdin --format=tsv --branches release/1.0 <in >out &&
	cut -f3,6,7 out | grep "$(id fix)	suspect	" &&
	cut -f3,6,7 out | grep "$(id other-fix)	unknown	missing-files" &&
	git retro trace --stdin --branches release/1.0 <in >out &&
	has out "unknown: release/1.0" && has out "lacking: release/1.0"
'
ok 'a clone without blobs: git is not asked for each that is missing' '
	start many && git checkout -q release/1.0 && for i in $(seq 20)
	do
		edit f "$(sed "s/3.*/3$i/" f)" "Own $i" || exit 1
	done && git config uploadpack.allowFilter true &&
	git clone -q --filter=blob:none --no-checkout "file://$PWD" ../blobless &&
	cd ../blobless && GIT_TRACE=$TRASH/asked git retro trace --fix fix \
		--format=tsv --branches "release/*" >out &&
	cut -f4,6,7 out | grep "release/1.0	unknown	missing-files" &&
	test "$(grep -c "built-in: git patch-id" "$TRASH/asked")" -le 3
'
ok 'a clone without trees: nor for each of those' '
	cd "$TRASH/many" && git clone -q --filter=tree:0 --no-checkout \
		"file://$PWD" ../treeless && cd ../treeless &&
	GIT_TRACE=$TRASH/asked2 git retro trace --fix fix --format=tsv \
		--branches "release/*" >out &&
	cut -f4,6,7 out | grep "release/1.0	unknown	missing-files" &&
	test "$(grep -c "built-in: git" "$TRASH/asked2")" -le 8
'
ok 'a file that was renamed, in a clone without blobs: no command fails of it' '
	new_repo moved && cd moved && mkdir retros && seq 20 >a && git add a &&
	tick && git commit -q -m root && edit a "$(sed s/5/five/ a)" Fix &&
	fix=$(id HEAD) && git mv a b && sed -i s/7/seven/ b &&
	tick && git commit -q -a -m Move &&
	printf -- "---\ntitle: A\ndate: 2026-01-05\nstatus: draft\ncommits:\n  fix: [%s]\n---\n\n## Pitfalls\n\n- P1: \`a\` is short\n" \
		"$fix" >retros/2026-01-05-a.md && git add -A && tick &&
	git commit -q -m Retro && git config uploadpack.allowFilter true &&
	git clone -q --filter=blob:none --no-checkout "file://$PWD" ../unmoved &&
	cd ../unmoved && mkdir retros && cp ../moved/retros/*.md retros/ &&
	git retro status >out && git retro context a >out2
'
test_done
