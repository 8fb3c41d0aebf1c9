/*
 * `helper start`: starts sandboxes for the host and passes bytes between the host and the first process of each sandbox.
 *
 * The host could start sandboxes by itself, but only by copying its own large process each time, and with a socket for each
 * stream. This program is small, and the host talks to all sandboxes through its two descriptors:
 *
 *   frame: the sandbox's number, the kind, and the size of the content; four bytes each, in the machine's order; content
 *
 * Descriptor 0 brings frames of `request`, descriptor 1 takes frames of `reply`. A sandbox gets these descriptors: 0, a pipe
 * if the host wants to write to the program while it runs; 3, an empty file for other input; 4, a socket; 5, a file for
 * bwrap's status; from 6 on, the data of the request.
 *
 * When descriptor 0 ends, this program ends. The first processes then find their sockets closed, and end their sandboxes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "starter.h"

enum request {
  START = 1, /* `struct start`, the arguments, each with a zero byte, and the data, each a `struct piece` and its bytes */
  SEND = 2,  /* bytes for the first process */
  KILL = 3,  /* kills bwrap */
  WRITE = 4, /* bytes for the pipe at descriptor 0; none close it */
};

enum reply {
  OUTPUT = 1, /* bytes from the first process */
  INIT = 2,   /* the first process's number on the host, before its first bytes */
  EXIT = 3,   /* a byte, 1 if bwrap saw the first process exit, and what bwrap wrote to standard error */
  FAILED = 4, /* why bwrap could not be started */
};

struct head {
  uint32_t number, kind, size;
};

enum { NO_USER = UINT32_MAX, MAX_DATA = 32, MAX_WORDS = 9000, PIECE_BYTES = 0, PIECE_PATH = 1 };

struct start {
  uint32_t words, pieces, uid, gid, live; /* live: 1 for a pipe at descriptor 0 */
};

struct piece {
  uint32_t kind, size;
};

enum { INPUT = 3, REPORT = 4, STATUS = 5, FIRST_DATA = 6, ABOVE = 128 };

/** Bytes that wait until a sandbox reads. None: the descriptor is to be closed. */
struct waiting {
  struct waiting *next;
  size_t first, size;
  char bytes[];
};

/** A descriptor of a sandbox, and what waits to be written to it. */
struct target {
  int fd; /* -1 when it is closed */
  struct waiting *oldest, *newest;
};

static struct sandbox {
  struct sandbox *next;
  uint32_t number;
  pid_t bwrap; /* 0 when it has exited */
  struct target first; /* the socket of the first process */
  struct target input; /* the pipe at descriptor 0, if there is one */
  int status, errors;
  bool told_init;
} *sandboxes;

static void die(const char *what) {
  perror(what);
  _exit(1);
}

/* ---- Frames. ---- */

static bool read_all(char *bytes, size_t size) {
  while (size > 0) {
    ssize_t got = read(0, bytes, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= (size_t)got;
  }
  return true;
}

static void write_all(const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t done = write(1, bytes, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) _exit(0); /* the host is gone */
    bytes += done;
    size -= (size_t)done;
  }
}

/** Sends a frame; `content` has room for the head before it. */
static void reply(const struct sandbox *s, enum reply kind, char *content, size_t size) {
  struct head head = {s->number, kind, (uint32_t)size};
  memcpy(content - sizeof head, &head, sizeof head);
  write_all(content - sizeof head, sizeof head + size);
}

/** Content of a reply, after room for its head. */
static char buffer[sizeof(struct head) + 65536];
static char *const content = buffer + sizeof(struct head);
enum { CONTENT = 65536 };

static void reply_failed(uint32_t number, const char *what, int error) {
  int size = snprintf(content, CONTENT, "%s: %s", what, strerror(error));
  reply(&(struct sandbox){.number = number}, FAILED, content, (size_t)size);
}

/* ---- Starting. ---- */

/** A descriptor above those that a sandbox gets, so that no dup2 overwrites it. */
static int above(int fd) {
  if (fd == -1) return -1;
  int moved = fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);
  close(fd);
  return moved;
}

