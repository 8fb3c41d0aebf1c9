/*
 * The first process inside a job's sandbox. It starts the program, keeps its limits, ends everything, and reports.
 *
 *   helper NAME=VALUE… -- PROGRAM ARGUMENT…
 *
 * The names are those of `options` below; `collect` and `folder` may stand more than once. What the program writes to
 * its descriptors 1, 2 and 3 goes through pipes to those of the helper, which are sockets. The report goes to descriptor 4, which the
 * program never has: one line of JSON, then for each collected file a line "file INDEX SIZE" and its bytes. A reader
 * that finds no whole line must take the run for failed.
 *
 * It must be process 1 of a process namespace: only there does kill(-1) mean "everything of this job". Anywhere else it
 * would end every process of the person, so it refuses to run at all.
 *
 * The program runs as the same user. What keeps it from meddling: the helper is undumpable (no ptrace, no /proc/1/fd),
 * the kernel drops the program's signals to process 1, and the filter of system calls denies changing its limits.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHANNEL = 3, REPORT = 4, STREAMS = 3, MOST_NAMED = 64, REFUSED = 125 };

/* ---- What the caller asks for. Zero means "no such limit" for `data` and `nproc`. ---- */

static uint64_t cpu_us, wall_us, memory, data, file_bytes, output_bytes, processes, tasks, nproc, files;
static uint64_t with_channel, wait_for_word;
static const char *stdin_path = "/dev/null";

struct names {
  const char *at[MOST_NAMED];
  int count;
};
static struct names collect, folders;

static const struct {
  const char *name;
  uint64_t *number;
  const char **text;
  struct names *list;
} options[] = {
    {"cpu-us", &cpu_us, NULL, NULL},          /* processor time of the whole tree */
    {"wall-us", &wall_us, NULL, NULL},        /* time from the program's start */
    {"memory", &memory, NULL, NULL},          /* bytes of the whole tree, anonymous and shared */
    {"data", &data, NULL, NULL},              /* bytes of data of one process: the kernel's backstop */
    {"file", &file_bytes, NULL, NULL},        /* bytes of one file */
    {"output", &output_bytes, NULL, NULL},    /* bytes of each of descriptors 1, 2 and 3 */
    {"processes", &processes, NULL, NULL},    /* processes alive together */
    {"tasks", &tasks, NULL, NULL},            /* processes and threads alive together */
    {"nproc", &nproc, NULL, NULL},            /* the same, kept by the kernel */
    {"files", &files, NULL, NULL},            /* files in all of the folders */
    {"folder", NULL, NULL, &folders},         /* a place that the program can write to */
    {"channel", &with_channel, NULL, NULL},   /* 1: the program gets descriptor 3 */
    {"wait", &wait_for_word, NULL, NULL},     /* 1: say "ready", start at the caller's word */
    {"stdin", NULL, &stdin_path, NULL},       /* file that the program reads as its input */
    {"collect", NULL, NULL, &collect},        /* file to report afterwards */
};

/* ---- What is found out. ---- */

static const char *end = "exit"; /* why the run ended; the first reason that is found stays */
static char reason[200];
static uint64_t ledger_us;  /* processor time of every process ever seen, also of those nobody waited for */
static uint64_t waited_us;  /* time that processes were ready and had no processor */
static uint64_t peak_bytes; /* most memory that was seen at once */

static void conclude(const char *why, const char *format, ...) {
  if (strcmp(end, "exit") != 0) return;
  end = why;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(reason, sizeof reason, format, arguments);
  va_end(arguments);
}

static bool over(void) { return strcmp(end, "exit") != 0; }

