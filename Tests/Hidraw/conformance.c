/* Tests the behaviour of an open /dev/hidraw0, with a line of output for each rule, to compare the shim with a kernel.
 *
 * usage: conformance UNPLUG-COMMAND
 * A key with 64-byte reports that answers CTAPHID_INIT must be plugged in; UNPLUG-COMMAND unplugs it.
 * conformance.expected is the output on Linux 6.1, with a USB key and with uhid.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define NODE "/dev/hidraw0"

static unsigned char request[20000] = { 0, 0xff, 0xff, 0xff, 0xff, 0x86, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8 };
static unsigned char reply[200];

/* A call's return value, or the name of its error. */
static const char *result(long value)
{
	static char text[4][24];
	static int next;
	if (value < 0)
		return strerrorname_np(errno);
	next = (next + 1) % 4;
	snprintf(text[next], sizeof text[next], "%ld", value);
	return text[next];
}

static int poll_for(int fd, short events, int milliseconds)
{
	struct pollfd p = { fd, events, 0 };
	poll(&p, 1, milliseconds);
	return p.revents;
}

/* Sends INIT and waits until its reply has reached every open descriptor. */
static void ask(int fd)
{
	if (write(fd, request, 65) != 65 || !(poll_for(fd, POLLIN, 5000) & POLLIN))
		puts("NO REPLY TO INIT");
	usleep(50000);
}

static void read_all(int fd)
{
	while (poll_for(fd, POLLIN, 0) & POLLIN && read(fd, reply, 64) > 0)
		;
}

static void opening(int first, int second)
{
	struct stat by_fd, by_name;
	printf("open a missing node: %s\n", result(open("/dev/hidraw61", O_RDWR)));
	printf("close on exec: %d, %d\n", fcntl(first, F_GETFD) & FD_CLOEXEC, fcntl(second, F_GETFD) & FD_CLOEXEC);
	fstat(first, &by_fd);
	stat(NODE, &by_name);
	printf("fstat: character device %d, device number %d\n", S_ISCHR(by_fd.st_mode), by_fd.st_rdev != 0);
	printf("stat: character device %d, same number %d, same inode %d\n", S_ISCHR(by_name.st_mode),
	       by_fd.st_rdev == by_name.st_rdev, by_fd.st_ino == by_name.st_ino);
	printf("access: %s\n", result(access(NODE, R_OK | W_OK)));
	printf("lseek: %s\n", result(lseek(first, 0, SEEK_CUR)));
	printf("isatty: %d\n", isatty(first));
}

static void ioctls(int fd)
{
	struct hidraw_report_descriptor descriptor = { 0 };
	struct hidraw_devinfo info = { 0 };
	struct termios terminal;
	char text[256] = "", cut[8] = "";
	int size = 0, length;
	printf("descriptor size: %s", result(ioctl(fd, HIDIOCGRDESCSIZE, &size)));
	printf(", is 34: %d\n", size == 34);
	descriptor.size = (unsigned)size;
	printf("descriptor: %s", result(ioctl(fd, HIDIOCGRDESC, &descriptor)));
	printf(", begins %02x%02x%02x\n", descriptor.value[0], descriptor.value[1], descriptor.value[2]);
	descriptor.size = HID_MAX_DESCRIPTOR_SIZE;
	printf("descriptor of 4096: %s\n", result(ioctl(fd, HIDIOCGRDESC, &descriptor)));
	printf("raw info: %s", result(ioctl(fd, HIDIOCGRAWINFO, &info)));
	printf(", bus %u, vendor set %d\n", info.bustype, info.vendor != 0);
	length = ioctl(fd, HIDIOCGRAWNAME(sizeof text), text);
	printf("name: length with its 0: %d\n", length == (int)strlen(text) + 1);
	length = ioctl(fd, HIDIOCGRAWNAME(5), cut);
	printf("name cut at 5: %d, begins alike %d, nothing beyond %d\n", length, !memcmp(text, cut, 5), !cut[5]);
	length = ioctl(fd, HIDIOCGRAWUNIQ(64), memset(text, 0, sizeof text));
	printf("unique name: length with its 0: %d\n", length == (int)strlen(text) + 1);
	printf("unknown ioctl: %s\n", result(ioctl(fd, _IOR('H', 0x55, int), &size)));
	printf("terminal ioctl: %s\n", result(ioctl(fd, TCGETS, &terminal)));
}

