#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Releases as projects really make them: which tags are releases, which owe a
# retro, and what is the release before.
. "${0%/*}/../lib/test.sh"

# project <name>: a repository whose hooks say nothing, with a first commit.
project () {
	new_repo "$1" && cd "$1" && commit Start
}
# range <tag>: what the draft of a release covers.
range () {
	sed -n "s/^range: //p" "$(GIT_RETRO=0 git retro new --no-edit --release "$1")"
}
# tagged <tag>...: a commit and a tag each, without a word.
tagged () {
	for name
	do
		commit "For $name" && GIT_RETRO=0 git tag "$name" || return 1
	done
}
# owed: the tags that owe a retro.
owed () {
	git retro status | sed -nE "s/^  ([^ ]*) *(tagged|committed) .*/\1/p" | xargs
}
# require <setting>...: the policy.
policy () {
	printf "version: 1\nreleases:\n" >.retro.yml &&
	printf "  %s\n" "$@" >>.retro.yml
}

ok 'the release before may be on another branch' '
	project branches &&
	for v in 1 2 3
	do
		git switch -qc release/1.$v main && commit "Release $v" rel &&
		git tag v1.$v.0 && commit "Patch $v" rel && git tag v1.$v.1 &&
		git switch -q main && commit "Work $v" || return 1
	done &&
	test "$(range v1.3.0)" = v1.2.1..v1.3.0 &&
	test "$(range v1.3.1)" = v1.3.0..v1.3.1 &&
	test "$(range v1.1.0)" = ""
'
ok 'but one that was tagged later is not before' '
	cd branches && git switch -q release/1.2 &&
	test_clock=$((test_clock + 9999)) && commit "Late patch" rel && git tag -a -m late v1.2.9 &&
	rm -rf retros && test "$(range v1.3.0)" = v1.2.1..v1.3.0 &&
	test "$(range v1.2.9)" = v1.2.1..v1.2.9
'
ok 'the draft says why, and takes another' '
	cd branches && rm -rf retros &&
	draft=$(git retro new --no-edit --release v1.3.0) &&
	has "$draft" "v1.2.1 is the highest version below v1.3.0 that was tagged before it." &&
	rm -r retros &&
	draft=$(git retro new --no-edit --release v1.3.0 --since v1.1.0) &&
	has "$draft" "range: v1.1.0..v1.3.0" && has "$draft" "Since v1.1.0: 3 commits" &&
	lacks "$draft" "is the highest" && rm -r retros &&
	status 129 git retro new --no-edit --since v1.1.0 --range v1.1.0..v1.2.0 &&
	status 129 git retro new --no-edit --release v1.3.0 --since v1.3.0 2>err &&
	has err "same commit" &&
	status 128 git retro new --no-edit --release v1.3.0 --since v9 2>err &&
	has err v9 && test ! -e retros
'
ok 'what is on the way begins at the newest release, too' '
	cd branches && git switch -q main && commit Way &&
	draft=$(git retro new --no-edit) && has "$draft" "title: Since v1.3.1" &&
	rm -r retros && git switch -q release/1.1 && commit Fix rel &&
	draft=$(git retro new --no-edit) && has "$draft" "title: Since v1.1.1" &&
	rm -r retros && draft=$(git retro new --no-edit --since v1.1.0) &&
	has "$draft" "Since v1.1.0: 2 commits"
'
ok 'a pre-release is known by its form' '
	project pre && tagged v3.12.0 && policy "require: all" "since: v3.12.0" &&
	tagged v3.13.0a1 v3.13.0b2 v3.13.0rc1 v3.13.0.dev3 v3.13.0-dev5 \
		v3.13.0.beta1 v3.13.0.rc1 v3.13.0-RC1 v3.13.0-preview.1 \
		v3.13.0-nightly v3.13.0-M1 v3.13.0.M1 v3.13.0-SNAPSHOT \
		v3.13.0pre1 v3.13.0-ce-tp1 v3.14-branchpoint &&
	test "$(owed)" = "" && tagged v3.13.0 &&
	test "$(owed)" = v3.13.0 && test "$(range v3.13.0)" = v3.12.0..v3.13.0 &&
	test "$(range v3.13.0b2)" = v3.13.0a1..v3.13.0b2
'
ok 'no hook asks for one, and none is named on a push' '
	cd pre && git retro init >/dev/null && git init -q --bare ../pre.git &&
	git tag v3.15.0b3 2>err && test_empty err &&
	git push -q ../pre.git v3.15.0b3 2>err && lacks err v3.15.0b3 &&
	git tag v3.15.0 2>err && has err v3.15.0
