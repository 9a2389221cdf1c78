#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The house: which file may include which, and the one door for each library.
. "${0%/*}/../lib/test.sh"

cd "$TOP" || exit 1

# The floors from the ground up; rooms on one floor do not know each other.
FLOORS="base
front model git
lineage capture merge
index
corpus
search grep
report
view
agent site exchange
hook
many mcp
cmd
main.c"

# includes: "<file> <room of the included>" of every quoted include.
includes () {
	grep -n '^#include "' src/*.c src/*/*.[ch] |
	sed -E 's|^([^:]*):[0-9]+:#include "([^/"]*)/.*|\1 \2|'
}

# order: the includes that do not lead down; a room without a floor leads
# nowhere.
order () {
	includes | sort -u | FLOORS=$FLOORS awk '
		BEGIN {
			n = split(ENVIRON["FLOORS"], floors, "\n")
			for (i = 1; i <= n; i++) {
				m = split(floors[i], rooms, " ")
				for (j = 1; j <= m; j++)
					height[rooms[j]] = i
			}
		}
		{
			split($1, part, "/")
			from = part[2]
			if (from != $2 && !(height[from] && height[$2] &&
			    height[$2] < height[from]))
				print $1 " includes " $2 "/"
		}'
}

# circles: files (a .c and its .h are one) that include each other, directly
# or over others.
circles () {
	grep -E '^#include "' src/*/*.[ch] |
	sed -E 's|^src/([^:]*)\.[ch]:#include "(.*)\.h"|\1 \2|' |
	awk '$1 != $2' | sort -u | tsort 2>&1 >"$TRASH/.order" |
	sed -n 's/^tsort: //p'
}

# tags: each struct, union or enum tag that two headers define.
tags () {
	grep -hoE '^[[:space:]]*(struct|union|enum) [a-z_0-9]+ \{' \
		src/*/*.h | sed -E 's/^[[:space:]]*//' | sort | uniq -d
}

# doors <header>: the files that include a library's header.
doors () {
	grep -lE "^#include <$1>" src/*.c src/*/*.[ch] | sort | tr '\n' ' '
}

ok 'a file includes only lower floors and its own folder' '
	cd "$TOP" && test -n "$(includes)" &&
	bad=$(order) && { test -z "$bad" || { echo "$bad"; false; }; }
'
ok 'no circle of files' '
	cd "$TOP" && bad=$(circles) && test -s "$TRASH/.order" &&
	{ test -z "$bad" || { echo "$bad"; false; }; }
'
ok 'no tag in two headers' '
	cd "$TOP" && bad=$(tags) && { test -z "$bad" || { echo "$bad"; false; }; }
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
	cd "$TOP" && test "$(doors "jansson\.h")" = "src/base/json.h "
'
ok 'utf8proc has one door' '
	cd "$TOP" && test "$(doors "utf8proc\.h")" = "src/base/text.c src/base/unseen.c "
'
ok 'PCRE2 has one door' '
	cd "$TOP" && test "$(doors "pcre2\.h")" = "src/grep/pattern.c "
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
	cd "$TOP" && test "$(doors "sqlite3\.h")" = "src/index/db.h src/index/db_copy.c src/index/db_file.c src/index/db_journal.h "
'
ok 'the hook program uses the C library and a few files of base/ alone' '
	cd "$TOP" && test "$(grep -hoE "^#include \"[^\"]*\"" src/front/*.[ch] |
		grep -v "\"front/" | sort -u | xargs)" = "\
#include base/glob.h #include base/group_write.h #include base/hash.h \
#include base/line.h #include base/opener.h #include base/retro_name.h \
#include base/version.h #include base/work.h" && test "$(grep -hoE "^#include \"[^\"]*\"" \
		src/base/glob.c src/base/group_write.c src/base/opener.c \
		src/base/retro_name.c src/base/version.c src/base/work.c | sort -u | xargs)" = "\
#include base/attr.h #include base/glob.h #include base/group_write.h \
#include base/opener.h #include base/retro_name.h #include base/version.h \
#include base/work.h"
'
ok 'only main.c exits' '
	cd "$TOP" &&
	! grep -nE "(^|[^_a-z])(exit|_exit|abort|quick_exit) ?\(" \
		src/*/*.c | grep -vE "^src/(base/mem|base/proc|front/front)\.c:"
'
ok 'only base/opener.c opens, makes, renames and removes by name' '
	cd "$TOP" && ! grep -nE \
	"(^|[^_a-z0-9>.])(open|open64|openat|creat|fopen|freopen|opendir|rename|renameat|renameat2|link|linkat|symlink|symlinkat|unlink|unlinkat|rmdir|remove|mkdir|mkdirat|realpath|mkstemp|mkostemp|stat|lstat|fstatat|access|faccessat|chmod|chown|truncate) ?\(" \
		src/*.c src/*/*.[ch] | grep -vE "^src/base/(opener|group_write)\.c:|^[^:]*:[0-9]+:[[:space:]]*(/?\*|\*)"
'
ok 'no function that cannot be used safely' '
	cd "$TOP" && ! grep -nE \
	"(^|[^_a-z0-9])(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|localtime|gmtime|asctime|ctime|system|popen|atoi) ?\(" \
	src/*.c src/*/*.[ch]
'
ok 'every source opens with its licence' '
	cd "$TOP" && ! grep -L "SPDX-License-Identifier: GPL-2.0-only" \
		$(find src -type f ! -path "src/packaging/debian/*") \
		tests/*/*.[ct] tests/*/*.sh | grep .
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
ok 'nothing tracked names the host of a package registry' '
	cd "$TOP" && ! git grep -nIE \
	"(deb|security|ports|archive)[.](debian|ubuntu)[.]|npmjs[.]|pypi[.]org|pythonhoste[d]|crates[.]io|proxy[.]golang|rubygems[.]" \
		-- . ":!LICENSE"
'
ok 'nothing tracked names the workplace' '
	cd "$TOP" && ! git grep -nIE "/(work|roo[t])/" -- . \
		":!tests/house" ":!LICENSE"
'
ok 'static functions say what they are about: of two hundred at most one shares its name' '
	perl "$TESTS/house/figures.pl" "$TOP" >out && cat out &&
	awk "/^static functions/ { few = \$4 * 200 <= \$3 } END { exit !few }" out
'
test_done
