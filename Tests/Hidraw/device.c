/* Devices: an open /dev/hidrawN is a connection to a SEQPACKET socket, with one report per message.
 *
 * poll, ppoll, select, epoll, time-outs, truncated reads, O_NONBLOCK, O_CLOEXEC and fork are the kernel's own.
 * Only the differences between a socket and drivers/hid/hidraw.c are wrapped: ioctl, fstat, lseek, flock, and
 * the errors after an unplug, which is the server closing the connection.  A write() is sent unchanged,
 * including the report number; a message from the server is one input report.
 *
 * BED/denied/hidrawN, if it exists, contains the errno with which open() and access() fail.
 */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

static struct { bool ours; int node, lock; } opened[MAX_FD];

static bool is_ours(int fd) { return fd >= 0 && fd < MAX_FD && opened[fd].ours; }

static int fail(int error) { errno = error; return -1; }

/* Reads a small file of the test bed, with a terminating 0; -1 if it does not exist. */
static ssize_t contents(const char *path, char *buffer, size_t size)
{
	int fd = NEXT(open)(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : NEXT(read)(fd, buffer, size - 1);
	if (fd >= 0)
		NEXT(close)(fd);
	buffer[n > 0 ? n : 0] = 0;
	return n;
}

static ssize_t attribute(int node, const char *name, char *buffer, size_t size)
{
	char path[PATH_MAX];
	bed_file(path, "sys/class/hidraw/hidraw%d/%s", node, name);
	return contents(path, buffer, size);
}

/* The error with which open must fail in this test bed, or 0. */
static int denial(int node)
{
	char path[PATH_MAX], number[16];
	bed_file(path, "denied/hidraw%d", node);
	return contents(path, number, sizeof number) > 0 ? atoi(number) : 0;
}

/* Opening and closing */

static int connected(int node, int flags)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char path[PATH_MAX];
	bed_file(path, "dev/hidraw%d", node);
	if (strlen(path) >= sizeof address.sun_path)
		return fail(ENAMETOOLONG);
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | (flags & O_CLOEXEC ? SOCK_CLOEXEC : 0), 0);
	if (fd < 0)
		return -1;
	/* A USB key buffers few reports; the smallest socket buffer holds six. */
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &(int){ 1 }, sizeof(int));
	if (!connect(fd, (struct sockaddr *)&address, sizeof address)) {
		if (flags & O_NONBLOCK)
			fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
		return fd;
	}
	int error = errno == ENOENT ? ENOENT : ENODEV;
	NEXT(close)(fd);
	return fail(error);
}

