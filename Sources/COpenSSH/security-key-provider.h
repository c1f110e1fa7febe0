// What OpenSSH exchanges with a security-key provider (SecurityKeyProvider in ssh_config(5)): version 10 of the interface that
// PROTOCOL.u2f describes. OpenSSH frees every buffer with free(), after wiping the length that stands beside it.
#ifndef SECURITY_KEY_PROVIDER_H
#define SECURITY_KEY_PROVIDER_H

#include <stddef.h>
#include <stdint.h>

// A setting of the caller's; a list of pointers to them ends with NULL.
struct sk_option {
    char *name;
    char *value;
    uint8_t required; // whether to fail if the name is unknown
};

// A new key. Signature, certificate and authenticator data are the attestation.
struct sk_enroll_response {
    uint8_t flags;
    uint8_t *public_key;
    size_t public_key_len;
    uint8_t *key_handle;
    size_t key_handle_len;
    uint8_t *signature;
    size_t signature_len;
    uint8_t *attestation_cert;
    size_t attestation_cert_len;
    uint8_t *authdata; // a CBOR byte string
    size_t authdata_len;
};

// A signature: of Ed25519 all of it in sig_r, of ECDSA the two numbers without leading zeros.
struct sk_sign_response {
    uint8_t flags;
    uint32_t counter;
    uint8_t *sig_r;
    size_t sig_r_len;
    uint8_t *sig_s;
    size_t sig_s_len;
};

// A key that a security key stores.
struct sk_resident_key {
    uint32_t alg;
    size_t slot;
    char *application;
    struct sk_enroll_response key;
    uint8_t flags;
    uint8_t *user_id;
    size_t user_id_len;
};

#endif
