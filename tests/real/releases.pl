#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# releases.pl <repository>...: on real repositories, what `git retro init`
# proposes, and for ten releases of each the release before with the number of
# commits, beside what the names and dates of the tags alone say: for x.y.z the
# next lower z for which there is a tag; else the highest lower version of the
# same spelling whose tag is not younger. Prints Markdown tables; a row that
# differs is marked, for a person to judge. TAGS=<n> takes more than ten,
# INIT=1 only shows what init proposes.
#
# Nothing is written but a scratch clone that shares the objects.
use strict;
use warnings;
use File::Temp qw(tempdir);

my $count = $ENV{TAGS} || 10;
@ARGV or die "usage: releases.pl <repository>...\n";
$ENV{GIT_PAGER} = 'cat';
$ENV{GIT_RETRO} = 0;	# no hook speaks while we clone and tag

sub git {
	open(my $out, '-|', 'git', @_) or die "git $_[0]: $!\n";
	local $/;
	my $text = <$out> // '';
	close $out;
	return $text;
}

# A name as text, numbers, text: the last run of numbers that ends the name,
# but for words that say nothing.
sub split_name {
	my ($name) = @_;
	my ($before, $numbers, $after) =
		$name =~ /^(.*?)(\d+(?:[._]\d+)*)(\.RELEASE|\.Final|-ce|__PG_\w+|_RELEASE|)$/
		or return;
	return if $before =~ /\b(rc|pre|beta|alpha)[-_.]?$/i ||
		$before =~ /\d[-_.]?(rc|pre|preview|beta|alpha|dev|hf|M|ce-rc|ce-tp|a|b|c|r|p)[-_.]?$/i ||
		$before =~ /\d-$/;
	$after =~ s/.*_PG_.*/__PG_/;
	my $kind = $before;
	$kind =~ s/(^|[-_\@\/])v?$/$1/i if $before !~ /[a-z]v$/i;
	return +{ name => $name, before => $before, after => $after,
		 kind => "$kind|$after", numbers => [split /[._]/, $numbers] };
}

sub compare {
	my ($p, $q) = @_;
	for my $i (0 .. 9) {
		my $order = ($p->[$i] // 0) <=> ($q->[$i] // 0);
		return $order if $order;
	}
	return 0;
}

sub truth {
	my ($release, $all) = @_;
	my @same = grep { $_->{kind} eq $release->{kind} &&
			  $_->{commit} ne $release->{commit} &&
			  compare($_->{numbers}, $release->{numbers}) < 0 } @$all;
	my @n = @{$release->{numbers}};
	if (@n > 2 && $n[-1] > 0) {
		my @series = @n[0 .. $#n - 1];
		my @here = grep {
			my @m = @{$_->{numbers}};
			@m >= @series && !compare([@m[0 .. $#series]], \@series)
		} @same;
		@same = @here if @here;
	} else {
		my @young = grep { $_->{time} <= $release->{time} } @same;
		@same = @young;
	}
	my ($best) = sort { compare($b->{numbers}, $a->{numbers}) ||
			    @{$b->{numbers}} <=> @{$a->{numbers}} } @same;
	return $best ? $best->{name} : '-';
}

sub commits {
	my ($from, $to) = @_;
	my $n = git('rev-list', '--count',
		    $from eq '-' ? "refs/tags/$to" : "refs/tags/$from..refs/tags/$to");
	chomp $n;
	return $n;
}

# Two newest, the newest that end in .0, and others spread evenly.
sub sample {
	my @all = sort { $b->{time} <=> $a->{time} } @_ or return;
	my (%have, @out);
	my $take = sub {
		for (@_) {
			push @out, $_ if @out < $count && !$have{$_->{name}}++;
		}
	};
	my @round = grep { my @n = @{$_->{numbers}}; @n > 1 && !$n[-1] } @all;
	$take->(@all[0 .. ($#all < 1 ? $#all : 1)]);
	$take->(@round[0 .. ($#round < $count / 4 ? $#round : $count / 4)]);
	my $left = $count - @out;
	$take->(map { $all[int($_ * $#all / ($left || 1))] } 1 .. $left);
	$take->(@all);
	return @out;
}

my ($rows, $odd) = (0, 0);
my $home = tempdir(CLEANUP => 1);
for my $repository (@ARGV) {
	my $name = $repository;
	$name =~ s{/(repo|\.git)?/*$}{};
	$name =~ s{.*/}{};
	my $dir = "$home/$name";
	system('git', 'clone', '-q', '--shared', '--no-checkout', $repository,
	       $dir) == 0 or next;
	chdir $dir or die;
	git('config', 'user.name', 'Ann');
	git('config', 'user.email', 'ann@example.com');
	print "\n## $name\n\n", map { "    $_\n" }
		grep { !/^(wrote|hook|git diff|Commit|$)/ }
		split /\n/, qx{git retro init 2>&1};
	open(my $policy, '<', '.retro.yml') or (chdir('/'), next);
	my @lines = <$policy>;
	print map { "    $_" } grep { /^  \S|^ +"|^dir/ } @lines;
	my $text = join '', @lines;
	my ($list) = $text =~ /^  tags:(.*?)^  \w/ms;
	my @globs = ($list // '') =~ /"([^"]*)"/g;
	chdir('/'), next if $ENV{INIT};
	my %wanted = map { $_ => 1 } split /\n/, git('tag', '--list', @globs);
	my @all;
	for (split /\n/, git('for-each-ref', 'refs/tags', '--format',
		'%(creatordate:unix) %(objectname) %(*objectname) %(refname:strip=2)')) {
		my ($time, $id, $peeled, $tag) = /^(\d*) (\w+) (\w*) (.*)/;
		my $release = split_name($tag) or next;
		$release->{time} = $time || 0;
		$release->{commit} = $peeled || $id;
		push @all, $release;
	}
	print "\n| release | the one before | commits | by names | commits | nearest ancestor |\n|---|---|---|---|---|---|\n";
	my @chosen = sample(grep { $wanted{$_->{name}} } @all);
	for my $release (@chosen) {
		my $tag = $release->{name};
		my $file = qx{git retro new --no-edit --release='$tag' 2>&1};
		my ($path) = $file =~ /^(\S+\.md)$/m;
		my $said = '-';
		if ($path && open(my $in, '<', $path)) {
			my ($range) = grep { /^range: / } <$in>;
			($said) = $range =~ /^range: ['"]?(.*)\.\.\Q$tag\E/
				if $range;
			close $in;
			unlink $path;
		} else {
			$said = "error: $file";
		}
		my $true = truth($release, \@all);
		my ($ancestor) = split /\n/,
			git('describe', '--tags', '--abbrev=0',
			    '--match', $release->{before} . "[0-9]*",
			    '--exclude', '*rc*', '--exclude', '*alpha*',
			    '--exclude', '*beta*', '--exclude', '*-dev*',
			    "refs/tags/$tag^");
		my $mark = $said eq $true ? '' : ' **?**';
		$rows++;
		$odd++ if $mark;
		printf "| %s | %s%s | %s | %s | %s | %s |\n", $tag, $said, $mark,
			$said =~ /error/ ? '' : commits($said, $tag), $true,
			commits($true, $tag), $ancestor // '-';
	}
	chdir '/';
}
print "\n$rows rows, $odd differ from what the names say\n";
