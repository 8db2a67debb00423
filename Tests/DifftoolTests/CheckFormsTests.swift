// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import Foundation
import Testing

@Suite("The check in every form")
struct CheckFormsTests {
  /// The rows of CSV text as dictionaries.
  static func rows(_ csv: String) throws -> [[String: String]] {
    let all = cells(ofCSV: csv)
    let titles = try #require(all.first)
    #expect(Set(titles).count == titles.count, "two columns have one name")
    return all.dropFirst().map { Dictionary(zip(titles, $0)) { a, _ in a } }
  }

  @Test("CSV: one row a component, with the numbers of the JSON to the last bit")
  func components() throws {
    try Tool.use { tool in
      let line = "check --model mlp:hidden=3"
      let rows = try Self.rows(tool("\(line) --format csv").output)
      let json = try JSONObject(tool("\(line) --format json").output)
      let details = try json.objects("details")
      #expect(try rows.count == json.integer("components") && rows.count == details.count && rows.count == 13)
      for (row, detail) in zip(rows, details) {
        #expect(try row["parameter"] == detail.text("parameter"))
        #expect(row["verdict"] == "agree" && row["cause"] == "" && row["blamed"] == "")
        for method in Registry.standard.differentiators.names {
          #expect(try Double(row[method] ?? "") == detail.object("values").number(method))
          #expect(try Double(row["\(method) error"] ?? "") == detail.object("errors").number(method))
        }
        let comparison = try detail.object("comparison")
        let (difference, allowed) = try (comparison.number("difference"), comparison.number("rule"))
        #expect(Double(row["difference"] ?? "") == difference && Double(row["allowed"] ?? "") == allowed)
        let ratio = try #require(Double(row["ratio"] ?? ""))
        #expect(ratio == (difference == 0 ? 0 : difference / allowed) && ratio <= 1)
      }
    }
  }

  @Test("CSV of a disagreement has cause and blame; of a point without a value one row that says so")
  func disagreement() throws {
    try Tool.use("SpoiltDifftool") { tool in
      let run = try tool("check --model line --method tape,dual,wrong-one-percent --format csv")
      #expect(run.exitCode == 1)
      let rows = try Self.rows(run.output)
      #expect(rows.map { $0["parameter"] } == ["m", "c"])
      for row in rows {
        #expect(row["verdict"] == "disagree" && row["cause"] == "wrongRule")
        #expect(row["blamed"] == "wrong-one-percent")
        #expect(Double(row["ratio"] ?? "") ?? 0 > 1 && row["remark"]?.isEmpty == false)
      }
      let infinite = try Self.rows(tool("check --model line --at m=inf --format csv").output)
      #expect(infinite.count == 1 && infinite[0]["verdict"] == "notFinite")
      #expect(infinite[0]["remark"]?.contains("m = inf") == true)
      #expect(try !tool("check --model line --at m=inf").output.contains("value \n"))
    }
  }

  @Test("A kink is accepted beyond the rule, and no form calls that a close call")
  func kink() throws {
    try Tool.use { tool in
      // All inputs of the rectifier are 0; a quotient at a fixed step sees one side only.
      let line =
        "check --model neuron:activation=relu,inputs=2 --init zeros "
        + "--method tape,complex-step,finite-difference:h=1e-6,order=1"
      let text = try tool(line)
      #expect(text.exitCode == 0)
      #expect(text.output.contains("0/3 components agree by 3 methods (3 more accepted at a kink)"))
      #expect(!text.output.contains("closest call"))
      let json = try JSONObject(tool("\(line) --format json").output)
      #expect(throws: (any Error).self) { try json.object("worst") }
      let rows = try Self.rows(tool("\(line) --format csv").output)
      #expect(rows.map { $0["verdict"] } == ["agree", "agree", "agree"])
      #expect(rows.map { $0["cause"] } == ["kink", "kink", "kink"])
      for row in rows {
        #expect(Double(row["ratio"] ?? "") ?? 0 > 1)
        #expect(Double(row["left slope"] ?? "") != Double(row["right slope"] ?? ""))
      }
    }
  }

