#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# trace.pl <repository> <seed> <commits> [<option of git retro trace>...]: holds
# `git retro trace` on a real repository to git's own answers. For commits
# picked by the seed from all release lines:
#
#   - a line holds the commit as its ancestor where `git tag --contains` and
#     `git branch --all --contains` say so, and nowhere else;
#   - where it does not, and `git cherry` finds the same patch there, trace
#     names one too, and its `git patch-id` is the same, or that of what it
#     was picked from;
#   - what trace finds by a trailer, the message of that commit names, or what
#     leads to it by such names; what it finds by a Change-Id has the same; what
#     by author or request has the same title;
#   - the first release is the first of the tags, by date, that holds it.
#
# What it does not find, equivalents.pl looks for.
#
# CHERRY=<n> asks `git cherry`, which is slow, for n branches of each commit,
# picked by the seed too; without it for all.
#
# Prints each difference, and figures. Nothing is written but a cache in the
# repository's own folder.
use strict;
use warnings;
use File::Temp qw(tempfile);
use JSON::PP;

my ($repo, $seed, $count, @options) = @ARGV;
die "usage: trace.pl <repository> <seed> <commits> [<option>...]\n"
	unless $count;
chdir $repo or die "$repo: $!\n";
$ENV{GIT_PAGER} = 'cat';
srand $seed;

sub git {
	open(my $out, '-|', 'git', @_) or die "git $_[0]: $!\n";
	local $/;
	my $text = <$out> // '';
	close $out;
	return $text;
}

sub ask {
	my ($format, @pairs) = @_;
	my ($in, $name) = tempfile();
	print $in "$_\n" for @pairs;
	close $in;
	my $text = qx{git retro trace --stdin --format=$format @options <$name};
	unlink $name;
	die "git retro trace failed\n" if $?;
	return map { decode_json $_ } split /\n/, $text;
}

my %differences;
sub differ {
	my ($kind, $text) = @_;
	print "$kind: $text\n" if $differences{$kind}++ < 20;
}

# The lines, and the commits that are on any of them.
my $head = git('rev-parse', 'HEAD');
chomp $head;
my ($first) = ask('ndjson', "- $head");
my @lines = @{ $first->{lines} };
die "no lines\n" unless @lines;
my %tip;
for my $line (@lines) {
	my $ref = $line->{type} eq 'tag' ? "refs/tags/$line->{name}"
		: git('rev-parse', '--verify', '-q', "refs/heads/$line->{name}")
		? "refs/heads/$line->{name}" : "refs/remotes/$line->{name}";
	chomp($tip{$line->{name}} = git('rev-parse', "$ref^{commit}"));
}
my @all = split /\n/, git('rev-list', '--no-merges', values %tip);
my @sample = map { $all[rand @all] } 1 .. $count;
my %branch = map { $_->{name} => 1 } grep { $_->{type} eq 'branch' } @lines;

sub patch_id {
	my ($commit) = @_;
	my $text = qx{git diff-tree -p --root $commit | git patch-id --stable};
	return (split ' ', $text)[0] // "none of $commit";
}

my %named;    # what a commit's message names as picked from
sub names {
	my ($commit) = @_;
	return $named{$commit} //= do {
		my $text = git('log', '-1', '--format=%B', $commit);
		my @ids = $text =~ /\b([0-9a-f]{7,64})\b/gi;
		[grep { /\d/ } @ids];
	};
}

# Whether both lead to one commit by what they name.
sub leads {
	my ($from) = @_;
	my (%seen, @todo);
	@todo = ($from);
	while (defined(my $at = shift @todo)) {
		next if $seen{$at}++;
		for my $id (@{ names($at) }) {
			my $full = qx{git rev-parse --verify -q $id^{commit} 2>/dev/null};
			chomp $full;
			push @todo, $full || $id;
			$seen{$id} = 1 unless $full;
		}
	}
	return \%seen;
}

