/* Calls a provider as OpenSSH does, many times, with arguments that are right and ones that are not.
 *
 *   calls PROVIDER COUNT
 *
 * A key that needs no touch must be plugged in. scripts/interop/openssh-calls runs this under valgrind.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../Sources/COpenSSH/security-key-provider.h"

typedef uint32_t version_function(void);
typedef int enroll_function(uint32_t, const uint8_t *, size_t, const char *, uint8_t, const char *, struct sk_option **,
    struct sk_enroll_response **);
typedef int sign_function(uint32_t, const uint8_t *, size_t, const char *, const uint8_t *, size_t, uint8_t, const char *,
    struct sk_option **, struct sk_sign_response **);
typedef int load_function(const char *, struct sk_option **, struct sk_resident_key ***, size_t *);

static enroll_function *enroll;
static sign_function *sign;
static load_function *load;

enum { GENERAL = -1, UNSUPPORTED = -2, PIN_REQUIRED = -3, NO_DEVICE = -4 };

static void fail(const char *what, int line, int result)
{
	fprintf(stderr, "calls.c:%d: %s returned %d\n", line, what, result);
	exit(1);
}

#define EXPECT(expected, call) \
	do { int result_ = (call); if (result_ != (expected)) fail(#call, __LINE__, result_); } while (0)

/* OpenSSH wipes the length that stands beside a buffer, then frees it. */
static void wipe(uint8_t *buffer, size_t length)
{
	if (buffer != NULL) {
		memset(buffer, 0, length);
		free(buffer);
	}
}

static void free_key(struct sk_enroll_response *key)
{
	wipe(key->public_key, key->public_key_len);
	wipe(key->key_handle, key->key_handle_len);
	wipe(key->signature, key->signature_len);
	wipe(key->attestation_cert, key->attestation_cert_len);
	wipe(key->authdata, key->authdata_len);
}

static const uint8_t message[32] = "to be signed";

static struct sk_option *options(struct sk_option **list, const char *name, const char *value, int required)
{
	static struct sk_option option;
	option = (struct sk_option){(char *)name, (char *)value, (uint8_t)required};
	list[0] = &option;
	list[1] = NULL;
	return &option;
}

/* Makes a key, and signs with it as many times. */
static void good(uint32_t type, int count)
{
	struct sk_enroll_response *key = NULL;
	struct sk_sign_response *signature = NULL;
	EXPECT(0, enroll(type, message, sizeof(message), "ssh:", 0x01, NULL, NULL, &key));
	if (key->flags != 0x01 || key->public_key_len != (type == 0 ? 65 : 32) || key->authdata_len == 0)
		fail("enroll", __LINE__, 0);
	for (int i = 0; i < count; i++) {
		EXPECT(0, sign(type, message, sizeof(message), "ssh:", key->key_handle, key->key_handle_len, 0x01, NULL, NULL,
		    &signature));
		if (!(signature->flags & 0x01) || signature->sig_r_len > 64 || signature->sig_s_len > 32)
			fail("sign", __LINE__, 0);
		wipe(signature->sig_r, signature->sig_r_len);
		wipe(signature->sig_s, signature->sig_s_len);
		wipe((uint8_t *)signature, sizeof(*signature));
	}
	/* The handle of another application, and of another key. */
	EXPECT(NO_DEVICE, sign(type, message, sizeof(message), "ssh:other", key->key_handle, key->key_handle_len, 0x01, NULL, NULL,
	    &signature));
	key->key_handle[0] ^= 1;
	EXPECT(NO_DEVICE, sign(type, message, sizeof(message), "ssh:", key->key_handle, key->key_handle_len, 0x01, NULL, NULL,
	    &signature));
	free_key(key);
	wipe((uint8_t *)key, sizeof(*key));
}

/* What reaches for a key and fails. */
static void without_result(void)
{
	struct sk_option *list[2];
	struct sk_enroll_response *key = NULL;
	struct sk_resident_key **keys = NULL;
	size_t count = 1;
	options(list, "device", "/dev/hidraw77", 0);
	EXPECT(NO_DEVICE, enroll(1, message, sizeof(message), "ssh:", 0x01, NULL, list, &key));
	options(list, "device", "/dev/null", 1);
	EXPECT(NO_DEVICE, load("1234", list, &keys, &count));
}

