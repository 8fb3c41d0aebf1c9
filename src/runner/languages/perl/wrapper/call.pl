# Calls a function with the arguments in the file $arguments.
package Tiebreak;
require B;
require Scalar::Util;
require overload;
sub encode {
    my ($value, @above) = @_;
    return undef if !defined $value;
    my $kind = ref $value;
    if (!$kind) {
        return { '$' => 'scalar', v => fraction($value) } if is_float(\$value);
        utf8::decode(my $text = "$value") if !utf8::is_utf8("$value");
        return { '$' => 'scalar', v => defined $text ? $text : "$value" };
    }
    return $value if $kind eq 'JSON::PP::Boolean';
    return unconverted('a value that contains itself') if grep { $_ == Scalar::Util::refaddr($value) } @above;
    return unconverted('a value nested more than 200 levels deep') if @above > 200;
    return encode_inside($value, $kind, @above, Scalar::Util::refaddr($value));
}
sub unconverted { return { '$' => 'unconverted', what => $_[0], v => defined $_[1] ? "$_[1]" : '' } }
sub encode_inside {
    my ($value, $kind, @inside) = @_;
    return [map { encode($_, @inside) } @$value] if $kind eq 'ARRAY';
    return encode_hash($value, @inside) if $kind eq 'HASH';
    return encode($$value, @inside) if $kind eq 'SCALAR' || $kind eq 'REF';
    return unconverted("a value of the type $kind", $value) if !Scalar::Util::blessed($value) || $kind eq 'Regexp';
    return { '$' => 'number', v => '' . $value->bstr } if $kind =~ /^Math::Big(?:Int|Float)$/;
    return { '$' => 'either', v => [{ '$' => 'number', v => '' . $value->numify }, '' . $value->bstr] } if $kind eq 'Math::BigRat';
    return { '$' => 'either', v => [$value->datetime, $value->datetime . 'Z', $value->ymd . ' ' . $value->hms] } if $kind eq 'Time::Piece';
    return encode($value->TO_JSON, @inside) if $value->can('TO_JSON');
    return encode_own($value, $kind, @inside);
}
sub encode_hash {
    my ($value, @inside) = @_;
    return { '$' => 'pairs', v => [map { [$_, encode($value->{$_}, @inside)] } keys %$value] } if exists $value->{'$'};
    return { map { $_ => encode($value->{$_}, @inside) } keys %$value };
}
# An object, as the members that do not begin with "_".
sub encode_own {
    my ($value, $kind, @inside) = @_;
    my $text = overload::Method($value, '""') ? { text => "$value" } : {};
    my @names = Scalar::Util::reftype($value) eq 'HASH' ? grep { !/^_/ } keys %$value : ();
    return unconverted("a value of the type $kind", $value) if !@names;
    return { '$' => 'own', type => $kind, v => encode_hash({ map { $_ => $value->{$_} } @names }, @inside), %$text };
}
sub is_float {
    my $flags = B::svref_2object($_[0])->FLAGS;
    return $flags & B::SVf_NOK() && !($flags & B::SVf_POK());
}
# Perl itself shows 15 digits of a float, which are not always the float.
sub fraction {
    my ($value) = @_;
    for my $digits (15, 16) {
        my $text = sprintf("%.${digits}g", $value);
        # A text that was compared as a number would be written as one.
        return "$text" if $text == $value;
    }
    return sprintf('%.17g', $value);
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
    my $value = @values == 1 ? encode($values[0]) : @values ? encode(\@values) : { '$' => 'nothing' };
    send_frame({ stage => 'done', value => $value });
    exit 0;
}
