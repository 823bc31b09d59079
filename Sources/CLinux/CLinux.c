#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const int clinux_new_network = CLONE_NEWNET, clinux_new_mounts = CLONE_NEWNS, clinux_new_host_name = CLONE_NEWUTS,
          clinux_new_processes = CLONE_NEWPID, clinux_new_ipc = CLONE_NEWIPC;

// MARK: Processes

// The child of a process with threads may only make system calls.
static void begin(const struct clinux_process *process, pid_t parent) {
  char byte;
  // Until it is its program nobody can tell whose it is, so that it doesn't outlive its parent. One in a namespace of
  // process numbers of its own doesn't see the parent's.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pid_t present = getppid();
  if (present != 0 && present != parent) _exit(127);
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  if (process->network >= 0 && setns(process->network, CLONE_NEWNET) != 0) _exit(127);
  // Out of the way of the numbers that they get.
  int kept[4], null = open("/dev/null", O_RDWR);
  for (int index = 0; index < 4; index++) {
    int descriptor = process->descriptors[index];
    kept[index] = fcntl(descriptor >= 0 ? descriptor : null, F_DUPFD, 100);
  }
  int gate = process->gate >= 0 ? fcntl(process->gate, F_DUPFD, 100) : -1;
  for (int index = 0; index < 3; index++) dup2(kept[index], index);
  unsigned first = 3;
  if (process->descriptors[3] >= 0) dup2(kept[3], (int)first++);
  if (gate >= 0) {
    dup2(gate, (int)first);
    syscall(SYS_close_range, first + 1, ~0u, 0);
    if (read((int)first, &byte, 1) != 1) _exit(127);
  }
  syscall(SYS_close_range, first, ~0u, 0);
  prctl(PR_SET_PDEATHSIG, 0);
  execve(process->path, process->arguments, process->environment);
  _exit(127);
}

int clinux_start(const struct clinux_process *process) {
  // Signals that arrive before the child has its own handlers must not run the parent's in it.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t own = getpid();
  long child = syscall(SYS_clone, process->namespaces | SIGCHLD, NULL, NULL, NULL, NULL);
  if (child == 0) begin(process, own);
  int problem = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = problem;
  return (int)child;
}

static int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

int clinux_wait(int process) {
  int status;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return code_of(status);
}

int clinux_ended(int process) {
  int status;
  int ended = waitpid(process, &status, WNOHANG);
  if (ended == 0) return -2;
  return ended < 0 ? -1 : code_of(status);
}

int clinux_execute(const char *path, char *const *arguments) {
  // Threads that a library lends block signals, and programs would go on doing that.
  sigset_t none, before;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, &before);
  execvp(path, arguments);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return -1;
}

int clinux_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1); }

int clinux_thread_priority(int nice) { return setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice); }

int clinux_name_thread(const char *name) { return prctl(PR_SET_NAME, name); }

// MARK: Files

int clinux_memory_file(const void *bytes, size_t count) {
  int file = memfd_create("containerize", MFD_CLOEXEC);
  if (file < 0) return -1;
  for (size_t written = 0; written < count;) {
    ssize_t step = write(file, (const char *)bytes + written, count - written);
    if (step < 0) {
      close(file);
      return -1;
    }
    written += (size_t)step;
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

int clinux_private_mounts(void) {
  if (unshare(CLONE_NEWNS) != 0) return -1;
  return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

int clinux_mount_tmpfs(const char *path, const char *options) {
  return mount("containerize", path, "tmpfs", MS_NOSUID, options);
}

// MARK: Network

// Does something in another network namespace; the thread is back when it returns.
static int enter(int network, int *own) {
  *own = -1;
  if (network < 0) return 0;
  *own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  if (*own < 0) return -1;
  if (setns(network, CLONE_NEWNET) == 0) return 0;
  close(*own);
  return -1;
}

static void leave(int own) {
  if (own < 0) return;
  int problem = errno;
  // A thread that is left in a namespace that isn't its own would do harm.
  if (setns(own, CLONE_NEWNET) != 0) abort();
  close(own);
  errno = problem;
}

int clinux_tap(int network, const char *name) {
  int own, result = -1;
  if (enter(network, &own) != 0) return -1;
  int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tap >= 0) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(tap, TUNSETIFF, &request) == 0) {
      result = tap;
    } else {
      int problem = errno;
      close(tap);
      errno = problem;
    }
  }
  leave(own);
  return result;
}

