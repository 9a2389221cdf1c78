#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Releases are pushed: asked for, named, or held back; and what was tagged
# elsewhere is named once.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# pushing <folder>: a repository with our hooks and a bare remote that has its
# main branch; enters it.
pushing () {
	git init -q --bare "$1.git" && hooked "$1" &&
	git remote add origin "../$1.git" && git push -q -u origin main
}

# quiet_tag <tag>...: made without a word.
quiet_tag () {
	for tag
	do
		GIT_RETRO=0 git tag "$tag" || return 1
	done
}

# arrived <ref>: it is there, on the remote.
arrived () {
	git ls-remote --exit-code origin "$1"
}

ok 'a branch with nothing owed says nothing' '
	pushing branch && commit a && silent git push &&
	silent git push && silent git push origin main:other &&
	silent git push origin :other
'
ok 'a release that owes a retro gets one line, and is pushed' '
	pushing line && quiet_tag v1.0.0 && git push -q origin v1.0.0 2>err &&
	line v1.0.0 && arrived v1.0.0
'
ok 'nothing goes to stdout' '
	pushing stdout && quiet_tag v1.0.0 &&
	git push --porcelain origin v1.0.0 >out 2>err &&
	lacks out "git retro" && has err "git retro: v1.0.0"
'
ok 'other tags, and releases that owe nothing, are silent' '
	pushing none && quiet_tag nightly v1.0.0-rc1 v1.0.1 &&
	silent git push origin nightly v1.0.0-rc1 v1.0.1
'
ok 'a retro in what is pushed is enough' '
	pushing covered && quiet_tag v1.0.0 && git checkout -q --detach &&
	retro_for v1.0.0 && git add retros && git commit -q -m retro &&
	mine=$(git rev-parse HEAD) && git checkout -q main &&
	policy "on-push: block" &&
	silent git push origin v1.0.0 "$mine:refs/heads/retro"
'
ok 'also for a release that was pushed before' '
	pushing before && quiet_tag v1.0.0 && git checkout -q --detach &&
	retro_for v1.0.0 && git add retros && git commit -q -m retro &&
	silent git push origin HEAD:refs/heads/retro
'
ok 'on-push: block holds it back until it has a retro' '
	pushing block && policy "on-push: block" && quiet_tag v1.0.0 &&
	! git push -q origin main v1.0.0 2>err &&
	has err "push rejected (on-push: block): release without a retro: v1.0.0" &&
	has err "git retro new --release v1.0.0" &&
	has err "git push --no-verify" && ! arrived v1.0.0 &&
	git retro new --release v1.0.0 --no-edit && git add retros &&
	git commit -q -m "retro of v1.0.0" &&
	silent git push -q origin main v1.0.0 && arrived v1.0.0
'
ok 'or a waiver, or --no-verify' '
	pushing waive && policy "on-push: block" && quiet_tag v1.0.0 v2.0.0 &&
	! git push -q origin v1.0.0 v2.0.0 2>err &&
	has err "v1.0.0, v2.0.0" &&
	git retro skip v1.0.0 --reason "a rebuild" &&
	silent git push -q origin v1.0.0 && ! git push -q origin v2.0.0 &&
	git push -q --no-verify origin v2.0.0 && arrived v2.0.0
'
ok 'a branch passes the gate' '
	pushing gate && policy "on-push: block" && quiet_tag v1.0.0 &&
	commit a && git push -q origin main
'
ok 'on-push: off says nothing' '
	pushing off && policy "on-push: off" && quiet_tag v1.0.0 &&
	silent git push origin v1.0.0
'
ok 'what was put off is asked for again' '
	pushing later && "$PTY" -e "[l]ater, [?] " -s "later\r" -- \
		git tag v1.0.0 && "$PTY" -e "v1.0.0 has no retro" \
		-e "[l]ater, [?] " -s "n\r" -- git push -q origin v1.0.0 &&
	test "$(answer v1.0.0)" = no && arrived v1.0.0 &&
	git push -q origin :v1.0.0 &&
	"$PTY" -- git push -q origin v1.0.0 >out && lacks out "[Y]es" &&
	has out "v1.0.0 has no retro yet"
'
ok 'a release that was never asked for is asked for' '
	pushing never && quiet_tag v1.0.0 &&
	"$PTY" -e "[l]ater, [?] " -s "later\r" -- \
		git push -q origin v1.0.0 && test "$(answer v1.0.0)" = later
