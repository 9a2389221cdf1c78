#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Random patterns and options: what git grep prints, `git retro grep` prints.
. "${0%/*}/../lib/test.sh"

patterns=400
[ -z "$sanitized" ] || patterns=100
for seed in 1 2 9
do
	ok "$patterns random patterns are answered as git answers them, seed $seed" '
		mkdir r && cd r && { "$TESTS"/fuzz/grep.pl "$seed" $patterns >out
			result=$?
			cat out
			cd ..
			rm -rf r
			test $result = 0
		}
	'
done
test_done