static uint64_t now_us(clockid_t clock) {
  struct timespec t;
  if (clock_gettime(clock, &t) != 0) return 0;
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static bool write_all(int fd, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t done = write(fd, bytes, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    size -= (size_t)done;
  }
  return true;
}

/* ---- Ending everything. ---- */

/** Kills every process of the namespace. Anywhere but in process 1 that would be every process of the person. */
static void kill_all(void) {
  if (getpid() != 1) _exit(REFUSED);
  kill(-1, SIGKILL);
}

static void end_everything(void) {
  do kill_all();
  while (wait4(-1, NULL, 0, NULL) > 0 || errno == EINTR);
}

/** Reports that there was no run, for a reason of the sandbox's own. */
static void fail(const char *what) {
  int error = errno;
  end_everything();
  dprintf(REPORT, "{\"end\":\"failed\",\"reason\":\"%s: %s\"}\n", what, strerror(error));
  _exit(REFUSED);
}

/* ---- Passing output on. ---- */

/** One of the program's descriptors: a pipe, since a socket cannot be opened by the path /dev/stdout. */
static struct stream {
  int from; /* -1 when it has ended */
  int to;
  uint64_t total;
  size_t first, held; /* the part of `bytes` that is still to be passed on */
  char bytes[65536];
} streams[STREAMS] = {{.from = -1, .to = 1}, {.from = -1, .to = 2}, {.from = -1, .to = CHANNEL}};

static bool overflow; /* the program wrote more than may be passed on */

/** Passes on what can be passed on without waiting. More than the limit is never passed on, only noticed. */
static void pump(struct stream *s) {
  for (;;) {
    while (s->held > 0) {
      ssize_t sent = send(s->to, s->bytes + s->first, s->held, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0 && errno == EAGAIN) return;
      if (sent < 0) s->held = 0; /* nobody reads any more */
      else s->first += (size_t)sent, s->held -= (size_t)sent;
    }
    if (s->from == -1) return;
    ssize_t got = read(s->from, s->bytes, sizeof s->bytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
      close(s->from);
      s->from = -1;
      return;
    }
    uint64_t room = output_bytes - s->total;
    if ((uint64_t)got > room) {
      overflow = true;
      got = (ssize_t)room;
      close(s->from);
      s->from = -1;
    }
    s->total += (uint64_t)got;
    s->first = 0;
    s->held = (size_t)got;
  }
}

static void pump_all(void) {
  for (int n = 0; n < STREAMS; n++) pump(&streams[n]);
}

/** After everything has ended: what still lies in the pipes. A caller that reads nothing is not waited for. */
static void drain(void) {
  for (int n = 0; n < STREAMS; n++) {
    struct stream *s = &streams[n];
    for (pump(s); s->held > 0; pump(s)) {
      struct pollfd out = {.fd = s->to, .events = POLLOUT};
      if (poll(&out, 1, 1000) <= 0) break;
    }
  }
}

/* ---- Looking at the tree. ---- */

/** Room for a process of many groups, which stand before its memory. */
static char text[16384];

/** Reads a small file of /proc/PID; false when the process has gone. */
static bool read_proc(int proc, int pid, const char *name) {
  char path[40];
  snprintf(path, sizeof path, "%d/%s", pid, name);
  int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd == -1 && errno != ENOENT && errno != ESRCH) fail("the processes cannot be watched");
  if (fd == -1) return false;
  ssize_t size = read(fd, text, sizeof text - 1);
  close(fd);
  text[size > 0 ? size : 0] = '\0';
  return size > 0;
}

/** The number after a name in /proc/PID/status. */
static uint64_t status_number(const char *name) {
  const char *at = strstr(text, name);
  return at == NULL ? 0 : strtoull(at + strlen(name), NULL, 10);
}

/** Processor time of the children that a process has waited for: fields 16 and 17 of /proc/PID/stat, in ticks. */
static uint64_t children_us(void) {
  static long tick;
  if (tick == 0) tick = sysconf(_SC_CLK_TCK);
  long user = 0, system = 0;
  /* The name before the fields may hold anything, also brackets. */
  const char *fields = strrchr(text, ')');
  if (fields != NULL)
    sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %ld %ld", &user, &system);
  return (uint64_t)(user + system) * 1000000 / (uint64_t)tick;
}

/** Adds what a counter has grown by since the last look. A smaller value is another process of the same number. */
static void grow(uint64_t *sum, uint32_t *before, uint64_t value) {
  *sum += value >= *before ? value - *before : value;
  *before = (uint32_t)value;
}

