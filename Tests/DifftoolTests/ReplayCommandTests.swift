// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("The command replay")
struct ReplayCommandTests {
  @Test("All figures are in one table, with a verdict each, and a summary for each document")
  func all() throws {
    try Tool.use { tool in
      let run = try tool("replay --all")
      #expect(run.exitCode == 0, "\(run.output)")
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(lines.first?.split(separator: " ") == ["system", "verdict", "figure"])
      for system in ["S0.1", "S1.4", "S2.4", "S3.4", "S4.7"] { #expect(lines.contains { $0.hasPrefix(system + "  ") }) }
      let direct = "diffp(sqcb, 0, 2): 192.01706891180947"
      #expect(lines.contains { $0.hasPrefix("S2.4    = identical") && $0.hasSuffix(direct) })
      let summary = try #require(lines.firstIndex { $0.hasPrefix("document  figures") })
      #expect(lines[(summary + 1)...(summary + 6)].map { $0.prefix(3) } == ["000", "001", "002", "003", "004", "all"])
      #expect(run.output.contains("0 different") == false && run.output.contains("✓ "))

      let payload = try JSONObject(tool("replay --all --format json").output)
      #expect(try payload.objects("documents").count == 5)
      #expect(try payload.objects("replays").count == 23)
    }
  }

  @Test("--fix shows each mistake beside the mended way; without it they are named")
  func fix() throws {
    try Tool.use { tool in
      let plain = try tool("replay quadratic").output
      #expect(plain.contains("mended with --fix: gradients are never zeroed"))
      #expect(!plain.contains("1.2277, 1.1934, 1.3810"))
      let fixed = try tool("replay quadratic --fix").output
      #expect(fixed.contains("S3.4, mended: gradients are never zeroed"))
      #expect(fixed.contains("1.2277, 1.1934, 1.3810") && fixed.contains("1.7387, 1.1668, 1.7050"))
      #expect(fixed.contains("what changed: abc.grad.zero_() after each step"))
      #expect(try tool("replay mlp-sizes --fix").output.contains("zip drops"))
    }
  }

  @Test("The list has every replay with its systems, and runs none")
  func list() throws {
    try Tool.use { tool in
      let run = try tool("replay --list")
      #expect(run.exitCode == 0 && run.output.contains("circle") && run.output.contains("S0.1 to S0.5"))
      #expect(try JSONObject(tool("replay --list --format json").output).objects("replays").count == 23)
      #expect(try tool("replay --list -q").output == "23 replays\n")
    }
  }

  @Test(
    "What cannot be is refused with the way out",
    arguments: [
      ("replay moons --seeds 0..3", "circle"), ("replay --list --fix", "--list runs nothing"),
      ("replay --list --all", "--all or --list"), ("replay parabolla", "did you mean 'parabola'?"),
      ("replay circle --seeds 3..1", "write 1..3"),
    ])
  func refusals(line: String, message: String) throws {
    try Tool.use { tool in
      let run = try tool(line)
      #expect(run.exitCode == 64)
      #expect(run.errors.replacing("\n", with: " ").contains(message), "\(run.errors)")
    }
  }

  @Test("A line of JSON for each row of the CSV")
  func lines() throws {
    try Tool.use { tool in
      let rows = try tool("replay y3x --format jsonl").output.split(separator: "\n")
      #expect(rows.count == 11)
      let first = try JSONObject(String(rows[0]))
      #expect(try first.text("system") == "S4.2" && first.text("comparison") == "identical")
      #expect(try first.text("document") == first.text("computed"))
    }
  }

  @Test("Other seeds are run over, and stated")
  func seeds() throws {
    try Tool.use { tool in
      let run = try tool("replay circle --seeds 5..6 --format json")
      let payload = try JSONObject(run.output)
      let result = try #require(payload.objects("replays").first).object("result")
      #expect(try result.texts("lines").map { $0.prefix(6) } == ["seed 5", "seed 6"])
    }
  }

  @Test("The commands that the remarks name can be run")
  func remarks() throws {
    try Tool.use { tool in
      var commands: Set<String> = []
      for replay in try JSONObject(tool("replay --all --format json").output).objects("replays") {
        for remark in try replay.object("result").texts("remarks") {
          commands.formUnion(remark.matches(of: #/difftool (explain|scan|check) [^;]*'[^;]*/#).map { String($0.0) })
        }
      }
      #expect(commands.count >= 6)
      for command in commands {
        let run = try tool.shell(command)
        #expect(run.exitCode == 0, "\(command): \(run.errors)")
      }
    }
  }

  @Test("Over a second there is a line with the time left on a terminal, and none with -q")
  func progress() throws {
    try Tool.use { tool in
      // More than any machine does in a second.
      let line = ["replay", "noisy-parabola", "--seeds", "0..399"]
      let shown = try tool.onTerminal(line)
      let hidden = try tool.onTerminal(line + ["-q"])
      #expect(shown.contains("replay noisy-parabola, ") && shown.contains(" left"))
      #expect(hidden.isEmpty)
    }
  }

  @Test("Ctrl-C writes what is done and ends with 130", .timeLimit(.minutes(5)))
  func interrupted() throws {
    try Tool.use { tool in
      let process = Process()
      process.executableURL = BuiltProgram("difftool").url
      // More seeds than any machine trains: only the signal ends it.
      process.arguments = ["replay", "noisy-parabola", "--seeds", "0..99999", "--format", "json", "-o", "o.json"]
      process.currentDirectoryURL = tool.folder
      let errors = Pipe()
      process.standardError = errors
      process.standardInput = FileHandle.nullDevice
      try process.run()
      // The first line of progress: it is under way.
      var said = errors.fileHandleForReading.availableData
      process.interrupt()
      while case let more = errors.fileHandleForReading.availableData, !more.isEmpty { said += more }
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
      let text = String(decoding: said, as: UTF8.self)
      #expect(text.contains("left") && text.contains("interrupted"))
      let result = try #require(JSONObject(tool.read("o.json")).objects("replays").first).object("result")
      #expect(try result.texts("remarks").contains { $0.contains("interrupted: ") })
    }
  }
}
