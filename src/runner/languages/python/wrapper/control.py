# Runs the test SOURCE in the namespace NAMES of the answer so that it must fail; see control/control.ts. Comparisons of the test
# are made twice: with the value that the test expects, and with others, which the answer's value must not equal. The functions
# that the test uses get what they must reject.
import ast, builtins, os, sys

class Control(BaseException):
    pass

def tell(what):
    raise Control(MARK + what)

def is_plain(value):
    return value is None or type(value) in (bool, int, float, complex, str, bytes, list, tuple, set, frozenset, dict)

# Values that differ from a plain value, in few places.
def others(value, depth=0):
    kind = type(value)
    if kind is bool:
        return [not value]
    if kind in (int, float, complex):
        return [value + 7919 if abs(value) < 1e9 else 0.5]
    if kind in (str, bytes):
        return [value + (b"?" if kind is bytes else "?")]
    if kind in (list, tuple) and depth < 3:
        items = list(value)
        changed = [items[:at] + [other] + items[at + 1:] for at in range(min(len(items), 20)) for other in others(items[at], depth + 1)]
        return [kind(each) for each in changed or [items + [7919]]]
    if kind is dict and depth < 3:
        return [{**value, key: other} for key in list(value)[:20] for other in others(value[key], depth + 1)] or [{"?": 7919}]
    return [7919.5]

# Objects of a test that are meant to be equal to others, such as mock.ANY.
def is_of_the_test(value):
    kind = type(value)
    return kind.__module__ in ("unittest.mock", "_pytest.python_api") or kind.__name__ in CLASSES

def probe(left, right):
    if is_of_the_test(left) or is_of_the_test(right):
        return
    for one, plain in ((left, right), (right, left)):
        if is_plain(plain) and any(same_as(one, other) for other in others(plain)):
            tell("a value of the type " + type(one).__name__ + " equals what it is not")

def same_as(one, other):
    try:
        return (one == other) is True
    except Exception:
        return False

def equal(left, right):
    same = left == right
    if same is True:
        probe(left, right)
    return same

def pair(left, right):
    if same_as(left, right):
        probe(left, right)
    return left, right

def contained(member, group):
    found = member in group
    if found and not is_of_the_test(member):
        if not is_plain(member) and (same_as(member, 7919.5) or same_as(member, "?")):
            tell("a value of the type " + type(member).__name__ + " equals what it is not")
        if not is_plain(group) and not isinstance(group, (range, str)) and 7919.5 in group and "?" in group:
            tell("a value of the type " + type(group).__name__ + " contains what it does not")
    return found

def minus(left, right):
    value = left - right
    if not is_plain(left) and type(right) in (int, float) and is_plain(value):
        if left - (right + 7919) == value and left - (right - 104729) == value:
            tell("a value of the type " + type(left).__name__ + " has the same distance from every number")
    return value

EQUALITIES = {"assertEqual", "assertEquals", "assertListEqual", "assertTupleEqual", "assertDictEqual", "assertSetEqual", "assertSequenceEqual", "assertMultiLineEqual", "assertCountEqual"}

class Doubling(ast.NodeTransformer):
    def visit_Compare(self, node):
        self.generic_visit(node)
        helper = {ast.Eq: "equal", ast.In: "contained"}.get(type(node.ops[0])) if len(node.ops) == 1 else None
        return node if helper is None else self.call(helper, node, node.left, node.comparators[0])
    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self.call("minus", node, node.left, node.right) if isinstance(node.op, ast.Sub) else node
    def visit_Call(self, node):
        self.generic_visit(node)
        compares = isinstance(node.func, ast.Attribute) and node.func.attr in EQUALITIES
        if compares and len(node.args) >= 2 and not any(isinstance(each, ast.Starred) for each in node.args):
            both = self.call("pair", node, *node.args[:2])
            node.args = [ast.copy_location(ast.Starred(both, ast.Load()), node), *node.args[2:]]
        return node
    def call(self, helper, node, *arguments):
        name = ast.copy_location(ast.Name("tiebreak_control_" + helper, ast.Load()), node)
        return ast.copy_location(ast.Call(name, list(arguments), []), node)

