#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the hooks cost: medians in milliseconds without hooks, with hooks that
# are empty scripts (what git takes to start them), and with ours, in scratch
# repositories made here; and what each hook with nothing to say costs beside
# `git rev-parse HEAD`. Needs hyperfine. RUNS sets how often the long ones are
# repeated. It is no test: it judges nothing.
set -eu
BUILD=${BUILD:-$(cd "${0%/*}/../.." && pwd)/build}
RUNS=${RUNS:-10}
command -v hyperfine >/dev/null || {
	echo "bench: needs hyperfine (apt-get install hyperfine)" >&2
	exit 1
}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
PATH=$BUILD:$PATH HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_EDITOR=:
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export PATH HOME GIT_CONFIG_NOSYSTEM GIT_EDITOR GIT_AUTHOR_NAME
export GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE GIT_RETRO CI
git config --global init.defaultBranch main
git config --global gc.auto 0

# median <hyperfine options>...: of one command.
median () {
	hyperfine -N -w 3 --export-csv "$scratch/csv" "$@" \
		>"$scratch/log" 2>&1 || {
		cat "$scratch/log" >&2
		exit 1
	}
	awk -F, 'NR == 2 { printf "%.2f", $(NF - 4) * 1000 }' "$scratch/csv"
}

# row <title> <without> <empty> <with>
row () {
	awk -v title="$1" -v a="$2" -v b="$3" -v c="$4" 'BEGIN {
		printf "%-36s %8s %8.2f %8.2f %+8.2f %6.2f\n", title, a, b, c,
			c - (a == "-" ? b : a), c / (a == "-" ? b : a)
	}'
}

# alone <folder> <input> <command>: what it takes there, behind the script that
# feeds it.
alone () {
	(cd "$1" && median -r 500 "../feed ../$2 $3")
}

# spawn <folder> <title> <input> <hook> [<argument>...]: one hook by itself,
# and an empty one.
spawn () {
	where=$1 title=$2 input=$3
	shift 3
	row "$title" - "$(alone "$where" "$input" "../empty $*")" \
		"$(alone "$where" "$input" ".git/hooks/$*")"
}

# against <folder> <title> <input> <hook> [<argument>...]: one hook against
# `git rev-parse HEAD`.
against () {
	where=$1 title=$2 input=$3
	shift 3
	peer=$(alone "$where" "$input" 'git rev-parse HEAD')
	row "$title" "$peer" "$peer" "$(alone "$where" "$input" ".git/hooks/$*")"
}

# both <title> <runs> <command>: in a fresh copy each time.
both () {
	a=$(median -r "$2" -p './fresh plain' "$3")
	b=$(median -r "$2" -p './fresh hollow' "$3")
	row "$1" "$a" "$b" "$(median -r "$2" -p './fresh hooked' "$3")"
}

# A branch of 50 commits, and a server with 100 releases.
git init -q plain
git -C plain commit -q --allow-empty -m root
git -C plain checkout -q -b topic
for i in $(seq 50)
do
	echo "$i" >"plain/file$i"
	git -C plain add .
	git -C plain commit -q -m "commit $i"
done
git -C plain checkout -q main
git -C plain commit -q --allow-empty -m main
git init -q --bare server
git -C plain remote add origin ../server
git -C plain push -q origin main
for i in $(seq 100)
do
	git -C server tag -a -m "release $i" "v$i.0" main
done
git init -q --bare server1000
git -C plain push -q ../server1000 main
git -C plain rev-parse main | {
	read -r id
	seq 1000 | sed "s|.*|create refs/tags/v&.0 $id|" |
	git -C server1000 update-ref --stdin
}
git -C plain remote add many ../server1000
cp -R plain hollow
cp -R plain hooked
(cd hooked && git retro hooks install >/dev/null)
cp -R hooked settled

# staged <folder> <files>: that many files, a past pitfall of one, and another
# staged.
staged () {
	git init -q "$1" && cd "$1"
	mkdir src retros
	for i in $(seq "$2")
	do
		echo "$i" >"src/$i.c"
	done
	cat >retros/trap.md <<-\END
	---
	id: trap
	title: A trap
	date: 2026-01-05
	status: final
	---

	## Pitfalls

	- Never `src/1.c` alone
	END
	git add . && git commit -q -m files
	git retro hooks install >/dev/null
	echo more >>src/2.c && git add src/2.c
	sleep 0.1
	.git/hooks/pre-commit # what it needs to know is kept
	cd ..
}
staged some 100
staged wide 5000

# The table belongs to a place, and what changed a moment ago is not trusted:
# a repository has settled after its first tag or push and a little while.
cat >fresh <<'EOF'
#!/bin/sh
rm -rf run
cp -R "$1" run
sleep 0.1
git -C run tag other
git -C run update-ref -d refs/tags/other
git -C server update-ref -d refs/heads/fresh
EOF
cat >empty <<'EOF'
#!/bin/sh
exit 0
EOF
cat >feed <<'EOF'
#!/bin/sh
input=$1
shift
exec "$@" <"$input"
EOF
chmod +x fresh empty feed
cp empty hollow/.git/hooks/reference-transaction
cp empty hollow/.git/hooks/pre-push
sleep 0.1
git -C settled push -q origin main:settled

zero=0000000000000000000000000000000000000000
head=$(git -C plain rev-parse HEAD)
echo "$zero $head refs/heads/x" >branch
echo "$zero $head refs/tags/nightly" >tag
seq 5000 | sed "s|.*|$zero $head refs/heads/x&|" >many
echo "refs/heads/main $head refs/heads/main $zero" >push
: >nothing

echo "$(git --version), $(uname -sm), $(nproc) processors; medians in ms"
printf '%-36s %8s %8s %8s %8s %6s\n' '' without empty ours more ratio
spawn settled 'reference-transaction, prepared' branch reference-transaction prepared
spawn settled '  committed, a branch' branch reference-transaction committed
spawn settled '  committed, no release' tag reference-transaction committed
spawn settled '  committed, 5,000 branches' many reference-transaction committed
spawn settled 'pre-push, a branch' push pre-push origin url
spawn some 'pre-commit, among 100 files' nothing pre-commit
spawn wide 'pre-commit, among 5,000 files' nothing pre-commit
spawn some 'commit-msg' nothing commit-msg .git/COMMIT_EDITMSG
both 'git tag, no release' 30 'git -C run tag nightly'
both 'git commit' 30 'git -C run commit -q --allow-empty -m x'
both 'git push, nothing new' 30 'git -C run push -q origin main'
both 'git push, a branch' 30 'git -C run push -q origin main:fresh'
both 'git fetch of 100 tags' "$RUNS" 'git -C run fetch -q --tags'
both 'git fetch of 1,000 tags' 5 'git -C run fetch -q --tags many'
both 'git rebase of 50 commits' "$RUNS" 'git -C run rebase -q main topic'
printf '%-36s %8s %8s %8s %8s %6s\n' 'nothing to say, and rev-parse HEAD' git git \
	ours more ratio
against settled 'reference-transaction, prepared' branch reference-transaction prepared
against settled '  committed, a branch' branch reference-transaction committed
against settled '  committed, no release' tag reference-transaction committed
against settled 'pre-push, a branch' push pre-push origin url
against some 'pre-commit, among 100 files' nothing pre-commit
against wide 'pre-commit, among 5,000 files' nothing pre-commit
against some 'commit-msg' nothing commit-msg .git/COMMIT_EDITMSG
