import { argumentsFile } from './scripting.ts';

// Programs that run beside a PHP answer inside the sandbox and send what they learn on descriptor 3, one JSON text a line.

const speaking = String.raw`<?php
final class Tiebreak {
    public static $channel;

    static function send(array $frame): void {
        fwrite(self::$channel, json_encode($frame, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION) . "\n");
    }

    static function describe(string $stage, Throwable $error): array {
        $names = array_merge([get_class($error)], array_values(class_parents($error)));
        $names = array_map(fn ($name) => ltrim(strrchr('\\' . $name, '\\'), '\\'), $names);
        return ['stage' => $stage, 'names' => $names, 'message' => substr($error->getMessage(), 0, 2000)];
    }

    static function leave(int $code): void {
        while (ob_get_level() > 0) ob_end_flush();
        exit($code);
    }

    static function fail(string $stage, Throwable $error): void {
        fwrite(STDERR, get_class($error) . ': ' . $error->getMessage() . ' in ' . basename($error->getFile()) . ':' . $error->getLine() . "\n");
        self::send(self::describe($stage, $error));
        self::leave(1);
    }

    static function load(string $path): void {
        try {
            self::scope($path);
        } catch (Throwable $error) {
            self::fail('load', $error);
        }
    }

    private static function scope(string $path): void {
        require './' . $path;
        foreach (get_defined_vars() as $name => $value) if ($name !== 'path') $GLOBALS[$name] = $value;
    }
}
Tiebreak::$channel = fopen('php://fd/3', 'w');
unlink(__FILE__);
`;

const calling = String.raw`
function tiebreak_encode(mixed $value, int $depth = 0): mixed {
    if ($depth > 200) return ['$' => 'text', 'v' => '…'];
    if (is_float($value) && !is_finite($value)) return ['$' => 'number', 'v' => is_nan($value) ? 'NaN' : ($value > 0 ? 'Infinity' : '-Infinity')];
    if (is_int($value)) return abs($value) < 2 ** 53 ? $value : ['$' => 'number', 'v' => (string) $value];
    if ($value === []) return ['$' => 'empty'];
    if ($value instanceof Traversable) $value = iterator_to_array($value, !($value instanceof Generator));
    if ($value instanceof BackedEnum) return $value->value;
    if ($value instanceof Closure) return ['$' => 'text', 'v' => 'Closure'];
    if ($value instanceof JsonSerializable) return tiebreak_encode($value->jsonSerialize(), $depth + 1);
    if (is_object($value)) $value = get_object_vars($value) ?: new stdClass();
    if (is_resource($value)) return ['$' => 'text', 'v' => 'resource'];
    if (!is_array($value)) return $value;
    if (array_key_exists('$', $value)) return ['$' => 'pairs', 'v' => array_map(fn ($key, $member) => [$key, tiebreak_encode($member, $depth + 1)], array_keys($value), $value)];
    $encoded = array_map(fn ($member) => tiebreak_encode($member, $depth + 1), $value);
    return array_is_list($value) ? $encoded : (object) $encoded;
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
    $arguments = json_decode(file_get_contents(TIEBREAK_ARGUMENTS), true, 512, JSON_BIGINT_AS_STRING);
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
`;

const testing = String.raw`
Tiebreak::load(TIEBREAK_MAIN);
$tiebreak_before = get_defined_functions()['user'];
try {
    require './' . TIEBREAK_TESTS;
} catch (Throwable $tiebreak_error) {
    Tiebreak::fail('tests', $tiebreak_error);
}
$tiebreak_tests = array_filter(array_diff(get_defined_functions()['user'], $tiebreak_before), fn ($name) => str_starts_with($name, 'test'));
$tiebreak_good = true;
foreach ($tiebreak_tests as $tiebreak_test) {
    $tiebreak_frame = ['test' => (new ReflectionFunction($tiebreak_test))->getName(), 'verdict' => 'pass', 'message' => ''];
    try {
        $tiebreak_test();
    } catch (Throwable $tiebreak_error) {
        $tiebreak_good = false;
        $tiebreak_frame['verdict'] = $tiebreak_error instanceof AssertionError ? 'fail' : 'error';
        $tiebreak_frame['message'] = get_class($tiebreak_error) . ': ' . $tiebreak_error->getMessage();
    }
    Tiebreak::send($tiebreak_frame);
}
Tiebreak::send(['stage' => 'done', 'ran' => max(1, count($tiebreak_tests)), 'good' => $tiebreak_good]);
Tiebreak::leave($tiebreak_good ? 0 : 1);
`;

/** The program that calls a function with the arguments of `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const call = `tiebreak_call(${literal(main)}, ${name === undefined ? 'null' : literal(name)});`;
  return `${speaking}const TIEBREAK_ARGUMENTS = ${literal(argumentsFile)};\n${calling}\n${call}\n`;
}

/** The program that runs a plain test against the main file. */
export function testProgram(main: string, tests: string): string {
  return `${speaking}const TIEBREAK_MAIN = ${literal(main)};\nconst TIEBREAK_TESTS = ${literal(tests)};\n${testing}`;
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
