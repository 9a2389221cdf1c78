#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/import.sh <folder>...: imports each folder, such as one with
# post-mortems or records of decisions in a checkout of yours, into a repository
# of its own, and holds what is there then to the source: no line of front matter
# and no byte of a text is lost, `show --raw` gives the same back, `check` has no
# error that the source has not, and a second run adds nothing. Prints counts.
set -u
BUILD=${BUILD:-$(cd "${0%/*}/../.." && pwd)/build}
PATH=$BUILD:$PATH
GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat LC_ALL=C.UTF-8
export PATH GIT_CONFIG_NOSYSTEM GIT_PAGER LC_ALL
[ $# -gt 0 ] || { echo "usage: $0 <folder>..." >&2; exit 129; }

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$scratch
export HOME
git config --global user.name import
git config --global user.email import@example.com

# repository <name>: an empty one; enters it.
repository () {
	rm -rf "${scratch:?}/$1" && git init -q "$scratch/$1" &&
	cd "$scratch/$1" && git commit -q --allow-empty -m start
}

# sources <folder>: each retro and the document that it was made of.
sources () {
	top=$(git -C "$1" rev-parse --show-toplevel 2>/dev/null)
	parent=${top:-$1}
	git retro list --format=json |
	jq -r '.retros[] | [.path, ."imported-from"] | @tsv' |
	while IFS='	' read -r path source
	do
		printf '%s\t%s\n' "$path" "${parent%/*}/$source"
	done
}

# lost: of "retro<tab>source" lines, those whose retro lacks something.
lost () {
	perl -F'\t' -lane 'undef $/;
		my ($r, $s) = map { open(my $f, "<:raw", $_) or die "$_: $!\n"; <$f> } @F;
		$/ = "\n";
		$s =~ s/\A\xEF\xBB\xBF//;
		my ($front, $text) = $s =~
			/\A(\s*---[ \t]*(?:yaml)?\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$\n?)(.*)\z/ms
			? ($1, $2) : ("", $s);
		my $same = !length $text || substr($r, -length $text) eq $text;
		my $new = substr($r, 0, length($r) - length $text);
		my @gone = grep { !/^---/ && index($new, $_) < 0 } split /^/, $front;
		print $F[0] if !$same || @gone'
}

# errors: the rule and file of each error that check finds.
errors () {
	git retro check --format=json |
	jq -r '.diagnostics[] | select(.level == "error") | [.path, .rule] | @tsv' |
	sort -u
}

bad=0
start=$PWD
for folder
do
	folder=$(cd "$start" && cd "$folder" && pwd -P) || { bad=1; continue; }
	repository imported || exit 1
	if ! git retro import "$folder" >"$scratch/table" 2>"$scratch/words"
	then
		echo "$folder: $(head -n 1 "$scratch/words")"
		bad=1
		continue
	fi
	sources "$folder" >"$scratch/pairs"
	lost <"$scratch/pairs" >"$scratch/lost"
	while IFS='	' read -r path source
	do
		git retro show --raw "$path" | cmp -s - "$path" || echo "$path"
	done <"$scratch/pairs" >"$scratch/changed"
	errors >"$scratch/after"
	again=$(git retro import "$folder" | tail -n 1)
	repository plain || exit 1
	while IFS='	' read -r path source
	do
		mkdir -p "$(dirname "$path")" && cp "$source" "$path" || exit 1
	done <"$scratch/pairs"
	errors >"$scratch/before"
	new=$(comm -13 "$scratch/before" "$scratch/after" | wc -l)
	printf '%s: %d retros, %d left out by name; %d lost something, %d came back otherwise; errors: %d in the source, %d new; again: %s\n' \
		"${folder##*/}" "$(wc -l <"$scratch/pairs")" \
		"$(grep -c '^not a retro by its name' "$scratch/table")" \
		"$(wc -l <"$scratch/lost")" "$(wc -l <"$scratch/changed")" \
		"$(wc -l <"$scratch/before")" "$new" "$again"
	cat "$scratch/lost" "$scratch/changed"
	comm -13 "$scratch/before" "$scratch/after"
	case $new-$(cat "$scratch/lost" "$scratch/changed" | wc -l)-$again in
	"0-0-0 retros imported"*) ;;
	*) bad=1 ;;
	esac
done
exit $bad
