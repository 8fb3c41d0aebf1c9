import assert from 'node:assert/strict';
import { python, type Attack } from '../attack.ts';

/** Numbers of system calls, on x86-64 and on ARM: Python has no names for these. */
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
} as const;

/** One system call as a line of Python; it must not succeed. */
function call(name: keyof typeof numbers, ...given: readonly (number | string)[]): string {
  const number = numbers[name][process.arch === 'arm64' ? 1 : 0];
  return `attempt("${name}", ${['call', number, ...given].join(', ')})`;
}

/** Calls that are all to be refused, and nothing else. */
function refused(...lines: readonly string[]): string {
  return python`page = ctypes.addressof(ctypes.create_string_buffer(65536))
${lines.join('\n')}
print("contained")
`;
}

/** CLONE_NEWUSER, NEWNS, NEWPID, NEWNET, NEWIPC, NEWUTS, NEWCGROUP. */
const namespaces = [0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000];
const SIGCHLD = 17;

/** Parts of the kernel that no program under test needs, and ways out of a sandbox that has been made. */
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
    tries: 'It asks for the keys of the session, which no namespace parts.',
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
    tries: 'It has the kernel do for it what a filter of system calls would refuse.',
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
    tries: 'It mounts over what it may not write to, and takes mounts away.',
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
      // With a magic number that is none, so that nothing happens were it let through.
      call('reboot', 1, 2, 3, 0),
      'for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/proc/kcore"): attempt(path, os.open, path, os.O_RDONLY)',
    ),
  },
  {
    name: 'calls by another convention',
    tries: 'It makes a system call by the numbers of x32, which a filter may have forgotten.',
    answer: python`
if os.uname().machine == "x86_64": libc.syscall(0x40000000 + 39)
else: os.kill(os.getpid(), signal.SIGSYS)
print("reached")
`,
    verdict: 'error',
    seen: ({ signal, stdout }) => assert.deepEqual([signal, stdout], ['SIGSYS', '']),
  },
];
