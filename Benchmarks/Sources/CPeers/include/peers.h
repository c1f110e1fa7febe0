#ifndef PEERS_H
#define PEERS_H

#include <stdbool.h>
#include <stddef.h>

/* libcbor: decodes one item and visits everything in it. Returns how many items there are, 0 if it is malformed. */
size_t libcbor_decode(const unsigned char *bytes, size_t count);

/* OpenSSL: reads a public key (SubjectPublicKeyInfo) and verifies an ECDSA signature over a message with SHA-256. */
bool openssl_verify(
	const unsigned char *key, size_t key_count, const unsigned char *message, size_t message_count,
	const unsigned char *signature, size_t signature_count);

#endif
