/*
 * The first process inside a job's sandbox. It starts the program, enforces its limits, kills everything at the end,
 * and reports.
 *
 * It says that it is ready, and then waits for the job on descriptor 4, a socket, which the program never has: so a sandbox
 * can be made before its job is known. A job is a series of records, each with three numbers of four bytes in the machine's
 * order (a letter of `take_job` below, a value, the size of the content) and its content.
 *
 * The program's descriptors 1, 2 and 3 are pipes. What it writes there and the report go to descriptor 4 in frames: two
 * numbers, the kind and the size of the content, and the content. The report is one line of JSON, and then for each
 * collected file a line "file INDEX SIZE" and its bytes. If the line of JSON is incomplete, the reader must treat the run as
 * failed.
 *
 * A container engine passes only standard input and output. `helper container` therefore takes the job from descriptor 0,
 * which must stay open as long as the job is wanted, and sends the frames to descriptor 1. It also does what bubblewrap does
 * elsewhere: it makes the file for the input, and applies the list of forbidden system calls, which is a record of the job.
 *
 * The helper must be process 1 of a PID namespace: only there does kill(-1) mean "every process of this job". Anywhere
 * else it would kill every process of the user, so the helper refuses to run.
 *
 * The program runs as the same user. It cannot interfere with the helper: the helper is undumpable (no ptrace, no
 * /proc/1/fd), the kernel drops the program's signals to process 1, and the system call filter blocks changing its limits.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
#include "starter.h"

/** Descriptors: an empty file for the program's input, only until the job is known; the channel of the program; the host. */
enum { INPUT = 3, CHANNEL = 3, HOST = 4 };
enum { STREAMS = 3, MAX_NAMED = 64, REFUSED = 125 };

/* ---- The options. Zero means "no such limit" for `data`, `stack` and `nproc`. ---- */

static uint64_t cpu_us, wall_us, memory, data, stack, file_bytes, output_bytes, processes, tasks, nproc, files;
static uint64_t descriptors, watches, terminals, room;
static uint64_t with_channel, live;

struct names {
  const char *at[MAX_NAMED];
  int count;
};
static struct names collect, folders;

static const struct {
  const char *name;
  uint64_t *number;
  struct names *list;
} options[] = {
    {"cpu-us", &cpu_us, NULL},          /* processor time of the whole tree */
    {"wall-us", &wall_us, NULL},        /* time from the program's start */
    {"memory", &memory, NULL},          /* bytes of the whole tree, anonymous and shared */
    {"data", &data, NULL},              /* bytes of data of one process: the kernel's backstop */
    {"stack", &stack, NULL},            /* bytes of the stack of a process */
    {"file", &file_bytes, NULL},        /* bytes of one file */
    {"output", &output_bytes, NULL},    /* bytes of each of descriptors 1, 2 and 3 */
    {"processes", &processes, NULL},    /* processes alive together */
    {"tasks", &tasks, NULL},            /* processes and threads alive together */
    {"nproc", &nproc, NULL},            /* the same, enforced by the kernel */
    {"files", &files, NULL},            /* files in all folders together */
    {"room", &room, NULL},              /* bytes in all folders together */
    {"descriptors", &descriptors, NULL}, /* open descriptors of the whole tree */
    {"watches", &watches, NULL},        /* descriptors that all epoll instances watch; locks on ranges of files */
    {"terminals", &terminals, NULL},    /* pseudo-terminals */
    {"folder", NULL, &folders},         /* a folder that the program can write to */
    {"channel", &with_channel, NULL},   /* 1: the program gets descriptor 3 */
    {"live", &live, NULL},              /* 1: the program gets the helper's own input instead of a file */
    {"collect", NULL, &collect},        /* file to include in the report */
};

/* ---- The results. ---- */

static const char *end = "exit"; /* why the run ended; the first reason is kept */
static char reason[200];
static uint64_t ledger_us;  /* processor time of every process seen, including those nobody waited for */
static uint64_t waited_us;  /* time that processes were ready but had no processor */
static uint64_t peak_bytes; /* most memory seen at any time */
static uint64_t faults;     /* pages that the processes seen have touched for the first time */

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

/* ---- Frames to the host. ---- */

/** The job comes from a socket, which also takes the frames; in a container, from standard input. */
static bool contained;
static int from_host = HOST, to_host = HOST;

/** Sends a part of the bytes, as `send`. In a container the output is a pipe, which does not wait: see `enter_container`. */
static ssize_t send_part(const char *bytes, size_t size, bool wait) {
  if (!contained) return send(to_host, bytes, size, (wait ? 0 : MSG_DONTWAIT) | MSG_NOSIGNAL);
  for (;;) {
    ssize_t sent = write(to_host, bytes, size);
    if (sent >= 0 || errno != EAGAIN || !wait) return sent;
    struct pollfd out = {.fd = to_host, .events = POLLOUT};
    poll(&out, 1, -1);
  }
}

static bool send_all(const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t sent = send_part(bytes, size, true);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    size -= (size_t)sent;
  }
  return true;
}

