# SPDX-License-Identifier: GPL-2.0-only
#
# TAP tests in sh, in the style of git's own. A test script is
#
#	. "${0%/*}/../lib/test.sh"
#	ok 'what holds' '
#		git init -q repo && cd repo &&
#		git retro list >out && test_empty out
#	'
#	test_done
#
# Each test runs in a subshell of its own, in the script's scratch folder
# ($TRASH), with `set -e` off: chain with &&. Everything that could differ from
# one machine to the next is pinned. `BUILD` names the folder with the programs.

LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.com
GIT_COMMITTER_NAME='Cas Committer' GIT_COMMITTER_EMAIL=cas@example.com
GIT_CONFIG_NOSYSTEM=1 GIT_EDITOR=: GIT_PAGER=cat GIT_MERGE_AUTOEDIT=no
export LC_ALL TZ TERM GIT_CONFIG_NOSYSTEM GIT_EDITOR GIT_PAGER
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME
export GIT_COMMITTER_EMAIL GIT_MERGE_AUTOEDIT
unset CI GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_RETRO NO_COLOR COLUMNS
unset GIT_TERMINAL_PROMPT SOURCE_DATE_EPOCH XDG_CONFIG_HOME EDITOR VISUAL
unset MAKEFLAGS MFLAGS MAKELEVEL LANGUAGE

TESTS=$(cd "${0%/*}/.." && pwd)
TOP=${TESTS%/*}
BUILD=${BUILD:-$TOP/build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
PATH=$BUILD:$PATH
export PATH TESTS TOP BUILD

[ -x "$BUILD/git-retro" ] || {
	echo "Bail out! no $BUILD/git-retro: run make first"
	exit 1
}

TRASH=$(mktemp -d "${TMPDIR:-/tmp}/retro-test.XXXXXX") || exit 1
export TRASH
trap 'chmod -R u+w "$TRASH" 2>/dev/null; rm -rf "$TRASH"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$TRASH/home
export HOME
# The hooks that git has as samples would be copied into each repository, and
# with it.
GIT_TEMPLATE_DIR=$HOME/.template
export GIT_TEMPLATE_DIR
mkdir -p "$HOME" "$GIT_TEMPLATE_DIR/hooks" "$GIT_TEMPLATE_DIR/info" \
	"$TRASH/.chain" && : >"$GIT_TEMPLATE_DIR/info/exclude" &&
	cd "$TRASH" || exit 1
# A newer git keeps house in the background: in a repository that the test has
# finished with, and removes.
cat >"$HOME/.gitconfig" <<-\END || exit 1
	[init]
		defaultBranch = main
	[advice]
		detachedHead = false
	[protocol "file"]
		allow = always
	[maintenance]
		auto = false
	[gc]
		auto = 0
END

test_nr=0
test_bad=0

# Not empty where the programs have sanitizers, and take ten times as long.
sanitized=$(grep -o fsanitize=address "$BUILD/flags" 2>/dev/null)

# some: the lines of stdin; with sanitizers a third of them, for each test
# another. All of them are tried without.
some () {
	awk -v all="${sanitized:-yes}" -v nr="$test_nr" \
		'all == "yes" || (NR + nr) % 3 == 0'
}

# is_chain <commands>: whether each of them, but in braces, hangs on the ones
# before: where the first fails, nothing else may be run.
is_chain () {
	(cd "$TRASH/.chain" && eval "(exit 117) && $1") >/dev/null 2>&1 </dev/null
	[ $? = 117 ]
}

# ok <title> <commands>: one test.
ok () {
	test_nr=$((test_nr + 1))
	if ! is_chain "$2"
	then
		echo "not ok $test_nr - $1"
		echo "# the chain is broken: a ; or a line without && in it"
		test_bad=$((test_bad + 1))
	elif (cd "$TRASH" && eval "$2") >"$TRASH/.out" 2>&1 </dev/null
	then
		echo "ok $test_nr - $1"
	else
		echo "not ok $test_nr - $1"
		test_bad=$((test_bad + 1))
		printf '%s\n' "$2" | sed 's/^/#   /'
		sed 's/^/# > /' "$TRASH/.out"
	fi
}

# skip <title> <reason>: a test that cannot run here; tests/expected-skips
# must name it, or the run fails.
skip () {
	test_nr=$((test_nr + 1))
	echo "ok $test_nr - $1 # SKIP $2"
}

# ok_sha1 <title> <commands>: one whose golden files have ids of SHA-1. Elsewhere
# it is run all the same, and only what they say is not compared.
ok_sha1 () {
	if [ "${GIT_DEFAULT_HASH:-sha1}" = sha1 ]
	then
		ok "$@"
		return
	fi
	GOLDEN=none
	ok "$1 # SKIP it expects ids of SHA-1" "$2"
	GOLDEN=
}

# ok_files <title> <commands>: one that looks into refs as files.
ok_files () {
	if [ "${GIT_DEFAULT_REF_FORMAT:-files}" = files ]
	then
		ok "$@"
	else
		skip "$1" 'it looks into refs as files'
	fi
}

# Whether git has our hooks in its config (2.54 and later), and not as files.
hooks_are_files=$(git version | awk '
	{ split($3, v, "."); print v[1] < 2 || (v[1] == 2 && v[2] < 54) }')

# ok_shims <title> <commands>: one that looks at our hooks as files.
ok_shims () {
	if [ "$hooks_are_files" = 1 ]
	then
		ok "$@"
	else
		skip "$1" 'this git has our hooks in its config'
	fi
}

test_done () {
	echo "1..$test_nr"
	[ "$test_bad" = 0 ]
	exit
}

# A clock that moves a minute at every commit, from 2026-01-05 10:00 UTC.
test_clock=1767607200
tick () {
	test_clock=$((test_clock + 60))
	GIT_AUTHOR_DATE="$test_clock +0000"
	GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	SOURCE_DATE_EPOCH=$test_clock
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE SOURCE_DATE_EPOCH
}
tick

# new_repo <folder>: an empty repository; the caller cds into it.
new_repo () {
	git init -q "$1"
}

# commit <message> [<file> [<content>]]: writes the file (default: the message
# in a file named file) and commits it.
commit () {
	tick && case ${2-} in
	*/*) mkdir -p "${2%/*}" ;;
	esac &&
	printf '%s\n' "${3:-$1}" >"${2:-file}" &&
	git add -- "${2:-file}" &&
	git commit -q -m "$1"
}

