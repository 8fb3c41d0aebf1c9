import type { Json } from '../../core/json.ts';

// Programs that run beside a Python answer inside the sandbox. They write what they learn to descriptor 3, one JSON text
// a line. They know arguments and never what is expected. Written without imports where it counts: `json` alone would
// cost a third of Python's own start.

/**
 * Loads the answer's main file as a module and keeps the channel out of its way. Python is started without "site", which
 * runs whatever hooks are installed on the machine; the packages and the few names that it gives are put in place here.
 */
const loading = String.raw`
import builtins, os, sys, _sitebuiltins
builtins.exit = builtins.quit = _sitebuiltins.Quitter("exit", "Ctrl-D")
builtins.help = _sitebuiltins._Helper()
os.dup2(3, 200, inheritable=False)
os.close(3)
os.unlink(__file__)
sys.path[0] = os.getcwd()
sys.path += PACKAGES

def send(text, channel=200, write=os.write):
    data = (text + "\n").encode("ascii", "backslashreplace")
    while data:
        data = data[write(channel, data):]

def leave(code, exit=os._exit):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    exit(code)

def quote(text):
    from _json import encode_basestring_ascii
    return encode_basestring_ascii(text)

def own_frames(trace):
    while trace is not None and trace.tb_frame.f_code.co_filename == send.__code__.co_filename:
        trace = trace.tb_next
    return trace

def show(error):
    try:
        error.__traceback__ = own_frames(error.__traceback__)
        sys.__excepthook__(type(error), error, error.__traceback__)
    except BaseException:
        pass

def describe(error):
    names = [kind.__name__ for kind in type(error).__mro__ if kind not in (object, BaseException)]
    try:
        message = str(error)
    except BaseException:
        message = ""
    return '"names":[' + ",".join(quote(name) for name in names) + '],"message":' + quote(message[:2000])

def load(path):
    name = os.path.basename(path).rsplit(".", 1)[0]
    module = type(sys)(name)
    module.__file__ = os.path.abspath(path)
    sys.modules[name] = module
    sys.argv = [path]
    with open(path, "rb") as file:
        source = file.read()
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    return module

def first_function(module, path):
    kind = type(load)
    for value in module.__dict__.values():
        if isinstance(value, kind) and value.__code__.co_filename == path:
            return value
    for value in module.__dict__.values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            for name, member in vars(value).items():
                if isinstance(member, kind) and not name.startswith("_"):
                    return getattr(value(), name)
    return None

def find(module, dotted, path):
    if dotted is None:
        return first_function(module, path)
    found = module
    for name in dotted.split("."):
        if isinstance(found, type):
            found = found() if not isinstance(vars(found).get(name), (staticmethod, classmethod)) else found
        if not hasattr(found, name):
            return None
        found = getattr(found, name)
    return found
`;

/** Writes a value as JSON, with what JSON lacks in the form that `value.ts` reads. */
const encoding = String.raw`
def special(kind, content):
    return '{"$":"' + kind + '","v":' + content + "}"

def encode(value, depth=0):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        value = int(value)
        return repr(value) if -(1 << 53) < value < 1 << 53 else special("number", quote(repr(value)))
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return special("number", '"NaN"' if value != value else '"Infinity"' if value > 0 else '"-Infinity"')
        return float.__repr__(value)
    if isinstance(value, str):
        return quote(str(value))
    if depth > 200:
        return special("text", '"…"')
    if type(value).__module__.split(".")[0] == "numpy" and hasattr(value, "tolist"):
        return encode(value.tolist(), depth + 1)
    if isinstance(value, dict):
        return encode_dict(value, depth)
    if isinstance(value, (set, frozenset)):
        return special("set", encode_items(value, depth))
    if isinstance(value, (list, tuple, range)) or hasattr(value, "__next__") or type(value).__name__ in LISTS:
        return encode_items(value, depth)
    return special("text", quote(repr(value)[:20000]))

LISTS = ("dict_keys", "dict_values", "dict_items", "deque", "array")

def encode_items(items, depth):
    return "[" + ",".join([encode(item, depth + 1) for item in items]) + "]"

def encode_dict(value, depth):
    keys = list(value)
    if all(isinstance(key, str) or key is None or isinstance(key, (int, float)) for key in keys) and "$" not in value:
        return "{" + ",".join([quote(json_key(key)) + ":" + encode(value[key], depth + 1) for key in keys]) + "}"
    pairs = ["[" + encode(key, depth + 1) + "," + encode(value[key], depth + 1) + "]" for key in keys]
    return special("pairs", "[" + ",".join(pairs) + "]")

def json_key(key):
    return key if isinstance(key, str) else encode(key)

def settle(value):
    if hasattr(value, "__await__"):
        import asyncio
        async def wait():
            return await value
        value = asyncio.run(wait())
    if hasattr(value, "__anext__"):
        import asyncio
        async def gather():
            return [item async for item in value]
        value = asyncio.run(gather())
    return value
`;

const calling = String.raw`
def call(path, function, arguments):
    try:
        module = load(path)
        target = find(module, function, path)
    except BaseException as error:
        show(error)
        send('{"stage":"load",' + describe(error) + "}")
        leave(1)
    if not callable(target):
        send('{"stage":"missing"}')
        leave(1)
    try:
        result = settle(target(*arguments))
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(0)
        result = encode(result)
    except BaseException as error:
        show(error)
        send('{"stage":"call",' + describe(error) + "}")
        leave(1)
    send('{"stage":"done","value":' + result + "}")
    leave(0)
`;

/** Runs a test's source in the module's own names, in whatever style it is written, and tells of each test. */
const testing = String.raw`
def report(name, verdict, message=""):
    send('{"test":' + quote(name) + ',"verdict":"' + verdict + '","message":' + quote(message[-2000:]) + "}")

def fail(stage, error):
    show(error)
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
            report(label(test), verdict, text.strip().split("\n")[-1])
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
            report(name, "fail", str(error) or "AssertionError")
        except BaseException as error:
            good = False
            show(error)
            report(name, "skip" if type(error).__name__ == "Skipped" else "error", type(error).__name__ + ": " + str(error))
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
    with open(TESTS, encoding="utf-8") as file:
        source = file.read()
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
`;

/** Where a test's source lies while it runs; shown in tracebacks. */
export const testsFile = '.tiebreak/tests.py';

/** The program that calls a function with arguments and sends its value or what it raised. */
export function callProgram(
  packages: readonly string[],
  main: string,
  name: string | undefined,
  args: readonly Json[],
): string {
  return `PACKAGES = ${literal(packages)}${loading}${encoding}${calling}\ncall(${literal(main)}, ${literal(name ?? null)}, ${literal(args)})\n`;
}

/** The program that runs a test's source, in the file `testsFile`, against the main file. */
export function testProgram(
  packages: readonly string[],
  main: string,
  entry: string | undefined,
  framework: string | undefined,
): string {
  const call = `test(${literal(main)}, ${literal(entry ?? null)}, ${literal(framework ?? null)})`;
  return `PACKAGES = ${literal(packages)}${loading}${testing}\nTESTS = ${literal(testsFile)}\n${call}\n`;
}

/** JSON as Python source. JSON's strings are Python's, but for characters beyond 16 bits, which pairs of escapes spell. */
function literal(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return pythonString(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${pythonString(key)}: ${literal(member)}`);
  return `{${members.join(', ')}}`;
}

function pythonString(text: string): string {
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
