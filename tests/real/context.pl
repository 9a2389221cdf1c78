#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/context.pl <repository> [<count> [<seed>]]: what `git retro
# context` would have said. Takes commits of a real history that were reverted
# later, or named by a `Fixes:`, writes a retro for each that is tied to cause
# and fix, and asks `context --commit` for the next 500 commits behind the fix.
# What is said is printed as lines of tabs: fix, commit, path, line; what
# it comes to is on stderr. Nothing is changed in the repository.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

die "usage: context.pl <repository> [<count> [<seed>]]\n" unless @ARGV;
my ($repo, $count, $seed) = (abs_path($ARGV[0]), $ARGV[1] // 40, $ARGV[2] // 1);
my $build = abs_path($ENV{BUILD} // dirname($0) . '/../../build');
$ENV{PATH} = "$build:$ENV{PATH}";
srand($seed);

my $dir = tempdir('retro-context.XXXXXX', TMPDIR => 1, CLEANUP => 1);
system('git', 'clone', '-q', '--shared', '--no-checkout', $repo, $dir) == 0 or die;
chdir $dir or die;
my $tip = `git rev-parse HEAD`;
chomp $tip;
mkdir 'retros';

sub lines { open my $in, '-|', 'git', @_ or die; my @l = <$in>; chomp @l; return @l }

# All fixes, each with the commit that it names.
my @pairs;
{
	local $/ = "\0";
	open my $log, '-|', 'git', 'log', '-z', '--no-merges', '-E',
		'--grep=This reverts commit', '--grep=^Fixes: [0-9a-f]{7,}', '--format=%H %B', $tip or die;
	while (<$log>) {
		my ($fix) = /^([0-9a-f]{40}) /;
		push @pairs, [$1, $fix] if /^This reverts commit ([0-9a-f]{7,40})/m || /^Fixes: ([0-9a-f]{7,40})\b/m;
	}
}
for my $i (reverse 1 .. $#pairs) {
	my $j = int rand($i + 1);
	@pairs[$i, $j] = @pairs[$j, $i];
}

my ($retros, $asked, $touching, $said, $named, $named_said, $silent) = (0) x 7;
for my $pair (@pairs) {
	last if $retros == $count;
	my ($cause, $fix) = @$pair;
	my ($id) = lines('rev-parse', '-q', '--verify', "$cause^{commit}");
	next unless $id && system("git merge-base --is-ancestor $id $fix") == 0;
	my @next = lines('rev-list', '--no-merges', '--reverse', "$fix..$tip");
	next if @next < 500;
	$#next = 499;
	$retros++;
	open my $out, '>', 'retros/r.md' or die;
	print $out "---\nid: r\ntitle: T\ndate: 2026-01-05\nstatus: final\n",
		"commits: {cause: [$id], fix: [$fix]}\n---\n\n## Pitfalls\n\n- It came back.\n";
	close $out;
	# Only those that touch a file of the two can be answered: the others
	# are not asked.
	my %files = map { $_ => 1 } lines('diff-tree', '-r', '--no-commit-id', '--name-only', '--root', $id),
		lines('diff-tree', '-r', '--no-commit-id', '--name-only', $fix);
	my (%messages, %touched);
	{
		local $/ = "\0";
		open my $in, '-|', 'git', 'log', '-z', '--no-walk=unsorted', '--format=%H %B', @next or die;
		/^([0-9a-f]{40}) (.*)/s and $messages{$1} = $2 while <$in>;
	}
	my $current;
	for (lines('log', '--no-walk=unsorted', '--no-renames', '--name-only', '--format=@%H', @next)) {
		if (/^@([0-9a-f]{40})$/) { $current = $1 } elsif ($files{$_}) { $touched{$current}++ }
	}
	my $before = $said;
	for my $commit (@next) {
		$asked++;
		my $message = $messages{$commit};
		my $names = $message =~ /\b(?:@{[substr $id, 0, 10]}|@{[substr $fix, 0, 10]})/;
		$named += $names ? 1 : 0;
		next unless $touched{$commit};
		$touching++;
		system('git', 'update-ref', '--no-deref', 'HEAD', $commit) == 0 or die;
		my @answer = lines('retro', 'context', '--commit', $commit);
		my @why = grep { /changed this place/ } @answer;
		next unless @why;
		$said++;
		$named_said += $names ? 1 : 0;
		my ($path, $line) = $why[0] =~ /^ +(\S+)  .* changed this place[^:]*: (.*)/;
		print join("\t", substr($fix, 0, 10), substr($commit, 0, 10), $path, $line), "\n";
	}
	$silent++ if $before == $said;
}
printf STDERR "%d retros, %d commits behind their fixes: %d touch a file of cause or fix, "
	. "%d are told of it; %d retros say nothing; %d name the cause or the fix, %d of them are told\n",
	$retros, $asked, $touching, $said, $silent, $named, $named_said;
