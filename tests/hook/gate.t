#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The gate of a server: what a push brings is checked before a ref moves.
. "${0%/*}/../lib/test.sh"

# retro <id> <release> <status>
retro () {
	cat <<-EOF
	---
	id: $1
	title: $1
	date: 2026-01-05
	status: $3
	kind: release
	releases: [$2]
	---

	# $1

	## Summary

	All went well.

	## Pitfalls

	- P1: Labels can be empty

	## Actions

	- [ ] A1: Test it @ann due:2026-02-01
	EOF
}

# served <folder> <on-push>: a bare repository with the gate, and a clone.
served () {
	git init -q --bare "$1.git" && new_repo "$1" && cd "$1" &&
	git remote add origin "../$1.git" && mkdir retros &&
	printf "on-push: %s\nreleases:\n  tags: [v*]\n  branches: [release/*]\n  require: all\n  since: v1.0.0\n" \
		"$2" >.retro.yml && commit one && git tag v1.0.0 &&
	git add . && git commit -q -m Settings && git push -q origin main v1.0.0 &&
	git -C "../$1.git" retro hooks install --server >../out &&
	has ../out "pre-receive: installed"
}

# refused <push arguments>: the push fails, by the gate.
refused () {
	status 1 git push origin "$@" >../out 2>&1 &&
	has ../out "pre-receive hook declined"
}

# files: all that the server's repository has, but for objects of git itself.
files () {
	(cd "../$1.git" && find . -type f ! -path "./objects/*" | sort |
		xargs cksum) && find "../$1.git/objects" -name "tmp*" -o -name incoming*
}

ok 'a first push has no settings, and passes' '
	git init -q --bare first.git &&
	git -C first.git retro hooks install --server >out && new_repo first &&
	cd first && commit one && git tag v1.0.0 &&
	echo "on-push: block" >.retro.yml && git add . &&
	git commit -q -m Settings && git push -q ../first.git main v1.0.0
'
ok 'a HEAD that names no branch: what is not checked is said' '
	git init -q --bare -b trunk unborn.git &&
	git -C unborn.git retro hooks install --server >out && new_repo unborn &&
	cd unborn && commit one && git push ../unborn.git main >../out 2>&1 &&
	lacks ../out "not checked" && commit two &&
	git push ../unborn.git main >../out 2>&1 &&
	has ../out "this push was not checked" &&
	has ../out "git symbolic-ref HEAD refs/heads/main" &&
	git -C ../unborn.git symbolic-ref HEAD refs/heads/main && commit three &&
	git push ../unborn.git main >../out 2>&1 && lacks ../out "not checked"
'
ok 'a release without a retro is rejected, and nothing is written' '
	served r block && commit two && git tag v1.1.0 && files r >../before &&
	refused v1.1.0 && has ../out "release without a retro: v1.1.0" &&
	has ../out "push rejected (on-push: block)" && files r >../after &&
	same ../before ../after && test ! -e ../r.git/retro
'
ok 'GIT_RETRO=0 of the pusher does not open it, nor do settings in the push' '
	cd r && GIT_RETRO=0 && export GIT_RETRO && refused v1.1.0 &&
	status 1 git -c retro.onPush=off push origin v1.1.0 >../out 2>&1 &&
	echo "on-push: off" >.retro.yml &&
	git commit -q -a -m "No gate" && refused main v1.1.0 &&
	has ../out "v1.1.0" && git reset -q --hard HEAD~1
'
ok 'tag and branch together: the branch has the retro' '
	cd r && retro b v1.1.0 draft >retros/b.md && git add . &&
	git commit -q -m Retro && git push -q origin main v1.1.0 &&
	files r >../after && test ! -e ../r.git/retro
'
ok 'a new branch: its final retros are checked, and a draft of releases counts' '
	cd r && git switch -q -c topic && retro c v9.9.9 final |
		sed "/^## Summary/,/^All/d" | sed "s/^id: c/id: c!/" >retros/c.md &&
	git add . && git commit -q -m C && refused topic &&
	has ../out "retros/c.md" && git switch -q main
