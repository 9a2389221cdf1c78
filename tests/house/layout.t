#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The house: which file may include which, and the one door for each library.
. "${0%/*}/../lib/test.sh"

cd "$TOP" || exit 1

# The height of a floor; a file includes only lower floors and its own folder.
floor () {
	case $1 in
	base) echo 1 ;;
	model|git) echo 2 ;;
	tie) echo 3 ;;
	store) echo 4 ;;
	view) echo 5 ;;
	hook) echo 6 ;;
	cmd) echo 7 ;;
	main.c) echo 8 ;;
	*) echo "no such floor: $1" >&2; echo 0 ;;
	esac
}

# includes: "<file> <floor of the included>" of every quoted include.
includes () {
	grep -n '^#include "' src/*.c src/*/*.[ch] |
	sed -E 's|^([^:]*):[0-9]+:#include "([^/"]*)/.*|\1 \2|'
}

order () {
	includes | while read -r file to
	do
		from=${file#src/}
		from=${from%%/*}
		[ "$from" = "$to" ] && continue
		[ "$(floor "$to")" -lt "$(floor "$from")" ] && continue
		echo "$file includes $to/"
	done
}

# doors <header>: the files that include a library's header.
doors () {
	grep -lE "^#include <$1>" src/*.c src/*/*.[ch] | sort | tr '\n' ' '
}

ok 'a file includes only lower floors and its own folder' '
	cd "$TOP" && test -n "$(includes)" &&
	bad=$(order) && { test -z "$bad" || { echo "$bad"; false; }; }
'
ok 'an include names floor and file' '
	cd "$TOP" && ! grep -nE "^#include \"[^/\"]*\"" src/*.c src/*/*.[ch]
'
ok 'libyaml has one door' '
	cd "$TOP" && test "$(doors "yaml\.h")" = "src/model/node.c "
'
ok 'cmark has one door' '
	cd "$TOP" && test "$(doors "cmark\.h")" = "src/model/markdown.c "
'
ok 'jansson has one door' '
	cd "$TOP" && test "$(doors "jansson\.h")" = "src/view/object.h "
'
ok 'utf8proc has one door' '
	cd "$TOP" && test "$(doors "utf8proc\.h")" = "src/base/text.c "
'
ok 'PCRE2 has one door' '
	cd "$TOP" && test "$(doors "pcre2\.h")" = "src/store/pattern.c "
'
ok 'libgit2 stays on its floor' '
	cd "$TOP" &&
	case " $(doors "git2(/.*)?\.h")" in
	*" src/"[!g]*) doors "git2(/.*)?\.h"; false ;;
	*" src/git/"*) ;;
	*) false ;;
	esac
'
ok 'SQLite stays on its floor' '
	cd "$TOP" && test "$(doors "sqlite3\.h")" = "src/store/db.h src/store/db_file.c src/store/db_journal.h "
'
ok 'the hook program uses the C library and its own files alone' '
	cd "$TOP" &&
	test "$(sed -n "s/^#include \"\(.*\)\"/\1/p" src/hook/front.c \
		src/hook/paths.c src/hook/queue.c src/hook/shown.c \
		src/hook/table.c | sort -u | xargs)" = "base/glob.h \
base/share.h hook/paths.h hook/queue.h hook/shown.h hook/table.h" &&
	test "$(sed -n "s/^#include \"\(.*\)\"/\1/p" src/hook/paths.h \
		src/hook/queue.h src/hook/table.h)" = ""
'
ok 'only main.c exits' '
	cd "$TOP" &&
	! grep -nE "(^|[^_a-z])(exit|_exit|abort|quick_exit) ?\(" \
		src/*/*.c | grep -vE "^src/(base/mem|base/proc|hook/front)\.c:"
'
ok 'no function that cannot be used safely' '
	cd "$TOP" && ! grep -nE \
	"(^|[^_a-z0-9])(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|localtime|gmtime|asctime|ctime|system|popen|atoi) ?\(" \
	src/*.c src/*/*.[ch]
'
ok 'every source opens with its licence' '
	cd "$TOP" && ! grep -L "SPDX-License-Identifier: GPL-2.0-only" \
		src/*.c src/*/* tests/*/*.[ct] tests/*/*.sh | grep .
'
ok 'every header compiles alone' '
	cd "$TOP" && for header in src/*/*.h
	do
		echo "#include \"${header#src/}\"" |
		${CC:-cc} -std=c11 -D_GNU_SOURCE -Isrc -Wall -Wextra \
			-fsyntax-only -x c - $(pkg-config --cflags libgit2) ||
		exit 1
	done
'
ok 'every test script can be run' '
	cd "$TOP" && for t in tests/*/*.t
	do
		test -x "$t" || { echo "$t"; exit 1; }
	done
'
ok 'nothing tracked names the workplace' '
	cd "$TOP" && ! git grep -nIE "/(work|roo[t])/" -- . \
		":!tests/house" ":!LICENSE"
'
test_done
