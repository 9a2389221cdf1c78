#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `list` and `status` on 1,000 retros, warm, against `git grep -l '^status:'`
# in the work tree. Checks first that both see the same retros. Medians of whole
# processes in milliseconds. Needs hyperfine.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1
export PATH GIT_CONFIG_NOSYSTEM
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
git init -q . && git config user.name B && git config user.email b@example.com
"$here/corpus.pl" retros "${COUNT:-1000}" 1
git add . && git commit -q -m corpus
git retro list --format=tsv | tail -n +2 | cut -f6 | sort >ours
git grep -l '^status:' -- retros | sort >theirs
cmp ours theirs || { echo "bench: the answers differ" >&2; exit 1; }

hyperfine -N -w 5 -r "${RUNS:-40}" -i --export-csv csv "git-retro list" \
	"git-retro status" "git grep -l ^status:" >/dev/null 2>&1
awk -F, -v n="${COUNT:-1000}" '
	NR > 1 { name[NR] = $1; ms[NR] = $(NF - 4) * 1000 }
	END {
		printf "%d retros, warm (median ms)%16s%8s\n", n, "ms", "ratio"
		for (i = 2; i <= NR; i++)
			printf "  %-36s %8.1f %7.2f\n", name[i], ms[i],
				ms[i] / ms[NR]
	}' csv