'
ok 'a draft made here is not part of the push, which goes on' '
	pushing draft && quiet_tag v1.0.0 && "$PTY" \
		-e "[l]ater, [?] " -s "y\r" \
		-e "The new retro is not committed yet" \
		-e "Abort the push to commit it? [y/N] " \
		-s "\r" -- git push -q origin v1.0.0 &&
	arrived v1.0.0 && grep v1.0.0 retros/*.md
'
ok 'or stops, so that it can be committed' '
	pushing stop && quiet_tag v1.0.0 && ! "$PTY" \
		-e "[l]ater, [?] " -s "y\r" \
		-e "Abort the push to commit it? [y/N] " \
		-s "y\r" -- git push -q origin v1.0.0 && ! arrived v1.0.0 &&
	git add retros && git commit -q -m retro &&
	silent git push -q origin main v1.0.0 && arrived v1.0.0
'
ok 'a waiver made here is asked about too' '
	pushing skip && quiet_tag v1.0.0 && "$PTY" \
		-e "[l]ater, [?] " -s "s\r" -e "Reason for skipping" \
		-s "rebuild\r" -e "Abort the push" -s "n\r" -- \
		git push -q origin v1.0.0 && arrived v1.0.0 &&
	grep waived retros/*.md
'
ok 'a push in the background does not hang' '
	pushing background && quiet_tag v1.0.0 && "$PTY" -- \
		sh -c "set -m; git push -q origin v1.0.0 & wait" >out &&
	lacks out "[Y]es" && has out "v1.0.0 has no retro yet" && arrived v1.0.0
'
ok 'nobody is asked without a terminal, in CI, or when git may not ask' '
	pushing ci && quiet_tag v1.0.0 v2.0.0 v3.0.0 &&
	setsid git push -q origin v1.0.0 2>err && has err "v1.0.0 has no retro yet" &&
	CI=true "$PTY" -- git push -q origin v2.0.0 >out &&
	lacks out "[Y]es" && has out "v2.0.0 has no retro yet" &&
	GIT_TERMINAL_PROMPT=0 "$PTY" -- git push -q origin v3.0.0 >out &&
	lacks out "[Y]es" && has out "v3.0.0 has no retro yet"
'
ok 'on-tag: hint does not ask here either' '
	pushing hint && policy "on-tag: hint" && quiet_tag v1.0.0 &&
	"$PTY" -- git push -q origin v1.0.0 >out && lacks out "[Y]es" &&
	has out "v1.0.0 has no retro yet"
'
ok 'GIT_RETRO=0 turns even the gate off' '
	pushing zero && policy "on-push: block" && quiet_tag v1.0.0 &&
	silent env GIT_RETRO=0 git push -q origin v1.0.0 && arrived v1.0.0
'
ok 'many tags get one question' '
	pushing many && quiet_tag v1.0.0 v1.1.0 v1.2.0 v1.3.0 &&
	"$PTY" -e "v1.0.0, v1.1.0, v1.2.0, v1.3.0 have no retro yet" -s "n\r" -- \
		git push -q --tags && test "$(answer v1.2.0)" = no && arrived v1.3.0
'
ok 'releases tagged elsewhere are named once' '
	pushing here && git clone -q ../here.git ../there &&
	git -C ../there tag v1.3.0 && git -C ../there tag -a -m x v1.4.0 &&
	git -C ../there push -q --tags && git fetch -q --tags &&
	commit a && git push -q 2>err && test "$(wc -l <err)" = 1 &&
	has err "2 more releases without a retro" && has err v1.3.0 &&
	has err v1.4.0 && commit b && silent git push &&
	git tag nightly && commit c && silent git push &&
	git gc -q && commit d && silent git push &&
	git -C ../there tag v1.5.0 && git -C ../there push -q --tags &&
	git fetch -q --tags && commit e && git push -q 2>err &&
	has err "3 more releases without a retro" &&
	has err "git retro new --release v1."
'
ok 'but not those that somebody said no to' '
	pushing said && "$PTY" -e "[l]ater, [?] " -s "n\r" -- \
		git tag v1.0.0 && quiet_tag v2.0.0 && commit a &&
	git push -q 2>err && lacks err v1.0.0 &&
	has err "1 more release without a retro: v2.0.0"
'
ok_shims 'once nothing is owed, the program is not even started' '
	mkdir count && cp "$BUILD/git-retro-hook" count &&
	printf "#!/bin/sh\necho >>$TRASH/started\nexec $BUILD/git-retro \"\$@\"\n" \
		>count/git-retro && chmod +x count/git-retro && pushing counted &&
	sed "s|^program=.*|program=$TRASH/count/git-retro-hook|" \
		.git/hooks/pre-push >new && cp new .git/hooks/pre-push &&
	sleep 0.1 && commit a && git push -q && test -s ../started &&
	rm ../started && commit b && git push -q && commit c && git push -q &&
	test ! -e ../started && quiet_tag nightly && commit d && git push -q &&
	test -s ../started && sleep 0.1 && commit e && git push -q &&
	rm ../started && commit f && git push -q && test ! -e ../started
'
ok_shims 'a hook that was here gets arguments and input, and its failure counts' '
	git init -q --bare old.git && new_repo old && cd old && commit first &&
	git remote add origin ../old.git && git push -q origin main &&
	cat >.git/hooks/pre-push <<-\EOF &&
	#!/bin/sh
	echo "$@" >../seen
	cat >>../seen
	EOF
	chmod +x .git/hooks/pre-push && git tag nightly &&
	git push -q origin nightly && mv ../seen ../want &&
	git push -q origin :nightly && git retro hooks install &&
	git push -q origin nightly && same ../want ../seen &&
	quiet_tag v1.0.0 && git push -q origin v1.0.0 2>err && line v1.0.0 &&
	has ../seen refs/tags/v1.0.0 &&
	echo "exit 5" >>.git/hooks/pre-push.pre-retro &&
	quiet_tag v2.0.0 && ! git push -q origin v2.0.0 2>err &&
	lacks err "git retro" && ! arrived v2.0.0 &&
	! GIT_RETRO=0 git push -q origin v2.0.0
'
ok_shims 'only the gate stops a push, no failure of ours' '
	mkdir bad && cp "$BUILD/git-retro-hook" bad && pushing failing &&
	sed "s|^program=.*|program=$TRASH/bad/git-retro-hook|" \
		.git/hooks/pre-push >new && cp new .git/hooks/pre-push &&
	for end in "exit 127" "exit 128" "exit 2" "kill -SEGV \$\$" "exit 0"
	do
		printf "#!/bin/sh\n%s\n" "$end" >../bad/git-retro &&
		chmod +x ../bad/git-retro && commit "$end" &&
		git push -q origin main || exit 1
	done && rm ../bad/git-retro-hook && commit last &&
	silent git push -q origin main
'
ok 'a broken .retro.yml never blocks' '
	pushing yaml && printf "on-push: block\nx: [\n" >.retro.yml &&
	quiet_tag v1.0.0 && git push -q origin v1.0.0 2>err &&
	test "$(wc -l <err)" = 1 && has err ".retro.yml:"
'
ok 'a mirror push with deletions works' '
	pushing mirror && quiet_tag v1.0.0 nightly && git push -q --tags &&
	git tag -d nightly && git push -q --mirror origin && ! arrived nightly
'
ok 'a retro that cannot be read holds nothing back, and is said' '
	pushing unread && mkdir retros && ln -s /proc/self/mem retros/bad.md &&
	printf "on-push: block\nreleases: {branches: [release/*], require: none}\n" >.retro.yml && git add . && git commit -q -n -m Settings &&
	git branch release/1 && git push -q origin release/1 2>err && arrived release/1 &&
	has err "1 retro cannot be read: what it links was not checked"
'
ok 'an audit that fails holds nothing back, and is said' '
	pushing unaudited && lost=$(git rev-parse HEAD) && commit cause &&
	mkdir retros && printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\ncommits:\n  - cause: [%s]\n---\n" \
		"$(git rev-parse HEAD)" >retros/a.md &&
	printf "on-push: block\nreleases: {branches: [release/*], require: none}\n" >.retro.yml &&
	git add . && git commit -q -m Settings && git push -q origin main &&
	rm -f ".git/objects/$(echo "$lost" | sed "s|..|&/|")" &&
	git branch release/1 && git push -q origin release/1 2>err &&
	arrived release/1 && has err "this push was not checked for known pitfalls: "
'
test_done
