#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# many.sh <count> <repository>...: clones of these, so many in all, asked by
# --repos and one by one: the answers are to be the same, also while one of them
# is removed; and what both take. A clone without retros gets three, and one that
# links a cause and a fix of its own; every tenth gets a mistake that is the same
# in all of those, which only the first of them has mended (--twins). Needs jq
# and perl.
set -e
: "${BUILD:=$(cd "${0%/*}/../.." && pwd)/build}"
PATH=$BUILD:$PATH
top=$(cd "${0%/*}/../.." && pwd)
count=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/many.XXXXXX")
trap 'rm -rf "$folder" "$folder".*' EXIT
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A
GIT_COMMITTER_EMAIL=a@example.com
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# problem <id> <cause> <fix>: a retro that links them.
problem () {
	printf '%s\n' --- "id: $1" "title: A mistake of $1" 'date: 2026-01-05' \
		'status: final' "commits: [{pitfall: P1, cause: [$2]$3}]" --- '' \
		'## Pitfalls' '' '- P1: The release carries it' >"retros/$1.md"
}

# plant <nr>: the mistake that is the same in all.
plant () {
	printf 'int tries_%s = 0;\n' a b c d e >retry.c
	git add retry.c && git commit -q -m 'Retry' && git tag v999.0.0
	[ "$1" = 10 ] || return 0
	cause=$(git rev-parse HEAD)
	printf 'int tries_%s = 3;\n' a b c d e >retry.c
	git commit -q -m 'Retry three times' retry.c
	problem planted "$cause" ", fix: [$(git rev-parse HEAD)]"
}

nr=0
while [ "$nr" -lt "$count" ]
do
	for repo
	do
		nr=$((nr + 1))
		[ "$nr" -le "$count" ] || break
		git clone -q "$repo" "$folder/$nr" 2>/dev/null ||
			{ echo "cannot be cloned: $repo"; rm -rf "${folder:?}/$nr"; nr=$((nr - 1)); continue; }
		[ ! -d "$folder/$nr/retros" ] || continue
		perl "$top/tests/bench/corpus.pl" "$folder/$nr/retros" 3 "$nr"
		(
			cd "$folder/$nr"
			cause=$(git rev-list -n 1 --no-merges --skip=40 HEAD) ||
				exit 0
			[ -z "$cause" ] || problem own "$cause" \
				", fix: [$(git rev-parse HEAD)]"
			[ $((nr % 10)) != 0 ] || plant "$nr"
		)
	done
done

# loop <words of a command>: each alone, with its name around what it said; null
# where that is nothing.
loop () {
	for repo in "$folder"/*
	do
		said=$(git -C "$repo" retro "$@" --format=json) || :
		printf '{"repo": "%s", "said": %s}\n' "${repo##*/}" \
			"${said:-null}"
	done
}
many () {
	git retro "$@" --repos="$folder" --format=json || :
}

# Items of the lists, each with the repository that it is of; numbers added up.
items='def items($list): if ($list | type) == "array" then $list[] else empty end;
	def tidy: del(.score, .words, .more, .query) ;'
rows_alone="$items"'
	.repo as $repo | .said // {} | to_entries[] | .key as $key | items(.value) |
	{list: $key, repo: $repo} + ({item: .} | .item |= (if type == "object" then tidy else . end))'
rows_many="$items"'
	to_entries[] | .key as $key | items(.value) |
	{list: $key, repo: .repo} + ({item: del(.repo)} | .item |= tidy)'

# cpu <file> <words>...: the command's output, and its processor time.
cpu () {
	out=$1
	shift
	( "$@" >"$out" 2>"$folder.err"; times >"$folder.times" )
	tail -n 1 "$folder.times" |
		awk '{ for (i = 1; i <= 2; i++) { split($i, t, /[ms]/); s += 60 * t[1] + t[2] } printf "%.2f", s }'
}

git retro list --repos="$folder" >/dev/null 2>&1 || :
bad=0
compare () {
	alone=$(cpu "$folder.alone" loop "$@")
	together=$(cpu "$folder.many" many "$@")
	case $1 in
	stats)
		jq -cS 'select(.said) | {repo} + (.said | del(.version))' "$folder.alone" | sort >"$folder.a"
		jq -cS '.repos[]' "$folder.many" | sort >"$folder.b"
		;;
	*)
		jq -cS "$rows_alone" "$folder.alone" | sort >"$folder.a"
		jq -cS "$rows_many" "$folder.many" | sort >"$folder.b"
		;;
	esac
	same=same
	cmp -s "$folder.a" "$folder.b" || { same=different bad=1
		diff "$folder.a" "$folder.b" | head -n 4 | cut -c 1-300; }
	printf '%s: %s rows, %s; processor time: loop %s s, --repos %s s\n' "$*" \
		"$(wc -l <"$folder.a")" "$same" "$alone" "$together"
}
echo "$(ls "$folder" | wc -l) clones"
compare list
compare pitfalls
compare actions
compare search --limit 0 release
compare grep the
compare audit --tags "*"
compare stats
compare status

git retro audit --twins --repos="$folder" --format=json >"$folder.twins" 2>/dev/null || :
want=$((count / 10 - 1))
found=$(jq '[.twins[] | select(.retro == "planted") | .repo] | unique | length' \
	"$folder.twins")
[ "$found" = "$want" ] || bad=1
echo "audit --twins: $found of $want repositories that carry what one of them mended"
perl "$top/tests/real/twins.pl" "$folder" || bad=1

# The one that is asked last.
last=$(ls "$folder" | tail -n 1)
{ sleep 0.1; rm -rf "${folder:?}/$last"; } &
code=0
git retro list --repos="$folder" --format=tsv >"$folder.gone" 2>"$folder.err" || code=$?
wait
printf 'one removed while it runs: exit %s, %s rows, on stderr: %s\n' "$code" \
	"$(wc -l <"$folder.gone")" "$(cat "$folder.err")"
exit $bad
