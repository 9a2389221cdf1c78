#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The past pitfalls of 50 staged paths among 10,000 retros, against `git grep -l
# -F -f` in the work tree, after checking that both find the same; and `git
# commit` with nothing to say in a repository of 5,000 files, without a hook,
# with an empty one and with ours. Medians of whole processes in milliseconds.
# Needs hyperfine.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
COUNT=${COUNT:-10000}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
PATH=$BUILD:$PATH HOME=$scratch GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=B GIT_AUTHOR_EMAIL=b@example.com
GIT_COMMITTER_NAME=B GIT_COMMITTER_EMAIL=b@example.com
export PATH HOME GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
git config --global init.defaultBranch main
git config --global gc.auto 0

# median <hyperfine options>...: of one command, which may find nothing.
median () {
	hyperfine -N -w 3 -i --export-csv "$scratch/csv" "$@" \
		>"$scratch/log" 2>&1 || {
		cat "$scratch/log" >&2
		exit 1
	}
	awk -F, 'NR == 2 { printf "%.2f", $(NF - 4) * 1000 }' "$scratch/csv"
}

row () {
	awk -v title="$1" -v peer="$2" -v ours="$3" 'BEGIN {
		printf "%-50s %8.2f %8.2f %8.1f\n", title, peer, ours, peer / ours
	}'
}

git init -q grep && cd grep
"$here/corpus.pl" retros "$COUNT" 1
# A path of its own in the pitfalls of each retro; superseded ones are silent.
find retros -name '*.md' | sort | perl -i -pe '
	BEGIN { chomp(@ARGV = <STDIN>) }
	s/^status: superseded/status: final/;
	if (/^##? .*(Pitfalls|踩过的坑)/) {
		$_ .= sprintf("\n- Mind `src/m%d/f%d.c` here.\n", ++$nr / 20, $nr);
	}'
git add retros && git commit -q -m retros
for i in $(seq 1 50)
do
	n=$((i * COUNT / 60))
	file=src/m$((n / 20))/f$n.c
	mkdir -p "${file%/*}" && echo x >"$file" && echo "$file"
done >paths
git add src
git grep -l -F -f paths -- retros | sort >theirs
git retro context --format=json $(cat paths) |
	sed -n 's/^      "path": "\(retros.*\)",*$/\1/p' | sort >ours
cmp ours theirs || { echo 'bench: the answers differ' >&2; exit 1; }
[ "$(wc -l <ours)" = 50 ] || { echo 'bench: not 50 found' >&2; exit 1; }
printf '%-50s %8s %8s %8s\n' "pitfalls of 50 staged paths, $COUNT retros (ms)" \
	git ours times
peer=$(median -r 20 'git grep -l -F -f paths -- retros')
git retro hooks install >/dev/null
.git/hooks/pre-commit >/dev/null 2>&1 || :
# Both are given the names: a stand-in for git prints them to our hook.
mkdir ../stand-in && tr '\n' '\0' <paths >../names
printf '#!/bin/sh\nexec cat %s\n' "$scratch/names" >../stand-in/git
chmod +x ../stand-in/git
row 'git grep; git-retro-hook, names given' "$peer" \
	"$(PATH=$scratch/stand-in:$PATH && export PATH &&
		median -r 60 .git/hooks/pre-commit)"
row 'git grep; git-retro-hook, which asks git for them' "$peer" \
	"$(median -r 60 .git/hooks/pre-commit)"
row 'git grep; git retro context --staged' "$peer" \
	"$(median -r 20 'git-retro context --staged')"
row 'the names alone: git diff-index; git-retro-hook' \
	"$(median -r 60 'git diff-index --cached --name-only -z HEAD')" \
	"$(median -r 60 .git/hooks/pre-commit)"
cd ..

# project <folder>: 5,000 files, and a retro about another one.
project () {
	git init -q "$1" && cd "$1"
	for i in $(seq 1 50)
	do
		mkdir -p "d$i" && (cd "d$i" && for j in $(seq 1 100); do echo "$i $j" >"f$j"; done)
	done
	mkdir retros && printf '%s\n' --- 'id: r' 'title: T' 'date: 2026-01-05' \
		'status: final' 'paths: [other/**]' --- >retros/r.md
	git add . && git commit -q -m all
	cd ..
}
commit () {
	median -r 40 --prepare "sh -c 'echo x >>d7/f7 && git add d7/f7'" \
		'git commit -q -m change'
}
project bare && project empty && project hooked
printf '#!/bin/sh\nexit 0\n' >empty/.git/hooks/pre-commit
chmod +x empty/.git/hooks/pre-commit
(cd hooked && git retro hooks install >/dev/null &&
	rm .git/hooks/reference-transaction .git/hooks/post-rewrite &&
	echo x >>d7/f7 && git commit -q -a -m warm)
printf '\n%-38s %8s %8s %8s\n' 'git commit, 5,000 files (ms)' 'no hook' empty ours
printf '%-38s %8s %8s %8s\n' 'nothing to say' "$(cd bare && commit)" \
	"$(cd empty && commit)" "$(cd hooked && commit)"
