// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import FiniteDifferences
import Foundation

/// `difftool doctor`: versions, libraries, plug-ins, and whether they work together.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show versions, libraries and plug-ins, and run a check of the tool itself.",
    usage: "difftool doctor [<options>]",
    discussion: """
      Example:
        difftool doctor --format json

      Exit codes: 0 all methods agree on the tool's own test function, 1 they
      do not, 64 wrong usage.
      """)

  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = DifftoolEnvironment.registry
    let methods = try registry.differentiators.names.map { try registry.differentiators.make($0) }
    let check = try ConsensusCheck(methods: methods).run(TargetFunction(SelfTest()), at: [0.7, -1.3, 2.1])
    let versions = ToolVersions.current
    let plugins = registry.kinds.map { DoctorPayload.Plugins(kind: $0.plural, names: $0.entries.map(\.name)) }
    let payload = DoctorPayload(versions: versions, plugins: plugins, selfTest: check)
    let rows = versions.rows + plugins.map { [$0.kind, "\($0.names.count): \($0.names.joined(separator: " "))"] }
    try Report(
      payload: payload, options: [:],
      table: TextTable(["what", "found"], rows: rows + [["self test", check.verdictLine(.plain)]]),
      text: { style, width in
        let lines = rows.flatMap { row in
          wrapped(row[1], width: width, indent: 18).enumerated().map { index, line in
            index == 0 ? style.heading(row[0].padded(to: 18)) + line.dropFirst(18) : line
          }
        }
        let again = CommandLineText.again("doctor", seed: nil).lines("again:", width: width)
        return (lines + ["", "self test: " + check.verdictLine(style), style.faint(again)]).joined(separator: "\n")
      },
      line: { style in check.verdictLine(style) }
    ).write(output, command: CommandLineText.again("doctor", seed: nil))
    if check.verdict != .agree { throw ExitCode.disagreement }
  }
}

/// A function that uses much of the scalar protocol, for the tool's own test.
private struct SelfTest: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    let angle = S.atan2(y: x[1], x: x[0]) + S.tanh(x[2]) * S.erf(x[0])
    return S.exp(-x[0] * x[0]) * S.sin(x[1]) + S.logSumExp(x) + angle / S.hypot(x[1], x[2])
  }
}

/// The JSON of `doctor`.
private struct DoctorPayload: Encodable {
  struct Plugins: Encodable {
    let kind: String
    let names: [String]
  }

  let versions: ToolVersions
  let plugins: [Plugins]
  let selfTest: CheckReport
}

/// What the tool was built with and runs on.
struct ToolVersions: Encodable {
  let difftool: String
  let swiftCompiler: String
  let gsl: String
  let system: String
  let architecture: String
  let processors: Int

  static var current: ToolVersions {
    ToolVersions(
      difftool: difftoolVersion, swiftCompiler: compiler, gsl: GSLInformation.version,
      system: ProcessInfo.processInfo.operatingSystemVersionString, architecture: architecture,
      processors: ProcessInfo.processInfo.activeProcessorCount)
  }

  static var compiler: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other"
    #endif
  }

  var rows: [[String]] {
    [
      ["difftool", difftool], ["Swift compiler", swiftCompiler], ["GSL", "\(gsl) (GPL-3.0-or-later)"],
      ["system", system],
      ["architecture", "\(architecture), \(processors) processors"],
    ]
  }
}
