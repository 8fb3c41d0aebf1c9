<?php
// Runs the plain test in the file TIEBREAK_TESTS against the file TIEBREAK_MAIN and reports each test. The
// code is at the top level, so that the test's own variables are global.

Tiebreak::load(TIEBREAK_MAIN);
$tiebreak_before = get_defined_functions()['user'];
try {
    require './' . TIEBREAK_TESTS;
} catch (Throwable $tiebreak_error) {
    Tiebreak::fail('tests', $tiebreak_error, TIEBREAK_TESTS);
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
        $tiebreak_frame += Tiebreak::line($tiebreak_error, TIEBREAK_TESTS);
    }
    Tiebreak::send($tiebreak_frame);
}
Tiebreak::send(['stage' => 'done', 'ran' => max(1, count($tiebreak_tests)), 'good' => $tiebreak_good]);
Tiebreak::leave($tiebreak_good ? 0 : 1);
