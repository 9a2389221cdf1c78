#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Where one stands, and how git is told where the repository is: the same
# retros each time, and the folders that git itself names.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# with_retro <folder>: a repository with a release and its retro; enters it.
with_retro () {
	new_repo "$1" && cd "$1" && commit first && git tag v1.0.0 &&
	mkdir -p sub/deep && retro_for v1.0.0 && echo x >sub/deep/file &&
	git add . && git commit -q -m retro
}

# finds <command>...: that command, run as `git ... retro list`, has the retro.
finds () {
	"$@" >out && has out r-v1.0.0
}

ok 'set up' 'with_retro top && git clone -q --bare . ../bare.git'
ok 'the top, a subfolder and the git directory' '
	cd top && finds git retro list && (cd sub/deep && finds git retro list) &&
	cd .git && finds git retro list
'
ok 'paths are given and taken as seen from a subfolder' '
	cd top/sub && git retro check ../retros/v1.0.0.md &&
	git retro show ../retros/v1.0.0.md >out && has out r-v1.0.0 &&
	git retro link v1.0.0 --path deep/file &&
	grep "sub/deep/file" ../retros/v1.0.0.md && git checkout -q ..
'
ok 'git -C, --git-dir, --work-tree and their environment' '
	finds git -C top retro list && finds git -C top/sub retro list &&
	finds git --git-dir=top/.git retro list --at HEAD &&
	finds git --git-dir="$PWD/top/.git" --work-tree=top retro list &&
	GIT_DIR=$PWD/top/.git GIT_WORK_TREE=$PWD/top finds git retro list &&
	mkdir -p elsewhere && cd elsewhere &&
	GIT_DIR=../top/.git finds git retro list --at HEAD
'
ok 'a bare repository is read at HEAD, and not written' '
	cd bare.git && finds git retro list && finds git retro show v1.0.0 &&
	status 128 git retro new x --no-edit 2>err && has err "bare" &&
	status 128 git retro actions add v1.0.0 x 2>err && has err "bare"
'
ok 'a bare repository that is found, where one is to be named' '
	cd bare.git && git config --global safe.bareRepository explicit &&
	status 128 git rev-parse HEAD 2>/dev/null &&
	status 128 git-retro list 2>err && has err "cannot use bare repository" &&
	has err "hint: " && finds git --git-dir=. retro list &&
	finds git -C ../top retro list &&
	git config --global --unset safe.bareRepository && finds git-retro list
'
# starts: how many gits the command starts; its output is in out.
starts () {
	: >trace.now && GIT_TRACE=$PWD/trace.now "$@" >out 2>err &&
		grep -c "built-in: git" trace.now
}
# What git said of it is kept beside the index, so both are there first.
ok 'a bare repository asks no git once it is known' '
	cp -R bare.git known.git && cd known.git && git-retro list >out && sleep 0.1 &&
	git-retro list >want && test -s want && test "$(starts git-retro list)" = 0 &&
	same want out && test "$(starts git-retro search v1)" = 0
'
ok 'until it is to be named, or is somebody else'"'"'s' '
	cd known.git && test "$(starts git-retro list)" = 0 &&
	git config --global safe.bareRepository explicit &&
	for i in 1 2 3
	do
		status 128 git-retro list 2>err && has err "cannot use bare repository" || exit 1
	done && finds git --git-dir=. retro list && GIT_DIR=$PWD finds git-retro list &&
	git config --global safe.bareRepository all && finds git-retro list &&
	git config --global --unset safe.bareRepository && git-retro list >out &&
	sleep 0.1 && git-retro list >out && test "$(starts git-retro list)" = 0 &&
	status 128 git -c safe.bareRepository=explicit retro list 2>err &&
	has err "cannot use bare repository" &&
	(GIT_TEST_ASSUME_DIFFERENT_OWNER=1 && export GIT_TEST_ASSUME_DIFFERENT_OWNER &&
	status 128 git-retro list 2>err && has err "dubious ownership") &&
	if [ "$(id -u)" = 0 ]
	then
		chown 4242 . config && status 128 git-retro list 2>err &&
		has err "dubious ownership" && git config --global safe.directory "$PWD" &&
		finds git-retro list && git config --global --unset safe.directory &&
		status 128 git-retro list 2>err && chown 0 . config
	fi
'
# A git that takes none which nobody named, and has no setting for that.
ok 'nor is it known of a git that takes none' '
	cp -R known.git none.git && rm -rf none.git/retro/config && mkdir -p strict &&
	printf "%s\n" "#!/bin/sh" "real=$(command -v git)" \
		"case \" \$* \" in *\" config \"*) cd / && exec \"\$real\" \"\$@\";; esac" \
		"GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.bareRepository" \
		"GIT_CONFIG_VALUE_0=explicit" \
		"export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0" \
		"exec \"\$real\" \"\$@\"" >strict/git && chmod +x strict/git &&
	own=$(command -v git-retro) && PATH=$PWD/strict:$PATH && sleep 0.1 && cd none.git &&
	for i in 1 2 3
	do
		status 128 "$own" list 2>err && has err "cannot use bare repository" || exit 1
	done
