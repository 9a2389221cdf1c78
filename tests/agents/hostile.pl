#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# hostile.pl <repository> [<seed> [<messages>]]: sends messages to `git retro mcp`
# that no client should: cut, huge, deep, of wrong types, with ids of every kind,
# many at once, cancelled, with an end in the middle. Each server gets some of
# them. It must end by itself with exit code 0, and print nothing but JSON lines:
# one answer to each request that has an id and was not cancelled, none to
# anything else, and in the end a right one to the question how it is.
use strict;
use warnings;
use IPC::Open2;
use JSON::PP;

my ($folder, $seed, $left) = @ARGV;
die "usage: hostile.pl <repository> [<seed> [<messages>]]\n" unless $folder;
srand($seed // 1);
$left //= 1000;
chdir $folder or die "$folder: $!\n";
$SIG{PIPE} = 'IGNORE';
my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $meta = { 'io.modelcontextprotocol/protocolVersion' => '2026-07-28',
	'io.modelcontextprotocol/clientCapabilities' => {} };
my @methods = qw(initialize server/discover ping tools/list tools/call
	resources/list resources/read resources/templates/list prompts/list
	prompts/get notifications/cancelled notifications/initialized
	subscriptions/listen logging/setLevel completion/complete nope);
my @tools = qw(context search pitfalls show audit actions list nope);

sub pick { return $_[rand @_] }

sub junk {
	my $depth = shift // 0;
	return pick(undef, 0, -1, 1.5, 9007199254740993, '', 'x', "a\0b", "\x{202e}\e[31m",
		'--output=x', '../../etc/passwd', 'x' x rand 3000, JSON::PP::true,
		[], {}) if $depth > 2 || rand() < 0.6;
	return [map { junk($depth + 1) } 1 .. rand 4] if rand() < 0.5;
	return { map { pick(qw(name arguments uri paths query id limit _meta)) =>
		junk($depth + 1) } 1 .. rand 4 };
}

sub arguments {
	return junk() if rand() < 0.4;
	return { map { pick(qw(paths query id limit offset all range staged revs since)) =>
		rand() < 0.5 ? junk() : pick(['src/load.c'], 'label', 'r-1', 3, JSON::PP::true) }
		1 .. rand 3 };
}

sub message {
	my $m = { jsonrpc => rand() < 0.95 ? '2.0' : junk(),
		method => rand() < 0.95 ? pick(@methods) : junk() };
	$m->{id} = pick(int rand 50, "s" . int rand 50, '', -1, undef, 1.5, {}, [])
		if rand() < 0.85;
	$m->{params} = rand() < 0.8
		? { name => rand() < 0.8 ? pick(@tools) : junk(),
			arguments => arguments(),
			uri => pick('retro:///r-1', 'retro:///%00', 'retro:///%zz', 'file:///x', junk()),
			requestId => int rand 50,
			cursor => pick('0', '100', 'x', '99999999999') }
		: junk() if rand() < 0.9;
	delete $m->{params}{cursor} if ref $m->{params} eq 'HASH' && rand() < 0.7;
	$m->{params}{_meta} = rand() < 0.8 ? $meta : junk()
		if ref $m->{params} eq 'HASH' && rand() < 0.8;
	return $m;
}

sub line {
	my $text = $json->encode(message());
	my $how = rand();
	return substr $text, 0, rand length $text if $how < 0.1;
	return '[' x 100_000 if $how < 0.12;
	return '{"jsonrpc":"2.0","id":1,"method":"' . 'x' x 5_000_000 . '"}' if $how < 0.125;
	return $text . $text if $how < 0.15;
	return join '', map { chr rand 256 } 1 .. rand 200 if $how < 0.2;
	return "[$text]" if $how < 0.22;
	return $text;
}

# What a right server makes of a line: the id to be answered ("" for an error
# without one), or undef.
sub expected {
	my $text = shift;
	my $m = eval { $json->decode($text) };
	return undef if $text =~ /^\s*$/;
	return '' if !defined $m || ref $m ne 'HASH';
	return undef if !exists $m->{method} && (exists $m->{result} || exists $m->{error});
	my $id = $m->{id};
	my $good = exists $m->{id} && $text =~ /^\{"id":(?:"|-?\d+[,}])/ && !ref $id && defined $id;
	return $good ? $json->encode($id) : 'any';
}

my $bad = 0;
my $sent = 0;

sub wrong {
	print "not ok: @_\n";
	$bad++;
}

while ($left > 0) {
	my $nr = 1 + int rand 20;
	$nr = $left if $nr > $left;
	$left -= $nr;
	my @lines = map { my $l = line(); $l =~ tr/\n\r//d; $l } 1 .. $nr;
	my $cut = rand() < 0.2;
	my $pid = open2(my $out, my $in, 'git-retro', 'mcp');
	binmode $in;
	my $asked = 'how-' . int rand 1e9;
	my $text = join "\n", @lines,
		$json->encode({ jsonrpc => '2.0', id => $asked, method => 'server/discover',
			params => { _meta => $meta } });
	$text .= $cut ? "\n" . '{"jsonrpc":"2.0","id":' : "\n";
	my $writer = fork;
	if (!$writer) {
		print $in $text;
		close $in;
		exit 0;
	}
	close $in;
	my (@answers, $alive);
	eval {
		local $SIG{ALRM} = sub { die "too long\n" };
		alarm 120;
		while (my $answer = <$out>) {
			my $a = eval { $json->decode($answer) };
			if (ref $a ne 'HASH' || ($a->{jsonrpc} // '') ne '2.0') {
				wrong("no message: " . substr $answer, 0, 200);
				next;
			}
			next if exists $a->{method};
			wrong("result and error") unless exists $a->{result} xor exists $a->{error};
			if (exists $a->{id} && $a->{id} eq $asked) {
				$alive = exists $a->{result};
			} else {
				push @answers, $a;
			}
		}
		waitpid $pid, 0;
		alarm 0;
		1;
	} or do { wrong("it hangs, seed " . ($seed // 1)); kill 9, $pid };
	my $status = $?;
	waitpid $writer, 0;
	wrong("it ended with $status") if $status;
	wrong("it does not know how it is any more") unless $alive;
	my (%may, %have);
	my $cancels = grep { /notifications\/cancelled/ } @lines;
	$may{$_}++ for grep { defined } map { expected($_) } @lines;
	for my $a (@answers) {
		my $id = exists $a->{id} ? $json->encode($a->{id}) : '';
		$have{$id}++;
	}
	for my $id (grep { /./ } keys %have) {
		wrong("$have{$id} answers to $id") if $have{$id} > ($may{$id} // 0) + ($may{any} // 0);
	}
	for my $id (grep { /^["\d-]/ } keys %may) {
		wrong("no answer to $id: " . join "\n", grep { /\Q$id\E/ } @lines)
			if !$cancels && ($have{$id} // 0) < $may{$id};
	}
	$sent += $nr;
}
print "$sent messages, $bad wrong\n";
exit($bad ? 1 : 0);
