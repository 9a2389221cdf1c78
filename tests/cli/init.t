#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro init: ready for the team and for this clone, and nothing that was
# there is touched.
. "${0%/*}/../lib/test.sh"

# state: everything in the work tree and the hooks, with what it holds.
state () {
	find . -path ./.git -prune -o -type f -print0 | sort -z |
	xargs -0 ls -l --time-style=full-iso
	ls -l --time-style=full-iso .git/hooks
}

ok 'a repository is made ready' '
	new_repo repo && cd repo && commit Start && git tag v1.3.0 &&
	tick && commit More && git tag v1.4.0 && git tag v1.5.0-rc1 &&
	git retro init >../out 2>../err && test_empty ../err &&
	has ../out "wrote .retro.yml" && has ../out "wrote retros/README.md" &&
	has ../out "hook pre-push: installed" &&
	has ../out "hook reference-transaction: installed" &&
	has ../out "new --release v1.4.0" &&
	has .retro.yml "since: v1.4.0 #" &&
	has .retro.yml "tags: [\"v[0-9]*\"] #" &&
	has .retro.yml "language: en" && has retros/README.md "# Retros" &&
	{ test "$hooks_are_files" != 1 || test -x .git/hooks/pre-push; } &&
	test ! -e .gitattributes && has ../out "wrote retros/.gitattributes" &&
	has ../out "git diff will show section names"
'
ok 'what it writes is what holds without it' '
	cd repo && git retro list >../out 2>../err && test_empty ../err &&
	git retro check >../out 2>&1 && test_empty ../out
'
ok 'twice changes nothing' '
	cd repo && state >../before && git retro init >../out 2>../err &&
	test_empty ../err && has ../out ".retro.yml already exists" &&
	has ../out "retros/ already exists" &&
	has ../out "already installed" && lacks ../out wrote &&
	has ../out "retros/.gitattributes already exists" &&
	has ../out "git diff: already set up" &&
	lacks ../out Commit && state >../after && same ../before ../after
'
ok 'a clone gets only what is local' '
	cd repo && git add . && git commit -q -m "Retros" && cd .. &&
	git clone -q repo clone && cd clone &&
	git retro init >../out && lacks ../out wrote &&
	has ../out "hook pre-push: installed" &&
	test -z "$(git status --porcelain)"
'
ok 'a dry run only says' '
	new_repo dry && cd dry && commit Start && state >../before &&
	git retro init --dry-run >../out && has ../out "would write .retro.yml" &&
	has ../out "would write retros/README.md" &&
	has ../out "would install hook pre-push" && lacks ../out wrote &&
	state >../after && same ../before ../after && test ! -e .git/retro
'
ok 'no release yet' '
	cd dry && git retro init >../out && has ../out "git retro new" &&
	has .retro.yml "  # since: v1.0.0 #" &&
	git retro check >../out 2>&1 && test_empty ../out
'
ok 'in Chinese' '
	new_repo zh && cd zh && commit Start && git tag v1.0.0 &&
	git retro init --language zh >../out &&
	has .retro.yml "language: zh" && has .retro.yml "since: v1.0.0 #" &&
	has retros/README.md "# 复盘" &&
	draft=$(git retro new --release v1.0.0 --no-edit) &&
	has "$draft" "## 踩过的坑" && status 129 git retro init --language fr
'
ok_shims 'what is there is not touched' '
	new_repo full && cd full && commit Start &&
	printf "version: 1\ndir: lessons\n" >.retro.yml && mkdir lessons &&
	echo "# One" >lessons/one.md && cp .retro.yml lessons/one.md .. &&
	printf "#!/bin/sh\necho mine\n" >.git/hooks/pre-push &&
	chmod +x .git/hooks/pre-push && git retro init >../out &&
	same ../.retro.yml .retro.yml && same ../one.md lessons/one.md &&
	test "$(ls lessons)" = one.md && test ! -e retros &&
	has ../out "pre-push.pre-retro" && has .git/hooks/pre-push.pre-retro mine