# Functions that tests use, each with a question that is true only if the function no longer tells two values apart.
DULL = {
    "all": lambda f: f([False]) is True, "any": lambda f: f([False]) is True, "abs": lambda f: f(5) == 0,
    "isinstance": lambda f: f(1, str) is True, "len": lambda f: f([1]) == f([1, 2]), "sorted": lambda f: f([2]) == f([1]),
    "str": lambda f: f(1) == f(2), "repr": lambda f: f(1) == f(2), "set": lambda f: f([1]) == f([2]), "list": lambda f: f([1]) == f([2]),
    "tuple": lambda f: f([1]) == f([2]), "round": lambda f: f(1) == f(5), "sum": lambda f: f([1]) == f([2]), "type": lambda f: f(1) == f(""),
    "max": lambda f: f([1]) == f([2]), "min": lambda f: f([1]) == f([2]), "isclose": lambda f: f(1, 2) is True,
    "zip": lambda f: not list(f([1], [2])), "enumerate": lambda f: not list(f([1])), "range": lambda f: not list(f(3)), "map": lambda f: not list(f(int, [1])),
}

def check_functions():
    import math
    words = {node.id for node in ast.walk(TREE) if isinstance(node, ast.Name)} | {node.attr for node in ast.walk(TREE) if isinstance(node, ast.Attribute)}
    for name in sorted(words & set(DULL)):
        places = (math, NAMES) if name == "isclose" else (NAMES, builtins)
        for place in places:
            function = place.get(name) if isinstance(place, dict) else getattr(place, name, None)
            if function is not None and holds(lambda: DULL[name](function)):
                tell(name + " no longer tells values apart")

def holds(question):
    try:
        return bool(question())
    except Exception:
        return False

REJECTED = {
    "assertEqual": (1, 2), "assertEquals": (1, 2), "assertNotEqual": (1, 1), "assertTrue": (False,), "assertFalse": (True,), "assertIs": (1, "1"),
    "assertIsNone": (1,), "assertIsNotNone": (None,), "assertIn": (1, [2]), "assertNotIn": (1, [1]), "assertIsInstance": (1, str),
    "assertAlmostEqual": (1, 2), "assertGreater": (1, 2), "assertGreaterEqual": (1, 2), "assertLess": (2, 1), "assertLessEqual": (2, 1),
    "assertListEqual": ([1], [2]), "assertTupleEqual": ((1,), (2,)), "assertDictEqual": ({1: 1}, {1: 2}), "assertSetEqual": ({1}, {2}),
    "assertSequenceEqual": ([1], [2]), "assertMultiLineEqual": ("a", "b"), "assertCountEqual": ([1], [2]), "assertRegex": ("a", "b"),
    "assertRaises": (ValueError, lambda: None), "assertRaisesRegex": (ValueError, "a", lambda: None), "fail": (),
}

def check_unittest(case):
    used = {node.attr for node in ast.walk(TREE) if isinstance(node, ast.Attribute)}
    for name in sorted(used & set(REJECTED)):
        must_fail("unittest's " + name, lambda: getattr(case, name)(*REJECTED[name]))

def check_pytest():
    pytest = sys.modules.get("pytest")
    if pytest is None or "pytest" not in SOURCE:
        return
    def raises():
        with pytest.raises(ValueError):
            pass
    must_fail("pytest.raises", raises)
    if holds(lambda: 1 == pytest.approx(2)):
        tell("pytest.approx equals what it is not")

def must_fail(name, function):
    try:
        function()
    except AttributeError:
        return
    except BaseException:
        return
    tell(name + " accepts what it must reject")

def check_all():
    check_functions()
    check_pytest()
    raise AssertionError("the control fails as it must")

# Adds the checks where the style of the test has them run last.
def add_checks():
    check = NAMES.get("check")
    if "unittest" in SOURCE:
        import unittest
        def test_zz_control(self):
            check_unittest(self)
            check_all()
        members = {"test_zz_control": test_zz_control, "__module__": "__main__"}
        NAMES["TiebreakControl"] = type("TiebreakControl", (unittest.TestCase,), members)
    NAMES["test_zz_tiebreak_control"] = check_all
    if callable(check) and "check" in {node.name for node in TREE.body if isinstance(node, ast.FunctionDef)}:
        def checked(*arguments):
            check(*arguments)
            check_all()
        NAMES["check"] = checked
    # In these styles, functions are not looked for.
    if FRAMEWORK in ("asserts", "humaneval") and NAMES.get("check") is check:
        check_all()

TREE = ast.parse(SOURCE)
CLASSES = {node.name for node in ast.walk(TREE) if isinstance(node, ast.ClassDef)}
for helper in (equal, pair, contained, minus):
    NAMES["tiebreak_control_" + helper.__name__] = helper
exec(compile(ast.fix_missing_locations(Doubling().visit(ast.parse(SOURCE))), "tests.py", "exec", dont_inherit=True), NAMES)
add_checks()
