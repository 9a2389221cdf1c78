#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# stats.pl <repository> [quarter|month|year|kind|label|path|release]: the figures
# of `git retro stats` recomputed from `git for-each-ref`, `git log` and the JSON
# of list, actions, pitfalls and trace: of each its number, what it is of, its
# percentage, its median and 90th percentile, whether it is too few, and what
# proves it. Prints a line for each that differs, and how many were compared. Days
# are those of TZ. report.pl does the same for `git retro report`.
#
# Run in clones of public repositories, each with a .retro.yml that names its
# folder, by TZ=UTC: icco/postmortems (dir: data; 242 retros, 1,793 figures),
# dfds/postmortems (dir: .; 38, 400), adr/madr (dir: docs/decisions, releases:
# tags: ["*"]; 20, 292), kudig-io/kudig-database (dir: domain-12-troubleshooting,
# in Chinese; 43, 50): none differs. With all that is compared now, in clones where
# their own folder was read, or imported, and drafts of up to 25 releases added:
# cola500/equinet (104 retros; 12 linked to a fix of its history and the suggested
# cause, three tags and a release branch added: 281 figures by quarter, 12,722 by the
# others), coseo12/harness-setting (docs/decisions; 31, 354), erikshafer/CritterCab
# (29, 267), LessUp/fq-compressor (docs/postmortems; 8, 182): none differs.
use strict;
use warnings;
use JSON::PP;
use POSIX qw(strftime ceil mktime);

my ($repo, $by) = @ARGV;
$by //= 'quarter';
chdir $repo or die "$repo: $!\n";

sub run { open my $p, '-|', @_ or die; local $/; my $t = <$p>; close $p; $t }
sub json { decode_json(run('git', 'retro', @_, '--format=json')) }
sub day { strftime('%Y-%m-%d', localtime shift) }
sub number { my ($y, $m, $d) = split /-/, shift; int(mktime(0, 0, 12, $d, $m - 1, $y - 1900) / 86400) }
sub period {
	my ($y, $m) = split /-/, shift;
	return $y if $by eq 'year';
	return "$y-$m" if $by eq 'month';
	return sprintf '%s-Q%d', $y, int(($m + 2) / 3);
}
sub seconds {
	my ($t) = @_;
	return undef unless defined $t && length $t;
	my $s = run('date', '-u', '-d', $t, '+%s');
	chomp $s;
	return $s;
}

