# SPDX-License-Identifier: GPL-2.0-only
#
# Every command in the repository of the current folder: none may crash, hang,
# or exit with what is none of its exit codes.

# How long one command may take before it counts as hanging, in seconds.
: "${EVERY_SECONDS:=120}"

# With sanitizers, a leak in libgit2 is told from ours by all of its stack. To
# keep those takes up to a hundred times as long: what reads is run without, and
# again with them where there is a leak.
every_fast=${ASAN_OPTIONS-}
ASAN_OPTIONS=fast_unwind_on_malloc=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS
command -v some >/dev/null || some () { cat; }
every_control=$(printf '[\001-\010\013-\037\177]')

# What reads, one a line: words for the shell. @TAG@ is a tag of the repository.
every_reading () {
	cat <<-\END
	list
	list --format=json
	list --format=tsv --sort=title
	list --all
	list --at HEAD
	list --open-actions --status draft
	show
	show --html
	show --raw
	show --format=json @
	show --at HEAD --section pitfalls
	status
	status --format=json
	status --exit-code
	check
	check --format=json
	check --staged
	check --range HEAD~1..HEAD
	actions
	actions --format=json --overdue
	doctor
	hooks status
	hooks install --dry-run
	gate
	init --dry-run
	help
	help list
	completion bash
	new --list-templates
	grep -e the
	grep -i --history --in pitfalls the
	search release
	search --format=json "label:x -not"
	pitfalls
	pitfalls --path src
	context src README.md
	context --staged
	context --range HEAD~1..HEAD
	trace @
	trace --format=json @
	trace --cause HEAD --fix HEAD
	audit
	audit HEAD
	stats
	report
	report --me --format=json
	stats --by release --format=json
	export --to ndjson
	export --to postgresql
	list --repos=.
	audit --repos=. --twins
	notify --format slack
	relink --dry-run
	import --dry-run .
	mcp
	review HEAD~1
	END
}

# A command that has no row here: as it is.
every_other () {
	for every_name in $(LC_ALL=C git-retro help | sed -n 's/^   \([a-z]*\) .*/\1/p')
	do
		{ every_reading && every_writing; } | grep -q "^$every_name\( \|$\)" ||
			echo "$every_name"
	done
}

# What of it goes through history.
every_walking () {
	every_reading | grep -E "^(list --a|status|check --r|grep.*--h|context --r)|^(trace|audit|relink|review|show --at)"
}

# What writes: into the work tree, the hooks or our own files.
every_writing () {
	cat <<-\END
	init
	new "One of ours" --no-edit
	new "Twice" --range HEAD~1..HEAD --no-edit
	new --release @TAG@ --no-edit
	skip @TAG@ --reason "no need"
	site -o ../pages
	import README.md
	link @ --fix HEAD --path README
	link @ --cause HEAD~1 --release @TAG@
	unlink @ --path README
	actions add @ "Look at it @ann due:2020-01-01"
	actions done @#A1
	actions reopen @#A1
	actions decline @#A1 --reason no
	edit @
	relink
	hooks install
	hooks status
	hooks uninstall
	list
	show
	status
	check
	actions
	context README
	pitfalls
	END
}

# every_run <options of the sanitizer> <words>: leaves what it prints, and its
# exit code in $code.
every_run () {
	every_options=$1
	shift
	ASAN_OPTIONS=$every_options timeout -k 5 "$EVERY_SECONDS" \
		git-retro "$@" >"$EVERY_OUT/out" 2>"$EVERY_OUT/err" </dev/null
	code=$?
}

# every_one <words>: runs it, and says what is wrong with it.
every_one () {
	eval "set -- $1"
	every_run "$every_asan" "$@"
	[ "$every_asan" = "$ASAN_OPTIONS" ] ||
		! grep -q LeakSanitizer "$EVERY_OUT/err" ||
		every_run "$ASAN_OPTIONS" "$@"
	case $code in
	0 | 1) ;;
	2) # something is not known
		[ "$1" = audit ] && [ -s "$EVERY_OUT/err" ] ||
			every_wrong "exit code 2" "$@"
		;;
	128 | 129)
		head -n 1 "$EVERY_OUT/err" | grep -q '^git retro: ' ||
			every_wrong "exit code $code without a word" "$@"
		;;
	124 | 137) every_wrong "more than $EVERY_SECONDS s" "$@" ;;
	*) every_wrong "exit code $code" "$@" ;;
	esac
	[ -s "$EVERY_OUT/err" ] || return 0
	! grep -qE 'Sanitizer|runtime error:|bug in git retro' \
		"$EVERY_OUT/err" || every_wrong "a sanitizer speaks" "$@"
	! LC_ALL=C grep -q "$every_control" "$EVERY_OUT/err" ||
		every_wrong "control bytes" "$@"
}

every_wrong () {
	echo "WRONG: $1: git retro $(shift; echo "$*") (in $PWD)"
	sed 's/^/    /' "$EVERY_OUT/err" | head -n 20
	EVERY_BAD=$((EVERY_BAD + 1))
}

# every_of <list>: fails if anything was wrong; counts in $EVERY_RUN and, by
# exit code, in $EVERY_DONE and $EVERY_FAILED.
every_of () {
	EVERY_OUT=$(mktemp -d "${TMPDIR:-/tmp}/retro-every.XXXXXX")
	EVERY_BAD=0 EVERY_RUN=0 EVERY_DONE=0 EVERY_FAILED=0
	every_tag=$(git for-each-ref --count=1 --sort=-refname \
		--format='%(refname:lstrip=2)' 'refs/tags/v*' 2>/dev/null)
	{ "$1" && { [ "$1" != every_reading ] || every_other; } } |
		sed "s|@TAG@|'${every_tag:-v1.0.0}'|" | some >"$EVERY_OUT/list"
	every_asan=$ASAN_OPTIONS
	[ "$1" = every_writing ] || every_asan=$every_fast
	while read -r every_words
	do
		every_one "$every_words"
		EVERY_RUN=$((EVERY_RUN + 1))
		case $code in
		0 | 1 | 2) EVERY_DONE=$((EVERY_DONE + 1)) ;;
		*) EVERY_FAILED=$((EVERY_FAILED + 1)) ;;
		esac
	done <"$EVERY_OUT/list"
	rm -rf "$EVERY_OUT"
	[ "$EVERY_BAD" = 0 ]
}
