#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# history.sh <repository> <folder>: the texts that `git retro grep --history`
# has of that folder of Markdown files, held to those that `git ls-tree` finds
# in every commit, one by one; and each must have an end, unless what a ref leads
# to has it now. The repository is only read.
set -u
repo=${1:?usage: history.sh <repository> <folder>} folder=${2:?}
BUILD=${BUILD:-$(cd "${0%/*}/../.." && pwd)/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
export PATH
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-history.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
git clone -q --mirror --shared "$repo" "$scratch/repo" &&
cd "$scratch/repo" || exit 1

# Of each commit on stdin, the blobs that are retros.
blobs () {
	while read -r commit
	do
		git ls-tree -r -z "$commit" -- "$folder" | tr '\0' '\n'
	done | sort -u | perl -ne '
		my ($blob, $path) = /^100\d+ blob (\S+)\t(.*)$/ or next;
		print "$blob\n" if $path =~ /\.(md|markdown)$/i &&
			$path !~ m{(^|/)(\.|README\.)}i' | sort -u
}

git rev-list --all | blobs >../theirs
git rev-list --no-walk --all | blobs >../tips
git -c "retro.dir=$folder" retro grep --history --format=json -e '' >../json
jq -r '.texts[].blob' ../json | sort >../ours
jq -r '.texts[] | select(.to == null).blob' ../json | sort >../open
bad=0
cmp ../theirs ../ours || { bad=1 && diff ../theirs ../ours | head; }
comm -23 ../open ../tips >../endless
[ ! -s ../endless ] || { bad=1 && sed 's/^/no end: /' ../endless; }
echo "$folder: $(git rev-list --all | wc -l) commits," \
	"$(wc -l <../theirs) texts, $(wc -l <../open) of them without an end"
exit $bad
