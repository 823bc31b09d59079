// The first process of a light container: it makes the container's view of the file system, runs the start command,
// and collects processes that end. It is started in namespaces of its own, with a socket to the host's agent as
// descriptor 3; where the agent goes, that socket ends, this process does too, and the kernel ends all others in it.
//
//   container_init NAME LOWER UPPER WORK ROOT CONFIG COMMAND   a container; CONFIG and COMMAND may be empty
//   container_init --machine PROGRAM ARGUMENT…                 holds those of a virtual machine, and runs QEMU when told
//   container_init --hold                                      holds its namespaces until it is killed
//
// To the agent: "ready", "failed REASON", "started", "ended STATUS". From the agent: "start".
// Variables of its environment that begin with "START:" are those of the start command.
// It isn't Swift because there are hundreds of them on a host: this one takes 200 kB.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { agent = 3 };
static const char *log_directory = "/var/containers/log";

static void tell(const char *format, ...) {
  char text[512];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  if (length >= (int)sizeof text) length = sizeof text - 1;
  send(agent, text, (size_t)length, MSG_NOSIGNAL);
}

static void fail(const char *what) {
  tell("failed %s: %s", what, strerror(errno));
  _exit(1);
}

// MARK: File system

static void in_root(char *path, size_t size, const char *root, const char *rest) {
  snprintf(path, size, "%s%s", root, rest);
}

static void mount_in(const char *root, const char *place, const char *source, const char *type, unsigned long flags,
                     const char *options) {
  char path[4096];
  in_root(path, sizeof path, root, place);
  mkdir(path, 0755);
  if (mount(source, path, type, flags, options) != 0) fail(place);
}

// Device files that can do no harm.
static void make_devices(const char *root) {
  static const struct {
    const char *name;
    unsigned major, minor;
  } devices[] = {{"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}};
  char path[4096];
  mode_t before = umask(0);
  for (size_t index = 0; index < sizeof devices / sizeof *devices; index++) {
    snprintf(path, sizeof path, "%s/dev/%s", root, devices[index].name);
    if (mknod(path, S_IFCHR | 0666, makedev(devices[index].major, devices[index].minor)) != 0) fail(path);
  }
  snprintf(path, sizeof path, "%s/dev/net", root);
  mkdir(path, 0755);
  snprintf(path, sizeof path, "%s/dev/net/tun", root);
  mknod(path, S_IFCHR | 0666, makedev(10, 200));
  umask(before);
  static const char *const links[][2] = {{"/proc/self/fd", "fd"},     {"/proc/self/fd/0", "stdin"},
                                         {"/proc/self/fd/1", "stdout"}, {"/proc/self/fd/2", "stderr"},
                                         {"pts/ptmx", "ptmx"}};
  for (size_t index = 0; index < sizeof links / sizeof *links; index++) {
    snprintf(path, sizeof path, "%s/dev/%s", root, links[index][1]);
    if (symlink(links[index][0], path) != 0) fail(path);
  }
}

static void make_root(const char *lower, const char *upper, const char *work, const char *root, const char *config) {
  if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) fail("mounts");
  char options[12000], path[4096];
  snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work);
  if (mount("container", root, "overlay", 0, options) != 0) fail("root file system");
  mount_in(root, "/proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
  mount_in(root, "/sys", "sysfs", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, NULL);
  mount_in(root, "/dev", "devices", "tmpfs", MS_NOSUID, "mode=755,size=64k,nr_inodes=64");
  make_devices(root);
  mount_in(root, "/dev/pts", "devpts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620");
  mount_in(root, "/dev/shm", "shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
  mount_in(root, "/run", "run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755");
  mount_in(root, "/tmp", "tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
  if (*config) {
    in_root(path, sizeof path, root, "/var/containers/config");
    if (mount(config, path, NULL, MS_BIND, NULL) != 0 ||
        mount("none", path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) != 0)
      fail("configuration directory");
  }
  if (chdir(root) != 0 || syscall(SYS_pivot_root, ".", ".") != 0) fail("change of the root");
  if (umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) fail("change of the root");
}

// MARK: Kernel settings

static void set(const char *path, const char *value) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  if (write(file, value, strlen(value)) < 0) tell("note %s can't be set: %s", path, strerror(errno));
  close(file);
}

// Every node forwards; packets may come back another way than they went; and where nobody uses IPv6, its
// announcements would only flood large networks.
static void prepare_network(void) {
  int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (any < 0 || ioctl(any, SIOCSIFFLAGS, &request) != 0) fail("interface lo");
  close(any);
  set("/proc/sys/net/ipv4/ip_forward", "1");
  set("/proc/sys/net/ipv4/conf/all/rp_filter", "0");
  set("/proc/sys/net/ipv4/conf/default/rp_filter", "0");
  set("/proc/sys/net/ipv4/conf/all/send_redirects", "0");
  set("/proc/sys/net/ipv4/conf/default/send_redirects", "0");
  set("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
  set("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
}

// What would reach the machine itself.
static void drop_capabilities(void) {
  static const int reaching[] = {CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_TIME,   CAP_MKNOD,
                                 CAP_SYSLOG,     CAP_MAC_ADMIN, CAP_MAC_OVERRIDE, CAP_WAKE_ALARM};
  for (size_t index = 0; index < sizeof reaching / sizeof *reaching; index++)
    prctl(PR_CAPBSET_DROP, reaching[index], 0, 0, 0);
  // What the bounding set lacks is lost at the next exec.
}

// MARK: Start command

static void write_log(const char *format, ...) {
  char path[256], line[512], date[64];
  snprintf(path, sizeof path, "%s/start_command.log", log_directory);
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  time_t now = time(NULL);
  struct tm parts;
  gmtime_r(&now, &parts);
  strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &parts);
  va_list values;
  va_start(values, format);
  char text[400];
  vsnprintf(text, sizeof text, format, values);
  va_end(values);
  int length = snprintf(line, sizeof line, "%s %s\n", date, text);
  if (write(file, line, (size_t)length) != length) { /* A full disk: nothing is to be done about it here. */
  }
  close(file);
}

static void redirect(const char *name, int descriptor) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", log_directory, name);
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file >= 0) dup2(file, descriptor);
}

// The experiment's variables come in this process's environment, where the prefix keeps them apart.
static const char prefix[] = "START:";

static void give_environment(void) {
  char **given = environ;
  clearenv();
  for (; given && *given; given++) {
    if (strncmp(*given, prefix, sizeof prefix - 1) == 0) putenv(*given + sizeof prefix - 1);
  }
}

static pid_t start(const char *command, const char *name) {
  write_log("started: %s", command);
  pid_t child = fork();
  if (child != 0) {
    tell("started");
    return child;
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  redirect("start_command.out", 1);
  redirect("start_command.err", 2);
  close(agent);
  give_environment();
  setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
  setenv("HOME", "/root", 1);
  setenv("USER", "root", 1);
  setenv("LOGNAME", "root", 1);
  setenv("SHELL", "/bin/bash", 1);
  setenv("HOSTNAME", name, 1);
  if (chdir("/root") != 0 && chdir("/") != 0) _exit(126);
  // The documented commands redirect with `>&`, which bash knows and dash doesn't.
  execl("/bin/bash", "bash", "-c", command, (char *)NULL);
  execl("/bin/sh", "sh", "-c", command, (char *)NULL);
  _exit(127);
}

// MARK: Life

static void collect(pid_t *command) {
  int status;
  pid_t ended;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != *command) continue;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    write_log("ended with status %d", code);
    tell("ended %d", code);
    *command = -1;
  }
}

