// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Fits on the command line")
struct FitTests {
  /// y = 3 exp(-0.5 x) + 1 to the last digit, and a column of standard deviations.
  static let decay: String = {
    let rows = (0..<20).map { i in
      let x = Double(i) / 2
      return "\(x),\(3 * exp(-0.5 * x) + 1 + (i.isMultiple(of: 2) ? 0.01 : -0.01)),0.01"
    }
    return (["x,y,err"] + rows).joined(separator: "\n") + "\n"
  }()

  static let formula = ["--formula", "y = a*exp(-b*x) + c", "--start", "a=1,b=1,c=0"]

  private func use(_ body: (Tool) throws -> Void) throws {
    try Tool.use { tool in
      try Data(Self.decay.utf8).write(to: tool.folder.appending(path: "decay.csv"))
      try body(tool)
    }
  }

  @Test("Few rows are read as decimals: a line through decimals leaves nothing, where doubles leave their rounding")
  func decimals() throws {
    try Tool.use { tool in
      try Data("x,y\n0.1,0.13\n0.2,0.16\n0.3,0.19\n0.7,0.31\n1.1,0.43\n".utf8)
        .write(to: tool.folder.appending(path: "line.csv"))
      let line = "fit line.csv --start a=1,b=1 --format json --formula"
      let run = try tool.run(line.split(separator: " ").map(String.init) + ["y = a + b*x"])
      #expect(run.exitCode == 0, "\(run.errors)")
      // The rounding to doubles is about (10⁻¹⁷)² a row.
      #expect(try JSONObject(run.output).number("rss") < 1e-50)
    }
  }