static int file_of(const char *name, const char *bytes, size_t size) {
  int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  for (size_t done = 0; fd != -1 && done < size;) {
    ssize_t wrote = write(fd, bytes + done, size - done);
    if (wrote <= 0) {
      close(fd);
      return -1;
    }
    done += (size_t)wrote;
  }
  if (fd != -1) lseek(fd, 0, SEEK_SET);
  return above(fd);
}

/** What a sandbox gets at its descriptors. */
struct given {
  int fds[FIRST_DATA + MAX_DATA];
  int count;
};

static volatile int start_error; /* set by the child, which shares this memory until it has become bwrap */

/** In the child: becomes bwrap, with no environment. */
static void become_bwrap(char **argv, const struct given *given, const struct start *start) {
  static char *no_environment[] = {NULL};
  sigset_t none;
  sigemptyset(&none);
  bool ok = true;
  for (int n = 0; ok && n < given->count; n++) ok = dup2(given->fds[n], n) != -1;
  if (ok && start->uid != NO_USER)
    ok = setgroups(0, NULL) == 0 && setresgid(start->gid, start->gid, start->gid) == 0 &&
         setresuid(start->uid, start->uid, start->uid) == 0;
  if (ok) {
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(argv[0], argv, no_environment);
  }
  start_error = errno;
  _exit(127);
}

/**
 * Reads arguments and data of a request; false if the request is damaged or a file cannot be opened. `what` becomes the name
 * of the file or program for an error message.
 */
static bool take_request(char *at, const char *limit, const struct start *start, char **argv, struct given *given,
                         const char **what) {
  for (uint32_t n = 0; n < start->words; n++) {
    argv[n] = at;
    char *end = memchr(at, '\0', (size_t)(limit - at));
    if (end == NULL) return errno = EINVAL, false;
    at = end + 1;
  }
  *what = argv[0];
  for (uint32_t n = 0; n < start->pieces; n++) {
    struct piece piece;
    if ((size_t)(limit - at) < sizeof piece) return errno = EINVAL, false;
    memcpy(&piece, at, sizeof piece);
    at += sizeof piece;
    if ((size_t)(limit - at) < piece.size) return errno = EINVAL, false;
    int fd = piece.kind == PIECE_PATH ? above(open(at, O_RDONLY | O_CLOEXEC)) : file_of("data", at, piece.size);
    if (fd == -1 && piece.kind == PIECE_PATH) *what = at;
    if (fd == -1) return false;
    given->fds[given->count++] = fd;
    at += piece.size;
  }
  return true;
}

/** A pipe for the program's input: the sandbox's end, and ours, which never waits. */
static bool open_input(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  ends[0] = above(ends[0]);
  return ends[0] != -1 && fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0;
}

static void start_sandbox(uint32_t number, char *request, size_t size) {
  static char *argv[MAX_WORDS + 1];
  struct start start;
  if (size < sizeof start) return reply_failed(number, "the request", EINVAL);
  memcpy(&start, request, sizeof start);
  if (start.words == 0 || start.words > MAX_WORDS || start.pieces > MAX_DATA)
    return reply_failed(number, "too many arguments", E2BIG);
  argv[start.words] = NULL;
  const char *what = "a sandbox";
  int pair[2] = {-1, -1}, live[2] = {-1, -1}, nothing = above(open("/dev/null", O_RDWR | O_CLOEXEC));
  int status = file_of("status", "", 0), errors = file_of("errors", "", 0), input = file_of("input", "", 0);
  struct given given = {.fds = {nothing, nothing, errors, input, -1, status}, .count = FIRST_DATA};
  struct sandbox *s = calloc(1, sizeof *s);
  bool ready = s != NULL && nothing != -1 && status != -1 && errors != -1 && input != -1 &&
               socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0 &&
               (given.fds[REPORT] = above(pair[1])) != -1 && (!start.live || open_input(live)) &&
               take_request(request + sizeof start, request + size, &start, argv, &given, &what);
  start_error = ready ? 0 : errno;
  if (start.live) given.fds[0] = live[0];
  pid_t child = ready ? vfork() : -1;
  if (child == 0) become_bwrap(argv, &given, &start);
  if (ready && child == -1) start_error = errno;
  for (int n = 3; n < given.count; n++)
    if (n != STATUS && given.fds[n] != -1) close(given.fds[n]);
  if (nothing != -1) close(nothing);
  if (live[0] != -1) close(live[0]);
  if (start_error != 0) {
    if (child > 0) waitpid(child, NULL, 0);
    if (pair[0] != -1) close(pair[0]);
    if (live[1] != -1) close(live[1]);
    if (status != -1) close(status);
    if (errors != -1) close(errors);
    free(s);
    return reply_failed(number, what, start_error);
  }
  fcntl(pair[0], F_SETFL, O_NONBLOCK);
  *s = (struct sandbox){sandboxes, number, child, {.fd = pair[0]}, {.fd = live[1]}, status, errors, false};
  sandboxes = s;
}

