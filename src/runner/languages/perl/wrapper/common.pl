# Runs next to a Perl answer inside the sandbox and sends results on descriptor 3, one JSON text per line. The
# variables that call.pl, tap.pl or plain.pl use are appended, then that file.
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