my $stats = json('stats', '--by', $by);
my $timed = $by =~ /^(?:quarter|month|year)$/;
my %retros = map { $_->{id} => $_ }
	grep { ($_->{status} // '') !~ /^(waived|superseded)$/ }
	@{ json('list')->{retros} };
my (%want, %of, %proof);
# The groups, what is counted, a value, and what proves it: "release retro".
sub count {
	my ($groups, $key, $value, $proof) = @_;
	for ('all', @$groups) {
		push @{ $want{$_}{$key} }, $value;
		push @{ $proof{$_}{$key} }, $proof if defined $proof;
	}
}
sub total { my ($groups, $key) = @_; $of{$_}{$key}++ for 'all', @$groups }
sub uniq { my %u; grep { !$u{$_}++ } @_ }
# Of a retro.
sub groups {
	my $r = shift;
	my @names = $timed ? (defined $r->{date} ? period($r->{date}) : 'none')
		: $by eq 'kind' ? $r->{kind} // 'none'
		: uniq(@{ $r->{ { label => 'labels', path => 'paths', release => 'releases' }->{$by} } });
	return [@names ? @names : 'none'];
}
# Of a release.
sub at_release {
	my ($tag, $day) = @_;
	return [$timed ? period($day) : $by eq 'release' ? $tag : ()];
}

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
	count(at_release($tag, day($time{$tag})), 'releases', 1, "$tag ");
}
my %seen;
for my $i (0 .. $#releases) {
	my $first = 1;
	for (split /\n/, run('git', 'log', '--no-merges', '--format=%H %at', "$releases[$i]^{commit}",
		$i ? map { "^$_^{commit}" } @releases[0 .. $i - 1] : ())) {
		my ($id, $at) = split / /;
		next if $seen{$id}++;
		my $wait = $time{ $releases[$i] } - $at;
		count(at_release($releases[$i], day($time{ $releases[$i] })), 'lead-time',
			$wait > 0 ? $wait : 0, $first ? "$releases[$i] " : ' ');
		$first = 0;
	}
}

for my $r (values %retros) {
	my $g = groups($r);
	count($g, 'retros', 1, " $r->{id}");
	my ($start, $found) = map { seconds($r->{$_}) } qw(started resolved);
	for (['detected', 'time-to-detect'], ['mitigated', 'time-to-mitigate'], ['resolved', 'time-to-resolve']) {
		my $end = seconds($r->{ $_->[0] });
		count($g, $_->[1], $end - $start, " $r->{id}")
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
		count($g, 'time-to-retro', $days > 0 ? $days : 0, " $r->{id}");
	}
}
for my $p (@{ json('pitfalls')->{pitfalls} }) {
	my $r = $retros{ $p->{retro} } or next;
	my $name = " $p->{retro}" . (defined $p->{id} ? "#$p->{id}" : '');
	count(groups($r), 'pitfalls', 1, $name);
	total(groups($r), 'came-back');
	count(groups($r), 'came-back', 1, $name) if @{ $p->{'came-back'} };
}
my $today = number(day($ENV{SOURCE_DATE_EPOCH} // time));
for my $a (@{ json('actions')->{actions} }) {
	my $r = $retros{ $a->{retro} } or next;
	my $g = groups($r);
	my $name = " $a->{name}";
	count($g, 'actions', 1, $name);
	total($g, $_) for qw(done declined open overdue evaporated);
	count($g, $a->{state}, 1, $name);
	count($g, 'overdue', 1, $name) if $a->{overdue};
	my $due = defined $a->{due} ? number($a->{due}) + 90
		: defined $r->{date} ? number($r->{date}) + 180 : undef;
	count($g, 'evaporated', 1, $name)
		if $a->{state} eq 'open' && defined $due && $today > $due;
	next unless defined $r->{date};
	count($g, 'open-age', $today - number($r->{date}), $name)
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
	count($g, 'time-to-close', $days > 0 ? $days : 0, $name);
}


# Problems: which release had the cause and not the fix, first, and which the fix.
# Where no change on another line takes part, ancestry alone must say the same.
my (%fault, %repair);
sub is_in {
	my ($tip, @commits) = @_;
	for (@commits) {
		system('git', 'merge-base', '--is-ancestor', $_, $tip) == 0 or return 0;
	}
	return @commits > 0;
}
my ($cells, $odd) = (0, 0);
sub plain_state {
	my ($trace, $line) = @_;
	return 1 if grep { defined $_->{via} || defined $_->{reverted} || defined $_->{part} || $_->{doubt} }
		@{ $line->{cause} }, @{ $line->{fix} }, @{ $line->{backport} };
	return 1 unless @{ $trace->{cause} } == 1 && @{ $trace->{fix} } == 1 && !@{ $trace->{backport} };
	my $tip = ($line->{type} eq 'tag' ? 'refs/tags/' : '') . $line->{name};
	$cells++;
	my $has = !is_in($tip, @{ $trace->{cause} }) ? '' : is_in($tip, @{ $trace->{fix} }) ? 'fixed' : 'exposed';
	return $has eq ($line->{state} =~ /^(fixed|exposed)$/ ? $1 : '');
}
my %release = map { $_ => 1 } @releases;
sub patch { my ($v) = shift =~ /(\d+(?:\.\d+)*)/ or return 0; my @n = split /\./, $v; @n > 2 && $n[2] > 0 }
for my $r (sort { ($a->{date} // '') cmp ($b->{date} // '') } values %retros) {
	next unless ($r->{kind} // '') eq 'incident';
	$fault{$_} //= $r->{id} for grep { $release{$_} } @{ $r->{releases} };
	my ($start, $end) = map { seconds($r->{$_}) } qw(started resolved);
	count(groups($r), 'recovery', $end - $start) if defined $start && defined $end && $end >= $start;
}
for my $t (map { @{ json('trace', $_->{id})->{traces} } } grep { @{ $_->{problems} } || grep { @$_ } @{ $_->{commits} }{qw(cause fix)} } values %retros) {
	my $r = $retros{ $t->{retro} } or next;
	next unless @{ $t->{cause} } + @{ $t->{fix} };
	my $name = $t->{retro} . (defined $t->{problem} ? "#$t->{problem}" : '');
	for (@{ $t->{lines} }) {
		next if plain_state($t, $_);
		$odd++;
		print "$name in $_->{name}: $_->{state}, by ancestry not\n";
	}
	total(groups($r), 'carried');
	my ($head) = grep { $_->{name} eq 'HEAD' } @{ $t->{lines} };
	my @on = map { $_->{name} } grep { $_->{type} eq 'branch' && $_->{state} eq 'exposed' } @{ $t->{lines} };
	push @on, 'HEAD' if !$head && is_in('HEAD', @{ $t->{cause} }) && !is_in('HEAD', @{ $t->{fix} });
	count(groups($r), 'carried', 1, "$on[0] $name") if @on;
	my ($from) = sort { $time{$a} <=> $time{$b} } map { $_->{name} }
		grep { $_->{type} eq 'tag' && $_->{state} eq 'exposed' } @{ $t->{lines} };
	next unless defined $from;
	$fault{$from} //= $name if $release{$from};
	my $fixed = $t->{first_release};
	next unless defined $fixed && $time{$fixed} >= $time{$from};
	$repair{$fixed} //= $name if $release{$fixed} && patch($fixed);
	count(groups($r), 'recovery', $time{$fixed} - $time{$from})
		unless ($r->{kind} // '') eq 'incident' && defined $r->{started} && defined $r->{resolved};
}
for my $tag (@releases) {
	my $g = at_release($tag, day($time{$tag}));
	total($g, 'change-fail'), total($g, 'rework');
	count($g, 'change-fail', 1) if $fault{$tag};
	count($g, 'rework', 1) if $repair{$tag};
}
for (['--stalled', 'stalled'], ['--undone', 'undone']) {
	my ($option, $key) = @$_;
	for my $a (@{ json('actions', $option)->{actions} }) {
		my $r = $retros{ $a->{retro} } or next;
		count(groups($r), $key, 1, " $a->{name}");
	}
}
for my $p (@{ json('pitfalls', '--stale')->{pitfalls} }) {
	my $r = $retros{ $p->{retro} } or next;
	count(groups($r), 'stale', 1);
}

my ($compared, $wrong) = (0, $odd);
sub differ {
	my ($what, $got, $true) = @_;
	$compared++;
	return if ($got // 'null') eq ($true // 'null');
	$wrong++;
	printf "%s: %s, recomputed %s\n", $what, $got // 'null', $true // 'null';
}
my @days = sort((map { day($time{$_}) } $stats->{total}{releases} ? @releases : ()),
	grep { defined } map { $_->{date} } values %retros);
differ('first', $stats->{first}, $days[0]);
differ('last', $stats->{last}, $days[-1]);
differ('cut', $stats->{cut} ? 1 : 0, run('git', 'rev-parse', '--is-shallow-repository') =~ /true/ ? 1 : 0);
differ('groups', join(' ', sort map { $_->{name} } @{ $stats->{groups} }),
	join(' ', sort grep { $_ ne 'all' } keys %{ { map { $_ => 1 } keys %want, keys %of } }));
my @shares = qw(came-back carried stale done declined open overdue evaporated stalled undone change-fail rework);
my @spreads = qw(time-to-retro time-to-close open-age time-to-detect time-to-mitigate time-to-resolve
	lead-time recovery);
for my $group ($stats->{total}, @{ $stats->{groups} }) {
	my $name = $group->{name};
	for my $key (qw(retros pitfalls actions releases), @shares, @spreads) {
		my $m = $group->{$key} or next;
		my @values = sort { $a <=> $b } @{ $want{$name}{$key} // [] };
		my $n = @values;
		# Of how many it is known, only the program says of these.
		my $total = $key =~ /^(?:stale|stalled|undone)$/ ? $m->{of} : $of{$name}{$key} // 0;
		differ("$name $key n", $m->{n}, $n);
		differ("$name $key of", $m->{of}, $total) if exists $m->{of};
		differ("$name $key percent", defined $m->{percent} ? sprintf('%.6f', $m->{percent}) : undef,
			$total ? sprintf('%.6f', 100 * $n / $total) : undef) if exists $m->{percent};
		differ("$name $key few", $m->{few} ? 1 : 0, (exists $m->{of} ? $total : $n) < 5 ? 1 : 0)
			if exists $m->{few};
		for (['median', 50], ['p90', 90]) {
			differ("$name $key $_->[0]", $m->{ $_->[0] },
				$n ? $values[ceil($n * $_->[1] / 100) - 1] : undef) if exists $m->{ $_->[0] };
		}
		my $proof = $proof{$name}{$key} // next;
		differ("$name $key evidence", join(', ', sort grep { $_ ne ' ' } map { ($_->{release} // '') . ' ' . ($_->{retro} // '') }
			@{ $m->{evidence} }), join(', ', sort grep { $_ ne ' ' } @$proof));
	}
}
print "$compared figures compared, $wrong differ; $cells states of releases and branches by ancestry\n";
exit($wrong != 0);
