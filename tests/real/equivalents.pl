#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# equivalents.pl <repository> <seed> <commits> <main> <branch glob>...: holds
# `git retro trace` to what a real repository says of the fixes that a release
# branch carries in another form, and of reverts.
#
# What is true is found without the product, and in another way: any id in a
# message, whatever the words; author, mail, date and title; the numbers of pull
# requests; with PATCH=1 the patch id. Two commits are held for one change only
# where they share at least half of their lines. Whether a change is in at the
# tip of a branch, the files there say.
#
# Prints what was missed (MISSED), what is told as fixed and is not in the files
# (FIXED?, FALSE FIXED), what as reverted and is (FALSE REVERTED), each with the
# commits, at most SHOW of a kind, and figures; REVERTS reverts are tried. BUILDS="old=<folder> new=<folder>"
# holds several builds to the same truth. To be read one by one: files move and
# are rewritten, and a later commit brings the same lines.
use strict;
use warnings;
use File::Temp qw(tempfile);
use JSON::PP;
use IPC::Open2;

my ($repo, $seed, $count, $main, @globs) = @ARGV;
die "usage: equivalents.pl <repository> <seed> <commits> <main> <glob>...\n"
	unless @globs;
chdir $repo or die "$repo: $!\n";
$ENV{GIT_PAGER} = 'cat';
srand $seed;
my (undef, $scratch) = tempfile(UNLINK => 1);

sub git { # lines
	open(my $out, '-|', 'git', @_) or die "git $_[0]: $!\n";
	my @lines = <$out>;
	close $out;
	chomp @lines;
	return @lines;
}

sub records {
	my ($fn, @args) = @_;
	open(my $out, '-|', 'git', 'log', '-z', @args) or die;
	local $/ = "\0";
	while (my $record = <$out>) {
		chomp $record;
		$fn->($record);
	}
	close $out;
}

my @branches = git('for-each-ref', '--format=%(refname:short)',
	map { "refs/heads/$_" } @globs);
@branches = grep { $_ ne $main } @branches;
die "no branches\n" unless @branches;

# --- titles -----------------------------------------------------------------

sub bare { # without [prefix] and (#N)
	my ($title) = @_;
	1 while $title =~ s/^\s*\[[^\]]*\]\s*//;
	1 while $title =~ s/\s*\([^()]*#\d+[^()]*\)\s*$//;
	$title =~ s/^\s+|\s+$//g;
	return lc $title;
}

