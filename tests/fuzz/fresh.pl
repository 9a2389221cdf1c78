#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# fresh.pl <seed> <rounds>: in an empty folder, does what changes a work tree, at
# random: files come, go, move and change, also back to their old time; folders
# come, go and get another time; sometimes several processes look at once while
# it happens. After each round `git retro grep` and `list` must know what is
# there, file by file. The same seed does the same.
use strict;
use warnings;
use File::Find;
use File::Path qw(make_path remove_tree);

my ($seed, $rounds) = @ARGV;
die "usage: fresh.pl <seed> <rounds>\n" unless $rounds;
srand($seed);

my @folders = qw(retros retros/a retros/b retros/b/c);
my $names = 0;

sub one { return $_[rand @_] }

sub here {
	my @files;
	find({ no_chdir => 1,
		wanted => sub { push @files, $_ if -f && !-l && /\.md$/ } },
		'retros');
	return sort @files;
}

sub spit {
	my $path = shift;
	open my $fh, '>', $path or die "$path: $!\n";
	printf $fh "---\nid: x%d\ntitle: T%d\n---\n\nword%d\n", rand 1e6,
		rand 1e6, rand 1e6;
	close $fh or die "$path: $!\n";
}

# The same size and time as before.
sub edit_unseen {
	my $path = shift;
	my @was = stat $path;
	open my $fh, '+<', $path or die "$path: $!\n";
	seek $fh, -2, 2;
	print $fh int rand 10;
	close $fh or die "$path: $!\n";
	utime @was[8, 9], $path;
}

sub change {
	my @files = here();
	my $folder = one(@folders);
	my $kind = int rand 8;

	make_path($folder);
	return spit("$folder/n" . $names++ . '.md') if $kind < 2 || !@files;
	return unlink one(@files) if $kind == 2;
	return rename one(@files), "$folder/m" . $names++ . '.md'
		if $kind == 3;
	return spit(one(@files)) if $kind == 4;
	return edit_unseen(one(@files)) if $kind == 5;
	return remove_tree('retros/b/c') if $kind == 6;
	return utime 1_577_836_800, 1_577_836_800, $folder;
}

# Others look, and write what they saw, while files come.
sub crowd {
	my @others = map {
		my $pid = fork // die "fork: $!\n";
		exec 'git-retro list >/dev/null 2>&1' unless $pid;
		$pid;
	} 1 .. 3;
	spit('retros/p' . $names++ . '.md') for 1 .. 3;
	waitpid $_, 0 for @others;
}

sub lines { return join '', sort map { "$_\n" } @_ }

sub check {
	my $round = shift;
	my @files = here();
	my (@theirs, @listed);

	for my $path (@files) {
		open my $fh, '<', $path or die "$path: $!\n";
		chomp(my @lines = <$fh>);
		push @theirs, map { "$path:$_" } @lines;
	}
	chomp(my @ours = `git-retro grep ''`);
	die "round $round (seed $seed): another text\n"
		if lines(@ours) ne lines(@theirs);
	chomp(@listed = `git-retro list --format=tsv`);
	die "round $round (seed $seed): another list\n"
		if @listed - 1 != @files;
}

system('git init -q .') and die "git init failed\n";
make_path(@folders);
spit('retros/f' . $names++ . '.md') for 1 .. 50;
for my $round (1 .. $rounds) {
	change() for 1 .. 3;
	select undef, undef, undef, 0.05 if rand() < 0.4; # until it is settled
	crowd() if rand() < 0.25;
	check($round);
}
print "$rounds rounds: what is there is found\n";
