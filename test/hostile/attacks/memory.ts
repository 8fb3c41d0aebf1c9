import assert from 'node:assert/strict';
import { tight } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

/**
 * How far a fast program may exceed the limit before the watch notices; measured by the bench on a quiet
 * machine.
 */
const seenBy: Attack['seen'] = ({ peakBytes }) => {
  assert.ok(peakBytes < 2 * tight.memoryBytes, `${peakBytes} bytes`);
};

/** Fills shared memory that then counts for no process. */
const dropped = python`
shared = mmap.mmap(-1, 400 << 20)
for at in range(0, len(shared), 4 << 20):
    shared[at : at + (4 << 20)] = b"x" * (4 << 20)
    shared.madvise(mmap.MADV_DONTNEED, at, 4 << 20)
time.sleep(5)
`;

const unseenWithout = 'only the helper compares the memory of the machine with that of the processes';

/**
 * Memory, including kinds that count for no single process. The pauses let a watch without the helper see the growth on a
 * busy machine as well.
 */
export const memoryAttacks: readonly Attack[] = [
  {
    name: 'memory bit by bit',
    tries: 'It allocates one mebibyte after the other.',
    answer: python`
taken = []
for _ in range(600):
    taken.append(take(1))
    time.sleep(0.005)
time.sleep(5)
`,
    verdict: 'memory',
    reason: /128 MiB/,
    seen: seenBy,
  },
  {
    name: 'memory at once',
    tries: 'It allocates far more than the limit in one block.',
    answer: python`take(900)`,
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'memory over children',
    tries: 'Eight processes allocate a quarter of the limit each.',
    answer: python`
for _ in range(8):
    time.sleep(0.1)
    if fork() == 0:
        taken = take(32)
        time.sleep(5)
        os._exit(0)
time.sleep(6)
`,
    verdict: 'memory',
    reason: /128 MiB/,
    seen: seenBy,
  },
  {
    name: 'memory behind a thread that exited',
    tries:
      'The first thread of each process exits, so that the kernel lists the process as a zombie without memory.',
    answer: python`
def fill():
    taken = []
    for _ in range(75):
        taken.append(take(1))
        time.sleep(0.005)
    time.sleep(5)
for _ in range(5):
    if fork() == 0: break
threading.Thread(target=fill).start()
libc.syscall(93 if os.uname().machine == "aarch64" else 60, 0)
`,
    limits: { cpuMs: 5000 },
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'descriptors over children',
    tries: 'Each process opens as many descriptors as it may, all of which the kernel has to keep.',
    answer: python`
for _ in range(11):
    if fork() == 0: break
try:
    while True: os.dup(0)
except OSError: time.sleep(5)
`,
    limits: { cpuMs: 5000 },
    verdict: 'memory',
    reason: /more than \d+ open descriptors/,
  },
  {
    name: 'watches without end',
    tries:
      'It makes many epoll instances watch as many descriptors; their number is limited for all programs of a user.',
    answer: python`
import select
for _ in range(2):
    if fork() == 0: break
ends = [os.pipe() for _ in range(120)]
polls = [select.epoll() for _ in range(230)]
for poll in polls:
    for end in ends:
        for descriptor in end: poll.register(descriptor)
time.sleep(5)
`,
    limits: { cpuMs: 8000 },
    verdict: 'memory',
    reason: /watched by epoll/,
    needsHelper: 'looking at each descriptor from outside would take too long',
  },
  {
    name: 'memory of nobody',
    tries: 'It fills a file that exists in memory alone, mapped by no process (memfd).',
    answer: python`
def fill():
    file = os.memfd_create("hidden")
    for _ in range(256): os.write(file, b"x" * (1 << 20))
    return file
attempt("memfd", fill)
attempt("a secret memfd", call, 447, 0)
print("contained")
`,
  },
  {
    name: 'shared memory',
    tries: 'It fills a mapping that it shares with its children, each of which would count only a part.',
    answer: python`
shared = mmap.mmap(-1, 512 << 20)
fork()
for at in range(0, len(shared), 4096):
    shared[at] = 1
    if at % (1 << 20) == 0: time.sleep(0.005)
time.sleep(5)
`,
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'shared memory that was dropped',
    tries:
      'It fills shared memory and tells the kernel that it needs it no more: the pages stay, but count for no process.',
    answer: dropped,
    limits: { wallMs: 20_000, cpuMs: 5000 },
    verdict: 'memory',
    reason: /shared memory that no process shows/,
    needsHelper: unseenWithout,
  },
  {
    name: 'shared memory of a neighbour',
    tries: 'Another answer takes shared memory that nobody shows, so that this one is ended for it.',
    answer: python`
time.sleep(4)
print("contained")
`,
    neighbour: () => dropped,
    needsHelper: unseenWithout,
  },
  {
    name: 'shared memory under another name',
    tries: 'The same, but it keeps only one page of each mapping, and gives the page a name.',
    answer: python`
libc.mmap.restype = ctypes.c_void_p
size = 4 << 20
for _ in range(100):
    at = libc.mmap(None, ctypes.c_size_t(size), 3, 0x21, -1, ctypes.c_long(0))
    ctypes.memset(at, 1, size)
    libc.prctl(0x53564d41, 0, ctypes.c_ulong(at), ctypes.c_ulong(size), b"mine")
    libc.munmap(ctypes.c_void_p(at + 4096), ctypes.c_size_t(size - 4096))
time.sleep(5)
`,
    limits: { wallMs: 20_000, cpuMs: 5000 },
    verdict: 'memory',
    reason: /shared memory that no process shows/,
    needsHelper: unseenWithout,
  },
  {
    name: 'shared memory of a program that cannot be read',
    tries: 'The same by a program that nobody may read, whose mappings the kernel does not show.',
    language: 'c',
    answer: `#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>
int main(int count, char **words) {
  char buffer[65536];
  alarm(20);
  if (getenv("AGAIN") == NULL) {
    int from = open("/proc/self/exe", O_RDONLY), to = open("/tmp/hidden", O_CREAT | O_WRONLY, 0700);
    for (ssize_t got; (got = read(from, buffer, sizeof buffer)) > 0;) write(to, buffer, got);
    close(to);
    chmod("/tmp/hidden", 0111);
    setenv("AGAIN", "yes", 1);
    execv("/tmp/hidden", words);
  }
  size_t size = 4 << 20;
  for (int n = 0; n < 100; n++) {
    char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(at, 1, size);
    madvise(at, size, MADV_DONTNEED);
  }
  sleep(5);
  return count;
}
`,
    limits: { wallMs: 20_000, cpuMs: 5000 },
    verdict: 'memory',
    reason: /memory in a process that does not show it/,
    needsHelper: unseenWithout,
  },
  {
    name: 'mappings without end',
    tries: 'Each process splits its memory into as many mappings as it may, without touching a page.',
    language: 'c',
    answer: `#include <sys/mman.h>
#include <unistd.h>
int main(void) {
  const long pages = 64000;
  alarm(20);
  for (int n = 0; n < 14; n++)
    if (fork() == 0) break;
  char *at = mmap(NULL, pages << 12, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  for (long n = 0; n < pages; n += 2) mprotect(at + (n << 12), 4096, PROT_READ);
  sleep(5);
  return 0;
}
`,
    limits: { wallMs: 20_000, cpuMs: 8000 },
    verdict: 'memory',
    reason: /mappings, for which the kernel needs memory/,
    needsHelper: unseenWithout,
  },
  {
    name: 'locks without end',
    tries: 'Each process locks every second byte of many files, for which the kernel keeps a record each.',
    language: 'c',
    answer: `#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  char name[40];
  alarm(20);
  for (int n = 0; n < 2; n++)
    if (fork() == 0) break;
  for (int n = 0; n < 400; n++) {
    snprintf(name, sizeof name, "/tmp/%d.%d", getpid(), n);
    int file = open(name, O_CREAT | O_RDWR, 0600);
    for (int byte = 800; byte > 0; byte -= 2) {
      struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
      fcntl(file, F_SETLK, &lock);
    }
  }
  sleep(5);
  return 0;
}
`,
    limits: { wallMs: 20_000, cpuMs: 8000, memoryBytes: 48 << 20 },
    verdict: 'memory',
    reason: /locked ranges/,
    needsHelper: unseenWithout,
  },
  {
    name: 'shared memory of System V',
    tries: 'It allocates a segment that outlives the process that created it.',
    answer: python`
if libc.shmget(0, 1 << 20, 0o1600) == -1: print("contained")
`,
  },
  {
    name: 'memory in files',
    tries: 'It fills files of /dev/shm and maps them.',
    answer: python`
with open("/dev/shm/mapped", "wb+") as file:
    file.truncate(8 << 20)
    maps = [mmap.mmap(file.fileno(), 8 << 20) for _ in range(4)]
    attempt("more than the limit", file.truncate, 64 << 20)
print("contained")
`,
    verdict: ['pass', 'error'],
  },
  {
    name: 'memory in page tables',
    tries:
      'It only reads, one byte in two mebibytes: all reads share one zero page, but each needs its own page table.',
    answer: python`
libc.mmap.restype = ctypes.c_void_p
size = 1 << 39
at = libc.mmap(None, ctypes.c_size_t(size), mmap.PROT_READ, 0x4022, -1, ctypes.c_long(0))
libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(size), 15)
for offset in range(0, 100_000 << 21, 2 << 20): ctypes.c_char.from_address(at + offset).value
time.sleep(5)
`,
    limits: { cpuMs: 6000 },
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'memory in sockets',
    tries: 'It writes into socket after socket that nobody reads.',
    answer: python`
pairs = []
for child in range(3):
    if fork() == 0: break
try:
    for _ in range(240):
        pair = socket.socketpair()
        pairs.append(pair)
        for end in pair:
            end.setblocking(False)
            try:
                while True: end.send(b"x" * 65536)
            except BlockingIOError: pass
except OSError: pass
time.sleep(2)
`,
    limits: { cpuMs: 5000 },
    verdict: 'memory',
  },
  {
    name: 'memory in connections',
    tries: 'It lets the buffers of connections within the sandbox grow, and then reads them no more.',
    answer: python`
server = socket.create_server(("127.0.0.1", 0), backlog=200)
kept = []
block = b"x" * (1 << 20)
for _ in range(60):
    one = socket.create_connection(server.getsockname())
    other = server.accept()[0]
    kept.append((one, other))
    one.setblocking(False)
    other.setblocking(False)
    for keep in (False,) * 40 + (True,) * 40:
        try:
            while True: one.send(block)
        except BlockingIOError: pass
        try:
            while not keep: other.recv(1 << 20)
        except BlockingIOError: pass
time.sleep(5)
`,
    limits: { wallMs: 20_000, cpuMs: 8000 },
    verdict: 'memory',
    reason: /sockets/,
    needsHelper: unseenWithout,
  },
  {
    name: 'memory in pipes',
    tries: 'It creates pipes with the largest buffers and fills them.',
    answer: python`
kept = 0
pipes = []
try:
    for _ in range(240):
        ends = os.pipe()
        pipes.append(ends)
        os.set_blocking(ends[1], False)
        try: fcntl.fcntl(ends[1], 1031, 1 << 20)
        except OSError: pass
        try:
            while True: kept += os.write(ends[1], b"x" * 65536)
        except BlockingIOError: pass
except OSError: pass
if kept <= 100 << 20: print("contained")
`,
    limits: { cpuMs: 5000 },
    verdict: ['pass', 'memory'],
  },
  {
    name: 'a stack without end',
    tries: 'It removes the limit of its stack and calls itself.',
    language: 'c',
    answer: `#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
static int deep(int n) { volatile char room[65536]; room[0] = 1; return n == 0 ? 0 : deep(n - 1) + room[0]; }
int main(int count, char **words) {
  struct rlimit stack;
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = stack.rlim_max;
  if (getenv("AGAIN") == NULL && setrlimit(RLIMIT_STACK, &stack) == 0) {
    setenv("AGAIN", "yes", 1);
    execv("/proc/self/exe", words);
  }
  alarm(20);
  return deep(8000 + count);
}
`,
    verdict: ['memory', 'error'],
    seen: seenBy,
  },
];
