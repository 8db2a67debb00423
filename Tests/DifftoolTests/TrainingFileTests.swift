// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("What train writes and reads")
struct TrainingFileTests {
  static let setting = "train --model mlp:hidden=4 --data moons"

  @Test("The history has a line an epoch, in both forms, with the JSON's numbers")
  func history() throws {
    try Tool.use { tool in
      let csv = try tool("\(Self.setting) --epochs 5 --history h.csv --format json")
      let epochs = try JSONObject(csv.output).objects("history")
      let rows = cells(ofCSV: try tool.read("h.csv"))
      let column = try #require(rows[0].firstIndex(of: "trainingLoss"))
      let losses = try epochs.map { try $0.number("trainingLoss") }
      #expect(losses.count == 5)
      #expect(rows.dropFirst().map { Double($0[column]) } == losses)
      _ = try tool("\(Self.setting) --epochs 5 --history h.jsonl -q")
      let lines = try tool.read("h.jsonl").split(separator: "\n").map { try JSONObject(String($0)) }
      #expect(try lines.map { try $0.number("trainingLoss") } == losses)
      #expect(try lines.map { try $0.integer("epoch") } == [1, 2, 3, 4, 5])
    }
  }

  @Test("A checkpoint goes on to what one long training gives, and its history is whole")
  func longer() throws {
    try Tool.use { tool in
      _ = try tool("\(Self.setting) --epochs 8 --save whole.json --history whole.csv -q")
      _ = try tool("\(Self.setting) --epochs 3 --checkpoint run.json -q")
      let resumed = try tool("train --resume run.json --epochs 8 --save parts.json --history parts.csv -q")
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try tool.read("whole.json") == tool.read("parts.json"))
      #expect(try tool.read("whole.csv") == tool.read("parts.csv"))
    }
  }

  @Test("A finished training that is resumed says so, and counts this session's steps only")
  func finished() throws {
    try Tool.use { tool in
      _ = try tool("\(Self.setting) --epochs 6 --checkpoint run.json --save a.json -q")
      for options in ["", " --epochs 6", " --epochs 2"] {
        let run = try tool("train --resume run.json --no-progress --save b.json\(options)")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("already at epoch 6: give a larger --epochs to go on"), "\(run.output)")
        #expect(!run.output.contains("trained") && !run.output.contains("steps/s"))
        #expect(try tool.read("a.json") == tool.read("b.json"))
      }
      let more = try JSONObject(tool("train --resume run.json --epochs 9 --format json").output)
      #expect(try more.integer("steps") == 27 && more.integer("sessionSteps") == 9)
      let rate = try more.number("stepsPerSecond") * more.number("seconds")
      #expect((rate - 9).magnitude < 1e-9)
      #expect(
        try tool("train --resume run.json --epochs 9 --no-progress").output.contains("27 steps, 9 of them now in"))
    }
  }

  @Test("The checkpoint at the end is the last state, whatever ended the training and however often one was written")
  func lastState() throws {
    try Tool.use { tool in
      for (name, options) in [
        ("a", ""), ("b", "--checkpoint-every 1"), ("c", "--checkpoint-every 4"), ("d", "--checkpoint-every 99"),
      ] {
        _ = try tool("\(Self.setting) --epochs 10 --checkpoint \(name).json -q \(options)")
        #expect(try tool.read("\(name).json") == tool.read("a.json"), "\(options)")
      }
      let early = try tool(
        "\(Self.setting) --epochs 900 --patience 3 --checkpoint e.json --checkpoint-every 700 --format json")
      let epochs = try JSONObject(early.output).integer("epochs")
      #expect(try epochs < 700 && JSONObject(early.output).text("outcome") == "stoppedEarly")
      let again = try tool("train --resume e.json -q").output
      #expect(again.contains("already at epoch \(epochs), where it stopped early"), "\(again)")
      let line = "train --model line --data line --optimizer sgd:lr=1e6 --checkpoint f.json --checkpoint-every 700 -q"
      #expect(try tool(line).exitCode == 1)
      #expect(try tool.read("f.json").contains("\"step\":"))
    }
  }

  @Test("Checkpoints and models that do not fit are refused with what is wrong")
  func wrongFiles() throws {
    try Tool.use { tool in
      _ = try tool("\(Self.setting) --epochs 2 --checkpoint run.json --save model.json -q")
      let model = try tool("train --resume model.json")
      #expect(model.exitCode == 2 && model.errors.contains("a saved model"))
      let other = try tool("train --resume run.json --model mlp:hidden=5")
      #expect(other.exitCode == 2 && other.errors.contains("hidden=5"))
      let seed = try tool("train --resume run.json --seed 3")
      #expect(seed.exitCode == 2 && seed.errors.contains("the seed is 0"))
      try tool.write(try tool.read("run.json").replacing("\"step\":", with: "\"stop\":"), to: "damaged.json")
      let damaged = try tool("train --resume damaged.json")
      #expect(damaged.exitCode == 2 && damaged.errors.contains("damaged"))
      try tool.write("{}", to: "foreign.json")
      #expect(try tool("train --resume foreign.json").exitCode == 2)
      #expect(try tool("predict run.json model.json").exitCode == 2)
    }
  }

  @Test("A spot check changes nothing, and stops where the gradient is wrong")
  func spotCheck() throws {
    try Tool.use { tool in
      let plain = try tool("\(Self.setting) --epochs 3 --save a.json -q")
      let checked = try tool("\(Self.setting) --epochs 3 --save b.json --spot-check 2 -q")
      #expect(plain.output == checked.output && checked.exitCode == 0)
      #expect(try tool.read("a.json") == tool.read("b.json"))
      // A step of 1e-20 does not change the parameters: no derivative.
      let wrong = try tool(
        "\(Self.setting) --epochs 3 --spot-check 2 --differentiator finite-difference:h=1e-20,order=1 --format json")
      #expect(wrong.exitCode == 1, "\(wrong.errors)")
      #expect(try JSONObject(wrong.output).text("outcome") == "gradientDisputed")
    }
  }

  @Test("Divergence is delivered with its step, the parameter and advice")
  func divergence() throws {
    try Tool.use { tool in
      let run = try tool("train --model line --data line --optimizer sgd:lr=1e6 --save m.json")
      #expect(run.exitCode == 1)
      for part in ["diverged", "step", "learning rate"] { #expect(run.output.contains(part), "\(part)") }
      #expect(try tool.files() == ["m.json"])
    }
  }

  @Test("A training that makes things worse is no success, short of divergence too")
  func worse() throws {
    try Tool.use { tool in
      try tool.write("x,y\n1,3\n2,5.1\n3,6.9\n4,9.2\n5,11\n", to: "line.csv")
      let line =
        "train --model line --data line.csv --target y --scale none --validation 0 --init zeros --batch full -q "
        + "--optimizer sgd:lr="
      let run = try tool(line + "0.085 --epochs 400")
      #expect(
        run.exitCode == 0 && run.output.hasPrefix("! trained, and the loss grew from 57.652 to "), "\(run.output)")
      #expect(try tool(line + "0.083 --epochs 400").output.hasPrefix("✓ trained: "))
    }
  }

  @Test("What a resumed training learns and nobody asked to keep is said to be lost")
  func lost() throws {
    try Tool.use { tool in
      _ = try tool("\(Self.setting) --epochs 2 --checkpoint run.json -q")
      #expect(
        try tool("train --resume run.json --epochs 4 --no-progress").output.contains("nothing was written: give --save")
      )
      let kept = try tool("train --resume run.json --epochs 4 --no-progress --save m.json")
      #expect(!kept.output.contains("nothing was written"))
    }
  }

  @Test("Progress: lines on standard error, none with --no-progress, each epoch with -v")
  func progress() throws {
    try Tool.use { tool in
      let plain = try tool("\(Self.setting) --epochs 40")
      #expect(plain.errors.split(separator: "\n").count <= 22)
      #expect(plain.errors.hasPrefix("epoch 1/40"))
      #expect(!plain.errors.contains("\u{1B}") && !plain.errors.contains("\r"))
      #expect(
        try tool("\(Self.setting) --epochs 40 -v").errors.split(separator: "\n")
          .count { $0.hasPrefix("epoch ") } == 40)
      #expect(try tool("\(Self.setting) --epochs 40 --no-progress").errors.isEmpty)
      #expect(try tool("\(Self.setting) --epochs 40 --no-progress --quiet").output.hasPrefix("✓ trained"))
    }
  }
}
