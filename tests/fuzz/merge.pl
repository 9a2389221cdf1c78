#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# merge.pl <seed> <count>: that many random retros, each changed at random on two
# sides and merged by `git-retro merge-file`. Of each it holds that
#
#	no word that a side wrote is lost
#	both orders give the same lines, but for their order and new numbers
#	what git merges without a conflict is git's own result, unless the two
#	sides gave one number or field to different things
#	a side merged with itself or with the base is that side; a result merged
#	with theirs once more is that result, or conflicts
#	a result without a conflict has no number and no field twice
#
# merge.pl --kill <seed> <count>: each is killed once, at a random moment; then
# its file has the bytes from before or those of the result, the others have
# theirs, and the next merge gives that result.
#
# Runs in an empty folder, in which it makes a repository. The same seed makes
# the same.
use strict;
use warnings;
use Time::HiRes qw(sleep time);

my $kill = @ARGV && $ARGV[0] eq '--kill' && shift;
my ($seed, $count) = @ARGV;
die "usage: merge.pl [--kill] <seed> <count>\n" unless $count;
srand($seed);

sub one { return $_[rand @_] }
sub maybe { return rand() < $_[0] }

my $words = 0;
sub word { return sprintf 'w%05d', ++$words }
sub phrase { return join ' ', map { word() } 1 .. 1 + rand 4 }

# --- a retro, as parts that are written in order

sub numbered {
	my ($letter, $nr) = @_;
	return $letter eq 'P'
		? { n => "P$nr", text => phrase() }
		: { n => "A$nr", text => phrase(), box => one(' ', ' ', 'x'),
			owner => maybe(0.6) ? word() : '',
			due => maybe(0.6) ? day() : '' };
}

sub day { return sprintf '2026-%02d-%02d', 1 + rand 12, 1 + rand 28 }

sub base {
	my %r = (
		scalars => [ map { [$_, word()] } grep { maybe(0.5) }
			qw(owner url company product x-team) ],
		flow => [ map { [$_, [ map { word() } 1 .. 1 + rand 3 ]] }
			grep { maybe(0.6) } qw(labels releases) ],
		block => maybe(0.5) ? [ map { word() } 1 .. 1 + rand 3 ] : [],
		summary => [ map { phrase() } 1 .. 1 + rand 3 ],
		pitfalls => [ map { numbered('P', $_) } 1 .. rand 4 ],
		notes => [ map { phrase() } 1 .. rand 4 ],
		actions => [ map { numbered('A', $_) } 1 .. rand 4 ],
		sections => [ map { [word(), phrase()] } 1 .. rand 3 ],
		loose => maybe(0.2),
		crlf => maybe(0.1),
	);
	$r{causes} = { map { $_->{n} => word() } grep { maybe(0.5) } @{$r{pitfalls}} };
	return \%r;
}

sub copy {
	my $v = shift;
	return ref $v eq 'HASH' ? { map { $_ => copy($v->{$_}) } keys %$v }
		: ref $v eq 'ARRAY' ? [ map { copy($_) } @$v ] : $v;
}

sub item {
	my $i = shift;
	return "- $i->{n}: $i->{text}" unless exists $i->{box};
	return "- [$i->{box}] $i->{n}: $i->{text}" .
		($i->{owner} ? " \@$i->{owner}" : '') .
		($i->{due} ? " due:$i->{due}" : '');
}

sub text {
	my $r = shift;
	my @out = ('---', 'id: 2026-01-05-x', 'title: Loader', 'date: 2026-01-05',
		'status: draft');
	push @out, "$_->[0]: $_->[1]" for @{$r->{scalars}};
	push @out, "$_->[0]: [" . join(', ', @{$_->[1]}) . ']' for @{$r->{flow}};
	push @out, 'paths:', map { "  - $_" } @{$r->{block}} if @{$r->{block}};
	if (%{$r->{causes}}) {
		push @out, 'commits:';
		for my $p (@{$r->{pitfalls}}) {
			push @out, "  - pitfall: $p->{n}",
				"    cause: [$r->{causes}{$p->{n}}]"
				if $r->{causes}{$p->{n}};
		}
	}
	push @out, '---', '', '# Loader', '', @{$r->{summary}}, '';
	my $gap = sub { map { $r->{loose} ? ($_, '') : $_ } @_ };
	my $list = sub {
		my ($head, @items) = @_;
		push @out, "## $head", '', $gap->(@items), @items && !$r->{loose} ? '' : ();
	};
	$list->('Pitfalls', map { item($_) } @{$r->{pitfalls}});
	$list->('Timeline', map { "- $_" } @{$r->{notes}});
	push @out, "## $_->[0]", '', $_->[1], '' for @{$r->{sections}};
	$list->('Actions', map { item($_) } @{$r->{actions}});
	pop @out;
	return join('', map { $_ . ($r->{crlf} ? "\r\n" : "\n") } @out);
}

