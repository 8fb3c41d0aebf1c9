import assert from 'node:assert/strict';
import { tight } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

/** How far past the limit a quick program may get before it is seen; the bench measures it on a quiet machine. */
const seenBy: Attack['seen'] = ({ peakBytes }) => {
  assert.ok(peakBytes < 2 * tight.memoryBytes, `${peakBytes} bytes`);
};

/** Memory, also such as does not count for any one process. */
export const memoryAttacks: readonly Attack[] = [
  {
    name: 'memory bit by bit',
    tries: 'It takes one mebibyte after the other.',
    answer: python`
taken = []
for _ in range(600): taken.append(take(1))
time.sleep(5)
`,
    verdict: 'memory',
    reason: /128 MiB/,
    seen: seenBy,
  },
  {
    name: 'memory at once',
    tries: 'It takes far more than there may be in one block.',
    answer: python`take(900)`,
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'memory over children',
    tries: 'Eight processes take a quarter of the limit each.',
    answer: python`
for _ in range(8):
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
    tries: 'It fills a mapping that it shares with its children, of which each would count a part.',
    answer: python`
shared = mmap.mmap(-1, 512 << 20)
fork()
for at in range(0, len(shared), 4096): shared[at] = 1
time.sleep(5)
`,
    verdict: 'memory',
    seen: seenBy,
  },
  {
    name: 'shared memory of System V',
    tries: 'It takes a segment that outlives the process it was made by.',
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
      'It only reads, one byte in two mebibytes: the pages are all the same one, the tables that point to it are not.',
    answer: python`
libc.mmap.restype = ctypes.c_void_p
size = 1 << 39
at = libc.mmap(None, ctypes.c_size_t(size), mmap.PROT_READ, 0x4022, -1, ctypes.c_long(0))
libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(size), 15)
for offset in range(0, 100_000 << 21, 2 << 20): ctypes.c_char.from_address(at + offset).value
time.sleep(0.3)
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
    name: 'memory in pipes',
    tries: 'It makes pipes as wide as they get and fills them.',
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
    tries: 'It lifts the limit of its stack and calls itself.',
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
