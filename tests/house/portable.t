#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Nothing in the sources needs glibc: musl compiles all of them, and links the
# program that git starts first.
. "${0%/*}/../lib/test.sh"

# musl's headers first; those of the libraries and of the kernel behind them.
musl () {
	musl-gcc -std=c11 -D_GNU_SOURCE -DVERSION='""' -DLINKED='""' -Isrc \
		-idirafter /usr/include \
		-idirafter "/usr/include/$(gcc -print-multiarch)" \
		-Wall -Wextra -Werror=implicit-function-declaration "$@"
}

if command -v musl-gcc >/dev/null
then
	ok 'the hook program: linked, and it runs' '
		cd "$TOP" && musl -O1 -static -o "$TRASH/hook" \
			$(make -s front-sources) && "$TRASH/hook" </dev/null
	'
	ok 'every other source compiles' '
		cd "$TOP" && for source in src/*.c src/*/*.c
		do
			case $source in
			src/front/* | src/git/offline.c) continue ;;
			esac
			musl -fsyntax-only "$source" || exit 1
		done
	'
else
	skip 'the hook program: linked, and it runs' 'no musl-gcc'
	skip 'every other source compiles' 'no musl-gcc'
fi
test_done