'
ok 'unless a pattern names the form' '
	project named && policy "tags: [\"v[0-9]*\", \"v*-beta*\"]" "require: all" &&
	tagged v1.0.0-alpha.1 v1.0.0-beta.1 v1.0.0-rc.1 &&
	test "$(owed)" = v1.0.0-beta.1
'
ok 'what comes after a release begins there, and owes nothing' '
	project post && tagged v1.1.0 v1.2.0 v1.2.0.post1 v1.2.0-hotfix.1 \
		v1.2.0-1 v1.2.0-p1 v1.2.0+build.5 v1.2.0-ce v1.3.0 &&
	for tag in v1.2.0.post1 v1.2.0-hotfix.1 v1.2.0-1 v1.2.0-p1 \
		v1.2.0+build.5 v1.2.0-ce
	do
		test "$(range $tag)" = "v1.2.0..$tag" || return 1
	done &&
	rm -rf retros && test "$(owed)" = "v1.3.0 v1.2.0 v1.1.0" &&
	tagged v1.4.0-1 v1.4.0-2 && test "$(owed)" = "v1.4.0-1 v1.3.0 v1.2.0 v1.1.0"
'
ok 'a tag that moves owes nothing' '
	project floats && echo bug >a && commit Cause b &&
	cause=$(git rev-parse HEAD) && tagged v1.4.0 && commit Fix b &&
	fix=$(git rev-parse HEAD) && git tag v1.5.0 && git tag v1.5 &&
	git tag v1 && policy "require: all" && test "$(owed)" = "v1.5.0 v1.4.0" &&
	git retro trace --cause $cause --fix $fix >out &&
	has out "First release with the fix: v1.5.0" && lacks out "v1 " &&
	git retro init >/dev/null && commit More && tick &&
	git tag -f v1 2>err && lacks err "git retro" &&
	git tag v1.6.0 2>err && has err v1.6.0
'
ok 'the version stands behind the name of the package' '
	project packages && policy "tags: [\"@acme/*\"]" &&
	tagged @acme/v2-sdk@4.7.0 @acme/v3-sdk@3.9.0 @acme/v3-sdk@3.9.1 \
		@acme/v3-web@1.0.1 @acme/v3-sdk-v3.8.2 &&
	test "$(owed)" = "@acme/v3-sdk@3.9.0 @acme/v2-sdk@4.7.0" &&
	test "$(range @acme/v3-sdk@3.9.1)" = "\"@acme/v3-sdk@3.9.0..@acme/v3-sdk@3.9.1\"" &&
	test "$(range @acme/v3-web@1.0.1)" = ""
'
ok 'a package that got a name goes on from what had none' '
	project named-late && tagged v3.58.0 v3.59.2 && tagged pkg@4.0.0 &&
	test "$(range pkg@4.0.0)" = v3.59.2..pkg@4.0.0 && tagged tool@1.0.0 other@9.0.0 &&
	test "$(range tool@1.0.0)" = "" && test "$(range other@9.0.0)" = ""
'
ok 'two versions in a tag' '
	project two && policy "tags: [\"BABEL_*\"]" &&
	tagged BABEL_1_4_0__PG_13_8 BABEL_1_4_1__PG_13_8 BABEL_1_5_0__PG_13_9 &&
	test "$(range BABEL_1_5_0__PG_13_9)" = \
		BABEL_1_4_1__PG_13_8..BABEL_1_5_0__PG_13_9 &&
	rm -r retros &&
	test "$(owed)" = "BABEL_1_5_0__PG_13_9 BABEL_1_4_0__PG_13_8"
'
ok 'list sorts releases by their versions' '
	project sorted && tagged v1.0.0-rc1 v1.0.0 v1.0.0.post1 v1.10.0 v1.9.0 &&
	for tag in v1.10.0 v1.0.0 v1.0.0.post1 v1.9.0 v1.0.0-rc1
	do
		git retro new --no-edit --release $tag >/dev/null || return 1
	done &&
	git retro list --sort release --format tsv >out &&
	test "$(sed 1d out | cut -f 7 | xargs)" = \
		"v1.0.0-rc1 v1.0.0 v1.0.0.post1 v1.9.0 v1.10.0"
