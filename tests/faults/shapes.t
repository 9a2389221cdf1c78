#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Some of the shapes of shapes.pl, a megabyte each, through the commands and
# hooks of shapes.sh: those that gave way once, and a product of two sizes. All
# of them, with every command: SHAPES=all tests/faults/shapes.sh
. "${0%/*}/../lib/test.sh"

# Sanitizers take their own share; a slow machine has its time.
bounds="SECONDS_MAX=20 MEGABYTES_MAX=500"
! nm "$BUILD/git-retro" 2>/dev/null | grep -q __asan_init ||
	bounds="SECONDS_MAX=600 MEGABYTES_MAX=8000"

for shape in all-sections pitfalls tables plain-actions tag-patterns \
	open-comments
do
	ok "a megabyte: $shape" "
		env $bounds '$TESTS/faults/shapes.sh' 1000000 $shape
	"
done
ok 'there are sixty shapes and more, each with a name of its own' '
	"$TESTS/faults/shapes.pl" >names && test "$(wc -l <names)" -ge 60 &&
	test -z "$(sort names | uniq -d)"
'
test_done
