// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Workloads

/// `difftool bench`: the workloads by every method, checked, then timed.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time every method on workloads with known results, after checking that it gets them.",
    usage: "difftool bench [<workload> ...] [<options>]",
    discussion: """
      Examples:
        difftool bench
        difftool bench moons gmm_d10_k5_n1000 --method compiled,tape
        difftool bench rosen_1000 --format json

      A ratio is the time of one repetition by the method over one plain
      evaluation, both the shortest of their rounds, taken in turns in one run.
      Only ratios of one run can be compared.

      There are:
      \(Workload.names.map { "  " + $0 }.joined(separator: "\n"))

      Exit codes: 0 every result was right, 1 one was not, 2 a method failed,
      64 wrong usage.
      """)

  @Argument(
    help: "The workloads' names; all unless given.",
    completion: .list(Workload.names))
  var workloads: [String] = []

  @OptionGroup var methods: MethodSelection

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long each method is timed at most, in seconds.", valueName: "seconds"))
  var seconds = 0.3

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run each method exactly so often in one round, and no plain evaluation: for counting instructions.",
      valueName: "count"))
  var repetitions: Int?

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard seconds > 0, seconds <= 3600 else { throw ValidationError("--seconds is more than 0 and at most 3600") }
    guard (repetitions ?? 1) >= 1 else { throw ValidationError("--repetitions is at least 1") }
  }

  func run() throws {
    let names = Workload.names
    for name in workloads where !names.contains(name) {
      throw CommandError.usage(
        "no workload is called '\(name)'\(UsageHint.didYouMean(name, names)); there are: \(names.joined(separator: ", "))"
      )
    }
    let chosen = names.filter { workloads.isEmpty || workloads.contains($0) }.compactMap(Workload.named)
    let differentiators = try methods.differentiators()
    var rows: [BenchRow] = []
    let interrupt = InterruptFlag("finishing this workload")
    for workload in chosen {
      for method in differentiators where !interrupt.flag.isRaised {
        if let row = try BenchRow(workload, method, seconds: seconds, repetitions: repetitions) { rows.append(row) }
      }
    }
    var options: OptionRecord = [
      "workloads": .list(chosen.map(\.name)), "method": .list(differentiators.map(\.name)),
      "seconds": .number(seconds),
    ]
    options["repetitions"] = .optional(repetitions)
    let report = Report(
      payload: BenchPayload(rows: rows),
      options: options,
      table: TextTable(
        ["workload", "method", ">inputs", ">minimum [µs]", ">median [µs]", ">ratio", "result"],
        rows: rows.map(\.cells)),
      text: { style, width in
        TextTable(
          ["workload", "method", ">minimum", ">median", ">ratio", "result"],
          rows: rows.map { row in
            [
              row.workload, row.method, BenchRow.time(row.minimum), BenchRow.time(row.median),
              row.ratio.map { NumberText.value($0, digits: 3) } ?? "",
              row.objection.map { style.failure("\(style.bad) \($0)") } ?? style.success("\(style.good) right"),
            ]
          }
        ).text(width: width, style: style)
      },
      line: { style in
        let wrong = rows.count { $0.objection != nil }
        return wrong == 0
          ? "\(style.good) \(rows.count) results right" : "\(style.bad) \(wrong) of \(rows.count) results wrong"
      })
    try report.write(output, command: CommandLineText.again("bench", seed: nil))
    if interrupt.flag.isRaised { throw ExitCode.interrupted }
    if rows.contains(where: { $0.objection != nil }) { throw ExitCode.disagreement }
  }
}

/// The JSON of `bench`.
private struct BenchPayload: Encodable {
  let rows: [BenchRow]
}

/// One method on one workload.
private struct BenchRow: Encodable {
  let workload: String
  let method: String
  let inputs: Int
  /// Microseconds a repetition.
  let minimum: Double
  /// Microseconds a repetition.
  let median: Double
  /// The shortest repetition over the shortest plain evaluation.
  let ratio: Double?
  /// What is wrong with the result; such a row was not timed.
  let objection: String?
  let rounds: Int

  init?(_ workload: Workload, _ method: any Differentiator, seconds: Double, repetitions: Int?) throws {
    guard let repetition = try workload.repetition(method) else { return nil }
    self.workload = workload.name
    self.method = method.name
    inputs = workload.inputCount
    objection = workload.objection(to: try repetition())
    guard objection == nil else {
      (minimum, median, ratio, rounds) = (.nan, .nan, nil, 0)
      return
    }
    let timing =
      if let repetitions {
        try BenchTiming(repetitions: repetitions) { try repetition().value }
      } else {
        try BenchTiming(seconds: seconds, repetition: { try repetition().value }, plain: workload.plain)
      }
    minimum = timing.minimum
    median = timing.median
    ratio = timing.ratio
    rounds = timing.rounds
  }

  var cells: [String] {
    [
      workload, method, "\(inputs)", NumberText.value(minimum), NumberText.value(median),
      ratio.map { NumberText.value($0, digits: 4) } ?? "", objection ?? "right",
    ]
  }

  static func time(_ microseconds: Double) -> String {
    if microseconds.isNaN { return "" }
    if microseconds < 1 { return "\(NumberText.value(microseconds * 1000, digits: 3)) ns" }
    if microseconds < 1000 { return "\(NumberText.value(microseconds, digits: 3)) µs" }
    return NumberText.duration(microseconds * 1e-6)
  }
}

/// Rounds of repetitions and of plain evaluations, in turns.
private struct BenchTiming {
  let minimum: Double
  let median: Double
  let ratio: Double?
  let rounds: Int

  init(seconds: Double, repetition: () throws -> Double, plain: (() throws -> Double)?) throws {
    // A round is long enough for the clock, and eleven rounds fit the time.
    func calls(_ body: () throws -> Double) rethrows -> Int {
      let once = max(0.01, try Self.microseconds(1, body))
      return max(1, min(Int(seconds * 1e6 / 22 / once), 1_000_000))
    }
    let own = try calls(repetition)
    let others = try plain.map { try calls($0) } ?? 0
    var times: [Double] = []
    var best = Double.infinity
    for _ in 0..<11 {
      times.append(try Self.microseconds(own, repetition))
      if let plain { best = min(best, try Self.microseconds(others, plain)) }
    }
    times.sort()
    minimum = times[0]
    median = times[times.count / 2]
    ratio = plain == nil ? nil : times[0] / best
    rounds = times.count
  }

  /// One round of a fixed length: what it costs depends on no clock.
  init(repetitions: Int, repetition: () throws -> Double) throws {
    minimum = try Self.microseconds(repetitions, repetition)
    median = minimum
    ratio = nil
    rounds = 1
  }

  private static func microseconds(_ calls: Int, _ body: () throws -> Double) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<calls { _ = try body() }
    return (clock.now - start) / .microseconds(1) / Double(calls)
  }
}