enum kind { OUTPUT = 1, ERRORS = 2, RESULTS = 3, REPORTED = 4, READY = 5 };

struct head {
  uint32_t kind, size;
};

enum { CONTENT = 65536 };

/** One of the program's descriptors: a pipe, because the path /dev/stdout cannot open a socket. */
static struct stream {
  int from; /* -1 when it has ended */
  enum kind kind;
  uint64_t total;
  size_t first, held; /* the part of `frame` that is not forwarded yet */
  char frame[sizeof(struct head) + CONTENT];
} streams[STREAMS] = {{.from = -1, .kind = OUTPUT}, {.from = -1, .kind = ERRORS}, {.from = -1, .kind = RESULTS}};

/** The stream whose frame has been sent only in part: nothing else may be sent before its rest. */
static struct stream *sending;

/** Sends the held frame of a stream, or a part of it. False if that is not possible without waiting. */
static bool send_held(struct stream *s, bool wait) {
  if (sending != NULL && sending != s) return false;
  while (s->held > 0) {
    sending = s;
    ssize_t sent = send_part(s->frame + s->first, s->held, wait);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return false;
    if (sent < 0) s->held = 0; /* the reader is gone */
    else s->first += (size_t)sent, s->held -= (size_t)sent;
  }
  sending = NULL;
  return true;
}

/** Tells the host that the sandbox is complete: a frame without content. False if the host is gone. */
static bool tell_ready(void) {
  struct head head = {READY, 0};
  return send_all((const char *)&head, sizeof head);
}

/** Sends a part of the report. Waits until the host takes it. */
static bool report_bytes(const char *bytes, size_t size) {
  if (sending != NULL) send_held(sending, true);
  struct head head = {REPORTED, (uint32_t)size};
  return send_all((const char *)&head, sizeof head) && send_all(bytes, size);
}

static bool report_text(const char *format, ...) {
  char line[600];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  return size > 0 && (size_t)size < sizeof line && report_bytes(line, (size_t)size);
}

/* ---- Killing everything. ---- */

/** Kills every process of the namespace. Outside of process 1, this would kill every process of the user. */
static void kill_all(void) {
  if (getpid() != 1) _exit(REFUSED);
  kill(-1, SIGKILL);
}

static void end_everything(void) {
  do kill_all();
  while (wait4(-1, NULL, 0, NULL) > 0 || errno == EINTR);
}

/** What the report says of the program. */
struct facts {
  int exit, signal; /* `exit` is -1 if a signal ended the program */
  uint64_t wall, cpu, peak, waited;
};

static void write_line(struct facts f) {
  report_text("{\"end\":\"%s\",\"reason\":\"%s\",\"exit\":%d,\"signal\":%d,\"wallUs\":%llu,\"cpuUs\":%llu,"
          "\"peakBytes\":%llu,\"waitedUs\":%llu}\n",
          end, reason, f.exit, f.signal, (unsigned long long)f.wall, (unsigned long long)f.cpu,
          (unsigned long long)f.peak, (unsigned long long)f.waited);
}

/** Reports that the sandbox itself failed, so there was no run. */
static void fail(const char *what) {
  int error = errno;
  end_everything();
  end = "exit"; /* a limit that was hit before counts no more */
  conclude("failed", "%s: %s", what, strerror(error));
  write_line((struct facts){.exit = -1});
  _exit(REFUSED);
}

/* ---- Forwarding output. ---- */

static bool overflow; /* the program wrote more than the output limit */

/** Forwards as much as possible without blocking. Never forwards more than the limit; only sets `overflow`. */
static void pump(struct stream *s) {
  while (send_held(s, false) && s->from != -1) {
    ssize_t got = read(s->from, s->frame + sizeof(struct head), CONTENT);
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
    if (got == 0) return;
    s->total += (uint64_t)got;
    struct head head = {s->kind, (uint32_t)got};
    memcpy(s->frame, &head, sizeof head);
    s->first = 0;
    s->held = sizeof head + (size_t)got;
  }
}

static void pump_all(void) {
  for (int n = 0; n < STREAMS; n++) pump(&streams[n]);
}

/** Forwards what is left in the pipes after every process has exited. */
static void drain(void) {
  if (sending != NULL) send_held(sending, true);
  for (int n = 0; n < STREAMS; n++)
    for (pump(&streams[n]); streams[n].held > 0; pump(&streams[n])) send_held(&streams[n], true);
}

/* ---- Watching the process tree. ---- */

/** Large enough for a process with many groups, which precede its memory in the file. */
static char text[16384];

/** Reads a small file of /proc/PID; false if the process has exited. */
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

/** The number that follows a name in /proc/PID/status. */
static uint64_t status_number(const char *name) {
  const char *at = strstr(text, name);
  return at == NULL ? 0 : strtoull(at + strlen(name), NULL, 10);
}

/** Opens a folder of /proc/PID; NULL if the process has exited. */
static DIR *open_proc(int proc, const char *path) {
  int fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return fd == -1 ? NULL : fdopendir(fd);
}

