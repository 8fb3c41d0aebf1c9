import { constants } from 'node:os';

// A classic BPF program for `bwrap --seccomp`, generated here so that no compiled helper is needed. It blocks
// what programs under test do not need and namespaces do not limit: memory that polling cannot see (memfd,
// SysV, extended attributes, pages lent to pipes, larger buffers of sockets and pipes), kernel keys, other
// processes' memory, broad kernel interfaces, new namespaces and unusual sockets. Files of the host are the
// same for every sandbox, so it also blocks what one program could tell another by them: locks and watches.
// And it blocks every call that could slow down or restrict the sandbox's first process, which enforces its
// limits, or hide something from it.

const { EPERM, ENOSYS, EINVAL, EOPNOTSUPP, EAFNOSUPPORT, EPROTONOSUPPORT } = constants.errno;

/**
 * System call numbers by architecture, from the kernel's tables (`asm/unistd_64.h`, `asm-generic/unistd.h`).
 */
interface SyscallTable {
  /** `AUDIT_ARCH_*`: what the kernel reports for the calling convention. */
  readonly audit: number;
  /** Calls from this number on belong to another calling convention (x32): they kill the program. */
  readonly foreignFrom?: number;
  readonly clone: number;
  readonly unshare: number;
  readonly socket: number;
  readonly socketpair: number;
  readonly ioctl: number;
  readonly fcntl: number;
  readonly setsockopt: number;
  readonly setpriority: number;
  /**
   * prlimit64, sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr: their first argument is
   * the process.
   */
  readonly onProcess: readonly number[];
  /** Answered with ENOSYS, so that a C library falls back to an older call. */
  readonly absent: readonly number[];
  /** Answered with EPERM. */
  readonly denied: readonly number[];
  /** Answered with EOPNOTSUPP, as by a file system without extended attributes. */
  readonly attributes: readonly number[];
  /** Answered as successful without being done: see `pretended` below. */
  readonly flock: number;
}

/** The same on every architecture: io_uring, the new mount calls, pidfd_getfd, quotactl_fd. */
const deniedEverywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 443, 467];
/**
 * clone3 (its flags are in memory, which a filter cannot read), memfd_secret; landlock_create_ruleset,
 * landlock_add_rule, landlock_restrict_self: the kernel keeps any number of rules.
 */
const absentEverywhere = [435, 447, 444, 445, 446];
/** setxattrat, removexattrat */
const attributesEverywhere = [463, 466];
const closeRange = 436;

