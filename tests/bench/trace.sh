#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What `git retro trace` takes on a repository with a long history: REPO, of which
# a clone is made that shares its objects, or one that is made here (80,000
# commits, 1,000 tags, 20 release branches). TAGS and BRANCHES are globs of its
# releases and release branches. Checks first that the answers are git's own
# (tests/real/trace.pl). Whole processes in milliseconds; medians where they are
# short. Needs hyperfine. It is no test: it judges nothing.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1
export PATH GIT_CONFIG_NOSYSTEM
unset GIT_DIR GIT_WORK_TREE
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
tags=${TAGS:-v*} branches=${BRANCHES:-release/*}
if [ -n "${REPO-}" ]
then
	git clone -q --mirror --shared "$REPO" repo
else
	git init -q --bare -b main repo
	"$here/releases.pl" 80000 1000 20 1 | git -C repo fast-import --quiet
fi
cd repo
git config user.name B
git config user.email b@example.com

ms () {
	hyperfine -N -w 1 -r "${RUNS:-5}" --export-csv ../csv "$@" >/dev/null
	awk -F, 'NR == 2 { printf "%.0f", $(NF - 4) * 1000 }' ../csv
}

# row <title> <peer> <ours>
row () {
	awk -v t="$1" -v p="$2" -v o="$3" 'BEGIN {
		printf "  %-44s %10s %8s %8.1f\n", t, p, o, p / o }'
}

# once <command>...: milliseconds of one run, and its memory in MiB.
once () {
	/usr/bin/time -f '%e %M' -o ../time "$@" >/dev/null
	awk '{ printf "%.0f", $1 * 1000; m = $2 / 1024 }
		END { printf "%.0f\n", m >"../memory" }' ../time
}

git rev-list --no-merges --all >../all
perl -e 'srand 1; chomp(my @c = <>);
	print "$c[rand @c]\n" for 1 .. 200' ../all >../ids
sed 's/^/- /' ../ids >../fixes
perl -e 'srand 2; chomp(my @c = <>);
	print "$c[rand @c] $c[rand @c]\n" for 1 .. 1000' ../all >../pairs
lines=$(git for-each-ref --format=x "refs/heads/$branches" | wc -l)
echo "$(wc -l <../all) commits (merges aside), $(git tag | wc -l) tags," \
	"$lines branches like $branches"
"${here%/*}/real/trace.pl" . 1 "${CHECK:-10}" --tags "'$tags'" \
	--branches "'$branches'" >../checked || {
	cat ../checked
	exit 1
}
echo "answers held to git's own: $(tail -n 1 ../checked)"

F="sh -c 'git retro trace --stdin --tags \"$tags\" --branches none <../fixes'"
E="sh -c 'git retro trace --stdin --tags none --branches \"$branches\" --format=tsv <../pairs'"

printf '%-46s %10s %8s %8s\n' 'first release of each of 200 commits' peer \
	ours ratio
rm -rf retro
cold=$(once sh -c "git retro trace --stdin --tags '$tags' --branches none <../fixes")
cold_memory=$(cat ../memory)
git commit-graph write --reachable --no-progress 2>/dev/null
warm=$(ms "$F")
row 'git name-rev, one process, commit-graph' \
	"$(ms "sh -c 'git name-rev --annotate-stdin --tags <../ids'")" "$warm"
contains=$(once sh -c 'while read c; do git tag --contains $c; done <../ids')
row 'git tag --contains for each' "$contains" "$warm"
git tag v99999.0 "$(git rev-list --all | sed -n 3p)"
echo "  cold: $cold ms, $cold_memory MiB; after one new tag:" \
	"$(once sh -c "git retro trace --stdin --tags '$tags' --branches none <../fixes") ms," \
	"$(cat ../memory) MiB"
git tag -d v99999.0 >/dev/null

printf '%-46s %10s %8s %8s\n' "exposure of 1,000 pairs on $lines branches" \
	peer ours ratio
rm -rf retro
cold=$(once sh -c "git retro trace --stdin --tags none --branches '$branches' --format=tsv <../pairs")
cold_memory=$(cat ../memory)
warm=$(ms "$E")
# The peer is asked for FEW pairs, and its time taken for as many more.
few=${FEW:-10}
head -n "$few" ../pairs >../few
cat >../peer.sh <<'EOT'
while read -r cause fix
do
	git branch -a --contains "$cause"
	git branch -a --contains "$fix"
	for branch in $(git for-each-ref --format='%(refname)' "$1")
	do
		git log --cherry-mark --no-merges --format='%m %H' \
			"$branch...$cause"
		git log --cherry-mark --no-merges --format='%m %H' \
			"$branch...$fix"
	done
done
EOT
peer=$(once sh -c "sh ../peer.sh 'refs/heads/$branches' <../few")
row 'git branch --contains, git log --cherry-mark' \
	"$((peer * 1000 / few))" "$warm"
echo "  cold: $cold ms, $cold_memory MiB (the peer: $few pairs, and its time" \
	"for 1,000)"
