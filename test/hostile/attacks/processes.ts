import { python, type Attack } from '../attack.ts';

/** Attacks with many processes, or with processes that do not end. */
export const processAttacks: readonly Attack[] = [
  {
    name: 'a fork bomb',
    tries: 'Every process starts others for as long as it can.',
    answer: python`
while True:
    try: fork()
    except OSError: time.sleep(0.1)
`,
    verdict: ['error', 'timeout', 'memory'],
  },
  {
    name: 'a fork tree',
    tries: 'Each process starts three and waits, six generations deep.',
    answer: python`
for generation in range(6):
    if all(fork() for _ in range(3)): break
time.sleep(5)
`,
    // Unmodified memory is shared but counts for each process.
    verdict: ['error', 'memory'],
    reason: /processes|MiB/,
  },
  {
    name: 'a chain that runs away',
    tries: 'Each process starts the next and exits, so that the process to kill is always gone already.',
    answer: python`
if fork() == 0:
    while True:
        if fork() != 0: os._exit(0)
        work(0.02)
time.sleep(8)
`,
    limits: { cpuMs: 500, wallMs: 3000 },
    verdict: ['timeout', 'error'],
  },
  {
    name: 'a thread bomb',
    tries: 'It starts threads that all sleep.',
    answer: python`
threading.stack_size(65536)
for number in range(400):
    try: threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
    except RuntimeError: break
time.sleep(0.2)
if number < 100: print("contained", flush=True)
os._exit(0)
`,
    verdict: ['error', 'pass'],
  },
  {
    name: 'a zombie bomb',
    tries: 'It starts processes that exit at once, and never waits for them.',
    answer: python`
for number in range(400):
    try:
        if fork() == 0: os._exit(0)
    except OSError: break
time.sleep(3)
`,
    // Until it exits, each process counts with its shared memory, and a busy machine takes a while to end
    // them all.
    verdict: ['error', 'memory'],
    reason: /processes|MiB/,
  },
  {
    name: 'children that nobody waits for',
    tries: 'The kernel forgets the time of each child as soon as the child exits.',
    answer: python`
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for number in range(390):
    if fork() == 0:
        work(0.003)
        os._exit(0)
    time.sleep(0.003)
`,
    limits: { cpuMs: 200, wallMs: 800 },
    // The watch may see only part of their time. On a busy machine they pile up, so that their number or
    // memory exceeds a limit.
    verdict: ['timeout', 'error', 'memory'],
  },
  {
    name: 'a daemon',
    tries: 'It leaves its session and closes all descriptors, to continue after the run.',
    answer: python`
if fork() == 0:
    os.setsid()
    if fork() == 0:
        for descriptor in range(64):
            try: os.close(descriptor)
            except OSError: pass
        time.sleep(15)
    os._exit(0)
os.wait()
print("contained")
`,
  },
  {
    name: 'a daemon that holds the output',
    tries: 'It keeps standard output open, so that a reader would wait for its end.',
    answer: python`
print("contained", flush=True)
if fork() == 0:
    os.setsid()
    time.sleep(15)
`,
    seen: ({ wallMs }) => {
      if (wallMs > 8000) throw new Error(`${wallMs} ms`);
    },
  },
  {
    name: 'no heed to any signal',
    tries: 'It ignores every signal that can be ignored, and sleeps.',
    answer: python`
signal.alarm(0)
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
time.sleep(15)
`,
    limits: { wallMs: 500 },
    verdict: 'timeout',
  },
  {
    name: 'a process that stops itself',
    tries: 'While stopped, it reacts only to SIGKILL and SIGCONT.',
    answer: python`
os.kill(os.getpid(), signal.SIGSTOP)
`,
    limits: { wallMs: 500 },
    verdict: 'timeout',
  },
  {
    name: 'the killing of its parent',
    tries: 'It tries to kill and stop the process that started it, which enforces its limits.',
    answer: python`
for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
    for parent in (1, os.getppid()):
        try: os.kill(parent, number)
        except OSError: pass
time.sleep(15)
`,
    limits: { wallMs: 700 },
    verdict: 'timeout',
  },
  {
    name: 'the killing of everything',
    tries:
      'It kills every process that it may: without its namespace, these would be the processes of this machine.',
    answer: python`
if os.getpid() < 100 and len([name for name in os.listdir("/proc") if name.isdigit()]) < 10:
    try: os.kill(-1, signal.SIGKILL)
    except OSError: pass
    print("contained")
`,
  },
];