/* What must be refused before anything is sent. */
static void bad(void)
{
	struct sk_option *list[2];
	struct sk_enroll_response *key = (void *)1;
	struct sk_sign_response *signature = (void *)1;
	struct sk_resident_key **keys = (void *)1;
	size_t count = 1;
	EXPECT(GENERAL, enroll(1, message, sizeof(message), "ssh:", 0x01, NULL, NULL, NULL));
	EXPECT(GENERAL, enroll(1, NULL, 32, "ssh:", 0x01, NULL, NULL, &key));
	if (key != NULL)
		fail("enroll: the response", __LINE__, 0);
	EXPECT(GENERAL, enroll(1, message, 0, "ssh:", 0x01, NULL, NULL, &key));
	EXPECT(GENERAL, enroll(1, message, (size_t)-1, "ssh:", 0x01, NULL, NULL, &key));
	EXPECT(GENERAL, enroll(1, message, sizeof(message), NULL, 0x01, NULL, NULL, &key));
	EXPECT(GENERAL, enroll(1, message, sizeof(message), "", 0x01, NULL, NULL, &key));
	EXPECT(GENERAL, enroll(1, message, sizeof(message), "ssh:\xFF", 0x01, NULL, NULL, &key));
	EXPECT(UNSUPPORTED, enroll(7, message, sizeof(message), "ssh:", 0x01, NULL, NULL, &key));
	options(list, "colour", "blue", 1);
	EXPECT(UNSUPPORTED, enroll(1, message, sizeof(message), "ssh:", 0x01, NULL, list, &key));
	options(list, "user", "more than the thirty-two bytes that a user has", 0);
	EXPECT(GENERAL, enroll(1, message, sizeof(message), "ssh:", 0x01, NULL, list, &key));
	options(list, NULL, NULL, 0);
	EXPECT(GENERAL, enroll(1, message, sizeof(message), "ssh:", 0x01, NULL, list, &key));
	options(list, "device", NULL, 0);
	EXPECT(GENERAL, sign(1, message, sizeof(message), "ssh:", message, 32, 0x01, NULL, list, &signature));
	EXPECT(GENERAL, sign(1, message, sizeof(message), "ssh:", NULL, 32, 0x01, NULL, NULL, &signature));
	EXPECT(GENERAL, sign(1, message, sizeof(message), "ssh:", message, 0, 0x01, NULL, NULL, &signature));
	EXPECT(GENERAL, sign(0, message, sizeof(message), "ssh:", message, 32, 0x01, NULL, NULL, NULL));
	if (signature != NULL)
		fail("sign: the response", __LINE__, 0);
	options(list, "user", "alice", 1);
	EXPECT(UNSUPPORTED, load("1234", list, &keys, &count));
	if (keys != NULL || count != 0)
		fail("load: the list", __LINE__, 0);
	EXPECT(GENERAL, load("1234", NULL, NULL, &count));
	EXPECT(GENERAL, load("1234", NULL, &keys, NULL));
}

/* The signals that the process handles and blocks must be the same after a call. */
static struct { sigset_t mask; void (*handlers[32])(int); } before;

static void note_signals(void)
{
	struct sigaction action;
	sigprocmask(SIG_SETMASK, NULL, &before.mask);
	for (int number = 1; number < 32; number++)
		if (sigaction(number, NULL, &action) == 0)
			before.handlers[number] = action.sa_handler;
}

static void expect_unchanged(void)
{
	sigset_t now;
	struct sigaction action;
	sigprocmask(SIG_SETMASK, NULL, &now);
	for (int number = 1; number < 32; number++) {
		if (sigismember(&before.mask, number) != sigismember(&now, number))
			fail("the process's mask: signal", __LINE__, number);
		if (sigaction(number, NULL, &action) == 0 && action.sa_handler != before.handlers[number])
			fail("the process's handlers: signal", __LINE__, number);
	}
}

int main(int count, char **arguments)
{
	if (count != 3)
		return 64;
	note_signals();
	for (int calls = 0, round = 0; calls < atoi(arguments[2]); round++) {
		/* OpenSSH loads the library for every call, and unloads it afterwards. */
		void *library = dlopen(arguments[1], RTLD_NOW);
		if (library == NULL) {
			fprintf(stderr, "%s\n", dlerror());
			return 1;
		}
		version_function *version = (version_function *)dlsym(library, "sk_api_version");
		enroll = (enroll_function *)dlsym(library, "sk_enroll");
		sign = (sign_function *)dlsym(library, "sk_sign");
		load = (load_function *)dlsym(library, "sk_load_resident_keys");
		if (version() >> 16 != 10)
			fail("sk_api_version", __LINE__, 0);
		bad();
		calls += 18;
		if (round % 2 == 0) {
			without_result();
			calls += 2;
		}
		if (round % 10 == 0) {
			good((uint32_t)(round / 10 % 2), 2);
			calls += 5;
		}
		dlclose(library);
		expect_unchanged();
	}
	puts("clean");
	return 0;
}