/**
 * Reads the status of a process. If its first thread has exited, which then shows neither memory nor descriptors, reads
 * that of another thread. Returns the number of the thread, or 0 if the process has exited.
 */
static int read_status(int proc, int pid) {
  if (!read_proc(proc, pid, "status")) return 0;
  if (strstr(text, "\nVmSize:") != NULL || status_number("\nThreads:") < 2) return pid;
  char path[40];
  snprintf(path, sizeof path, "%d/task", pid);
  DIR *threads = open_proc(proc, path);
  if (threads == NULL) return 0;
  int found = 0;
  for (struct dirent *entry; found == 0 && (entry = readdir(threads)) != NULL;) {
    int thread = atoi(entry->d_name);
    if (thread > 0 && thread != pid && read_proc(proc, thread, "status") && strstr(text, "\nVmSize:") != NULL)
      found = thread;
  }
  closedir(threads);
  return found != 0 || !read_proc(proc, pid, "status") ? found : pid;
}

/**
 * Processor time of the children that a process has waited for: fields 16 and 17 of /proc/PID/stat, in ticks. `touched`
 * becomes field 10, the process's own page faults.
 */
static uint64_t children_us(unsigned long *touched) {
  static long tick;
  if (tick == 0) tick = sysconf(_SC_CLK_TCK);
  long user = 0, system = 0;
  *touched = 0;
  /* The name before the fields may contain anything, including brackets. */
  const char *fields = strrchr(text, ')');
  if (fields != NULL)
    sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %lu %*u %*u %*u %*u %*u %ld %ld", touched, &user, &system);
  return (uint64_t)(user + system) * 1000000 / (uint64_t)tick;
}

/** Adds the growth of a counter since the last look. A smaller value means that another process has the same PID. */
static void grow(uint64_t *sum, uint32_t *before, uint64_t value) {
  *sum += value >= *before ? value - *before : value;
  *before = (uint32_t)value;
}

/** Updates the ledger for one process, including a zombie; returns its own processor time. */
static uint64_t enter(int proc, int pid) {
  static uint32_t ran_before[65536], waited_before[65536];
  uint16_t slot = (uint16_t)pid;
  /* CLOCK_PROCESS_CPUTIME_ID of another process, as made by clock_getcpuclockid: nanoseconds, all threads. */
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

/** How far a figure of the whole machine is above the lowest that was seen: what this job has added, or others have. */
static uint64_t growth(uint64_t *lowest, uint64_t now) {
  if (now < *lowest) *lowest = now;
  return now - *lowest;
}

/** The most unread data of one socket by the kernel's default: this memory counts for no process. */
enum { SOCKET_BYTES = 2 * 212992 };

/** The number after two names, such as a group of sockets and one of its figures in /proc/net/sockstat. */
static uint64_t number_after(const char *group, const char *name) {
  const char *at = strstr(text, group);
  if (at == NULL || (at = strstr(at, name)) == NULL) return 0;
  return strtoull(at + strlen(name), NULL, 10);
}

/** The largest size of one kind of buffer, the last of three numbers. */
static uint64_t largest_buffer(int proc, const char *path) {
  unsigned long long most = 0;
  int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  ssize_t size = fd == -1 ? -1 : read(fd, text, sizeof text - 1);
  if (fd != -1) close(fd);
  text[size > 0 ? size : 0] = '\0';
  return sscanf(text, "%*u %*u %llu", &most) == 1 ? most : 6 << 20;
}

/**
 * The most bytes that the job's sockets can hold: all sockets of its network namespace, even unconnected or unnamed. The
 * buffers of TCP grow to megabytes, but what they hold is known for the whole machine only.
 */
static uint64_t socket_bytes(int proc) {
  static uint64_t lowest_pages = UINT64_MAX, tcp_most;
  if (tcp_most == 0)
    tcp_most = largest_buffer(proc, "sys/net/ipv4/tcp_rmem") + largest_buffer(proc, "sys/net/ipv4/tcp_wmem");
  if (!read_proc(proc, 1, "net/sockstat")) return 0;
  uint64_t used = number_after("sockets: ", "used "), tcp = number_after("\nTCP: ", "inuse ");
  uint64_t held = growth(&lowest_pages, number_after("\nTCP: ", " mem ")) * (uint64_t)sysconf(_SC_PAGESIZE);
  if (used > 0 && held > memory / 2 && read_proc(proc, 1, "net/sockstat6")) tcp += number_after("TCP6: ", "inuse ");
  if (held > tcp * tcp_most) held = tcp * tcp_most;
  return held > used * SOCKET_BYTES ? held : used * SOCKET_BYTES;
}

/* ---- Descriptors: what they hold counts for no process, or is limited for all sandboxes of the user together. ---- */

/**
 * Counts looks in a row in which a process did not show what it has. Any process does so for a moment, while it starts a
 * program or exits; a program that nobody may read, for as long as it runs.
 */
static bool hides(int *looks, bool shown) {
  *looks = shown ? 0 : *looks + 1;
  return *looks > 10;
}

/** Whether a process may not be looked at, although it has not exited. */
static bool is_closed(int proc, int pid) {
  return errno == EACCES && read_proc(proc, pid, "status") && strstr(text, "\nVmSize:") != NULL;
}

/** Below this number, the descriptors of the tree are not looked at one by one. */
enum { FEW_DESCRIPTORS = 1024 };

/** What an epoll instance watches, or the locks on a file: one line each, after a head of four lines. */
static uint64_t records_of(int proc, int pid, const char *descriptor) {
  char path[64], part[4096];
  uint64_t lines = 0;
  snprintf(path, sizeof path, "%d/fdinfo/%.20s", pid, descriptor);
  int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd == -1) return 0;
  for (ssize_t got; lines <= watches && (got = read(fd, part, sizeof part)) > 0;)
    for (ssize_t n = 0; n < got; n++) lines += part[n] == '\n';
  close(fd);
  return lines > 4 ? lines - 4 : 0;
}

