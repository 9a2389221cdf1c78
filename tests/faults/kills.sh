#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# kills.sh [<seed> [<count>]]: starts `new`, `actions done` and `link` in turn
# and kills each with SIGKILL at a random moment. After every kill each retro
# must be the old one or the new one, whole; a half-written file, a changed byte
# elsewhere or a lock that stays fails the run. Prints how many commands were
# killed in their course, and how many had written by then.
set -u
seed=${1:-1} count=${2:-300}
BUILD=${BUILD:-$(cd "${0%/*}/../.." && pwd)/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_EDITOR=: GIT_RETRO=0
export PATH GIT_EDITOR GIT_RETRO
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-kills.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
git init -q . && git config user.name K && git config user.email k@example.com
mkdir retros
{
	printf -- '---\nid: victim\ntitle: V # keep\ndate: 2026-01-01\n'
	printf 'status: draft\nreleases: [v1]\n---\n## Actions\n\n'
	i=1
	while [ $i -le 400 ]
	do
		echo "- [ ] A$i: Do thing number $i @ann due:2030-01-01"
		i=$((i + 1))
	done
} >retros/victim.md
cp retros/victim.md ../retro-kills-old.$$ && mv ../retro-kills-old.$$ old.txt
git add retros && git commit -q -m start && git tag v1

fail () {
	echo "FAILED (seed $seed, round $round, $what): $1"
	exit 1
}

# random <limit>: the next number of the seed's sequence, in $number.
state=$seed
random () {
	state=$(((state * 1103515245 + 12345) % 2147483648))
	number=$((state / 65536 % $1))
}

command () {
	case $((round % 3)) in
	0) exec git-retro new "Draft $round" --range v1~0..HEAD --no-edit ;;
	1) exec git-retro actions done "victim#A$action" ;;
	2) exec git-retro link victim --path "p$round/**" ;;
	esac
}

killed=0 wrote=0 round=0
while [ $round -lt "$count" ]
do
	round=$((round + 1))
	random 400
	action=$((number + 1))
	what=$((round % 3))
	cp old.txt retros/victim.md
	find retros -name '*draft*' -delete
	(command) >/dev/null 2>&1 &
	pid=$!
	random 25
	sleep "0.$(printf %03d "$number")"
	kill -9 $pid 2>/dev/null && killed=$((killed + 1))
	wait $pid 2>/dev/null

	# What the three commands write, made a second time without a kill.
	if ! cmp -s old.txt retros/victim.md
	then
		wrote=$((wrote + 1))
		cp retros/victim.md seen.txt
		cp old.txt retros/victim.md
		(command) >/dev/null 2>&1 || fail "a lock stayed"
		cmp -s seen.txt retros/victim.md || fail "half a file"
	fi
	for draft in retros/*draft*.md
	do
		[ -e "$draft" ] || continue
		wrote=$((wrote + 1))
		git-retro check "$draft" >check.txt 2>&1 || fail "$(cat check.txt)"
		tail -n 1 "$draft" | grep -q . || fail "a draft without its end"
	done
	(round=2; action=1; cp old.txt retros/victim.md; command) \
		>/dev/null 2>&1 || fail "a command after the kill did not work"
done
echo "seed $seed: $count commands, $killed killed, $wrote had written; nothing lost"
