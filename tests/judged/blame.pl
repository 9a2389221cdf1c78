#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/judged/blame.pl [--half tune|held] <file>...: which of the judged
# sentences `git retro check` calls blame: how many of those that it calls so
# are (precision), and how many of those that are it calls so (recall). The
# rules were made with every other sentence at hand (tune); the rest were held
# back (held), and are counted without being shown.
use strict;
use warnings;
use File::Temp 'tempdir';
use JSON::PP 'decode_json';

my $half = 'all';
(undef, $half) = splice @ARGV, 0, 2 if @ARGV && $ARGV[0] eq '--half';

# The sentences of a file: [is blame, text].
sub sentences {
	my ($file) = @_;
	my (@all, %nr);

	open my $in, '<', $file or die "$file: $!\n";
	while (<$in>) {
		chomp;
		/^([+-]) (.*)/ or next;
		my $place = $nr{$1}++ % 2 ? 'held' : 'tune';
		push @all, [$1 eq '+', $2] if $half eq 'all' || $half eq $place;
	}
	return @all;
}

# The numbers of the sentences in which blame is found, each in a retro of its
# own.
sub found {
	my $dir = tempdir(CLEANUP => 1);
	my %found;

	system('git', 'init', '-q', $dir) == 0 && mkdir "$dir/retros" or die;
	for my $i (0 .. $#_) {
		open my $out, '>', "$dir/retros/$i.md" or die;
		print $out "---\ntitle: T\ndate: 2026-01-01\n---\n\n# T\n\n",
			"$_[$i][1]\n";
	}
	my $json = `cd $dir && git-retro check --format json 2>/dev/null`;
	for (@{decode_json($json)->{diagnostics}}) {
		$found{$1} = 1
			if $_->{rule} eq 'blame' && $_->{path} =~ /(\d+)\.md$/;
	}
	return %found;
}

for my $file (@ARGV) {
	my @all = sentences($file);
	my %found = found(@all);
	my ($right, $wrong, $missed) = (0, 0, 0);

	for my $i (0 .. $#all) {
		my ($is, $text) = @{$all[$i]};
		my $word = $found{$i} ? $is ? '' : 'wrong' : $is ? 'missed' : '';

		$right += $found{$i} && $is ? 1 : 0;
		$wrong++ if $word eq 'wrong';
		$missed++ if $word eq 'missed';
		print "  $word: $text\n" if $word && $half ne 'held';
	}
	printf "%s, %s: %d sentences; precision %d of %d (%.0f %%), " .
		"recall %d of %d (%.0f %%)\n", $file, $half, scalar @all,
		$right, $right + $wrong, 100 * $right / ($right + $wrong || 1),
		$right, $right + $missed,
		100 * $right / ($right + $missed || 1);
}
