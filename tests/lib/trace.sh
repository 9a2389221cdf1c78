# SPDX-License-Identifier: GPL-2.0-only
# Sourced by the tests of trace: what it says of a line.

# edit <file> <line> <message>: puts a line in the place of what is there.
edit () {
	tick && printf '%s\n' "$2" >"$1" && git add -- "$1" &&
	git commit -q -m "$3"
}

# is <line> <state> <option>...: what trace says of a line.
is () {
	line=$1 want=$2
	shift 2
	got=$(git retro trace --format=tsv "$@" |
		awk -F'\t' -v l="$line" '$4 == l { print $6 }')
	[ "$got" = "$want" ] && return 0
	echo "$line: '$got', not '$want'"
	git retro trace "$@"
	return 1
}

# holds <line> <what> <option>...: how the line holds the fix.
holds () {
	line=$1 want=$2
	shift 2
	got=$(git retro trace --format=tsv "$@" |
		awk -F'\t' -v l="$line" '$4 == l { print $9 }')
	[ "$got" = "$want" ] && return 0
	echo "$line: '$got', not '$want'"
	git retro trace "$@"
	return 1
}

# id <rev>
id () {
	git rev-parse "$1^{commit}"
}
