// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import Foundation
import Testing

/// What a script may rely on: names and kinds of the JSON, and that every form holds the same.
@Suite("The contract for scripts")
struct ContractTests {
  @Test(
    "Every JSON says what wrote it",
    arguments: [
      "check --model line", "train --model line --data line --epochs 2", "gradient --model line", "list", "doctor",
      "schedule cosine", "replay moons",
    ])
  func envelope(line: String) throws {
    try Tool.use { tool in
      let json = try JSONObject(tool(line + " --format json").output)
      #expect(try json.integer("schemaVersion") == 1)
      #expect(try json.text("tool") == "difftool")
      #expect(try tool("--version").output == json.text("toolVersion") + "\n")
      #expect(try json.text("command").hasPrefix("difftool \(line) --format json"))
      // What draws random numbers says from which seed.
      if ["check", "train", "gradient"].contains(String(line.prefix { $0 != " " })) {
        #expect(try json.integer("seed") == 0)
        #expect(try json.text("command").hasSuffix("--seed 0"))
      }
    }
  }

  @Test func check() throws {
    try Tool.use { tool in
      let json = try JSONObject(tool("check --model line --format json").output)
      #expect(try json.text("verdict") == "agree")
      #expect(try json.integer("components") == 2)
      let methods = try json.objects("methods")
      #expect(try methods.map { try $0.text("name") } == Registry.standard.differentiators.names)
      for method in methods {
        #expect(try method.integer("evaluations") > 0)
        #expect(try method.number("seconds") >= 0)
      }
      let worst = try json.object("worst")
      #expect(["m", "c"].contains(try worst.text("parameter")))
      #expect(try worst.texts("methods").count == 2)
      #expect(try worst.number("difference") <= worst.number("rule"))
      #expect(try worst.number("difference") >= 0)
    }
  }

  @Test("A disagreement names the parameter and the method")
  func disagreement() throws {
    try Tool.use("SpoiltDifftool") { tool in
      let run = try tool("check --model line --method tape,dual,wrong-one-percent --format json")
      #expect(run.exitCode == 1)
      let json = try JSONObject(run.output)
      #expect(try json.text("verdict") == "disagree")
      #expect(try json.object("worst").number("difference") > json.object("worst").number("rule"))
      let findings = try json.objects("findings")
      #expect(findings.count == 2)
      for finding in findings {
        #expect(try finding.texts("blamed") == ["wrong-one-percent"])
        #expect(try finding.text("cause") == "wrongRule")
      }
    }
  }

  @Test("Quotients at a step far too small agree within the error that they state")
  func honestQuotients() throws {
    try Tool.use { tool in
      let run = try tool("check --model line --method tape,dual,finite-difference:h=1e-12,order=1 --format json")
      #expect(run.exitCode == 0)
      let json = try JSONObject(run.output)
      #expect(try json.text("verdict") == "agree")
      let worst = try json.object("worst")
      #expect(try worst.text("decidedBy") == "errors")
      // Some 10⁻⁴ of cancellation, and an allowance that knows it.
      #expect(try worst.number("difference") > 1e-6 && worst.number("rule") < 1e-2)
    }
  }

  @Test("Of several seeds the worst is at the top, and all are below it")
  func seeds() throws {
    try Tool.use { tool in
      let json = try JSONObject(tool("check --model line --seeds 3..5 --format json").output)
      let runs = try json.objects("runs")
      #expect(try runs.map { try $0.integer("seed") } == [3, 4, 5])
      #expect(try runs.allSatisfy { try $0.object("report").text("verdict") == "agree" })
      #expect(json["seed"] == nil)
    }
  }

  @Test func mutation() throws {
    try Tool.use { tool in
      let mutation = try JSONObject(tool("check --model line --mutate --format json").output).object("mutation")
      #expect(try mutation.integer("killed") == mutation.integer("planted") - mutation.integer("withinRule"))
      #expect(try mutation.integer("killed") > 0)
      #expect(try mutation.objects("survivors").isEmpty)
    }
  }

  @Test func train() throws {
    try Tool.use { tool in
      let json = try JSONObject(
        tool("train --model mlp:hidden=3 --data moons --epochs 4 --test 0.2 --format json").output)
      #expect(try json.text("outcome") == "completed")
      #expect(try json.integer("epochs") == 4)
      #expect(try json.integer("steps") == 8)
      #expect(try json.number("seconds") > 0)
      #expect(try json.number("stepsPerSecond") > 0)
      #expect(try json.objects("history").count == 4)
      for (part, samples) in [("train", 60), ("validation", 20), ("test", 20)] {
        let metrics = try json.object(part)
        #expect(try metrics.integer("samples") == samples)
        #expect(try metrics.number("loss").isFinite)
        #expect(try (0...1).contains(metrics.number("accuracy")))
      }
    }
  }

  @Test("Several seeds: median, smallest and largest of every figure")
  func trainSeeds() throws {
    try Tool.use { tool in
      let json = try JSONObject(tool("train --model line --data line --epochs 3 --seeds 0..2 --format json").output)
      #expect(try json.numbers("seeds") == [0, 1, 2])
      let losses = try json.objects("runs").map { try $0.object("validation").number("loss") }.sorted()
      let figures = try json.object("median").object("validation").object("loss")
      #expect(try [figures.number("minimum"), figures.number("median"), figures.number("maximum")] == losses)
      #expect(Set(losses).count == 3)
    }
  }

  @Test("The list has every entry of the registry")
  func list() throws {
    try Tool.use { tool in
      let entries = try JSONObject(tool("list --format json").output).objects("entries")
      let registry = Registry.standard
      let names =
        registry.differentiators.names + registry.models.names + registry.losses.names + registry.penalties.names
        + registry.initializers.names + registry.optimizers.names + registry.schedules.names + registry.dataSets.names
      #expect(try entries.map { try $0.text("name") } == names)
      for entry in entries {
        #expect(try !entry.text("kind").isEmpty && !entry.text("summary").isEmpty)
        for option in try entry.objects("options") {
          #expect(
            try !option.text("name").isEmpty && !option.text("expected").isEmpty && !option.text("summary").isEmpty)
        }
      }
    }
  }

  @Test("What is not a number is a string, and the rest reads back to the last bit")
  func numbers() throws {
    try Tool.use { tool in
      let infinite = try tool("check --model scale --at b=1e308 --loss sum-of-squares --format json")
      #expect(try JSONObject(infinite.output).texts("value") == ["Infinity"])
      let gradient = try JSONObject(tool("gradient --model scale --at b=nan --format json").output)
      #expect(try gradient.text("value") == "NaN")
      let exact = try JSONObject(tool("gradient --model line --at m=0.1,c=0.30000000000000004 --format json").output)
      #expect(try exact.objects("components").map { try $0.number("at") } == [0.1, 0.1 + 0.2])
      let named = try JSONObject(
        tool("gradient --model mlp:hidden=2 --at layers.0.weight[1,0]=0.5,layers.1.bias[0]=-2 --format json").output)
      for component in try named.objects("components") {
        let values = ["layers.0.weight[1,0]": 0.5, "layers.1.bias[0]": -2]
        if let value = try values[component.text("parameter")] { #expect(try component.number("at") == value) }
      }
    }
  }
}
