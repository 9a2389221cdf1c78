#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/hints.pl <clone> <seed> [commit|agent|review|evidence|goods|pairs|list]:
# what the hooks of git commit would have told, of what is staged and of its message.
# At a point of a real history that the seed draws, 40 retros are written from fixes
# that name their cause, drawn from the newest 120 before it; then the next 500
# commits are made again, one by one, each by its author on its day, and the hook is
# asked. A line of tabs for each line that it tells: fix, commit, file, evidence, text.
# With `review`, `git retro review` is asked instead; with `evidence`, `git retro
# context --staged` for all that it has. With `agent`, the next 300 are made by a
# coding agent, a session each: every hunk is an edit of its file (every new file is
# written as a whole), and `git retro hook agent` is asked before it. With `goods`,
# nothing of ours is asked: the commits among those that call themselves a fix and
# change a function that a fix of the 40 changed, by git's own hunk headers where that
# has not ended before the line; with
# `pairs`, what may be good, whatever our rules say; with `list`, the 40. Other
# programs than those beside it: BUILD=<folder>. hints.md says what came of it. Nothing
# is changed in the clone.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;

use constant { RETROS => 40, NEWEST => 120, NEXT => 500, SPAN => 5000, AGENT => 300 };

die "usage: hints.pl <clone> <seed> [commit|agent|review|evidence|goods|pairs|list]\n" unless @ARGV >= 2;
my ($repo, $seed, $mode) = (abs_path($ARGV[0]), $ARGV[1], $ARGV[2] // 'commit');
my $build = abs_path($ENV{BUILD} // dirname($0) . '/../../build');
$ENV{PATH} = "$build:$ENV{PATH}";
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
delete $ENV{CI};
my $dir = tempdir('retro-hints.XXXXXX', TMPDIR => 1, CLEANUP => 1);
$ENV{HOME} = $dir;
srand($seed); # behind the folder's name, which is drawn, too
system('git', 'clone', '-q', '--shared', '--no-checkout', $repo, "$dir/w") == 0 or die;
chdir "$dir/w" or die;
system('git commit-graph write --reachable 2>&-'); # ancestors are asked for often
system('git', 'config', 'user.name', 'A');
system('git', 'config', 'user.email', 'a@example.com');

# What git's hunk headers take for a function, where a project does not say.
open my $attributes, '>', "$dir/attributes" or die;
print $attributes "*.$_->[0] diff=$_->[1]\n"
	for [qw(py python)], [qw(rb ruby)], [qw(rake ruby)], [qw(go golang)], [qw(rs rust)],
	[qw(java java)], [qw(php php)], [qw(c cpp)], [qw(h cpp)], [qw(cc cpp)], [qw(cpp cpp)],
	[qw(pl perl)], [qw(pm perl)], [qw(sh bash)], [qw(js js)], [qw(ts js)];
close $attributes;
my @functions = ('-c', "core.attributesFile=$dir/attributes", '-c',
	'diff.js.xfuncname=^[ \t]*((export |default |async |static |public |private |get |set )*'
	. '(function\*?|class|const|let|[A-Za-z_$][A-Za-z0-9_$]*[ \t]*\(.*\)[ \t:A-Za-z<>]*\{).*)$');

END { chdir '/' }

sub lines { open my $in, '-|', 'git', @_ or die; my @l = <$in>; chomp @l; return @l }
sub line { my ($first) = lines(@_); return $first }

sub shuffled {
	my @l = @_;
	for my $i (reverse 1 .. $#l) {
		my $j = int rand($i + 1);
		@l[$i, $j] = @l[$j, $i];
	}
	return @l;
}

# The id, number or title that a message gives for the cause of what it fixes.
sub named_cause {
	my ($message) = @_;
	my $words = qr/\b(?:introduced|regress\w*|broke\w*|caused|oversight|follow[- ]?up|bisect\w*|amends)\b/i;
	my $id = qr/(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,40}/;

	return $1 if $message =~ /^Fixes: ([0-9a-f]{7,40})\b/mi;
	return $1 if $message =~ /This reverts commit ([0-9a-f]{7,40})/;
	return "#$1" if $message =~ /^\s*Reverts \S*#(\d+)/mi;
	return unless $message =~ /\b(?:fix\w*|revert\w*|regress\w*|broke\w*|bug\w*|wrong\w*|crash\w*|leak\w*|race)\b/i;
	return $1 if $message =~ /$words[^.;]{0,40}?\b($id)\b/;
	return "#$1" if $message =~ /$words[^.;]{0,40}?#(\d+)/;
	return;
}

# --- the point, the retros, the next commits ---

my @all = lines('rev-list', '--no-merges', 'HEAD');
my $last = @all - 1 < NEXT + SPAN ? @all - 1 : NEXT + SPAN;
die "hints: too few commits\n" if $last <= NEXT;
my $point = $all[NEXT + int rand($last - NEXT)];
my @next = (lines('rev-list', '--no-merges', '--reverse', "$point..HEAD"))[0 .. NEXT - 1];

my (%number, @fixes);
{
	local $/ = "\0";
	open my $log, '-|', 'git', 'log', '-z', '--no-merges', '--format=%H %s%n%n%b', $point or die;
	while (<$log>) {
		chomp;
		my ($fix, $message) = /^([0-9a-f]{40}) (.*)/s or next;
		my ($subject) = $message =~ /^(.*)/;
		$number{$1} //= $fix if $subject =~ /\(#(\d+)\)$/;
		my $cause = named_cause($message);
		push @fixes, { fix => $fix, name => $cause, subject => $subject } if $cause;
	}
}

my @known;
for my $one (@fixes) {
	last if @known == NEWEST;
	my $name = $one->{name} =~ /^#(.*)/ ? $number{$1} : $one->{name};
	my ($cause) = $name ? lines('rev-parse', '-q', '--verify', "$name^{commit}") : ();
	next unless $cause && $cause ne $one->{fix};
	next if system("git merge-base --is-ancestor $cause $one->{fix}");
	next if system("git diff-tree -p -M --root --diff-merges=first-parent $cause >/dev/null 2>&1 && git diff-tree -p -M --root --diff-merges=first-parent $one->{fix} >/dev/null 2>&1"); # a large file is missing
	$one->{cause} = $cause;
	push @known, $one;
}
my @retros = (shuffled(@known))[0 .. (@known < RETROS ? @known : RETROS) - 1];

# What a function is called in a hunk's header: the name before "("; of a macro
# that makes functions, the whole of it.
sub function_name {
	my ($header) = @_;
	return $header if $header =~ /^[A-Z][A-Z0-9_]+\s*\(/ || $header =~ /^m4_/;
	return if $header =~ /^\s*\W*(?:(?:end)?if\w*|for|while|switch|catch|return|else|elif|with|foreach|unless|until|match)\b/;
	$header =~ s/^func\s*\([^)]*\)/func/;
	return $1 if $header =~ /([A-Za-z_]\w+[?!]?)\s*(?:<[^()]*>)?\(/;
	return $1 if $header =~ /\b(?:def|fn|func|function|sub)\s+(?:self\.)?([A-Za-z_]\w+[?!]?)/;
	return;
}

sub indent { my ($blanks) = $_[0] =~ /^(\s*)/; return length $blanks }

# The line behind the last one of a function that begins at this one.
sub function_end {
	my ($text, $begin) = @_;
	my ($own, $open) = (indent($text->[$begin]), $text->[$begin] =~ /[{:]\s*$|\b(?:def|class|module|sub)\b/);
	for my $i ($begin + 1 .. $#$text) {
		next if $text->[$i] =~ /^\s*(?:$|#|\w+:$|\/\/|\/\*|\*)/ || indent($text->[$i]) > $own;
		return $i + 1 if $text->[$i] =~ /^\s*(?:\}|end\b)/;
		return $i if $open && $text->[$i] !~ /^\s*[{)]/;
		$open = 1 if $text->[$i] =~ /^\s*\{|[{:]\s*$/;
	}
	return scalar @$text;
}

# A line that begins a function: by its word, or at the margin, as in C.
my $defines = qr/^\s*(?:[a-z]+(?:\([a-z]+\))?\s+)*(?:def|fn|func|function|sub)\s|^[A-Za-z_][\w\s*&:<>,]*\(/;

# The function that encloses what a hunk changes: its header has the one before,
# too, if that has ended by then.
sub enclosing {
	my ($text, $at, $count, $header) = @_;
	my ($begin) = $header ? grep { index($text->[$_], $header) == 0 } reverse 0 .. ($at < 2 ? -1 : $at - 2 > $#$text ? $#$text : $at - 2) : ();
	my $name = defined $begin && function_end($text, $begin) >= $at ? function_name($header) : undef;
	return $name if $name;
	for my $line (map { $text->[$_] // () } $at - 1 .. $at + $count + 1) {
		$name //= function_name($line) if $line =~ /$defines/ && $line !~ /;\s*$/;
	}
	return $name;
}

# Each [file, function] in which a commit changes something; of one file, if it is given.
sub functions_of {
	my ($commit, $only) = @_;
	my ($file, @text, @out);
	for (lines(@functions, 'diff-tree', '-r', '-p', '-U0', '--no-renames', '--no-commit-id', '--root', $commit, $only ? ('--', $only) : ())) {
		if (m{^\+\+\+ (?:b/(.*)|/dev/null)}) {
			$file = $1;
			@text = defined $file ? split /\n/, `git show $commit:\Q$file\E 2>&-` : ();
		}
		next unless @text && /^@@ -\S+ \+(\d+)(?:,(\d+))? @@ ?(.*)/;
		my $name = enclosing(\@text, $1 || 1, $2 // 1, $3);
		push @out, [$file, $name] if $name;
	}
	return @out;
}

# A retro as somebody would write it: what went wrong in the words of the fix,
# the file it is about, every third time a glob, every second time the function.
sub write_retro {
	my ($one, $at) = @_;
	my $id = 'r-' . substr $one->{fix}, 0, 10;
	my $date = line('show', '-s', '--format=%ad', '--date=short', $one->{fix});
	my @files = map { [split /\t/] } lines('diff-tree', '-r', '--no-commit-id', '--numstat', '--root', $one->{fix});
	@files = sort { $b->[1] + $b->[0] <=> $a->[1] + $a->[0] } grep { $_->[0] ne '-' && $_->[2] !~ m{(^|/)tests?/|test|NEWS|CHANGELOG}i } @files;
	splice @files, 2;
	my $named = join ', ', map { "`$_->[2]`" } @files;
	(my $subject = $one->{subject}) =~ s/[`\[\]*_<>]//g;
	open my $out, '>', "retros/$id.md" or die;
	print $out "---\nid: $id\ntitle: \"", $subject =~ s/["\\]//gr, "\"\ndate: $date\nstatus: final\n",
		"commits:\n  cause: [$one->{cause}]\n  fix: [$one->{fix}]\n";
	print $out "paths: [\"$1*\"]\n" if $at % 3 == 0 && @files && $files[0][2] =~ m{^(.*/[^/]+?)[-_.]};
	print $out "---\n\n## Pitfalls\n\n- $subject", $named ? ": $named" : '', "\n";
	my ($function) = $at % 2 ? map { $_->[1] } map { functions_of($one->{fix}, $_->[2]) } @files : ();
	print $out "- Mind `$function()`.\n" if $function;
	$one->{function} = $function;
	close $out;
}

mkdir 'retros' or die;
write_retro($retros[$_], $_) for 0 .. $#retros;

# --- modes ---

my $follower = qr{(?:^|[/_.-])(?:tests?|specs?|__tests__|docs?|Documentation|vendor|testdata)(?:[/_.-]|$)|test\.|Test\.|CHANGE|NEWS|\.md$|\.lock$|package.*\.json$}i;

if ($mode eq 'list') {
	print join("\t", substr($_->{fix}, 0, 10), substr($_->{cause}, 0, 10), $_->{subject}), "\n" for @retros;
	print "point\t", substr($point, 0, 10), "\n";
	exit;
}

my $says_fix = qr/\b(?:fix\w*|bug|revert\w*|regress\w*|crash\w*|leak\w*|race|deadlock|broken|wrong|incorrect\w*|prevent\w*|avoid\w*)\b/i;

if ($mode eq 'goods') {
	my (%of, %files);
	for my $one (@retros) {
		for my $place (functions_of($one->{fix})) {
			push @{$of{"$place->[0]\t$place->[1]"}}, $one->{fix};
			$files{$place->[0]} = 1;
		}
	}
	for my $commit (@next) {
		my $message = join "\n", lines('show', '-s', '--format=%s%n%n%b', $commit);
		my ($subject) = $message =~ /^(.*)/;
		next unless $subject =~ $says_fix || named_cause($message);
		my %seen;
		my @files = grep { $files{$_} } lines('diff-tree', '-r', '--name-only', '--no-commit-id', '--root', $commit);
		for my $place (map { "$_->[0]\t$_->[1]" } map { functions_of($commit, $_) } @files) {
			for my $fix (@{$of{$place} // []}) {
				print join("\t", substr($fix, 0, 10), substr($commit, 0, 10), $place, $subject), "\n"
					unless $seen{$fix}++;
			}
		}
	}
	exit;
}

# Pairs of a fix and a later commit that may be good, whatever our rules say: in a
# source file both have a line that says enough to be known again, which
# few commits have; or a function, and the commit calls itself a fix; or its message
# names the fix.
sub pairs {
	my $says = qr/^l(?=.{20}).*[A-Za-z_]{3,}\W+.*[A-Za-z_]{3,}/;
	my $nothing = qr/^l(?:\/\/|\/\*|\*|#|<!--|import |from |use |using |\@Override|return (?:false|true|null|None|0);?$)/;
	my (%of, %met, %found, %subject);
	for my $one (@retros) {
		open my $in, '-|', 'git', @functions, 'diff-tree', '-r', '-p', '-U0', '--no-renames', '--no-commit-id', '--root', $one->{fix} or die;
		read_shared($in, sub {
			my ($base, $what) = @_;
			$of{$base}{$what}{$one->{fix}} = 1 if $what =~ /^f/ || ($what =~ $says && $what !~ $nothing);
		}, 1);
	}
	for my $commit (@next) {
		my $message = join "\n", lines('show', '-s', '--format=%s%n%n%b', $commit);
		my ($subject) = $message =~ /^(.*)/;
		my $fixes = $subject =~ $says_fix || named_cause($message);
		my ($own) = $subject =~ /\(#(\d+)\)$/;
		$subject{$commit} = $subject;
		for my $one (@retros) {
			my ($number) = $one->{subject} =~ /\(#(\d+)\)$/;
			$found{$commit}{$one->{fix}} = 1
				if (grep { index($one->{fix}, $_) == 0 } $message =~ /\b([0-9a-f]{7,40})\b/g)
				|| ($number && $number ne ($own // '') && $message =~ /#$number\b/);
		}
		my %seen;
		open my $in, '-|', 'git', @functions, 'diff-tree', '-r', '-p', '-U0', '--no-renames', '--no-commit-id', '--root', $commit or die;
		read_shared($in, sub {
			my ($base, $what) = @_;
			return if $what =~ /^w/ || ($what =~ /^f/ && !$fixes) || !$of{$base}{$what} || $seen{"$base $what"}++;
			push @{$met{"$base $what"}}, [$commit, $_] for keys %{$of{$base}{$what}};
		}, 1);
	}
	for my $pairs (values %met) {
		next if @$pairs > NEXT / 100; # a line that is everywhere
		$found{$_->[0]}{$_->[1]} = 1 for @$pairs;
	}
	for my $commit (@next) {
		print join("\t", substr($_, 0, 10), substr($commit, 0, 10), $subject{$commit}), "\n" for sort keys %{$found{$commit} // {}};
	}
}

if ($mode eq 'pairs') {
	pairs();
	exit;
}

sub evidence_of {
	my ($finding) = @_;
	my $first = $finding->{evidence}[0];
	return ($first->{type}, $first->{path} // '', $first->{what} // '');
}

sub answer { my $text = join "\n", lines(@_); return $text =~ /^\{/ ? decode_json($text) : {} }

# Large files that a copy of the repository lacks are left out of the work tree.
sub check_out {
	my ($commit) = @_;
	while (1) {
		my $said = `git read-tree --reset -u $commit 2>&1`;
		return if !$?;
		my ($path) = $said =~ /unable to read sha1 file of (.*) \([0-9a-f]{40}\)/ or die $said;
		system('git', 'config', 'core.sparseCheckout', 'true');
		my $new = !-e '.git/info/sparse-checkout';
		open my $out, '>>', '.git/info/sparse-checkout' or die;
		print $out $new ? "/*\n" : '', "!/$path\n";
		close $out;
	}
}

# The commit stands in the index on top of its parent. The work tree stays that
# of the point: it is looked at only where it is counted which files have a name.
sub stage {
	my ($commit) = @_;
	my ($parent) = lines('rev-parse', '-q', '--verify', "$commit^") or return;
	system('git', 'update-ref', '--no-deref', 'HEAD', $parent) == 0 or die;
	system('git', 'read-tree', $commit) == 0 or die;
	return $parent;
}

# What a title may say: that something was wrong, or a word of a fix, by its beginning.
sub may_speak {
	my ($subject, $said) = @_;
	return 1 if $subject =~ /[^\x00-\x7f]|\b(?:avoid|back|bro|bug|crash|deadlock|fix|hang|hotfix|hung|roll|leak|incorrect|prevent|race|re|wrong)/i;
	return grep { $said->{lc substr $_, 0, 4} } $subject =~ /[A-Z]?[a-z]{2,}|[A-Z]{3,}|\w{3,}/g;
}

# What a diff with @functions may share with another: hands out, of each file by its
# base name, "l<line>", "w<word>" and "f<function>", with the side of it, "-" or "+"; of
# a commit's line, the commit. With `$leads`, by whole
# names, and not of tests, texts and lists of changes.
sub read_shared {
	my ($in, $each, $leads) = @_;
	my ($base, $follows) = ('', 0);
	while (<$in>) {
		chomp;
		if (/^([0-9a-f]{40})$/) {
			$each->($1);
		} elsif (m{^(?:---|\+\+\+) (?:[ab]/)?(.*)}) {
			my $path = $1;
			next if $path eq '/dev/null';
			$base = $leads ? $path : $path =~ s{.*/}{}r;
			$follows = $path =~ $follower;
		} elsif ($leads && $follows) {
			next;
		} elsif (/^@@ -\S+ \+\S+ @@ (.+)/) {
			my $name = function_name($1);
			$each->($base, "f$name") if $name;
		} elsif (/^([-+])\s*(.*\S)/) {
			my ($side, $line) = ($1, $2);
			$each->($base, "l$line", $side);
			$each->($base, "w$_", $side) for $line =~ /\w{4,}/g;
		}
	}
}

my $settings = qr/[.](?:ya?ml|toml|json|cfg|ini|conf|properties|mod|lock|gradle)$/;
my (%shared, %words); # of the fixes, by base names; functions that a pitfall names
my %places; # of the fixes: file and function
for my $one ($mode =~ /commit|review|agent/ ? @retros : ()) {
	open my $in, '-|', 'git', @functions, 'diff-tree', '-r', '-p', '-U0', '--no-renames', '--no-commit-id', '--root', $one->{fix} or die;
	my %sides;
	read_shared($in, sub { $sides{$_[0]}{$_[1] // ''}{$_[2] // ''} = 1 });
	for my $base (keys %sides) {
		# A word that goes and comes is neither brought in nor taken out.
		$shared{$base}{$_} = 1 for grep { !/^w/ || $base =~ $settings || keys %{$sides{$base}{$_}} == 1 } keys %{$sides{$base}};
	}
	$words{$one->{function}} = 1 if $one->{function};
	$places{"$_->[0]\t$_->[1]"} = 1 for $mode eq 'review' ? functions_of($one->{fix}) : ();
}

# Those of the next commits that may be told anything: in a file that is called as
# one of a fix they share a line or a name with that (for a review, a function, too),
# and their title may speak of it; or they have a function that a pitfall names; or
# their message may name a commit.
sub possible {
	my (%may, %said, %speaks, $commit);
	# What a copy lacks a large file of cannot be made again.
	@next = grep { !system("git diff-tree -p --root --no-renames $_ >/dev/null 2>&1") } @next;
	for my $one (@retros) {
		$said{lc substr $_, 0, 4} = 1 for $one->{subject} =~ /[A-Z]?[a-z]{2,}|[A-Z]{3,}|\w{3,}/g;
	}
	open my $list, '>', "$dir/next" or die;
	print $list "$_\n" for @next;
	close $list;
	open my $messages, '-|', "git log --no-walk=unsorted --stdin -z --format='%H %B' <$dir/next" or die;
	{
		local $/ = "\0";
		while (<$messages>) {
			my ($id, $message) = /^([0-9a-f]{40}) (.*)/s or next;
			my ($subject, $own) = $message =~ /^(.*?)(?: \(#(\d+)\))?$/m;
			$speaks{$id} = 1 if may_speak($subject, \%said) || $message =~ /^Fixes:|This reverts/m;
			for my $named ($message =~ /([0-9a-f]{7,40})/g) {
				$may{$id} = 1 if grep { index($_->{fix}, $named) == 0 || index($_->{cause}, $named) == 0 } @retros;
			}
			for my $number ($message =~ /[#!](\d+)/g) {
				$may{$id} = 1 if $number ne ($own // '') && grep { $_->{subject} =~ /[#!]$number\b/ } @retros;
			}
		}
	}
	close $messages;
	my $tells = sub {
		my ($base, $what) = @_;
		return $mode eq 'review' if $what =~ /^f/;
		return $what =~ /^w/ ? $base =~ $settings || $what =~ /^w(?=.{6}).*(?:._.|[a-z][A-Z])/ : $what =~ /^l(?=.{6}).*\w/;
	};
	my $functions = $mode eq 'review' ? join ' ', map { "'$_'" } @functions : '';
	open my $changes, '-|', "git $functions diff-tree --stdin --root -r -p -U0 --no-renames <$dir/next" or die;
	my %net; # of the words of a commit: how often it has them more, or less
	my $count = sub {
		for my $base (keys %net) {
			$may{$commit} = 1 if grep { $net{$base}{$_} } keys %{$net{$base}};
		}
		%net = ();
	};
	read_shared($changes, sub {
		my ($base, $what, $side) = @_;
		if (!defined $what) {
			$count->();
			return $commit = $base;
		}
		my $met = $speaks{$commit} && $shared{$base}{$what} && $tells->($base, $what);
		my $named = $what =~ /^w(.*)/ && $words{$1} ? $side eq '+' : 0;
		return unless $met || $named;
		return $net{$base}{$what} += $side eq '+' ? 1 : -1 if $what =~ /^w/ && $base !~ $settings && !$named;
		$may{$commit} = 1;
	});
	$count->();
	my %files = map { s/\t.*//r => 1 } keys %places;
	for my $one ($mode eq 'review' ? @next : ()) {
		next if $may{$one} || !$speaks{$one};
		my @files = grep { $files{$_} } lines('diff-tree', '-r', '--name-only', '--no-commit-id', '--root', $one);
		$may{$one} = 1 if grep { $places{"$_->[0]\t$_->[1]"} } map { functions_of($one, $_) } @files;
	}
	return grep { $may{$_} } @next;
}

my (%heard, %lines);
check_out($point) if $mode ne 'agent';
if ($mode eq 'commit') {
	for my $commit (possible()) {
		stage($commit) or next;
		($ENV{GIT_AUTHOR_EMAIL}, $ENV{SOURCE_DATE_EPOCH}) = split /\t/, line('show', '-s', '--format=%ae%x09%ct', $commit);
		open my $message, '>', '.git/COMMIT_EDITMSG' or die;
		print $message "$_\n" for lines('show', '-s', '--format=%B', $commit);
		close $message;
		my @told = grep { s/^git retro: // } map { chomp; $_ }
			`git-retro-hook pre-commit 2>&1 </dev/null; git-retro-hook commit-msg .git/COMMIT_EDITMSG 2>&1 </dev/null`;
		my @ids = map { /\(r-([0-9a-f]{10})\)$/ ? $1 : () } @told;
		next unless @ids;
		my $why = answer('retro', 'context', '--staged', '--format', 'json');
		my %why = map { substr($_->{id}, 2) => $_ } @{$why->{retros} // []};
		$heard{$commit}++;
		for my $text (@told) {
			my ($fix) = $text =~ /\(r-([0-9a-f]{10})\)$/ or next;
			my ($type, $path, $what) = $text =~ /^([0-9a-f]{10}): / ? ('message', '', $1)
				: evidence_of($why{$fix} // { evidence => [{ type => '?' }] });
			$lines{$fix}++;
			print join("\t", $fix, substr($commit, 0, 10), $path, $type, $what || $text), "\n";
		}
	}
}

# --- the same as an agent's edits ---

# Of each file of a commit what an agent would do: a hunk is an edit, with three
# lines around it; a new file is written. Files that go, that only move or that are
# no text, are left out, as no tool of an agent edits them.
sub edits_of {
	my ($parent, $commit) = @_;
	my (@edits, $file, $new, $hunk);
	open my $in, '-|', 'git', 'diff-tree', '-r', '-p', '-U3', '--no-renames', $parent, $commit or die;
	while (<$in>) {
		if (/^diff --git /) {
			($file, $new, $hunk) = (undef, 0, undef);
		} elsif (!$hunk && /^new file mode/) {
			$new = 1;
		} elsif (!$hunk && m{^\+\+\+ b/([^\t\n]*)}) {
			$file = $1;
		} elsif (/^@@ / && defined $file) {
			$hunk = { file => $file, new => $new, old_string => '', new_string => '' };
			push @edits, $hunk;
		} elsif ($hunk && /^([ +-])(.*)/s) {
			$hunk->{old_string} .= $2 if $1 ne '+';
			$hunk->{new_string} .= $2 if $1 ne '-';
		}
	}
	return @edits;
}

sub text_of { local $/; open my $in, '<', $_[0] or return; return scalar <$in> }

# What the hook says before the edit, which is then made.
sub ask_agent {
	my ($edit, $session) = @_;
	my $before = text_of($edit->{file});
	return unless $edit->{new} || (defined $before && index($before, $edit->{old_string}) >= 0);
	my %input = (file_path => "$dir/w/$edit->{file}");
	if ($edit->{new}) {
		$input{content} = $edit->{new_string};
	} else {
		@input{'old_string', 'new_string'} = @$edit{'old_string', 'new_string'};
	}
	# Bytes go out as they are.
	my $event = JSON::PP->new->encode({ hook_event_name => 'PreToolUse', session_id => $session,
		cwd => "$dir/w", tool_name => $edit->{new} ? 'Write' : 'Edit', tool_input => \%input });
	open my $out, '>', "$dir/event" or die;
	print $out $event;
	close $out;
	my $said = `git-retro hook agent <$dir/event`;
	substr($before, index($before, $edit->{old_string}), length $edit->{old_string}) = $edit->{new_string} unless $edit->{new};
	system('mkdir', '-p', dirname($edit->{file})) if $edit->{new};
	open $out, '>', $edit->{file} or die;
	print $out $edit->{new} ? $edit->{new_string} : $before;
	close $out;
	return (1, $said ? split /\n/, JSON::PP->new->decode($said)->{hookSpecificOutput}{additionalContext} : ());
}

# Whether it is of a file of a fix, or has a function that a pitfall names.
sub may_meet {
	my ($edit) = @_;
	return 1 if $shared{$edit->{file} =~ s{.*/}{}r};
	return grep { $words{$_} } $edit->{new_string} =~ /\w+/g;
}

if ($mode eq 'agent') {
	my ($edits, $answers) = (0, 0);
	@next = @next[0 .. AGENT - 1];
	for my $commit (@next) {
		my $parent = line('rev-parse', "$commit^");
		my @all = edits_of($parent, $commit);
		my @edits = grep { may_meet($_) } @all;
		$edits += @all - @edits;
		next unless @edits;
		system('git', 'update-ref', '--no-deref', 'HEAD', $parent) == 0 or die;
		check_out($parent);
		($ENV{GIT_AUTHOR_EMAIL}, $ENV{SOURCE_DATE_EPOCH}) = split /\t/, line('show', '-s', '--format=%ae%x09%ct', $commit);
		for my $edit (@edits) {
			my ($made, @told) = ask_agent($edit, $commit);
			$edits++ if $made;
			$answers++ if @told;
			for my $text (@told) {
				my ($path, $fix, $why) = $text =~ /^git retro: (.*?): ".*" \(r-([0-9a-f]{10}), final; (.*)\)$/ or die "hints: $text\n";
				$heard{$commit}++;
				$lines{$fix}++;
				print join("\t", $fix, substr($commit, 0, 10), $path, $why), "\n";
			}
		}
		unlink map { $_->{file} } grep { $_->{new} } @edits;
	}
	printf STDERR "%d edits, %d of them answered (%.2f %%)\n", $edits, $answers, 100 * $answers / ($edits || 1);
}

if ($mode eq 'evidence') {
	for my $commit (@next) {
		my $parent = stage($commit) or next;
		for my $finding (@{answer('retro', 'context', '--staged', '--format', 'json')->{retros} // []}) {
			print join("\t", substr($finding->{id}, 2), substr($commit, 0, 10), $_->{path} // '', $_->{type}, $_->{what} // ''), "\n"
				for @{$finding->{evidence}};
		}
	}
	exit;
}

if ($mode eq 'review') {
	# The retros are committed below, so that they are earlier ones.
	for my $commit (possible()) {
		my $parent = stage($commit) or next;
		system("git read-tree $parent && git add -f retros") == 0 or die;
		my $tree = line('write-tree');
		my $below = line('commit-tree', '-p', $parent, '-m', 'retros', $tree);
		system("git read-tree $commit && git add -f retros") == 0 or die;
		$tree = line('write-tree');
		my $message = join "\n", lines('show', '-s', '--format=%B', $commit);
		my $above = line('commit-tree', '-p', $below, '-m', $message, $tree);
		system('git', 'update-ref', '--no-deref', 'HEAD', $above) == 0 or die;
		my $said = answer('retro', 'review', "$below..$above", '--format', 'json');
		system('git', 'read-tree', $commit) == 0 or die; # keeps the files of retros/
		for my $finding (@{$said->{context} // []}) {
			my ($type, $path, $what) = evidence_of($finding);
			my $fix = substr $finding->{id}, 2;
			$heard{$commit}++;
			$lines{$fix}++;
			$type .= ' (weak)' if $finding->{weak};
			print join("\t", $fix, substr($commit, 0, 10), $path, $type, $what), "\n";
		}
	}
}

my $told = 0;
$told += $_ for values %lines;
printf STDERR "%d retros, %d commits: %d lines on %d commits (%.1f %%), of %d retros\n",
	scalar @retros, scalar @next, $told, scalar keys %heard, 100 * keys(%heard) / @next, scalar keys %lines;
