#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# releases.pl <commits> <tags> <branches> <seed>: writes a history for `git
# fast-import`: a main line with topic branches that are merged, tags spread
# over it, and release branches that fork from it and carry picks of what came
# later, half of them with a trailer.
use strict;
use warnings;

my ($commits, $tags, $branches, $seed) = @ARGV;
die "usage: releases.pl <commits> <tags> <branches> <seed>\n" unless $seed;
srand $seed;

my ($mark, $time, $tip, $topic) = (0, 1600000000, 0, 0);
my @changes;    # of the main line: mark, file, text

sub data {
	my ($text) = @_;
	return 'data ' . length($text) . "\n$text\n";
}

# A commit that changes one of 2,000 files.
sub commit {
	my ($ref, $from, $merge, $message, $file, $text) = @_;
	$mark++;
	$time += 60 + int rand 600;
	print "commit refs/heads/$ref\nmark :$mark\n",
		"committer A <a\@example.com> $time +0000\n", data($message);
	print "from :$from\n" if $from;
	print "merge :$merge\n" if $merge;
	print "M 100644 inline $file\n", data($text) if $file;
	print "\n";
	return $mark;
}

sub change {
	my $n = int rand 2000;
	return (sprintf('src/d%d/f%d.c', $n % 40, $n),
		join('', map { "line $_ of " . int(rand 1000) . "\n" } 1 .. 12));
}

my $own = int($commits / 40 / ($branches || 1));
my $main = $commits - $own * $branches;
my @forks = map { int($main * (0.3 + 0.65 * $_ / ($branches || 1))) }
	1 .. $branches;
my %fork;
for my $i (1 .. $main) {
	my ($file, $text) = change();
	if (rand() < 0.2) {
		$topic = commit('topic', $tip, 0, "Topic $i", $file, $text);
		push @changes, [$topic, $file, $text];
		$tip = commit('main', $tip, $topic, "Merge topic $i");
	} else {
		$tip = commit('main', $tip, 0, "Change $i", $file, $text);
		push @changes, [$tip, $file, $text];
	}
	if ($i % int($main / $tags + 1) == 0) {
		my $n = int($i / int($main / $tags + 1));
		print "tag v$n.0\nfrom :$tip\n",
			"tagger A <a\@example.com> $time +0000\n", data('t');
	}
	for my $b (0 .. $#forks) {
		$fork{$b} = [$tip, scalar @changes] if $forks[$b] == $i;
	}
}
for my $b (sort { $a <=> $b } keys %fork) {
	my ($at, $seen) = @{ $fork{$b} };
	for my $i (1 .. $own) {
		my ($file, $text) = change();
		if ($seen < @changes && rand() < 0.6) {
			my $pick = $changes[$seen + int rand(@changes - $seen)];
			($file, $text) = @$pick[1, 2];
		}
		$at = commit("release/$b", $at, 0, "Release $b, $i", $file,
			$text);
	}
}
