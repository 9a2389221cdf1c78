#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# history.pl <seed> <commits>: makes a repository in an empty folder, of that
# many random commits which edit, rename, delete and bring back retros, also in
# another folder that `.retro.yml` names for a while, on branches that are merged
# (two and more at once, against both sides, or with all of one side left out),
# have a root of their own, are left open, deleted, or kept by nothing but a tag,
# a stash or the HEAD of another work tree. Then `git retro grep --history` must
# find the same texts as `git grep` over `git rev-list --all`, one by one, with
# the commits and branches that git tells, and an end of each that nothing leads
# to any more; while history grows, after branches are gone, and where it is
# shallow, grafted or replaced. The same seed makes the same.
use strict;
use warnings;

my ($seed, $commits) = @ARGV;
die "usage: history.pl <seed> <commits>\n" unless $commits;
srand($seed);

sub one { return $_[rand @_] }
sub maybe { return rand() < $_[0] }

my @words = qw(label drift loader cache timeout 标签 缓存 版本 pinned CUDA);
my @patterns = ([qw(-e label)], [qw(-E (label|drift).*ca)], [qw(-F 标签)],
	[qw(-w drift)], [qw(-P ^\w+\s+label)], [qw(-i cuda)],
	[qw(-e cache --and --not -e 版本)], [qw(-v -e a)]);

my ($clock, $mark, $bad) = (1_700_000_000, 0, 0);
my %branch = (main => { mark => undef, files => {} });

sub data { return 'data ' . length($_[0]) . "\n$_[0]\n" }
sub text { return join "\n", map { join ' ', map { one(@words) } 1 .. 1 + rand 4 }
	1 .. 1 + rand 5 }

my @names = map { "retros/r$_.md" } 1 .. 12;
push @names, map { "docs/retros/r$_.md" } 1 .. 3;
push @names, 'notes/n.md', 'docs/other.md', 'retros/old/x.md', 'retros/README.md', 'retros/.hidden/a.md',
	'retros/notes.txt', 'src/code.md', 'retros/标签.markdown';

# A commit that makes the branch's files these.
sub commit {
	my ($stream, $name, $files, @merged) = @_;
	my $b = $branch{$name};
	# clocks go wrong now and then
	$clock += maybe(0.05) ? -5000 : 300;
	$mark++;
	print $stream "commit refs/heads/$name\nmark :$mark\n",
		"author Ann <a\@example.com> $clock +0800\n",
		"committer Ann <a\@example.com> $clock +0800\n",
		data("commit $mark"), $b->{mark} ? "from :$b->{mark}\n" : '',
		(map { "merge :$_\n" } @merged), "deleteall\n";
	for my $path (sort keys %$files) {
		my $mode = $path =~ /link/ ? '120000' : one('100644', '100644', '100755');
		print $stream "M $mode inline $path\n", data($files->{$path});
	}
	print $stream "\n";
	$branch{$name} = { mark => $mark, files => { %$files } };
}

