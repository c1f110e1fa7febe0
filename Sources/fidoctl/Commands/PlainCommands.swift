extension PlainLine {
    /// The command of a plain line; `nil` if the parser has to read it.
    static func command(_ arguments: [String]) -> (any FidoctlCommand)? {
        let command: any PlainCommand.Type
        switch arguments.first {
        case "list": command = ListCommand.self
        case "info": command = InfoCommand.self
        case "register": command = RegisterCommand.self
        case "assert": command = AssertCommand.self
        default: return nil
        }
        do {
            var line = PlainLine(arguments.dropFirst())
            var plain = try command.init(&line)
            guard line.isRead else { return nil }
            try plain.validate()
            return plain
        } catch {
            return nil
        }
    }
}

extension ListCommand: PlainCommand {
    init(_ line: inout PlainLine) {
        self.init()
        watch = line.flag("--watch")
        output = OutputOptions(&line)
    }
}

extension InfoCommand: PlainCommand {
    init(_ line: inout PlainLine) throws {
        self.init()
        key = try KeyOptions(&line)
        output = OutputOptions(&line)
    }
}

extension RegisterCommand: PlainCommand {
    init(_ line: inout PlainLine) throws {
        self.init()
        source = try SourceOptions(&line)
        request = try CreationFlags(&line)
        key = try KeyOptions(&line)
        output = try FormatOptions(&line)
    }
}

extension AssertCommand: PlainCommand {
    init(_ line: inout PlainLine) throws {
        self.init()
        source = try SourceOptions(&line)
        request = try RequestFlags(&line)
        account = try line.text("--account")
        silent = line.flag("--silent")
        key = try KeyOptions(&line)
        output = try FormatOptions(&line)
    }
}
