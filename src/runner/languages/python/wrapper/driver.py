# Runs an answer on many inputs. It reads batches from standard input: a line with the options of the batch as JSON, then a
# line with JSON for each input. It writes a frame for each input, in order. common.py and values.py are prepended, and a
# call of `serve` appended.
#
# The answer's code runs in a worker, a process that is forked from this one and handles one input after the other, each
# with a freshly loaded answer. When a worker ends early, the input at hand gets a frame that says how, and a new worker
# goes on with the next input. A hostile answer can forge frames, but only about itself.
import io, json, re, select, signal, tempfile, zlib

LONGEST = 16000
TOO_MUCH_OUTPUT = 153
MOST_OUTPUT = 1 << 18
DESCRIPTORS = re.compile(
    rb"open\(\s*0|fileno|\bos\s*\.|from os import|/dev/std|subprocess|multiprocessing|__std(?:in|out)__|mmap|fileinput"
)

def serve(path, is_call, function, judge, wall):
    with open(path, "rb") as file:
        source = file.read()
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except BaseException as error:
        code = error
    if judge:
        judge_names(source)
    answer = Answer(code, path, function, judge)
    own = not is_call and DESCRIPTORS.search(source) is not None
    streams = (tempfile.TemporaryFile(buffering=0), tempfile.TemporaryFile(buffering=0)) if own else None
    run = answer.call if is_call else lambda text: answer.run(text, streams)
    lines = io.open(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    while True:
        header = lines.readline()
        if not header:
            leave(0)
        options = json.loads(header)
        batch = [lines.readline() for _ in range(options["count"])]
        drive(batch, run, options, wall, streams)

def drive(batch, run, options, wall, streams):
    at = 0
    while at < len(batch):
        end = at + 1 if options["isolated"] else len(batch)
        reader, writer = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.setpgid(0, 0)
            os.close(reader)
            os.dup2(writer, 200, inheritable=False)
            os.close(writer)
            work(batch[at:end], run, options["cpu"], streams)
        os.close(writer)
        done, why = follow(reader, worker, end - at, wall)
        os.close(reader)
        at += done
        if at < end:
            send(ended(why, streams))
            at += 1

def follow(reader, worker, expected, wall):
    """Passes on the frames of a worker. Returns their number and how the worker ended."""
    done, rest, slept = 0, b"", False
    while done < expected:
        if not select.select([reader], [], [], wall)[0]:
            slept = True
            break
        data = os.read(reader, 1 << 16)
        if not data:
            break
        *frames, rest = (rest + data).split(b"\n")
        for frame in frames[:expected - done]:
            send(frame.decode("ascii", "replace"))
        done += min(len(frames), expected - done)
    # Also ends processes that the answer started, if they are in the worker's group.
    for target in (worker, -worker):
        if slept or done == expected or target < 0:
            try:
                os.kill(target, signal.SIGKILL)
            except OSError:
                pass
    status = os.waitpid(worker, 0)[1]
    return done, "wall" if slept else status

def ended(why, streams):
    if why == "wall":
        return '{"stage":"limit","limit":"wall"}'
    if os.WIFSIGNALED(why):
        if os.WTERMSIG(why) in (signal.SIGPROF, signal.SIGXCPU):
            return '{"stage":"limit","limit":"cpu"}'
        return '{"stage":"died","signal":"' + signal.Signals(os.WTERMSIG(why)).name + '"}'
    if os.WEXITSTATUS(why) == TOO_MUCH_OUTPUT:
        return '{"stage":"limit","limit":"output"}'
    printed = printed_to(streams[1]) if streams else b""
    return '{"stage":"exit","exit":' + str(os.WEXITSTATUS(why)) + "," + text_member(printed) + "}"

def work(inputs, run, cpu, streams):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    clock, timer, limit, frame, recursion = time_of_processor, signal.setitimer, cpu / 1000, send, sys.getrecursionlimit()
    for line in inputs:
        value = json.loads(line)
        sys.setrecursionlimit(recursion)
        sys.argv = [PROGRAM]
        timer(signal.ITIMER_PROF, limit)
        start = clock()
        text = run(value)
        spent = clock() - start
        timer(signal.ITIMER_PROF, 0)
        frame(text[:-1] + ',"us":' + str(int(spent * 1e6)) + "}")
    os._exit(0)

from time import process_time as time_of_processor
PROGRAM = "main.py"

class Answer:
    def __init__(self, code, path, function, judge):
        self.code, self.path, self.function, self.judge = code, path, function, judge
        self.name = os.path.basename(path).rsplit(".", 1)[0]

    def load(self, name):
        if isinstance(self.code, BaseException):
            raise self.code
        module = type(sys)(name)
        module.__file__ = os.path.abspath(self.path)
        sys.modules[name] = module
        exec(self.code, module.__dict__)
        return module

    def call(self, arguments):
        sys.stdout = sys.stderr = Discarded()
        try:
            if self.judge:
                arguments = arguments_as_judges(self.judge, arguments)
            module = self.load(self.name)
            target = find(module, self.function, self.path)
            if self.judge and not callable(target):
                target = find_as_judges(module, self.function)
        except BaseException as error:
            return '{"stage":"load",' + describe(error) + "}"
        if not callable(target):
            return '{"stage":"missing"}'
        try:
            result = encode(settle(target(*arguments)))
        except BaseException as error:
            return '{"stage":"call",' + describe(error) + "}"
        if len(result) > LONGEST:
            return '{"stage":"long",' + digest(result.encode("ascii", "backslashreplace")) + "}"
        return '{"stage":"done","value":' + result + "}"

    def run(self, text, streams):
        data = text.encode("utf-8", "surrogatepass")
        printed = open_streams(data, streams)
        try:
            self.load("__main__")
            join_threads()
            code = 0
        except SystemExit as error:
            code = 0 if error.code is None else error.code & 255 if isinstance(error.code, int) else 1
        except BaseException as error:
            return '{"stage":"call",' + describe(error) + "}"
        try:
            sys.stdout.flush()
        except BaseException:
            pass
        return '{"stage":"exit","exit":' + str(code) + "," + text_member(printed()) + "}"

def open_streams(data, streams):
    """Opens the standard streams anew. Returns a function that returns what was printed."""
    sys.stderr = Discarded()
    if streams is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape")
        output = Output()
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(output), "utf-8", "surrogateescape")
        return lambda: b"".join(output.pieces)
    # The answer may have closed its descriptors.
    for number, (stream, content) in enumerate(zip(streams, (data, b""))):
        os.dup2(stream.fileno(), number)
        stream.seek(0)
        stream.truncate()
        stream.write(content)
        stream.seek(0)
    sys.stdin, sys.stdout = sys.__stdin__, sys.__stdout__ = io.open(0, closefd=False), io.open(1, "w", closefd=False)
    return lambda: printed_to(streams[1])

def printed_to(stream):
    return os.pread(stream.fileno(), MOST_OUTPUT, 0)

def text_member(data):
    if len(data) > LONGEST:
        return digest(data)
    return '"text":' + quote(data.decode("utf-8", "surrogateescape"))

def digest(data):
    return '"size":' + str(len(data)) + ',"sum":' + str(zlib.crc32(data)) + ',"head":' + quote(data[:2000].decode("utf-8", "replace"))

def join_threads():
    threading = sys.modules.get("threading")
    for thread in threading.enumerate() if threading else ():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()

class Output(io.RawIOBase):
    def __init__(self):
        self.pieces, self.size = [], 0

    def writable(self):
        return True

    def write(self, data):
        self.size += len(data)
        if self.size > MOST_OUTPUT:
            os._exit(TOO_MUCH_OUTPUT)
        self.pieces.append(bytes(data))
        return len(data)

class Discarded(io.TextIOBase):
    """Takes what an answer prints to a stream that does not count."""
    encoding = "utf-8"
    buffer = None

    def write(self, text):
        return len(text)
