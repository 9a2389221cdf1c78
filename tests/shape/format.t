#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Formats and owners of repositories: what we read, and what we refuse clearly
# while git goes on undisturbed.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"
. "$TESTS/lib/tools.sh"

# extension <name> <value>
extension () {
	git config core.repositoryFormatVersion 1 &&
	git config "extensions.$1" "$2"
}

ok 'set up' '
	hooked source && mkdir ../shims &&
	cp .git/hooks/pre-push .git/hooks/reference-transaction ../shims &&
	git init -q --bare ../plain.git
'
ok 'version 1 with what changes nothing for us' '
	hooked one && extension noop true && extension worktreeConfig true &&
	extension preciousObjects true && extension partialClone origin &&
	git tag v1.0.0 2>err && line v1.0.0 && git retro list &&
	every_of every_reading && every_of every_writing
'
ok 'an extension that neither git nor we know' '
	new_repo unknown && cd unknown && commit first &&
	extension nobodyKnows true && ! git log 2>/dev/null &&
	status 128 git-retro list 2>err && has err nobodyknows &&
	every_of every_reading
'
ok 'a version that is yet to come' '
	new_repo future && cd future && commit first &&
	git config core.repositoryFormatVersion 99 && ! git log 2>/dev/null &&
	status 128 git-retro list 2>err && has err 99 &&
	every_of every_reading
'
# read_whole <folder> <remote>: a repository of another format is one as any
# other: every command reads it, the hooks speak, and git goes on.
read_whole () {
	commit first && printf "1\n" >f && git add f && commit Break f bad &&
	bad=$(git rev-parse HEAD) && git tag -a -m t v1.0.0 &&
	git branch release/1.0 && git revert --no-edit HEAD >/dev/null &&
	GIT_RETRO=0 git tag v1.1.0 && git-retro init >"$TRASH/out" &&
	git-retro new --release v1.1.0 --no-edit >"$TRASH/out" &&
	has retros/2*.md "$bad" && git add . && tick && git commit -q -m retro &&
	git-retro list >"$TRASH/out" && has "$TRASH/out" v1.1.0 &&
	status 1 git-retro audit release/1.0 >"$TRASH/out" &&
	has "$TRASH/out" exposed && git-retro trace @ >"$TRASH/out" &&
	has "$TRASH/out" "release/1.0" && git-retro show @ >"$TRASH/out" &&
	git-retro grep --history Break >"$TRASH/out" &&
	git-retro search Break >"$TRASH/out" && git-retro check &&
	git tag v3.0.0 2>"$TRASH/err" && test "$(wc -l <"$TRASH/err")" = 1 &&
	git push -q "$TRASH/$1" HEAD v3.0.0 2>"$TRASH/err" &&
	git -C "$TRASH/$1" rev-parse -q --verify v3.0.0 &&
	every_of every_reading && every_of every_writing
}

ok 'sha256: read as any other' '
	git init -q --bare --object-format=sha256 sha256.git &&
	git init -q --object-format=sha256 sha256 && cd sha256 &&
	read_whole sha256.git
'
ok 'sha256: git is asked for thousands of tags at once, not for each' '
	git init -q --object-format=sha256 thousands && cd thousands &&
	git commit -q --allow-empty -m one && git retro hooks install &&
	seq 1000 | sed "s|.*|create refs/tags/v&.0 HEAD|" >../in &&
	GIT_TRACE=$TRASH/trace git update-ref --stdin <../in 2>../err &&
	has ../err "1000 releases have no retro yet: v1.0, v2.0" &&
	test "$(grep -c "git for-each-ref" "$TRASH/trace")" -lt 30
'
if tool git
then
	ok 'reftable: read as any other' '
		PATH=$CACHE/git/bin:$PATH && git init -q --ref-format=reftable \
			reftable && cd reftable && read_whole plain.git
	'
	ok 'reftable: what no file says' '
		PATH=$CACHE/git/bin:$PATH && cd reftable &&
		id=$(git rev-parse HEAD) && printf "%s\n" --- "id: digits" \
			"title: D" "date: 2026-01-05" "status: draft" \
			"commits: [${id}0]" --- >retros/digits.md &&
		git retro check 2>&1 | cat >out && has out "${id}0" &&
		rm retros/digits.md &&
		git retro grep --history Break >out &&
		head=$(git rev-parse HEAD) && git replace HEAD HEAD~1 &&
		status 1 git retro grep --history Break &&
		git replace -d $head && git retro grep --history Break >out &&
		git worktree add -q --detach ../lone && cd ../lone &&
		printf "%s\n" "# Lone" "" "## Pitfalls" "" "- lone zebra" \
			>retros/lone.md && git add . && git commit -q -m lone &&
		cd ../reftable && git retro grep --history "lone zebra" &&
		git -C ../lone reset -q --hard HEAD~1 &&
		status 1 git retro grep --history "lone zebra"
	'
	ok 'reftable and sha256, as git 3 makes them' '
		PATH=$CACHE/git/bin:$PATH && git init -q --ref-format=reftable \
			--object-format=sha256 three && cd three &&
		read_whole sha256.git
	'
	ok 'linked worktrees with relative paths, of a newer git' '
		hooked relative && PATH=$CACHE/git/bin:$PATH && retro_for v1.0.0 &&
		git worktree add -q --relative-paths ../beside -b beside &&
		git config extensions.relativeWorktrees && cp -R retros ../beside &&
		cd ../beside && git retro list >out && has out r-v1.0.0 &&
		git retro hooks status && git tag v2.0.0 2>err && line v2.0.0
	'
else
	skip 'linked worktrees with relative paths, of a newer git' \
		'no git that knows it'
	skip 'reftable: what no file says' 'no git that knows it'
	skip 'reftable: read as any other' 'no git that knows it'
	skip 'reftable and sha256, as git 3 makes them' 'no git that knows it'
fi
if git init -q --ref-format=files probe 2>/dev/null
then
	skip 'a config that names reftable, where git knows none of it' \
		'this git knows it'
else
	ok 'a config that names reftable, where git knows none of it' '
		new_repo named && cd named && commit first &&
		extension refStorage reftable && status 128 git-retro list 2>err &&
		has err refstorage && every_of every_reading
	'
fi
if [ "$(id -u)" = 0 ]
then
	ok 'of another owner: refused as git refuses, until it is trusted' '
		hooked owned && chown -R 12345 . && ! git log 2>/dev/null &&
		status 128 git-retro list 2>err && has err safe.directory &&
		every_of every_reading &&
		git config --global --add safe.directory "$PWD" &&
		git retro list && git tag v1.0.0 2>err && line v1.0.0 &&
		git config --global --unset-all safe.directory &&
		status 128 git-retro list 2>err &&
		git config --global safe.directory "*" && git retro list &&
		git config --global --unset-all safe.directory
	'
	ok 'trusted by a folder of many, or by the command line' '
		cd owned && git -c safe.directory="*" log &&
		git -c safe.directory="*" retro list &&
		GIT_DIR=$PWD/.git git retro list --at HEAD
	'
else
	skip 'of another owner' 'only root can make one'
fi
test_done
