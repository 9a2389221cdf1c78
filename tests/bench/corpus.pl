#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# corpus.pl <folder> <count> [<seed>]: writes that many retros, in English and
# Chinese, with front matter, pitfalls and actions. The same seed gives the
# same bytes. Words are drawn by Zipf's law, so that some are frequent and many
# are rare.
use strict;
use warnings;

my ($folder, $count, $seed) = @ARGV;
die "usage: corpus.pl <folder> <count> [<seed>]\n" unless $count;
srand($seed // 1);
binmode STDOUT, ':utf8';

my @common = qw(the a of to in was and it that we for on not with is this
	data model deploy release test label train version config drift loader
	metric cache queue timeout rollback pipeline feature dependency driver
	batch memory table schema alert review index window threshold sample);
my @zh = map { chr } 0x4e00 + 100 .. 0x4e00 + 2100;
my @rare = map { my $n = $_; join '', map { chr(97 + ($n >> 4 * $_ & 15)) }
	0 .. 4 } 1 .. 20000;
my @kinds = qw(release incident experiment deployment project);
my @status = qw(draft review final final final);

sub zipf { my $n = shift; return int($n ** rand() - 1) }
sub word { return rand() < 0.7 ? $common[zipf(scalar @common)]
	: $rare[zipf(scalar @rare)] }
sub english { return join ' ', map { word() } 1 .. 6 + int rand 18 }
sub chinese { return join '', map { $zh[zipf(scalar @zh)] } 1 .. 8 + int rand 30 }

mkdir $folder;
for my $i (1 .. $count) {
	my $day = sprintf '20%02d-%02d-%02d', 16 + int rand 10,
		1 + int rand 12, 1 + int rand 28;
	my $chinese = rand() < 0.3;
	my $text = $chinese ? \&chinese : \&english;
	my @h = $chinese ? qw(概述 难点 解决方案 踩过的坑 可以优化的地方 行动项)
		: ('Summary', 'What was hard', 'How we solved it', 'Pitfalls',
		   'What to improve', 'Actions');
	my $title = $text->();
	open my $fh, '>:utf8', "$folder/$day-r$i.md" or die "$folder: $!\n";
	utf8::decode($_) for @h;
	print $fh <<"EOF";
---
id: $day-r$i
title: "$title"
date: $day
status: $status[rand @status]
kind: $kinds[rand @kinds]
authors: [Person @{[int rand 40]} <p\@example.com>]
labels: [$common[16 + rand 20], $common[16 + rand 20]]
releases: [v@{[int rand 9]}.@{[int rand 40]}.0]
paths: ["src/$rare[rand 500]/**"]
---

# $title

EOF
	for my $h (@h[0 .. 2]) {
		print $fh "## $h\n\n", $text->(), "\n", $text->(), "\n\n";
	}
	print $fh "## $h[3]\n\n";
	print $fh "- ", $text->(), " `src/$rare[rand 500]/f$_.c`\n"
		for 1 .. 1 + int rand 5;
	print $fh "\n## $h[4]\n\n", $text->(), "\n\n## $h[5]\n\n";
	print $fh "- [", (rand() < 0.5 ? 'x' : ' '), "] A$_: ", $text->(),
		" \@ann due:2026-0", 1 + int rand 9, "-15\n"
		for 1 .. 1 + int rand 3;
}
