// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Ctrl-C")
struct InterruptTests {
  @Test(
    "The step is finished, the files are written, the code is 130; the rest gives the same model to the last bit",
    .timeLimit(.minutes(5)))
  func interrupted() throws {
    try Tool.use { tool in
      // More epochs than any machine trains: only the signal ends it.
      let setting = ["--model", "mlp:hidden=4", "--data", "moons", "--batch", "full", "--differentiator", "compiled"]
      let process = Process()
      process.executableURL = BuiltProgram("difftool").url
      process.arguments =
        [
          "train", "-v", "--checkpoint", "run.json", "--save", "part.json", "--format", "json", "-o", "o.json",
          "--epochs", "1000000000",
        ] + setting
      process.currentDirectoryURL = tool.folder
      let errors = Pipe()
      process.standardError = errors
      process.standardInput = FileHandle.nullDevice
      try process.run()
      // The first lines of progress: the training is under way.
      var said = errors.fileHandleForReading.availableData
      process.interrupt()
      while case let more = errors.fileHandleForReading.availableData, !more.isEmpty { said += more }
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
      let text = String(decoding: said, as: UTF8.self)
      #expect(text.contains("interrupted"))

      let part = try JSONObject(tool.read("o.json"))
      #expect(try part.text("outcome") == "interrupted")
      let steps = try part.integer("steps")
      #expect(steps >= 1)
      #expect(try tool.files() == ["o.json", "part.json", "run.json"])

      // One step an epoch: forty more, and as many in one go.
      let epochs = steps + 40
      let whole = try tool.run(["train", "--save", "whole.json", "-q", "--epochs", "\(epochs)"] + setting)
      #expect(whole.exitCode == 0, "\(whole.errors)")
      #expect(try tool.read("part.json") != tool.read("whole.json"))
      let resumed = try tool("train --resume run.json --save resumed.json -q --epochs \(epochs)")
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try tool.read("resumed.json") == tool.read("whole.json"))
    }
  }
}
