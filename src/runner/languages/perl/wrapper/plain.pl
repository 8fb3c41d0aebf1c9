# Runs the plain test in the file $tests against the file $main and reports each test.
package Tiebreak;
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
    my ($line) = $message =~ /\Q$Tiebreak::tests\E line (\d+)/;
    send_frame({ test => $name, verdict => $passed ? 'pass' : 'fail', message => $message, $line ? (line => $line + 0) : () });
}
send_frame({ stage => 'done', ran => @names ? scalar @names : 1, good => $good ? JSON::PP::true : JSON::PP::false });
exit($good ? 0 : 1);
