#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# suggest.pl <repository> <seed> <fixes>: holds `git retro link
# --suggest --fix` on a real repository to fixes whose messages name their
# cause: how often one of those is the first suggestion, or among three; with
# the message, and with it hidden (a commit of the same tree and parent).
use strict;
use warnings;
use JSON::PP;
use Time::HiRes 'time';

my ($repo, $seed, $count) = @ARGV;
die "usage: suggest.pl <repository> <seed> <fixes>\n" unless $count;
chdir $repo or die "$repo: $!\n";
srand $seed;
$ENV{"GIT_$_"} = 'x' for qw(AUTHOR_NAME AUTHOR_EMAIL COMMITTER_NAME COMMITTER_EMAIL);

my $id = qr/\b[0-9a-f]{7,40}\b/;
my @fixes;
open(my $log, '-|', 'git', 'log', '-z', '--no-merges', '--format=%H%x01%B') or die;
{
	local $/ = "\0";
	while (my $record = <$log>) {
		chomp $record;
		my ($commit, $text) = split /\x01/, $record, 2;
		my %named;
		$named{$_} = 1 for $text =~ /^(?:fixes|follow(?:ed)?[- ]?up (?:to|for))\s*:?\s*(?:commit\s+)?($id)/gim,
			$text =~ /\b(?:introduced|caused|broken|regressed) (?:by|in|with|since)\s+(?:the\s+)?(?:commit\s+)?($id)/gi,
			$text =~ /\b(?:regression|bisected) (?:from|in|of|to|since)\s+(?:commit\s+)?($id)/gi;
		delete $named{$_} for grep { !/\d/ || !/[a-f]/ } keys %named;
		push @fixes, [$commit, keys %named] if %named;
	}
}
close $log;
my $all = @fixes;
my (%n, @times);
while (@fixes && ($n{fixes} // 0) < $count) {
	my ($fix, @names) = @{ splice @fixes, rand @fixes, 1 };
	my %cause;
	for (@names) {
		my $full = qx{git rev-parse --verify -q $_^{commit} 2>/dev/null};
		chomp $full;
		$cause{$full} = 1 if $full
			&& !system("git merge-base --is-ancestor $full $fix");
	}
	next unless %cause;
	my $hidden = qx{echo hidden | git commit-tree -p $fix^ $fix^{tree}};
	chomp $hidden;
	$n{fixes}++;
	for ([$fix, ''], [$hidden, 'hidden, ']) {
		my ($commit, $label) = @$_;
		my $start = time;
		my $json = qx{git retro link --suggest --fix $commit --format=json 2>/dev/null};
		push @times, time - $start;
		my @found = map { $_->{commit} } @{ decode_json($json || '{"suggestions":[]}')->{suggestions} };
		my @three = splice @found, 0, 3;
		$n{"${label}first"}++ if @three && $cause{$three[0]};
		$n{"${label}three"}++ if grep { $cause{$_} } @three;
		print "$fix: not @{[keys %cause]} but @three\n" if !$label
			&& !(@three && $cause{$three[0]});
	}
}
@times = sort { $a <=> $b } @times;
printf "%d of %d fixes that name their cause: first %.1f %%, three %.1f %%; hidden: first %.1f %%, three %.1f %%; %.2f s median, %.2f s most\n",
	$n{fixes}, $all, map({ 100 * ($n{$_} // 0) / $n{fixes} } 'first', 'three', 'hidden, first', 'hidden, three'),
	$times[@times / 2], $times[-1];