/** Brings the ledger up to date for one process, a zombie too; gives its own processor time. */
static uint64_t enter(int proc, int pid) {
  static uint32_t ran_before[65536], waited_before[65536];
  uint16_t slot = (uint16_t)pid;
  /* CLOCK_PROCESS_CPUTIME_ID of another process, as clock_getcpuclockid makes it: to the nanosecond, all threads. */
  uint64_t ran = now_us((clockid_t)((~(unsigned)pid << 3) | 2));
  grow(&ledger_us, &ran_before[slot], ran);
  unsigned long long waited;
  if (read_proc(proc, pid, "schedstat") && sscanf(text, "%*u %llu", &waited) == 1)
    grow(&waited_us, &waited_before[slot], waited / 1000);
  return ran;
}

static uint64_t reaped_us(void) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
         (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/** What one socket can hold unread, by the kernel's default: memory that stands in no process's account. */
enum { SOCKET_BYTES = 2 * 212992 };

/** Bytes that the sockets of the job can hold: those of its network namespace, unconnected and unnamed ones too. */
static uint64_t socket_bytes(int proc) {
  const char *used = read_proc(proc, 1, "net/sockstat") ? strstr(text, "sockets: used ") : NULL;
  return used == NULL ? 0 : strtoull(used + strlen("sockets: used "), NULL, 10) * SOCKET_BYTES;
}

static uint64_t files_made(void) {
  uint64_t sum = 0;
  struct statfs facts;
  for (int n = 0; n < folders.count; n++)
    if (statfs(folders.at[n], &facts) == 0) sum += facts.f_files - facts.f_ffree;
  return sum;
}

/** Looks at every process once and holds the sums against the limits: processor time first, then memory. */
static uint64_t look(DIR *listing) {
  int proc = dirfd(listing);
  uint64_t ran = reaped_us(), bytes = 0, tables = 0, alive = 0, threads = 0;
  rewinddir(listing);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    int pid = atoi(entry->d_name);
    if (pid <= 1) continue;
    ran += enter(proc, pid);
    if (read_proc(proc, pid, "stat")) ran += children_us();
    if (!read_proc(proc, pid, "status")) continue;
    bytes += (status_number("\nRssAnon:") + status_number("\nRssShmem:")) * 1024;
    /* Not in what is reported, which other tools count without; a program that only reads can make gigabytes of them. */
    tables += status_number("\nVmPTE:") * 1024;
    threads += status_number("\nThreads:");
    alive++;
  }
  if (bytes > peak_bytes) peak_bytes = bytes;
  if (ran > cpu_us || ledger_us > cpu_us) conclude("cpu", "");
  if (bytes + tables > memory) conclude("memory", "");
  if (socket_bytes(proc) > memory) conclude("memory", "more sockets than the memory limit has room for");
  if (files_made() > files) conclude("memory", "more than %llu files", (unsigned long long)files);
  if (alive > processes) conclude("processes", "more than %llu processes", (unsigned long long)processes);
  if (threads > tasks) conclude("processes", "%llu processes and threads", (unsigned long long)threads);
  return bytes;
}

/* ---- The program. ---- */

static void limit(__rlimit_resource_t resource, uint64_t soft, uint64_t hard) {
  struct rlimit now, wanted = {.rlim_cur = soft, .rlim_max = hard};
  getrlimit(resource, &now);
  /* One that is lower already stays. */
  if (wanted.rlim_max > now.rlim_max) wanted.rlim_max = now.rlim_max;
  if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
  setrlimit(resource, &wanted);
}

/** Limits that the kernel keeps by itself, each for one process: behind the watching, which counts the whole tree. */
static void set_limits(void) {
  uint64_t seconds = cpu_us / 1000000 + 2;
  limit(RLIMIT_CPU, seconds, seconds + 1);
  limit(RLIMIT_FSIZE, file_bytes, file_bytes);
  limit(RLIMIT_NOFILE, 512, 512);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  if (data > 0) limit(RLIMIT_DATA, data, data);
  if (nproc > 0) limit(RLIMIT_NPROC, nproc, nproc);
}

