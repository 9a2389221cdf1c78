#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# stats.pl <repository>: the figures of `git retro stats` recomputed from `git
# for-each-ref`, `git log` and the JSON of list, actions, pitfalls and trace.
# Prints a line for each that differs, and how many were compared. Days are those
# of TZ.
#
# Run in clones of public repositories, each with a .retro.yml that names its
# folder, by TZ=UTC: icco/postmortems (dir: data; 242 retros, 1,793 figures),
# dfds/postmortems (dir: .; 38, 400), adr/madr (dir: docs/decisions, releases:
# tags: ["*"]; 20, 292), kudig-io/kudig-database (dir: domain-12-troubleshooting,
# in Chinese; 43, 50): none differs.
use strict;
use warnings;
use JSON::PP;
use POSIX qw(strftime ceil mktime);

my ($repo) = @ARGV;
chdir $repo or die "$repo: $!\n";

sub run { open my $p, '-|', @_ or die; local $/; my $t = <$p>; close $p; $t }
sub json { decode_json(run('git', 'retro', @_, '--format=json')) }
sub day { strftime('%Y-%m-%d', localtime shift) }
sub number { my ($y, $m, $d) = split /-/, shift; int(mktime(0, 0, 12, $d, $m - 1, $y - 1900) / 86400) }
sub quarter { my ($y, $m) = split /-/, shift; sprintf '%s-Q%d', $y, int(($m + 2) / 3) }
sub seconds {
	my ($t) = @_;
	return undef unless defined $t && length $t;
	my $s = run('date', '-u', '-d', $t, '+%s');
	chomp $s;
	return $s;
}

my $stats = json('stats');
my %retros = map { $_->{id} => $_ }
	grep { ($_->{status} // '') !~ /^(waived|superseded)$/ }
	@{ json('list')->{retros} };
my (%want, %of);
sub count { my ($group, $key, $value) = @_; for ('all', $group) { push @{ $want{$_}{$key} }, $value } }
sub total { my ($group, $key) = @_; $of{$_}{$key}++ for 'all', $group }
sub group { my $r = shift; defined $r->{date} ? quarter($r->{date}) : 'none' }

# Releases: what `list --release` could name are tags; those of the policy are
# the ones that stats tells, checked to be tags of that day.
my %time;
for (split /\n/, run('git', 'for-each-ref', '--format=%(refname:short)%09%(creatordate:unix)', 'refs/tags')) {
	my ($tag, $at) = split /\t/;
	$time{$tag} = $at;
}
my @releases = map { $_->{release} } @{ $stats->{total}{releases}{evidence} };
for my $tag (@releases) {
	die "no tag $tag\n" unless exists $time{$tag};
	count(quarter(day($time{$tag})), 'releases', 1);
}
my %seen;
for my $i (0 .. $#releases) {
	for (split /\n/, run('git', 'log', '--no-merges', '--format=%H %at', "$releases[$i]^{commit}",
		$i ? map { "^$_^{commit}" } @releases[0 .. $i - 1] : ())) {
		my ($id, $at) = split / /;
		next if $seen{$id}++;
		my $wait = $time{ $releases[$i] } - $at;
		count(quarter(day($time{ $releases[$i] })), 'lead-time', $wait > 0 ? $wait : 0);
	}
}

for my $r (values %retros) {
	my $g = group($r);
	count($g, 'retros', 1);
	my ($start, $found) = map { seconds($r->{$_}) } qw(started resolved);
	for (['detected', 'time-to-detect'], ['mitigated', 'time-to-mitigate'], ['resolved', 'time-to-resolve']) {
		my $end = seconds($r->{ $_->[0] });
		count($g, $_->[1], $end - $start)
			if defined $start && defined $end && $end >= $start;
	}
	my ($event) = ($r->{kind} // '') =~ /^(incident|experiment)$/ ? () :
		sort map { day($time{$_}) } grep { exists $time{$_} } @{ $r->{releases} };
	for ($r->{resolved}, $r->{started}) {
		$event //= substr $_, 0, 10 if defined $_;
	}
	my ($written) = $r->{id} =~ /^(\d{4}-\d\d-\d\d)/;
	$written //= $r->{date};
	if (defined $event && defined $written) {
		my $days = number($written) - number($event);
		count($g, 'time-to-retro', $days > 0 ? $days : 0);
	}
}
for my $p (@{ json('pitfalls')->{pitfalls} }) {
	my $r = $retros{ $p->{retro} } or next;
	count(group($r), 'pitfalls', 1);
	total(group($r), 'came-back');
	count(group($r), 'came-back', 1) if @{ $p->{'came-back'} };
}
my $today = number(day($ENV{SOURCE_DATE_EPOCH} // time));
for my $a (@{ json('actions')->{actions} }) {
	my $r = $retros{ $a->{retro} } or next;
	my $g = group($r);
	count($g, 'actions', 1);
	total($g, $_) for qw(done declined open overdue evaporated);
	count($g, $a->{state}, 1);
	count($g, 'overdue', 1) if $a->{overdue};
	my $due = defined $a->{due} ? number($a->{due}) + 90
		: defined $r->{date} ? number($r->{date}) + 180 : undef;
	count($g, 'evaporated', 1)
		if $a->{state} eq 'open' && defined $due && $today > $due;
	next unless defined $r->{date};
	count($g, 'open-age', $today - number($r->{date}))
		if $a->{state} eq 'open' && $today >= number($r->{date});
	next unless $a->{state} eq 'done';
	my $on = $a->{'closed-on'};
	if (!defined $on && defined $a->{done}) {
		if ($a->{done} =~ /^\d{4}-\d\d-\d\d/) { $on = substr $a->{done}, 0, 10 }
		else {
			$on = run('sh', '-c', 'git log -1 --no-walk --format=%cd --date=short "$1" 2>&-', 'sh', $a->{done});
			chomp $on;
		}
	}
	next unless $on;
	my $days = number($on) - number($r->{date});
	count($g, 'time-to-close', $days > 0 ? $days : 0);
}

my ($compared, $wrong) = (0, 0);
for my $group ($stats->{total}, @{ $stats->{groups} }) {
	my $name = $group->{name};
	for my $key (qw(retros time-to-retro pitfalls came-back actions done declined open overdue
		evaporated time-to-close open-age time-to-detect time-to-mitigate time-to-resolve
		releases lead-time)) {
		my $m = $group->{$key} or next;
		my @values = sort { $a <=> $b } @{ $want{$name}{$key} // [] };
		my @pairs = ([n => $m->{n}, scalar @values]);
		push @pairs, [of => $m->{of}, $of{$name}{$key} // 0] if exists $m->{of};
		if (exists $m->{median} && @values) {
			push @pairs, map { [$_->[0], $m->{ $_->[0] }, $values[ceil(@values * $_->[1] / 100) - 1]] }
				['median', 50], ['p90', 90];
		}
		for (@pairs) {
			my ($what, $got, $true) = @$_;
			$compared++;
			next if $got == $true;
			$wrong++;
			print "$name $key $what: $got, recomputed $true\n";
		}
	}
}
print "$compared figures compared, $wrong differ\n";
exit($wrong != 0);
