#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/documents.pl <folder> [<table>]: how what is read from collections
# that others wrote compares with a count by hand (documents.tsv). <folder> has
# a clone of each, bare or not, as <owner>/<name> or <owner>+<name>. Works on
# scratch clones. Prints a row a collection, and each file that differs.
use strict;
use warnings;
use utf8;
use open ':std', ':encoding(UTF-8)';
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;

die "usage: documents.pl <folder of clones> [<table>]\n" unless @ARGV;
my $folder = abs_path($ARGV[0]);
my $table = $ARGV[1] // dirname($0) . '/documents.tsv';
my $build = abs_path($ENV{BUILD} // dirname($0) . '/../../build');
$ENV{PATH} = "$build:$ENV{PATH}";
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $scratch = tempdir('retro-documents.XXXXXX', TMPDIR => 1, CLEANUP => 1);

my (%rows, @repos);
open my $in, '<:encoding(UTF-8)', $table or die "$table: $!\n";
while (<$in>) {
	next if /^#/;
	chomp;
	my ($repo, @row) = split /\t/;
	push @repos, $repo unless $rows{$repo};
	push @{$rows{$repo}}, \@row;
}

sub run {
	open my $out, '-|', @_ or return '';
	local $/;
	return scalar <$out> // '';
}

# The folder that all files of a collection lie in.
sub common {
	my ($dir) = map { $_->[0] =~ m{^(.*)/} ? $1 : '' } @_;
	for my $row (@_) {
		$dir =~ s{/?[^/]*$}{} while $dir ne '' && index($row->[0], "$dir/") != 0;
	}
	return $dir eq '' ? '.' : $dir;
}

# A heading's line without its marks, to compare titles by their letters.
sub bare {
	my ($text) = @_;
	$text =~ s/^\s*(?:#+|title:)\s*//;
	$text =~ s/\]\([^)]*\)//g;
	$text =~ s/[^\p{L}\p{N}]//g;
	return $text;
}

printf "%-34s %6s %6s %6s %6s %13s %13s\n", 'collection', 'files', 'listed', 'title', 'day', 'pitfalls', 'actions';
my @sum = (0) x 8;
my (@differ, %marks);
for my $repo (@repos) {
	my ($name, $commit) = split /@/, $repo;
	my ($from) = grep { -e "$_/HEAD" || -e "$_/.git" }
		map { ("$folder/$_/repo", "$folder/$_", "$folder/$_.git") } $name, $name =~ s{/}{+}r;
	unless ($from) {
		print "$repo: not there\n";
		next;
	}
	my $clone = "$scratch/" . ($name =~ s{/}{+}r) . '.git';
	system('git', 'clone', '-q', '--bare', '--shared', $from, $clone) == 0 or next;
	!$commit || system('git', '--git-dir', $clone, 'update-ref', '--no-deref', 'HEAD', $commit) == 0 or next;
	my $dir = common(@{$rows{$repo}});
	system('git', '--git-dir', $clone, 'config', 'retro.dir', $dir);
	my $json = run('git', '--git-dir', $clone, 'retro', 'list', '--format=json');
	my %seen = map { $_->{path} => $_ } @{(eval { decode_json(do { my $j = $json; utf8::encode($j); $j }) } // {})->{retros} // []};
	my @got = (0) x 7;
	for my $row (@{$rows{$repo}}) {
		my ($path, $title, $day, $pitfalls, $actions, @marks) = @$row;
		my $is = $seen{$path};
		my @wrong;
		$got[0]++;
		if ($is) {
			my $text = run('git', '--git-dir', $clone, 'show', "HEAD:$path");
			my $want = $title eq '-' ? ($path =~ m{([^/]*?)\.[^.]*$})[0] : (split /\r?\n/, $text)[$title - 1];
			my $all = eval { my $j = run('git', '--git-dir', $clone, 'retro', 'show', '--format=json', $path); utf8::encode($j); decode_json($j) } // {};
			my $one = ($all->{retros} // [$all])->[0];
			my ($p, $a) = (scalar @{$one->{pitfalls} // []}, scalar @{$one->{actions} // []});
			my $same = bare($want) eq bare($is->{title} // '');
			my $dated = $day eq '-' || ($is->{date} // '') eq $day;
			$got[1]++;
			$got[2] += $same;
			$got[3] += $dated;
			$got[4] += $p < $pitfalls ? $p : $pitfalls;
			$got[5] += $a < $actions ? $a : $actions;
			$got[6] += ($p > $pitfalls ? $p - $pitfalls : 0);
			$got[7] += ($a > $actions ? $a - $actions : 0);
			my @read = map { my $mark = $_; scalar grep { $mark eq 'done' ? $_->{state} eq 'done' : $_->{$mark} } @{$one->{actions} // []} } qw(owner due done);
			for my $i (0 .. $#marks) {
				$marks{$i}[0] += $read[$i] < $marks[$i] ? $read[$i] : $marks[$i];
				$marks{$i}[1] += $marks[$i];
				$marks{$i}[2] += $read[$i] > $marks[$i] ? $read[$i] - $marks[$i] : 0;
				push @wrong, "$read[$i] " . (qw(owners days done))[$i] . ", not $marks[$i]" if $read[$i] != $marks[$i];
			}
			push @wrong, "title '$is->{title}'" unless $same;
			push @wrong, 'day ' . ($is->{date} // 'none') . ", not $day" unless $dated;
			push @wrong, "$p pitfalls, not $pitfalls" if $p != $pitfalls;
			push @wrong, "$a actions, not $actions" if $a != $actions;
		} else {
			push @wrong, 'not listed';
		}
		push @differ, "$repo: $path: " . join('; ', @wrong) if @wrong;
	}
	my ($hp, $ha) = (0, 0);
	$hp += $_->[3], $ha += $_->[4] for @{$rows{$repo}};
	$got[6] //= 0;
	$got[7] //= 0;
	printf "%-34s %6d %6d %6d %6d %6s %+6d %6s %+6d\n", $repo, @got[0 .. 3], "$got[4]/$hp", $got[6], "$got[5]/$ha", $got[7];
	$sum[$_] += $got[$_] for 0 .. 7;
	$sum[8] += $hp;
	$sum[9] += $ha;
}
printf "%-34s %6d %6d %6d %6d %6s %+6d %6s %+6d\n", 'all', @sum[0 .. 3], "$sum[4]/$sum[8]", $sum[6], "$sum[5]/$sum[9]", $sum[7];
printf "%s %d of %d, %+d\n", (qw(owners days done))[$_], @{$marks{$_}} for sort keys %marks;
print "$_\n" for '', @differ;
