// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

@Suite("Formulas and values that begin with a sign")
struct LeadingSignTests {
  static let commands: [[String]] = [
    ["fit", "line.csv", "--formula", "-a*x", "--target", "y", "--start", "a=-1"],
    ["fit", "line.csv", "--formula", "-y = a*x", "--start", "a=-1"],
    ["fit", "line.csv", "--target", "y", "--start", "a=1", "--formula=-a*x"],
    ["check", "--formula", "-x^2", "--at", "x=-1"], ["gradient", "--formula", "-x*sin(y)", "--at", "x=1,y=-2"],
    ["explain", "--formula", "-x*y", "--at", "x=1,y=2"], ["explain", "-x*y", "--at", "x=1,y=2"],
    ["scan", "-x^3", "--at", "x=2"],
    ["scan", "--at", "x=2", "-x"], ["scan", "--at", "x=2", "-q", "-sin(x)"], ["scan", "--at", "x=2", "--", "-x^3"],
    ["scan", "-2*x^3", "--at", "x=-2", "--format", "csv", "-o", "-"],
  ]

  @Test("They are formulas, not options", arguments: commands)
  func areFormulas(arguments: [String]) throws {
    try Tool.use { tool in
      try tool.write("x,y\n1,-2\n2,-4.1\n3,-5.9\n", to: "line.csv")
      let run = try tool.run(arguments)
      #expect(run.exitCode == 0 && !run.output.isEmpty, "\(arguments): \(run.errors)")
      guard !arguments.contains("-q"), !arguments.contains("csv") else { return }
      let again = try tool.shell(AgainTests.command(run.output))
      #expect(again.exitCode == 0, "\(again.errors)")
    }
  }

  @Test("Options stay options")
  func stayOptions() throws {
    try Tool.use { tool in
      let help = try tool("scan -h")
      #expect(help.output.contains("difftool scan <formula>"))
      let slip = try tool("scan x^2 --at x=1 --plto -")
      #expect(slip.errors.contains("--plot"))
      let missing = try tool("scan -q --at x=1")
      #expect(missing.exitCode == 64)
    }
  }

  @Test("'again:' breaks between options, never between an option and its value")
  func again() throws {
    try Tool.use { tool in
      try tool.write("x,y\n1,-2\n2,-4.1\n3,-5.9\n", to: "a-rather-long-name-of-a-file.csv")
      let run = try tool.run([
        "fit", "a-rather-long-name-of-a-file.csv", "--formula", "y = a + slope*x", "--start", "slope=1", "--fix",
        "a=0.25", "--bounds", "slope=-100..100", "--confidence", "0.9", "--digits", "6", "--format", "table",
      ])
      #expect(run.exitCode == 0, "\(run.errors)")
      let lines = try AgainTests.command(run.output).split(separator: "\n")
      #expect(lines.count > 2)
      for line in lines.dropLast() {
        let words = line.split(separator: " ")
        let last = try #require(words.dropLast().last)
        #expect(words.last == "\\" && !last.hasPrefix("--"), "\(line)")
        #expect(line.count <= 80)
      }
    }
  }
}
