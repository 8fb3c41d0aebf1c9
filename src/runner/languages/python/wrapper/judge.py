# The conventions of judges whose problems a case comes from: their names at hand without an import, and their limit
# for recursion. LiveCodeBench and APPS write these imports before each answer; here they become built-in names, so
# that line numbers stay and names of the answer come first.
MODULES = (
    "json sys io operator functools itertools statistics random math copy bisect heapq collections datetime re string "
    "typing fractions time"
).split()

def judge_names(source):
    import builtins, importlib
    names = builtins.__dict__
    modules = [(name, importlib.import_module(name)) for name in MODULES]
    for name, module in modules:
        names.setdefault(name, module)
    for name, module in modules:
        for each in getattr(module, "__all__", None) or [word for word in vars(module) if not word.startswith("_")]:
            if hasattr(module, each):
                names.setdefault(each, getattr(module, each))
    if b"np." in source:
        try:
            names.setdefault("np", importlib.import_module("numpy"))
        except ImportError:
            pass
    sys.setrecursionlimit(50_000)

def find_as_judges(module, dotted):
    """A judge calls a method of Solution if the answer has that class, else a function; the problem does not say which."""
    name = (dotted or "").split(".")[-1]
    return find(module, "Solution." + name, None) if hasattr(module, "Solution") else find(module, name, None)

def arguments_as_judges(judge, arguments):
    """APPS writes a dictionary with whole numbers as keys as JSON, and reads it back so."""
    if judge == "apps" and arguments and isinstance(arguments[0], dict):
        try:
            return [{int(key): value for key, value in arguments[0].items()}, *arguments[1:]]
        except ValueError:
            pass
    return arguments