const tables: Readonly<Partial<Record<NodeJS.Architecture, SyscallTable>>> = {
  x64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    clone: 56,
    unshare: 272,
    socket: 41,
    socketpair: 53,
    ioctl: 16,
    fcntl: 72,
    setsockopt: 54,
    setpriority: 141,
    onProcess: [302, 142, 144, 203, 314],
    absent: [
      // memfd_create
      [319],
      // inotify_init, inotify_add_watch, inotify_init1; io_setup, whose number is limited for the whole machine
      [253, 254, 294, 206],
      absentEverywhere,
    ].flat(),
    denied: [
      // SysV shared memory, message queues and semaphores; mq_open
      [29, 30, 31, 67, 68, 69, 70, 71, 64, 65, 66, 220, 240],
      // ptrace, process_vm_readv, process_vm_writev, kcmp
      [101, 310, 311, 312],
      // add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd
      [248, 249, 250, 321, 298, 323],
      // mount, umount2, pivot_root, chroot, setns
      [165, 166, 155, 161, 308],
      // swapon, swapoff, reboot, sethostname, setdomainname, iopl, ioperm, modules, kexec, acct, uselib, modify_ldt
      [167, 168, 169, 170, 171, 172, 173, 175, 176, 313, 246, 320, 163, 134, 154],
      // settimeofday, adjtimex, clock_settime, clock_adjtime, quotactl, nfsservctl, syslog, vhangup
      [164, 159, 227, 305, 179, 180, 103, 153],
      // name_to_handle_at, open_by_handle_at, fanotify_init, lookup_dcookie
      [303, 304, 300, 212],
      // vmsplice, ioprio_set
      [278, 251],
      deniedEverywhere,
    ].flat(),
    // setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr
    attributes: [188, 189, 190, 197, 198, 199, ...attributesEverywhere],
    flock: 73,
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    unshare: 97,
    socket: 198,
    socketpair: 199,
    ioctl: 29,
    fcntl: 25,
    setsockopt: 208,
    setpriority: 140,
    onProcess: [261, 118, 119, 122, 274],
    // memfd_create; inotify_init1, inotify_add_watch; io_setup
    absent: [279, 26, 27, 0, ...absentEverywhere],
    // The same calls in the same order as for x64, as far as this architecture has them.
    denied: [
      [194, 195, 196, 197, 186, 187, 188, 189, 190, 191, 192, 193, 180],
      [117, 270, 271, 272],
      [217, 218, 219, 280, 241, 282],
      [40, 39, 41, 51, 268],
      [224, 225, 142, 161, 162, 105, 106, 273, 104, 294, 89],
      [170, 171, 112, 266, 60, 42, 116, 58],
      [264, 265, 262, 18],
      [75, 30],
      deniedEverywhere,
    ].flat(),
    // setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr
    attributes: [5, 6, 7, 14, 15, 16, ...attributesEverywhere],
    flock: 32,
  },
};

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET; and NEWTIME, which only unshare takes. */
const namespaceFlags = 0x7e020000;
/** CLONE_FILES. A thread with its own descriptors would hide them, because only those of the first thread are counted. */
const CLONE_FILES = 0x400;
const CLONE_THREAD = 0x10000;
const unshareFlags = namespaceFlags | 0x80 | CLONE_FILES;
/** The flag of close_range that does the same. */
const CLOSE_RANGE_UNSHARE = 2;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;
/** The default, ICMP, TCP, UDP and ICMPv6. Others, such as MPTCP, UDP-Lite and SCTP, load modules of the kernel. */
const plainProtocols = [0, 1, 6, 17, 58];
/** TIOCSTI and TIOCLINUX inject input into a terminal. */
const terminalTricks = [0x5412, 0x541c];
/** The kernel too answers with EPERM when the user has no pages left for larger pipes. */
const F_SETPIPE_SZ = 1031;
/** F_SETLEASE delays programs of the host that write a file, and F_NOTIFY watches a folder of the host. */
const fileTricks = [1024, 1026];
const SOL_SOCKET = 1;
/** SO_SNDBUF, SO_RCVBUF, SO_SNDBUFFORCE, SO_RCVBUFFORCE */
const bufferSizes = [7, 8, 32, 33];

/** The first process's PID inside the sandbox. */
const FIRST = 1;
/** For setpriority: all processes of the user, including the first process. */
const PRIO_USER = 2;

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const KILL_PROCESS = 0x80000000;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/**
 * Offsets into `struct seccomp_data`. For arguments, the offset of the low half, which holds flags and
 * families.
 */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

/** The filter in the format of `bwrap --seccomp`, or `undefined` for an architecture without a table here. */
export function seccompFilter(architecture: NodeJS.Architecture = process.arch): Uint8Array | undefined {
  const table = tables[architecture];
  return table === undefined ? undefined : assemble(instructions(table));
}

