#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/house/figures.pl [<tree>]: the measures of the house: lines in each
# room, how long functions are, static functions that share their name with one
# of another file, and circles of files that include each other. For people:
# nothing is asserted here; layout.t asserts what must hold.
use strict;
use warnings;

my $top = shift // '.';
chdir $top or die "$top: $!\n";

my (%lines, %files, @lengths, %statics, %uses);
for my $path (glob 'src/*.[ch] src/*/*.[ch]') {
	open my $in, '<', $path or die "$path: $!\n";
	my ($room) = $path =~ m{^src/([^/]+)/};
	(my $unit = $path) =~ s{^src/|\.[ch]$}{}g;
	my ($from, $text) = (0, '');
	while (my $line = <$in>) {
		$lines{$room // 'main'}++;
		$text .= $line;
		$from = $. if $line =~ /^\{/;
		push @lengths, $. - $from - 1
			if $from && $line =~ /^\}/ && $path =~ /\.c$/;
		$from = 0 if $line =~ /^\}/;
		$uses{$unit}{$1} = 1
			if $line =~ /^#include "(.*)\.h"/ && $1 ne $unit;
	}
	$files{$room // 'main'}++;
	next unless $path =~ /\.c$/;
	# The name before the first bracket of a static function's head, behind
	# an attribute's.
	while ($text =~ /^static\b([^;={}()]*?)(\w+)\([^;{}]*\)\n\{/mg) {
		$statics{$2}{$path} = 1 if $2 ne uc $2;
	}
}

# The strongly connected parts of the includes, by Tarjan.
my (%index, %low, %on, @stack, @circles);
my $count = 0;
sub visit {
	my $unit = shift;
	$index{$unit} = $low{$unit} = $count++;
	push @stack, $unit;
	$on{$unit} = 1;
	for my $next (sort keys %{ $uses{$unit} }) {
		if (!defined $index{$next}) {
			visit($next);
			$low{$unit} = $low{$next} if $low{$next} < $low{$unit};
		} elsif ($on{$next} && $index{$next} < $low{$unit}) {
			$low{$unit} = $index{$next};
		}
	}
	return if $low{$unit} != $index{$unit};
	my @part;
	do {
		push @part, pop @stack;
		delete $on{ $part[-1] };
	} until $part[-1] eq $unit;
	push @circles, [ sort @part ] if @part > 1;
}
no warnings 'recursion';
defined $index{$_} or visit($_) for sort keys %uses;

@lengths = sort { $a <=> $b } @lengths;
my ($all, $repeated) = (0, 0);
for my $name (keys %statics) {
	my $n = keys %{ $statics{$name} };
	$all += $n;
	$repeated += $n if $n > 1;
}

printf "%-10s %5d lines %4d files\n", $_, $lines{$_}, $files{$_}
	for sort keys %lines;
printf "functions: %d, median %d lines, 90th percentile %d, longest %d\n",
	scalar @lengths, $lengths[@lengths / 2], $lengths[@lengths * 0.9],
	$lengths[-1];
printf "static functions: %d, %d share their name (%.1f %%)\n", $all, $repeated,
	100 * $repeated / $all;
print "circles of includes: ", scalar @circles, "\n";
print "  @$_\n" for @circles;