sub step {
	my $stream = shift;
	my $name = one(sort keys %branch);
	my %files = %{ $branch{$name}{files} };
	my @other = grep { $_ ne $name && $branch{$_}{mark} } sort keys %branch;
	if (maybe(0.08) && keys %branch < 6) {
		$branch{"side$mark"} = maybe(0.1) ? { mark => undef, files => {} }
			: { mark => $branch{$name}{mark}, files => \%files };
		return step($stream) if maybe(0.5);
		$name = "side$mark";
		%files = %{ $branch{$name}{files} };
	} elsif (maybe(0.12) && @other && $branch{$name}{mark}) {
		my %marks;
		for my $other (map { one(@other) } 1 .. (maybe(0.2) ? 3 : 1)) {
			$marks{$branch{$other}{mark}} = 1;
			next if maybe(0.2); # nothing of theirs is taken
			my %theirs = %{ $branch{$other}{files} };
			for my $path (sort keys %theirs) {
				my $r = rand;
				$files{$path} = $theirs{$path} if $r < 0.5;
				delete $files{$path} if $r > 0.95;
				$files{$path} = text() if $r > 0.9 && $r < 0.95;
			}
		}
		delete $marks{$branch{$name}{mark}};
		return commit($stream, $name, \%files, sort keys %marks);
	} elsif (maybe(0.03)) {
		my $dir = one('retros', 'docs/retros', 'notes');
		$files{'.retro.yml'} = "version: 1\ndir: $dir\n";
		if (maybe(0.5)) { # and what there is moves along
			for (grep { m{^(retros|docs/retros|notes)/} } keys %files) {
				my $to = s{^(retros|docs/retros|notes)/}{$dir/}r;
				$files{$to} = delete $files{$_};
			}
		}
		delete $files{'.retro.yml'} if maybe(0.1);
		return commit($stream, $name, \%files);
	}
	for (1 .. 1 + rand 3) {
		my $path = one(@names);
		my $r = rand;
		if ($r < 0.6) { $files{$path} = maybe(0.1) ? 'label drift' : text() }
		elsif ($r < 0.75) { delete $files{$path} }
		elsif ($r < 0.9 && exists $files{$path}) {
			$files{one(@names)} = delete $files{$path};
		} elsif ($r < 0.93) { $files{'retros/link.md'} = 'r1.md' }
		else { $files{$path} = text() . "\0" if maybe(0.2) }
	}
	commit($stream, $name, \%files);
}

sub git { my @out = readpipe_list('git', @_); return @out }

sub readpipe_list {
	open my $pipe, '-|', @_ or die "$_[0]: $!\n";
	local $/ = "\0";
	my @out = <$pipe>;
	close $pipe;
	chomp @out;
	return @out;
}

sub lines { my @out = readpipe_list(@_); return map { split /\n/ } @out }

sub differ {
	print "not the same: @_\n";
	$bad++;
}

my (@dirs, @spec);

# What git knows: of every commit, the blob at each path. Every folder counts
# that `.retro.yml` named anywhere, and the one that holds without it.
sub trees {
	my (%trees, %dirs, %settings);
	my @commits = lines('git', 'rev-list', '--all');
	for (map { git('ls-tree', '-z', $_, '--', '.retro.yml') } @commits) {
		$settings{$1} = 1 if /^100\d+ blob (\S+)/;
	}
	for (map { lines('git', 'cat-file', 'blob', $_) } keys %settings) {
		$dirs{$1} = 1 if /^dir: (.*)/;
	}
	$dirs{retros} = 1;
	@dirs = sort keys %dirs;
	@spec = (@dirs, ':(exclude)*README.md', ':(exclude)*/.hidden/*',
		':(exclude)*.txt', ':(exclude)*link.md');
	for my $commit (@commits) {
		for (git('ls-tree', '-rz', $commit, '--', @dirs)) {
			my ($blob, $path) = /^100\d+ blob (\S+)\t(.*)$/s or next;
			next if $path =~ m{README\.md|/\.|\.txt$};
			$trees{$commit}{$path} = $blob;
		}
		$trees{$commit} //= {};
	}
	return \%trees;
}

sub check_pattern {
	my ($trees, @pattern) = @_;
	my (%theirs, %ours);
	my @commits = sort keys %$trees;
	while (my @some = splice @commits, 0, 200) {
		for (git('grep', '-lz', @pattern, @some, '--', @spec)) {
			my ($commit, $path) = /^([0-9a-f]+):(.*)$/s or die $_;
			$theirs{$trees->{$commit}{$path}} = 1;
		}
	}
	for (lines('git', '-c', 'retro.dir=retros', 'retro', 'grep',
			'--history', '--format=json', @pattern)) {
		$ours{$1}++ if /^      "blob": "([0-9a-f]+)"/;
	}
	for (sort keys %theirs) { differ("@pattern: $_ not found") unless $ours{$_} }
	for (sort keys %ours) {
		differ("@pattern: $_ found") unless $theirs{$_};
		differ("@pattern: $_ $ours{$_} times") if $ours{$_} > 1;
	}
	return scalar keys %theirs;
}