'
ok 'what was there before is not held against a push' '
	cd r && git -C ../r.git retro hooks uninstall --server >../out &&
	git push -q origin topic:refs/heads/topic &&
	git -C ../r.git retro hooks install --server >../out &&
	git switch -q topic && commit three && git push -q origin topic &&
	git switch -q main
'
ok 'of a branch that changes no retro, none is read' '
	cd r && git switch -q topic && commit more &&
	old=$(git rev-parse HEAD~1) new=$(git rev-parse HEAD) &&
	git push -q origin topic && cp -r ../r.git ../lost.git && cd ../lost.git &&
	tree=$(git rev-parse "$new:retros") &&
	rm objects/$(echo $tree | sed "s|^..|&/|") &&
	status 128 git ls-tree $tree 2>../err &&
	echo "$old $new refs/heads/topic" | git retro gate >../out 2>&1 &&
	test_empty ../out && git -C ../r switch -q main
'
ok 'a final retro may name commits of the same push, whichever branch has them' '
	cd r && git switch -q -c named && commit bug && cause=$(git rev-parse HEAD) &&
	git switch -q -c other && commit cure && fix=$(git rev-parse HEAD) &&
	git switch -q named && retro n "" final |
	sed "s/^releases.*/commits:\n  - pitfall: P1\n    cause: [$cause]\n    fix: [$fix]/" \
		>retros/n.md && git add . && git commit -q -m N &&
	refused named && has ../out "retros/n.md" && has ../out "$fix" &&
	lacks ../out "$cause" && git push -q origin named other &&
	git push -q origin :named :other && git switch -q main
'
ok 'and its tags, also where a team calls what is missing an error' '
	served strict block && printf "rules: {release-unresolved: error, range-unresolved: error}\n" >>.retro.yml &&
	git commit -q -a -m Rules && git push -q origin main && commit five &&
	retro s v1.1.0 final | sed "s/^releases.*/&\nrange: v1.0.0..v1.1.0/" >retros/s.md &&
	git add . && git commit -q -m S && git tag v1.1.0 && refused main &&
	has ../out "retros/s.md:7" && has ../out "v1.1.0" && git push -q origin main v1.1.0
'
ok 'an error that HEAD has mended since is not held against a new branch' '
	cd r && git switch -q main && git -C ../r.git retro hooks uninstall --server >../out &&
	retro w "" final | sed "s/^id: w/id: w!/" >retros/w.md && git add . &&
	git commit -q -m W && git branch before && retro w "" final >retros/w.md &&
	git commit -q -a -m Mended && git push -q origin main &&
	git -C ../r.git retro hooks install --server >../out &&
	git push -q origin before && git push -q origin :before &&
	for n in $(seq 60)
	do
		retro "many$n" "" final >"retros/many$n.md" || exit 1
	done && git add . && git commit -q -m Many && git push -q origin main &&
	git push -q origin before && git switch -q before &&
	retro v "" final | sed "s/^id: v/id: v!/" >retros/v.md && git add . &&
	git commit -q -m V && refused before && refused HEAD:refs/heads/new &&
	has ../out "retros/v.md" && lacks ../out "retros/w.md" &&
	git push -q origin :before && git switch -q main
'
ok 'where a new branch left HEAD is not looked for when its retro is new' '
	cd r && git switch -q -c fresh && retro fresh v9.9.9 final |
	sed "s/^kind.*/kind: none/" >retros/fresh.md && git add . &&
	git commit -q -m Fresh && (GIT_TRACE=$TRASH/trace && export GIT_TRACE &&
	refused fresh) && has ../out "retros/fresh.md:6" &&
	has ../trace "cat-file --batch-check" && lacks ../trace "merge-base HEAD" &&
	git -C ../r.git fetch -q ../r fresh && rm ../trace &&
	(GIT_TRACE=$TRASH/trace && export GIT_TRACE && refused fresh) &&
	has ../out "retros/fresh.md:6" && has ../trace "merge-base HEAD" &&
	git switch -q main
'
ok 'force and delete' '
	cd r && git switch -q topic && git reset -q --hard main &&
	commit four && git push -q -f origin topic && git switch -q main &&
	git push -q origin :topic && git push -q origin :v1.1.0 &&
	git push -q origin v1.1.0