'
ok 'releases are called as they are called here' '
	new_repo curl && cd curl && commit Start &&
	for tag in curl-7_80_0 curl-7_81_0 rc-7_82_0
	do
		tick && commit "$tag" && git tag "$tag" || exit 1
	done &&
	git retro init >../out && has ../out "releases: 2 tags like curl-7_81_0" &&
	has ../out "tag pattern: [\"curl-[0-9]*\"]" &&
	has .retro.yml "tags: [\"curl-[0-9]*\"] #" &&
	has .retro.yml "since: curl-7_81_0 #"
'
ok 'a number with a dot is a version, another is a date or a build' '
	new_repo parts && cd parts && commit Start &&
	git tag nightly-20260101 && git tag nightly-20260102 &&
	git tag nightly-20260103 && git tag server/v1.0 && git tag lib-2.0 &&
	git tag lib-2.1 && git retro init >../out &&
	has .retro.yml "tags: [\"lib-[0-9]*\", \"server/v[0-9]*\"] #"
'
ok 'a name that was used once is no habit' '
	new_repo once && cd once && commit Start &&
	for n in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		git tag "release-1.$n" || exit 1
	done &&
	git tag demo-1.0 && git retro init >../out &&
	has .retro.yml "tags: [\"release-[0-9]*\"] #"
'
ok 'what is only announced is a release to come' '
	new_repo usual && cd usual && commit Start &&
	git tag v1.0.0-rc1 && git tag lib-2.0 && git tag lib-2.1 &&
	git retro init >../out && has .retro.yml "since: lib-2.1 #" &&
	has .retro.yml "tags: [\"lib-[0-9]*\", \"v[0-9]*\"] #"
'
ok 'what never led to a release is not said to be old' '
	new_repo never && cd never && commit Start &&
	for n in 0 1 2 3
	do
		git tag "v1.$n.0" || exit 1
	done &&
	git tag tool/2.0.0-rc1 && git retro init >../out &&
	has ../out "1 tag like tool/2.0.0-rc1" &&
	has ../out "; pre-releases only" && lacks ../out "not used for a year"
'
# at <day> <tag>...: a commit of that day and its tags.
at () {
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
		git commit -q --allow-empty -m "$2" && shift &&
	for tag
	do
		git tag "$tag" || return 1
	done
}
ok 'what is in use now is what was used last' '
	new_repo age && cd age && commit Start &&
	for n in 1 2 3 4 5 6 7 8 9
	do
		at 2022-01-0$n v1.$n.0 || exit 1
	done &&
	at 2024-06-01 2.0.0 && at 2024-07-01 2.1.0 &&
	git retro init >../out && has .retro.yml "tags: [\"[0-9]*\"] #" &&
	has ../out "releases: 2 tags like 2.1.0 (newest 2024-07-01)" &&
	has ../out "not releases: 9 tags like v1.9.0 (newest 2022-01-09); replaced by another spelling" &&
	has .retro.yml "since: \"2.1.0\" #"
'
ok 'packages of one spelling get one pattern, those to come too' '
	new_repo mono && cd mono && commit Start &&
	at 2023-01-01 @acme/sdk-v1.0.0 @acme/web-v1.0.0 &&
	at 2024-01-01 @acme/sdk@1.1.0 && at 2024-01-02 @acme/web@2.0.0 &&
	at 2024-01-03 @acme/cli@3.0.0 @acme/v3-api@3.9.1 &&
	git retro init >../out && has .retro.yml "tags: [\"@acme/*@[0-9]*\"] #" &&
	new_repo ../seven && cd ../seven && commit Start &&
	at 2024-01-01 a-1.0 b-1.1 c-1.2 d-1.3 e-1.4 f-1.5 g-1.6 &&
	git retro init >../out && has .retro.yml "tags: [\"*-[0-9]*\"] #"
'
ok 'tags beside each release of the whole are no releases' '
	new_repo beside && cd beside && commit Start &&
	at 2024-01-01 v3.4.0 client/v3.4.0 server/v3.4.0 &&
	at 2024-02-01 v3.5.0 client/v3.5.0 server/v3.5.0 tool/v0.1.0 &&
	git retro init >../out && has ../out "not releases: 2 tags like client/v3.5.0" &&
	grep -F "tags: [\"v[0-9]*\", \"tool/v[0-9]*\"] #" .retro.yml
