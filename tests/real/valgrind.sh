#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# valgrind.sh: every command, and each hook, under valgrind in a small
# repository made here: no bad access, no definite leak. Machine code that PCRE2
# makes at run time has no names in a trace; what valgrind says of that alone
# does not count. Needs valgrind; of the hook program it builds one that is not
# static, since valgrind knows nothing of the C library inside that.
set -u
tests=$(cd "${0%/*}/.." && pwd) || exit 1
BUILD=${BUILD:-${tests%/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_EDITOR=: GIT_PAGER=cat LC_ALL=C.UTF-8
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export PATH GIT_EDITOR GIT_PAGER LC_ALL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
# shellcheck source=tests/lib/every.sh
. "$tests/lib/every.sh"
make -s -C "${tests%/*}" BUILD=build/dynamic HOOK_LDFLAGS= \
	build/dynamic/git-retro-hook || exit 1
hook=${tests%/*}/build/dynamic/git-retro-hook
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-valgrind.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
HOME=$scratch
export HOME
git init -q "$scratch/r" && cd "$scratch/r" || exit 1
git commit -q --allow-empty -m one && git tag v1.0.0
git retro init >/dev/null && git retro new --release v1.0.0 --no-edit >/dev/null
cat >>retros/2*.md <<-\END
## Pitfalls

- A trap in `src/a.c`, *and* 踩坑

## Actions

- [ ] A1: Do it @ann due:2026-01-01
- [ ] A2: And this
END
git add . && git commit -q -m two && git commit -q --allow-empty -m three

bad=0 nr=0
# grind <command>...
grind () {
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite \
		--error-exitcode=77 --child-silent-after-fork=yes \
		--log-file="$scratch/log" "$@" >"$scratch/out" 2>&1
	nr=$((nr + 1))
	# Of each error, the line that says where it is.
	awk '/^==[0-9]+== *$/ { told = 0 }
		/ at 0x/ && !told { told = 1; if ($0 !~ /: \?\?\?$/) wrong = 1 }
		END { exit wrong }' "$scratch/log" && return
	echo "WRONG: $*"
	cat "$scratch/log"
	bad=$((bad + 1))
}

{ every_reading && every_writing; } | sed 's|@TAG@|v1.0.0|' >"$scratch/list"
while read -r words
do
	eval "grind git-retro $words" </dev/null
done <"$scratch/list"
zero=0000000000000000000000000000000000000000
head=$(git rev-parse HEAD)
echo "$zero $head refs/tags/v2.0.0" >"$scratch/tag"
echo "refs/tags/v1.0.0 $head refs/tags/v1.0.0 $zero" >"$scratch/push"
echo "$head $head" >"$scratch/rewrite"
for program in "$hook" 'git-retro hook --'
do
	grind $program reference-transaction committed <"$scratch/tag"
	grind $program pre-push origin url <"$scratch/push"
	grind $program post-rewrite rebase <"$scratch/rewrite"
	grind $program pre-commit </dev/null
done
echo "$nr commands under valgrind, $bad with something wrong"
[ "$bad" = 0 ]
