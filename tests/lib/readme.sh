# SPDX-License-Identifier: GPL-2.0-only
#
# For what the README shows: each block is what the commands print, here and now.
# GOLDEN=write puts that into the README.

page=$TOP/README.md

# run <line>: shows the line as it is typed, and what it says.
run () {
	printf '$ %s\n' "$1"
	eval "$1" 2>&1
}

# same_ids: ids of commits depend on every byte of the scratch repository; each
# becomes one that is always the same.
same_ids () {
	perl -pe '
		BEGIN { @ids = map { substr($_ x 8, 0, 40) }
			qw(3f2c91b0d4 b0dd790f44 77aa01f3c2 9a1b2c3d4e c41e77d20b
			   5e0f13a9c8 d20b6e91f7 18c4a05be3) }
		s{\b([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{10}|[0-9a-f]{7})\b}{
			my ($id, $key) = (substr($1, 0, 40), substr($1, 0, 7));
			$new{$key} //= $ids[keys(%new) % @ids];
			substr($new{$key}, 0, length $id)
		}ge'
}

# told <heading> [<language>]: the first block of that language below it (default:
# console), as the README has it.
told () {
	awk -v heading="## $1" -v fence="\`\`\`${2:-console}" '
		$0 == heading { found = 1 }
		found && $0 == fence { inside = 1; next }
		inside && /^```$/ { exit }
		inside { print }' "$page"
}

# write <heading> <file> [<language>]: puts the file there.
write () {
	awk -v heading="## $1" -v text="$2" -v fence="\`\`\`${3:-console}" '
		{ if (!inside) print }
		$0 == heading { found = 1 }
		found && $0 == fence {
			while ((getline line <text) > 0)
				print line
			inside = 1
		}
		inside && /^```$/ { print; inside = found = 0 }
	' "$page" >"$TRASH/page" && cat "$TRASH/page" >"$page"
}

# as_told <heading> <file> [<language>]: they are the same.
as_told () {
	{ [ "${GOLDEN-}" != write ] || write "$@"; } &&
	told "$1" "${3-}" >"$TRASH/told" && test -s "$TRASH/told" &&
	same "$TRASH/told" "$2"
}
