import ArgumentParser
import WebAuthn

/// An origin that client data may have: of a page, an app or a browser extension.
enum ClientOriginOption {
    static func parse(_ text: String) throws -> String {
        isNative(text) ? text : try OriginOption.parse(text).description
    }

    /// Whether browsers and phones write it for something other than a page; it is compared as it stands.
    private static func isNative(_ text: String) -> Bool {
        if text.hasPrefix("android:") || text.hasPrefix("ios:") { return true }
        guard let separator = text.firstRange(of: "://") else { return false }
        return text[..<separator.lowerBound].hasSuffix("-extension")
    }
}
