// A drive of another machine, as a process sees it: files lie on it, but no memory can be shared over it (mmap of the
// log's index fails as on 9p and some FUSE drives), or it keeps no locks (fcntl fails as on NFS without lockd).
// HOLOGRAPH_DRIVE is `noShare` or `noLocks`. cc -shared -fPIC -o networkDrive.so networkDrive.c
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int is(const char *mode) {
  const char *drive = getenv("HOLOGRAPH_DRIVE");
  return drive && strcmp(drive, mode) == 0;
}

static int ends(int file, const char *end) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  size_t tail = strlen(end);
  return (size_t)length >= tail && strcmp(path + length - tail, end) == 0;
}

static void *map(const char *name, void *at, size_t length, int rights, int flags, int file, off_t from) {
  void *(*real)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, name);
  if (file >= 0 && (flags & MAP_SHARED) && is("noShare") && ends(file, ".sqlite-shm")) {
    errno = ENODEV;
    return MAP_FAILED;
  }
  return real(at, length, rights, flags, file, from);
}

void *mmap(void *at, size_t length, int rights, int flags, int file, off_t from) {
  return map("mmap", at, length, rights, flags, file, from);
}

void *mmap64(void *at, size_t length, int rights, int flags, int file, off_t from) {
  return map("mmap64", at, length, rights, flags, file, from);
}

static int locks(const char *name, int file, int command, void *argument) {
  int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
  int locking = command == F_SETLK || command == F_SETLKW;
  if (locking && is("noLocks") && (ends(file, ".sqlite") || ends(file, ".sqlite-shm"))) {
    errno = ENOLCK;
    return -1;
  }
  return real(file, command, argument);
}

int fcntl(int file, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  return locks("fcntl", file, command, argument);
}

int fcntl64(int file, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  return locks("fcntl64", file, command, argument);
}
