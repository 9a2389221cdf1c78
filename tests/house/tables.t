#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# tests/at-home.md names only tests that there are.
. "${0%/*}/../lib/test.sh"

# A title that a script makes from a tool's name is sought by what follows it.
ok 'each test that the tables name is there' '
	sed -nE "s/^.*\| \`([a-z-]+\/[a-z-]+\.t)\`: (.*) \|$/\1	\2/p" \
		"$TESTS/at-home.md" >named && test "$(wc -l <named)" -gt 100 &&
	while IFS="	" read -r file title
	do
		grep -F "'\''$title'\'' '\''" "$TESTS/$file" |
			grep -q "^ *	*ok[a-z0-9_]* " ||
		grep -qF ": ${title#*: }\" " "$TESTS/$file" ||
		{ echo "not in $file: $title"; touch missing; }
	done <named && test ! -e missing
'
ok 'each row of the tables names one' '
	! grep "^|" "$TESTS/at-home.md" | grep -vE "^\|(---|.* test \|$)" |
	grep -vE "\`[a-z-]+/[a-z-]+\.t\`: .* \|$"
'
# without <words> <file>: the titles of the tests in which none of them is.
without () {
	awk -v words="$1" "
		/^ok[a-z0-9_]* / { tell(); title = \$0; found = 0 }
		\$0 ~ words { found = 1 }
		function tell() { if (title != \"\" && !found) print title }
		END { tell() }
	" "$TESTS/$2"
}
ok 'the commands are run in each shape of a history, of refs and of an index' '
	{ without "all_commands|every_of" shape/history.t
		without all_commands shape/refs.t | grep -v 100,000
		without "every_of|staged" shape/index.t; } >out &&
	test_empty out && without nowhere shape/index.t >out && test "$(wc -l <out)" -gt 9
'
test_done
