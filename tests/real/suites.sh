#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/suites.sh <yaml-test-suite> <commonmark-spec>: the cases of the
# YAML test suite (a repository with its branch `data`, or a folder with
# */in.yaml) through the reader of front matter, and the examples of CommonMark
# (a repository or a folder with spec.txt) through that of bodies, each held to
# the library's own answer. Build it first: make build/tests/suites; with
# sanitizers, make sanitize and BUILD=build/sanitize.
set -eu
tests=$(cd "${0%/*}/.." && pwd)
BUILD=${BUILD:-${tests%/*}/build}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-suites.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/yaml" "$scratch/markdown"

if [ -d "$1/objects" ]
then
	git -C "$1" archive data | tar -x -C "$scratch/yaml"
else
	cp -R "$1/." "$scratch/yaml"
fi
if [ -d "$2/objects" ]
then
	git -C "$2" show HEAD:spec.txt >"$scratch/spec.txt"
else
	cp "$2/spec.txt" "$scratch/spec.txt"
fi
perl -CSD -e '
	my ($dir, $nr, $in) = (shift, 0);
	while (<>) {
		if (/^`{32} example/) {
			$in = "";
		} elsif (defined $in && /^\.$/) {
			$in =~ tr/\x{2192}/\t/;
			open my $out, ">:utf8", sprintf "%s/%04d.md", $dir, ++$nr;
			print $out $in;
			undef $in;
		} elsif (defined $in) {
			$in .= $_;
		}
	}
' "$scratch/markdown" "$scratch/spec.txt"
result=0
find "$scratch/yaml" -name in.yaml -print0 | LC_ALL=C sort -z |
xargs -0 "$BUILD/tests/suites" yaml || result=1
find "$scratch/markdown" -name '*.md' -print0 | LC_ALL=C sort -z |
xargs -0 "$BUILD/tests/suites" markdown || result=1
exit $result
