// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("explain and scan")
struct ExplainTests {
  static let neuron = "explain tanh(w*x+b) --at w=-3,x=2,b=6.8813735870195432"

  private static func words(_ run: Run) -> String {
    run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("The sums over paths are written out, and come to the adjoints of the JSON")
  func paths() throws {
    try Tool.use { tool in
      let run = try tool(Self.neuron)
      #expect(run.exitCode == 0, "\(run.errors)")
      let words = Self.words(run)
      #expect(
        words.contains("df/dw = df/dv2 · dv2/dv1 · dv1/dw = (1 - f^2) · 1 · x = 0.5 · 1 · 2 = 1"), "\(run.output)")
      let json = try JSONObject(tool(Self.neuron + " --format json").output)
      let nodes = try json.objects("nodes")
      let adjoints = try Dictionary(uniqueKeysWithValues: nodes.map { (try $0.text("name"), try $0.number("adjoint")) })
      for (name, expected) in [("w", 1.0), ("x", -1.5), ("b", 0.5), ("v1", 0.5), ("f", 1)] {
        #expect((try #require(adjoints[name]) - expected).magnitude < 1e-12, "\(name)")
      }
    }
  }

  @Test("A kink is called one, and a jump that no operation shows is seen in the whole")
  func kinksAndJumps() throws {
    try Tool.use { tool in
      let kink = try tool("explain abs(x) --at x=0")
      #expect(kink.exitCode == 1)
      #expect(Self.words(kink).contains("✗ a kink at f = abs(x): its slopes on the two sides differ"), "\(kink.output)")
      let jump = try tool.run(["explain", "if(x < 1, x, x + 1)", "--at", "x=1"])
      #expect(jump.exitCode == 1)
      #expect(Self.words(jump).contains("✗ the function jumps here, or turns faster than can be measured: df/dx is 1"))
      #expect(try tool.run(["explain", "if(x < 1, x, x + 1)", "--at", "x=1.1"]).exitCode == 0)
    }
  }

  @Test("One operation at a time where nobody is at a terminal: forwards, then backwards")
  func steps() throws {
    try Tool.use { tool in
      let lines = try tool(Self.neuron + " --steps").output.split(separator: "\n").filter { !$0.hasPrefix("  ") }
      #expect(lines.count == 12)
      #expect(
        lines.prefix(6).allSatisfy { $0.contains("forward") } && lines.suffix(6).allSatisfy { $0.contains("backward") })
      #expect(lines.contains { $0.contains("v1 = w*x = (-3)*2 = -6") })
    }
  }

  @Test("The quiz tells right from wrong, and why")
  func quiz() throws {
    try Tool.use { tool in
      let run = try tool.shell("printf '6\\n7\\n' | difftool explain 'a*b' --at a=2,b=3 --quiz")
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.contains("right") && run.output.contains("1 of 2 right"), "\(run.output)")
      #expect(run.output.contains("a number moves with itself: 1"))
    }
  }

  @Test("Graphs and equations; a picture, or where Graphviz is missing how to get it")
  func graphs() throws {
    try Tool.use { tool in
      #expect(try tool(Self.neuron + " --dot").output.hasPrefix("digraph"))
      #expect(try tool(Self.neuron + " --mermaid").output.hasPrefix("flowchart LR"))
      #expect(try tool(Self.neuron + " --latex").output.contains("\\frac{\\partial f}{\\partial w}"))
      let missing = try tool.run(
        ["explain", "a*b", "--at", "a=2,b=3", "--svg", "g.svg"], environment: ["PATH": tool.folder.path])
      #expect(missing.exitCode == 2 && missing.errors.contains("apt-get install graphviz"), "\(missing.errors)")
      let drawn = try tool(Self.neuron + " --svg g.svg")
      if drawn.exitCode == 0 {
        #expect(try tool.read("g.svg").contains("<svg"))
      } else {
        #expect(drawn.errors.contains("apt-get install graphviz"), "\(drawn.errors)")
      }
    }
  }

  @Test("The page has every number and fetches nothing")
  func page() throws {
    try Tool.use { tool in
      let run = try tool(Self.neuron + " --html page.html")
      #expect(run.exitCode == 0 && run.output.contains("wrote page.html"), "\(run.errors)")
      let page = try tool.read("page.html")
      #expect(page.contains("\"name\":\"v1\"") && page.contains("<svg"))
      let addresses = page.components(separatedBy: "http").dropFirst().map { $0.prefix(20) }
      #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/s") }, "\(addresses)")
      for word in ["src=", "@import", "fetch(", "XMLHttpRequest", "url("] { #expect(!page.contains(word), "\(word)") }
    }
  }

  @Test("A kink is told by the operation that has it")
  func kink() throws {
    try Tool.use { tool in
      let run = try tool("explain relu(x-1)*y --at x=1,y=3")
      #expect(run.exitCode == 1 && Self.words(run).contains("a kink at v2 = relu(v1)"), "\(run.output)")
    }
  }

  @Test(arguments: [
    ("explain", "--model"), ("explain x^2", "--at x=1"), ("explain x^2 --at x=1 --wrt z", "no input 'z'"),
    ("explain x^2 --at x=1 --dot --latex", "exclude each other"), ("explain x^2 --at x=1 --order 3", "--order"),
    ("explain x^2 --formula x --at x=1", "twice"), ("explain x^2 --at x=1 --dot --format csv", "--format csv"),
    ("scan x^2", "--at x=1"), ("scan x^2 --at x=1 --wrt z", "no variable 'z'"),
    ("scan x^2 --at x=1 --from 1 --to 0.1", "--from"), ("scan x^2 --at x=1 --plot - --format csv", "--plot"),
  ])
  func refused(line: String, says: String) throws {
    try Tool.use { tool in
      let run = try tool(line)
      #expect(run.exitCode == 64 && run.errors.contains(says), "\(run.errors)")
    }
  }

  @Test("A scan has the orders, a row a step, and the error of the searched step within its estimate")
  func scan() throws {
    try Tool.use { tool in
      let run = try tool("scan x^3 --at x=2")
      #expect(run.exitCode == 0 && run.output.contains("complex step"), "\(run.errors)")
      let json = try JSONObject(tool("scan exp(x)*sin(y) --at x=1,y=2 --wrt y --format json").output)
      let adaptive = try json.object("adaptive")
      #expect(try adaptive.number("error") <= adaptive.number("estimate"))
      let rows = cells(ofCSV: try tool("scan x^3 --at x=2 --per-decade 1 --format csv").output)
      #expect(rows.count == 18 && rows[0] == ["step", "forward", "central", "fourth order", "complex step"])
      let none = try tool("scan sqrt(x) --at x=0")
      #expect(none.exitCode == 2 && none.errors.contains("choose another point"), "\(none.errors)")
    }
  }
}