'
ok 'dates as versions are asked for each' '
	new_repo dates && cd dates && commit Start &&
	at 2025-01-07 v2025.1.7 && at 2025-02-11 v2025.2.11 &&
	git retro init >../out && has .retro.yml "require: all #" &&
	has ../out "versions are dates, so each needs a retro" &&
	new_repo ../short && cd ../short && commit Start &&
	at 2024-04-01 24.04 && at 2024-10-01 24.10 && at 2025-04-02 25.04 &&
	git retro init >../out && has .retro.yml "require: all #" &&
	new_repo ../chance && cd ../chance && commit Start &&
	at 2024-04-01 22.0 && at 2024-10-01 23.0 && at 2025-04-02 24.0 &&
	git retro init >../out && has .retro.yml "require: minor #"
'
ok 'release branches are those there are' '
	new_repo branches && cd branches && commit Start && at 2024-01-01 v8.3.1 &&
	for b in release-3.x 8.3.x v2.1-stable maintenance/1.0.x stable-2.17 \
		branch-3.3 REL_15_STABLE fix-123 feature/login-2 1234 dev/8.0 \
		dependabot/npm/left-pad-1.3.0 release-9.x
	do
		git branch $b || exit 1
	done &&
	git retro init >../out && git retro doctor >../doctor &&
	sed -n "s/^  branches: //p" .retro.yml >../got &&
	for p in release-[0-9]* [0-9]*.x v[0-9]*-stable maintenance/[0-9]* \
		stable-[0-9]* branch-[0-9]* REL_[0-9]*_STABLE
	do
		has ../got "$p" || exit 1
	done &&
	lacks ../got fix && lacks ../got feature && lacks ../got dev &&
	lacks ../got dependabot && lacks ../got "\"[0-9]*\""
'
ok 'a folder of post-mortems becomes that of the retros' '
	new_repo folder && cd folder &&
	commit One docs/postmortems/2024-01-02-queue.md "# Queue" &&
	commit Two docs/adr/0001-c.md "# C" &&
	commit Three node_modules/x/retros/y.md "# Y" &&
	git retro init >../out && has .retro.yml "dir: docs/postmortems" &&
	has ../out "retros go to docs/postmortems/, which already exists" &&
	test ! -e retros && test -f docs/postmortems/.gitattributes &&
	git retro list >../list && has ../list queue
'
ok 'what would get in the way is said' '
	new_repo ways && cd ways && commit Ignore .gitignore "/retros" &&
	git retro init >../out && has ../out "git ignores files in retros/" &&
	has ../out "no release tags yet" && git tag v1.0.0 &&
	git clone -q --no-tags . ../notags && cd ../notags &&
	git retro init >../out && has ../out "git fetch --tags"
'
ok 'a folder is a package only if its releases change it' '
	new_repo within && cd within && commit Lib lib/tevent/VERSION 1 &&
	commit Python python/samba/a.py a && commit Go go/client/go.mod m &&
	commit Docs README one && git tag samba-4.1.0 && git tag go/client/v1.0.0 &&
	commit "Release the whole" VERSION 2 && git tag samba-4.2.0 &&
	commit "Release one of it" lib/tevent/VERSION 2 &&
	git tag tevent-0.2.0 && commit "Something else" README two &&
	git retro init >../out && sed -n "s/^  paths: //p" .retro.yml >../got &&
	has ../got "\"tevent-[0-9]*\": [lib/tevent/]" && lacks ../got samba &&
	has ../got "\"go/client/v[0-9]*\": [go/client/]"
'
ok 'a clone without trees is set up, too' '
	git -C within config uploadpack.allowFilter true &&
	git clone -q --filter=tree:0 "file://$PWD/within" treeless &&
	cd treeless && rm -f .retro.yml && git retro init >../out &&
	has .retro.yml "go/client/" && lacks .retro.yml "python/"
'
ok 'folders are of the kinds of tags that were chosen' '
	cd within && rm .retro.yml && "$BUILD/tests/pty" -e "tags like samba" \
		-e "q to quit: " -s "2\r" -- git retro init >../out &&
	number=$(sed -n "s/^  \([0-9]\)\. .*tevent.*/\1/p" ../out) &&
	test -n "$number" && rm .retro.yml &&
	"$BUILD/tests/pty" -e "q to quit: " -s "$number\r" -- \
		git retro init >../out && has .retro.yml "lib/tevent/" &&
	lacks .retro.yml "go/client"
