/* Runs a program once and prints what it cost: measure [-p PIN] [-o FILE] PROGRAM [ARGUMENT...]
 *
 *   wall, tail, processor time in microseconds; the greatest memory in KB; the exit status
 *
 * The tail is the time from the last byte of output to the end of the process, 0 without output.  The output goes to
 * FILE.  With -p the program has a terminal of its own, on which the PIN is typed once it asks for one.
 *
 * Linux counts the memory of the process that calls exec() as the new program's, so this one is small: linked
 * statically, and without a copy of its pages, as posix_spawn() shares them.  It ignores the LD_PRELOAD that it hands on.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static char shown[65536];	/* what the terminal shows */

static long long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int terminal(char path[64])
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || grantpt(fd) || unlockpt(fd) || ptsname_r(fd, path, 64))
		err(1, "terminal");
	if (open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) < 0)	/* stays open, so that reading never fails */
		err(1, "%s", path);
	return fd;
}

/* A session leader's first terminal becomes the controlling one. */
static pid_t start(char **program, int output, const char *terminal)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	pid_t pid;
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&files, output, 1);
	if (terminal) {
		posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
		posix_spawn_file_actions_addopen(&files, 0, terminal, O_RDWR, 0);
		posix_spawn_file_actions_adddup2(&files, 0, 2);
	} else {
		posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	}
	if (posix_spawnp(&pid, program[0], &files, &attributes, program, environ))
		err(1, "%s", program[0]);
	return pid;
}

/* Types the PIN when the terminal shows a prompt for it, which ends in a space. */
static const char *typed(int fd, const char *pin)
{
	size_t length = strlen(shown);
	ssize_t n = read(fd, shown + length, sizeof shown - 1 - length);
	if (n <= 0)
		return pin;
	shown[length + (size_t)n] = 0;
	if (!pin || !strstr(shown, "PIN") || shown[length + (size_t)n - 1] != ' ')
		return pin;
	if (dprintf(fd, "%s\n", pin) < 0)
		err(1, "typing the PIN");
	return NULL;
}

/* Passes the output on until the program closes it; returns the time of its last byte, 0 without any. */
static long long pass_on(int from, int to, int terminal, const char *pin)
{
	char buffer[65536];
	long long last = 0;
	struct pollfd files[] = { { .fd = from, .events = POLLIN }, { .fd = terminal, .events = POLLIN } };
	for (;;) {
		if (poll(files, 2, -1) < 0)
			err(1, "poll");
		if (files[1].revents)
			pin = typed(terminal, pin);
		if (!files[0].revents)
			continue;
		ssize_t n = read(from, buffer, sizeof buffer);
		if (n <= 0)
			return last;
		last = now();
		if (to >= 0 && write(to, buffer, (size_t)n) != n)
			err(1, "output");
	}
}

int main(int count, char **arguments)
{
	const char *pin = NULL;
	char path[64];
	int option, file = -1, output[2];
	while ((option = getopt(count, arguments, "+p:o:")) != -1) {
		if (option == 'p')
			pin = optarg;
		else if (option != 'o' || (file = open(optarg, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) < 0)
			err(64, "measure [-p PIN] [-o FILE] PROGRAM [ARGUMENT...]");
	}
	int person = pin ? terminal(path) : -1;
	if (optind == count || pipe2(output, O_CLOEXEC))
		errx(64, "which program?");
	alarm(120);
	long long begin = now();
	pid_t pid = start(arguments + optind, output[1], pin ? path : NULL);
	close(output[1]);
	long long last = pass_on(output[0], file, person, pin);
	int status;
	struct rusage usage;
	if (wait4(pid, &status, 0, &usage) != pid)
		err(1, "wait4");
	long long end = now();
	long long processor = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL
		+ usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
	fputs(shown, stderr);
	printf("%lld %lld %lld %ld %d\n", (end - begin) / 1000, last ? (end - last) / 1000 : 0, processor, usage.ru_maxrss,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