struct descriptors {
  uint64_t open, watched, locked;
};

/**
 * Adds the descriptors of a process, what its epoll instances watch, and on request the locks; false if the process does
 * not show them.
 */
static bool add_descriptors(int proc, int pid, bool locks, struct descriptors *sum) {
  char path[40], target[32];
  snprintf(path, sizeof path, "%d/fd", pid);
  DIR *listing = open_proc(proc, path);
  if (listing == NULL) return !is_closed(proc, pid);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    sum->open++;
    ssize_t size = readlinkat(dirfd(listing), entry->d_name, target, sizeof target);
    bool epoll = size == 22 && memcmp(target, "anon_inode:[eventpoll]", 22) == 0;
    uint64_t *records = epoll ? &sum->watched : &sum->locked;
    if ((epoll || locks) && *records <= watches) *records += records_of(proc, pid, entry->d_name);
  }
  closedir(listing);
  return true;
}

/** The open descriptors of a process, at most `slots`. Linux before 6.2 does not say how many there are. */
static uint64_t open_descriptors(int proc, int pid, uint64_t slots) {
  char path[40];
  struct stat facts;
  snprintf(path, sizeof path, "%d/fd", pid);
  return fstatat(proc, path, &facts, 0) == 0 && facts.st_size > 0 ? (uint64_t)facts.st_size : slots;
}

/** The processes of one look, and the size of each one's table of descriptors. */
static struct seen {
  int pid;
  uint64_t slots;
} seen[1024];
static size_t seen_count;

static void judge_watched(const struct descriptors *found) {
  if (found->watched > watches)
    conclude("memory", "more than %llu descriptors watched by epoll", (unsigned long long)watches);
}

/** Looks closer only as far as needed: at tables, then at numbers, and only then at each descriptor. */
static void judge_descriptors(int proc) {
  uint64_t slots = 0, numbers = 0;
  struct descriptors found = {0};
  for (size_t n = 0; n < seen_count; n++) slots += seen[n].slots;
  if (slots <= FEW_DESCRIPTORS) return;
  for (size_t n = 0; n < seen_count; n++) numbers += open_descriptors(proc, seen[n].pid, seen[n].slots);
  if (numbers <= FEW_DESCRIPTORS) return;
  static int looks;
  bool shown = true;
  for (size_t n = 0; n < seen_count; n++)
    shown &= add_descriptors(proc, seen[n].pid, false, &found);
  if (hides(&looks, shown)) conclude("memory", "many descriptors in a process that does not show them");
  if (found.open > descriptors)
    conclude("memory", "more than %llu open descriptors", (unsigned long long)descriptors);
  judge_watched(&found);
}

static void judge_terminals(void) {
  static DIR *listing;
  if (listing == NULL && (listing = opendir("/dev/pts")) == NULL) return;
  uint64_t count = 0;
  rewinddir(listing);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) count += atoi(entry->d_name) > 0;
  if (count > terminals) conclude("processes", "more than %llu terminals", (unsigned long long)terminals);
}

/* ---- Files. ---- */

struct written {
  uint64_t files, bytes;
};

static struct written files_made(void) {
  struct written sum = {0};
  struct statfs facts;
  for (int n = 0; n < folders.count; n++) {
    if (statfs(folders.at[n], &facts) != 0) continue;
    sum.files += facts.f_files - facts.f_ffree;
    sum.bytes += (facts.f_blocks - facts.f_bfree) * (uint64_t)facts.f_bsize;
  }
  return sum;
}

/* ---- Memory that counts for no process. ----
 *
 * Shared memory that its process no longer maps, and memory of the kernel for mappings and locks. Only the machine's
 * totals say how much there is. If they have grown by more than the job may still take, a closer look decides whether it
 * is the job's: it has mappings and locks, or shared memory and has touched as many pages. Another program, or another
 * sandbox, must not be able to end this job by what it takes for itself.
 */

/** The kernel's memory for one mapping. */
enum { MAPPING_BYTES = 256 };

