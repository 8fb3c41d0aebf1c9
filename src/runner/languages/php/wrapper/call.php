<?php
// Calls a function with the arguments in the file TIEBREAK_ARGUMENTS.

/** Values that JSON lacks have the form that outcome/value.ts reads. */
function tiebreak_encode(mixed $value, array $above = []): mixed {
    if (is_float($value) && !is_finite($value)) return ['$' => 'number', 'v' => is_nan($value) ? 'NaN' : ($value > 0 ? 'Infinity' : '-Infinity')];
    if (is_int($value)) return abs($value) < 2 ** 53 ? $value : ['$' => 'number', 'v' => (string) $value];
    if (is_string($value)) return preg_match('//u', $value) === 1 ? $value : array_values(unpack('C*', $value));
    if ($value === []) return ['$' => 'empty'];
    if (is_resource($value)) return tiebreak_unconverted('a resource', get_resource_type($value));
    if (!is_array($value) && !is_object($value)) return $value;
    if (is_object($value) && in_array($value, $above, true)) return tiebreak_unconverted('a value that contains itself');
    if (count($above) > 200) return tiebreak_unconverted('a value nested more than 200 levels deep');
    $inside = [...$above, is_object($value) ? $value : null];
    return is_array($value) ? tiebreak_encode_array($value, $inside) : tiebreak_encode_object($value, $inside);
}

function tiebreak_unconverted(string $what, string $text = ''): array {
    return ['$' => 'unconverted', 'what' => $what, 'v' => $text];
}

function tiebreak_encode_array(array $value, array $inside): mixed {
    if (array_key_exists('$', $value)) return ['$' => 'pairs', 'v' => array_map(fn ($key, $member) => [$key, tiebreak_encode($member, $inside)], array_keys($value), $value)];
    $encoded = array_map(fn ($member) => tiebreak_encode($member, $inside), $value);
    return array_is_list($value) ? $encoded : (object) $encoded;
}

function tiebreak_encode_object(object $value, array $inside): mixed {
    $type = get_class($value);
    if ($value instanceof UnitEnum) return ['$' => 'either', 'v' => [...($value instanceof BackedEnum ? [$value->value] : []), $value->name]];
    if ($value instanceof DateTimeInterface) return tiebreak_encode_date($value);
    if ($value instanceof GMP) return ['$' => 'number', 'v' => gmp_strval($value)];
    if ($value instanceof Closure || $value instanceof Throwable || $value instanceof WeakMap) return tiebreak_unconverted("a value of the type $type");
    if ($value instanceof JsonSerializable) return tiebreak_encode($value->jsonSerialize(), $inside);
    if ($value instanceof Traversable) return tiebreak_encode(iterator_to_array($value, !($value instanceof Generator)), $inside);
    $members = get_object_vars($value);
    if ($value instanceof stdClass) return $members === [] ? new stdClass() : tiebreak_encode_array($members, $inside);
    $text = $value instanceof Stringable ? ['text' => (string) $value] : [];
    if ($members === []) return tiebreak_unconverted("a value of the type $type", $text['text'] ?? '');
    return ['$' => 'own', 'type' => $type, 'v' => (object) array_map(fn ($member) => tiebreak_encode($member, $inside), $members), ...$text];
}

function tiebreak_encode_date(DateTimeInterface $date): array {
    $fraction = rtrim($date->format('.u'), '0.');
    $text = $date->format('Y-m-d\TH:i:s') . $fraction;
    $ways = [$text . $date->format('P'), ...($date->getOffset() === 0 ? [$text . 'Z'] : []), $text, str_replace('T', ' ', $text)];
    return ['$' => 'either', 'v' => $date->format('H:i:s.u') === '00:00:00.000000' ? [...$ways, $date->format('Y-m-d')] : $ways];
}

function tiebreak_find(?string $name): mixed {
    if ($name === null) return null;
    if (function_exists($name)) return $name;
    $parts = preg_split('/\.|::|->/', $name);
    if (count($parts) === 2 && class_exists($parts[0]) && method_exists($parts[0], $parts[1])) {
        $method = new ReflectionMethod($parts[0], $parts[1]);
        $method->setAccessible(true);
        return $method->getClosure($method->isStatic() ? null : new $parts[0]());
    }
    foreach (get_declared_classes() as $class) {
        if ((new ReflectionClass($class))->isUserDefined() && $class !== 'Tiebreak' && method_exists($class, $name)) return (new ReflectionMethod($class, $name))->isStatic() ? [$class, $name] : [new $class(), $name];
    }
    return null;
}

function tiebreak_call(string $path, ?string $name): void {
    $arguments = json_decode(file_get_contents(TIEBREAK_ARGUMENTS), true, 512);
    unlink(TIEBREAK_ARGUMENTS);
    Tiebreak::load($path);
    $target = tiebreak_find($name);
    if ($target === null) {
        Tiebreak::send(['stage' => 'missing']);
        Tiebreak::leave(1);
    }
    try {
        $value = tiebreak_encode($target(...$arguments));
    } catch (Throwable $error) {
        Tiebreak::fail('call', $error);
    }
    Tiebreak::send(['stage' => 'done', 'value' => $value]);
    Tiebreak::leave(0);
}
