<?php
// Runs next to a PHP answer inside the sandbox and sends results on descriptor 3, one JSON text per line. The
// constants that call.php or test.php use are appended, then that file.
final class Tiebreak {
    public static $channel;

    static function send(array $frame): void {
        fwrite(self::$channel, json_encode($frame, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION, 4096) . "\n");
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

    // The line of a file at which an error arose, or which called what failed, as a member of a frame.
    static function line(Throwable $error, string $path): array {
        foreach ([['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()] as $place)
            if (basename($place['file'] ?? '') === basename($path)) return ['line' => $place['line']];
        return [];
    }

    static function fail(string $stage, Throwable $error, ?string $tests = null): void {
        fwrite(STDERR, get_class($error) . ': ' . $error->getMessage() . ' in ' . basename($error->getFile()) . ':' . $error->getLine() . "\n");
        self::send(self::describe($stage, $error) + ($tests === null ? [] : self::line($error, $tests)));
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
