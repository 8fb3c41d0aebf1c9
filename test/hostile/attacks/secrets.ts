import { python, type Attack } from '../attack.ts';

/** Prints all readable files below some folders, except files that every machine has. */
const readEverything = `
def shown(path):
    try:
        with open(path, "rb", buffering=0) as file: print(path, file.read(800), flush=True)
    except OSError: pass

def show_all(top, skipped=("/usr", "/lib", "/lib64", "/bin", "/sbin", "/sys", "/proc/sys", "/proc/self", "/etc/alternatives")):
    "At most 3000 files, no deeper than six folders."
    left = 3000
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if os.path.join(folder, name) not in (*skipped, sys.base_prefix) and folder.count("/") < 6]
        for name in files:
            path = os.path.join(folder, name)
            if os.path.isfile(path): shown(path)
            left -= 1
            if left == 0: return
`;

/** The output may contain anything except a secret, which every attack is checked for. */
const printed = { kind: 'stdin', input: '', output: 'contained\n', comparator: { kind: 'tokens' } } as const;

/** Secrets of the machine, the user and the task that an answer must not reach. */
export const secretAttacks: readonly Attack[] = [
  {
    name: 'the home folder',
    tries: 'It reads keys, tokens and notes of the user, by every path to them.',
    answer: ({ home }) => python`${readEverything}
for top in ("${home}", "/proc/1/root${home}", "/proc/self/root/../../..${home}", "/home", "/root"): show_all(top)
for path in (".ssh/id_ed25519", ".netrc", "notes.txt"):
    for start in ("${home}/", "/proc/1/cwd/", "/proc/1/root${home}/", "../..${home}/"): shown(start + path)
print("contained")
`,
  },
  {
    name: 'the whole file system',
    tries: 'It prints every readable file that does not belong to the system.',
    answer: python`${readEverything}
show_all("/")
`,
    on: { ...printed, output: 'a secret expectation' },
    limits: { cpuMs: 5000, outputBytes: 8 << 20, wallMs: 20_000 },
    verdict: ['fail', 'output'],
  },
  {
    name: 'the environment',
    tries: 'It prints its own environment, and that of every process it can see.',
    answer: python`${readEverything}
print(dict(os.environ))
for pid in filter(str.isdigit, os.listdir("/proc")): shown("/proc/%s/environ" % pid)
`,
    on: printed,
    verdict: 'fail',
  },
  {
    name: 'the first process',
    tries: 'It looks into the memory, the files and the arguments of the process that started it.',
    answer: python`
for name in ("mem", "environ", "auxv", "maps", "stack", "syscall"):
    attempt(name, lambda: open("/proc/1/" + name, "rb").read(100))
attempt("its files", os.listdir, "/proc/1/fd")
attempt("its root", os.listdir, "/proc/1/root")
for number in range(10): attempt("a file", os.open, "/proc/1/fd/%d" % number, os.O_RDWR)
print("contained")
`,
    needsHelper:
      'without the helper, the first process is a shell that has nothing the program does not have itself',
  },
  {
    name: 'other processes',
    tries: 'It lists the processes of the machine, their arguments, and their open files.',
    answer: python`
for pid in filter(str.isdigit, os.listdir("/proc")):
    words = open("/proc/%s/cmdline" % pid, "rb").read()
    if b"mocha" in words or b"bwrap" in words or int(pid) > 100: print("reached", pid, words)
for number in os.listdir("/proc/self/fd"):
    try: path = os.readlink("/proc/self/fd/" + number)
    except OSError: continue
    if int(number) > 2 and not path.startswith("/proc/"): print("reached", number, path)
print("contained")
`,
  },
  {
    name: 'the expected output',
    tries: 'It searches its files, its input and its ancestors for the expected output.',
    answer: python`${readEverything}
sys.stdout.write(sys.stdin.read())
for top in ("/scratch", "/run", "/tmp", "/dev/shm"): show_all(top)
for pid in filter(str.isdigit, os.listdir("/proc")):
    for name in ("cmdline", "environ"): shown("/proc/%s/%s" % (pid, name))
`,
    on: ({ secret }) => ({ kind: 'stdin', input: 'input\n', output: secret }),
    verdict: 'fail',
    seen: ({ stdout }) => {
      if (!stdout.startsWith('input\n')) throw new Error(stdout);
    },
  },
  {
    name: 'the expected value',
    tries: 'A called function searches the stack, the modules and the files for the expected value.',
    answer: python`${readEverything}
def same(x):
    import gc
    show_all("/scratch")
    for one in gc.get_objects():
        if isinstance(one, (dict, list, tuple)): print(repr(one)[:300])
    frame = sys._getframe()
    while frame is not None:
        print(repr(frame.f_locals)[:1000])
        frame = frame.f_back
`,
    on: ({ secret }) => ({ kind: 'call', function: 'same', args: [1], expected: secret }),
    limits: { cpuMs: 5000, outputBytes: 8 << 20 },
    verdict: ['fail', 'output', 'error'],
  },
  {
    name: 'the other answer',
    tries: 'It looks for the code of the answer that it is compared with, which runs at the same time.',
    neighbour: ({ secret }) => python`
secret = "${secret}"
for folder in (".", "/tmp", "/dev/shm"): open(folder + "/own", "w").write(secret)
time.sleep(0.3)
`,
    answer: python`${readEverything}
for _ in range(10):
    for top in ("/scratch", "/tmp", "/dev/shm", "/run"): show_all(top)
    for pid in filter(str.isdigit, os.listdir("/proc")): shown("/proc/%s/cmdline" % pid)
    time.sleep(0.01)
`,
    on: printed,
    limits: { outputBytes: 1 << 20 },
    verdict: 'fail',
  },
  {
    name: 'what an earlier run left',
    tries: 'An earlier run, and a run at the same time, leave messages wherever files might persist.',
    neighbour: () => python`
for folder in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", os.path.expanduser("~")):
    try: open(folder + "/word", "w").write("left")
    except OSError: pass
door = socket.socket(socket.AF_UNIX)
door.bind("\0word")
door.listen()
web = socket.socket()
web.bind(("127.0.0.1", 7777))
web.listen()
time.sleep(0.3)
`,
    answer: python`
for _ in range(10):
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", os.path.expanduser("~")):
        attempt(folder, lambda: open(folder + "/word").read())
    attempt("a socket", lambda: socket.socket(socket.AF_UNIX).connect("\0word"))
    attempt("a port", socket.create_connection, ("127.0.0.1", 7777), 1)
    time.sleep(0.02)
print("contained")
`,
  },
];
