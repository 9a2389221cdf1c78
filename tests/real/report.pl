#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# report.pl <repository> [<person>] [<since>]: every line of `git retro report
# --format json` recomputed from `git for-each-ref`, `git log`, `git check-mailmap`
# and the JSON of list, actions and pitfalls; of a person, whose name or mail
# contains the text. Prints a line for each that differs, and how many were
# compared; and holds each line of the report in Markdown to `report --verify`,
# and one with each reference changed. Days are those of TZ; <since> is a day.
#
# Run by TZ=UTC in the last four clones that stats.pl names, of all and of five
# people (one of them only a co-author), each also since 2026-04-01: 40 reports,
# 885 lines. One claim did not hold: a retro with nine pitfalls and one fix that
# named none of them told all nine as fixed. Since then none differs.
use strict;
use warnings;
use utf8;
use feature 'fc';
use JSON::PP;
use POSIX qw(strftime);
use Encode qw(decode);
binmode STDOUT, ':utf8';

my ($repo, $person, $since) = map { decode('UTF-8', $_) } @ARGV;
$person = undef unless length($person // '');
chdir $repo or die "$repo: $!\n";
$ENV{LC_ALL} = 'C.UTF-8';
delete $ENV{LANGUAGE};

sub run { open my $p, '-|', @_ or die; local $/; my $t = <$p>; close $p; $t // '' }
sub text { decode('UTF-8', run(@_)) }
sub json { decode_json(run('git', 'retro', @_, '--format=json')) }
sub day { strftime('%Y-%m-%d', localtime shift) }
sub wanted { my $day = shift; !defined $since || (defined $day && $day ge $since) }

my @options = ((defined $person ? ('--person', $person) : ()), (defined $since ? ('--since', $since) : ()));
my $report = json('report', map { my $o = $_; utf8::encode($o); $o } @options);
my %retros = map { $_->{id} => $_ } grep { ($_->{status} // '') !~ /^(waived|superseded)$/ }
	@{ json('list')->{retros} };
my @retros = values %retros;

# People, joined by .mailmap.
my %joined;
sub joined {
	my $who = shift;
	return $joined{$who} //= do {
		my $named = $who;
		utf8::encode($named);
		my $t = $who =~ /<.*>/ ? text('git', 'check-mailmap', $named) : $who;
		chomp $t;
		$t;
	};
}
sub is_person { my $who = shift; !defined $person || (defined $who && index(fc $who, fc $person) >= 0) }
sub is_by {
	my $r = shift;
	return !defined $person || is_person($r->{owner}) || grep { is_person(joined($_)) } @{ $r->{authors} };
}

my %want = map { $_ => [] } qw(shipped impact hard learned gone returned kept open helped);
# A section, what proves it, and its text; "*": any.
sub line { my ($key, $release, $retro, $commit, $text) = @_;
	push @{ $want{$key} }, join "\t", map { $_ // '' } $release, $retro, $commit, $text }

# Releases, and what is between each and the highest version below it that was
# tagged before.
my %time;
for (split /\n/, text('git', 'for-each-ref', '--format=%(refname:short)%09%(creatordate:unix)', 'refs/tags')) {
	my ($tag, $at) = split /\t/;
	$time{$tag} = $at;
}
my @releases = map { $_->{release} } @{ json('stats')->{total}{releases}{evidence} };
sub version { map { sprintf '%08d', $_ } shift =~ /(\d+)/g }
sub below { my ($x, $y) = @_; join('.', version($x)) lt join('.', version($y)) }
for my $tag (@releases) {
	next unless wanted(day($time{$tag}));
	my ($before) = sort { below($a, $b) ? 1 : -1 }
		grep { below($_, $tag) && $time{$_} <= $time{$tag} } @releases;
	my @commits = grep { length } split /\0/, text('git', 'log', '--no-merges', '-z', '--format=%aN <%aE>%n%B', "refs/tags/$tag",
		defined $before ? "^refs/tags/$before" : ());
	my $own = grep { my ($author, @rest) = split /\n/;
		is_person($author) || grep { /^co-authored-by:\s*(\S.*?)\s*$/i && is_person(joined($1)) } @rest } @commits;
	next unless $own || !defined $person;
	my ($retro) = map { $_->{id} } sort { $b->{date} cmp $a->{date} } grep {
		($_->{kind} // '') !~ /^(incident|experiment)$/ && grep { $_ eq $tag } @{ $_->{releases} } } @retros;
	my $nr = @commits;
	line('shipped', $tag, $retro, undef, defined $person ? "$tag: $own of its $nr commits"
		: "$tag: $nr commit" . ($nr == 1 ? '' : 's'));
}

for my $r (grep { is_by($_) && wanted($_->{date}) } @retros) {
	for my $m (@{ $r->{metrics} }) {
		my ($name, $before, $after, $unit) = map { $_ // '' } @{$m}{qw(name before after unit)};
		next unless length $name && length $before && length $after;
		my $number = qr/^[-+]?(?:\d+\.?\d*|\.\d+)$/;
		my $change = $before =~ $number && $after =~ $number && $before != 0 && $unit !~ /%/
			? sprintf ' (%+.1f %%)', 100 * ($after - $before) / abs $before : '';
		line('impact', undef, $r->{id}, undef, "$name: $before → $after" . (length $unit ? " $unit" : '') . $change);
	}
}

sub sentence {
	my $t = shift;
	return $t if $t =~ /(?:[.!?:;]|[\x{2026}\x{3000}-\x{303f}\x{ff00}-\x{ff0f}\x{ff1a}\x{ff1b}\x{ff1f}])\z/;
	return $t . ($t =~ /[\x{2e80}-\x{10ffff}]\z/ ? '。' : '.');
}
my @pitfalls = @{ json('pitfalls')->{pitfalls} };
my %sole;
push @{ $sole{ $_->{retro} } }, $_ for @pitfalls;
for my $p (@pitfalls) {
	my $r = $retros{ $p->{retro} } or next;
	next unless is_by($r);
	my $name = $r->{id} . (defined $p->{id} ? "#$p->{id}" : '');
	line('learned', undef, $name, undef, $p->{text}) if wanted($r->{date});
	for (@{ $p->{'came-back'} }) {
		my $id = ref $_ ? $_->{retro} : $_;
		line('returned', undef, $name, undef, sentence($p->{text}) . " Again in $id")
			if wanted($retros{$id} ? $retros{$id}{date} : undef);
	}
	my ($problem) = defined $p->{id} ? grep { ($_->{pitfall} // $_->{id} // '') eq $p->{id} } @{ $r->{problems} } : ();
	# One that names no pitfall is of the only one there is.
	my $only = !@{ $r->{problems} } && @{ $sole{ $r->{id} } } == 1;
	my $fix = $problem ? $problem->{fix} // $problem->{commits}{fix} : $only ? $r->{commits}{fix} : [];
	line('gone', undef, $name, undef, sentence($p->{text}) . " Not seen for $p->{'age-days'} days")
		if !@{ $p->{'came-back'} } && ($p->{'age-days'} // 0) > 90 && @{ $fix // [] };
}

sub author { my $t = text('git', 'log', '-1', '--no-walk', '--format=%aN <%aE>', shift); chomp $t; $t }
for my $a (@{ json('actions')->{actions} }) {
	my $r = $retros{ $a->{retro} } or next;
	my $own = defined $a->{owner} && is_person($a->{owner});
	my $closed = defined $a->{'closed-by'} && is_person(author($a->{'closed-by'}));
	next if defined $person && !$own && !$closed;
	my $done = $a->{state} eq 'done';
	my $day = $a->{'closed-on'} // ($done && ($a->{done} // '') =~ /^(\d{4}-\d\d-\d\d)$/ ? $1 : $r->{date});
	next unless wanted($day);
	my $text = $a->{text} . (defined $a->{owner} ? " \@$a->{owner}" : '');
	my $key = $a->{state} eq 'open' ? (!defined $person || $own ? 'open' : undef)
		: !$done ? undef : defined $person && $closed && defined $a->{owner} && !$own ? 'helped' : 'kept';
	line($key, undef, $a->{name}, $a->{'closed-by'}, $text) if defined $key;
}
my @fixes = map { my $r = $_; map { [$r, $_] } @{ $r->{commits}{fix} } }
	grep { defined $person && !is_by($_) && wanted($_->{date}) } @retros;
for (@fixes) {
	my ($r, $fix) = @$_;
	line('helped', undef, '*', $fix, '*') if is_person(author($fix));
}

my ($compared, $wrong) = (0, 0);
for my $section (@{ $report->{sections} }) {
	my $key = $section->{key};
	my @got = map { my $l = $_; join "\t", map { $_ // '' } @{$l}{qw(release retro commit text)} } @{ $section->{lines} };
	if ($key eq 'hard') { # what it says is of a text that no JSON has
		for (@{ $section->{lines} }) {
			my $r = $retros{ $_->{retro} };
			$compared++;
			next if $r && is_by($r) && wanted($r->{date}) && index($_->{text}, $r->{title}) == 0;
			$wrong++;
			print "hard: $_->{retro}\n";
		}
		next;
	}
	if ($key eq 'helped') {
		s/^\t[^\t]*\t([0-9a-f]+)\tFixed: .*/\t*\t$1\t*/ for @got;
	}
	my %there;
	$there{$_}++ for @got;
	for (@{ $want{$key} }) {
		$compared++;
		next if ($there{$_} // 0) > 0 && $there{$_}--;
		$wrong++;
		print "$key: not told: $_\n";
	}
	$compared++;
	next if @got == @{ $want{$key} };
	$wrong++;
	printf "%s: %d lines, recomputed %d\n", $key, scalar @got, scalar @{ $want{$key} };
	print "$key: told: $_\n" for grep { $there{$_} > 0 } sort keys %there;
}

# verify [<change>]: exit code and words of `report --verify`.
my @command = map { my $o = $_; utf8::encode($o); $o } 'git', 'retro', 'report', @options, '--format=markdown';
my $markdown = text(@command);
sub verify {
	my $file = "/tmp/report.$$.md";
	open my $f, '>:utf8', $file or die;
	print $f shift;
	close $f;
	my $out = text('git', 'retro', 'report', '--verify', $file);
	my $code = $? >> 8;
	unlink $file;
	return ($code, $out);
}
my $lines = () = $markdown =~ /^- /mg;
if ($lines) {
	my ($code, $out) = verify($markdown);
	$code == 0 or $wrong++, print "verify: exit $code\n$out";
	(my $false = $markdown) =~ s/^(- .*\(`[^`]*)`([^(]*)$/$1x`$2/mg;
	($code, $out) = verify($false);
	my $told = keys %{ { map { /:(\d+):/ ? ($1 => 1) : () } split /\n/, $out } };
	$code == 1 && $told == $lines or $wrong++, print "verify: $told of $lines changed lines are told, exit $code\n";
}
print "$compared lines compared, $wrong differ; $lines held to --verify, and to be refused when changed\n";
exit($wrong != 0);