/** What this job holds besides the memory of its processes; and whether each process shows it. */
struct hidden {
  uint64_t mappings;
  struct descriptors descriptors;
  bool shares, shown;
};

static void add_mappings(int proc, int pid, struct hidden *sum) {
  static char buffer[65536];
  char path[40], line[256];
  snprintf(path, sizeof path, "%d/maps", pid);
  int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd == -1) {
    if (is_closed(proc, pid)) sum->shown = false;
    return;
  }
  FILE *file = fdopen(fd, "r");
  if (file == NULL) fail("the processes cannot be watched");
  setvbuf(file, buffer, _IOFBF, sizeof buffer);
  while (sum->mappings * MAPPING_BYTES <= memory && fgets(line, sizeof line, file) != NULL) {
    sum->mappings++;
    sum->shares |= strstr(line, "/dev/zero (deleted)") != NULL || strstr(line, "[anon_shmem:") != NULL;
  }
  fclose(file);
}

/** What a process can touch that lives too shortly to be seen. */
enum { UNSEEN_BYTES = 2 << 20 };

/** The most memory that the job can have touched. The number of the newest process says how many there were. */
static uint64_t touched_bytes(int proc) {
  unsigned long long newest = 0;
  int fd = openat(proc, "loadavg", O_RDONLY | O_CLOEXEC);
  ssize_t size = fd == -1 ? -1 : read(fd, text, sizeof text - 1);
  if (fd != -1) close(fd);
  text[size > 0 ? size : 0] = '\0';
  const char *last = strrchr(text, ' ');
  if (last == NULL || sscanf(last, "%llu", &newest) != 1) return UINT64_MAX;
  return faults * (uint64_t)sysconf(_SC_PAGESIZE) + newest * UNSEEN_BYTES;
}

/** By how much the machine's shared memory and the kernel's own have grown, without the files of this job. */
struct grown {
  uint64_t shared, kernel;
  bool huge; /* some of the shared memory is in huge pages, each touched only once */
};

static struct grown machine_growth(uint64_t file_bytes_made) {
  static uint64_t lowest_shared = UINT64_MAX, lowest_kernel = UINT64_MAX, own_before;
  static int source = -1;
  if (source == -1) {
    source = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
    own_before = file_bytes_made;
  }
  ssize_t size = pread(source, text, sizeof text - 1, 0);
  text[size > 0 ? size : 0] = '\0';
  uint64_t own = file_bytes_made > own_before ? file_bytes_made - own_before : 0;
  uint64_t shared = growth(&lowest_shared, status_number("\nShmem:") * 1024);
  return (struct grown){.shared = shared > own ? shared - own : 0,
                        .kernel = growth(&lowest_kernel, status_number("\nSUnreclaim:") * 1024),
                        .huge = status_number("\nShmemHugePages:") > 0};
}

/** How often each process is looked at closely although the machine's figures have not grown. */
enum { CLOSER_US = 500 * 1000 };

/** Other programs that free memory at the same moment hide in the machine's figures what this job takes. */
static bool is_closer_look_due(void) {
  static uint64_t last;
  uint64_t now = now_us(CLOCK_MONOTONIC);
  if (last == 0) last = now;
  if (now - last < CLOSER_US) return false;
  last = now;
  return true;
}

/** `visible`: the memory of all processes; `shared`: the part of it that is shared. */
static void judge_hidden(int proc, uint64_t visible, uint64_t shared, uint64_t file_bytes_made) {
  static uint64_t cleared; /* what a closer look has found to be others' */
  struct grown grown = machine_growth(file_bytes_made);
  uint64_t unseen = grown.shared > shared ? grown.shared - shared : 0;
  uint64_t suspected = visible + unseen + grown.kernel;
  bool grew = suspected > memory && suspected > cleared + memory / 16;
  if (!is_closer_look_due() && !grew) return;
  struct hidden found = {.shown = true};
  for (size_t n = 0; n < seen_count; n++) {
    add_mappings(proc, seen[n].pid, &found);
    if (!add_descriptors(proc, seen[n].pid, true, &found.descriptors)) found.shown = false;
  }
  static int looks;
  if (grew && hides(&looks, found.shown)) conclude("memory", "memory in a process that does not show it");
  judge_watched(&found.descriptors);
  if (found.descriptors.locked > watches)
    conclude("memory", "more than %llu locked ranges of files", (unsigned long long)watches);
  uint64_t records = found.mappings * MAPPING_BYTES;
  uint64_t touched = grown.huge ? UINT64_MAX : touched_bytes(proc);
  uint64_t most = touched > visible ? touched - visible : 0;
  if (unseen > most) unseen = most;
  if (unseen < memory / 16) unseen = 0; /* the machine's figure is never quiet */
  if (visible + records > memory)
    conclude("memory", "%llu mappings, for which the kernel needs memory", (unsigned long long)found.mappings);
  if (found.shares && visible + unseen + records > memory)
    conclude("memory", "%llu MiB of shared memory that no process shows", (unsigned long long)unseen >> 20);
  if (grew && found.shown) cleared = suspected;
}

