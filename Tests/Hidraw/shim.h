/* The preload shim, which gives a client process security keys that the kernel does not have.
 *
 * Under LD_PRELOAD, and with FIDOCTL_TEST_HIDRAW naming a test bed's folder, a program sees
 *
 *     /dev/hidrawN            a connection to the SEQPACKET socket BED/dev/hidrawN        device.c
 *     /dev (its listing), /sys, /run/udev        BED/dev, BED/sys, BED/run/udev           paths.c
 *     netlink uevents         datagrams sent to the sockets in BED/uevents                uevents.c
 *
 * so the real libudev, libhidapi-hidraw, libfido2 and python-fido2 list and open keys unmodified and
 * unprivileged.  scripts/testbed builds this library, writes the folder and sends the events;
 * docs/testing.md describes how to use both with any program.
 *
 * Not covered: descriptors passed through exec() or copied with dup(), static executables.
 */
#ifndef SHIM_H
#define SHIM_H

#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>

/* The C library's own function of this name. */
#define NEXT(name) \
	({ static __typeof__(&name) next_; if (!next_) next_ = (__typeof__(&name))dlsym(RTLD_NEXT, #name); next_; })

#define MAX_FD 4096

/* The test bed's folder, or NULL to change nothing. */
extern const char *bed;

/* paths.c */
void bed_file(char out[PATH_MAX], const char *format, ...) __attribute__((format(printf, 2, 3)));
int node_number(int dirfd, const char *path);		/* N of /dev/hidrawN, or -1 */

/* device.c */
int device_open(int node, int flags);
bool device_close(int fd);				/* call before close(fd) */
int device_access(int node, int how);
int device_stat(int node, struct stat *status);

/* uevents.c */
void monitor_close(int fd);

#endif
