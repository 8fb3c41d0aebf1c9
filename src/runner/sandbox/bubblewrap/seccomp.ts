import { constants } from 'node:os';

// A classic BPF program for `bwrap --seccomp`, made here so that no compiled helper is needed. It takes away what no
// program under test needs and what a sandbox of namespaces does not bound by itself: memory that polling cannot see
// (memfd, SysV), kernel keys, other processes' memory, the wide kernel interfaces, new namespaces and exotic sockets; and
// every call by which a program could slow down or bind the sandbox's first process, which keeps its limits.

const { EPERM, ENOSYS, EAFNOSUPPORT, EPROTONOSUPPORT } = constants.errno;

/** Numbers of system calls by architecture; the kernel's tables (`asm/unistd_64.h`, `asm-generic/unistd.h`). */
interface SyscallTable {
  /** `AUDIT_ARCH_*`: what the kernel reports for the calling convention. */
  readonly audit: number;
  /** Calls from this number on belong to another convention (x32), past the numbers below: they end the program. */
  readonly foreignFrom?: number;
  readonly clone: number;
  readonly unshare: number;
  readonly socket: number;
  readonly socketpair: number;
  readonly ioctl: number;
  readonly setpriority: number;
  /** prlimit64, sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr: the process comes first. */
  readonly onProcess: readonly number[];
  /** Answered with "no such call", so that a C library falls back to an older one. */
  readonly absent: readonly number[];
  /** Answered with "not permitted". */
  readonly denied: readonly number[];
}

/** The same on every architecture: io_uring, the new mount calls, pidfd_getfd, quotactl_fd. */
const deniedEverywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 443, 467];
/** clone3 (its flags lie in memory where a filter cannot read them) and memfd_secret. */
const absentEverywhere = [435, 447];

const tables: Readonly<Partial<Record<NodeJS.Architecture, SyscallTable>>> = {
  x64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    clone: 56,
    unshare: 272,
    socket: 41,
    socketpair: 53,
    ioctl: 16,
    setpriority: 141,
    onProcess: [302, 142, 144, 203, 314],
    // memfd_create
    absent: [319, ...absentEverywhere],
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
      deniedEverywhere,
    ].flat(),
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    unshare: 97,
    socket: 198,
    socketpair: 199,
    ioctl: 29,
    setpriority: 140,
    onProcess: [261, 118, 119, 122, 274],
    absent: [279, ...absentEverywhere],
    denied: [
      [194, 195, 196, 197, 186, 187, 188, 189, 190, 191, 192, 193, 180],
      [117, 270, 271, 272],
      [217, 218, 219, 280, 241, 282],
      [40, 39, 41, 51, 268],
      [224, 225, 142, 161, 162, 105, 106, 273, 104, 294, 89],
      [170, 171, 112, 266, 60, 42, 116, 58],
      [264, 265, 262, 18],
      deniedEverywhere,
    ].flat(),
  },
};

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET; and NEWTIME, which only unshare takes. */
const namespaceFlags = 0x7e020000;
const unshareFlags = namespaceFlags | 0x80;
const AF_UNIX = 1;
const AF_NETLINK = 16;
/** AF_UNIX, AF_INET, AF_INET6: harmless in an empty network namespace. vsock, packet, alg and the rest are not. */
const plainSockets = [AF_UNIX, 2, 10];
/** TIOCSTI and TIOCLINUX type into a terminal. */
const terminalTricks = [0x5412, 0x541c];

/** The first process, as programs inside number it. */
const FIRST = 1;
/** Of setpriority: every process of the user, the first one included. */
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

/** Offsets into `struct seccomp_data`; arguments by their low half, which is where flags and families live. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

/** The filter as `bwrap --seccomp` reads it, or `undefined` on an architecture whose numbers are not listed here. */
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
    ...onCall(table.clone, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_ANY_BIT, namespaceFlags, [refuse(EPERM)]),
    ]),
    ...onCall(table.unshare, [
      [LOAD, 0, 0, argument(0)],
      ...when(JUMP_ANY_BIT, unshareFlags, [refuse(EPERM)]),
    ]),
    ...onCall(table.ioctl, [
      [LOAD, 0, 0, argument(1)],
      ...terminalTricks.flatMap((request) => when(JUMP_EQUAL, request, [refuse(EPERM)])),
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

/** Plain families pass, netlink only for routes (how programs list interfaces), everything else does not exist. */
function socketRules(): Instruction[] {
  return [
    [LOAD, 0, 0, argument(0)],
    ...plainSockets.flatMap((family) => when(JUMP_EQUAL, family, [allow])),
    ...when(JUMP_EQUAL, AF_NETLINK, [
      [LOAD, 0, 0, argument(2)],
      ...when(JUMP_EQUAL, 0, [allow]),
      refuse(EPROTONOSUPPORT),
    ]),
    refuse(EAFNOSUPPORT),
  ];
}

const allow: Instruction = [RETURN, 0, 0, ALLOW];
/** SIGSYS: nothing falls back from a foreign calling convention. */
const end: Instruction = [RETURN, 0, 0, KILL_PROCESS];

function refuse(errno: number): Instruction {
  return [RETURN, 0, 0, ERRNO | errno];
}

/** `body` runs when the loaded word meets the condition, and is jumped over otherwise. */
function when(jump: number, value: number, body: readonly Instruction[]): Instruction[] {
  return [[jump, 0, body.length, value], ...body];
}

/** Rules of one call: they may load other words, so they end in a verdict and never fall through. */
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