static bool deep; /* at the last look, much of the memory was stack */

static void conclude_memory(void) {
  if (deep)
    conclude("memory", "more than %llu MiB, much of it for the stack: the recursion may be endless",
             (unsigned long long)memory >> 20);
  conclude("memory", "");
}

/**
 * Whether the kernel has killed a process because of the container's own limit, which a program can reach between two looks.
 * A container shows its control group: of version 2, or of version 1.
 */
static bool killed_by_kernel(void) {
  static const char *const places[] = {"/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"};
  for (size_t n = 0; n < sizeof places / sizeof *places; n++) {
    int fd = open(places[n], O_RDONLY | O_CLOEXEC);
    if (fd == -1) continue;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    text[size > 0 ? size : 0] = '\0';
    return status_number("\noom_kill ") > 0;
  }
  return false;
}

/** Looks at every process once and compares the sums with the limits: processor time first, then memory. */
static uint64_t look(DIR *listing) {
  int proc = dirfd(listing);
  uint64_t ran = reaped_us(), bytes = 0, shared = 0, stacks = 0, tables = 0, alive = 0, threads = 0;
  static uint32_t faults_before[65536];
  seen_count = 0;
  rewinddir(listing);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    int pid = atoi(entry->d_name);
    if (pid <= 1) continue;
    ran += enter(proc, pid);
    unsigned long touched;
    if (read_proc(proc, pid, "stat")) {
      ran += children_us(&touched);
      grow(&faults, &faults_before[(uint16_t)pid], touched);
    }
    int shown = read_status(proc, pid);
    if (shown == 0) continue;
    if (seen_count < sizeof seen / sizeof *seen)
      seen[seen_count++] = (struct seen){.pid = shown, .slots = status_number("\nFDSize:")};
    shared += status_number("\nRssShmem:") * 1024;
    bytes += (status_number("\nRssAnon:") + status_number("\nRssShmem:")) * 1024;
    stacks += status_number("\nVmStk:") * 1024;
    /* Not reported, as in other tools; but limited, since a program that only reads can fill gigabytes of page tables. */
    tables += status_number("\nVmPTE:") * 1024;
    threads += status_number("\nThreads:");
    alive++;
  }
  if (bytes > peak_bytes) peak_bytes = bytes;
  if (ran > cpu_us || ledger_us > cpu_us) conclude("cpu", "");
  deep = stacks > memory / 4;
  if (bytes + tables > memory) conclude_memory();
  if (socket_bytes(proc) > memory) conclude("memory", "the sockets could hold more than the memory limit");
  struct written made = files_made();
  if (made.files > files) conclude("memory", "more than %llu files", (unsigned long long)files);
  if (made.bytes > room) conclude("memory", "more than %llu MiB in files", (unsigned long long)room >> 20);
  judge_hidden(proc, bytes + tables, shared, made.bytes);
  judge_descriptors(proc);
  judge_terminals();
  if (alive > processes) conclude("processes", "more than %llu processes", (unsigned long long)processes);
  if (threads > tasks) conclude("processes", "%llu processes and threads", (unsigned long long)threads);
  return bytes;
}

/* ---- The program. ---- */

static void limit(__rlimit_resource_t resource, uint64_t soft, uint64_t hard) {
  struct rlimit now, wanted = {.rlim_cur = soft, .rlim_max = hard};
  getrlimit(resource, &now);
  /* Keep a limit that is already lower. */
  if (wanted.rlim_max > now.rlim_max) wanted.rlim_max = now.rlim_max;
  if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
  setrlimit(resource, &wanted);
}

