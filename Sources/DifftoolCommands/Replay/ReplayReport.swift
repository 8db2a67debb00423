// SPDX-License-Identifier: Apache-2.0

import Replays

/// One replay, with its result where it was run.
struct ReplayOutcome: Encodable {
  let name: String
  let source: String
  let document: Int
  let systems: [String]
  let summary: String
  let result: ReplayResult?

  init(_ replay: any Replay, _ result: ReplayResult? = nil) {
    name = replay.name
    source = replay.source
    document = replay.document.rawValue
    systems = replay.systems
    summary = replay.summary
    self.result = result
  }

  var figures: [ReplayFigure] { result?.figures ?? [] }
}

/// How many figures of a document compare how.
struct ReplayCount: Encodable {
  let document: Int
  let source: String
  let figures: Int
  let identical: Int
  let withinBound: Int
  let notRepeatable: Int
  let different: Int

  init(_ document: TeachingDocument, _ figures: [ReplayFigure]) {
    func count(_ comparison: ReplayFigure.Comparison) -> Int { figures.count { $0.comparison == comparison } }
    self.document = document.rawValue
    source = document.source
    self.figures = figures.count
    identical = count(.identical)
    withinBound = count(.withinBound)
    notRepeatable = count(.notRepeatable)
    different = count(.different)
  }
}

/// What `replay` writes.
struct ReplayReport {
  /// The method; nil where nothing was run.
  let method: String?
  let outcomes: [ReplayOutcome]
  /// Whether it is of all replays: one table, and a summary.
  let isWhole: Bool
  var showsTraps = false
  /// The replays that were not begun, or not ended, because of Ctrl-C.
  var interrupted: [String] = []

  /// Every figure in the order of the systems: a replay's figures may belong to several.
  var figures: [(replay: String, figure: ReplayFigure)] {
    let all = outcomes.flatMap { outcome in outcome.figures.map { (outcome.name, $0) } }
    let order = TeachingDocument.allCases.flatMap(\.systems)
    let place = Dictionary(zip(order, order.indices)) { first, _ in first }
    return all.enumerated().sorted { a, b in
      let (first, second) = (place[a.element.1.system] ?? order.count, place[b.element.1.system] ?? order.count)
      return first == second ? a.offset < b.offset : first < second
    }.map { (replay: $0.element.0, figure: $0.element.1) }
  }

  var isFaithful: Bool { outcomes.allSatisfy { $0.result?.isFaithful ?? true } }

  /// A count for each document that has figures here.
  var counts: [ReplayCount] {
    TeachingDocument.allCases.compactMap { document in
      let figures = outcomes.filter { $0.document == document.rawValue }.flatMap(\.figures)
      return figures.isEmpty ? nil : ReplayCount(document, figures)
    }
  }

  func report(options: OptionRecord, again: CommandLineText) -> Report<ReplayPayload> {
    Report(
      payload: ReplayPayload(
        differentiator: method, replays: outcomes, documents: counts,
        interrupted: interrupted.isEmpty ? nil : interrupted),
      options: options,
      table: method == nil ? listTable : figureTable,
      text: { style, width in
        let parts =
          method == nil
          ? [listTable.text(width: width, style: style)]
          : isWhole
            ? wholeText(style: style, width: width)
            : outcomes.map { $0.text(style: style, width: width, showsTraps: showsTraps) }
              + interruptedText(style: style, width: width)
        return (parts + [style.faint(again.lines("again:", width: width))]).joined(separator: "\n\n")
      },
      line: { style in method == nil ? "\(outcomes.count) replays" : verdict(style) })
  }

  /// `✓ 210 of 240 figures identical, …`.
  func verdict(_ style: TextStyle) -> String {
    let figures = figures.map(\.figure)
    let text = ReplayFigure.counts(figures)
    return isFaithful ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")
  }

  private var listTable: TextTable {
    TextTable(
      ["replay", "systems", "what it shows"],
      rows: outcomes.map { outcome in
        let systems = outcome.systems
        let range =
          systems.count > 2 ? "\(systems[0]) to \(systems[systems.count - 1])" : systems.joined(separator: " ")
        return [outcome.name, range, outcome.summary]
      })
  }

  private var figureTable: TextTable {
    TextTable(
      ["system", "replay", "figure", "document", "computed", "comparison", "origin", "mended", "reason"],
      rows: figures.map { replay, figure in
        [
          figure.system, replay, figure.name, figure.document, figure.computed, figure.comparison.rawValue,
          figure.origin.rawValue, figure.isMended ? "yes" : "no", figure.reason ?? "",
        ]
      })
  }

  func interruptedText(style: TextStyle, width: Int) -> [String] {
    guard !interrupted.isEmpty else { return [] }
    let text = "interrupted; not run: " + interrupted.joined(separator: ", ")
    return [style.warning(wrapped(text, width: width, indent: 0).joined(separator: "\n"))]
  }
}

/// The JSON of `replay`.
struct ReplayPayload: Encodable {
  let differentiator: String?
  let replays: [ReplayOutcome]
  let documents: [ReplayCount]
  let interrupted: [String]?
}