# --- changes

sub next_number {
	my $most = 0;
	for (@{$_[0]}) { $_->{n} =~ /(\d+)/ and $1 > $most and $most = $1 }
	return $most + 1;
}

sub insert { my ($list, $new) = @_; splice @$list, maybe(0.7) ? @$list : rand(@$list + 1), 0, $new }
sub drop { my $list = shift; splice @$list, rand @$list, 1 if @$list }

my @changes = (
	sub { my $s = one(@{$_[0]{scalars}}) or return; $s->[1] = word() },
	sub {
		my %has = map { $_->[0] => 1 } @{$_[0]{scalars}};
		my ($key) = grep { !$has{$_} && maybe(0.5) }
			qw(owner url company product x-team x-run);
		insert($_[0]{scalars}, [$key, word()]) if $key;
	},
	sub { my $f = one(@{$_[0]{flow}}) or return; insert($f->[1], word()) },
	sub { my $f = one(@{$_[0]{flow}}) or return; drop($f->[1]) },
	sub { insert($_[0]{block}, word()) },
	sub { drop($_[0]{block}) if @{$_[0]{block}} > 1 },
	sub { insert($_[0]{summary}, phrase()) },
	sub { my $s = $_[0]{summary}; $s->[rand @$s] = phrase() },
	(sub {
		my ($r, $pitfall) = ($_[0], numbered('P', next_number($_[0]{pitfalls})));
		insert($r->{pitfalls}, $pitfall);
		$r->{causes}{$pitfall->{n}} = word() if maybe(0.5);
	}) x 2,
	(sub { insert($_[0]{actions}, numbered('A', next_number($_[0]{actions}))) }) x 3,
	(sub { my $i = one(@{$_[0]{actions}}) or return; $i->{box} = one('x', '-', ' ') }) x 2,
	sub { my $i = one(@{$_[0]{actions}}) or return; $i->{due} = day() },
	sub { my $i = one(@{$_[0]{actions}}) or return; $i->{text} = phrase() },
	sub { drop($_[0]{actions}) },
	sub { my $p = one(@{$_[0]{pitfalls}}) or return; $p->{text} .= ' ' . word() },
	(sub { insert($_[0]{notes}, phrase()) }) x 2,
	sub { drop($_[0]{notes}) },
	sub { my $n = $_[0]{notes}; $n->[rand @$n] = phrase() if @$n },
	sub { insert($_[0]{sections}, [word(), phrase()]) },
	sub { my $s = one(@{$_[0]{sections}}) or return; $s->[1] = phrase() },
);

sub changed {
	my $r = copy(shift);
	one(@changes)->($r) for 1 .. 1 + rand 4;
	return $r;
}

# --- merging

sub put { my ($name, $bytes) = @_; open my $f, '>:raw', $name or die; print $f $bytes; close $f or die }
sub get { open my $f, '<:raw', shift or die; local $/; return <$f> }

# The result and the exit code.
sub merge {
	my ($o, $a, $b) = @_;
	put('O', $o); put('A', $a); put('B', $b);
	my $code = system('git-retro', 'merge-file', 'O', 'A', 'B', '7', 'retros/x.md');
	return (get('A'), $code >> 8, $code & 127);
}

sub gits {
	my ($o, $a, $b) = @_;
	put('O', $o); put('A', $a); put('B', $b);
	my $code = system('git', 'merge-file', '-q', 'A', 'O', 'B');
	return (get('A'), $code >> 8);
}

sub words_of { my %w; $w{$_}++ for $_[0] =~ /w\d{5}/g; return \%w }

sub numbers_of {
	my %n;
	$n{$1}++ while $_[0] =~ /^- (?:\[.\] )?([AP]\d+): /mg;
	return \%n;
}

# Both gave a number to different things that are new.
sub collide {
	my ($o, $a, $b) = map { numbers_of($_) } @_;
	for my $n (keys %$a) {
		next if $o->{$n} || !$b->{$n};
		return 1;
	}
	my ($fa, $fb) = map { my %f = map { $_ => 1 } /^([a-z-]+): /mg; \%f } @_[1, 2];
	my %fo = map { $_ => 1 } $_[0] =~ /^([a-z-]+):/mg;
	return scalar grep { $fb->{$_} && !$fo{$_} } keys %$fa;
}

