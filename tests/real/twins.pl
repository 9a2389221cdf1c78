#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# twins.pl <folder>: `git retro audit --twins --repos=<folder>` recounted from `git
# patch-id --stable` of every commit that HEAD of each repository has. Prints a
# line for each that only one of them finds: a repository, and a cause that a retro
# of another one names.
use strict;
use warnings;
use JSON::PP;

my ($folder) = @ARGV;
chdir $folder or die "$folder: $!\n";
sub run { open my $p, '-|', @_ or die; local $/; my $t = <$p>; close $p; $t // '' }

opendir my $dir, '.' or die;
my @repos = sort grep { !/^\./ && -d "$_/.git" } readdir $dir;
my (%id, %has, %problems, %own);
for my $repo (@repos) {
	for (split /\n/, run('sh', '-c', 'git -C "$1" log -p --no-merges --format="commit %H" HEAD | git patch-id --stable', 'sh', $repo)) {
		my ($patch, $commit) = split / /;
		$id{$commit} = $patch;
		$has{$repo}{$patch} = 1;
	}
	$has{$repo}{$_} = 1 for split /\n/, run('git', '-C', $repo, 'rev-list', 'HEAD');
	my $list = decode_json(run('git', '-C', $repo, 'retro', 'list', '--format=json'));
	for my $r (@{ $list->{retros} }) {
		next if ($r->{status} // '') =~ /^(?:waived|superseded)$/;
		my @all = @{ $r->{problems} } ? map { $_->{commits} // $_ } @{ $r->{problems} } : $r->{commits};
		for my $p (@all) {
			next unless @{ $p->{cause} // [] };
			push @{ $problems{$repo} }, [$r->{id}, $p];
			$own{$repo}{$_} = 1 for @{ $p->{cause} };
		}
	}
}
sub is_there { my ($repo, $commit) = @_; $has{$repo}{$commit} || defined $id{$commit} && $has{$repo}{ $id{$commit} } }
# A fix that HEAD of no repository has (its clone went back).
for my $repo (@repos) {
	for my $commit (map { @{ $_->[1]{fix} // [] }, @{ $_->[1]{cause} } } @{ $problems{$repo} // [] }) {
		next if defined $id{$commit};
		my ($patch) = split / /, run('sh', '-c', 'git -C "$1" show "$2" | git patch-id --stable', 'sh', $repo, $commit);
		$id{$commit} = $patch if $patch;
	}
}
# A cause has another name in each repository; its patch is the same.
sub same { my $commit = shift; return $id{$commit} // $commit }
my %want;
for my $of (@repos) {
	for (@{ $problems{$of} // [] }) {
		my ($retro, $p) = @$_;
		for my $repo (@repos) {
			next if $repo eq $of;
			next unless grep { is_there($repo, $_) && !$own{$repo}{$_} } @{ $p->{cause} };
			next if @{ $p->{fix} // [] } && !grep { !is_there($repo, $_) } @{ $p->{fix} };
			$want{"$repo has " . same($p->{cause}[0])} = 1;
		}
	}
}
my $answer = decode_json(run('git', 'retro', 'audit', '--twins', '--repos=.', '--format=json'));
my %got;
for (@{ $answer->{twins} }) {
	next unless $_->{line} eq 'HEAD' && $_->{state} eq 'exposed';
	$got{"$_->{repo} has " . same($_->{cause})} = 1;
}
my $wrong = 0;
for (sort keys %{ { %want, %got } }) {
	next if $want{$_} && $got{$_};
	$wrong++;
	print $want{$_} ? "not told: $_\n" : "not by patch id: $_\n";
}
printf "%d twins in %d repositories by patch id, %d told; %d differ\n", scalar keys %want, scalar @repos, scalar keys %got, $wrong;
exit($wrong != 0);
