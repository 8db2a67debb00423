// SPDX-License-Identifier: Apache-2.0

/// The words after a command's name, told apart into options, flags and words without a name.
struct TypedLine {
  private struct Part {
    /// The option's or flag's name without dashes; nil for a word without one.
    var key: String?
    var value: String?
    /// As typed.
    var words: [String]
  }

  private var parts: [Part] = []

  init(_ words: [String], _ command: CommandDescription) throws {
    let known = command.arguments ?? []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "--" {
        parts += words[index...].map { Part(key: nil, value: $0, words: [$0]) }
        // The rest stays behind its mark.
        if index < words.count { parts[parts.count - (words.count - index)].words.insert("--", at: 0) }
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        parts.append(Part(key: nil, value: word, words: [word]))
        continue
      }
      let typed = String(word.prefix { $0 != "=" })
      let argument = known.first { $0.names?.contains { $0.typed == typed } ?? false }
      var part = Part(key: argument?.key ?? typed, value: nil, words: [word])
      if let separator = word.firstIndex(of: "="), word.hasPrefix("--") {
        part.value = String(word[word.index(after: separator)...])
      } else if argument?.kind == .option, index < words.count {
        part.value = words[index]
        part.words.append(words[index])
        index += 1
      }
      parts.append(part)
    }
  }

  /// The names of the options and flags that are there.
  var given: Set<String> { Set(parts.compactMap(\.key)) }

  /// Whether there is a word without a name.
  var hasPositional: Bool { parts.contains { $0.key == nil } }

  /// The words again.
  var words: [String] { parts.flatMap(\.words) }

  /// The values that an argument has; a flag that is there has an empty one.
  func values(of argument: CommandDescription.Argument) -> [String] {
    switch argument.kind {
    case .positional: parts.filter { $0.key == nil }.compactMap(\.value)
    case .flag: parts.contains { $0.key == argument.key } ? [""] : []
    case .option: parts.filter { $0.key == argument.key }.compactMap(\.value)
    }
  }

  /// Takes a flag out; whether it was there.
  mutating func remove(flag: String) -> Bool {
    let count = parts.count
    parts.removeAll { $0.key == flag }
    return parts.count < count
  }

  /// Takes an option out; its values.
  mutating func remove(option: String) -> [String] {
    let values = parts.filter { $0.key == option }.compactMap(\.value)
    parts.removeAll { $0.key == option }
    return values
  }
}
