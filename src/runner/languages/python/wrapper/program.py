# Runs a Python answer as `python main.py` does, with the names of a judge at hand. judge.py is prepended, and a call of
# `run` appended.
import os, sys
os.unlink(__file__)
sys.path[0] = os.getcwd()

def run(path):
    with open(path, "rb") as file:
        source = file.read()
    judge_names(source)
    main = type(sys)("__main__")
    main.__file__ = os.path.abspath(path)
    sys.modules["__main__"] = main
    sys.argv = [path]
    exec(compile(source, path, "exec", dont_inherit=True), main.__dict__)