# Whether what they were picked from has one patch id.
sub same_origin {
	my ($one, $two) = map { {
		map { patch_id($_) => 1 }
		grep { !system("git cat-file -e $_^{commit} 2>/dev/null") }
		keys %{ leads($_) }
	} } @_;
	return grep { $two->{$_} } keys %$one;
}

# The title without [prefix] and (#12).
sub title {
	my $title = lc git('log', '-1', '--format=%s', @_);
	1 while $title =~ s/^\s*\[[^\]]*\]\s*//;
	1 while $title =~ s/\s*\([^()]*#\d+[^()]*\)\s*$//;
	return $title =~ s/^\s+|\s+$//gr;
}

my %figures;
my @answers = ask('ndjson', map { "- $_" } @sample);
for my $i (0 .. $#sample) {
	my ($commit, $answer) = ($sample[$i], $answers[$i]);
	my %contains = map { $_ => 1 } split /\n/,
		git('tag', '--contains', $commit);
	$contains{$_} = 1 for split /\n/,
		git('for-each-ref', '--format=%(refname:lstrip=2)',
		    '--contains', $commit, 'refs/heads', 'refs/remotes');
	my ($patch, $earliest, %ask);
	my @lacking = grep { $branch{$_->{name}} && !$_->{fix}[0]{via} }
		@{ $answer->{lines} };
	my $most = $ENV{CHERRY} // @lacking;
	for (1 .. $most) {
		last unless @lacking;
		my ($line) = splice @lacking, rand @lacking, 1;
		$ask{$line->{name}} = 1;
	}
	for my $line (@{ $answer->{lines} }) {
		my ($name, $fix) = ($line->{name}, $line->{fix}[0]);
		my $via = $fix->{via} // 'none';

		$figures{cells}++;
		$figures{"via $via"}++;
		$earliest //= $name
			if $line->{type} eq 'tag' && $line->{state} eq 'fixed';
		if (($via eq 'ancestor' ? 1 : 0) !=
		    ($contains{$name} ? 1 : 0)) {
			differ('contains', "$commit on $name: $via");
		}
		if ($via eq 'patch-id') {
			$patch //= patch_id($commit);
			differ('patch-id', "$commit on $name: $fix->{by}")
				unless patch_id($fix->{by}) eq $patch
				|| same_origin($commit, $fix->{by});
		}
		if ($via eq 'trailer') {
			my ($one, $two) = (leads($commit), leads($fix->{by}));
			differ('trailer', "$commit on $name: $fix->{by}")
				unless grep { $two->{$_} } keys %$one;
		}
		if ($via eq 'author' || $via eq 'pull-request') {
			my ($one, $two) = (leads($commit), leads($fix->{by}));
			differ($via, "$commit on $name: $fix->{by}")
				unless grep({ $two->{$_} } keys %$one)
				|| grep { title($_) eq title($fix->{by}) }
				grep { !system("git cat-file -e $_^{commit} 2>/dev/null") }
				keys %$one;
		}
		if ($via eq 'change-id') {
			my ($one, $two) = map {
				my $text = git('log', '-1', '--format=%B', $_);
				join ' ', $text =~ /^change-id:\s*(\S+)/gim
			} $commit, $fix->{by};
			differ('change-id', "$commit on $name: $fix->{by}")
				unless grep { index($one, $_) >= 0 }
				split ' ', $two;
		}
		next if $via ne 'none' || !$ask{$name};
		$figures{'git cherry asked'}++;
		my $cherry = git('cherry', $tip{$name}, $commit, "$commit^");
		differ('cherry', "$commit on $name: git cherry finds it")
			if $cherry =~ /^- \Q$commit/m;
	}
	differ('first release', "$commit: "
		. ($answer->{first_release} // 'none') . ', not '
		. ($earliest // 'none'))
		if ($answer->{first_release} // '') ne ($earliest // '');
}
printf "%d commits, %d lines (%d branches)\n", scalar @sample, scalar @lines,
	scalar keys %branch;
printf "  %-20s %d\n", $_, $figures{$_} for sort keys %figures;
my $all = 0;
$all += $_ for values %differences;
print "$all differences\n";
exit(%differences ? 1 : 0);
