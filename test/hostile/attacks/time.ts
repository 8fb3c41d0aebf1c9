import { python, type Attack } from '../attack.ts';

/** Attacks on CPU time and wall time. */
export const timeAttacks: readonly Attack[] = [
  {
    name: 'a busy loop',
    tries: 'It computes for ever.',
    answer: python`work(14)`,
    limits: { cpuMs: 300 },
    verdict: 'timeout',
    reason: /300 ms of processor time/,
  },
  {
    name: 'busy children',
    tries: 'Four processes work, each within the limit.',
    answer: python`
for _ in range(3):
    if fork() == 0: break
work(0.4)
time.sleep(5)
`,
    limits: { cpuMs: 800, wallMs: 8000 },
    verdict: 'timeout',
    reason: /processor time/,
  },
  {
    name: 'busy children one after the other',
    tries: 'Each child works within the limit and is waited for.',
    answer: python`
for _ in range(40):
    if fork() == 0:
        work(0.1)
        os._exit(0)
    os.wait()
`,
    limits: { cpuMs: 500 },
    verdict: 'timeout',
    reason: /processor time/,
  },
  {
    name: 'busy threads',
    tries: 'Threads compute in C, where no Python lock stops them.',
    answer: python`
import hashlib
def hash_for_long():
    for _ in range(2000): hashlib.sha256(b"x" * (1 << 20))
for _ in range(3): threading.Thread(target=hash_for_long, daemon=True).start()
time.sleep(12)
`,
    limits: { cpuMs: 300 },
    verdict: 'timeout',
    reason: /processor time/,
  },
  {
    name: 'sleep',
    tries: 'It uses no processor and never ends.',
    answer: python`time.sleep(15)`,
    limits: { wallMs: 400 },
    verdict: 'timeout',
    reason: /longer than 400 ms/,
  },
  {
    name: 'reading the input for ever',
    tries: 'It waits for more input than there is.',
    answer: python`
for _ in range(1000): assert sys.stdin.read() == ""
os.read(0, 1)
print("contained")
`,
  },
  {
    name: 'a first place in the queue',
    tries: 'It requests real-time priority, and tries to slow down the process that watches it.',
    answer: python`
attempt("real time", os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(10))
attempt("real time of the first process", os.sched_setscheduler, 1, os.SCHED_FIFO, os.sched_param(10))
attempt("priority", os.setpriority, os.PRIO_PROCESS, 0, -10)
attempt("slowness of the first process", os.setpriority, os.PRIO_PROCESS, 1, 19)
attempt("idleness of the first process", os.sched_setscheduler, 1, os.SCHED_IDLE, os.sched_param(0))
attempt("slowness of all of the user", os.setpriority, os.PRIO_USER, 0, 19)
ioprio_set, process, user, idle = (30 if os.uname().machine == "aarch64" else 251), 1, 3, 3 << 13
attempt("disks of the first process", call, ioprio_set, process, 1, idle)
attempt("disks of all of the user", call, ioprio_set, user, 0, idle)
attempt("processors of the first process", os.sched_setaffinity, 1, [0])
attempt("limits of the first process", resource.prlimit, 1, resource.RLIMIT_NOFILE, (3, 3))
print("contained")
`,
    needsHelper:
      'without the helper, manipulating the first process is useless: the watch is outside of the sandbox',
  },
];