'
ok 'nor what its folder or its config now is' '
	cd known.git && git-retro list >want && sleep 0.1 && git-retro list >out &&
	git config retro.dir other && git-retro list >out && test_empty out &&
	git config --unset retro.dir && git-retro list >out && same want out &&
	git config core.worktree "$PWD" && may_fail git-retro list >out &&
	git config --unset core.worktree && git init -q ../plain &&
	mv ../plain/.git . &&
	git-retro list >out && test_empty out && rm -rf .git && finds git-retro list &&
	cd refs && finds git-retro list
'
ok 'a linked worktree has its own files' '
	cd top && git worktree add -q ../linked -b other && cd ../linked &&
	git rm -q retros/v1.0.0.md && git retro list >out && test_empty out &&
	finds git retro list --at main && cd ../top && finds git retro list &&
	cd ../linked && git retro hooks install >out &&
	has out "$(git rev-parse --path-format=absolute --git-path hooks)"
'
ok 'a worktree of a bare repository' '
	git -C bare.git worktree add -q ../frombare main && cd frombare &&
	finds git retro list && cd retros && finds git retro list
'
# modes <file>...: what each may be used for.
modes () {
	stat -c "%A %n" "$@"
}
ok 'a repository that a group shares' '
	umask 022 && git init -q --shared=group ours && cd ours && commit first &&
	git retro hooks install && git tag v1.0.0 2>err && line v1.0.0 &&
	modes .git/retro | grep "^drwxrws" && git commit -q --amend -m again &&
	modes .git/retro/rewrites | grep "^-rw-rw" && rm -r .git/retro &&
	git commit -q --amend -m anew && modes .git/retro | grep "^drwxrws" &&
	rm -r .git/retro && git retro new Draft --no-edit &&
	git retro actions add @ "Do it" && modes .git/retro | grep "^drwxrws" &&
	modes retros | grep "^drwxr-x"
'
ok 'a submodule is a repository of its own' '
	new_repo super && cd super && commit first &&
	git submodule --quiet add ../top sub && finds git -C sub retro list &&
	git retro list >out && test_empty out && cd sub &&
	finds git retro list && git retro actions add v1.0.0 "Do it" &&
	git -C "$TRASH/super" status --porcelain | grep -w sub
'
ok 'core.worktree, and a .git that is a file or a link' '
	git init -q --separate-git-dir "$TRASH/apart" sep && cp -R top/retros sep &&
	finds git -C sep retro list && ln -s apart linkgit &&
	mkdir bylink && cp -R top/retros bylink && ln -s ../linkgit bylink/.git &&
	finds git -C bylink retro list && git -C sep config core.worktree \
		"$TRASH/sep" && finds git -C apart retro list
'
ok 'paths with blanks, quotes, newlines, and letters of other scripts' '
	dir=$(printf "a  b\047\042\n\t\$(c) 目录") && mkdir "$dir" && cd "$dir" &&
	with_retro "top *" && finds git retro list && git retro hooks install &&
	git tag v2.0.0 2>err && line v2.0.0 &&
	git retro new --release v2.0.0 --no-edit && git retro check &&
	every_of every_reading && every_of every_writing
'
ok 'paths that are not UTF-8' '
	dir=$(printf "caf\351 \377") && mkdir "$dir" && cd "$dir" &&
	with_retro top && finds git retro list && git retro hooks install &&
	git tag v2.0.0 2>err && line v2.0.0 && mkdir "$(printf "s\376")" &&
	cd "$(printf "s\376")" && finds git retro list &&
	printf "x" >"$(printf "../retros/\351.md")" && git add .. &&
	git commit -q -m odd && git retro list --format=json >out &&
	every_of every_reading && every_of every_writing
'
ok 'outside of a repository each command says so' '
	mkdir nowhere && cd nowhere && GIT_CEILING_DIRECTORIES=$TRASH &&
	export GIT_CEILING_DIRECTORIES && status 128 git retro list 2>err &&
	has err "not a git repository" && every_of every_reading &&
	every_of every_writing && test "$(ls -A)" = err
'
ok 'a folder that is gone' '
	mkdir gone && cd gone && rmdir "$TRASH/gone" &&
	status 128 git-retro list 2>"$TRASH/err" &&
	has "$TRASH/err" "git retro: " && status 0 git-retro-hook pre-push </dev/null
'
ok 'a hook knows the repository that git is at' '
	cd top && cat >.git/hooks/post-commit <<-\EOF && chmod +x .git/hooks/post-commit &&
	#!/bin/sh
	git retro list --format=tsv >"$TRASH/from-hook" 2>&1
	EOF
	(cd sub && git commit -q --allow-empty -m x) &&
	has ../from-hook r-v1.0.0 && cd ../linked && git commit -q --allow-empty -m x &&
	lacks ../from-hook r-v1.0.0
'
test_done