static void become_program(char **argv, int input, const int ends[STREAMS]) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  setsid();
  if (dup2(input, 0) == -1 || dup2(ends[0], 1) == -1 || dup2(ends[1], 2) == -1) _exit(REFUSED);
  if (with_channel && dup2(ends[2], CHANNEL) == -1) _exit(REFUSED);
  set_limits();
  execvp(argv[0], argv);
  int error = errno;
  dprintf(2, "%s: %s\n", argv[0], strerror(error));
  _exit(error == ENOENT ? 127 : 126);
}

/** Starts the program with a pipe for each of its descriptors. Every descriptor here closes itself on exec. */
static pid_t start(char **argv) {
  int ends[STREAMS] = {-1, -1, -1}, pair[2];
  int input = open(stdin_path, O_RDONLY | O_CLOEXEC);
  if (input == -1) fail("the input cannot be opened");
  for (int n = 0; n < (with_channel ? 3 : 2); n++) {
    if (pipe2(pair, O_CLOEXEC) != 0) fail("no pipe");
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    streams[n].from = pair[0];
    /* Above the program's numbers, so that no dup2 there meets one that is still needed. */
    ends[n] = fcntl(pair[1], F_DUPFD_CLOEXEC, 10);
    close(pair[1]);
  }
  pid_t child = fork();
  if (child == -1) fail("the program cannot be started");
  if (child == 0) become_program(argv, input, ends);
  close(input);
  for (int n = 0; n < STREAMS; n++) close(ends[n]);
  return child;
}

/** Reaps what has ended, orphans too, and enters it into the ledger before its numbers are gone. */
static bool reap(int proc, pid_t program, int *status) {
  bool ended = false;
  siginfo_t info = {0};
  while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0) {
    int how;
    enter(proc, info.si_pid);
    if (wait4(info.si_pid, &how, 0, NULL) == program) {
      ended = true;
      *status = how;
    }
    info.si_pid = 0;
  }
  return ended;
}

enum { LOOK_US = 5000, NEAR_US = 1000 };

/** Watches the program until it ends or a limit is passed; gives whether it ended by itself. */
static bool watch(pid_t program, int signals, DIR *listing, int *status) {
  uint64_t started = now_us(CLOCK_MONOTONIC), next = started + LOOK_US / 2;
  struct pollfd fds[2 + 2 * STREAMS] = {{.fd = signals, .events = POLLIN}, {.fd = REPORT, .events = 0}};
  for (;;) {
    uint64_t now = now_us(CLOCK_MONOTONIC);
    struct timespec timeout = {.tv_nsec = next > now ? (long)(next - now) * 1000 : 0};
    for (int n = 0; n < STREAMS; n++) {
      /* Either the pipe is waited for, or the place to pass its bytes on to. */
      fds[2 + n] = (struct pollfd){.fd = streams[n].held == 0 ? streams[n].from : -1, .events = POLLIN};
      fds[2 + STREAMS + n] = (struct pollfd){.fd = streams[n].held > 0 ? streams[n].to : -1, .events = POLLOUT};
    }
    if (ppoll(fds, sizeof fds / sizeof *fds, &timeout, NULL) == -1 && errno != EINTR) fail("poll");
    struct signalfd_siginfo noted;
    while (read(signals, &noted, sizeof noted) > 0) {}
    if (reap(dirfd(listing), program, status)) return true;
    /* A caller that has gone can end nothing any more. */
    if (fds[1].revents != 0) conclude("cancelled", "");
    pump_all();
    now = now_us(CLOCK_MONOTONIC);
    if (now < next && !overflow && !over()) continue;
    uint64_t bytes = look(listing);
    if (now - started > wall_us) conclude("wall", "");
    if (overflow) conclude("output", "");
    if (over()) return false;
    uint64_t cost = now_us(CLOCK_MONOTONIC) - now;
    /* Near the memory limit it looks closer; a look that takes long may take a fifth of a processor, no more. */
    uint64_t gap = bytes > memory / 2 ? NEAR_US : LOOK_US;
    next = now + cost + (gap > 4 * cost ? gap : 4 * cost);
  }
}