# unhurried: from here on git retro finds in time what it looks for only so long,
# however slow the machine is.
unhurried () {
	[ -f "$BUILD/tests/unhurried.so" ] || return 0
	LD_PRELOAD=$BUILD/tests/unhurried.so
	ASAN_OPTIONS=verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
	export LD_PRELOAD ASAN_OPTIONS
}

# may_fail <command>...: runs it; how it ends does not matter here.
may_fail () {
	"$@" || :
}

# at_most <code> <command>...: it must not exit with a higher code.
at_most () {
	most=$1
	shift
	"$@"
	got=$?
	[ "$got" -le "$most" ] && return 0
	echo "exit code $got, more than $most: $*"
	return 1
}

# status <code> <command>...: it must exit with exactly this code.
status () {
	want=$1
	shift
	"$@"
	got=$?
	[ "$got" = "$want" ] && return 0
	echo "exit code $got, not $want: $*"
	return 1
}

# same <expected> <actual>: the files are equal.
same () {
	diff -u "$1" "$2"
}

# has <file> <text>, lacks <file> <text>: a fixed string in it.
has () {
	grep -qF -e "$2" -- "$1" && return 0
	echo "not in $1: $2"
	cat "$1"
	return 1
}

lacks () {
	grep -qF -e "$2" -- "$1" || return 0
	echo "should not be in $1: $2"
	cat "$1"
	return 1
}

test_empty () {
	[ ! -s "$1" ] && return 0
	echo "should be empty: $1"
	cat "$1"
	return 1
}

# golden <name> <actual>: equal to tests/golden/<name>; with GOLDEN=write the
# golden file is written instead (read what it says before committing it). Fields
# of a retro without a value are left out of JSON, so that a new one changes no
# golden file; that each is there tests/unit/test_record.c checks.
golden () {
	case $1 in
	*json)
		golden_keys=$(sed -n "s/^	FIELD([0-9]*, \"\([^\"]*\)\".*/\1/p" \
			"$TOP/src/model/field.c" | paste -s -d "|" -) &&
		golden_unset="\"($golden_keys)\": ?(null|\[\]|\{\})," &&
		sed -E "/^ +$golden_unset\$/d; s/$golden_unset//g" "$2" >"$2.set" &&
		set -- "$1" "$2.set"
		;;
	esac
	if [ "${GOLDEN-}" = write ]
	then
		mkdir -p "$(dirname "$TESTS/golden/$1")" &&
		cp "$2" "$TESTS/golden/$1"
	elif [ "${GOLDEN-}" = none ]
	then
		test -s "$2"
	else
		same "$TESTS/golden/$1" "$2"
	fi
}
