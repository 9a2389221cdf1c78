#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# shapes.sh [<bytes> [<shape>...]]: every command and hook on so many bytes (1
# MB) of each shape of shapes.pl: none may take more than SECONDS_MAX (5) of
# processor time or MEGABYTES_MAX (500) of memory, nor end with an exit code
# that is none of ours. Prints what took the most of each shape.
set -u
tests=$(cd "${0%/*}/.." && pwd) || exit 1
BUILD=${BUILD:-${tests%/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_EDITOR=: GIT_PAGER=cat LC_ALL=C.UTF-8
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_CONFIG_NOSYSTEM=1
GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export PATH GIT_EDITOR GIT_PAGER LC_ALL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_CONFIG_NOSYSTEM
: "${SECONDS_MAX:=5}" "${MEGABYTES_MAX:=500}"
# shellcheck source=tests/lib/every.sh
. "$tests/lib/every.sh"
bytes=${1:-1000000}
[ $# = 0 ] || shift
[ $# != 0 ] || set -- $("$tests/faults/shapes.pl")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-shapes.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
HOME=$scratch
export HOME
git config --global gc.auto 0
git config --global init.defaultBranch main

base () {
	git init -q --bare origin.git && git init -q base && cd base &&
	git remote add origin ../origin.git && mkdir src &&
	echo "int a;" >src/a.c && git add . && git commit -q -m one &&
	git tag v1.0.0 && git branch release/1.0 && echo "int b;" >src/a.c &&
	git commit -q -a -m two && git tag v1.1.0 && mkdir retros && printf -- \
		"---\nid: good\ntitle: Good\ndate: 2026-01-05\nstatus: draft\nreleases: [v1.0.0]\npaths: [src]\ncommits: {cause: [%s], fix: [%s]}\n---\n\n## Pitfalls\n\n- P1: It fell: \`src/a.c\`\n\n## Actions\n\n- [ ] A1: Do it\n" \
		"$(git rev-parse HEAD~1)" "$(git rev-parse HEAD)" \
		>retros/good.md && git add . && git commit -q -m retro &&
	git retro hooks install && cd ..
}
cd "$scratch" && base >log 2>&1 || { cat log; exit 1; }

bad=0 runs=0 shapes=$#
# one <command>: leaves what is worst.
one () {
	"$BUILD/tests/usage" "$scratch/used" "$SECONDS_MAX" "$MEGABYTES_MAX" \
		"$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	code=$?
	runs=$((runs + 1))
	read -r ms mb <"$scratch/used"
	[ "$ms" -le "$most_ms" ] || { most_ms=$ms slow=$*; }
	[ "$mb" -le "$most_mb" ] || { most_mb=$mb large=$*; }
	# A second is lost where the processor time of several is counted.
	[ "$ms" -le $((SECONDS_MAX * 1000)) ] || code=152
	case $1.$code in
	*.0 | git-retro.1 | git-retro.128 | git-retro.129) ;;
	git-retro.2) # something is not known
		[ "$2" = audit ] || told "$@" ;;
	git.1) # its own word
		! grep -q "^git retro:.*too much" "$scratch/err" || told "$@" ;;
	*) told "$@" ;;
	esac
	! grep -q "bug in git retro" "$scratch/err" || told "$@"
}

told () {
	bad=$((bad + 1))
	echo "WRONG: $shape: $*: exit $code, $ms ms, $mb MB"
	head -n 3 "$scratch/err" | cut -c 1-200
}

# A change of what there is, staged.
stage () {
	for file in retros/big.md src/a.c
	do
		[ ! -f "$file" ] || echo "f(); more $1" >>"$file"
	done
	git add -A . 2>/dev/null
}

# What differs most, or all that there is.
shapes_reading () {
	cat <<-\END
	list --format=json
	show --format=json big
	show big
	show --html big
	check --format=sarif
	check --range v1.1.0..HEAD
	check --staged
	context --staged
	context --range v1.1.0..HEAD
	status
	actions --format=json
	search --format=json word
	grep -i --history a
	pitfalls
	pitfalls --format=json
	trace big
	audit
	report
	relink --dry-run
	review v1.1.0
	link --suggest big
	END
	[ "${SHAPES-}" != all ] || { every_reading && every_other; }
}

shapes_writing () {
	cat <<-\END
	actions add big More
	actions done big#A1
	link big --fix HEAD
	edit big
	check --fix
	new --release v2.0.0 --no-edit
	init
	END
	[ "${SHAPES-}" != all ] ||
		every_writing | sed "s/@TAG@/v1.1.0/; s/ @\([ #]\)/ good\1/"
}

for shape
do
	rm -rf r && cp -R base r && cd r &&
	"$tests/faults/shapes.pl" "$shape" "$bytes" >../log 2>&1 || {
		echo "WRONG: $shape cannot be made"
		cat ../log
		bad=$((bad + 1))
		cd "$scratch"
		continue
	}
	most_ms=0 most_mb=0 slow= large=
	git add -A . >/dev/null 2>&1
	one git commit -q --allow-empty -m "$shape"
	stage 1
	shapes_reading >../list
	while read -r words
	do
		eval "set -- $words"
		one git-retro "$@"
	done <../list
	one git commit -q -m more
	stage 2
	one git commit -q --amend -m again
	one git tag v2.0.0
	one git push -q origin HEAD v2.0.0
	shapes_writing >../list
	while read -r words
	do
		eval "set -- $words"
		one git-retro "$@"
	done <../list
	echo "$shape: $most_ms ms ($slow), $most_mb MB ($large)"
	cd "$scratch" || exit 1
done
echo "$shapes shapes of $bytes bytes, $runs commands, $bad wrong"
[ "$bad" = 0 ]
