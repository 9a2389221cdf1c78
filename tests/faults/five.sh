#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# five.sh [<seconds> [<seed> [<processes>]]]: that many processes (5) run random
# commands on one repository at the same time: edits, drafts, tags with our
# hooks, commits, reading, and what throws the index away. What a command said
# it did must be there at the end, no command may hang or crash, and no lock or
# half-written file may stay. Prints how many commands ran.
set -u
seconds=${1:-10} seed=${2:-1} processes=${3:-5}
BUILD=${BUILD:-$(cd "${0%/*}/../.." && pwd)/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_EDITOR=: LC_ALL=C.UTF-8
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export PATH GIT_EDITOR LC_ALL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE CI
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-five.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$scratch/home" "$scratch/said" && HOME=$scratch/home
export HOME
git init -q "$scratch/r" && cd "$scratch/r" || exit 1
git commit -q --allow-empty -m start && git retro init >/dev/null || exit 1
for retro in one two three
do
	printf -- '---\nid: %s\ntitle: T # keep\ndate: 2026-01-01\nstatus: draft\n---\n' \
		$retro >retros/$retro.md
	printf '# T\n\n## Pitfalls\n\n- a trap\n\n## Actions\n\n' >>retros/$retro.md
done
git add . && git commit -q -m retros || exit 1
end=$(($(date +%s) + seconds))

fail () {
	echo "FAILED (seed $seed): $*" | tee -a "$scratch/failed"
}

# One process: $1 is its number.
work () {
	me=$1 nr=0 state=$((seed * 1000 + $1))
	while [ "$(date +%s)" -lt "$end" ]
	do
		nr=$((nr + 1)) name=p$me-$nr
		state=$(((state * 1103515245 + 12345) % 2147483648))
		dice=$((state / 65536))
		case $((dice / 32 % 3)) in
		0) retro=one ;;
		1) retro=two ;;
		*) retro=three ;;
		esac
		case $((dice % 16)) in
		0 | 1 | 2) set -- actions add $retro "Do $name" && promise="$retro Do $name" ;;
		3 | 4) set -- link $retro --path "$name/**" && promise="$retro $name/" ;;
		5) set -- new "Draft $name" --no-edit && promise="draft-$name draft-$name" ;;
		6) set -- actions done "$retro#A$((dice / 97 % 20 + 1))" && promise= ;;
		7) set -- list --format=json && promise= ;;
		8) set -- status && promise= ;;
		9) set -- show $retro && promise= ;;
		10) set -- search trap && promise= ;;
		11) set -- grep trap && promise= ;;
		12) set -- check && promise= ;;
		13) set -- pitfalls && promise= ;;
		14)
			GIT_RETRO=$((dice / 64 % 2)) git tag "v$me$nr.0.0" \
				2>"$scratch/said/$me.tag" ||
				fail "git tag: $(cat "$scratch/said/$me.tag")"
			continue
			;;
		*)
			rm -rf .git/retro/index* .git/retro/hooks-table
			git add -A retros 2>/dev/null &&
			git commit -q -m "$name" >/dev/null 2>&1
			continue
			;;
		esac
		timeout -k 5 120 git-retro "$@" >"$scratch/said/$me.out" \
			2>"$scratch/said/$me.err" </dev/null
		code=$?
		case $code in
		0) [ -z "$promise" ] || echo "$promise" >>"$scratch/said/$me.did" ;;
		1) ;;
		128)
			grep -q '^git retro: ' "$scratch/said/$me.err" ||
				fail "$*: 128 without a word"
			;;
		129) ;; # a command that is not there
		*) fail "$*: exit code $code: $(cat "$scratch/said/$me.err")" ;;
		esac
	done
	echo $nr >"$scratch/said/$me.nr"
}

i=0
while [ $i -lt "$processes" ]
do
	i=$((i + 1))
	work $i &
done
wait

cat "$scratch"/said/*.did >"$scratch/did" 2>/dev/null
while read -r retro text
do
	file=retros/$retro.md
	[ -e "$file" ] || file=$(ls retros/*"$retro".md 2>/dev/null)
	grep -qF -e "$text" "${file:-/dev/null}" ||
		fail "what was done is not there: $text in $retro"
done <"$scratch/did"
for retro in one two three
do
	grep -q '^title: T # keep$' retros/$retro.md && grep -q '^- a trap$' \
		retros/$retro.md || fail "$retro has lost something"
	[ "$(grep -oE '^- \[.\] A[0-9]+:' retros/$retro.md | sed 's/^- ....//' |
		sort | uniq -d)" = "" ] || fail "$retro has an action twice"
done
git-retro check >"$scratch/check" 2>&1 || fail "$(head -n 5 "$scratch/check")"
find . -name '*.lock' -o -name '*.new-retro' -o -name '.tmp*' -o \
	-name '*.retro-*' | grep . && fail "something stays behind"
git fsck --strict >"$scratch/fsck" 2>&1 || fail "$(cat "$scratch/fsck")"
echo "seed $seed, $seconds s: $(cat "$scratch"/said/*.nr | awk '{ n += $1 } END { print n }')\
 commands of $processes processes, $(wc -l <"$scratch/did") changes, all there"
[ ! -e "$scratch/failed" ]
