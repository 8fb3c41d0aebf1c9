import assert from 'node:assert/strict';
import { python, type Attack } from '../attack.ts';

/** System call numbers on x86-64 and on ARM, because Python has no names for these calls. */
const numbers = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  kcmp: [312, 272],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_register: [427, 427],
  unshare: [272, 97],
  clone: [56, 220],
  clone3: [435, 435],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  fsopen: [430, 430],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  pidfd_getfd: [438, 438],
  swapon: [167, 224],
  reboot: [169, 142],
  sethostname: [170, 161],
  init_module: [175, 105],
  kexec_load: [246, 104],
  settimeofday: [164, 170],
  syslog: [103, 116],
  quotactl: [179, 60],
  acct: [163, 89],
  semget: [64, 190],
  mq_open: [240, 180],
  vmsplice: [278, 75],
  setxattrat: [463, 463],
  removexattrat: [466, 466],
  inotify_init1: [294, 26],
  inotify_add_watch: [254, 27],
  io_setup: [206, 0],
  landlock_create_ruleset: [444, 444],
  close_range: [436, 436],
} as const;

/** One system call as a line of Python; the call must fail. */
function call(name: keyof typeof numbers, ...given: readonly (number | string)[]): string {
  const number = numbers[name][process.arch === 'arm64' ? 1 : 0];
  return `attempt("${name}", ${['call', number, ...given].join(', ')})`;
}

/** A program whose calls must all be refused. */
function refused(...lines: readonly string[]): string {
  return python`page = ctypes.addressof(ctypes.create_string_buffer(65536))
${lines.join('\n')}
print("contained")
`;
}

/** CLONE_NEWUSER, NEWNS, NEWPID, NEWNET, NEWIPC, NEWUTS, NEWCGROUP. */
const namespaces = [0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000];
const SIGCHLD = 17;

/** CLONE_FILES; CLONE_THREAD, CLONE_SIGHAND and CLONE_VM. */
const files = 0x400;
const thread = 0x10900;

