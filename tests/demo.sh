#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# demo.sh: the main job on a real repository, step by step, each with what it
# shows. REPO=<path> names the repository; without it, this one. It works in a
# scratch clone and never changes the repository itself.
set -eu

top=$(cd "${0%/*}/.." && pwd)
BUILD=${BUILD:-$top/build}
PATH=$BUILD:$PATH
# Nobody answers here but the demo itself: no editor, no pager.
GIT_EDITOR=: GIT_PAGER=cat
export PATH GIT_EDITOR GIT_PAGER
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE CI GIT_TERMINAL_PROMPT GIT_RETRO

repo=${REPO:-$top}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step () {
	printf '\n=== %s\n' "$*"
}

# show <command>...: prints it as typed, then runs it.
show () {
	printf '$ %s\n' "$*"
	"$@"
}

step "a scratch clone of $repo"
git clone --quiet "$repo" "$scratch/clone"
cd "$scratch/clone"
git config user.name >/dev/null || git config user.name 'Demo Person'
git config user.email >/dev/null || git config user.email demo@example.com
git log --oneline -3

step 'make the repository ready'
show git retro init
git add -A
git commit --quiet --message 'Keep retros with git retro'

# The next release is called as the last one is: curl-8_5_0 gives curl-9_0_0.
newest=$(sed -n 's/^ *since: *"\{0,1\}\([^ "]*\).*/\1/p' .retro.yml)
if [ -n "$newest" ]
then
	prefix=${newest%%[0-9]*}
	rest=${newest#"$prefix"}
	major=${rest%%[!0-9]*}
	zeros=$(printf '%s' "${rest#"$major"}" | sed 's/[0-9][0-9]*/0/g')
	tag=$prefix$((major + 1))$zeros
else
	GIT_RETRO=0 git tag v0.1.0 "$(git rev-list --max-parents=0 HEAD | tail -n 1)"
	tag=v0.2.0
fi

step "tag a release: git retro asks, and the answer is Y"
printf '$ git tag %s\n' "$tag"
"$BUILD/tests/pty" -t 300 -e '[l]ater, [?]' -s 'y\r' -- \
	git -c core.editor=: tag "$tag"

step 'the draft, with what git knows'
file=$(git ls-files --others --exclude-standard | head -n 1)
show cat "$file"

step 'find it again'
show git retro list
show git retro show "$tag"
show git retro check

step "done; the scratch clone is removed, $repo was not touched"
