// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

@Suite("Options from a file, and the manual page")
struct ConfigurationTests {
  private static let file = """
    # a training
    model = mlp:hidden=4
    data = moons
    epochs = 3
    no-progress

    seed = 7
    """

  @Test("A file is as good as its options typed; what is typed wins")
  func options() throws {
    try Tool.use { tool in
      try tool.write(Self.file, to: "run.conf")
      let typed = try JSONObject(
        tool("train --model mlp:hidden=4 --data moons --epochs 3 --no-progress --seed 7 --format json").output)
      let read = try JSONObject(tool("train --config run.conf --format json").output)
      #expect(try read.object("options").text("model") == typed.object("options").text("model"))
      #expect(try read.object("train").number("loss") == typed.object("train").number("loss"))
      #expect(try read.integer("seed") == 7)
      let other = try JSONObject(tool("train --epochs=2 --config=run.conf --format json").output)
      #expect(try other.object("options").integer("epochs") == 2)
      #expect(try read.object("options").integer("epochs") == 3)
      #expect(try read.text("command").contains("--config run.conf"))
    }
  }

  @Test("Formulas with = in them, a file's name, options that are repeated")
  func values() throws {
    try Tool.use { tool in
      try tool.write("x,y\n1,2\n2,4\n3,6.5\n4,8\n", to: "data.csv")
      try tool.write("file = data.csv\nformula = y = a + b*x\nstart = a=0\nstart = b=1\nformat = csv\n", to: "fit.conf")
      let read = try tool("fit --config fit.conf")
      #expect(read.exitCode == 0, "\(read.errors)")
      let typed = try tool.run([
        "fit", "data.csv", "--formula", "y = a + b*x", "--start", "a=0,b=1", "--format", "csv",
      ])
      #expect(read.output == typed.output && read.output.contains("\na,"))
      try tool.write("x,y\n1,1\n2,2\n3,3.5\n", to: "other.csv")
      #expect(try tool("fit other.csv --config fit.conf").output != read.output)
    }
  }

  @Test("--print-config prints a file that makes the same run, and runs nothing")
  func printed() throws {
    try Tool.use { tool in
      let line = "check --model line --seeds 1..3 -q"
      let printed = try tool("\(line) --print-config")
      #expect(printed.exitCode == 0)
      #expect(printed.output.contains("\nmodel = line\n") && printed.output.contains("\nquiet\n"))
      #expect(printed.output.contains("\n# format = table\n"))
      try tool.write(printed.output, to: "check.conf")
      #expect(try tool("check --config check.conf").output == tool(line).output)
      #expect(try tool("check --config check.conf --print-config").output == printed.output)
      let wrong = try tool("check --modl line --print-config")
      #expect(wrong.exitCode == 64 && wrong.output.isEmpty && wrong.errors.contains("did you mean '--model'"))
      #expect(try tool.files() == ["check.conf"])
    }
  }

  static let refused: [(text: String, says: String)] = [
    ("modl = line", "c.conf, line 1: 'check' has no option 'modl' (did you mean 'model'?)"),
    ("# x\nmodel line", "c.conf, line 2: 'model line' is not 'name = value'"),
    ("model =", "c.conf, line 1: model has no value"),
    ("model", "c.conf, line 1: model has no value; write model = …"),
    ("model = line\nmodel = mlp", "c.conf, line 2: model is given twice"),
    ("quiet = maybe", "c.conf, line 1: quiet is on or off, and 'maybe' is neither true nor false"),
  ]

  @Test("What is wrong in a file is named with its line", arguments: refused)
  func refusals(text: String, says: String) throws {
    try Tool.use { tool in
      try tool.write(text, to: "c.conf")
      let run = try tool("check --config c.conf")
      #expect(run.exitCode == 64 && run.errors.contains(says), "\(run.errors)")
      let none = try tool("check --config none.conf")
      #expect(none.exitCode == 2 && none.errors.contains("--config: 'none.conf' cannot be read"))
    }
  }

  @Test("The manual page has every command and every option, and no line is taken for a request")
  func manual() throws {
    try Tool.use { tool in
      let page = try tool("manual").output
      #expect(page.hasPrefix(".TH \"DIFFTOOL\" 1 "))
      let commands = try tool("--help").output.split(separator: "\n").compactMap { line -> String? in
        line.hasPrefix("  ") && !line.hasPrefix("   ") ? line.split(separator: " ").first.map(String.init) : nil
      }.filter { $0.allSatisfy(\.isLetter) && !["difftool", "See"].contains($0) }
      #expect(commands.count > 10)
      for command in commands {
        #expect(page.contains("\n.SH \"DIFFTOOL \(command.uppercased())\"\n"), "\(command)")
        for word in try tool("\(command) --help").output.split(whereSeparator: \.isWhitespace)
        where word.hasPrefix("--") && word.dropFirst(2).allSatisfy({ $0.isLetter || $0 == "-" }) {
          #expect(page.contains(word.replacing("-", with: "\\-")), "\(command) \(word)")
        }
      }
      let requests: Set<Substring> = [".TH", ".SH", ".TP", ".B", ".I", ".PP", ".nf", ".fi"]
      for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
        #expect(requests.contains(line.prefix { $0 != " " }), "\(line)")
      }
    }
  }

  @Test("-v adds versions, options after defaults and the time, on standard error only")
  func verbose() throws {
    try Tool.use { tool in
      let plain = try tool("gradient --model line")
      let more = try tool("gradient --model line -v")
      #expect(more.errors.contains("options after defaults:\n") && more.errors.contains("\n  model = line\n"))
      #expect(more.errors.contains("\ndone in "))
      #expect(plain.errors.isEmpty)
      #expect(more.output.replacing(" -v", with: "") == plain.output)
    }
  }
}
