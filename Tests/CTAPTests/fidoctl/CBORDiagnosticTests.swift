import CTAP2
import Testing

@testable import Interaction
@testable import fidoctl

/// Diagnostic notation (RFC 8949 §8), mostly with the examples of appendix A.
@Suite struct CBORDiagnosticTests {
    @Test(arguments: [
        ("1bffffffffffffffff", "18446744073709551615"), ("3bffffffffffffffff", "-18446744073709551616"), ("20", "-1"),
        ("f90000", "0.0"), ("f98000", "-0.0"), ("f93c00", "1.0"), ("fb3ff199999999999a", "1.1"), ("f93e00", "1.5"),
        ("f97bff", "65504.0"), ("fa47c35000", "100000.0"), ("fa7f7fffff", "3.4028234663852886e+38"),
        ("fb7e37e43c8800759c", "1.0e+300"), ("f90001", "5.960464477539063e-8"), ("f90400", "6.103515625e-5"),
        ("f9c400", "-4.0"), ("fbc010666666666666", "-4.1"), ("f97c00", "Infinity"), ("f97e00", "NaN"),
        ("f9fc00", "-Infinity"), ("fa7f800000", "Infinity"), ("fb7ff8000000000000", "NaN"),
        ("f4", "false"), ("f5", "true"), ("f6", "null"), ("f7", "undefined"), ("f0", "simple(16)"),
        ("f8ff", "simple(255)"),
        ("40", "h''"), ("4401020304", "h'01020304'"), ("6161", "\"a\""), ("62225c", #""\"\\""#), ("6162", "\"b\""),
        ("80", "[]"), ("83010203", "[1, 2, 3]"), ("a0", "{}"), ("a201020304", "{1: 2, 3: 4}"),
        ("62c29b", "\"\\u{9b}\""),
    ])
    func `a value is shown as the RFC writes it`(hex: String, notation: String) throws {
        let bytes = try #require([UInt8](hex: hex))
        #expect(try CBORDecoder.decode(bytes).diagnostic == notation)
    }
}
