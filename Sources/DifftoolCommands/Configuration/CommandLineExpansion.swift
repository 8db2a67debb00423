// SPDX-License-Identifier: Apache-2.0

/// A command line with the options of its configuration file in it.
///
/// What the command line says itself wins: an option that is given there is not taken from the file.
struct CommandLineExpansion {
  /// The command's arguments as the parser gets them.
  let arguments: [String]
  /// Whether the configuration is asked for in place of a run.
  let printsConfiguration: Bool
  /// Where in a file an option was found that the parser gets, by its name without dashes.
  let places: [String: String]
  private let command: CommandDescription?

  /// Expands a command line as it was typed.
  init(_ typed: [String]) throws {
    let end = typed.firstIndex(of: "--") ?? typed.endIndex
    let isConcerned = typed[..<end].contains { $0 == "--print-config" || $0 == "--config" || $0.hasPrefix("--config=") }
    guard isConcerned, let name = typed.first, let command = try CommandDescription.command(name) else {
      (arguments, printsConfiguration, places, self.command) = (typed, false, [:], nil)
      return
    }
    var line = try TypedLine(Array(typed.dropFirst()), command)
    printsConfiguration = line.remove(flag: "print-config")
    var added: [String] = []
    var places: [String: String] = [:]
    let paths = line.remove(option: "config")
    guard paths.count <= 1 else { throw CommandError.usage("--config is given twice; put all options into one file") }
    if let path = paths.first {
      let file = try ConfigurationFile(path: path)
      added = try Self.arguments(of: file, command, given: line)
      for entry in file.lines where !line.given.contains(entry.name) {
        places[entry.name] = "\(path), line \(entry.number)"
      }
    }
    self.command = command
    self.places = places
    arguments = [name] + line.words + added
  }

  /// The options that the file has and the command line has not.
  private static func arguments(
    of file: ConfigurationFile, _ command: CommandDescription, given line: TypedLine
  ) throws -> [String] {
    let known = (command.arguments ?? []).filter { !["config", "print-config", "help", "version"].contains($0.key) }
    var positional: [String] = []
    var named: [String] = []
    var seen: Set<String> = []
    for entry in file.lines {
      let place = "\(file.path), line \(entry.number)"
      guard let argument = known.first(where: { $0.key == entry.name }) else {
        throw CommandError.usage(
          "\(place): '\(command.commandName)' has no option '\(entry.name)'"
            + "\(UsageHint.didYouMean(entry.name, known.map(\.key))); see: difftool \(command.commandName) --help")
      }
      guard seen.insert(entry.name).inserted || argument.isRepeating else {
        throw CommandError.usage("\(place): \(entry.name) is given twice; give it once")
      }
      switch (argument.kind, entry.value) {
      case (.flag, nil), (.flag, "true"): if !line.given.contains(argument.key) { named.append("--\(argument.key)") }
      case (.flag, "false"): break
      case (.flag, let value?):
        throw CommandError.usage("\(place): \(entry.name) is on or off, and '\(value)' is neither true nor false")
      case (_, nil): throw CommandError.usage("\(place): \(entry.name) has no value; write \(entry.name) = …")
      case (.option, let value?): if !line.given.contains(argument.key) { named.append("--\(argument.key)=\(value)") }
      case (.positional, let value?): if !line.hasPositional { positional.append(value) }
      }
    }
    return named + positional
  }

  /// The options in the form of a configuration file: those given as lines, all others as remarks with their meaning.
  func configuration() throws -> String {
    guard let command else { return "" }
    let line = try TypedLine(Array(arguments.dropFirst()), command)
    var text = "# difftool \(command.commandName) --config FILE\n"
    for argument in command.arguments ?? []
    where argument.shouldDisplay && !["config", "print-config", "help", "version"].contains(argument.key) {
      let values = line.values(of: argument)
      if values.isEmpty {
        let value = argument.defaultValue ?? (argument.kind == .flag ? "false" : "…")
        text += "# \(argument.abstract ?? "")\n# \(argument.key) = \(value)\n"
      }
      for value in values { text += argument.kind == .flag ? "\(argument.key)\n" : "\(argument.key) = \(value)\n" }
    }
    return text
  }
}