'
ok 'settings that are no YAML do not get in' '
	cd r && echo "on-push: [" >.retro.yml && git commit -q -a -m Broken &&
	refused main && has ../out ".retro.yml" && git reset -q --hard HEAD~1
'
ok 'a release branch that carries a known pitfall' '
	cd r && commit bad bad && cause=$(git rev-parse HEAD) &&
	git branch release/1.2 && commit good bad good &&
	fix=$(git rev-parse HEAD) && retro d v1.3.0 draft |
	sed "s/^releases.*/&\ncommits:\n  - pitfall: P1\n    cause: [$cause]\n    fix: [$fix]/" \
		>retros/d.md && git add . && git commit -q -m D &&
	git push -q origin main && refused release/1.2 &&
	has ../out "release/1.2 still has a known problem (d#P1)" &&
	git switch -q release/1.2 && git cherry-pick -x $fix >../out 2>&1 &&
	git push -q origin release/1.2 && git switch -q main
'
ok 'a push option with a reason, where the server allows it' '
	cd r && commit five && git tag v1.4.0 &&
	git -C ../r.git config receive.advertisePushOptions true &&
	refused -o retro.skip=late v1.4.0 && has ../out "is not allowed here" &&
	refused -o retro.skip v1.4.0 && has ../out "is not allowed here" &&
	! grep "needs a reason" ../out &&
	git -C ../r.git config receive.retroSkip true &&
	refused v1.4.0 && has ../out "to push anyway" &&
	refused -o retro.skip v1.4.0 && has ../out "needs a reason" &&
	refused -o "retro.skip= " v1.4.0 && has ../out "needs a reason" &&
	git push -o "retro.skip=the site is down" origin v1.4.0 >../out 2>&1 &&
	has ../out "push accepted all the same: the site is down"
'
ok 'GitLab shows its lines' '
	cd r && commit six && git tag v1.5.0 && (GL_ID=user-1 && export GL_ID &&
	refused v1.5.0) && has ../out "GL-HOOK-ERR: git retro: release without" &&
	(GL_ID=user-1 && export GL_ID && refused -o retro.skip v1.5.0) &&
	has ../out "GL-HOOK-ERR: git retro: push option retro.skip needs a reason" &&
	has ../out "GL-HOOK-ERR: git retro: to push anyway"
'
ok 'what could not be looked at is rejected, with its reason and the way out' '
	served torn block && lost=$(git rev-parse HEAD) && commit cause &&
	retro a v1.1.0 draft | sed "s/^releases.*/commits: {cause: [$(git rev-parse HEAD)]}/" \
		>retros/a.md && git add . && git commit -q -m A && git push -q origin main &&
	rm "../torn.git/objects/$(echo "$lost" | sed "s|..|&/|")" &&
	git branch release/1 && refused release/1 &&
	has ../out "this push was not checked for known pitfalls: " &&
	has ../out "push rejected (on-push: block)" &&
	retro b v1.1.0 final | sed "s/^kind.*/kind: none/" >retros/b.md &&
	git add . && git commit -q -m B && refused HEAD:refs/heads/release/1 &&
	has ../out "retros/b.md:6" && has ../out "push rejected (on-push: block)" &&
	git -C ../torn.git config receive.advertisePushOptions true &&
	git -C ../torn.git config receive.retroSkip true &&
	git push -o "retro.skip=the disk is being restored" origin release/1 >../out 2>&1 &&
	has ../out "push accepted all the same: the disk"
'
ok 'on-push: warn only says so' '
	served w warn && commit two && git tag v1.1.0 &&
	git push origin v1.1.0 >../out 2>&1 &&
	has ../out "release without a retro: v1.1.0"
