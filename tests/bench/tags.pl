#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tags.pl [<tags>]: writes a history for `git fast-import` with 100,000 tags
# v0.0.0 to v99.99.9, fifty a commit, every other one annotated, and the tags
# that nobody expects: of a blob, of two versions, named like an option.
use strict;
use warnings;

my ($start, $day) = (1500000000, 43200);
my $tags = $ARGV[0] // 100_000;
my $commits = $tags / 50;

print "blob\nmark :1000000\ndata 1\nx\n";
for my $i (1 .. $commits) {
	my $time = $start + $i * $day;
	print "commit refs/heads/main\nmark :$i\n",
		"committer C <c\@example.com> $time +0000\ndata 2\nm\n",
		"M 100644 inline f\ndata ", length $i, "\n$i\n\n";
}
for my $n (0 .. $tags - 1) {
	my $i = 1 + int($n * $commits / $tags);
	my $name = join '.', int($n / 1000), int($n / 10) % 100, $n % 10;
	if ($n % 2) {
		print "reset refs/tags/v$name\nfrom :$i\n\n";
		next;
	}
	print "tag v$name\nfrom :$i\ntagger T <t\@example.com> ",
		$start + $i * $day, " +0000\ndata 0\n\n";
}
print "reset refs/tags/$_\nfrom :$commits\n\n"
	for 'v1.0.0_v2.0.0', '--all', '-v3.0.0';
print "tag v200.0.0\nfrom :1000000\n",
	"tagger T <t\@example.com> $start +0000\ndata 0\n\n";
