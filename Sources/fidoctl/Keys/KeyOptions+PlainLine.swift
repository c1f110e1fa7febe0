extension KeyAccessOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        device = try line.text("--device")
        chosenTimeout = try line.value("--timeout", Double.init)
        trace = try line.text("--trace")
        try validate()
    }
}

extension KeyOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        access = try KeyAccessOptions(&line)
        events = try line.value("--events", EventLog.init(argument:))
        pin = try PINOptions(&line)
        noInput = line.flag("--no-input")
        quiet = line.flag("--quiet")
    }
}
