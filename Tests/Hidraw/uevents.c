/* Hotplug: a netlink socket for uevents becomes a datagram socket in BED/uevents, named GROUP-PROCESS-DESCRIPTOR.
 *
 * Plugging sends one datagram to each socket there: the kernel's event to GROUP 1, udevd's to GROUP 2.  libudev
 * requires that the sender is root and sent to its group, so recvmsg() reports that.  Its socket filter still
 * works, since it checks only the bytes.
 */
#include "shim.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct { bool ours; unsigned groups; } monitors[MAX_FD];

static bool is_ours(int fd) { return fd >= 0 && fd < MAX_FD && monitors[fd].ours; }

static void socket_path(int fd, char out[PATH_MAX])
{
	bed_file(out, "uevents/%u-%d-%d", monitors[fd].groups, (int)getpid(), fd);
}

int socket(int domain, int type, int protocol)
{
	if (!bed || domain != AF_NETLINK || protocol != NETLINK_KOBJECT_UEVENT)
		return NEXT(socket)(domain, type, protocol);
	int fd = NEXT(socket)(AF_UNIX, SOCK_DGRAM | (type & (SOCK_CLOEXEC | SOCK_NONBLOCK)), 0);
	if (fd >= 0 && fd < MAX_FD) {
		monitors[fd].ours = true;
		monitors[fd].groups = 0;
	}
	return fd;
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
	if (!is_ours(fd))
		return NEXT(bind)(fd, address, length);
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	char path[PATH_MAX];
	monitors[fd].groups = ((const struct sockaddr_nl *)address)->nl_groups;
	if (!monitors[fd].groups)		/* without udevd, libudev expects a socket without events */
		return 0;
	socket_path(fd, path);
	if (strlen(path) >= sizeof place.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(place.sun_path, path);
	unlink(path);				/* left by an earlier process with the same ID */
	return NEXT(bind)(fd, (struct sockaddr *)&place, sizeof place);
}

void monitor_close(int fd)
{
	char path[PATH_MAX];
	if (!is_ours(fd))
		return;
	socket_path(fd, path);
	unlink(path);
	monitors[fd].ours = false;
}

int getsockname(int fd, struct sockaddr *address, socklen_t *length)
{
	struct sockaddr_nl name = { .nl_family = AF_NETLINK, .nl_pid = (unsigned)getpid() };
	if (!is_ours(fd))
		return NEXT(getsockname)(fd, address, length);
	name.nl_groups = monitors[fd].groups;
	memcpy(address, &name, *length < sizeof name ? *length : sizeof name);
	*length = sizeof name;
	return 0;
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	socklen_t room = message->msg_namelen;
	ssize_t n = NEXT(recvmsg)(fd, message, flags);
	if (n < 0 || !is_ours(fd))
		return n;
	struct sockaddr_nl from = { .nl_family = AF_NETLINK, .nl_groups = monitors[fd].groups };
	if (message->msg_name && room >= sizeof from) {
		memcpy(message->msg_name, &from, sizeof from);
		message->msg_namelen = sizeof from;
	}
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS)
			((struct ucred *)CMSG_DATA(c))->uid = 0;
	return n;
}
