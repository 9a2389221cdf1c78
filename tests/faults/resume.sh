#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# resume.sh [<seed> [<kills> [<retros>]]]: kills one build of the index again and
# again, at random moments, so that what each left is what the next goes on
# from; once it is whole it is thrown away, and the next build begins. Now and
# then two build at once, both are killed, or one byte of the journal that they
# left is flipped. After every kill a copy of what is left must answer as `git
# grep` does, say nothing and end whole; another process, while they are being
# killed, too; and what a build has stored once must still be there.
#
# A transaction holds 4,096 texts, so 20,480 retros are five, and 100 kills take
# a quarter of an hour; what `resume.sh 1 100 20480` said last:
#	seed 1: 100 kills in 30 builds of 20480 retros, 37 of them went on from
#	what was stored, 68 left a journal: the same answers, nothing stored was
#	lost
set -u
seed=${1:-1} kills=${2:-100} retros=${3:-20480}
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export PATH GIT_CONFIG_NOSYSTEM LC_ALL
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-resume.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 1
git init -q repo && cd repo && git config user.name R &&
git config user.email r@example.com && git config gc.auto 0 &&
"$here/../bench/corpus.pl" retros "$retros" "$seed" &&
git add . && git commit -q -m corpus || exit 1
kept=.git/retro copy=$scratch/copy

# random <limit>: the next number of the seed's sequence, in $number.
state=$seed
random () {
	state=$(((state * 1103515245 + 12345) % 2147483648))
	number=$((state / 65536 % $1))
}

fail () {
	echo "FAILED (seed $seed, kill $kill, $what): $1"
	[ -s "$scratch/err" ] && cat "$scratch/err"
	exit 1
}

pattern='(timeout|rollback).*deploy|部署.{1,4}版本'
git grep -c -E "$pattern" -- retros >"$scratch/right"
ask () { # <where>
	git-retro grep -c -E "$pattern" >"$1" 2>"$1.err"
}
check () { # <where>
	cat "$1.err" >"$scratch/err"
	[ -s "$scratch/err" ] && fail 'said something'
	cmp -s "$scratch/right" "$1" || fail 'another answer'
}

# The texts that are stored, as far as doctor tells: it builds nothing.
count () {
	number=$(git-retro doctor | sed -n 's/^  texts  *\([0-9]*\).*/\1/p')
	number=${number:-0}
}

kill=0 what='no kill'
begun=$(date +%s%N)
ask "$scratch/now" && check "$scratch/now"
took=$((($(date +%s%N) - begun) / 1000000))
rm -rf $kept

# flip <file>: one bit of one byte of it.
flip () {
	random "$(wc -c <"$1")"
	at=$number
	random 32768
	at=$(((at * 32768 + number) % $(wc -c <"$1")))
	random 8
	what="$what, bit $number of byte $at flipped"
	perl -e 'open my $f, "+<", shift or die; my $at = shift;
		seek $f, $at, 0; read $f, my $c, 1; seek $f, $at, 0;
		print $f chr(ord($c) ^ 1 << shift)' "$1" "$at" "$number"
}

# What is left answers, and is whole then; it is set aside meanwhile.
check_copy () {
	rm -rf "$copy" && mkdir -p $kept && cp -a $kept "$copy" || exit 1
	[ $((kill % 2)) = 0 ] && [ -s $kept/index-journal ] &&
		flip $kept/index-journal
	ask "$scratch/now" || fail 'the command failed'
	check "$scratch/now"
	count
	[ "$number" = "$retros" ] || fail "$number texts at the end"
	rm -rf $kept && mv "$copy" $kept
}

builds=1 journals=0 stored=0 resumed=0
while [ $kill -lt "$kills" ]
do
	kill=$((kill + 1)) what='one builds' pids= other=
	git-retro grep -c -F x >/dev/null 2>&1 & pids=$!
	if [ $((kill % 4)) = 0 ]
	then
		what='two build'
		git-retro grep -c -F x >/dev/null 2>&1 & pids="$pids $!"
	fi
	random $((took * 4096 / retros * 3 / 2 + 50))
	sleep "$(printf '%d.%03d' $((number / 1000)) $((number % 1000)))"
	if [ $((kill % 5)) = 0 ]
	then
		what="$what, one asks"
		ask "$scratch/other" & other=$!
		sleep 0.05
	fi
	kill -9 $pids 2>/dev/null
	wait $pids 2>/dev/null
	if [ -n "$other" ]
	then
		wait $other || fail 'the one that asks failed'
		check "$scratch/other"
	fi
	[ -s $kept/index-journal ] && journals=$((journals + 1))
	check_copy
	count
	[ "$number" -ge $stored ] || fail "$number texts, and there were $stored"
	[ $stored -gt 0 ] && [ "$number" -gt $stored ] &&
		resumed=$((resumed + 1))
	stored=$number
	if [ "$stored" = "$retros" ] && [ $kill -lt "$kills" ]
	then
		rm -rf $kept
		builds=$((builds + 1)) stored=0
	fi
done
echo "seed $seed: $kills kills in $builds builds of $retros retros," \
	"$resumed of them went on from what was stored," \
	"$journals left a journal: the same answers, nothing stored was lost"