/** Sets limits that the kernel enforces per process: a second line behind the watching of the whole tree. */
static void set_limits(void) {
  uint64_t seconds = cpu_us / 1000000 + 2;
  limit(RLIMIT_CPU, seconds, seconds + 1);
  limit(RLIMIT_FSIZE, file_bytes, file_bytes);
  limit(RLIMIT_NOFILE, 512, 512);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  limit(RLIMIT_SIGPENDING, 1024, 1024); /* timers too */
  uint64_t most = stack > 0 ? stack : RLIM_INFINITY;
  limit(RLIMIT_STACK, most, most);
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

/** Starts the program with a pipe for each of its descriptors. Every descriptor here is close-on-exec. */
static pid_t start(char **argv, int input) {
  int ends[STREAMS] = {-1, -1, -1}, pair[2];
  for (int n = 0; n < (with_channel ? 3 : 2); n++) {
    if (pipe2(pair, O_CLOEXEC) != 0) fail("no pipe");
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    streams[n].from = pair[0];
    /* Above the program's numbers, so that no dup2 there overwrites a descriptor that is still needed. */
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

/** Reaps exited processes, including orphans, and adds each to the ledger before its figures disappear. */
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

/** Watches the program until it exits or hits a limit; returns whether it exited by itself. */
static bool watch(pid_t program, int signals, DIR *listing, int *status) {
  uint64_t started = now_us(CLOCK_MONOTONIC), next = started + LOOK_US / 2;
  struct pollfd fds[3 + STREAMS] = {{.fd = signals, .events = POLLIN}, {.fd = from_host, .events = 0}};
  for (;;) {
    uint64_t now = now_us(CLOCK_MONOTONIC);
    uint64_t left = next > now ? next - now : 0;
    struct timespec timeout = {.tv_sec = (time_t)(left / 1000000), .tv_nsec = (long)(left % 1000000) * 1000};
    /* Wait for a pipe, or for the host while bytes of that pipe are left to forward. */
    bool holds = false;
    for (int n = 0; n < STREAMS; n++) {
      fds[3 + n] = (struct pollfd){.fd = streams[n].held == 0 ? streams[n].from : -1, .events = POLLIN};
      holds |= streams[n].held > 0;
    }
    fds[2] = (struct pollfd){.fd = holds ? to_host : -1, .events = POLLOUT};
    if (ppoll(fds, sizeof fds / sizeof *fds, &timeout, NULL) == -1 && errno != EINTR) fail("poll");
    struct signalfd_siginfo noted;
    while (read(signals, &noted, sizeof noted) > 0) {}
    if (reap(dirfd(listing), program, status)) return true;
    /* If the caller is gone, nobody could cancel the job. */
    if (fds[1].revents != 0) conclude("cancelled", "");
    pump_all();
    now = now_us(CLOCK_MONOTONIC);
    if (now < next && !overflow && !over()) continue;
    uint64_t spent = now_us(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t bytes = look(listing);
    if (now - started > wall_us) conclude("wall", "");
    if (overflow) conclude("output", "");
    if (over()) return false;
    /* Processor time: a look during which the machine stalls is no reason to look away. */
    uint64_t cost = now_us(CLOCK_PROCESS_CPUTIME_ID) - spent;
    /* Look more often near the memory limit; slow looks may take at most a fifth of a processor. */
    uint64_t gap = bytes > memory / 2 ? NEAR_US : LOOK_US;
    next = now_us(CLOCK_MONOTONIC) + (gap > 4 * cost ? gap : 4 * cost);
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
  /* Stopped by the kernel's limit, or gone before the next look. The kernel also counts shared code: hence the quarter. */
  if ((uint64_t)usage.ru_maxrss * 1024 > memory + memory / 4) conclude("memory", "");
  if (contained && killed_by_kernel()) conclude_memory();
  if (overflow) conclude("output", "");
  write_line((struct facts){
      .exit = ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1,
      .signal = ended && WIFSIGNALED(status) ? WTERMSIG(status) : ended ? 0 : SIGKILL,
      .wall = wall,
      .cpu = ran,
      .peak = largest,
      .waited = waited_us,
  });
}

/** Sends a file that the program left. The program has exited, so the file is stable. Does not follow links. */
static void send_file(int index) {
  static char buffer[65536];
  struct stat facts;
  int fd = open(collect.at[index], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd == -1) return;
  if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) {
    report_text("file %d %lld\n", index, (long long)facts.st_size);
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0;)
      if (!report_bytes(buffer, (size_t)got)) break;
  }
  close(fd);
}

/* ---- The job. ---- */

/** A growing list that ends with NULL. */
struct list {
  char **at;
  size_t count;
};

static void add(struct list *list, char *word) {
  char **grown = realloc(list->at, (list->count + 2) * sizeof *grown);
  if (grown == NULL) fail("the job cannot be read");
  list->at = grown;
  list->at[list->count++] = word;
  list->at[list->count] = NULL;
}

struct job {
  struct list argv, environment;
  int input;
};

static bool take_option(const char *word) {
  for (size_t n = 0; n < sizeof options / sizeof *options; n++) {
    size_t length = strlen(options[n].name);
    if (strncmp(word, options[n].name, length) != 0 || word[length] != '=') continue;
    const char *value = word + length + 1;
    if (options[n].number != NULL) *options[n].number = strtoull(value, NULL, 10);
    else if (options[n].list->count < MAX_NAMED) options[n].list->at[options[n].list->count++] = value;
    else return false;
    return true;
  }
  return false;
}

/** Reads from the host. If the host is gone, it could neither end the program nor read the report: ends the sandbox. */
static void receive(void *bytes, size_t size) {
  for (char *at = bytes; size > 0;) {
    ssize_t got = read(from_host, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) _exit(REFUSED);
    at += got;
    size -= (size_t)got;
  }
}

static char *receive_text(size_t size) {
  char *words = malloc(size + 1);
  if (words == NULL) fail("the job cannot be read");
  receive(words, size);
  words[size] = '\0';
  return words;
}

/** Copies content from the host to a file. */
static void receive_into(int fd, size_t size, const char *what) {
  static char buffer[65536];
  while (size > 0) {
    size_t part = size < sizeof buffer ? size : sizeof buffer;
    receive(buffer, part);
    if (!write_all(fd, buffer, part)) fail(what);
    size -= part;
  }
}

/** Creates a file below the working folder, and the folders above it. No program has run yet: there are no links. */
static void receive_file(char *path, mode_t mode, size_t size) {
  static const char what[] = "a file of the job cannot be written";
  for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(path, 0755) != 0 && errno != EEXIST) fail(what);
    *slash = '/';
  }
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd == -1) fail(what);
  receive_into(fd, size, what);
  if (fchmod(fd, mode) != 0 || close(fd) != 0) fail(what);
}

