#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every way in which git is told a setting: ours are the same, and the same
# wins.
. "${0%/*}/../lib/test.sh"

# dir: which folder of retros is in force.
dir () {
	"$@" retro doctor | sed -nE 's/^  dir  +.*  +([^ ]+)$/\1/p'
}

# agree <git and its options>: ours and git's own answer are one.
agree () {
	want=$("$@" config retro.dir || echo retros)
	got=$(dir "$@")
	[ "$got" = "$want" ] && return
	echo "retro.dir is '$want', and we say '$got'"
	return 1
}

ok 'set up' 'new_repo r && cd r && commit first && git branch topic'
ok 'nothing is set' 'cd r && test "$(dir git)" = retros && agree git'
ok 'git -c, twice, and without a value' '
	cd r && agree git -c retro.dir=a && test "$(dir git -c retro.dir=a)" = a &&
	agree git -c retro.dir=a -c retro.dir=b && git -c retro.due retro list &&
	git -c retro.onPush retro list
'
ok 'names are without case' 'cd r && agree git -c ReTrO.DiR=a'
ok 'GIT_CONFIG_COUNT and GIT_CONFIG_PARAMETERS' '
	cd r && GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=retro.dir \
		GIT_CONFIG_VALUE_0=a GIT_CONFIG_KEY_1=retro.dir \
		GIT_CONFIG_VALUE_1=b && export GIT_CONFIG_COUNT \
		GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_KEY_1 \
		GIT_CONFIG_VALUE_1 && agree git && test "$(dir git)" = b &&
	unset GIT_CONFIG_COUNT &&
	GIT_CONFIG_PARAMETERS="'\''retro.dir'\''='\''c'\''" dir git >out &&
	has out c
'
ok '--config-env' '
	cd r && WHERE=w && export WHERE &&
	agree git --config-env=retro.dir=WHERE &&
	test "$(dir git --config-env=retro.dir=WHERE)" = w
'
ok 'a broken GIT_CONFIG_COUNT is an error, and no hook minds' '
	cd r && GIT_CONFIG_COUNT=x && export GIT_CONFIG_COUNT &&
	status 128 git-retro list 2>err && has err "git retro: " &&
	git-retro hook pre-push </dev/null
'
ok 'global, XDG, system and local: the nearest wins' '
	cd r && unset GIT_CONFIG_NOSYSTEM && echo "[retro] dir = s" >../system &&
	GIT_CONFIG_SYSTEM=$TRASH/system && export GIT_CONFIG_SYSTEM &&
	agree git && test "$(dir git)" = s && mkdir -p "$HOME/.config/git" &&
	echo "[retro] dir = x" >"$HOME/.config/git/config" && agree git &&
	git config --global retro.dir g && agree git &&
	test "$(dir git)" = g && git config retro.dir l && agree git &&
	test "$(dir git)" = l && GIT_CONFIG_GLOBAL=/dev/null agree git &&
	git config --global --unset retro.dir &&
	rm "$HOME/.config/git/config" && git config --unset retro.dir
'
ok 'include and includeIf: by folder, branch and remote' '
	cd r && for i in plain gitdir branch remote
	do
		echo "[retro] dir = $i" >"../$i"
	done && git config include.path ../../plain && agree git &&
	test "$(dir git)" = plain &&
	git config "includeIf.gitdir:$TRASH/r/.path" ../../gitdir &&
	git config "includeIf.gitdir:**/r/.git.path" ../../gitdir && agree git &&
	test "$(dir git)" = gitdir &&
	git config includeIf.onbranch:topic.path ../../branch && agree git &&
	git checkout -q topic && agree git && test "$(dir git)" = branch &&
	git checkout -q main && git config remote.origin.url https://x.example/y &&
	git config "includeIf.hasconfig:remote.*.url:https://x.example/**.path" \
		../../remote && agree git && test "$(dir git)" = remote
'
ok 'a linked worktree has its own config' '
	cd r && git config extensions.worktreeConfig true &&
	git worktree add -q ../tree && cd ../tree &&
	git config --worktree retro.dir here && agree git &&
	test "$(dir git)" = here && cd ../r && agree git && test "$(dir git)" != here
'
ok 'git config over .retro.yml, the command line over both' '
	new_repo file && cd file && commit first && echo "dir: yml" >.retro.yml &&
	test "$(dir git)" = yml && git config retro.dir conf &&
	test "$(dir git)" = conf && test "$(dir git -c retro.dir=line)" = line
'
ok 'a config that git cannot read is an error in its words' '
	new_repo broken && cd broken && commit first && echo "[retro" >>.git/config &&
	status 128 git-retro list 2>err && has err "config" &&
	git-retro hook pre-push </dev/null 2>err && test "$(wc -l <err)" = 1
'
ok 'a setting never leads out of the repository' '
	cd r && status 0 git -c retro.dir=../file retro list 2>err &&
	has err "inside the repository" && git -c retro.dir=/etc retro list 2>err &&
	has err "inside the repository"
'
test_done
