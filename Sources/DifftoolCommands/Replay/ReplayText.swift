// SPDX-License-Identifier: Apache-2.0

import Replays

extension ReplayReport {
  /// One table of all figures, what is not identical and why, what is no figure, and a summary.
  func wholeText(style: TextStyle, width: Int) -> [String] {
    let figures = figures.map(\.figure)
    let table = TextTable(
      ["system", "verdict", "figure"],
      rows: figures.map { [$0.system, "\($0.mark(style)) \($0.word)", $0.sentence] })
    var parts = [table.text(width: width, style: style)]
    var reasons: [(reason: String, systems: [String])] = []
    for figure in figures {
      guard let reason = figure.reason else { continue }
      if let known = reasons.firstIndex(where: { $0.reason == reason }) {
        if reasons[known].systems.last != figure.system { reasons[known].systems.append(figure.system) }
      } else {
        reasons.append((reason, [figure.system]))
      }
    }
    if !reasons.isEmpty {
      let lines = reasons.flatMap {
        wrapped(style.text("\($0.systems.joined(separator: " ")): \($0.reason)"), width: width, indent: 2)
      }
      parts.append(([style.heading("why some are not identical")] + lines).joined(separator: "\n"))
    }
    if interrupted.isEmpty {
      let lines = TeachingDocument.allCases.flatMap(\.systems).compactMap { system in
        Replays.pictures[system].map { "\(system): \($0)" }
      }.flatMap { wrapped(style.text($0), width: width, indent: 2) }
      parts.append(([style.heading("what is no figure")] + lines).joined(separator: "\n"))
    }
    parts += interruptedText(style: style, width: width)
    parts.append(summary.text(width: width, style: style) + "\n\n" + verdict(style))
    return parts
  }

  private var summary: TextTable {
    func row(_ name: String, _ counts: [ReplayCount]) -> [String] {
      func sum(_ value: (ReplayCount) -> Int) -> String { "\(counts.reduce(0) { $0 + value($1) })" }
      return [
        name, sum(\.figures), sum(\.identical), sum(\.withinBound), sum(\.notRepeatable), sum(\.different),
      ]
    }
    return TextTable(
      ["document", ">figures", ">identical", ">within", ">not repeatable", ">different"],
      rows: counts.map { row("00\($0.document)", [$0]) } + [row("all", counts)])
  }
}

extension ReplayOutcome {
  /// Every figure of the document beside the computed one; with `showsTraps`, the document's mistakes mended.
  func text(style: TextStyle, width: Int, showsTraps: Bool) -> String {
    guard let result else { return "" }
    var lines = [style.heading("\(name): \(source)")]
    let figures = result.figures.filter { showsTraps || !$0.isMended }
    // What is not a figure itself, such as the line of each seed.
    let others = result.lines.filter { line in !figures.contains { line.hasSuffix($0.computed) } }
    if !others.isEmpty { lines.append("") }
    lines += others.flatMap { wrapped(style.text($0), width: width, indent: 2) }
    for system in systems {
      let own = figures.filter { $0.system == system }
      guard !own.isEmpty else { continue }
      lines += ["", style.heading(system)]
      lines += own.flatMap { $0.lines(style, width: width) }
      var seen: Set<String> = []
      for reason in own.compactMap(\.reason) where seen.insert(reason).inserted {
        lines += wrapped(style.text("not identical because: \(reason)"), width: width, indent: 2)
      }
    }
    for trap in result.traps where showsTraps {
      lines += ["", style.heading(style.text("\(trap.system), mended: \(trap.name)"))]
      for (label, text) in [
        ("as in the document", trap.document), ("mended", trap.mended), ("what changed", trap.change),
      ] { lines += wrapped(style.text("\(label): \(text)"), width: width, indent: 2) }
    }
    let text = ReplayFigure.counts(figures)
    let isFaithful = figures.allSatisfy { $0.comparison != .different }
    lines += ["", isFaithful ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")]
    if !showsTraps, !result.traps.isEmpty {
      let names = result.traps.map(\.name).joined(separator: "; ")
      lines += wrapped(style.text("mistakes of the document, mended with --fix: \(names)"), width: width, indent: 2)
    }
    for remark in result.remarks where !remark.isEmpty {
      lines += wrapped(style.text(remark), width: width, indent: 2)
    }
    return lines.joined(separator: "\n")
  }
}

extension ReplayFigure {
  /// `17 figures identical, 3 within the stated bound`.
  static func counts(_ figures: [ReplayFigure]) -> String {
    func part(_ comparison: Comparison, _ words: String) -> String? {
      let count = figures.count { $0.comparison == comparison }
      return count == 0 ? nil : "\(count) \(words)"
    }
    let identical = figures.count { $0.comparison == .identical }
    return
      (["\(identical) of \(figures.count) figures identical"]
      + [
        part(.withinBound, "within the stated bound"), part(.notRepeatable, "not repeatable"),
        part(.different, "different"),
      ].compactMap { $0 }).joined(separator: ", ")
  }

  /// One character in any alphabet.
  func mark(_ style: TextStyle) -> String {
    switch comparison {
    case .identical: style.success("=")
    case .withinBound: style.success("~")
    case .notRepeatable: style.warning("?")
    case .different: style.failure("!")
    }
  }

  /// The verdict in a word for tables.
  var word: String {
    switch comparison {
    case .identical: "identical"
    case .withinBound: "within"
    case .notRepeatable: "not repeatable"
    case .different: "different"
    }
  }

  /// Many of the documents' lines begin with their name.
  private var beginsWithName: Bool { document.lowercased().hasPrefix(name.lowercased()) }

  /// The figure in one line: once where both are the same.
  var sentence: String {
    switch comparison {
    case .identical: beginsWithName ? computed : "\(name): \(computed)"
    case .withinBound: "\(name): \(computed), \(origin == .printed ? "document" : "bound") \(document)"
    case .notRepeatable, .different: "\(name): document \(document), here \(computed)"
    }
  }

  /// The document's figure beside the computed one where that fits, else above it character by character.
  func lines(_ style: TextStyle, width: Int) -> [String] {
    let (name, document, computed) = (style.text(name), style.text(document), style.text(computed))
    let side =
      switch origin {
      case .printed: "document"
      case .program: "program"
      case .derived: "by hand"
      case .demanded: "bound"
      }
    let line = " \(name): \(side) \(document), here \(computed)"
    if line.count < width { return [mark(style) + line] }
    let head = beginsWithName ? [] : wrapped(name, width: width, indent: 2)
    let pair = ["  doc  " + document, "\(mark(style)) here " + computed]
    if comparison == .identical, document.count + 7 <= width { return head + pair }
    return head + wrapped("\(side) \(document)", width: width, indent: 4)
      + wrapped("here \(computed)", width: width, indent: 4).enumerated().map { index, text in
        index == 0 ? mark(style) + text.dropFirst() : text
      }
  }
}