/* ---- Running sandboxes. ---- */

/** Closes a descriptor and drops what waits for it. */
static void end_target(struct target *t) {
  if (t->fd != -1) close(t->fd);
  while (t->oldest != NULL) {
    struct waiting *next = t->oldest->next;
    free(t->oldest);
    t->oldest = next;
  }
  *t = (struct target){.fd = -1};
}

static void add_waiting(struct target *t, struct waiting *w) {
  if (t->newest == NULL) t->oldest = w;
  else t->newest->next = w;
  t->newest = w;
}

/** Passes bytes on as far as the sandbox takes them. Whether the descriptor still takes bytes. */
static bool pass_waiting(struct target *t) {
  while (t->oldest != NULL) {
    struct waiting *w = t->oldest;
    if (t->fd == -1 || w->size == 0) return false;
    ssize_t sent = write(t->fd, w->bytes + w->first, w->size - w->first);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN;
    w->first += (size_t)sent;
    if (w->first < w->size) continue;
    t->oldest = w->next;
    if (t->oldest == NULL) t->newest = NULL;
    free(w);
  }
  return true;
}

/** The socket stays open after a failed write: it may still have output to read. */
static void pass_to_first(struct sandbox *s) {
  if (pass_waiting(&s->first)) return;
  int socket = s->first.fd;
  s->first.fd = -1;
  end_target(&s->first);
  s->first.fd = socket;
}

static void pass_to_input(struct sandbox *s) {
  if (!pass_waiting(&s->input)) end_target(&s->input);
}

/** Reads bwrap's status, which has the number of the first process, and at the end its exit code. */
static bool in_status(const struct sandbox *s, const char *name, uint32_t *number) {
  char text[1024];
  ssize_t size = pread(s->status, text, sizeof text - 1, 0);
  text[size > 0 ? size : 0] = '\0';
  const char *at = strstr(text, name);
  if (at != NULL) *number = (uint32_t)strtoul(at + strlen(name), NULL, 10);
  return at != NULL;
}

/** Leaves `content` as it is: output that was read before may still have to be sent from there. */
static void tell_init(struct sandbox *s) {
  char frame[sizeof(struct head) + sizeof(uint32_t)];
  uint32_t init;
  if (s->told_init || !in_status(s, "\"child-pid\":", &init)) return;
  s->told_init = true;
  memcpy(frame + sizeof(struct head), &init, sizeof init);
  reply(s, INIT, frame + sizeof(struct head), sizeof init);
}

static void pass_output(struct sandbox *s) {
  for (;;) {
    ssize_t got = read(s->first.fd, content, CONTENT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got > 0) {
      tell_init(s);
      reply(s, OUTPUT, content, (size_t)got);
      continue;
    }
    return end_target(&s->first);
  }
}

static void reap(void) {
  for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) > 0;)
    for (struct sandbox *s = sandboxes; s != NULL; s = s->next)
      if (s->bwrap == pid) s->bwrap = 0;
}

