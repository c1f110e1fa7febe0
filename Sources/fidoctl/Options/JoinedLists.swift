/// Joins the values of `--allow` into one argument, and those of `--exclude`.
///
/// The parser's time grows with the square of the number of arguments, and servers may list thousands of credentials.
enum JoinedLists {
    private static let lists: Set = ["--allow", "--exclude"]
    /// Their value may look like any option.
    private static let takeAnything: Set = ["--user-id", "--challenge", "--client-data-hash"]

    /// The same command line, with each list in the place of its first value.
    static func join(_ arguments: [String]) -> [String] {
        var result: [String] = []
        var values: [String: [String]] = [:]
        var places: [String: Int] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument != "--" else {
                result.append(argument)
                break
            }
            if let (name, value) = listValue(argument, &rest) {
                if places[name] == nil {
                    places[name] = result.count
                    result.append(name)
                }
                values[name, default: []].append(value)
            } else {
                result.append(argument)
                if takeAnything.contains(argument), let value = rest.popFirst() { result.append(value) }
            }
        }
        for (name, place) in places {
            result[place] = name + "=" + (values[name] ?? []).joined(separator: ",")
        }
        return result + rest
    }

    /// The list that `argument` belongs to, and the value, which may be the next argument.
    private static func listValue(_ argument: String, _ rest: inout ArraySlice<String>) -> (String, String)? {
        if lists.contains(argument) {
            return rest.popFirst().map { (argument, $0) }
        }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, lists.contains(parts[0]) else { return nil }
        return (parts[0], parts[1])
    }
}
