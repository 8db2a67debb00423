// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

@Suite("Derivatives written by hand, on the command line")
struct HandWrittenTests {
  private static func check(_ derivatives: String..., at point: String = "x=1,y=2", more: [String] = []) -> [String] {
    ["check", "--formula", "x*sin(y)", "--at", point] + derivatives.flatMap { ["--hand-written", $0] } + more
  }

  @Test("Right ones agree, in one option or several; a wrong one is blamed by name")
  func judged() throws {
    try Tool.use { tool in
      let right = try tool.run(Self.check("x=sin(y),y=x*cos(y)"))
      #expect(right.exitCode == 0 && right.output.contains("hand-written"))
      #expect(right.output.contains("2/2 components agree by 7 methods"))
      #expect(try tool.run(Self.check("y=x*cos(y)", "x=sin(y)", more: ["-q"])).exitCode == 0)
      let wrong = try tool.run(Self.check("x=sin(y),y=-x*cos(y)", more: ["--format", "json"]))
      #expect(wrong.exitCode == 1)
      let findings = try JSONObject(wrong.output).objects("findings")
      #expect(findings.count == 1)
      #expect(try findings[0].text("parameter") == "y" && findings[0].texts("blamed") == ["hand-written"])
      // Not a number where the derivative is one.
      #expect(try tool.run(Self.check("x=sqrt(-y),y=x*cos(y)")).exitCode == 2)
    }
  }

  static let refused: [(arguments: [String], says: String)] = [
    (check("x=sin(y)"), "--hand-written: no derivative by y; write --hand-written 'x=…,y=…' with a formula for each"),
    (check("x=sin(y),yy=1"), "--hand-written: the formula has no variable 'yy'; it has: x, y"),
    (check("x=sin(z),y=x"), "the derivative by x has 'z', which the formula has not"),
    (check("x=sni(y),y=x"), "no function is called 'sni' (did you mean 'sin'?)"),
    (check("x=1,x=2"), "--hand-written: x is given twice"),
    (["check", "--model", "line", "--hand-written", "m=1"], "--hand-written belongs to --formula"),
  ]

  @Test("What cannot be judged is refused with the way out", arguments: refused)
  func refusals(arguments: [String], says: String) throws {
    try Tool.use { tool in
      let run = try tool.run(arguments)
      #expect(run.exitCode == 64 && run.errors.contains(says), "\(run.errors)")
    }
  }
}