/** Parts of the kernel that no program under test needs, and ways out of a finished sandbox. */
export const kernelAttacks: readonly Attack[] = [
  {
    name: 'tracing',
    tries: 'It attaches itself to its parent and to its child, and reads and writes their memory.',
    answer: refused(
      'child = fork()',
      'if child == 0: time.sleep(3); os._exit(0)',
      ...[16, 0x4206].flatMap((request) =>
        ['1', 'os.getppid()', 'child'].map((pid) => call('ptrace', request, pid, 0, 0)),
      ),
      call('ptrace', 0, 0, 0, 0),
      call('process_vm_readv', '1', 'page', 1, 'page', 1, 0),
      call('kcmp', '1', 'os.getpid()', 0, 0, 0),
      'if hasattr(os, "pidfd_open"): ' + call('pidfd_getfd', 'os.pidfd_open(child)', 1, 0),
    ),
  },
  {
    name: 'keys of the kernel',
    tries: 'It asks for the keys of the session, which no namespace separates.',
    answer: refused(
      call('keyctl', 0, -3, 0),
      call('keyctl', 0, -5, 1),
      call('add_key', 'page', 'page', 'page', 1, -3),
      call('request_key', 'page', 'page', 0, -3),
    ),
  },
  {
    name: 'programs in the kernel',
    tries: 'It loads a program into the kernel, measures others, and catches page faults.',
    answer: refused(
      call('bpf', 0, 'page', 72),
      call('bpf', 5, 'page', 72),
      call('perf_event_open', 'page', 0, -1, -1, 0),
      call('userfaultfd', 0),
      call('userfaultfd', 1),
    ),
  },
  {
    name: 'io_uring',
    tries: 'It asks io_uring to make calls that a system call filter would refuse.',
    answer: refused(call('io_uring_setup', 4, 'page'), call('io_uring_register', 0, 0, 0, 0)),
  },
  {
    name: 'namespaces of its own',
    tries: 'It becomes root of a new namespace, from where more of the kernel is in reach.',
    answer: refused(
      ...namespaces.map((flag) => call('unshare', flag)),
      ...namespaces.map((flag) => call('clone', flag + SIGCHLD, 0, 0, 0, 0)),
      ...['user', 'mnt', 'pid', 'net'].map((name) => call('setns', `os.open("/proc/self/ns/${name}", 0)`, 0)),
      call('clone3', 'page', 88),
      'done = subprocess.run(["unshare", "--user", "--map-root-user", "true"], capture_output=True)',
      'if done.returncode == 0: print("reached a namespace")',
    ),
  },
  {
    name: 'mounting',
    tries: 'It mounts over read-only places, and removes mounts.',
    answer: refused(
      call('mount', 'page', 'page', 'page', 0, 0),
      call('mount', 0, 'ctypes.addressof(ctypes.create_string_buffer(b"/usr"))', 0, 4096 | 32, 0),
      call('umount2', 'ctypes.addressof(ctypes.create_string_buffer(b"/proc"))', 2),
      call('open_tree', -100, 'ctypes.addressof(ctypes.create_string_buffer(b"/"))', 1),
      call('fsopen', 'ctypes.addressof(ctypes.create_string_buffer(b"tmpfs"))', 0),
      call('mount_setattr', -100, 'page', 0, 'page', 32),
    ),
  },
  {
    name: 'another root',
    tries: 'It changes its root and climbs above it, and opens files by their handles.',
    answer: refused(
      'here = os.open(".", os.O_RDONLY)',
      call('chroot', 'ctypes.addressof(ctypes.create_string_buffer(b"/tmp"))'),
      call('pivot_root', 'page', 'page'),
      'for _ in range(40): os.chdir("..")',
      'if os.path.exists("home/checkout") or os.path.exists("etc/shadow"): print("reached above")',
      call('open_by_handle_at', 'here', 'page', 0),
    ),
  },
  {
    name: 'the machine itself',
    tries:
      'It swaps, reboots, loads a module, sets the clock and the name of the machine, and reads the kernel’s log.',
    answer: refused(
      call('swapon', 'page', 0),
      call('init_module', 'page', 64, 'page'),
      call('kexec_load', 0, 0, 0, 0),
      call('settimeofday', 'page', 0),
      call('sethostname', 'page', 4),
      call('syslog', 3, 'page', 100),
      call('quotactl', 0x800002, 'page', 0, 'page'),
      call('acct', 0),
      call('semget', 0, 1, 0o1600),
      call('mq_open', 'page', 0o102, 0o600, 0),
      // With an invalid magic number, so that nothing happens even if the call is allowed.
      call('reboot', 1, 2, 3, 0),
      'for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/proc/kcore"): attempt(path, os.open, path, os.O_RDONLY)',
    ),
  },
  {
    name: 'pages lent to a pipe',
    tries: 'It moves pages into a pipe and removes them from its memory, so that they count for no process.',
    answer: refused(
      'vector = struct.pack("QQ", page, 4096)',
      'ends = os.pipe()',
      call('vmsplice', 'ends[1]', 'ctypes.addressof(ctypes.create_string_buffer(vector))', 1, 0),
    ),
  },
  {
    name: 'extended attributes',
    tries: 'It stores data in attributes of its files, which count neither as memory nor as files.',
    answer: refused(
      'file = os.open("file", os.O_CREAT | os.O_RDWR)',
      'os.symlink("file", "link")',
      ...['"file"', '"."', 'file', '"/tmp"'].map(
        (path) => `attempt("setxattr", os.setxattr, ${path}, "user.a", b"x" * 60000)`,
      ),
      'attempt("lsetxattr", lambda: os.setxattr("link", "user.a", b"x", follow_symlinks=False))',
      'text = lambda value: ctypes.addressof(ctypes.create_string_buffer(value))',
      'value = ctypes.create_string_buffer(struct.pack("QII", page, 60000, 0))',
      call('setxattrat', -100, 'text(b"file")', 0, 'text(b"user.b")', 'ctypes.addressof(value)', 16),
      call('removexattrat', -100, 'text(b"file")', 0, 'text(b"user.b")'),
    ),
  },
  {
    name: 'locks on files of the system',
    tries: 'It locks files that every sandbox and the host share, which the others could see.',
    answer: python`
def locked(path):
    first, second = (os.open(path, os.O_RDONLY) for _ in range(2))
    fcntl.flock(first, fcntl.LOCK_EX)
    try: fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError: print("reached a lock on", path)
for path in ("/usr/bin/env", "/etc/ld.so.cache", sys.executable): locked(path)
print("contained")
`,
  },
  {
    name: 'listening to the whole machine',
    tries: 'It watches the folders of the host’s programs, to see each program that anybody starts.',
    answer: refused(
      call('inotify_init1', 0),
      call('inotify_add_watch', 0, 'page', 0xfff),
      'folder = os.open("/usr/bin", os.O_RDONLY)',
      'file = os.open(sys.executable, os.O_RDONLY)',
      'attempt("a watch by fcntl", fcntl.fcntl, folder, 1026, 0x3f)',
      'def lease():',
      '    mine = os.open("mine", os.O_CREAT | os.O_RDONLY)',
      '    return fcntl.fcntl(mine, 1024, 0)',
      'attempt("a lease", lease)',
    ),
  },
  {
    name: 'larger buffers',
    tries: 'It raises the sizes of pipes and sockets, whose content counts for no process.',
    answer: python`
attempt("a larger pipe", fcntl.fcntl, os.pipe()[1], 1031, 1 << 20)
for end in (*socket.socketpair(), socket.socket(), socket.socket(type=socket.SOCK_DGRAM)):
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        before = end.getsockopt(socket.SOL_SOCKET, option)
        for wanted in (option, option + 25):
            try: end.setsockopt(socket.SOL_SOCKET, wanted, 1 << 24)
            except OSError: pass
        if end.getsockopt(socket.SOL_SOCKET, option) > before: print("reached a larger buffer of", end)
print("contained")
`,
  },
  {
    name: 'descriptors out of sight',
    tries: 'It gives a thread descriptors of its own, which are not listed with those of its process.',
    answer: refused(
      call('unshare', files),
      call('clone', thread, 0, 0, 0, 0),
      call('close_range', 4000, 4001, 2),
    ),
  },
  {
    name: 'what the machine has only once',
    tries: 'It takes what the kernel limits for the whole machine or not at all.',
    answer: refused(
      'context = ctypes.create_string_buffer(8)',
      call('io_setup', 100, 'ctypes.addressof(context)'),
      'rules = ctypes.create_string_buffer(struct.pack("QQ", 1, 0))',
      call('landlock_create_ruleset', 'ctypes.addressof(rules)', 8, 0),
    ),
  },
  {
    name: 'all terminals',
    tries: 'It opens terminals, whose number is limited for the whole machine.',
    answer: python`
taken = [os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY) for _ in range(100)]
time.sleep(5)
`,
    verdict: 'error',
    reason: /terminals/,
  },
  {
    name: 'all timers',
    tries: 'It creates timers, which count for the user, until no program of the user can have another.',
    answer: python`
attempt("more signals", resource.setrlimit, resource.RLIMIT_SIGPENDING, (100_000, 100_000))
timer = ctypes.create_string_buffer(8)
number = 107 if os.uname().machine == "aarch64" else 222
made = 0
try:
    while made < 3000:
        call(number, 0, 0, ctypes.addressof(timer))
        made += 1
except OSError: print("contained")
`,
  },
  {
    name: 'calls by another convention',
    tries: 'It makes a system call with an x32 number, which a filter may not cover.',
    answer: python`
if os.uname().machine == "x86_64": libc.syscall(0x40000000 + 39)
else: os.kill(os.getpid(), signal.SIGSYS)
print("reached")
`,
    verdict: 'error',
    seen: ({ signal, stdout }) => assert.deepEqual([signal, stdout], ['SIGSYS', '']),
  },
];