/* Each connection is a separate socket, so flock() needs one file for all of them. */
static int lock_file(int node)
{
	char path[PATH_MAX];
	bed_file(path, "locks/hidraw%d", node);
	return NEXT(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

int device_open(int node, int flags)
{
	int error = denial(node);
	if (error)
		return fail(error);
	int lock = lock_file(node);
	if (lock < 0)
		return -1;
	int fd = connected(node, flags);
	if (fd < 0 || fd >= MAX_FD) {
		error = fd < 0 ? errno : EMFILE;
		NEXT(close)(lock);
		if (fd >= 0)
			NEXT(close)(fd);
		return fail(error);
	}
	opened[fd].node = node;
	opened[fd].lock = lock;
	opened[fd].ours = true;
	return fd;
}

bool device_close(int fd)
{
	if (!is_ours(fd))
		return false;
	opened[fd].ours = false;
	NEXT(close)(opened[fd].lock);
	return true;
}

/* Status */

int device_stat(int node, struct stat *status)
{
	char path[PATH_MAX], number[32];
	unsigned first = 0, second = 0;
	bed_file(path, "dev/hidraw%d", node);
	if (NEXT(stat)(path, status))
		return -1;
	if (attribute(node, "dev", number, sizeof number) > 0 && sscanf(number, "%u:%u", &first, &second) == 2)
		status->st_rdev = makedev(first, second);
	status->st_mode = S_IFCHR | 0660;
	if (denial(node) == EACCES) {		/* like a node without a udev rule */
		status->st_mode = S_IFCHR | 0600;
		status->st_uid = status->st_gid = 0;
	}
	return 0;
}

int device_access(int node, int how)
{
	struct stat status;
	if (device_stat(node, &status))
		return -1;
	int error = how == F_OK ? 0 : denial(node);
	return error ? fail(error) : 0;
}

#define WRAP_FSTAT(name, type) \
int name(int fd, struct type *status) \
{ \
	return is_ours(fd) ? device_stat(opened[fd].node, (struct stat *)status) : NEXT(name)(fd, status); \
}
WRAP_FSTAT(fstat, stat)
WRAP_FSTAT(fstat64, stat64)

off_t lseek(int fd, off_t offset, int from) { return is_ours(fd) ? 0 : NEXT(lseek)(fd, offset, from); }
off64_t lseek64(int fd, off64_t offset, int from) { return is_ours(fd) ? 0 : NEXT(lseek64)(fd, offset, from); }

int flock(int fd, int operation) { return NEXT(flock)(is_ours(fd) ? opened[fd].lock : fd, operation); }

/* Reports */

ssize_t read(int fd, void *buffer, size_t size)
{
	ssize_t n = NEXT(read)(fd, buffer, size);
	if (!is_ours(fd))
		return n;
	if (n < 0 && errno == ECONNRESET)	/* the server closed with reports unread; ours may still be queued */
		n = NEXT(read)(fd, buffer, size);
	return n == 0 && size ? fail(EIO) : n;
}

ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room)
{
	if (size > room)
		abort();
	return read(fd, buffer, size);
}

/* A key with full buffers blocks write(), even with O_NONBLOCK, and a signal does not interrupt it. */
static bool is_writable_within_5_s(int fd)
{
	struct pollfd state = { .fd = fd, .events = POLLOUT };
	int n;
	while ((n = poll(&state, 1, 5000)) < 0 && errno == EINTR)
		;
	return n > 0;
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	if (!is_ours(fd))
		return NEXT(write)(fd, buffer, size);
	if (size < 2 || size > 16384)
		return fail(EINVAL);
	ssize_t n;
	while ((n = send(fd, buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT)) < 0 && errno == EAGAIN)
		if (!is_writable_within_5_s(fd))
			return fail(ETIMEDOUT);
	if (n < 0 && (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN))
		errno = ENODEV;
	return n;
}

/* ioctl */

/* The value of KEY= in the device's uevent, truncated to the caller's buffer without a final 0, as in the kernel. */
static int text_ioctl(char *uevent, const char *key, unsigned long request, char *out)
{
	char *value = strstr(uevent, key);
	value = value ? value + strlen(key) : strchr(uevent, 0);
	value[strcspn(value, "\n")] = 0;
	size_t length = strlen(value) + 1, room = _IOC_SIZE(request);
	if (length > room)
		length = room;
	memcpy(out, value, length);
	return (int)length;
}

static int descriptor_ioctl(int node, struct hidraw_report_descriptor *out)
{
	char bytes[HID_MAX_DESCRIPTOR_SIZE + 1];
	ssize_t length = attribute(node, "device/report_descriptor", bytes, sizeof bytes);
	if (length < 0)
		return fail(ENODEV);
	if (out->size > HID_MAX_DESCRIPTOR_SIZE - 1)
		return fail(EINVAL);
	memcpy(out->value, bytes, out->size < length ? out->size : (size_t)length);
	return 0;
}

static int hidraw_ioctl(int node, unsigned long request, void *out)
{
	char uevent[2048], descriptor[HID_MAX_DESCRIPTOR_SIZE + 1];
	unsigned bus = 0, vendor = 0, product = 0;
	if (attribute(node, "device/uevent", uevent, sizeof uevent) < 0)
		return fail(ENODEV);
	switch (_IOC_NR(request)) {
	case _IOC_NR(HIDIOCGRDESCSIZE):
		*(int *)out = (int)attribute(node, "device/report_descriptor", descriptor, sizeof descriptor);
		return 0;
	case _IOC_NR(HIDIOCGRDESC):
		return descriptor_ioctl(node, out);
	case _IOC_NR(HIDIOCGRAWINFO): {
		const char *id = strstr(uevent, "HID_ID=");
		if (id)
			sscanf(id, "HID_ID=%x:%x:%x", &bus, &vendor, &product);
		*(struct hidraw_devinfo *)out = (struct hidraw_devinfo){ bus, (short)vendor, (short)product };
		return 0;
	}
	case _IOC_NR(HIDIOCGRAWNAME(0)):
		return text_ioctl(uevent, "HID_NAME=", request, out);
	case _IOC_NR(HIDIOCGRAWPHYS(0)):
		return text_ioctl(uevent, "HID_PHYS=", request, out);
	case _IOC_NR(HIDIOCGRAWUNIQ(0)):
		return text_ioctl(uevent, "HID_UNIQ=", request, out);
	}
	return fail(ENOTTY);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	va_start(arguments, request);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	if (!is_ours(fd) || request == FIONBIO || request == FIOCLEX || request == FIONCLEX)
		return NEXT(ioctl)(fd, request, argument);
	struct pollfd state = { .fd = fd };
	if (poll(&state, 1, 0) > 0 && (state.revents & POLLHUP))
		return fail(ENODEV);
	if (_IOC_TYPE(request) != 'H')
		return fail(EINVAL);
	return hidraw_ioctl(opened[fd].node, request, argument);
}