'
ok 'a hook that was there runs first, and comes back' '
	served k block && cd ../k.git &&
	git retro hooks uninstall --server >../out && test ! -e hooks/pre-receive &&
	printf "#!/bin/sh\ncat >../seen\ntest ! -e ../no\n" >hooks/pre-receive &&
	chmod +x hooks/pre-receive && cksum <hooks/pre-receive >../want &&
	git retro hooks install --server >../out && cd ../k && commit two &&
	git push -q origin main && has ../seen refs/heads/main && touch ../no &&
	commit three && refused main && rm ../no &&
	git -C ../k.git retro hooks uninstall --server >../out &&
	cksum <../k.git/hooks/pre-receive >../have && same ../want ../have
'
ok 'Gitea and GitLab have folders for it' '
	git init -q --bare gitea.git && mkdir gitea.git/hooks/pre-receive.d &&
	git -C gitea.git retro hooks install --server >out &&
	test -x gitea.git/hooks/pre-receive.d/git-retro &&
	git init -q --bare gitlab.git && mkdir gitlab.git/custom_hooks &&
	git -C gitlab.git retro hooks install --server >out &&
	test -x gitlab.git/custom_hooks/pre-receive.d/git-retro &&
	git -C gitlab.git retro hooks status --server >out &&
	has out "pre-receive: installed"
'
ok 'a program that is gone is told, and stops nothing' '
	served g block && sed -i "s|^program=.*|program=/nowhere/git-retro|" \
		../g.git/hooks/pre-receive && commit two && git tag v1.1.0 &&
	git push origin v1.1.0 >../out 2>&1 && has ../out "is not checked"
'
ok 'killed in the middle, no ref moves' '
	served x block && commit two && git tag v1.1.0 && mkdir ../kill &&
	printf "#!/bin/sh\nkill -9 \$\$\n" >../kill/git-retro &&
	chmod +x ../kill/git-retro &&
	sed -i "s|^program=.*|program=$TRASH/kill/git-retro|" \
		../x.git/hooks/pre-receive && refused main v1.1.0 &&
	status 1 git -C ../x.git rev-parse -q --verify refs/tags/v1.1.0
'
ok 'what is no line of git is passed over; arguments are refused' '
	cd r.git && echo "what is this" | git retro gate &&
	status 129 git retro gate now </dev/null 2>../err && has ../err "no arguments"
'
if command -v gitolite >/dev/null
then
	ok 'gitolite, through its shell' '
		mkdir gl && export HOME=$TRASH/gl && git config --global user.name A &&
		git config --global user.email a@example.com &&
		git config --global init.defaultBranch main &&
		ssh-keygen -q -t ed25519 -N "" -f "$HOME/ann" &&
		gitolite setup -pk "$HOME/ann.pub" >out 2>&1 &&
		git -C "$HOME/repositories/testing.git" retro hooks install --server >out &&
		printf "#!/bin/sh\nshift\nSSH_ORIGINAL_COMMAND=\"\$*\" SSH_CONNECTION=\"1 1 1 1\" exec %s ann\n" \
			"$(gitolite query-rc GL_BINDIR)/gitolite-shell" >ssh &&
		chmod +x ssh && export GIT_SSH_COMMAND="$TRASH/ssh" GIT_SSH_VARIANT=simple &&
		new_repo through && cd through && mkdir retros &&
		printf "on-push: block\nreleases:\n  tags: [v*]\n  require: all\n" >.retro.yml &&
		commit one && git add . && git commit -q -m Settings &&
		git push -q host:testing main && git tag v1.0.0 &&
		status 1 git push host:testing v1.0.0 >../out 2>&1 &&
		has ../out "release without a retro: v1.0.0"
	'
else
	skip 'gitolite, through its shell' 'gitolite3 is not installed'
fi
ok 'what is wrong with the settings here is said once' '
	git init -q --bare odd.git && new_repo odd && cd odd &&
	git remote add origin ../odd.git && echo "on-push: [" >.retro.yml &&
	git add . && git commit -q -m Odd && git push -q origin main &&
	git -C ../odd.git retro hooks install --server >../out && commit two &&
	git push origin main >../out 2>&1 &&
	test "$(grep -c "retro.yml:" ../out)" = 1 && git checkout -q -b side &&
	echo "x: [" >.retro.yml && git commit -q -a -m Side &&
	git push origin side >../out 2>&1 &&
	test "$(grep -c "retro.yml:" ../out)" = 1
'
test_done