static void locking(int first, int second)
{
	printf("flock: %s", result(flock(first, LOCK_EX | LOCK_NB)));
	printf(", by another: %s", result(flock(second, LOCK_EX | LOCK_NB)));
	flock(first, LOCK_UN);
	printf(", after unlock: %s\n", result(flock(second, LOCK_EX | LOCK_NB)));
	flock(second, LOCK_UN);
}

static void reports(int first, int second)
{
	int idle = poll_for(first, POLLIN | POLLOUT, 0);
	printf("idle: readable %d, writable %d\n", !!(idle & POLLIN), !!(idle & POLLOUT));
	printf("read without a report: %s\n", result(read(second, reply, 64)));
	printf("write of 0: %s", result(write(first, request, 0)));
	printf(", of 1: %s", result(write(first, request, 1)));
	printf(", of 20000: %s\n", result(write(first, request, 20000)));
	ask(first);
	printf("both who have it open get the reply: %s", result(read(first, reply, 64)));
	printf(", %s\n", result(read(second, reply, 64)));
	for (int i = 0; i < 3; i++)
		ask(first);
	printf("three reports queued: read of 200: %s", result(read(first, reply, 200)));
	printf(", of 10: %s", result(read(first, reply, 10)));
	printf(", of 64: %s", result(read(first, reply, 64)));
	fcntl(first, F_SETFL, O_NONBLOCK);
	printf(", then: %s\n", result(read(first, reply, 64)));
	int third = open(NODE, O_RDWR | O_NONBLOCK);
	printf("opened later, sees none of them: %s\n", result(read(third, reply, 64)));
	close(third);
	read_all(second);
}

/* The result of poll after the device is gone, within 10 s. */
static int hang_up(int fd)
{
	poll_for(fd, 0, 10000);
	return poll_for(fd, POLLIN, 0);
}

static void unplugging(int first, int second, const char *unplug)
{
	int size, with_report, without;
	ask(first);
	read_all(second);
	if (system(unplug))
		puts("UNPLUG COMMAND FAILED");
	without = hang_up(second);
	with_report = hang_up(first);
	printf("unplugged: hung up %d\n", !!(without & POLLHUP));
	printf("unplugged with a report queued: hung up %d, readable %d\n", !!(with_report & POLLHUP),
	       !!(with_report & POLLIN));
	printf("read of the queued report: %s", result(read(first, reply, 64)));
	printf(", then: %s, again: %s\n", result(read(first, reply, 64)), result(read(first, reply, 64)));
	printf("write: %s\n", result(write(first, request, 65)));
	printf("ioctl: %s\n", result(ioctl(first, HIDIOCGRDESCSIZE, &size)));
	for (int i = 0; i < 500 && !access(NODE, F_OK); i++)
		usleep(10000);			/* the node may outlive the hang-up by some milliseconds */
	printf("open: %s\n", result(open(NODE, O_RDWR)));
}

int main(int count, char **arguments)
{
	int first = open(NODE, O_RDWR | O_CLOEXEC), second = open(NODE, O_RDWR | O_NONBLOCK);
	if (count != 2 || first < 0 || second < 0) {
		perror(count == 2 ? NODE : "usage: conformance UNPLUG-COMMAND");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	opening(first, second);
	ioctls(first);
	locking(first, second);
	reports(first, second);
	unplugging(first, second, arguments[1]);
	return 0;
}