  @Test("A curve that is linear in its parameters needs no start, within bounds too; any other one does")
  func linear() throws {
    try Tool.use { tool in
      try tool.write("x,y\n1,3\n2,5.1\n3,6.9\n4,9.2\n5,11\n", to: "line.csv")
      let run = try tool.run(["fit", "line.csv", "--formula", "y = a + b*x", "--format", "csv"])
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.contains("\na,1.0") && run.output.contains("\nb,2.01"))
      let bounded = try tool.run([
        "fit", "line.csv", "--formula", "y = a + b*x", "--bounds", "a=2..", "--format", "json",
      ])
      #expect(try JSONObject(bounded.output).objects("parameters").first?.number("value") == 2)
      let curved = try tool.run(["fit", "line.csv", "--formula", "y = a + exp(b*x)"])
      #expect(curved.exitCode == 64 && curved.errors.contains("no start for a, b"))
      let slip = try tool.run(["fit", "line.csv", "--formula", "y = a + X"])
      #expect(slip.exitCode == 64 && slip.errors.contains("'X' may be the column 'x'"))
    }
  }

  @Test("The JSON contract: parameters with errors, digits, status, and the rest")
  func contract() throws {
    try use { tool in
      let run = try tool.run(["fit", "decay.csv"] + Self.formula + ["--format", "json"])
      #expect(run.exitCode == 0, "\(run.errors)")
      let json = try JSONObject(run.output)
      let parameters = try json.objects("parameters")
      #expect(try parameters.map { try $0.text("name") } == ["a", "b", "c"])
      for (parameter, expected) in zip(parameters, [3, 0.5, 1]) {
        let (value, error) = try (parameter.number("value"), parameter.number("standardError"))
        // The added wiggle is far inside four standard errors of what it makes.
        #expect((value - expected).magnitude < 4 * error && error > 0 && error < 0.05)
        #expect(try parameter.number("lower") < value && value < parameter.number("upper"))
        #expect(parameter["fixed"] == .flag(false) && parameter["atBound"] == .flag(false))
      }
      #expect(try json.text("status") == "converged" && json.number("digits") > 9)
      #expect(try json.number("degreesOfFreedom") == 17 && json.number("rss") < 20 * 1e-4)
      #expect(try json.list("covariance").count == 3 && json.list("warnings").isEmpty)
      #expect(try json.text("equation") == "y = a*exp(-b*x) + c" && json.text("response") == "y")
      #expect(try json.object("options").text("missing") == "refuse")
    }
  }

  @Test("A formula without '=', standard input, CSV, one line, a saved result")
  func forms() throws {
    try use { tool in
      let formula = "--formula 'a*exp(-b*x) + c' --start a=1,b=1 --start c=0 --target y"
      let piped = try tool.shell("difftool fit - \(formula) --format csv --save fit.json < decay.csv")
      #expect(piped.exitCode == 0, "\(piped.errors)")
      let rows = cells(ofCSV: piped.output)
      #expect(rows.map(\.first) == ["parameter", "a", "b", "c"])
      let saved = try JSONObject(String(contentsOf: tool.folder.appending(path: "fit.json"), encoding: .utf8))
      #expect(try saved.objects("parameters").map { try "\($0.number("value"))" } == rows.dropFirst().map { $0[1] })
      let line = try tool.run(["fit", "decay.csv", "-q"] + Self.formula)
      #expect(line.output.hasPrefix("✓ converged: the minimum is found to ") && line.output.contains("); a = "))
      let table = try tool.run(["fit", "decay.csv"] + Self.formula)
      #expect(table.output.hasPrefix("y = a*exp(-b*x) + c, decay.csv: 20 rows\n"))
      #expect(table.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let markdown = try tool.run(["fit", "decay.csv", "--format", "markdown"] + Self.formula)
      #expect(markdown.output.hasPrefix("| parameter | value |"))
    }
  }

  @Test("Held, defined and bounded parameters, ranges of starts, weights and losses")
  func options() throws {
    try use { tool in
      func fit(_ arguments: String...) throws -> JSONObject {
        let run = try tool.run(["fit", "decay.csv", "--format", "json"] + arguments)
        #expect(run.exitCode == 0, "\(arguments): \(run.errors)")
        return try JSONObject(run.output)
      }
      let curve = "y = a*exp(-b*x) + c"
      let held = try fit("--formula", curve, "--start", "a=1,b=1", "--fix", "c=1")
      #expect(try held.objects("parameters")[2]["fixed"] == .flag(true) && held.number("degreesOfFreedom") == 18)
      let defined = try fit("--formula", curve, "--start", "b=1,s=1", "--define", "a = 3*c", "--define", "c = s^2")
      #expect(try defined.objects("parameters").map { try $0.text("name") } == ["a", "b", "c", "s"])
      let values = try defined.objects("parameters").map { try $0.number("value") }
      #expect((values[0] - 3 * values[3] * values[3]).magnitude < 1e-12)
      let bounded = try fit("--formula", curve, "--start", "a=1,b=1,c=2", "--bounds", "c=1.5..", "--upper", "a=10")
      #expect(try bounded.objects("parameters")[2].number("value") == 1.5)
      #expect(try bounded.objects("parameters")[2]["atBound"] == .flag(true) && bounded.text("status") == "atBound")
      let many = try fit("--formula", curve, "--start", "a=0.1..10,b=0.01..5,c=-1..2", "--starts", "5")
      #expect(try many.list("starts").count == 5)
      let absolute = try fit(
        "--formula", curve, "--start", "a=1,b=1,c=0", "--sigma", "err", "--sigma-is", "absolute")
      let relative = try fit(
        "--formula", curve, "--start", "a=1,b=1,c=0", "--sigma", "err", "--sigma-is", "relative")
      #expect(absolute["sigmaIsAbsolute"] == .flag(true) && relative["sigmaIsAbsolute"] == .flag(false))
      let scale = try relative.number("reducedChiSquared").squareRoot()
      let errors = try [absolute, relative].map { try $0.objects("parameters")[0].number("standardError") }
      #expect((errors[1] / errors[0] - scale).magnitude < 1e-9)
      _ = try fit("--formula", curve, "--start", "a=1,b=1,c=0", "--robust", "huber:scale=0.01")
      _ = try fit("--formula", curve, "--start", "a=1,b=1,c=0", "--weights", "err")
      _ = try fit("--formula", curve, "--start", "a=1,b=1,c=0", "--method", "complex-step", "--profile")
    }
  }

  @Test("A built-in curve guesses its start, and its columns may have other names")
  func builtIn() throws {
    try use { tool in
      let named = try tool.run(["fit", "decay.csv", "--model", "exponential-decay", "--format", "json"])
      #expect(named.exitCode == 0, "\(named.errors)")
      let text = Self.decay.replacing("x,y,err", with: "time,signal,err")
      try Data(text.utf8).write(to: tool.folder.appending(path: "other.csv"))
      let other = try tool.run(
        [
          "fit", "other.csv", "--model", "exponential-decay", "--inputs", "time", "--target", "signal", "--format",
          "json",
        ])
      let parameters = try JSONObject(named.output).objects("parameters")
      #expect(try parameters.map { try $0.text("name") } == ["a", "b", "c"])
      for (parameter, expected) in zip(parameters, [3, 0.5, 1]) {
        let (value, error) = try (parameter.number("value"), parameter.number("standardError"))
        #expect((value - expected).magnitude < 4 * error && error > 0 && error < 0.05, "\(value) ± \(error)")
      }
      #expect(try JSONObject(other.output).objects("parameters") == parameters)
      #expect(try JSONObject(other.output).text("equation") == "y = a*exp(-b*x) + c (y is signal, x is time)")
      let refused = try tool.run(["fit", "other.csv", "--model", "exponential-decay"])
      #expect(refused.exitCode == 64 && refused.errors.contains("--target is missing"))
      // The response is there under its own name: what is missing is the predictor.
      try tool.write(Self.decay.replacing("x,y,err", with: "time,y,err"), to: "half.csv")
      let half = try tool.run(["fit", "half.csv", "--model", "exponential-decay"])
      #expect(half.exitCode == 64 && half.errors.contains("name its column out of: time, err"), "\(half.errors)")
    }
  }

  @Test("Not converged is a result with exit code 1")
  func notConverged() throws {
    try use { tool in
      let same = try tool.run(["fit", "decay.csv", "--formula", "y = a*b + c*x", "--start", "a=1,b=1,c=1"])
      #expect(same.exitCode == 1 && same.output.contains("undetermined"), "\(same.output)\(same.errors)")
      let stopped = try tool.run(["fit", "decay.csv", "--iterations", "1", "--format", "csv"] + Self.formula)
      #expect(stopped.exitCode == 1 && stopped.errors.contains("not converged"))
    }
  }
}
