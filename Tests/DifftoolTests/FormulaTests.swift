// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Formulas on the command line")
struct FormulaTests {
  private static let formula = "x*sin(y)/hypot(x, y)"

  @Test("check and gradient take a formula in place of a model")
  func agree() throws {
    try Tool.use { tool in
      let check = try tool.run(["check", "--formula", Self.formula, "--at", "x=1,y=2", "--format", "json"])
      #expect(check.exitCode == 0)
      let json = try JSONObject(check.output)
      #expect(try json.text("verdict") == "agree" && json.integer("components") == 2)
      #expect(try json.object("subject").text("formula") == Self.formula)
      #expect(try json.object("subject").object("at").number("y") == 2)
      let table = try tool.run(["check", "--formula", Self.formula, "--at", "x=1", "--at", "y=2"])
      #expect(table.output.hasPrefix("\(Self.formula) at x = 1, y = 2\n"))
      #expect(table.output.contains("✓ agree: 2/2 components agree"))
      #expect(table.output.contains("again: difftool check --formula 'x*sin(y)/hypot(x, y)' --at x=1"))
      let gradient = try tool.run([
        "gradient", "--formula", "y = a^2*`b c`", "--at", "a=3,`b c`=pi/2", "--format", "csv",
      ])
      #expect(gradient.output.contains("\na,3.0,9.42477796076938\nb c,1.5707963267948966,9.0"))
    }
  }

  @Test("Planted errors are found in a formula, and a point without a value is one")
  func otherOutcomes() throws {
    try Tool.use { tool in
      let mutation = try tool.run([
        "check", "--formula", Self.formula, "--at", "x=1,y=2", "--mutate", "--places", "3", "-q",
      ])
      #expect(mutation.exitCode == 0 && mutation.output.contains("planted errors found"))
      let root = try tool.run(["gradient", "--formula", "sqrt(x)", "--at", "x=-1"])
      #expect(root.exitCode == 2 && root.output.contains("not finite: the value itself is nan at this point"))
      #expect(try tool.run(["check", "--formula", "abs(x)", "--at", "x=0"]).output.contains("kink"))
    }
  }

  static let refused: [(arguments: [String], says: String)] = [
    (["--formula", "a*epx(x)", "--at", "a=1,x=2"], "--formula: formula, character 3: no function is called 'epx'"),
    (["--formula", "a*epx(x)", "--at", "a=1,x=2"], "\n  a*epx(x)\n    ^~~"),
    (["--formula", "alpha*x", "--at", "alhpa=1"], "has no variable 'alhpa' (did you mean 'alpha'?); it has: alpha, x"),
    (["--formula", "x*y*z", "--at", "y=2"], "--at: no value for x, z; write --at x=1,y=2,z=1"),
    (["--formula", "x*y"], "--at: no value for x, y; write --at x=1,y=1"),
    (["--formula", "x", "--at", "x=two"], "--at: 'two' is no number for x; write x=0.5"),
    (["--formula", "x", "--at", "x=1,x=2"], "--at: x is given twice"),
    (["--formula", "x", "--at", "x"], "--at: 'x' is not name=value; write --at x=1"),
    (["--formula", "x", "--at", "x="], "--at: x has no value; write --at x=1"),
    (["--formula", "2*pi"], "'2*pi' has no variables"),
    (["--formula", "log(y) = x", "--at", "x=1"], "an equation with 'log(y)' on its left is not a function"),
    (["--formula", "x", "--model", "line"], "--model and --formula exclude each other"),
    (["--formula", "x", "--at", "x=1", "--data", "moons"], "--data belongs to a model's loss"),
    (["--formula", "x", "--at", "x=1", "--init", "zeros"], "--init belongs to a model's loss"),
    (["--at", "x=1"], "give --model NAME, or --formula"),
  ]

  @Test("What is wrong is said, with the way out", arguments: refused.indices)
  func refuses(_ index: Int) throws {
    let (arguments, says) = Self.refused[index]
    try Tool.use { tool in
      for command in ["check", "gradient"] {
        let run = try tool.run([command] + arguments)
        #expect(run.exitCode == 64 && run.output.isEmpty)
        #expect(run.errors.contains(says), "\(run.errors)")
      }
    }
  }
}
