#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/house/unsaid.pl <source>...: errors and hints that no catalog can
# translate, because nothing wraps their text. A line for each; what is to be
# typed (git ..., gh ...) is the same in every language.
use strict;
use warnings;

my $string = qr/"(?:[^"\\]|\\.)*"/s;

for my $path (@ARGV) {
	open my $in, '<', $path or die "$path: $!\n";
	my $text = do { local $/; <$in> };
	$text =~ s{($string)|/\*.*?\*/}{defined $1 ? $1 : ' '}gse;
	while ($text =~ /\berr_(?:new|hint|errno|context)\((.*?);/gs) {
		my $call = $1;
		$call =~ s/\b[NQC]?_\(\s*(?:$string[\s,]*)+//g;
		while ($call =~ /((?:$string\s*)+)/g) {
			my $said = join '', map { s/^"|"$//gr } $1 =~ /$string/g;
			print "$path: $said\n"
				if $said =~ /[a-z]+ [a-z]+/i &&
				$said !~ /^(?:git|gh|glab) /;
		}
	}
}
