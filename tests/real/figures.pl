#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# figures.pl <repository> [<seed> [<count>]]: drafts retros over ranges picked
# by the seed in a scratch clone, and compares what each draft says with
# git log, git shortlog and git diff --numstat. Reverts are counted a second
# time here, from the messages. Exits 1 if anything differs.
use strict;
use warnings;
use File::Temp qw(tempdir);

die "usage: figures.pl <repository> [<seed> [<count>]]\n" unless @ARGV;
my ($repo, $seed, $count) = ($ARGV[0], $ARGV[1] // 1, $ARGV[2] // 10);
srand($seed);

my $scratch = tempdir(CLEANUP => 1);
$ENV{GIT_EDITOR} = ':';
system('git', 'clone', '--quiet', '--no-checkout', '--shared', $repo,
       "$scratch/clone") == 0 or die "cannot clone $repo\n";
chdir "$scratch/clone" or die;
system('git', 'config', 'user.name', 'Figures');
system('git', 'config', 'user.email', 'figures@example.com');

sub lines { open my $fh, '-|', @_ or die; my @l = <$fh>; chomp @l; return @l }

my @commits = lines(qw(git rev-list --all));
my @tags = lines(qw(git tag --list));

# Half of the ranges lie between tags, half between any commits.
sub pick_range {
	for (1 .. 1000) {
		my ($from, $to);
		if (@tags > 1 && rand() < 0.5) {
			($from, $to) = map { $tags[rand @tags] } 1, 2;
		} else {
			$to = $commits[rand @commits];
			$from = "$to~" . int(1 + rand() ** 2 * 300);
		}
		next if system("git merge-base --is-ancestor '$from' '$to' " .
			       '2>/dev/null');
		my ($n) = lines('git', 'rev-list', '--count', "$from..$to");
		return ($from, $to) if $n;
	}
	die "no range found\n";
}

# What the messages say was reverted and stayed so, in or before the range.
sub count_reverts {
	my ($range) = @_;
	local $/ = "\x1e";
	open my $fh, '-|', 'git', 'log', '--encoding=UTF-8',
		'--format=%H%x00%B%x1e', $range or die;
	my (%target, @order);
	while (my $record = <$fh>) {
		$record =~ s/\x1e$//;
		$record =~ s/^\n//;
		my ($id, $body) = split /\0/, $record, 2;
		next unless defined $body;
		my ($subject) = split /\n/, $body;
		next if $body =~ /^\* /m && $body !~ /^(Revert|Reapply) /;
		# A squash's list of messages tells what its parts did.
		next if $body =~ /^---$/m;
		my @ids;
		(my $plain = $body) =~ s/,\s+reversing\s+changes\s+made\s+to.*?\././sg;
		push @ids, $1 =~ /\b[0-9a-f]{7,40}\b/g
			while $plain =~ /^This reverts commits?\b((?:[^.\n]|\n(?!\n))*)/mg;
		next unless @ids;
		$target{$id} = \@ids;
		push @order, $id;
	}
	my (%undone, %left);
	for my $id (@order) { # newest first: the last word counts
		next if $undone{$id};
		for my $short (@{ $target{$id} }) {
			my ($full) = grep { index($_, $short) == 0 } @order;
			if ($full) { $undone{$full} = 1 }
			else { $left{substr $short, 0, 7} = 1 }
		}
	}
	# A revert that was itself reverted, and so on: what is left is what
	# stands on a commit that is no revert of this range.
	return scalar keys %left;
}

sub number { my $n = shift; $n =~ tr/,//d; return $n }

sub read_draft {
	my ($path) = @_;
	local $/;
	open my $fh, '<', $path or die "$path: $!";
	my $text = <$fh>;
	my %has = (merges => 0, files => 0, reverts => 0);
	$text =~ /([\d,]+) commits?\b/ and $has{commits} = number($1);
	$text =~ /\(([\d,]+) merges?\)/ and $has{merges} = number($1);
	$text =~ /by ([\d,]+) (?:person|people)/ and $has{people} = number($1);
	$text =~ /; ([\d,]+) files?/ and $has{files} = number($1);
	$text =~ /, \+([\d,]+) -([\d,]+) lines/
		and @has{qw(added deleted)} = (number($1), number($2));
	my ($pitfalls) = $text =~ /^## Pitfalls\n(.*?)^## /ms;
	$has{reverts} += () = $pitfalls =~ /^- (?:P\d+: )?".*" \([0-9a-f]+\)
		\s(?:was\sreverted|was\sreleased,\sthen\sreverted|reverts)\s/mgx;
	$has{reverts} += number($1)
		if $pitfalls =~ /^and ([\d,]+) more: .*revert/mi;
	($has{first}) = $text =~ /^- Commits by (.*?) \(([\d,]+)/m;
	$has{first_commits} = number($2) if defined $2;
	return %has;
}

my ($compared, $different) = (0, 0);
printf "%s: seed %d, %d ranges\n", $repo =~ s/.*\///r, $seed, $count;
for my $i (1 .. $count) {
	my ($from, $to) = pick_range();
	my $range = "$from..$to";
	my %want;
	($want{commits}) = lines('git', 'rev-list', '--count', $range);
	($want{merges}) = lines('git', 'rev-list', '--count', '--merges', $range);
	my @people = lines('git', 'shortlog', '-sne', '--no-merges', $range);
	$want{people} = @people;
	($want{first_commits}) = @people ? $people[0] =~ /(\d+)/ : ();
	my @files = lines('git', 'diff', '--numstat', $from, $to);
	$want{files} = @files;
	if (@files) {
		@want{qw(added deleted)} = (0, 0);
		for (@files) {
			my ($added, $deleted) = split;
			next if $added eq '-';
			$want{added} += $added;
			$want{deleted} += $deleted;
		}
	}
	$want{reverts} = count_reverts($range);

	my ($path) = lines('git', 'retro', 'new', "figures $i",
			   '--range', $range, '--no-edit');
	my %has = read_draft($path);
	my @bad;
	for my $what (sort keys %want) {
		next unless defined $want{$what};
		next if $what eq 'people' && !$want{people};
		$compared++;
		next if defined $has{$what} && $has{$what} == $want{$what};
		push @bad, sprintf '%s: %s, git says %s', $what,
			$has{$what} // 'nothing', $want{$what};
	}
	printf "%-6s %s (%d commits, %d files, %d reverts)%s\n",
		@bad ? 'differs' : 'same', $range, $want{commits},
		$want{files}, $want{reverts}, @bad ? ': ' . join('; ', @bad) : '';
	$different += @bad;
}
printf "%d figures compared, %d differ\n", $compared, $different;
exit($different ? 1 : 0);

END { chdir '/' }
