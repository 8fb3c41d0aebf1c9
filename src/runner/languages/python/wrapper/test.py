# Runs the source of a test, in any style, in the namespace of the answer's module, and reports each test.
# TESTS is the path of that source, for tracebacks.
def report(name, verdict, message=""):
    send('{"test":' + quote(name) + ',"verdict":"' + verdict + '","message":' + quote(message[-2000:]) + "}")

# What a failed test says, in one line, and the line of the test's source that failed. The difference that unittest
# prints below its first line stays in the error output.
def explain(error, trace):
    kind = type(error).__name__
    try:
        lines = str(error).strip().split("\n")
    except BaseException:
        lines = [""]
    said = lines[0] + (lines[-1] if len(lines) > 1 and lines[-1].startswith(" : ") else "")
    number, line = asserted(trace)
    if kind != "AssertionError":
        said = kind + (": " + said if said else "")
    elif not said:
        said = line or kind
    return said[:800] + ("\nline " + str(number) + ": " + line[:400] if line else "")

def asserted(trace):
    number = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == TESTS:
            number = trace.tb_lineno
        trace = trace.tb_next
    lines = SOURCE.split("\n")
    return (number, lines[number - 1].strip()) if number is not None and number <= len(lines) else (None, "")

def fail(stage, error):
    show(error)
    number, line = asserted(error.__traceback__)
    if isinstance(error, AssertionError) and not error.args and line:
        error.args = ("line " + str(number) + ": " + line,)
    send('{"stage":"' + stage + '",' + describe(error) + "}")
    leave(1)

def ended_by_answer(error, path):
    last = None
    trace = own_frames(error.__traceback__)
    while trace is not None:
        last = trace.tb_frame.f_code.co_filename
        trace = trace.tb_next
    return last == path

def execute_tests(module, source, path):
    names = module.__dict__
    before = dict(names)
    names["__name__"] = "__main__"
    sys.modules["__main__"] = module
    stopped = None
    if "unittest" in source:
        import unittest
        unittest.main = unittest.TestProgram = lambda *a, **k: None
    try:
        exec(compile(source, TESTS, "exec", dont_inherit=True), names)
    except SystemExit as error:
        if ended_by_answer(error, path) or error.code not in (None, 0):
            fail("tests", error)
        stopped = error
    except BaseException as error:
        fail("tests", error)
    return {name: value for name, value in names.items() if before.get(name) is not value}

def run_unittest(cases):
    import unittest
    class Result(unittest.TestResult):
        def addSuccess(self, test):
            report(label(test), "pass")
        def addFailure(self, test, error):
            super().addFailure(test, error)
            self.tell(test, "fail", error)
        def addError(self, test, error):
            super().addError(test, error)
            self.tell(test, "error", error)
        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            report(label(test), "skip", reason)
        def addExpectedFailure(self, test, error):
            super().addExpectedFailure(test, error)
            report(label(test), "pass")
        def addUnexpectedSuccess(self, test):
            super().addUnexpectedSuccess(test)
            report(label(test), "fail", "an expected failure passed")
        def addSubTest(self, test, subtest, error):
            super().addSubTest(test, subtest, error)
            if error is not None:
                self.tell(subtest, "fail" if issubclass(error[0], test.failureException) else "error", error)
        def tell(self, test, verdict, error):
            text = self._exc_info_to_string(error, test)
            print("=" * 70, label(test), text, sep="\n", file=sys.stderr)
            report(label(test), verdict, explain(error[1], error[2]))
    def label(test):
        return getattr(test, "id", lambda: str(test))().replace("__main__.", "")
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in cases)
    result = Result()
    suite.run(result)
    return result.testsRun, result.wasSuccessful()

def run_functions(functions):
    good = True
    for name, function in functions:
        try:
            settle_test(function)
            report(name, "pass")
        except AssertionError as error:
            good = False
            show(error)
            report(name, "fail", explain(error, error.__traceback__))
        except BaseException as error:
            good = False
            show(error)
            verdict = "skip" if type(error).__name__ == "Skipped" else "error"
            report(name, verdict, explain(error, error.__traceback__))
    return len(functions), good

def settle_test(function):
    value = function()
    if hasattr(value, "__await__"):
        import asyncio
        async def wait():
            return await value
        asyncio.run(wait())

def run_pytest(main, source, tell=report):
    import pytest
    path = "test_" + os.path.basename(main)
    with open(main, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "\n" + source)
    class Plugin:
        ran = 0
        def pytest_runtest_logreport(self, report):
            test = report
            if test.when == "call" or test.outcome != "passed":
                Plugin.ran += 1
                verdict = {"passed": "pass", "skipped": "skip"}.get(test.outcome, "fail" if test.when == "call" else "error")
                crash = getattr(test.longrepr, "reprcrash", None)
                message = getattr(crash, "message", str(test.longrepr or ""))
                tell(test.nodeid.split("::", 1)[-1], verdict, message.split("\n", 1)[0])
    code = pytest.main(["-q", "-p", "no:cacheprovider", path], plugins=[Plugin()])
    return Plugin.ran, code == 0

def collect(found):
    functions = []
    for name, value in found.items():
        if name.startswith("test") and callable(value) and not isinstance(value, type):
            functions.append((name, value))
        elif name.startswith("Test") and isinstance(value, type):
            for member in vars(value):
                if member.startswith("test"):
                    functions.append((name + "." + member, method(value, member)))
    return functions

def method(kind, name):
    def run():
        subject = kind()
        getattr(subject, "setup_method", lambda *a: None)()
        try:
            return getattr(subject, name)()
        finally:
            getattr(subject, "teardown_method", lambda *a: None)()
    return run

def is_case(value):
    if not isinstance(value, type) or "unittest" not in sys.modules:
        return False
    return issubclass(value, sys.modules["unittest"].TestCase)

def has_pytest(source):
    try:
        import pytest
        return True
    except ImportError:
        if "import pytest" in source or "from pytest" in source:
            send('{"stage":"pytest-missing"}')
            leave(1)
        return False

def test(path, entry, framework):
    global SOURCE
    with open(TESTS, encoding="utf-8") as file:
        source = SOURCE = file.read()
    if framework == "pytest" and has_pytest(source):
        ran, good = run_pytest(path, source)
    else:
        try:
            module = load(path)
        except BaseException as error:
            fail("load", error)
        found = execute_tests(module, source, path)
        ran, good = run_found(module, source, path, entry, framework, found)
    send('{"stage":"done","ran":' + str(ran) + ',"good":' + ("true" if good else "false") + "}")
    leave(0 if good else 1)

def run_found(module, source, path, entry, framework, found):
    cases = [value for value in found.values() if is_case(value) and value.__module__ == "__main__"]
    if cases:
        return run_unittest(cases)
    check = found.get("check")
    if callable(check) and (framework == "humaneval" or "\ncheck(" not in source):
        target = find(module, entry, path)
        return run_functions([("check", lambda: check(target))])
    functions = [] if framework in ("asserts", "humaneval") else collect(found)
    return run_functions(functions) if functions else (1, True)