'
ok 'the draft of a package looks at what belongs to it' '
	project paths && commit Lib lib/a one && commit App app/b one &&
	git tag lib-1.0.0 && git tag app-1.0.0 && git tag v1.0.0 &&
	commit "Lib more" lib/a two && commit "App more" app/b two &&
	commit "App again" app/b three && git tag lib-1.1.0 &&
	git retro init >out && has out "packages in their own folders: " &&
	has .retro.yml "\"lib-[0-9]*\": [lib/]" &&
	has .retro.yml "\"app-[0-9]*\": [app/]" && git retro check &&
	draft=$(GIT_RETRO=0 git retro new --no-edit --release lib-1.1.0) &&
	has "$draft" "Since lib-1.0.0: 1 commit by" && has "$draft" "1 file, +1 -1" &&
	has "$draft" "Only what touches \`lib/\` is counted." &&
	lacks "$draft" app/b && git tag v1.1.0 &&
	draft=$(GIT_RETRO=0 git retro new --no-edit --release v1.1.0) &&
	has "$draft" "Since v1.0.0: 3 commits" &&
	printf "version: 1\nreleases:\n  paths: {\"a*\": [../x]}\n" >.retro.yml &&
	git retro check 2>&1 | grep "releases.paths"
'
ok 'a draft leaves out what nobody looks back on' '
	project noise && git tag v1.0.0 && mkdir retros &&
	commit "Keep retros" retros/one.md x && commit Vendor vendor/lib/a.c x &&
	commit Generated gen/big.txt x && commit Attributes .gitattributes \
		"gen/* linguist-generated" && commit Notebook nb/run.ipynb x &&
	commit Lock web/yarn.lock "$(seq 99)" &&
	commit Work src/work.c x && commit "Bump left-pad from 1 to 2" package.json 2 &&
	tick && git revert --no-edit HEAD >/dev/null &&
	GIT_AUTHOR_NAME="dependabot[bot]" GIT_AUTHOR_EMAIL=49@users.noreply.github.com \
		commit "Bump right-pad from 1 to 2 (#7)" package.json 3 &&
	GIT_AUTHOR_NAME=Bo GIT_AUTHOR_EMAIL=bo@example.com commit "Fix it (#8)" src/work.c y &&
	git switch -qc topic HEAD~1 && commit Topic src/topic.c x && tick &&
	git merge -q -m "Merge branch '"'main'"' into topic" main && git switch -q main &&
	tick && git merge -q --no-ff -m "Merge pull request #9 from a/topic

fix: keep the title" topic && git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.1.0) && cat "$draft" &&
	sed -n "/Most changed files/,/Merged/p" "$draft" >changed &&
	has changed src/work.c && lacks changed retros/ && lacks changed vendor/ &&
	lacks changed gen/ && tail -3 changed | grep run.ipynb &&
	tail -3 changed | grep yarn.lock &&
	has "$draft" "fix: keep the title (#9" && has "$draft" "Fix it (#8" &&
	lacks "$draft" "right-pad" && lacks "$draft" "Reverted" &&
	has "$draft" "1 by bots or for a new version, 1 merge of the main line" &&
	has "$draft" "1 bot (1)" && has "$draft" "by 2 people" &&
	has "$draft" "authors: [Ann Author <ann@example.com>, Bo <bo@example.com>]"
'
ok 'the draft of an old release bears its day, and is not late for that' '
	project old && tagged v0.9.0 && commit More &&
	GIT_COMMITTER_DATE="2024-05-06T12:00:00Z" git tag -a -m old v1.0.0 &&
	draft=$(git retro new --no-edit --release v1.0.0) &&
	has "$draft" "date: 2024-05-06" && has "$draft" "id: 2026-01-05-v1-0-0" &&
	git retro list >out && has out 2024-05-06 && git retro status >out &&
	lacks out "past due"
'
ok 'settings that name what is not there are no all clear' '
	project clear && git tag v1.0.0 && git retro init >/dev/null &&
	cp .retro.yml ../good.yml && git retro status --exit-code &&
	git retro audit && git retro check &&
	for change in "s/^dir: .*/dir: nowhere/" "s/since: .*/since: v9/" \
		"s/^dir: .*/dir: [/"
	do
		sed "$change" ../good.yml >.retro.yml &&
		status 1 git retro status --exit-code >out &&
		has out "Invalid settings" &&
		grep "^  .retro.yml:[0-9]*: " out && lacks out "nothing owed" &&
		status 128 git retro audit 2>err && grep "retro.yml:[0-9]*:" err &&
		status 128 git retro audit HEAD 2>err &&
		status 1 git retro check && git retro status >/dev/null &&
		git retro status --format json | grep "\"problems\"" || return 1
	done
'
ok 'but a clone without tags can still be checked' '
	cd clear && cp ../good.yml .retro.yml && git add -A && git commit -q -m Keep &&
	git clone -q --no-tags . ../tagless && cd ../tagless && git retro check &&
	status 1 git retro status --exit-code >out && has out "since" &&
	git fetch -q --tags && git retro status --exit-code
'
ok 'where nothing can be found, that is said in words' '
	project words && git retro audit >out &&
	has out "no retro links a cause or a fix yet" &&
	has out "no branch matches releases.branches" && git branch release/1.0 &&
	git retro audit >out && lacks out "no branch matches" &&
	git retro status >out && has out "No releases yet"
