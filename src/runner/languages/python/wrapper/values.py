# Writes a value as JSON. Values that JSON lacks have the form that outcome/value.ts reads.
def special(kind, content, more=""):
    return '{"$":"' + kind + '","v":' + content + more + "}"

def unconverted(what, text=""):
    return special("unconverted", quote(text[:20000]), ',"what":' + quote(what))

def either(*ways):
    return special("either", "[" + ",".join(ways) + "]")

def encode(value, above=()):
    kind = type(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is float or kind is str:
        return encode_plain(value)
    if isinstance(value, known("enum", "Enum")):
        return either(encode(value.value, above), quote(str(value.name)))
    if isinstance(value, (int, float, str)):
        return encode_plain(value)
    if id(value) in above:
        return unconverted("a value that contains itself")
    if len(above) > 200:
        return unconverted("a value nested more than 200 levels deep")
    inside = above + (id(value),)
    if kind is list or kind is tuple:
        return encode_items(value, inside)
    if kind.__module__.split(".")[0] == "numpy" and hasattr(value, "tolist"):
        return encode(value.tolist(), inside)
    return encode_text(value) or encode_list(value, inside) or encode_members(value, inside) or encode_own(value, inside)

def encode_plain(value):
    if isinstance(value, int):
        text = int.__repr__(value)
        return text if -(1 << 53) < value < 1 << 53 else special("number", quote(text))
    if isinstance(value, str):
        return quote(str.__str__(value))
    if value != value or value in (float("inf"), float("-inf")):
        return special("number", '"NaN"' if value != value else '"Infinity"' if value > 0 else '"-Infinity"')
    return float.__repr__(value)

def known(module, name):
    """A class of a module that the answer imported; else no class. Importing it would take time."""
    return getattr(sys.modules.get(module), name, ())

LISTS = ("dict_keys", "dict_values", "dict_items", "deque", "array")

def encode_list(value, inside):
    from _collections_abc import Sequence, Set
    if isinstance(value, (bytes, bytearray, memoryview)):
        return encode_bytes(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return special("named", encode_items(value, inside), ',"names":' + encode_items(value._fields, inside))
    if isinstance(value, (list, tuple, range)) or hasattr(type(value), "__next__") or type(value).__name__ in LISTS:
        return encode_items(value, inside)
    if isinstance(value, Set):
        return special("set", encode_items(value, inside))
    return encode_items(value, inside) if isinstance(value, Sequence) else None

def encode_items(items, inside):
    return "[" + ",".join([encode(item, inside) for item in items]) + "]"

def encode_bytes(value):
    numbers = encode_items(list(bytes(value)), ())
    try:
        return either(numbers, quote(bytes(value).decode("utf-8")))
    except UnicodeDecodeError:
        return numbers

def encode_members(value, inside):
    from _collections_abc import Mapping
    if isinstance(value, type):
        return None
    if isinstance(value, Mapping):
        return encode_dict(value, inside)
    if hasattr(type(value), "__dataclass_fields__"):
        names = [field.name for field in known("dataclasses", "fields")(value)]
        return encode_dict({name: getattr(value, name) for name in names}, inside)
    return None

def encode_dict(value, inside):
    keys = [(json_key(key), key) for key in value]
    if all(name is not None for name, _ in keys) and "$" not in value:
        return "{" + ",".join([quote(name) + ":" + encode(value[key], inside) for name, key in keys]) + "}"
    pairs = ["[" + encode(key, inside) + "," + encode(value[key], inside) + "]" for _, key in keys]
    return special("pairs", "[" + ",".join(pairs) + "]")

def json_key(key):
    """The name that a key has in JSON; None if it has none."""
    if isinstance(key, known("enum", "Enum")):
        return json_key(key.value)
    if isinstance(key, str):
        return str.__str__(key)
    if key is None or isinstance(key, (int, float)):
        return encode(key) if not isinstance(key, int) or isinstance(key, bool) else int.__repr__(key)
    texts = texts_of(key)
    return texts[0] if texts else None

def encode_text(value):
    """Numbers and texts of the standard library."""
    texts = [quote(text) for text in texts_of(value)]
    if isinstance(value, known("fractions", "Fraction")):
        try:
            return either(encode(float(value)), *texts)
        except OverflowError:
            return either(*texts)
    if isinstance(value, known("decimal", "Decimal")):
        return special("number", texts[0])
    if isinstance(value, known("datetime", "timedelta")):
        return either(encode(value.total_seconds()), *texts)
    return either(*texts) if texts else None

def texts_of(value):
    if isinstance(value, known("datetime", "datetime")):
        text = value.isoformat()
        return [text, str(value)] + ([text[:-6] + "Z"] if text.endswith("+00:00") else [])
    if isinstance(value, (known("datetime", "date"), known("datetime", "time"))):
        return [value.isoformat()]
    for module, name in TEXTS:
        if isinstance(value, known(module, name)):
            return [str(value)]
    return []

TEXTS = (("datetime", "timedelta"), ("decimal", "Decimal"), ("fractions", "Fraction"), ("uuid", "UUID"), ("pathlib", "PurePath"), ("collections", "UserString"))

def encode_own(value, inside):
    """An object of any other class, as its public fields."""
    kind = type(value)
    if not isinstance(value, (type, BaseException, type(sys))):
        names = [name for name in field_names(value) if not name.startswith("_") and hasattr(value, name)]
        members = {name: getattr(value, name) for name in names}
        if members and not all(callable(member) for member in members.values()):
            text = "" if kind.__repr__ is object.__repr__ else ',"text":' + quote(shown(value))
            return special("own", encode_dict(members, inside), ',"type":' + quote(kind.__name__) + text)
    return unconverted("a value of the type " + kind.__name__, shown(value))

def shown(value):
    try:
        return repr(value)[:20000]
    except BaseException:
        return "its __repr__ fails"

def field_names(value):
    slots = [getattr(base, "__slots__", ()) for base in reversed(type(value).__mro__)]
    names = [name for each in slots for name in ([each] if isinstance(each, str) else each)]
    return list(dict.fromkeys(names + list(getattr(value, "__dict__", ()))))

def settle(value):
    if hasattr(type(value), "__await__"):
        import asyncio
        async def wait():
            return await value
        value = asyncio.run(wait())
    if hasattr(type(value), "__anext__"):
        import asyncio
        async def gather():
            return [item async for item in value]
        value = asyncio.run(gather())
    return value
