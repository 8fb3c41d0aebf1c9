import { tight } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

const room = tight.fileBytes + (2 << 20);

/** Fills a folder with files of one mebibyte each. */
const fill = (folder: string): string => python`
total = 0
try:
    for number in range(100):
        with open("${folder}/%d" % number, "wb", buffering=0) as file: total += file.write(b"x" * (1 << 20))
except OSError: pass
if total <= ${room}: print("contained")
`;

const inFolders: Attack['on'] = {
  kind: 'command',
  argv: ['/usr/bin/python3', 'main.py'],
  folders: ['/testbed', '/work', '/data', '/repo', '/app'],
  expect: { exit: 0 },
};

/** Attacks with files: many, large or unusual files, and files that should outlive the run. */
export const fileAttacks: readonly Attack[] = [
  { name: 'filling its folder', tries: 'It writes files until no room is left.', answer: fill('.') },
  { name: 'filling /tmp', tries: 'The same where everybody may write.', answer: fill('/tmp') },
  { name: 'filling /dev/shm', tries: 'The same in memory.', answer: fill('/dev/shm') },
  {
    name: 'files without end',
    tries: 'It creates empty files, whose space does not count in bytes.',
    answer: python`
for number in range(100_000): os.close(os.open("/tmp/%d" % number, os.O_CREAT | os.O_WRONLY))
`,
    limits: { cpuMs: 8000, wallMs: 20_000 },
    verdict: ['memory', 'error'],
  },
  {
    name: 'files without end in a folder of the case',
    tries: 'The same in a folder that the case asks for.',
    answer: python`
for number in range(100_000): os.close(os.open("/testbed/%d" % number, os.O_CREAT | os.O_WRONLY))
`,
    on: inFolders,
    limits: { cpuMs: 8000, wallMs: 20_000 },
    verdict: 'memory',
    reason: /more than \d+ files/,
  },
  {
    name: 'filling the folders of the case',
    tries: 'It fills all folders that the case asks for.',
    answer: python`
for folder in ("/testbed", "/work", "/data", "/repo", "/app"):
    try:
        for number in range(3):
            with open("%s/%d" % (folder, number), "wb", buffering=0) as file:
                for _ in range(7): file.write(b"x" * (1 << 20))
    except OSError: pass
time.sleep(5)
`,
    on: inFolders,
    verdict: 'memory',
    reason: /MiB in files/,
  },
  {
    name: 'a sparse file',
    tries: 'It creates a sparse file with a length of one tebibyte.',
    answer: python`
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for folder in (".", "/tmp", "/dev/shm"):
    with open(folder + "/sparse", "wb") as file:
        attempt("a tebibyte", file.truncate, 1 << 40)
        attempt("a byte far out", os.pwrite, file.fileno(), b"x", 1 << 40)
print("contained")
`,
  },
  {
    name: 'a core file',
    tries:
      'It crashes so that the kernel would write its memory to a file, or pass it to a program of the host.',
    answer: python`
attempt("a core", resource.setrlimit, resource.RLIMIT_CORE, (1 << 20, 1 << 20))
if os.fork() == 0: os.abort()
status = os.wait()[1]
if not os.WCOREDUMP(status) and os.listdir(".") == os.listdir(".") and not os.path.exists("core"): print("contained")
`,
  },
  {
    name: 'writing outside',
    tries: 'It tries to write to every file system.',
    answer: ({ home }) => python`
for folder in ("/", "/usr", "/usr/bin", "/etc", "/run", "/dev", "/proc", "/sys", "/var", "/var/tmp", "/root", "/home", "${home}",
               "/home/checkout", "/lib", "/opt", "/srv", "/mnt", "/media", "/boot"):
    attempt(folder, open, folder + "/left", "w")
    attempt(folder, os.mkdir, folder + "/left.d")
    attempt(folder, os.symlink, "/etc/passwd", folder + "/left.link")
for file in ("/usr/bin/python3", "/etc/passwd", "/bin/sh", "/run/helper", "/run/stdin"):
    attempt(file, open, file, "r+")
    attempt("rights of " + file, os.chmod, file, 0o4777)
    attempt("the name of " + file, os.rename, file, "/tmp/mine")
print("contained")
`,
  },
  {
    name: 'settings of the kernel',
    tries: 'It asks the kernel to start a program of its own at the next crash, and to reboot.',
    answer: python`
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/kernel/modprobe",
             "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/pid_max", "/proc/1/uid_map",
             "/sys/kernel/uevent_helper"):
    attempt(path, lambda: os.write(os.open(path, os.O_WRONLY), b"1"))
print("contained")
`,
  },
  {
    name: 'links to be followed by the host',
    tries: 'It leaves symbolic and hard links to files of others, under the names that the runner reads.',
    answer: ({ home }) => python`
for number, target in enumerate(("${home}/notes.txt", "/etc/shadow", "/proc/1/environ", "/", "..")):
    os.symlink(target, "link%d" % number)
attempt("a hard link", os.link, "/etc/passwd", "hard")
attempt("a hard link to a program", os.link, "/usr/bin/python3", "hard2")
os.remove("main.py")
os.symlink("${home}/notes.txt", "main.py")
print("contained")
`,
  },
  {
    name: 'programs with the rights of another',
    tries: 'It creates set-id programs, and runs those of the system.',
    answer: python`
import shutil
shutil.copy("/bin/sh", "shell")
os.chmod("shell", 0o6777)
out = subprocess.run(["./shell", "-p", "-c", "id -u"], capture_output=True, text=True).stdout
if out.strip() != str(os.getuid()): print("reached another user")
attempt("root's file", os.chown, "shell", 0, 0)
attempt("root", os.setuid, 0)
attempt("a group", os.setgroups, [0])
attempt("a device", os.mknod, "disk", 0o660 | stat.S_IFBLK, os.makedev(8, 0))
lines = open("/proc/self/status").read().split("\n")
held = {line.split(":")[0]: line.split()[-1] for line in lines if line.startswith(("Cap", "NoNewPrivs"))}
for name in ("CapEff", "CapPrm", "CapBnd"):
    if int(held[name], 16) != 0: print("reached", name, held[name])
if held["NoNewPrivs"] != "1": print("reached new rights")
print("contained")
`,
  },
  {
    name: 'a tree that cannot be deleted',
    tries: 'It nests folders as deep as possible, without permissions and with invalid names.',
    answer: python`
for depth in range(1500):
    os.mkdir(b"\xff\n" + b"x" * 200)
    os.chdir(b"\xff\n" + b"x" * 200)
open(b"-rf *", "w").close()
os.chmod(".", 0)
attempt("a file that cannot be changed", fcntl.ioctl, os.open("/tmp", os.O_RDONLY), 0x40086602, struct.pack("l", 16))
print("contained")
`,
  },
];
