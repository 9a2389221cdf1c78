#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# suggest.pl <seed> <fixes> <repository>...: holds `git retro link --suggest
# --fix` on real repositories to fixes whose messages name their cause: how
# often one of those is the first suggestion, or among three; with the message,
# and with it hidden (a commit of the same tree, parent, author and dates).
#
# So many fixes are drawn of each repository, from all of HEAD's that name a
# commit that lies behind them. DRAW=1 only prints them. SHOW=1 prints what was
# not first. Nothing may be loose in the repository: the hidden commits stay
# there until git prunes them.
use strict;
use warnings;
use JSON::PP;
use Time::HiRes 'time';

my ($seed, $count, @repositories) = @ARGV;
die "usage: suggest.pl <seed> <fixes> <repository>...\n" unless @repositories;
my $id = qr/\b[0-9a-f]{7,40}\b/;
my (%all, @times);

sub named_in {
	my ($text) = @_;
	my %named;
	$named{$_} = 1 for $text =~ /^(?:fixes|follow(?:ed)?[- ]?up (?:to|for))\s*:?\s*(?:commit\s+)?($id)/gim,
		$text =~ /\b(?:introduced|caused|broken|regressed) (?:by|in|with|since)\s+(?:the\s+)?(?:commit\s+)?($id)/gi,
		$text =~ /\b(?:regression|bisected) (?:from|in|of|to|since)\s+(?:commit\s+)?($id)/gi;
	return grep { /\d/ && /[a-f]/ } sort keys %named;
}

sub list_fixes {
	my @fixes;
	open(my $log, '-|', 'git', 'log', '-z', '--no-merges',
		'--format=%H%x01%B', 'HEAD', '--') or die;
	local $/ = "\0";
	while (my $record = <$log>) {
		chomp $record;
		my ($commit, $text) = split /\x01/, $record, 2;
		my @named = named_in($text // '');
		push @fixes, [$commit, @named] if @named;
	}
	close $log;
	return @fixes;
}

sub causes_of {
	my ($fix, @names) = @_;
	my %cause;
	for (@names) {
		my $full = qx{git rev-parse --verify -q $_^{commit} 2>/dev/null};
		chomp $full;
		$cause{$full} = 1 if $full
			&& !system("git merge-base --is-ancestor $full $fix");
	}
	return %cause;
}

# The same change, by the same person at the same time, without a word.
sub hide {
	my ($fix) = @_;
	my ($name, $mail, $date, $committed) =
		split /\0/, qx{git log -1 --format='%an%x00%ae%x00%ad%x00%cd' --date=raw $fix};
	chomp $committed;
	local @ENV{qw(GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE
		GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE)} =
		($name || 'x', $mail || 'x', $date, 'x', 'x', $committed);
	my $hidden = qx{echo hidden | git commit-tree -p $fix^ $fix^{tree}};
	chomp $hidden;
	return $hidden;
}

sub print_rates {
	my ($label, %n) = @_;
	printf "%s: %d of %d fixes that name their cause: first %.1f %%, three %.1f %%; hidden: first %.1f %%, three %.1f %%\n",
		$label, $n{fixes}, $n{all}, map({ 100 * ($n{$_} // 0) / $n{fixes} }
			'first', 'three', 'hidden, first', 'hidden, three')
		if $n{fixes};
}

for my $repo (@repositories) {
	chdir $repo or die "$repo: $!\n";
	delete @ENV{qw(GIT_DIR GIT_WORK_TREE)};
	# A bare one is asked as if nothing were checked out.
	@ENV{qw(GIT_DIR GIT_WORK_TREE)} = ('.', '.')
		if qx{git rev-parse --is-bare-repository} =~ /true/;
	srand $seed;
	my @fixes = list_fixes();
	my %n = (all => scalar @fixes, fixes => 0);
	while (@fixes && $n{fixes} < $count) {
		my ($fix, @names) = @{ splice @fixes, rand @fixes, 1 };
		my %cause = causes_of($fix, @names);
		next unless %cause;
		$n{fixes}++;
		if ($ENV{DRAW}) {
			print join(' ', $repo, $fix, sort keys %cause), "\n";
			next;
		}
		for ([$fix, ''], [hide($fix), 'hidden, ']) {
			my ($commit, $label) = @$_;
			my $start = time;
			my $json = qx{git retro link --suggest --fix $commit --format=json 2>/dev/null};
			push @times, time - $start;
			my @found = map { $_->{commit} } @{ decode_json($json || '{"suggestions":[]}')->{suggestions} };
			my @three = splice @found, 0, 3;
			my $first = @three && $cause{$three[0]};
			$n{"${label}first"}++ if $first;
			$n{"${label}three"}++ if grep { $cause{$_} } @three;
			print "$label$fix: not @{[keys %cause]} but @three\n"
				if $ENV{SHOW} && !$first;
		}
	}
	next if $ENV{DRAW};
	print_rates($repo =~ s{/(repo|\.git)?/?$}{}r =~ s{.*/}{}r, %n);
	$all{$_} += $n{$_} for keys %n;
}
exit if $ENV{DRAW};
print_rates('all', %all);
@times = sort { $a <=> $b } @times;
printf "%.2f s median, %.2f s most\n", $times[@times / 2], $times[-1] if @times;
