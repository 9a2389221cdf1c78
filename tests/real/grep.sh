#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/grep.sh <patterns> <folder>: copies the Markdown files of a real
# collection into a scratch repository, as retros, and holds `git retro grep` to
# `git grep`: for each line of <patterns> (an option, a tab and a pattern)
# `-l` and `-c` must print the same. Prints a line for each pattern and fails
# if any answer differs.
set -u
[ $# = 2 ] || { echo "usage: grep.sh <patterns> <folder>" >&2; exit 129; }
patterns=$(realpath "$1") folder=$(realpath "$2") || exit 128
here=$(cd "${0%/*}" && pwd)
PATH=${BUILD:-${here%/*/*}/build}:$PATH
LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-real.XXXXXX") || exit 128
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$scratch
export PATH LC_ALL GIT_CONFIG_NOSYSTEM HOME
cd "$scratch" && git init -q r && cd r && mkdir retros || exit 128
(cd "$folder" && find . -type f -iname '*.md' ! -iname README.md \
	! -path '*/.*' -print0 | xargs -0 cp --parents -t "$scratch/r/retros") &&
git add -f . || exit 128
echo "$(git ls-files | wc -l) files, $(cat retros/* retros/*/* 2>/dev/null |
	wc -c) bytes"

bad=0
tab=$(printf '\t')
while IFS=$tab read -r option pattern
do
	case $option in ''|'#'*) continue ;; esac
	for form in -l -c
	do
		git grep $form "$option" -e "$pattern" -- retros >../theirs
		theirs=$?
		git retro grep $form "$option" -e "$pattern" >../ours
		ours=$?
		if [ $ours != $theirs ] || ! cmp -s ../ours ../theirs
		then
			echo "DIFFERS: $form $option '$pattern'"
			diff ../theirs ../ours | head -5
			bad=$((bad + 1))
		fi
	done
	printf '%4d files, %6d lines  %s %s\n' "$(wc -l <../ours)" \
		"$(awk -F: '{ n += $NF } END { print n + 0 }' ../ours)" \
		"$option" "$pattern"
done <"$patterns"
echo "$bad answers differ"
[ "$bad" = 0 ]
