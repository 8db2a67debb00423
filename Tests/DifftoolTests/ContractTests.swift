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
        #expect(try method.number("seconds") > 0)
      }
      #expect(try json.integer("families") == 3 && json.integer("screenedComponents") == 0)
      let worst = try json.object("worst")
      #expect(["m", "c"].contains(try worst.text("parameter")))
      #expect(try worst.texts("methods").count == 2)
      #expect(try worst.number("difference") <= worst.number("rule"))
      #expect(try worst.number("difference") >= 0)
    }
  }

  @Test("With more than 2000 inputs: one method in full, the others along directions, all of them timed")
  func screened() throws {
    try Tool.use { tool in
      let methods = "tape,dual,dual-batch,complex-step,finite-difference"
      let run = try tool("check --model mlp:hidden=64x64 --method \(methods) --format json")
      let json = try JSONObject(run.output)
      #expect(try json.text("verdict") == "agree" && json.integer("components") == 0)
      let total = try json.integer("totalComponents")
      #expect(try total > 2000 && json.integer("screenedComponents") == total)
      for method in try json.objects("methods") {
        #expect(try method.number("seconds") > 0 && method.integer("evaluations") > 0)
        #expect(try method.text("participation") == (method.text("name") == "tape" ? "compared" : "screened"))
      }
      #expect(
        try json.text("summary").hasPrefix(
          "\(total) components: 1 method in full, 4 methods agree with it along 8 random directions"))
    }
  }

  @Test(
    "The closest call of an agreement is within the rule, at kinks too",
    arguments: Problems.models, ["torch-linear", "zeros", "uniform:bound=1"])
  func closestCall(model: String, initializer: String) throws {
    try Tool.use { tool in
      let run = try tool("check --model \(model) --init \(initializer) --format json")
      let json = try JSONObject(run.output)
      guard try json.text("verdict") == "agree" else {
        // At zero a derivative may be zero everywhere, and a point may lie on the kinks of all samples at once.
        #expect(initializer == "zeros")
        return
      }
      guard let worst = try? json.object("worst") else {
        #expect(try json.objects("findings").count == json.integer("components"))
        return
      }
      #expect(try worst.number("difference") <= worst.number("rule"), "\(run.output)")
    }
  }

  @Test("Methods that share their rules are one witness, and every form of the report says so")
  func oneFamily() throws {
    try Tool.use { tool in
      let command = "check --model mlp --method dual,dual-batch,tape"
      let json = try JSONObject(tool(command + " --format json").output)
      #expect(try json.text("verdict") == "agree" && json.integer("families") == 1)
      #expect(try json.objects("methods").allSatisfy { try $0.text("ruleFamily") == "rule table" })
      for form in ["", " -q"] {
        let text = try tool(command + form).output.replacing(#/\s+/#, with: " ")
        #expect(text.contains("are one witness"), "\(text)")
        #expect(text.contains("for a second witness: --method dual,dual-batch,tape,complex-step"), "\(text)")
      }
      #expect(try !tool("check --model mlp -q").output.contains("witness"))
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
      let mutation = try JSONObject(tool("check --model line --mutate --places 2000 --format json").output)
        .object("mutation")
      // Of a line on its samples there are fewer operations than that, and none is planted twice.
      #expect(try (1..<2000).contains(mutation.integer("planted")))
      #expect(try mutation.text("site") == "operations")
      #expect(try mutation.integer("killed") == mutation.integer("planted") - mutation.integer("withinRule"))
      #expect(try mutation.integer("killed") > 0)
      #expect(try mutation.objects("survivors").isEmpty)
      let other = try tool("check --model line --mutate --method complex-step,finite-difference").output
      #expect(
        other.replacing(#/\s+/#, with: " ").contains(
          "errors planted in recorded operations for complex-step"), "\(other)")
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

  @Test("The loss that is not given follows from the outputs")
  func defaultLoss() throws {
    try Tool.use { tool in
      let losses = [
        "identity": "binary-cross-entropy-logits", "sigmoid": "binary-cross-entropy",
        "softmax": "categorical-cross-entropy",
      ]
      for (output, loss) in losses {
        let run = try tool("train --model mlp:hidden=4,output=\(output) --data moons --epochs 2 --format json")
        #expect(try JSONObject(run.output).object("specification").text("loss") == loss, "\(run.errors)")
      }
    }
  }

  @Test("Spot checks are counted: how many, by which method, and how many showed nothing")
  func spotChecks() throws {
    try Tool.use { tool in
      let command = "train --model line --data line --epochs 4 --batch 20 --spot-check 5"
      let json = try JSONObject(tool(command + " --format json").output)
      let checks = try json.object("spotChecks")
      let steps = try json.integer("steps")
      #expect(try checks.integer("count") == (steps + 4) / 5 && checks.integer("vacuous") == 0)
      #expect(try checks.text("method") == "complex-step")
      let text = try tool(command).output
      #expect(text.contains("gradient checked \((steps + 4) / 5) times against complex-step"), "\(text)")
      // The other family's first exact method.
      let other = try JSONObject(tool(command + " --differentiator complex-step --format json").output)
      #expect(try other.object("spotChecks").text("method") == Registry.standard.differentiators.names[0])
      let none = try JSONObject(tool("train --model line --data line --epochs 1 --format json").output)
      #expect(none["spotChecks"] == nil)
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
        + registry.curves.names
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
