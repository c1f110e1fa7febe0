import Testing

extension HidrawTests {
    /// The virtual machine runs the same program on a kernel's hidraw, with the same expected output.
    @Suite(.enabled(if: !Testbed.usesKernel, "scripts/vm/checks does it there")) struct ConformanceTests {
        @Test func anOpenNodeDoesWhatTheKernelsDoes() async throws {
            try await Testbed.with { bed in
                let source = Product.project + "/Tests/Hidraw/conformance"
                let compiler = try Program(["cc", "-O1", "-o", bed.folder + "/conformance", source + ".c"])
                #expect(try await compiler.end() == .exit(0), "\(compiler.errors.text)")
                let key = try await bed.plug()
                let conformance = try bed.start([bed.folder + "/conformance", "kill \(key.server.processID)"])
                try await conformance.output.wait(for: "ioctl: ENODEV")
                try await key.unplug()
                #expect(try await conformance.end() == .exit(0))
                let expected = TextFile.contents(source + ".expected").split(separator: "\n").map(String.init)
                #expect(conformance.output.lines == expected)
            }
        }
    }
}
