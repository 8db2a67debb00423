// SPDX-License-Identifier: Apache-2.0

/// The arrows of docs/architecture.md: which module may import which.
///
/// The package manager refuses an import that the manifest does not declare. What it may declare is not checked, but a
/// dependency without an import does nothing, and this is the rule for every import: it points down, a plug-in sees the
/// core and what is below it, and only differences, curve fitting and the umbrella's side see GSL.
enum ImportArrows {
  /// Where a module stands. An import goes to a lower level.
  enum Level: Int, Comparable {
    case kernels, scalars, programs, core, explanations, workloads, plugin, data, training, umbrella, replays, commands,
      executable
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// The levels of the modules in Sources; what lies in Plugins is a plug-in.
  static let levels: [String: Level] = [
    "CPanelKernels": .kernels, "Programs": .programs, "Explanations": .explanations, "Workloads": .workloads,
    "RandomStreams": .scalars,
    "DifferentiableScalars": .scalars, "DifferentiationCore": .core, "TabularData": .data, "CurveFitting": .data,
    "CertifiedProblems": .data, "Training": .training, "Formulas": .training, "Plotting": .training,
    "DifferentiationTesting": .training, "Differentiation": .umbrella,
    "Replays": .replays, "DifftoolCommands": .commands, "difftool": .executable,
  ]

  /// The plug-ins that may see GSL.
  static let linksGSL: Set<String> = ["FiniteDifferences", "CurveFitting"]

  /// Why a file of `module` may not import `imported`; nil if it may, or if `imported` is of somebody else's.
  static func objection(to imported: String, in module: String, plugins: Set<String>) -> String? {
    if imported == "CGSL" {
      return linksGSL.contains(module) ? nil : "only \(linksGSL.sorted().joined(separator: " and ")) may link GSL"
    }
    func level(_ name: String) -> Level? { plugins.contains(name) ? .plugin : levels[name] }
    guard let own = level(module) else {
      return "\(module) has no level; give it one in ImportArrows.swift and docs/architecture.md"
    }
    guard let other = level(imported), imported != module else { return nil }
    if own == .plugin, other == .plugin { return "a plug-in sees the core, never another plug-in" }
    if other == .plugin, own < .umbrella { return "only the umbrella and what is above it see plug-ins" }
    return other < own ? nil : "imports point down: \(own) to \(other) does not"
  }

  /// The modules that a file imports.
  static func imports(in source: String) -> [String] {
    source.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ")[...]
      let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
      while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) { words.removeFirst() }
      guard words.first == "import", words.count > 1 else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]
      let name = kinds.contains(words[words.startIndex + 1]) ? words.dropFirst(2).first : words.dropFirst().first
      return name?.split(separator: ".").first.map(String.init)
    }
  }
}