# Its lines without markers and numbers, sorted; the entries of a list too.
sub lines {
	my $text = shift;
	$text =~ s/^(?:<{7} ours|={7}|>{7} theirs)\r?\n//mg;
	$text =~ s/\b([AP])\d+\b/$1/g;
	$text =~ s/\[(w[^]]*)\]/'[' . join(', ', sort split(m{, }, $1)) . ']'/ge;
	return join "\n", sort grep { /\S/ } split /\r?\n/, $text;
}

sub twice {
	my ($text, @sides) = @_;
	my %seen;
	for ($text =~ /^- (?:\[.\] )?([AP]\d+):/mg, $text =~ /^([a-z-]+):/mg) {
		return $_ if $seen{$_}++;
	}
	return '';
}

my %figures = map { $_ => 0 } qw(git ours conflict again);

sub judge {
	my ($o, $a, $b) = @_;
	my ($m, $code, $signal) = merge($o, $a, $b);
	return "exit code $code, signal $signal" if $signal || $code > 1;
	my ($w, $kept) = (words_of($m), words_of($o));
	for my $side ($a, $b) {
		for (keys %{words_of($side)}) {
			return "$_ is lost" if !$kept->{$_} && !$w->{$_};
		}
	}
	my ($turned, $other) = merge($o, $b, $a);
	return "exit code $code, the other way $other" if $code != $other;
	return "the other way:\n$turned" if lines($m) ne lines($turned);
	my ($plain, $conflicts) = gits($o, $a, $b);
	$figures{$code ? 'conflict' : $conflicts ? 'ours' : 'git'}++;
	return "git has no conflict:\n$plain"
		if !$conflicts && $code && !collide($o, $a, $b);
	return "git's own:\n$plain"
		if !$conflicts && $plain ne $m && !collide($o, $a, $b);
	return 'twice: ' . twice($m) if !$code && twice($m);
	for ([$o, $a, $a, $a], [$o, $a, $o, $a], [$o, $o, $b, $b]) {
		my ($same, $bad) = merge(@$_[0 .. 2]);
		return "exit code $bad, not that side:\n$same" if $bad || $same ne $_->[3];
	}
	return '' if $code;
	my ($again, $bad) = merge($o, $m, $b);
	$figures{again} += $bad;
	return "again:\n$again" if !$bad && $again ne $m;
	return '';
}

# --- killing

my %killed = map { $_ => 0 } qw(old new late);

sub cut {
	my ($o, $a, $b) = @_;
	my $start = time;
	my ($want) = merge($o, $a, $b);
	my $wait = rand(1.1) * (time - $start);
	put('O', $o); put('A', $a); put('B', $b);
	my $child = fork // die;
	if (!$child) {
		exec 'git-retro', 'merge-file', 'O', 'A', 'B', '7', 'retros/x.md';
		die;
	}
	sleep $wait;
	kill 'KILL', $child;
	waitpid $child, 0;
	my ($dead, $have) = ($? & 127, get('A'));
	return "the base is\n" . get('O') if get('O') ne $o;
	return "theirs is\n" . get('B') if get('B') ne $b;
	return "the file is\n$have" if $have ne $a && $have ne $want;
	$killed{!$dead ? 'late' : $have eq $want ? 'new' : 'old'}++;
	my ($next) = merge($o, $a, $b);
	return "the next is\n$next" if $next ne $want;
	my @beside = grep { !/^\.\.?$|^\.git$|^[OAB]$/ } glob '* .*';
	return "left beside: @beside" if @beside;
	return '';
}

system('git', 'init', '-q') == 0 or die;
system('git', 'commit', '-q', '--allow-empty', '-m', 'x') == 0 or die;
for my $nr (1 .. $count) {
	my $base = base();
	my ($o, $a, $b) = map { text($_) } $base, changed($base), changed($base);
	my $bad = $kill ? cut($o, $a, $b) : judge($o, $a, $b);
	next unless $bad;
	my ($m) = merge($o, $a, $b);
	print "seed $seed, merge $nr: $bad\n--- base\n$o--- ours\n$a--- theirs\n$b--- merged\n$m";
	exit 1;
}
if ($kill) {
	print "$count kills: $killed{old} before it was written, $killed{new} after, $killed{late} came too late\n";
	exit;
}
print "$count merges: $figures{git} as git, $figures{ours} where git conflicts, $figures{conflict} conflicts; $figures{again} conflict when merged again\n";
