/* Paths: redirects /sys, /run/udev and the listing of /dev to the test bed's folder. */
#include "shim.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/sysmacros.h>
#include <unistd.h>

const char *bed;

__attribute__((constructor)) static void start(void)
{
	static char root[PATH_MAX];
	const char *folder = getenv("FIDOCTL_TEST_HIDRAW");
	if (!folder || !NEXT(realpath)(folder, root))
		return;
	bed = root;
	setenv("SYSTEMD_DEVICE_VERIFY_SYSFS", "0", 1);	/* libudev: accept a /sys that is not a sysfs */
}

void bed_file(char out[PATH_MAX], const char *format, ...)
{
	int at = snprintf(out, PATH_MAX, "%s/", bed);
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(out + at, (size_t)(PATH_MAX - at), format, arguments);
	va_end(arguments);
}

/* libudev opens a path component by component with openat(), starting at "/". */
static const char *absolute(int dirfd, const char *path, char buffer[PATH_MAX])
{
	char link[64], folder[4];
	if (!path || *path == '/' || dirfd == AT_FDCWD)
		return path;
	snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
	if (NEXT(readlink)(link, folder, sizeof folder) != 1)
		return path;
	snprintf(buffer, PATH_MAX, "/%s", path);
	return buffer;
}

static bool is_under(const char *path, const char *folder)
{
	size_t length = strlen(folder);
	return !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* The real path for `path`: in the test bed, or unchanged. */
static const char *redirect(int dirfd, const char *path, char buffer[PATH_MAX])
{
	char whole[PATH_MAX];
	const char *name = absolute(dirfd, path, whole);
	if (!bed || !name || *name != '/')
		return path;
	if (!is_under(name, "/sys") && !is_under(name, "/run/udev") && strcmp(name, "/dev") && strcmp(name, "/dev/"))
		return path;
	bed_file(buffer, "%s", name + 1);
	return buffer;
}

int node_number(int dirfd, const char *path)
{
	char whole[PATH_MAX];
	int node = -1, end = 0;
	path = absolute(dirfd, path, whole);
	if (!bed || !path || sscanf(path, "/dev/hidraw%d%n", &node, &end) != 1 || path[end] || node < 0)
		return -1;
	return node;
}

#define THERE(dirfd, path) char there_[PATH_MAX]; path = redirect(dirfd, path, there_)

/* Opening */

#define MODE_ARGUMENT \
	mode_t mode = 0; \
	if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) { \
		va_list arguments; \
		va_start(arguments, flags); \
		mode = va_arg(arguments, mode_t); \
		va_end(arguments); \
	}

#define WRAP_OPEN(name) \
int name(const char *path, int flags, ...) \
{ \
	MODE_ARGUMENT \
	int node = node_number(AT_FDCWD, path); \
	if (node >= 0) \
		return device_open(node, flags); \
	THERE(AT_FDCWD, path); \
	return NEXT(name)(path, flags, mode); \
}
WRAP_OPEN(open)
WRAP_OPEN(open64)

#define WRAP_OPENAT(name) \
int name(int dirfd, const char *path, int flags, ...) \
{ \
	MODE_ARGUMENT \
	int node = node_number(dirfd, path); \
	if (node >= 0) \
		return device_open(node, flags); \
	THERE(dirfd, path); \
	return NEXT(name)(dirfd, path, flags, mode); \
}
WRAP_OPENAT(openat)
WRAP_OPENAT(openat64)

int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open(path, flags); }
int __openat_2(int dirfd, const char *path, int flags) { return openat(dirfd, path, flags); }
int __openat64_2(int dirfd, const char *path, int flags) { return openat(dirfd, path, flags); }

#define WRAP_FOPEN(name) \
FILE *name(const char *path, const char *mode) { THERE(AT_FDCWD, path); return NEXT(name)(path, mode); }
WRAP_FOPEN(fopen)
WRAP_FOPEN(fopen64)

DIR *opendir(const char *path) { THERE(AT_FDCWD, path); return NEXT(opendir)(path); }

int close(int fd)
{
	if (!device_close(fd))
		monitor_close(fd);
	return NEXT(close)(fd);
}

/* Status */

#define WRAP_STAT(name, type) \
int name(const char *path, struct type *status) \
{ \
	_Static_assert(sizeof(struct type) == sizeof(struct stat), "64-bit files throughout"); \
	int node = node_number(AT_FDCWD, path); \
	if (node >= 0) \
		return device_stat(node, (struct stat *)status); \
	THERE(AT_FDCWD, path); \
	return NEXT(name)(path, status); \
}
WRAP_STAT(stat, stat)
WRAP_STAT(stat64, stat64)
WRAP_STAT(lstat, stat)
WRAP_STAT(lstat64, stat64)

#define WRAP_FSTATAT(name, type) \
int name(int dirfd, const char *path, struct type *status, int flags) \
{ \
	int node = node_number(dirfd, path); \
	if (node >= 0) \
		return device_stat(node, (struct stat *)status); \
	THERE(dirfd, path); \
	return NEXT(name)(dirfd, path, status, flags); \
}
WRAP_FSTATAT(fstatat, stat)
WRAP_FSTATAT(fstatat64, stat64)

int statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *x)
{
	struct stat s;
	int node = node_number(dirfd, path);
	if (node < 0) {
		THERE(dirfd, path);
		return NEXT(statx)(dirfd, path, flags, mask, x);
	}
	if (device_stat(node, &s))
		return -1;
	*x = (struct statx){
		.stx_mask = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_GID | STATX_INO,
		.stx_mode = (unsigned short)s.st_mode, .stx_nlink = 1, .stx_uid = s.st_uid, .stx_gid = s.st_gid,
		.stx_ino = s.st_ino, .stx_rdev_major = major(s.st_rdev), .stx_rdev_minor = minor(s.st_rdev),
		.stx_dev_major = major(s.st_dev), .stx_dev_minor = minor(s.st_dev),
	};
	return 0;
}

int faccessat(int dirfd, const char *path, int how, int flags)
{
	int node = node_number(dirfd, path);
	if (node >= 0)
		return device_access(node, how);
	THERE(dirfd, path);
	return NEXT(faccessat)(dirfd, path, how, flags);
}

int access(const char *path, int how) { return faccessat(AT_FDCWD, path, how, 0); }
int euidaccess(const char *path, int how) { return faccessat(AT_FDCWD, path, how, AT_EACCESS); }
int eaccess(const char *path, int how) { return faccessat(AT_FDCWD, path, how, AT_EACCESS); }

ssize_t readlink(const char *path, char *target, size_t size)
{
	THERE(AT_FDCWD, path);
	return NEXT(readlink)(path, target, size);
}

ssize_t readlinkat(int dirfd, const char *path, char *target, size_t size)
{
	THERE(dirfd, path);
	return NEXT(readlinkat)(dirfd, path, target, size);
}

char *realpath(const char *path, char *resolved)
{
	THERE(AT_FDCWD, path);
	char *result = NEXT(realpath)(path, resolved);
	if (result && bed && is_under(result, bed))
		memmove(result, result + strlen(bed), strlen(result + strlen(bed)) + 1);
	return result;
}

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
	THERE(AT_FDCWD, path);
	return NEXT(inotify_add_watch)(fd, path, mask);
}