int clinux_icmp_socket(int network) {
  int own;
  if (enter(network, &own) != 0) return -1;
  int result = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP);
  leave(own);
  if (result >= 0) {
    // Full-size packets have to arrive in one piece.
    int discover = IP_PMTUDISC_PROBE, size = 1 << 22;
    setsockopt(result, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof discover);
    setsockopt(result, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  }
  return result;
}

int clinux_send(int socket, uint32_t source, uint32_t target, const void *bytes, size_t count) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = target};
  union {
    char space[CMSG_SPACE(sizeof(struct in_pktinfo))];
    struct cmsghdr alignment;
  } control;
  memset(&control, 0, sizeof control);
  struct iovec content = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {
      .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &content, .msg_iovlen = 1};
  if (source != 0) {
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_IP;
    header->cmsg_type = IP_PKTINFO;
    header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
    struct in_pktinfo info = {.ipi_spec_dst.s_addr = source};
    memcpy(CMSG_DATA(header), &info, sizeof info);
  }
  return (int)sendmsg(socket, &message, MSG_NOSIGNAL);
}

int clinux_receive(int socket, uint32_t *source, void *bytes, size_t count) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  int received = (int)recvfrom(socket, bytes, count, 0, (struct sockaddr *)&address, &length);
  if (received >= 0) *source = address.sin_addr.s_addr;
  return received;
}

// MARK: Local sockets

// `sun_path` holds 108 bytes; a path below an open directory is short.
static int address_in(const char *directory, const char *name, struct sockaddr_un *address) {
  int place = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (place < 0) return -1;
  address->sun_family = AF_UNIX;
  int length = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", place, name);
  if (length >= (int)sizeof address->sun_path) {
    close(place);
    errno = ENAMETOOLONG;
    return -1;
  }
  return place;
}

int clinux_listen(const char *directory, const char *name) {
  struct sockaddr_un address;
  int place = address_in(directory, name, &address);
  if (place < 0) return -1;
  int result = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  mode_t before = umask(0177);
  if (result >= 0 &&
      (bind(result, (struct sockaddr *)&address, sizeof address) != 0 || listen(result, 64) != 0)) {
    int problem = errno;
    close(result);
    errno = problem;
    result = -1;
  }
  umask(before);
  int problem = errno;
  close(place);
  errno = problem;
  return result;
}

int clinux_connect(const char *directory, const char *name) {
  struct sockaddr_un address;
  int place = address_in(directory, name, &address);
  if (place < 0) return -1;
  int result = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (result >= 0 && connect(result, (struct sockaddr *)&address, sizeof address) != 0) {
    int problem = errno;
    close(result);
    errno = problem;
    result = -1;
  }
  int problem = errno;
  close(place);
  errno = problem;
  return result;
}

int clinux_write(int socket, const void *bytes, size_t count) {
  return (int)send(socket, bytes, count, MSG_NOSIGNAL);
}

int clinux_accept(int socket) { return accept4(socket, NULL, NULL, SOCK_CLOEXEC); }

int clinux_set_patience(int socket, int milliseconds) {
  struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
  return setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

int clinux_socket_pair(int descriptors[2]) {
  return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, descriptors);
}

int clinux_stream_pair(int descriptors[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, descriptors);
}

int clinux_pass_descriptor(int socket, int descriptor) {
  union {
    char space[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control;
  memset(&control, 0, sizeof control);
  char byte = 0;
  struct iovec content = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {
      .msg_iov = &content, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  return sendmsg(socket, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

int clinux_connect_tcp(int network, uint32_t target, uint16_t port) {
  int own;
  if (enter(network, &own) != 0) return -1;
  int result = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  leave(own);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = target, .sin_port = htons(port)};
  // No longer than somebody waits.
  struct timeval limit = {.tv_sec = 20};
  if (result >= 0) setsockopt(result, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (result >= 0 && connect(result, (struct sockaddr *)&address, sizeof address) != 0) {
    int problem = errno;
    close(result);
    errno = problem;
    result = -1;
  }
  return result;
}

// MARK: Events

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_epoll_add(int epoll, int descriptor, uint32_t number) {
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = number};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_remove(int epoll, int descriptor) { return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL); }

int clinux_epoll_wait(int epoll, uint32_t *numbers, int count, int64_t nanoseconds) {
  struct epoll_event events[64];
  if (count > 64) count = 64;
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  int ready = epoll_pwait2(epoll, events, count, nanoseconds < 0 ? NULL : &limit, NULL);
  for (int index = 0; index < ready; index++) numbers[index] = events[index].data.u32;
  return ready;
}

int clinux_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int64_t clinux_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
