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
	test -x .git/hooks/pre-push && test ! -e .gitattributes &&
	has ../out "wrote retros/.gitattributes" &&
	has ../out "git diff: shows the section"
'
ok 'what it writes is what holds without it' '
	cd repo && git retro list >../out 2>../err && test_empty ../err &&
	git retro check >../out 2>&1 && test_empty ../out
'
ok 'twice changes nothing' '
	cd repo && state >../before && git retro init >../out 2>../err &&
	test_empty ../err && has ../out ".retro.yml is there already" &&
	has ../out "retros/ is there already" &&
	has ../out "already installed" && lacks ../out wrote &&
	has ../out "retros/.gitattributes is there already" &&
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
	has ../out "hook pre-push would be: installed" && lacks ../out wrote &&
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
ok 'what is there is not touched' '
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
	git retro init >../out && has ../out "those like [\"curl-[0-9]*\"]" &&
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
ok 'the usual names win over unusual ones' '
	new_repo usual && cd usual && commit Start &&
	git tag v1.0.0-rc1 && git tag lib-2.0 && git tag lib-2.1 &&
	git retro init >../out && has .retro.yml "tags: [\"v[0-9]*\"] #" &&
	has .retro.yml "  # since: v1.0.0 #"
'
ok 'from a folder below, and in a linked worktree' '
	new_repo below && cd below && commit Start && mkdir -p deep/er &&
	cd deep/er && git retro init >out && test -f ../../.retro.yml &&
	test ! -e .retro.yml && cd ../.. &&
	git worktree add -q ../side && cd ../side && git retro init >../out &&
	test -f .retro.yml && has ../out "already installed"
'
ok 'the files come even where the hooks cannot' '
	new_repo husk && cd husk && commit Start && mkdir ../hooks &&
	git config core.hooksPath "$TRASH/hooks" &&
	status 128 git retro init >../out 2>../err &&
	has ../out "wrote .retro.yml" && has ../out "Commit" &&
	has ../err "hint: " && test -z "$(ls ../hooks)"
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
