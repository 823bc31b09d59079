// System calls that Swift can't make: those between `clone` and `exec`, those that take variable arguments, and those
// that move a thread into another namespace and back. Each returns -1 and sets `errno` when it fails.

#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// A process to start.
struct clinux_process {
  /// The program, and its arguments and environment, which end with NULL.
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// What the process gets as descriptors 0 to 3; -1 for `/dev/null`, and none in place of descriptor 3.
  int descriptors[4];
  /// `CLONE_NEW…`: the namespaces that it has to itself.
  int namespaces;
  /// A network namespace to start it in; -1 for the caller's.
  int network;
  /// A descriptor from which it reads one byte before the program begins; at its end the process does. -1 for none.
  int gate;
};

/// Starts a process in a session of its own and returns its number.
int clinux_start(const struct clinux_process *process);

/// `CLONE_NEWNET` and so on, which Swift doesn't see.
extern const int clinux_new_network, clinux_new_mounts, clinux_new_host_name, clinux_new_processes, clinux_new_ipc;

/// Waits for a process that was started; returns its exit code, or 128 and the number of the signal that ended it.
int clinux_wait(int process);

/// The same if it has ended, and -2 if it hasn't.
int clinux_ended(int process);

/// A file in memory with these bytes, to be read from its beginning.
int clinux_memory_file(const void *bytes, size_t count);

/// Makes a TAP interface in a network namespace (-1: the caller's) and returns the descriptor of its frames, which
/// doesn't block.
int clinux_tap(int network, const char *name);

/// A raw ICMP socket in a network namespace (-1: the caller's), which doesn't block.
int clinux_icmp_socket(int network);

/// Sends an ICMP message to an address, both in network order.
int clinux_send(int socket, uint32_t source, uint32_t target, const void *bytes, size_t count);

/// Receives an ICMP message: its sender and length. -1 with EAGAIN if there is none.
int clinux_receive(int socket, uint32_t *source, void *bytes, size_t count);

/// A listening Unix socket in a directory, and a connection to one. Paths may be longer than sockets' are.
int clinux_listen(const char *directory, const char *name);
int clinux_connect(const char *directory, const char *name);
int clinux_accept(int socket);

/// Has reads from a socket fail with EAGAIN after some milliseconds.
int clinux_set_patience(int socket, int milliseconds);

/// A pair of connected sockets: of messages, and of a stream.
int clinux_socket_pair(int descriptors[2]);
int clinux_stream_pair(int descriptors[2]);

/// Passes a descriptor to the process at the other end of a Unix socket.
int clinux_pass_descriptor(int socket, int descriptor);

/// Connects to a port from a network namespace (-1: the caller's); the address is in network order.
int clinux_connect_tcp(int network, uint32_t target, uint16_t port);

/// Waits until one of the descriptors of an epoll set can be read, for some nanoseconds (-1: for ever).
/// Returns how many can, and the numbers that they were added with.
int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int descriptor, uint32_t number);
int clinux_epoll_remove(int epoll, int descriptor);
int clinux_epoll_wait(int epoll, uint32_t *numbers, int count, int64_t nanoseconds);

/// A descriptor that another thread can wake an epoll set by.
int clinux_event(void);

/// Writes to a socket, whether there is a reader or not.
int clinux_write(int socket, const void *bytes, size_t count);

/// Names the calling thread: up to 15 bytes.
int clinux_name_thread(const char *name);

/// Has the calling thread come before others (`nice` -20 to 19).
int clinux_thread_priority(int nice);

/// Gives the process a mount namespace of its own that nothing gets out of. To be called before there are threads.
int clinux_private_mounts(void);

/// Mounts a file system in memory.
int clinux_mount_tmpfs(const char *path, const char *options);

/// Replaces this process by a program.
int clinux_execute(const char *path, char *const *arguments);

/// Has children of processes that end become this one's.
int clinux_adopt_orphans(void);

/// Monotonic time in nanoseconds.
int64_t clinux_now(void);

#endif