static void tell_exit(struct sandbox *s) {
  uint32_t code;
  tell_init(s);
  content[0] = in_status(s, "\"exit-code\":", &code);
  ssize_t size = pread(s->errors, content + 1, CONTENT - 1, 0);
  reply(s, EXIT, content, 1 + (size_t)(size > 0 ? size : 0));
  close(s->status);
  close(s->errors);
}

/** Tells the host of sandboxes whose bwrap has exited, after all their output. */
static void finish_exited(void) {
  for (struct sandbox **at = &sandboxes; *at != NULL;) {
    struct sandbox *s = *at;
    if (s->bwrap == 0 && s->first.fd != -1) pass_output(s);
    if (s->bwrap != 0) {
      at = &s->next;
      continue;
    }
    /* A process that outlives bwrap cannot keep the host waiting. */
    end_target(&s->first);
    end_target(&s->input);
    tell_exit(s);
    *at = s->next;
    free(s);
  }
}

static struct sandbox *find(uint32_t number) {
  struct sandbox *s = sandboxes;
  while (s != NULL && s->number != number) s = s->next;
  return s;
}

static void take_frame(void) {
  struct head head;
  if (!read_all((char *)&head, sizeof head)) _exit(0);
  struct waiting *w = malloc(sizeof *w + head.size);
  if (w == NULL) die("no memory");
  *w = (struct waiting){.size = head.size};
  if (!read_all(w->bytes, head.size)) _exit(0);
  struct sandbox *s = find(head.number);
  if (head.kind == SEND && s != NULL && head.size > 0) {
    add_waiting(&s->first, w);
    return pass_to_first(s);
  }
  if (head.kind == WRITE && s != NULL && s->input.fd != -1) {
    add_waiting(&s->input, w);
    return pass_to_input(s);
  }
  if (head.kind == START) start_sandbox(head.number, w->bytes, w->size);
  if (head.kind == KILL && s != NULL && s->bwrap != 0) kill(s->bwrap, SIGKILL);
  free(w);
}

int start_sandboxes(void) {
  /* Other programs of the user must not reach the descriptors of the sandboxes, nor, while a child becomes bwrap, its memory. */
  prctl(PR_SET_DUMPABLE, 0);
  signal(SIGPIPE, SIG_IGN);
  /* An interrupt in the terminal is for the host, which then ends its runs in order. */
  setsid();
  fcntl(0, F_SETFD, FD_CLOEXEC);
  fcntl(1, F_SETFD, FD_CLOEXEC);
  /* What the host has inherited itself is not for sandboxes. */
  if (syscall(SYS_close_range, 3, ~0U, 0) != 0)
    for (int fd = 3; fd < 1024; fd++) close(fd);
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals == -1) die("signalfd");
  struct pollfd *fds = NULL;
  size_t room = 0;
  for (;;) {
    size_t count = 2;
    for (struct sandbox *s = sandboxes; s != NULL; s = s->next) count += 2;
    if (count > room && (fds = realloc(fds, (room = 2 * count) * sizeof *fds)) == NULL) die("no memory");
    fds[0] = (struct pollfd){.fd = 0, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = signals, .events = POLLIN};
    size_t n = 2;
    for (struct sandbox *s = sandboxes; s != NULL; s = s->next) {
      fds[n++] = (struct pollfd){.fd = s->first.fd, .events = POLLIN | (s->first.oldest != NULL ? POLLOUT : 0)};
      fds[n++] = (struct pollfd){.fd = s->input.oldest != NULL ? s->input.fd : -1, .events = POLLOUT};
    }
    if (poll(fds, count, -1) == -1 && errno != EINTR) die("poll");
    n = 2;
    for (struct sandbox *s = sandboxes; s != NULL; s = s->next, n += 2) {
      if (fds[n + 1].revents != 0) pass_to_input(s);
      if (fds[n].revents & POLLOUT) pass_to_first(s);
      if (fds[n].revents & (POLLIN | POLLHUP | POLLERR)) pass_output(s);
    }
    struct signalfd_siginfo noted;
    while (read(signals, &noted, sizeof noted) > 0) {}
    reap();
    finish_exited();
    if (fds[0].revents != 0) take_frame();
  }
}
