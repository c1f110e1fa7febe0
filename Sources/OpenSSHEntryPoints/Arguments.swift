import COpenSSH
import CTAP2
import Glibc
import OpenSSHProvider

/// Reads what OpenSSH passes.
enum Arguments {
    /// More than any message that OpenSSH signs.
    private static let maximumLength = 1 << 24
    /// More settings than OpenSSH has.
    private static let maximumOptions = 64

    /// 0, or the number of the error that `call` throws.
    static func status(_ call: () throws(ProviderError) -> Void) -> Int32 {
        do throws(ProviderError) {
            try call()
            return 0
        } catch {
            return error.rawValue
        }
    }

    static func type(_ number: UInt32) throws(ProviderError) -> KeyType {
        guard let type = KeyType(rawValue: number) else { throw .unsupported }
        return type
    }

    static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) throws(ProviderError) -> [UInt8] {
        guard let start = unsafe start, (1...maximumLength).contains(count) else { throw .general }
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// The application, which is the RP ID.
    static func application(_ text: UnsafePointer<CChar>?) throws(ProviderError) -> String {
        guard let text = unsafe text, let application = unsafe String(validatingCString: text), !application.isEmpty
        else {
            throw .general
        }
        return application
    }

    /// `nil` without a PIN, and for an empty one.
    static func pin(_ text: UnsafePointer<CChar>?) -> Secret? {
        guard let text = unsafe text, case let count = unsafe strlen(text), count > 0 else { return nil }
        return unsafe Secret(copying: UnsafeRawBufferPointer(start: text, count: count))
    }

    static func options(
        _ list: PointerList<sk_option>?,
        knowing names: Set<String>
    ) throws(ProviderError) -> CallOptions {
        var settings: [CallOptions.Setting] = []
        if let list = unsafe list {
            for index in 0..<maximumOptions {
                guard let option = unsafe list[index] else { break }
                unsafe settings.append(try setting(option.pointee))
            }
        }
        return try CallOptions(settings, knowing: names)
    }

    private static func setting(_ option: sk_option) throws(ProviderError) -> CallOptions.Setting {
        guard let name = unsafe option.name, let value = unsafe option.value else { throw .general }
        return CallOptions.Setting(
            name: unsafe String(cString: name),
            value: unsafe Array(UnsafeRawBufferPointer(start: value, count: strlen(value))),
            isRequired: unsafe option.required != 0
        )
    }
}
