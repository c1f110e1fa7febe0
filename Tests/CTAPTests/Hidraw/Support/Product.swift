import Glibc

/// The programs that tests start.
enum Product {
    static let project = "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    static let testbed = project + "/scripts/testbed"

    /// Python with the packages that `scripts/interop` needs; `scripts/setup test` installs it.
    static let python = project + "/.build/interop/bin/python"

    /// The program under test: $FIDOCTL, or the build of these tests.
    static let fidoctl = environmentVariable("FIDOCTL") ?? folder + "/fidoctl"

    /// The build folder, which contains this test bundle.
    private static let folder: String = {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        return "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }()
}

/// A variable's value; `nil` when it is not set or empty.
func environmentVariable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