# The commits and branches of each text.
sub check_times {
	my $trees = shift;
	my %parents = map { my ($c, @p) = split; $c => \@p }
		lines('git', 'rev-list', '--all', '--parents');
	my %branches;
	for my $ref (lines('git', 'for-each-ref', '--format=%(refname:short)',
			'refs/heads')) {
		$branches{$_}{$ref} = 1
			for values %{ $trees->{(lines('git', 'rev-parse', $ref))[0]} };
	}
	my %tips;
	for my $tip (lines('git', 'rev-list', '--no-walk', '--all')) {
		$tips{$_} = 1 for values %{ $trees->{$tip} };
	}
	my ($blob, $path, $where, $ended, %seen, @on);
	my $has = sub { return grep { $_ eq $blob } values %{ $trees->{$_[0]} } };
	for (lines('git', '-c', 'retro.dir=retros', 'retro', 'grep',
			'--history', '--format=json', '-e', '')) {
		$blob = $1 if /^      "blob": "([0-9a-f]+)"/;
		$path = $1 if /^      "path": "(.*)"/;
		$where = $1 if /^      "(from|to|branches)":/;
		$ended = !/null/ if /^      "to":/;
		@on = () if /^      "branches":/;
		push @on, $1 if $where && $where eq 'branches' && /^        "(.*?)",?$/;
		if (/^        "commit": "(\w+)"/ && $where eq 'from') {
			differ("$blob is not in $1, from which it is") unless $has->($1);
			differ("$blob was there before $1")
				if grep { $has->($_) } @{ $parents{$1} };
			$seen{$blob}++;
		}
		if (/^        "commit": "(\w+)"/ && $where eq 'to') {
			# another file may have the same text
			differ("$blob is in $1, where it ended")
				if ($trees->{$1}{$path} // '') eq $blob;
			differ("$blob was not there before $1")
				unless grep { $has->($_) } @{ $parents{$1} };
		}
		if (/^      "count":/) {
			my @want = sort keys %{ $branches{$blob} // {} };
			differ("$blob is on @want, not on @on")
				if join(' ', @want) ne join(' ', sort @on);
			differ("$blob has no end, and nothing has it")
				unless $ended || $tips{$blob};
			$where = '';
		}
	}
	return scalar keys %seen;
}

sub check {
	my ($title, $times) = @_;
	my $trees = trees();
	my $found = 0;
	$found += check_pattern($trees, @$_) for @patterns;
	my $texts = $times ? check_times($trees) : '';
	print "$title: ", scalar keys %$trees, " commits, $found texts found",
		$times ? ", $texts of them dated" : '', "\n";
	differ("$title: nothing was found") unless $found;
}

sub import {
	my ($nr) = @_;
	open my $stream, '|-', 'git', 'fast-import', '--quiet', '--force',
		'--export-marks=.git/marks',
		-e '.git/marks' ? '--import-marks=.git/marks' : () or die;
	step($stream) for 1 .. $nr;
	close $stream or die "fast-import failed\n";
}

sub run { system(@_) == 0 or die "@_ failed\n" }

run(qw(git init -q -b main .));
import($commits / 2);
check('half of it', 1);
import($commits / 2);
my @sides = grep { /^side/ && $branch{$_}{mark} } sort keys %branch;
run(qw(git tag -a -m kept kept), $sides[0]);
run(qw(git branch -q -D), $sides[0]);
run(qw(git update-ref refs/stash), $sides[1]) if $sides[1];
check('all of it', 1);
if ($sides[2]) { # and what only it led to
	run(qw(git branch -q -D), $sides[2]);
	run(qw(git reset -q --hard main~3));
	check('a branch deleted, another rewound', 1);
}
my ($top) = lines('git', 'rev-parse', 'main');
my ($older) = lines('git', 'rev-list', '--first-parent', '-1', '--skip=9', 'main');
run(qw(git replace --graft), $top, $older);
check('replaced', 0);
run(qw(git replace -d), $top);
check('not replaced any more', 1);
run(qw(git clone -q --depth 5 --no-single-branch), "file://$ENV{PWD}", 'shallow');
chdir 'shallow' or die;
check('shallow', 0);
print $bad ? "$bad differences\n" : "no difference\n";
exit($bad ? 1 : 0);
