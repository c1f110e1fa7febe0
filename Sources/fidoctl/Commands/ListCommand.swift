import ArgumentParser
import CTAPHID

/// `fidoctl list`
struct ListCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the plugged keys; opens and sends nothing.",
        discussion: "Keys that you may not open are listed too, with what to do about it."
    )

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let devices = DeviceList.scan()
        try output.print(devices.map(DeviceReport.init), lines: devices.flatMap(DeviceReport.lines))
        if devices.isEmpty {
            Notice.tell(Text.noKey)
        }
    }
}