  @Test("A formula has its point: several seeds are refused, and what a file says wrong is named with its line")
  func refusedForFormulas() throws {
    try Tool.use { tool in
      let run = try tool("check --formula x^2 --at x=1 --seeds 1..3")
      #expect(run.exitCode == 64 && run.errors.contains("--seeds draws a model's parameters"))
      try tool.write("model = line\nlimit = many\n", to: "c.conf")
      let file = try tool("check --config c.conf")
      #expect(file.exitCode == 64 && file.errors.contains("--limit is from c.conf, line 2"), "\(file.errors)")
      #expect(try tool("check --config c.conf --config c.conf").errors.contains("--config is given twice"))
    }
  }

  @Test("Of several failing seeds the one with the largest ratio is shown")
  func worstSeed() throws {
    try Tool.use("SpoiltDifftool") { tool in
      let line = "check --model line --method tape,wrong-one-percent --seeds 1..4"
      let json = try JSONObject(tool("\(line) --format json").output)
      let ratios = try json.objects("runs").map { run in
        let worst = try run.object("report").object("worst")
        return try (seed: run.integer("seed"), ratio: worst.number("difference") / worst.number("rule"))
      }
      let largest = try #require(ratios.max { $0.ratio < $1.ratio })
      #expect(largest.seed != 1, "the first seed is the worst: the test shows nothing")
      #expect(try json.object("worst").number("difference") / json.object("worst").number("rule") == largest.ratio)
      let text = try tool(line).output
      #expect(text.contains("the worst seed, \(largest.seed):") && !text.contains("closest"))
      let rows = try Self.rows(tool("\(line) --format csv").output)
      #expect(rows.map { Double($0["ratio"] ?? "") } == ratios.map(\.ratio))
    }
  }

  @Test("Methods with the same rules are one witness, and one witness is told what to add")
  func witnesses() throws {
    try Tool.use { tool in
      let shared = try Registry.standard.differentiators.names.filter {
        try Registry.standard.differentiators.make($0).traits.ruleFamily == "rule table"
      }
      #expect(shared.contains("tape") && shared.contains("dual"))
      let all = try tool("check --model line").output.replacing(#/\s+/#, with: " ")
      #expect(
        all.contains("witnesses: 3 (\(shared.joined(separator: ", ")) share their derivative rules and count as one)"))
      let two = try tool("check --model line --method tape,dual").output.replacing(#/\s+/#, with: " ")
      #expect(two.contains("are one witness") && two.contains("--method tape,dual,complex-step"))
      #expect(try !tool("check --model line --method tape,complex-step").output.contains("witness"))
      let one = try tool("check --model line --method tape")
      #expect(one.exitCode == 1)
      #expect(one.output.replacing(#/\s+/#, with: " ").contains("one method cannot be a consensus"))
      #expect(try tool("check --model line --method tape -q").output.contains("--method tape,complex-step"))
    }
  }

  @Test("The loss for the classes of a file is that of a training")
  func defaultLoss() throws {
    try Tool.use { tool in
      for (data, loss) in [
        ("--data iris.csv --target species", "softmax-cross-entropy"), ("--data moons", "binary-cross-entropy-logits"),
        ("--data line", "mean-squared"),
      ] {
        try? FileManager.default.copyItem(
          at: Tool.root.appending(path: "Samples/data/iris.csv"), to: tool.folder.appending(path: "iris.csv"))
        let subject = try JSONObject(tool("check --model mlp:hidden=3 \(data) --format json").output).object("subject")
        #expect(try subject.text("loss") == loss)
        let trained = try JSONObject(tool("train --model mlp:hidden=3 \(data) --epochs 1 --format json").output)
        #expect(try trained.object("specification").text("loss") == loss)
      }
    }
  }
}
