#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# search.sh <repository> <folder> <terms>: in a scratch clone of a repository
# whose folder holds Markdown files, searches for each line of the file <terms>
# (tests/real/terms.zh, terms.en), and holds the files that are found to those
# that `git grep -F` finds: of a Chinese word every one, of an English word, as
# a whole word and whatever its case, every one. Names each file that is
# missing, and fails then. More are found where a word stands in another form.
set -eu
repo=$1 folder=$2 terms=$(cd "$(dirname "$3")" && pwd)/${3##*/}
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
export PATH
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-search.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
git clone -q "$repo" "$scratch/clone"
cd "$scratch/clone"
git config retro.dir "$folder"

# What is a retro: Markdown, no README, and not in a folder with a dot.
files () {
	grep -iE '\.(md|markdown)$' | grep -viE '(^|/)README\.md$' |
	grep -vE '(^|/)\.' | sort
}

printf '%s Markdown files\n' "$(git ls-files -- "$folder" | files | wc -l)"
printf '%-16s %9s %9s %9s\n' term 'git grep' search missing
bad=0 nr=0
while read -r term
do
	case $term in
	*[!a-zA-Z]*) how=-F ;;
	*) how='-F -w -i' ;;
	esac
	# shellcheck disable=SC2086
	git -c core.quotePath=off grep -l $how -e "$term" -- "$folder" |
		files >"$scratch/theirs" || :
	git retro search --limit 0 --format tsv -- "$term" >"$scratch/out" || :
	tail -n +2 "$scratch/out" | cut -f4 | sort >"$scratch/ours"
	comm -23 "$scratch/theirs" "$scratch/ours" >"$scratch/missing"
	printf '%-16s %9d %9d %9d\n' "$term" "$(wc -l <"$scratch/theirs")" \
		"$(wc -l <"$scratch/ours")" "$(wc -l <"$scratch/missing")"
	sed 's/^/  missing: /' "$scratch/missing"
	[ -s "$scratch/missing" ] && bad=$((bad + 1))
	nr=$((nr + 1))
done <"$terms"
echo "$nr terms, $bad of them with a file missing"
[ $bad = 0 ]
