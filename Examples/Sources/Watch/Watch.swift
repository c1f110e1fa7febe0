// Prints the security keys that are there, and those that come and go; no key is opened.
import CTAPHID

@main struct Watch {
    static func main() async {
        for await event in DeviceMonitor.events() {
            switch event {
            case .added(let key): print("+ \(key.displayName) at \(key.path)")
            case .removed(let key): print("- \(key.displayName) at \(key.path)")
            case .initialScanComplete: print("watching")
            }
        }
    }
}
