# Appended to a test of Perl so that it must fail; see control/control.ts.
{
    package TiebreakControl;
    sub tell_of { print STDERR "$TiebreakControl::mark$_[0]\n" }
    sub values_of {
        tell_of('die does not end what it must end') if eval { die "x\n"; 1 };
        require overload;
        for my $name (grep { /^\w+::$/ && !/^(?:main|overload|Math|bigint|Test|Tiebreak\w*)::$/ } keys %main::) {
            (my $package = $name) =~ s/::$//;
            next if !overload::Overloaded($package);
            my $object = bless {}, $package;
            my $numbers = overload::Method($package, '==') && eval { ($object == 7919) && ($object == -5) };
            my $texts = overload::Method($package, 'eq') && eval { ($object eq '?') && ($object eq '7919') };
            tell_of("an object of $package equals what it is not") if $numbers || $texts;
        }
    }
    sub counted {
        my ($name, $check) = @_;
        my $builder = Test::Builder->new;
        my $before = $builder->current_test;
        my $passed = eval { $check->() };
        my @summary = $builder->summary;
        tell_of("$name accepts what it must reject") if $passed || @summary && $summary[-1] && $builder->current_test > $before;
    }
}