'
ok 'full-width answers count' '
	new_repo wide && cd wide && commit Start && at 2024-01-01 v1.0.0 pkg-2.0 &&
	"$BUILD/tests/pty" -e "q to quit: " -s "？\r" -e "Press Enter, or" \
		-e "q to quit: " -s "１，２\r" -- git retro init >../out &&
	has .retro.yml "tags: [\"pkg-[0-9]*\", \"v[0-9]*\"] #" &&
	rm -r .retro.yml retros &&
	"$BUILD/tests/pty" -e "q to quit: " -s "1、2\r" -- git retro init >../out &&
	has .retro.yml "tags: [\"pkg-[0-9]*\", \"v[0-9]*\"] #" &&
	rm -r .retro.yml retros &&
	"$BUILD/tests/pty" -e "q to quit: " -s "２\r" -- git retro init >../out &&
	has .retro.yml "tags: [\"v[0-9]*\"] #" && rm -r .retro.yml retros &&
	! "$BUILD/tests/pty" -e "q to quit: " -s "ｑ\r" -- git retro init >../out &&
	test ! -e .retro.yml
'
ok 'on a terminal it asks once, and Enter takes all' '
	new_repo asks && cd asks && commit Start && at 2024-01-01 v1.0.0 pkg-2.0 &&
	"$BUILD/tests/pty" -e "1. releases: 1 tag like" -e "q to quit: " \
		-s "\r" -- git retro init >../out &&
	has .retro.yml "tags: [\"pkg-[0-9]*\", \"v[0-9]*\"] #" &&
	rm -r .retro.yml retros &&
	"$BUILD/tests/pty" -e "q to quit: " -s "9\r" -e "q to quit: " -s "2\r" -- \
		git retro init >../out && has .retro.yml "tags: [\"v[0-9]*\"] #" &&
	has .retro.yml "since: v1.0.0" && rm -r .retro.yml retros &&
	! "$BUILD/tests/pty" -e "q to quit: " -s "q\r" -- git retro init >../out &&
	has ../out "nothing was written" && test ! -e .retro.yml
'
ok 'an empty repository, and one without a commit on this branch' '
	new_repo empty && cd empty && git retro init >../out 2>../err &&
	test_empty ../err && has ../out "no release tags yet" &&
	test -f .retro.yml && git retro status >../out && has ../out "No releases yet"
'
ok 'from a folder below, and in a linked worktree' '
	new_repo below && cd below && commit Start && mkdir -p deep/er &&
	cd deep/er && git retro init >out && test -f ../../.retro.yml &&
	test ! -e .retro.yml && cd ../.. &&
	git worktree add -q ../side && cd ../side && git retro init >../out &&
	test -f .retro.yml && has ../out "already installed"
'
ok_shims 'the files come even where the hooks cannot' '
	new_repo husk && cd husk && commit Start && mkdir ../hooks &&
	git config core.hooksPath "$TRASH/hooks" &&
	status 128 git retro init >../out 2>../err &&
	has ../out "wrote .retro.yml" && has ../out "Commit" &&
	has ../err "core.hooksPath (file:.git/config) leads out" &&
	has ../err "hint: " && test -z "$(ls ../hooks)" &&
	lacks ../out "asks for its retro" &&
	git config --unset core.hooksPath &&
	git config --global core.hooksPath "$TRASH/hooks" &&
	status 128 git retro init >../out 2>../err &&
	has ../err "core.hooksPath (file:$HOME/.gitconfig) leads out" &&
	has ../out ".retro.yml already exists" && test -z "$(ls ../hooks)" &&
	git retro doctor >../out && has ../out "leads out of this repository" &&
	git config --global --unset core.hooksPath
'
ok 'a bare repository has no place for it' '
	git clone -q --bare repo bare.git && cd bare.git &&
	status 128 git retro init 2>../err && has ../err bare &&
	test ! -e hooks/pre-push
'
ok 'wrong usage' '
	cd repo && status 129 git retro init here 2>../err
'
test_done
