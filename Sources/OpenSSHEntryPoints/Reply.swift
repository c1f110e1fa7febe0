import COpenSSH
import Glibc
import OpenSSHProvider

/// Writes results into memory that OpenSSH frees.
enum Reply {
    static func enrolled(_ key: EnrolledKey, flags: UInt8) throws(ProviderError) -> UnsafeMutablePointer<
        sk_enroll_response
    > {
        var response = unsafe sk_enroll_response()
        unsafe response.flags = flags
        unsafe (response.public_key, response.public_key_len) = try copy(key.publicKey)
        unsafe (response.key_handle, response.key_handle_len) = try copy(key.keyHandle)
        unsafe (response.signature, response.signature_len) = try copy(key.signature)
        unsafe (response.attestation_cert, response.attestation_cert_len) = try copy(key.certificate)
        unsafe (response.authdata, response.authdata_len) = try copy(key.authenticatorData)
        return unsafe try place(response)
    }

    static func signed(_ signature: Signature) throws(ProviderError) -> UnsafeMutablePointer<sk_sign_response> {
        var response = unsafe sk_sign_response()
        unsafe response.flags = signature.flags
        unsafe response.counter = signature.counter
        unsafe (response.sig_r, response.sig_r_len) = try copy(signature.r)
        unsafe (response.sig_s, response.sig_s_len) = try copy(signature.s)
        return unsafe try place(response)
    }

    /// `nil` for an empty list.
    static func resident(_ keys: [ResidentKey]) throws(ProviderError) -> PointerList<sk_resident_key>? {
        guard !keys.isEmpty else { return nil }
        let size = unsafe MemoryLayout<UnsafeMutablePointer<sk_resident_key>?>.stride
        guard let memory = unsafe calloc(keys.count, size) else { throw .general }
        let list = unsafe memory.bindMemory(to: UnsafeMutablePointer<sk_resident_key>?.self, capacity: keys.count)
        for (index, key) in keys.enumerated() { unsafe list[index] = try resident(key) }
        return unsafe list
    }

    private static func resident(_ key: ResidentKey) throws(ProviderError) -> UnsafeMutablePointer<sk_resident_key> {
        var resident = unsafe sk_resident_key()
        unsafe resident.alg = key.type.rawValue
        guard let application = unsafe strdup(key.application) else { throw .general }
        unsafe resident.application = application
        unsafe (resident.key.public_key, resident.key.public_key_len) = try copy(key.publicKey)
        unsafe (resident.key.key_handle, resident.key.key_handle_len) = try copy(key.keyHandle)
        unsafe resident.flags = key.flags.rawValue
        unsafe (resident.user_id, resident.user_id_len) = try copy(key.userID)
        return unsafe try place(resident)
    }

    /// A buffer of exactly the bytes' length; null for none.
    private static func copy(_ bytes: [UInt8]) throws(ProviderError) -> (UnsafeMutablePointer<UInt8>?, Int) {
        guard !bytes.isEmpty else { return (nil, 0) }
        guard let memory = unsafe malloc(bytes.count) else { throw .general }
        unsafe memory.copyMemory(from: bytes, byteCount: bytes.count)
        return unsafe (memory.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    private static func place<Value>(_ value: Value) throws(ProviderError) -> UnsafeMutablePointer<Value> {
        guard let memory = unsafe malloc(MemoryLayout<Value>.size) else { throw .general }
        let place = unsafe memory.bindMemory(to: Value.self, capacity: 1)
        unsafe place.initialize(to: value)
        return unsafe place
    }
}