function instructions(table: SyscallTable): Instruction[] {
  return [
    [LOAD, 0, 0, ARCHITECTURE],
    [JUMP_EQUAL, 1, 0, table.audit],
    end,
    [LOAD, 0, 0, NUMBER],
    ...(table.foreignFrom === undefined ? [] : when(JUMP_AT_LEAST, table.foreignFrom, [end])),
    ...table.absent.flatMap((number) => when(JUMP_EQUAL, number, [refuse(ENOSYS)])),
    ...table.denied.flatMap((number) => when(JUMP_EQUAL, number, [refuse(EPERM)])),
    ...table.attributes.flatMap((number) => when(JUMP_EQUAL, number, [refuse(EOPNOTSUPP)])),
    ...when(JUMP_EQUAL, table.flock, [pretended]),
    ...onCall(table.clone, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_ANY_BIT, namespaceFlags, [refuse(EPERM)]),
      ...when(JUMP_ANY_BIT, CLONE_FILES, [allow]),
      ...when(JUMP_ANY_BIT, CLONE_THREAD, [refuse(EPERM)]),
    ]),
    ...onCall(table.unshare, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_ANY_BIT, unshareFlags, [refuse(EPERM)]),
    ]),
    ...onCall(table.ioctl, [
      [LOAD, 0, 0, argument(1)],
      ...terminalTricks.flatMap((request) => when(JUMP_EQUAL, request, [refuse(EPERM)])),
    ]),
    ...onCall(table.fcntl, [
      [LOAD, 0, 0, argument(1)],
      ...when(JUMP_EQUAL, F_SETPIPE_SZ, [refuse(EPERM)]),
      ...fileTricks.flatMap((command) => when(JUMP_EQUAL, command, [refuse(EINVAL)])),
    ]),
    ...onCall(closeRange, [
      [LOAD, 0, 0, argument(2)],
      ...when(JUMP_ANY_BIT, CLOSE_RANGE_UNSHARE, [refuse(EINVAL)]),
    ]),
    ...onCall(table.setsockopt, [
      [LOAD, 0, 0, argument(1)],
      ...when(JUMP_EQUAL, SOL_SOCKET, [
        [LOAD, 0, 0, argument(2)],
        ...bufferSizes.flatMap((option) => when(JUMP_EQUAL, option, [pretended])),
      ]),
    ]),
    ...onCall(table.socket, socketRules()),
    ...onCall(table.socketpair, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_EQUAL, AF_UNIX, [allow]),
      refuse(EAFNOSUPPORT),
    ]),
    ...table.onProcess.flatMap((number) =>
      onCall(number, [[LOAD, 0, 0, argument(0)], ...when(JUMP_EQUAL, FIRST, [refuse(EPERM)])]),
    ),
    ...onCall(table.setpriority, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_EQUAL, PRIO_USER, [refuse(EPERM)]),
      [LOAD, 0, 0, argument(1)],
      ...when(JUMP_EQUAL, FIRST, [refuse(EPERM)]),
    ]),
    allow,
  ];
}

/**
 * Allows AF_UNIX, AF_INET and AF_INET6, which are harmless in an empty network namespace, and netlink only for routes
 * (programs use it to list interfaces). All other families (vsock, packet, alg …) fail.
 */
function socketRules(): Instruction[] {
  const plain: Instruction[] = [
    [LOAD, 0, 0, argument(2)],
    ...plainProtocols.flatMap((protocol) => when(JUMP_EQUAL, protocol, [allow])),
    refuse(EPROTONOSUPPORT),
  ];
  return [
    [LOAD, 0, 0, argument(0)],
    ...when(JUMP_EQUAL, AF_UNIX, [allow]),
    ...[AF_INET, AF_INET6].flatMap((family) => when(JUMP_EQUAL, family, plain)),
    ...when(JUMP_EQUAL, AF_NETLINK, [
      [LOAD, 0, 0, argument(2)],
      ...when(JUMP_EQUAL, 0, [allow]),
      refuse(EPROTONOSUPPORT),
    ]),
    refuse(EAFNOSUPPORT),
  ];
}

const allow: Instruction = [RETURN, 0, 0, ALLOW];
/** SIGSYS: a program cannot recover from a foreign calling convention. */
const end: Instruction = [RETURN, 0, 0, KILL_PROCESS];

function refuse(errno: number): Instruction {
  return [RETURN, 0, 0, ERRNO | errno];
}

/**
 * The call returns 0 and does nothing. For flock: the host's files are shared with other sandboxes and with the host, so
 * a lock on them would be seen there, and nearly every program that locks a file (go, cargo) runs alone here. For the
 * size of a socket's buffer, which a filter cannot read: it is a wish that the kernel may ignore.
 */
const pretended = refuse(0);

/** Runs `body` if the loaded word meets the condition, otherwise skips it. */
function when(jump: number, value: number, body: readonly Instruction[]): Instruction[] {
  return [[jump, 0, body.length, value], ...body];
}

/** Rules for one call. They may load other words, so they must end in a verdict and never fall through. */
function onCall(number: number, rules: readonly Instruction[]): Instruction[] {
  return when(JUMP_EQUAL, number, [...rules, allow]);
}

/** `struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }`, little-endian on both architectures. */
function assemble(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach(([code, whenTrue, whenFalse, value], index) => {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, whenTrue);
    view.setUint8(index * 8 + 3, whenFalse);
    view.setUint32(index * 8 + 4, value >>> 0, true);
  });
  return bytes;
}
