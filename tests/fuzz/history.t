#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# grep --history over random histories, held to git grep over all commits.
. "${0%/*}/../lib/test.sh"

# random <seed> <commits>
random () {
	mkdir "h$1" && cd "h$1" &&
	PWD=$(pwd) "$TESTS"/fuzz/history.pl "$1" "$2" >../out 2>../err;
	result=$?; cat ../out ../err; return $result
}

ok '500 commits: the same texts, from the same commits, on the same branches' '
	random 1 500 && grep "^all of it: 500 commits" ../out
'
ok 'and 150 others' '
	random 2 150
'
test_done
