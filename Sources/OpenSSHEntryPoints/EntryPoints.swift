public import COpenSSH
import CTAP2
import OpenSSHProvider

// The four functions that OpenSSH looks up in libfidoctl-sk.so. Whatever they are called with, they return a number.

/// A list of pointers to `Element` that ends with a null pointer.
public typealias PointerList<Element> = UnsafeMutablePointer<UnsafeMutablePointer<Element>?>

/// The version of the interface; OpenSSH compares the upper half.
@_cdecl("sk_api_version")
public func apiVersion() -> UInt32 { 0x000A_0000 }

@_cdecl("sk_enroll")
public func enroll(
    type: UInt32,
    challenge: UnsafePointer<UInt8>?,
    challengeLength: Int,
    application: UnsafePointer<CChar>?,
    flags: UInt8,
    pin: UnsafePointer<CChar>?,
    options: PointerList<sk_option>?,
    response: PointerList<sk_enroll_response>?
) -> Int32 {
    guard let response = unsafe response else { return ProviderError.general.rawValue }
    unsafe response.pointee = nil
    return Arguments.status { () throws(ProviderError) in
        let request = EnrollRequest(
            type: try Arguments.type(type),
            challenge: unsafe try Arguments.bytes(challenge, challengeLength),
            application: unsafe try Arguments.application(application),
            flags: KeyFlags(rawValue: flags),
            options: unsafe try Arguments.options(options, knowing: ["device", "user"])
        )
        let pin = unsafe Arguments.pin(pin)
        let key = try HostCall.result(pin) { pin in await Call.enroll(request, pin: pin) }
        unsafe response.pointee = try Reply.enrolled(key, flags: flags)
    }
}

@_cdecl("sk_sign")
public func sign(
    type: UInt32,
    data: UnsafePointer<UInt8>?,
    dataLength: Int,
    application: UnsafePointer<CChar>?,
    keyHandle: UnsafePointer<UInt8>?,
    keyHandleLength: Int,
    flags: UInt8,
    pin: UnsafePointer<CChar>?,
    options: PointerList<sk_option>?,
    response: PointerList<sk_sign_response>?
) -> Int32 {
    guard let response = unsafe response else { return ProviderError.general.rawValue }
    unsafe response.pointee = nil
    return Arguments.status { () throws(ProviderError) in
        let request = SignRequest(
            type: try Arguments.type(type),
            data: unsafe try Arguments.bytes(data, dataLength),
            application: unsafe try Arguments.application(application),
            keyHandle: unsafe try Arguments.bytes(keyHandle, keyHandleLength),
            flags: KeyFlags(rawValue: flags),
            options: unsafe try Arguments.options(options, knowing: ["device"])
        )
        let pin = unsafe Arguments.pin(pin)
        let signature = try HostCall.result(pin) { pin in await Call.sign(request, pin: pin) }
        unsafe response.pointee = try Reply.signed(signature)
    }
}

@_cdecl("sk_load_resident_keys")
public func loadResidentKeys(
    pin: UnsafePointer<CChar>?,
    options: PointerList<sk_option>?,
    keys: UnsafeMutablePointer<PointerList<sk_resident_key>?>?,
    count: UnsafeMutablePointer<Int>?
) -> Int32 {
    guard let keys = unsafe keys, let count = unsafe count else { return ProviderError.general.rawValue }
    unsafe keys.pointee = nil
    unsafe count.pointee = 0
    return Arguments.status { () throws(ProviderError) in
        let options = unsafe try Arguments.options(options, knowing: ["device"])
        let pin = unsafe Arguments.pin(pin)
        let loaded = try HostCall.result(pin) { pin in await Call.loadResidentKeys(options, pin: pin) }
        unsafe keys.pointee = try Reply.resident(loaded)
        unsafe count.pointee = loaded.count
    }
}
