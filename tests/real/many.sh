#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# many.sh <count> <repository>...: clones of these, so many in all, asked by
# --repos and one by one: the answers are to be the same, also while one of them
# is removed; and what both take. A clone without retros gets three.
set -e
: "${BUILD:=$(cd "${0%/*}/../.." && pwd)/build}"
PATH=$BUILD:$PATH
top=$(cd "${0%/*}/../.." && pwd)
count=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/many.XXXXXX")
trap 'rm -rf "$folder"' EXIT
nr=0
while [ "$nr" -lt "$count" ]
do
	for repo
	do
		nr=$((nr + 1))
		[ "$nr" -le "$count" ] || break
		git clone -q "$repo" "$folder/$nr"
		[ -d "$folder/$nr/retros" ] ||
			perl "$top/tests/bench/corpus.pl" "$folder/$nr/retros" 3 "$nr"
	done
done

# loop <words of a command>: each alone, by its name.
loop () {
	for repo in "$folder"/*
	do
		git -C "$repo" retro "$@" --format=tsv | tail -n +2 |
			sed "s|^|${repo##*/}:|"
	done
}
seconds () {
	date +%s.%N
}
# timed <file> <words>...: the command's output, sorted, and its seconds.
timed () {
	out=$1
	shift
	from=$(seconds)
	"$@" >"$out" || :
	awk -v a="$from" -v b="$(seconds)" 'BEGIN { printf "%.2f", b - a }'
}
many () {
	git retro "$@" --repos="$folder" --format=tsv | tail -n +2
}

git retro list --repos="$folder" >/dev/null
bad=0
for command in list pitfalls actions 'search --limit 0 release'
do
	alone=$(timed "$folder.alone" loop $command)
	together=$(timed "$folder.many" many $command)
	case $command in
	search*) cut='cut -f 1,2,4-' ;;
	*) cut=cat ;;
	esac
	sort "$folder.alone" | $cut >"$folder.a"
	sort "$folder.many" | $cut >"$folder.b"
	same=same
	cmp -s "$folder.a" "$folder.b" || { same=different bad=1; }
	printf '%s: %s rows, %s; loop %s s, --repos %s s\n' "$command" \
		"$(wc -l <"$folder.a")" "$same" "$alone" "$together"
done
{ sleep 0.3; rm -rf "$folder/1"; } &
git retro list --repos="$folder" --format=tsv >"$folder.gone" 2>"$folder.err" || :
wait
printf 'one removed while it runs: %s rows, on stderr: %s\n' \
	"$(wc -l <"$folder.gone")" "$(cat "$folder.err")"
rm -f "$folder".*
exit $bad
