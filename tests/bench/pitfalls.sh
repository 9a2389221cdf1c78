#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Past pitfalls at commit, among 10,000 retros of as many fixes, each of a file
# of its own: the hook of git commit with nothing to say against `git rev-parse
# HEAD`, where no fix is near, where the file of one is changed elsewhere, and
# where a name is looked for in every change; `context --staged` of 20 files
# against `git grep -l -F -f` of their names, after checking that both find the
# same; the first commit after a clone; and `git commit` with nothing to say in
# a repository of 5,000 files, without a hook, with an empty one and with ours.
# Medians of whole processes in milliseconds. Needs hyperfine.
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
		printf "%-50s %8.2f %8.2f %8.2f\n", title, peer, ours, ours / peer
	}'
}

# file <number>: of its fix.
file () {
	echo "src/m$(($1 / 20))/f$1.c"
}

# COUNT files, of which as many commits fix one line each.
fixes () {
	seq "$COUNT" | awk '
	function put(text) { printf "data %d\n%s\n", length(text), text }
	function path(n) { return "src/m" int(n / 20) "/f" n ".c" }
	BEGIN { print "commit refs/heads/main\ncommitter B <b@x> 1767600000 +0000"; put("base") }
	{ all[NR] = $1; print "M 644 inline " path($1); put("int first_of_" $1 " = 1;\nint value_of_" $1 " = compute(1);\nint last_of_" $1 " = 1;\n") }
	END {
		for (i = 1; i <= NR; i++) {
			printf "commit refs/heads/main\ncommitter B <b@x> %d +0000\n", 1767600000 + i
			put("fix " i)
			print "M 644 inline " path(i)
			put("int first_of_" i " = 1;\nint value_of_" i " = compute(2);\nint last_of_" i " = 1;\n")
		}
	}'
}

git init -q clone && cd clone
fixes | git fast-import --quiet --force
git reset -q --hard
git rev-list --reverse HEAD | sed 1d >../ids
"$here/corpus.pl" retros "$COUNT" 1
# A fix and the path of its file in each; superseded ones are silent.
find retros -name '*.md' | sort >../retros
perl -pe '
	BEGIN {
		$^I = "";
		chomp(@ARGV = <STDIN>);
		open my $in, "<", "../ids";
		chomp(@ids = <$in>);
	}
	s/^status: superseded/status: final/;
	$_ .= "commits: {fix: [$ids[$nr++]]}\n" if /^id: /;
	if (/^##? .*(Pitfalls|踩过的坑)/) {
		$_ .= sprintf("\n- Mind `src/m%d/f%d.c` here.\n", $nr / 20, $nr);
	}' <../retros
git add retros && git commit -q -m retros
git retro hooks install >/dev/null
rm .git/hooks/reference-transaction .git/hooks/post-rewrite

# soon <command>...: waits for it.
soon () {
	until "$@"
	do
		sleep 0.2
	done
}

# stamp: milliseconds of the day.
stamp () {
	date +%s%3N
}

# commit <file>: what it takes once.
commit_once () {
	echo 'int more;' >>"$1" && git add "$1"
	from=$(stamp)
	git commit -q -m more 2>/dev/null
	echo $(($(stamp) - from))
}

printf 'the first commit after a clone, %s retros and fixes\n' "$COUNT"
from=$(stamp)
echo x >other.c
printf '    %-46s %8s ms\n' 'git commit' "$(commit_once other.c)"
soon test -e .git/retro/paths-table
printf '    %-46s %8s ms\n' 'until all are read, in the background' $(($(stamp) - from))
printf '    %-46s %8s ms\n' 'git commit then' "$(commit_once other.c)"

# staged <file>: a change of it, next to which no fix is.
staged () {
	git reset -q --hard && echo 'int more;' >>"$1" && git add "$1" && sleep 0.1
	.git/hooks/pre-commit >"$scratch/said" 2>&1 || :
	[ ! -s "$scratch/said" ] || { echo 'bench: it speaks' >&2; exit 1; }
}

printf '\n%-50s %8s %8s %8s\n' "nothing to say, $COUNT retros and fixes (ms)" \
	rev-parse ours times
echo x >far.c && git add far.c && git commit -q -n -m far
for at in far.c "$(file 77)"
do
	staged "$at"
	row "the hook, a change of $at" "$(median -r 200 'git rev-parse HEAD')" \
		"$(median -r 200 .git/hooks/pre-commit)"
done
printf '%s\n' --- 'id: named' 'title: T' 'date: 2026-01-05' 'status: final' --- \
	'' '## Pitfalls' '' '- Never call `far_away()` alone' >retros/named.md
git add retros && git commit -q -n -m named
staged far.c
row 'the hook, with a name looked for in every change' \
	"$(median -r 200 'git rev-parse HEAD')" "$(median -r 200 .git/hooks/pre-commit)"
git reset -q --hard

for i in $(seq 1 20)
do
	at=$(file $((i * COUNT / 25)))
	sed -i 's/compute(2)/compute(3)/' "$at" && echo "$at"
done >../paths
git add src
git grep -l -F -f ../paths -- retros | sort >../theirs
git retro context --staged --format=json |
	sed -n 's/^      "path": "\(retros.*\)",*$/\1/p' | sort >../ours
printf '\n%-50s %8s %8s %8s\n' "pitfalls of 20 staged files (ms)" git ours times
cmp ../ours ../theirs || { echo 'bench: the answers differ' >&2; exit 1; }
[ "$(wc -l <../ours)" = 20 ] || { echo 'bench: not 20 found' >&2; exit 1; }
row 'git grep; git retro context --staged' \
	"$(median -r 20 'git grep -l -F -f ../paths -- retros')" \
	"$(median -r 20 'git-retro context --staged')"
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
