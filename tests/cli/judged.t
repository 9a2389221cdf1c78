#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What was judged by people (tests/judged): how much of it is right.
. "${0%/*}/../lib/test.sh"

# blame <list> <half>: 90 % of what is called blame is, and half of what is blame
# is called so.
blame () {
	perl "$TESTS/judged/blame.pl" --half "$2" "$TESTS/judged/$1" >out &&
	perl -ne 'if (/precision (\d+) of (\d+).*recall (\d+) of (\d+)/) {
			exit !($2 && $1 >= 0.9 * $2 && $3 >= 0.5 * $4)
		}' <<-EOF || { cat out; false; }
	$(tail -n 1 out)
	EOF
}

for language in en zh
do
	ok "blame is seldom called so wrongly: $language" "
		test \$(grep -c '^[+-] ' '$TESTS/judged/blame.$language') -ge 150 &&
		blame blame.$language tune && blame blame.$language held
	"

	for list in wide last unseen final sixth
	do
		ok "and on what was written since: $list.$language" "
			blame $list.$language all
		"
	done
done

test_done
