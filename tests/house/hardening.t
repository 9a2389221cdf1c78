#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the compiler and the linker are asked for, read back from the programs.
. "${0%/*}/../lib/test.sh"

main=$BUILD/git-retro hook=$BUILD/git-retro-hook
if [ -n "$sanitized" ]
then
	skip 'hardened programs' 'the sanitizers have their own checks'
	test_done
fi
dynamic () { readelf -dW "$1"; }

ok 'position independent, and the stack holds no code' '
	for program in "$main" "$hook"
	do
		readelf -hW "$program" | grep -q "Type: *DYN" &&
		readelf -lW "$program" | grep GNU_STACK | grep -q "RW " &&
		readelf -lW "$program" | grep -q GNU_RELRO || exit 1
	done
'
ok 'what is linked is bound at once and then read only' '
	for program in "$main" "$hook"
	do
		readelf -dW "$program" | grep -qE "BIND_NOW|FLAGS_1.* NOW" ||
			exit 1
	done
'
ok 'the hook program needs no library' '
	! readelf -dW "$hook" | grep NEEDED
'
ok 'stacks have a guard, and copies know their sizes' '
	readelf -sW "$main" | grep -q __stack_chk_fail &&
	readelf -sW "$main" | grep -qE "__(memcpy|snprintf|vsnprintf|read|printf|fprintf)_chk" &&
	nm "$hook" | grep -q __stack_chk_fail
'
ok 'each source was compiled so' '
	for object in "$BUILD"/base/opener.o "$BUILD"/model/section.o \
		"$BUILD"/front/front.o
	do
		readelf --debug-dump=info "$object" 2>/dev/null |
			grep -m 1 DW_AT_producer >producer || exit 1
		for flag in -fstack-protector-strong -fstack-clash-protection
		do
			has producer "$flag" || exit 1
		done
		case $(uname -m) in x86_64) has producer -fcf-protection ;; esac ||
			exit 1
	done
'
test_done
