#include "peers.h"

#include <cbor.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

static size_t visit(const cbor_item_t *item)
{
	size_t visited = 1;
	if (cbor_isa_map(item)) {
		struct cbor_pair *pairs = cbor_map_handle(item);
		for (size_t i = 0; i < cbor_map_size(item); i++)
			visited += visit(pairs[i].key) + visit(pairs[i].value);
	} else if (cbor_isa_array(item)) {
		cbor_item_t **elements = cbor_array_handle(item);
		for (size_t i = 0; i < cbor_array_size(item); i++)
			visited += visit(elements[i]);
	}
	return visited;
}

size_t libcbor_decode(const unsigned char *bytes, size_t count)
{
	struct cbor_load_result result;
	cbor_item_t *item = cbor_load(bytes, count, &result);
	if (!item)
		return 0;
	size_t visited = visit(item);
	cbor_decref(&item);
	return visited;
}

bool openssl_verify(
	const unsigned char *key, size_t key_count, const unsigned char *message, size_t message_count,
	const unsigned char *signature, size_t signature_count)
{
	EVP_PKEY *public_key = d2i_PUBKEY(NULL, &key, (long)key_count);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool holds = public_key && context && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, public_key) == 1
		&& EVP_DigestVerify(context, signature, signature_count, message, message_count) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(public_key);
	return holds;
}