/** Fills the file for the program's input, and makes it unchangeable. */
static int receive_input(size_t size) {
  static const char what[] = "the input cannot be written";
  receive_into(INPUT, size, what);
  if (fcntl(INPUT, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) fail(what);
  int input = open("/proc/self/fd/3", O_RDONLY | O_CLOEXEC);
  if (input == -1) fail(what);
  return input;
}

static struct sock_filter filter[4096];
static struct sock_fprog filter_program = {.filter = filter};

static void receive_filter(size_t size) {
  errno = EINVAL;
  if (size > sizeof filter || size % sizeof *filter != 0) fail("the list of forbidden system calls is damaged");
  receive(filter, size);
  filter_program.len = (unsigned short)(size / sizeof *filter);
}

/** From now on, the helper and the program have no other system calls than in every sandbox. */
static void apply_filter(void) {
  if (filter_program.len == 0) return;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter_program) != 0)
    fail("the list of forbidden system calls cannot be applied");
}

static struct job take_job(void) {
  struct job job = {.input = -1};
  mode_t mask = umask(0);
  char *path = NULL;
  for (uint32_t record[3];;) {
    receive(record, sizeof record);
    uint32_t value = record[1], size = record[2];
    switch (record[0]) {
    case 'o': /* an option: NAME=VALUE */
      errno = EINVAL;
      if (!take_option(receive_text(size))) fail("unknown option");
      break;
    case 'a': /* the program or an argument */
      add(&job.argv, receive_text(size));
      break;
    case 'e': /* a variable of the environment: NAME=VALUE */
      add(&job.environment, receive_text(size));
      break;
    case 'p': /* the path of the next file */
      free(path);
      path = receive_text(size);
      break;
    case 'f': /* the content of a file; the value is its mode */
      errno = EINVAL;
      if (path == NULL) fail("a file without a path");
      receive_file(path, value, size);
      break;
    case 'i': /* the program's input; without it, there is none */
      job.input = receive_input(size);
      break;
    case 'l': /* the list of forbidden system calls, in a container */
      receive_filter(size);
      break;
    case 's': /* the end */
      free(path);
      umask(mask);
      errno = EINVAL;
      if (job.argv.count == 0) fail("no program given");
      if (live) job.input = fcntl(0, F_DUPFD_CLOEXEC, 10);
      else if (job.input == -1) job.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
      if (job.input == -1) fail("the input cannot be opened");
      close(INPUT);
      apply_filter();
      return job;
    default:
      errno = EINVAL;
      fail("unknown record");
    }
  }
}

/* ---- Start-up. ---- */

/** Closes every inherited descriptor except our own, and hides our own from the program. */
static void own_descriptors(void) {
  if (syscall(SYS_close_range, HOST + 1, ~0U, 0) != 0)
    for (int fd = HOST + 1; fd < 1024; fd++) close(fd);
  for (int fd = INPUT; fd <= HOST; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/** Does what the starter of sandboxes does elsewhere. */
static void enter_container(void) {
  contained = true;
  from_host = 0;
  to_host = 1;
  fcntl(1, F_SETFL, fcntl(1, F_GETFL) | O_NONBLOCK);
  int input = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (input == -1 || (input != INPUT && dup3(input, INPUT, O_CLOEXEC) == -1)) fail("no file for the input");
  if (input != INPUT) close(input);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "start") == 0) return start_sandboxes();
  if (getpid() != 1) {
    fputs("This is the first process of a sandbox and runs nowhere else.\n", stderr);
    return REFUSED;
  }
  prctl(PR_SET_DUMPABLE, 0);
  own_descriptors();
  if (argc == 2 && strcmp(argv[1], "container") == 0) enter_container();
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  DIR *listing = opendir("/proc");
  if (signals == -1 || listing == NULL) fail("the processes cannot be watched");
  /* A container has its job from the beginning. */
  if (!contained && !tell_ready()) return REFUSED;
  struct job job = take_job();

  /* The machine's figures before the program's start. */
  machine_growth(files_made().bytes);
  socket_bytes(dirfd(listing));
  int status = 0;
  environ = job.environment.at != NULL ? job.environment.at : (char *[]){NULL};
  uint64_t started = now_us(CLOCK_MONOTONIC);
  pid_t program = start(job.argv.at, job.input);
  bool ended = watch(program, signals, listing, &status);
  uint64_t wall = now_us(CLOCK_MONOTONIC) - started;
  end_everything();
  drain();
  report(status, wall, ended);
  for (int n = 0; n < collect.count; n++) send_file(n);
  return 0;
}
