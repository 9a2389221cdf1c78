#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# late.sh <libgit2.so> <source>...: a header with a pointer for each function of
# libgit2 that the sources call, and a name that goes through it
# (git/libgit2.h).
set -eu
library=$1
shift

{
	cat "$@" | grep -oE 'git_[a-z0-9_]+' | sort -u | sed 's/$/ called/'
	nm -D --defined-only "$library"
} | awk '
	$2 == "called" { called[$1] }
	$2 == "T" && $3 in called { names[++nr] = $3 }
	END {
		if (!nr)
			exit 1
		print "/* Made by src/git/late.sh. */"
		printf "#define LATE_NAMES"
		for (i = 1; i <= nr; i++)
			printf " \\\n\t\"%s\",", names[i]
		print "\n\nstruct libgit2 {"
		for (i = 1; i <= nr; i++)
			printf "\t__typeof__(%s) *%s;\n", names[i], names[i]
		print "};\nextern struct libgit2 libgit2;\n"
		for (i = 1; i <= nr; i++)
			printf "#define %s libgit2.%s\n", names[i], names[i]
	}'
