#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# embed.sh <file>...: the C source of embed_table (base/embed.h), with the
# files' bytes, sorted by name.
set -eu
export LC_ALL=C

printf '/* written by base/embed.sh */\n#include "base/embed.h"\n'
files=$(printf '%s\n' "$@" | sort)
nr=0
for file in $files
do
	printf 'static const char bytes_%d[] = {\n' "$nr"
	od -An -v -tu1 "$file" |
	sed -e 's/[0-9][0-9]*/(char)&,/g' -e 's/  */ /g'
	printf '0 };\n'
	nr=$((nr + 1))
done
printf 'const struct embed embed_table[] = {\n'
nr=0
for file in $files
do
	printf '\t{ "%s", bytes_%d, sizeof(bytes_%d) - 1 },\n' \
		"$file" "$nr" "$nr"
	nr=$((nr + 1))
done
printf '};\nconst size_t embed_count = %d;\n' "$nr"
