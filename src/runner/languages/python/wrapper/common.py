# Runs next to a Python answer inside the sandbox and writes results to descriptor 3, one JSON text per line.
# It knows the arguments but never the expected values. The constants in capitals are prepended; call.py or
# test.py is appended. It avoids imports where speed matters: importing `json` alone would add a third to
# Python's start time.
#
# Loads the answer's main file as a module and hides the channel from it. Python starts without "site", which
# would run hooks installed on the machine; this code sets up the packages and the few names that "site"
# provides.
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