// A descriptor that can be read when a child has ended.
static int watch_children(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  int children = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  if (children < 0) fail("signalfd");
  return children;
}

static void take_signals(int children) {
  struct signalfd_siginfo info;
  while (read(children, &info, sizeof info) > 0) {
  }
}

static void serve(const char *command, const char *name) {
  int children = watch_children();
  pid_t running = -1;
  tell("ready");
  for (;;) {
    struct pollfd events[] = {{.fd = agent, .events = POLLIN}, {.fd = children, .events = POLLIN}};
    if (poll(events, 2, -1) < 0 && errno != EINTR) _exit(1);
    if (events[1].revents) {
      take_signals(children);
      collect(&running);
    }
    if (!events[0].revents) continue;
    char text[64];
    ssize_t length = read(agent, text, sizeof text - 1);
    if (length <= 0) _exit(0);
    text[length] = 0;
    if (strcmp(text, "start") == 0 && *command && running < 0) running = start(command, name);
  }
}

// MARK: Virtual machines

// Descriptor 0 is QEMU's serial line. What ends QEMU ends this process, with the same code.
static void run_machine(char **arguments) {
  // The namespace has no addresses: it joins cards to networks.
  set("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
  set("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
  drop_capabilities();
  int children = watch_children();
  pid_t machine = -1;
  tell("ready");
  for (;;) {
    struct pollfd events[] = {{.fd = agent, .events = POLLIN}, {.fd = children, .events = POLLIN}};
    if (poll(events, 2, -1) < 0 && errno != EINTR) _exit(1);
    if (events[1].revents) {
      take_signals(children);
      int status;
      pid_t ended;
      while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
        if (ended == machine) _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    }
    if (!events[0].revents) continue;
    char text[64];
    if (read(agent, text, sizeof text) <= 0) _exit(0);
    if (machine >= 0) continue;
    machine = fork();
    if (machine != 0) continue;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(arguments[0], arguments);
    _exit(127);
  }
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "--hold") == 0) {
    for (;;) pause();
  }
  if (count > 2 && strcmp(arguments[1], "--machine") == 0) {
    fcntl(agent, F_SETFD, FD_CLOEXEC);
    run_machine(arguments + 2);
  }
  if (count != 8) {
    fprintf(stderr, "container_init: started by hypervisor, not by hand\n");
    return 64;
  }
  const char *name = arguments[1], *command = arguments[7];
  fcntl(agent, F_SETFD, FD_CLOEXEC);
  umask(022);
  if (sethostname(name, strlen(name)) != 0) fail("host name");
  make_root(arguments[2], arguments[3], arguments[4], arguments[5], arguments[6]);
  prepare_network();
  drop_capabilities();
  serve(command, name);
}
