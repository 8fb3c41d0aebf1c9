import { argumentsFile } from './scripting.ts';

// Programs that run beside a Perl answer inside the sandbox and send what they learn on descriptor 3, one JSON text a line.

const speaking = String.raw`
package Tiebreak;
use strict;
use warnings;
use JSON::PP ();
our $json = JSON::PP->new->ascii->allow_nonref->canonical;
open(our $channel, '>&=', 3) or die $!;
$channel->autoflush(1);
$^F = 2;
require Fcntl;
fcntl($channel, Fcntl::F_SETFD(), Fcntl::FD_CLOEXEC());
unlink __FILE__;

sub send_frame { print {$channel} $json->encode($_[0]) . "\n" }
sub failed {
    my ($stage, $error) = @_;
    my @names = ref $error ? (ref $error) : ('die');
    my $message = ref $error && eval { $error->can('message') } ? $error->message : "$error";
    chomp $message;
    print STDERR "$message\n";
    send_frame({ stage => $stage, names => \@names, message => substr($message, 0, 2000) });
    exit 1;
}
sub load_answer {
    my ($path) = @_;
    local $0 = $path;
    package main;
    my $done = do "./$path";
    Tiebreak::failed('load', $@) if $@;
    Tiebreak::failed('load', "$path: $!") if !defined $done && $! && !-e $path;
}
`;

const calling = String.raw`
sub encode {
    my ($value, $depth) = @_;
    return { '$' => 'text', v => '...' } if $depth > 200;
    return undef if !defined $value;
    my $kind = ref $value;
    return [map { encode($_, $depth + 1) } @$value] if $kind eq 'ARRAY';
    if ($kind eq 'HASH') {
        return { '$' => 'pairs', v => [map { [$_, encode($value->{$_}, $depth + 1)] } keys %$value] } if exists $value->{'$'};
        return { map { $_ => encode($value->{$_}, $depth + 1) } keys %$value };
    }
    return $value if $kind eq 'JSON::PP::Boolean';
    return $kind eq 'SCALAR' ? encode($$value, $depth + 1) : { '$' => 'text', v => "$value" } if $kind;
    utf8::decode(my $text = "$value") if !utf8::is_utf8("$value");
    return { '$' => 'scalar', v => defined $text ? $text : "$value" };
}
sub call {
    my ($path, $name) = @_;
    open(my $file, '<:raw', $Tiebreak::arguments) or die $!;
    my $given = JSON::PP->new->utf8->decode(do { local $/; <$file> });
    close $file;
    unlink $Tiebreak::arguments;
    load_answer($path);
    $name =~ s/\./::/g;
    my $target = $name ne '' && main->can($name) || ($name =~ /^(.+)::(\w+)$/ && $1->can($2));
    if (!$target) {
        send_frame({ stage => 'missing' });
        exit 1;
    }
    if ($name =~ /^(.+)::\w+$/ && $1->can('new')) { unshift @$given, $1->new }
    my @values = eval { $target->(@$given) };
    failed('call', $@) if $@;
    my $value = @values == 1 ? encode($values[0], 0) : @values ? encode(\@values, 0) : { '$' => 'nothing' };
    send_frame({ stage => 'done', value => $value });
    exit 0;
}
`;

/** Test::More's output goes to the channel, where nothing that the answer prints can be taken for it. */
const tapTesting = String.raw`
require Test::More;
Test::Builder->new->output($channel);
load_answer($Tiebreak::main);
package main;
my $tiebreak_done = do "./$Tiebreak::tests";
if ($@) { print STDERR $@; exit 255 }
`;

const plainTesting = String.raw`
load_answer($Tiebreak::main);
my %before = map { $_ => 1 } grep { main->can($_) } keys %main::;
{
    package main;
    my $done = do "./$Tiebreak::tests";
    Tiebreak::failed('tests', $@) if $@;
}
my @names = sort grep { /^test/ && !$before{$_} && main->can($_) } keys %main::;
my $good = 1;
for my $name (@names) {
    my $passed = eval { main->can($name)->(); 1 };
    chomp(my $message = $passed ? '' : "$@");
    $good = 0 if !$passed;
    send_frame({ test => $name, verdict => $passed ? 'pass' : 'fail', message => $message });
}
send_frame({ stage => 'done', ran => @names ? scalar @names : 1, good => $good ? JSON::PP::true : JSON::PP::false });
exit($good ? 0 : 1);
`;

/** The program that calls a function with the arguments of `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  return `${speaking}our $arguments = ${literal(argumentsFile)};\n${calling}\ncall(${literal(main)}, ${literal(name ?? '')});\n`;
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, tap: boolean): string {
  const places = `our $main = ${literal(main)};\nour $tests = ${literal(tests)};\n`;
  return `${speaking}${places}${tap ? tapTesting : plainTesting}`;
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
