// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("The line that repeats a report")
struct AgainTests {
  static let commands = [
    ["check", "--model", "mlp"], ["check", "--model=line", "--seed=7"],
    ["check", "--model", "line", "--seeds", "2..4"],
    ["check", "--model", "mlp:hidden=4x4,activation=tanh", "--method", "tape dual", "--loss", "huber", "--limit", "3"],
    ["gradient", "--model", "line", "--at", "m=0.5,c=1", "--seed", "3"],
    ["train", "--model", "mlp:hidden=3", "--data", "two words.csv", "--target", "it's y", "--epochs", "3"],
    ["train", "--model", "line", "--data", "line", "--epochs", "2", "--seeds", "0..1", "--no-progress"],
    ["schedule", "cosine:total=9", "--steps", "9"], ["replay", "moons", "--differentiator", "dual-batch"], ["doctor"],
  ]

  /// The command below `again:`, with its continued lines.
  static func command(_ output: String) throws -> String {
    let lines = output.split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.contains("again: ") }, "\(output)")
    return try #require(lines[start...].joined(separator: "\n").components(separatedBy: "again: ").last)
  }

  /// What differs from run to run: durations, and the line itself.
  static func settled(_ text: String) -> String {
    let timeless = text.replacing(#/ +[0-9.]+ (?:µs|ms|s|min \d+ s)(?: \(\d+ steps/s\))?/#, with: " …")
    return timeless.replacing(#/method +evaluations +time/#, with: "method evaluations time")
      .replacing(#/(?m)(\S) +(\d+) +…/#) { "\($0.output.1) \($0.output.2) …" }
      .components(separatedBy: "again: ")[0]
  }

  @Test("Pasted into a shell it gives the same report", arguments: commands.filter { $0[0] != "schedule" })
  func repeats(arguments: [String]) throws {
    try Tool.use { tool in
      try tool.write("x,\"it's y\"\n1,2\n2,3\n3,5\n4,6\n5,8\n6,9\n", to: "two words.csv")
      let first = try tool.run(arguments)
      #expect(first.exitCode == 0, "\(first.errors)")
      let again = try tool.shell(Self.command(first.output))
      #expect(again.exitCode == 0, "\(again.errors)")
      #expect(Self.settled(again.output) == Self.settled(first.output))
    }
  }

  @Test("The command in JSON does the same", arguments: commands)
  func json(arguments: [String]) throws {
    try Tool.use { tool in
      try tool.write("x,\"it's y\"\n1,2\n2,3\n3,5\n4,6\n5,8\n6,9\n", to: "two words.csv")
      let first = try JSONObject(tool.run(arguments + ["--format", "json"]).output)
      let again = try JSONObject(tool.shell(first.text("command")).output)
      #expect(try again.text("command") == first.text("command"))
      #expect(first["seed"] == again["seed"])
      for key in ["value", "rates", "components", "train", "verdict", "findings"] {
        #expect(first[key] == again[key], "\(key)")
      }
    }
  }
}
