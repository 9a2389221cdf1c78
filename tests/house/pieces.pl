#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/house/pieces.pl <source>...: messages that are put together from pieces,
# which other languages put in another order. A line for each: a text with a
# space at its start or end, one without a letter, and one whose placeholder is
# filled with another translated text.
use strict;
use warnings;

my $string = qr/"(?:[^"\\]|\\.)*"/s;

# The arguments of the call that opens at this offset, and where it ends.
sub arguments {
	my ($text, $at) = @_;
	my ($depth, $from, @args) = (0, $at + 1);
	pos($text) = $at;
	while ($text =~ /\G($string|'(?:[^'\\]|\\.)+'|.)/gs) {
		my $token = $1;
		$depth++ if $token eq '(' || $token eq '{';
		$depth-- if $token eq ')' || $token eq '}';
		if (!$depth || ($depth == 1 && $token eq ',')) {
			push @args, substr($text, $from, pos($text) - 1 - $from);
			$from = pos($text);
		}
		return @args if !$depth;
	}
	return ();
}

# An argument without what it hands to other functions.
sub own {
	my $text = shift;
	while ($text =~ /\b(?!(?:[NQC]?_)\()\w+(\()/g) {
		my ($from, $open) = ($-[0], $-[1]);
		my $end = $open + 2 + length join ',', arguments($text, $open);
		substr($text, $from, $end - $from) = '';
		pos($text) = 0;
	}
	return $text;
}

sub words {
	my $text = shift;
	return join '', map { s/^"|"$//gr } $text =~ /$string/g;
}

for my $path (@ARGV) {
	open my $in, '<', $path or die "$path: $!\n";
	my $text = do { local $/; <$in> };
	# The same length without comments, and without brackets in strings.
	$text =~ s{($string|'(?:[^'\\]|\\.)+')|(/\*.*?\*/)}
		{defined $1 ? $1 =~ s/_\(/_ /gr : $2 =~ s/[^\n]/ /gr}gse;
	while ($text =~ /\b([NQC]?_)\(/g) {
		my ($wrapper, $at) = ($1, $+[0] - 1);
		my @args = arguments($text, $at);
		shift @args if $wrapper eq 'C_';
		for my $said (grep { $_ ne '' } map { words($_) } @args) {
			# A line that is set in, and the end of a question, are
			# whole.
			print "$path: '$said' begins or ends with a space\n"
				if $said =~ /^ | $/ &&
				$said !~ /^ +\S.*(\\n|\))$|^\S.*[:?\]] $/s;
		}
	}
	while ($text =~ /\b((?:buf_v?addf|arena_printf|err_\w+|diag_add|f?printf))\(/g) {
		my $at = $+[0] - 1;
		my @args = map { own($_) } arguments($text, $at);
		my ($format) = grep { $args[$_] =~ /\b[QC]?_\(/ } 0 .. $#args;
		next if !defined $format;
		my $said = words($args[$format]);
		# What follows a colon at the end is a sentence of its own.
		my @fillers = @args[$format + 1 .. $#args];
		pop @fillers if $said =~ /: %s(\\n)?$/;
		next if $said !~ /%[^%]*s/;
		print "$path: '$said' is filled with a text\n"
			if grep { /\b[NQC]?_\(/ } @fillers;
	}
}