sub numbers { my ($title) = @_; return $title =~ /#(\d+)/g }

# --- lines ------------------------------------------------------------------

my %lines; # of a commit

# What git diff-tree says of the commits. It ends at the first object that is
# not here: it goes on behind that commit.
sub patches {
	my ($fn, $options, @want) = @_;
	while (@want) {
		my $last;
		open(my $in, '>', $scratch) or die;
		print $in "$_\n" for @want;
		close $in;
		open(my $out, '-|', "git diff-tree --stdin -p --root $options "
			. "--no-color --no-ext-diff --no-textconv <$scratch "
			. "2>/dev/null") or die;
		while (my $line = <$out>) {
			$last = $1 if $line =~ /^([0-9a-f]{40})$/;
			$fn->($line);
		}
		return if close $out;
		shift @want while defined $last && @want && $want[0] ne $last;
		shift @want;
	}
}

sub load_lines {
	my (%once, $commit, $path, $hunk);
	my @want = grep { !$lines{$_} && !$once{$_}++ } @_;
	$lines{$_} = { plus => {}, minus => {} } for @want;
	($commit, $path, $hunk) = ('', '', 0);
	patches(sub {
		my ($line) = @_;
		chomp $line;
		if ($line =~ /^([0-9a-f]{40})$/) {
			($commit, $hunk) = ($1, 0);
		} elsif ($line =~ /^diff --git/) {
			$hunk = 0;
		} elsif (!$hunk && $line =~ m{^\+\+\+ b/(.*?)\t?$}) {
			$path = $1;
		} elsif ($line =~ /^@@/) {
			$hunk = 1;
		} elsif ($hunk && $line =~ /^([-+])(.*)/) {
			my ($sign, $text) = ($1, $2);
			$text =~ s/^\s+|\s+$//g;
			return unless $text =~ /[[:alnum:]].*[[:alnum:]]/;
			$lines{$commit}{$sign eq '+' ? 'plus' : 'minus'}
				{$text} = $path;
		}
	}, '-U0 -M -m --first-parent', @want);
}

# How much of the smaller the two have in common, from 0 to 1.
sub alike {
	my ($one, $two, $inverse) = @_;
	my ($a, $b) = ($lines{$one}, $lines{$two});
	my ($plus, $minus) = $inverse ? ('minus', 'plus') : ('plus', 'minus');
	my $n = keys(%{ $a->{plus} }) + keys(%{ $a->{minus} });
	my $m = keys(%{ $b->{plus} }) + keys(%{ $b->{minus} });
	return 0 unless $n && $m;
	my $shared = grep({ exists $b->{$plus}{$_} } keys %{ $a->{plus} })
		+ grep({ exists $b->{$minus}{$_} } keys %{ $a->{minus} });
	return $shared / ($n < $m ? $n : $m);
}

my ($cat_in, $cat_out, %blob);
sub blob {
	my ($name) = @_;
	return $blob{$name} if exists $blob{$name};
	unless ($cat_in) {
		open2($cat_out, $cat_in, 'git', 'cat-file', '--batch');
	}
	print $cat_in "$name\n";
	$cat_in->flush;
	my $head = <$cat_out>;
	my $text;
	if ($head =~ /^\S+ blob (\d+)$/) {
		read($cat_out, $text, $1);
		<$cat_out>;
	} elsif ($head =~ /^\S+ \w+ (\d+)$/) {
		my $skip;
		read($cat_out, $skip, $1);
		<$cat_out>;
	}
	%blob = () if keys %blob > 500;
	return $blob{$name} = defined $text
		? { map { s/^\s+|\s+$//gr => 1 } split /\n/, $text } : undef;
}

# Which part of what the commit added, and did not take away elsewhere, is
# there at the tip; and how many lines that are. -1: none to look for.
sub at_tip {
	my ($commit, $tip) = @_;
	my $own = $lines{$commit};
	my @added = grep { !exists $own->{minus}{$_} && length > 5 }
		keys %{ $own->{plus} };
	@added = (sort @added)[0 .. 39] if @added > 40;
	my $there = 0;
	for my $text (@added) {
		my $blob = blob("$tip:$own->{plus}{$text}");
		$there++ if $blob && $blob->{$text};
	}
	return (@added ? $there / @added : -1, scalar @added);
}

# --- history ----------------------------------------------------------------

my (%key, %by_title, %by_number); # of main
records(sub {
	my ($id, $name, $mail, $date, $title) = split /\x01/, $_[0];
	push @{ $key{"$name\0$mail\0$date\0" . bare($title)} }, $id;
	my $own = (numbers($title))[-1];
	push @{ $by_number{$own . "\0" . bare($title)} }, $id if $own;
}, '--no-merges', '--format=%H%x01%an%x01%ae%x01%at%x01%s', $main);

my (%title, %found, %why); # found: branch => [G, F, why]
my (@cells, %seen);
my @pool;
my %of_branch;
for my $branch (@branches) {
	my @own;
	records(sub {
		my ($id, $name, $mail, $date, $title, $text) =
			split /\x01/, $_[0], 6;
		push @own, { id => $id, branch => $branch, title => $title,
			key => "$name\0$mail\0$date\0" . bare($title),
			text => $text };
	}, '--no-merges', '--format=%H%x01%an%x01%ae%x01%at%x01%s%x01%B',
		$branch, "^$main");
	$of_branch{$branch} = \@own;
	push @pool, @own;
}
printf STDERR "%d release-branch commits on %d branches\n", scalar @pool,
	scalar @branches;

# Origins: ids in any words, resolved in main; keys; numbers.
my %keys_on;
for my $branch (@branches) {
	$keys_on{$branch}{$_->{key}}++ for @{ $of_branch{$branch} };
}
my @sample;
if (@pool > $count * 3) {
	push @sample, splice @pool, rand @pool, 1 for 1 .. $count * 3;
} else {
	@sample = @pool;
}
my (%words, %full);
for my $g (@sample) {
	my %ids = map { lc $_ => 1 } $g->{text} =~ /\b([0-9a-f]{7,40})\b/gi;
	$g->{ids} = [grep { /\d/ } keys %ids];
	$words{$_} = 1 for @{ $g->{ids} };
}
{
	open(my $in, '>', $scratch) or die;
	my @words = keys %words;
	print $in "$_\n" for @words;
	close $in;
	my @answers = qx{git cat-file --batch-check='%(objecttype) %(objectname)' <$scratch 2>/dev/null};
	for my $i (0 .. $#words) {
		$full{$words[$i]} = $1
			if ($answers[$i] // '') =~ /^commit ([0-9a-f]{40})/;
	}
}
my %in_main = map { $_ => 1 } git('rev-list', '--no-merges', $main);
my %lacks; # branch => commits of main that it lacks
for my $branch (@branches) {
	my @g = grep { $_->{branch} eq $branch } @sample;
	next unless @g;
	my %lack = map { $_ => 1 } git('rev-list', '--no-merges',
		"$branch..$main");
	for my $g (@g) {
		my %candidate;
		for my $id (@{ $g->{ids} }) {
			my $f = $full{$id} or next;
			$candidate{$f} = 'id' if $lack{$f};
		}
		my $same = $key{$g->{key}};
		if ($same && @$same == 1 && $keys_on{$branch}{$g->{key}} == 1) {
			$candidate{$same->[0]} //= 'author'
				if $lack{$same->[0]};
		}
		for my $n (numbers($g->{title})) {
			my $of = $by_number{"$n\0" . bare($g->{title})} // [];
			for my $f (@$of) {
				$candidate{$f} //= 'number' if $lack{$f};
			}
		}
		$g->{candidates} = \%candidate;
	}
}

# The same patch, where nothing else says so.
if ($ENV{PATCH}) {
	my @bare = grep { !%{ $_->{candidates} // {} } } @sample;
	my %set;
	open(my $out, '-|', "git log --no-merges --name-only --format=%x01%H $main")
		or die;
	{
		local $/ = "\x01";
		while (my $record = <$out>) {
			chomp $record;
			my ($f, @paths) = grep { length } split /\n/, $record;
			next unless $f && @paths && @paths < 50;
			push @{ $set{join "\0", sort @paths} }, $f;
		}
	}
	close $out;
	my %patch_of = ();
	my @ask;
	for my $g (@bare) {
		my @paths = git('diff-tree', '-r', '--no-commit-id',
			'--name-only', $g->{id});
		$g->{peers} = $set{join "\0", sort @paths} // [];
		splice @{ $g->{peers} }, 200 if @{ $g->{peers} } > 200;
		push @ask, $g->{id}, @{ $g->{peers} } if @{ $g->{peers} };
	}
	my %once;
	@ask = grep { !$once{$_}++ } @ask;
	my (undef, $found) = tempfile(UNLINK => 1);
	open(my $diff, '|-', "git patch-id --stable >$found") or die;
	patches(sub { print $diff $_[0] }, '', @ask);
	close $diff;
	open(my $ids, '<', $found) or die;
	while (<$ids>) {
		my ($patch, $commit) = split;
		$patch_of{$commit} = $patch;
	}
	my %by_branch;
	push @{ $by_branch{$_->{branch}} }, $_ for @bare;
	for my $branch (keys %by_branch) {
		my %lack = map { $_ => 1 } git('rev-list', '--no-merges',
			"$branch..$main");
		for my $g (@{ $by_branch{$branch} }) {
			my $own = $patch_of{$g->{id}} or next;
			for my $f (@{ $g->{peers} // [] }) {
				$g->{candidates}{$f} = 'patch'
					if $lack{$f} && ($patch_of{$f} // '')
						eq $own;
			}
		}
	}
}

my @known = grep { %{ $_->{candidates} // {} } } @sample;
splice @known, $count if @known > $count;
load_lines(map { ($_->{id}, keys %{ $_->{candidates} }) } @known);
for my $g (@known) {
	for my $f (keys %{ $g->{candidates} }) {
		next if alike($g->{id}, $f) < .5;
		push @cells, { g => $g, f => $f, branch => $g->{branch},
			why => $g->{candidates}{$f} };
	}
}
printf "%d of %d sampled commits have an origin; %d cells\n", scalar @known,
	scalar @sample, scalar @cells;

# --- the product ------------------------------------------------------------

our ($build, %n, %said);
sub ask {
	my @pairs = @_;
	open(my $in, '>', $scratch) or die;
	print $in "$_\n" for @pairs;
	close $in;
	my $options = join ' ', map { "--branches '$_'" } @globs, $main;
	local $ENV{PATH} = $build ? "$build:$ENV{PATH}" : $ENV{PATH};
	my $text = qx{git retro trace --stdin --format=ndjson --tags none $options <$scratch};
	die "git retro trace failed\n" if $?;
	return map { decode_json $_ } split /\n/, $text;
}

# --- reverts ----------------------------------------------------------------

my @reverts;
records(sub {
	my ($id, $title, $date, $text) = split /\x01/, $_[0], 4;
	push @reverts, { id => $id, title => $title, date => $date,
		text => $text }
		if $title =~ /revert|back ?out|reapply|reland/i
		|| $text =~ /revert/i;
}, '--no-merges', '--format=%H%x01%s%x01%ct%x01%B', @branches, $main);
my $all_reverts = @reverts;
my $most = $ENV{REVERTS} // $count;
if (@reverts > $most) {
	my @some;
	push @some, splice @reverts, rand @reverts, 1 for 1 .. $most;
	@reverts = @some;
}
my %title_of; # all commits by title
records(sub {
	my ($id, $date, $title) = split /\x01/, $_[0];
	push @{ $title_of{bare($title)} }, [$id, $date];
}, '--no-merges', '--format=%H%x01%ct%x01%s', @branches, $main);
my @pairs;
for my $r (@reverts) {
	my %candidate;
	for ($r->{text} =~ /\b([0-9a-f]{7,40})\b/gi) {
		$candidate{lc $_} = 1 if /\d/;
	}
	my $named;
	if ($r->{title} =~ /"(.*)"/) {
		$named = bare($1);
		$candidate{$_->[0]} = 1 for grep { $_->[1] <= $r->{date} }
			@{ $title_of{$named} // [] };
	}
	$r->{candidates} = [keys %candidate];
}
{
	open(my $in, '>', $scratch) or die;
	my @words = map { @{ $_->{candidates} } } @reverts;
	print $in "$_\n" for @words;
	close $in;
	my @got = qx{git cat-file --batch-check='%(objecttype) %(objectname)' <$scratch 2>/dev/null};
	for my $r (@reverts) {
		$r->{of} = [map { (shift(@got) // '') =~ /^commit ([0-9a-f]{40})/
			? $1 : () } @{ $r->{candidates} }];
	}
}
load_lines(map { ($_->{id}, @{ $_->{of} }) } @reverts);
for my $r (@reverts) {
	my %one;
	for my $f (grep { !$one{$_}++ && $_ ne $r->{id} } @{ $r->{of} }) {
		push @pairs, [$r, $f] if alike($r->{id}, $f, 1) >= .5;
	}
}

for my $named (split ' ', $ENV{BUILDS} // "this=") {
	($build) = $named =~ /^[^=]*=(.*)/;
	my ($label) = $named =~ /^([^=]*)/;
	print "=== $label\n";
	evaluate();
}

sub evaluate {
my (%answer, %once);
my @fixes = grep { !$once{$_}++ } map { $_->{f} } @cells;
my $start = time;
my @answers = @fixes ? ask(map { "- $_" } @fixes) : ();
for my $i (0 .. $#fixes) {
	for my $line (@{ $answers[$i]{lines} }) {
		$answer{$fixes[$i]}{$line->{name}} = $line;
	}
}

%n = %said = ();
sub note {
	my ($kind, $text) = @_;
	$n{$kind}++;
	print "$kind: $text\n" if $said{$kind}++ < ($ENV{SHOW} // 15);
}
for my $cell (@cells) {
	my ($f, $branch, $g) = @$cell{qw(f branch g)};
	my $line = $answer{$f}{$branch} or next;
	my $fix = $line->{fix}[0];
	my ($part, $of) = at_tip($g->{id}, $branch);
	my $short = sprintf "%s on %s as %s (%s) %.2f of %d at the tip: %s",
		substr($f, 0, 12), $branch, substr($g->{id}, 0, 12),
		$cell->{why}, $part, $of, substr $g->{title}, 0, 60;
	$n{cells}++;
	$n{"why $cell->{why}"}++;
	$n{"via " . ($fix->{via} // 'none')}++;
	if ($line->{state} eq 'fixed') {
		if ($part == 0 && $of >= 2) {
			note('FIXED? not at the tip', $short);
		}
	} elsif ($fix->{reverted}) {
		note($part > .5 ? 'REVERTED? at the tip' : 'reverted',
			"$short by " . substr $fix->{reverted}, 0, 12);
	} else {
		note('MISSED', "$short ($cell->{why})");
	}
}

# --- what the product takes for one change and is not -----------------------

my @twins;
for my $f (@fixes) {
	for my $line (values %{ $answer{$f} }) {
		my $fix = $line->{fix}[0];
		next if !$fix->{via} || $fix->{via} eq 'ancestor';
		push @twins, [$f, $fix->{by}, $fix->{via}, $line->{name}];
	}
}
load_lines(map { $_->[1] } @twins);
my %pair;
for (@twins) {
	my ($f, $by, $via, $branch) = @$_;
	next if $pair{"$f $by"}++;
	$n{"twins by $via"}++;
	my $a = alike($f, $by);
	note("UNLIKE by $via", sprintf "%s and %s on %s: %.2f",
		substr($f, 0, 12), substr($by, 0, 12), $branch, $a)
		if $a < .2 && keys(%{ $lines{$f}{plus} });
}

my %twice;
my @reverted = grep { !$twice{$_}++ } map { $_->[1] } @pairs;
my @back = @reverted ? ask(map { "- $_" } @reverted) : ();
my %state;
for my $i (0 .. $#reverted) {
	$state{$reverted[$i]} = $back[$i]{lines};
}
my (%done, %holds);
for (@pairs) {
	my ($r, $f) = @$_;
	for my $line (@{ $state{$f} }) {
		my $fix = $line->{fix}[0];
		next unless $fix->{via} && !$done{"$f $line->{name}"}++;
		$holds{$r->{id}} //= { map { $_ => 1 } git('for-each-ref',
			'--format=%(refname:short)', '--contains', $r->{id},
			'refs/heads') };
		next unless $holds{$r->{id}}{$line->{name}};
		my ($part, $of) = at_tip($f, $line->{name});
		next if $of < 2;
		$n{'reverted cells'}++;
		my $short = sprintf "%s on %s, %.2f of %d there, revert %s: %s",
			substr($f, 0, 12), $line->{name}, $part, $of,
			substr($r->{id}, 0, 12), substr $r->{title}, 0, 70;
		if ($fix->{via} && !$fix->{reverted}) {
			note('FALSE FIXED by a revert', $short) if $part < .2;
		} else {
			note('FALSE REVERTED', $short) if $part > .8;
		}
	}
}
print "$all_reverts commits speak of reverts\n";
printf "  %-28s %d\n", $_, $n{$_} for sort keys %n;
printf "recall %.2f %%\n", 100 * ($n{cells} - ($n{MISSED} // 0)) / $n{cells}
	if $n{cells};
}