'
ok 'status sees the dead links that check sees' '
	project dead && commit Gone && gone=$(git rev-parse HEAD) &&
	git reset -q --hard HEAD~1 && commit Else &&
	git retro new "A bug" --kind incident --no-edit >/dev/null &&
	sed -i "s/^status: .*/&\ncommits:\n  cause: [$gone]/" retros/*.md &&
	git retro check >out && has out commit-unresolved &&
	status 1 git retro status --exit-code >out &&
	has out "Links to missing or rewritten commits"
'
ok 'a tag and a branch of one name are both looked at' '
	project both && commit Cause a bug && cause=$(git rev-parse HEAD) &&
	git branch release/1.4 && commit Fix a ok && fix=$(git rev-parse HEAD) &&
	git tag release/1.4 && git retro new Bug --kind incident --no-edit >/dev/null &&
	git retro link @ --cause $cause --fix $fix >/dev/null &&
	status 1 git retro audit release/1.4 >out && has out "heads/release/1.4" &&
	git tag -d release/1.4 && status 1 git retro audit release/1.4 >out &&
	git retro audit main
'
ok 'doctor says which patterns match nothing any more' '
	project doctor && GIT_COMMITTER_DATE="2022-01-01T00:00:00Z" \
		git tag -a -m old v1.0.0 &&
	policy "tags: [\"v[0-9]*\", \"lib-*\"]" "branches: [\"rel/*\"]" "since: v7" &&
	git retro doctor >out && has out "lib-*" && has out "matches no tag" &&
	has out "rel/*" && has out "matches no branch" && has out "is not a tag" &&
	lacks out "of the last year" &&
	SOURCE_DATE_EPOCH= GIT_COMMITTER_DATE="$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
		git tag -a -m new 2.0.0 && unset SOURCE_DATE_EPOCH &&
	git retro doctor >out && has out "matches no tag of the last year, but there are others like 2.0.0"
'
# drafted <title>: its path; a while after the one before.
drafted () {
	sleep 0.02 && git retro new "$1" --no-edit
}
ok '@ is what was created last, never by the alphabet' '
	project at && drafted zebra && drafted apple && git retro show @ >out &&
	has out apple && rm retros/*apple.md && drafted aardvark && drafted zoo &&
	git retro show @ >out && has out zoo && git add -A && git commit -q -m One &&
	drafted middle && git add -A && tick && git commit -q -m Two &&
	git retro show @ >out && has out middle && drafted abacus &&
	git retro show @ >out && has out abacus && rm retros/*abacus.md &&
	git clone -q . ../at.clone && cd ../at.clone && touch retros/*zebra.md &&
	git retro show @ >out && has out middle
'
ok 'a change says which file it was' '
	cd at && git retro link @ --cause HEAD 2>err &&
	has err "changed retros/2026-01-05-middle.md" &&
	git retro unlink 2026-01-05-middle --cause HEAD 2>err && test_empty err
'
ok 'a name may be a slug or a part that only one has' '
	cd at && git retro show zebra >out && has out zebra &&
	git retro show iddl >out && has out middle && git retro show ZOO >out &&
	has out zoo && status 128 git retro show a 2>err && has err "matches 2 retros" &&
	has err aardvark && status 128 git retro show nothing-like-it 2>err
'
ok 'check --fix mends one of two that do not go together, and the rest' '
	project mend && mkdir retros && {
		printf -- "---\nid: 2026-01-05-x\ntitel: A\ntitl: B\n"
		printf "date: 2026-01-05\nstatus: draft\nkind: relase\n---\n\n# T\n"
	} >retros/2026-01-05-x.md && git retro check --fix >out 2>err &&
	has err "fixed 2 problems" && has retros/2026-01-05-x.md "title: A" &&
	has retros/2026-01-05-x.md "titl: B" && has retros/2026-01-05-x.md "kind: release" &&
	lacks retros/2026-01-05-x.md "title: T"
'
ok 'check --fix takes no heading of a section for the title' '
	cd mend && for heading in "## Pitfals" "## Summary" "# Summary" "# 概述"
	do
		printf -- "---\nid: 2026-01-06-y\ndate: 2026-01-06\nstatus: draft\nkind: project\n---\n\n$heading\n" \
			>retros/2026-01-06-y.md && may_fail git retro check --fix &&
		lacks retros/2026-01-06-y.md "title:" || { echo "$heading"; exit 1; }
	done >../out 2>&1 && sed -i "s/^# .*/# Queue/" retros/2026-01-06-y.md &&
	git retro check --fix && has retros/2026-01-06-y.md "title: Queue"
'
test_done