/* ---- The report. ---- */

static void report(int status, uint64_t wall, bool ended) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  uint64_t ran = reaped_us(), largest = (uint64_t)usage.ru_maxrss * 1024;
  if (ledger_us > ran) ran = ledger_us;
  if (peak_bytes > largest) largest = peak_bytes;
  if (ended && (ran > cpu_us || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))) conclude("cpu", "");
  /* Held by the kernel's backstop or gone before the next look. The account counts shared code too: hence the quarter. */
  if ((uint64_t)usage.ru_maxrss * 1024 > memory + memory / 4) conclude("memory", "");
  if (overflow) conclude("output", "");
  dprintf(REPORT,
          "{\"end\":\"%s\",\"reason\":\"%s\",\"exit\":%d,\"signal\":%d,\"wallUs\":%llu,\"cpuUs\":%llu,"
          "\"peakBytes\":%llu,\"waitedUs\":%llu}\n",
          end, reason, ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          ended && WIFSIGNALED(status) ? WTERMSIG(status) : ended ? 0 : SIGKILL, (unsigned long long)wall,
          (unsigned long long)ran, (unsigned long long)largest, (unsigned long long)waited_us);
}

/** Sends a file that the program left. It has ended, so nothing changes underneath; its links are not followed. */
static void send_file(int index) {
  static char buffer[65536];
  struct stat facts;
  int fd = open(collect.at[index], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd == -1) return;
  if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) {
    dprintf(REPORT, "file %d %lld\n", index, (long long)facts.st_size);
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0;)
      if (!write_all(REPORT, buffer, (size_t)got)) break;
  }
  close(fd);
}

/* ---- The beginning. ---- */

static bool take_option(const char *word) {
  for (size_t n = 0; n < sizeof options / sizeof *options; n++) {
    size_t length = strlen(options[n].name);
    if (strncmp(word, options[n].name, length) != 0 || word[length] != '=') continue;
    const char *value = word + length + 1;
    if (options[n].number != NULL) *options[n].number = strtoull(value, NULL, 10);
    else if (options[n].text != NULL) *options[n].text = value;
    else if (options[n].list->count < MOST_NAMED) options[n].list->at[options[n].list->count++] = value;
    else return false;
    return true;
  }
  return false;
}

/** Everything inherited that is not one of ours is closed, and ours do not reach the program. */
static void own_descriptors(void) {
  if (syscall(SYS_close_range, REPORT + 1, ~0U, 0) != 0)
    for (int fd = REPORT + 1; fd < 1024; fd++) close(fd);
  for (int fd = CHANNEL; fd <= REPORT; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
}

int main(int argc, char **argv) {
  if (getpid() != 1) {
    fputs("This is the first process of a sandbox and runs nowhere else.\n", stderr);
    return REFUSED;
  }
  prctl(PR_SET_DUMPABLE, 0);
  own_descriptors();
  int at = 1;
  for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
    errno = EINVAL;
    if (!take_option(argv[at])) fail("an option is not known");
  }
  if (at + 1 >= argc) fail("there is no program");

  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  DIR *listing = opendir("/proc");
  if (signals == -1 || listing == NULL) fail("the processes cannot be watched");

  char word;
  if (wait_for_word && (!write_all(REPORT, "ready\n", 6) || read(REPORT, &word, 1) != 1)) return REFUSED;

  /* A host that has gone already could neither end the program nor hear of it. */
  struct pollfd host = {.fd = REPORT, .events = 0};
  if (poll(&host, 1, 0) != 0) return REFUSED;

  int status = 0;
  uint64_t started = now_us(CLOCK_MONOTONIC);
  pid_t program = start(argv + at + 1);
  bool ended = watch(program, signals, listing, &status);
  uint64_t wall = now_us(CLOCK_MONOTONIC) - started;
  end_everything();
  drain();
  report(status, wall, ended);
  for (int n = 0; n < collect.count; n++) send_file(n);
  return 0;
}
