# Calls a function and sends its value or the exception that it raised.
def call(path, function, arguments, judge):
    try:
        if judge:
            with open(path, "rb") as file:
                judge_names(file.read())
            arguments = arguments_as_judges(judge, arguments)
        module = load(path)
        target = find(module, function, path)
        if judge and not callable(target):
            target = find_as_judges(module, function)
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
