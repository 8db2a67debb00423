// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("plot")
struct PlotTests {
  /// The picture's text; nil where gnuplot is missing, which is then said with the line that installs it.
  private static func picture(_ tool: Tool, _ line: String) throws -> String? {
    let run = try tool("\(line) --output picture.svg")
    guard run.exitCode == 0 else {
      #expect(run.exitCode == 2 && run.errors.contains("apt-get install gnuplot-nox"), "\(line): \(run.errors)")
      return nil
    }
    #expect(run.output == "wrote picture.svg\n", "\(run.output)")
    return try tool.read("picture.svg")
  }

  /// How many marks of a kind a picture has: gnuplot counts its point types from 0.
  private static func marks(_ picture: String, _ type: Int) -> Int {
    picture.components(separatedBy: "<use xlink:href='#gpPt\(type - 1)'").count - 1
  }

  /// Trains and keeps the files.
  private static func train(_ tool: Tool, _ line: String) throws {
    let run = try tool("train \(line) --save m.json --history h.jsonl --no-progress")
    #expect(run.exitCode == 0, "\(run.errors)")
  }

  @Test("A history from each of its files is the same picture, with names on axes and curves")
  func history() throws {
    try Tool.use { tool in
      let line = "train --model mlp:hidden=4 --data moons:count=60 --epochs 5 --no-progress --schedule cosine"
      for more in ["--history h.jsonl --checkpoint c.json", "--history h.csv", "--format json --output r.json"] {
        #expect(try tool("\(line) \(more)").exitCode == 0)
      }
      guard let picture = try Self.picture(tool, "plot history h.jsonl") else { return }
      for text in ["epoch", "loss", "accuracy", "learning rate", "training", "validation", "most frequent class"] {
        #expect(picture.contains(">\(text)<"), "\(text)")
      }
      #expect(picture.contains("lowest, epoch "))
      for file in ["h.csv", "c.json", "r.json"] {
        #expect(try Self.picture(tool, "plot history \(file)") == picture, "\(file)")
      }
      let own = try tool("\(line) --plot own.svg")
      #expect(own.output.contains("picture own.svg"), "\(own.output)")
      #expect(try tool.read("own.svg").contains("mlp:hidden=4 on moons:count=60"))
      let drawn = try tool("\(line) --plot -")
      #expect(drawn.exitCode == 0 && drawn.output.contains("learning rate") && drawn.output.contains("trained"))
    }
  }

  @Test("Decision regions: colours, the line at one half, and every sample with its class's mark")
  func regions() throws {
    try Tool.use { tool in
      try Self.train(tool, "--model mlp:hidden=8 --data moons:count=80 --epochs 20")
      guard let picture = try Self.picture(tool, "plot regions m.json --data moons:count=80") else { return }
      for text in ["<image", ">probability 0.5<", ">x1<", ">x2<"] { #expect(picture.contains(text), "\(text)") }
      #expect(picture.contains("probability of "))
      // Each mark once with a white rim and once in colour, and once more in the legend.
      #expect(Self.marks(picture, 7) == 2 * 40 + 1 && Self.marks(picture, 9) == 2 * 40 + 1)
      let wide = try #require(
        try Self.picture(tool, "plot regions m.json --x -3..4 --y -3..3 --step 0.25 --hard --title Moons"))
      #expect(
        wide.contains(">Moons<") && !wide.contains("<image") && !wide.contains("probability of ")
          && Self.marks(wide, 7) == 0)
      let three = try tool("train --model mlp --data Samples/data/iris.csv --target species --inputs a,b")
      #expect(three.exitCode != 0)
    }
  }

  @Test("Three classes have a colour and a mark each; a file's columns name the axes")
  func threeClasses() throws {
    try Tool.use { tool in
      let iris = Tool.root.appending(path: "Samples/data/iris.csv").path
      let names = try tool.firstLine(of: iris).split(separator: ",").map(String.init)
      try Self.train(
        tool, "--model mlp:hidden=4 --data \(iris) --target species --inputs \(names[2]),\(names[3]) --epochs 5")
      guard let picture = try Self.picture(tool, "plot regions m.json --data \(iris)") else { return }
      for text in ["setosa", "versicolor", "virginica"] { #expect(picture.contains(text), "\(text)") }
      #expect(Self.marks(picture, 5) == 2 * 50 + 1)
    }
  }

  @Test("A curve with data and residuals, and dashes beyond the data")
  func curve() throws {
    try Tool.use { tool in
      try Self.train(tool, "--model line --data line:count=30 --epochs 20 --optimizer sgd:lr=0.1")
      guard let picture = try Self.picture(tool, "plot curve m.json --data line:count=30 --x -1..3") else { return }
      for text in ["data", "model", "beyond the data", "residual", "x", "y"] {
        #expect(picture.contains(">\(text)<"), "\(text)")
      }
      // Each sample above and below, and the legend's.
      #expect(Self.marks(picture, 7) == 2 * 30 + 1)
      let alone = try #require(try Self.picture(tool, "plot curve m.json --x 0..1 --y-label metres"))
      #expect(alone.contains(">metres<") && !alone.contains("residual") && !alone.contains("beyond"))
    }
  }

  @Test("Schedules beside each other; one that never changes is a line inside the axes")
  func schedules() throws {
    try Tool.use { tool in
      guard let picture = try Self.picture(tool, "plot schedule constant cosine one-cycle --steps 50") else { return }
      for text in ["constant", "cosine", "one-cycle", "step", "learning rate"] {
        #expect(picture.contains(">\(text)<"))
      }
      let text = try tool("plot schedule constant --steps 20 --lr 0.25").output
      #expect(text.contains("****") && text.contains("0.25"), "\(text)")
      #expect(try tool("schedule constant --steps 20 --plot").output.contains("████"))
    }
  }

  @Test("Sums of rectified lines are those of the teaching document, to a kink's corner")
  func reluSums() throws {
    try Tool.use { tool in
      guard let picture = try Self.picture(tool, "plot relu-sums") else { return }
      for text in ["max(-1.5 x - 2, 0)", "max(1.5 x + 1.7, 0)", "max(-1.1 x + 2, 0)", "their sum"] {
        #expect(picture.contains(">\(text)<"), "\(text)")
      }
      #expect(try #require(try Self.picture(tool, "plot relu-sums --term 1,2")).contains("A rectified line"))
    }
  }

  @Test("A benchmark's ratios: a row a workload, a mark a method")
  func bench() throws {
    try Tool.use { tool in
      let row = { (w: String, m: String, r: String) in "{\"workload\":\"\(w)\",\"method\":\"\(m)\",\"ratio\":\(r)}" }
      let rows = [row("moons", "tape", "8.5"), row("moons", "compiled", "2.5"), row("rosen_10", "tape", "20")]
      try tool.write("{\"rows\":[\(rows.joined(separator: ","))]}", to: "b.json")
      guard let picture = try Self.picture(tool, "plot bench b.json") else { return }
      for text in ["moons", "rosen_10", "tape", "compiled", "time of a gradient (plain evaluations)"] {
        #expect(picture.contains(">\(text)<"), "\(text)")
      }
      #expect(Self.marks(picture, 7) == 3 && Self.marks(picture, 9) == 2)
      try tool.write("{\"rows\":[{\"workload\":\"moons\",\"method\":\"tape\"}]}", to: "none.json")
      let none = try tool("plot bench none.json")
      #expect(none.exitCode == 2 && none.errors.contains("no ratio"), "\(none.errors)")
    }
  }

  @Test("Parameters by group, activations by layer with the dead and the saturated")
  func distributions() throws {
    try Tool.use { tool in
      try Self.train(tool, "--model mlp:hidden=6x5,activation=relu+tanh --data moons:count=60 --epochs 3")
      guard let picture = try Self.picture(tool, "plot parameters m.json") else { return }
      for text in [
        "layers.0.weight: 12 values", "layers.1.bias: 5 values", "layers.2.bias: 1 value", ">count<", ">value<",
      ] {
        #expect(picture.contains(text), "\(text)")
      }
      let units = try #require(try Self.picture(tool, "plot activations m.json --data moons:count=60"))
      #expect(units.contains("layer 1, 6 relu units: ") && units.contains("layer 2, 5 tanh units: "))
      #expect(units.contains("dead<") && units.contains("saturated<") && units.contains(">activation<"))
      try Self.train(tool, "--model line --data line --epochs 2")
      let none = try tool("plot activations m.json --data line")
      #expect(none.exitCode == 64 && none.errors.contains("no activations"), "\(none.errors)")
    }
  }

  @Test("What does not fit is refused with the way out")
  func refused() throws {
    try Tool.use { tool in
      try Self.train(tool, "--model line --data line --epochs 2")
      try tool.write("a,b,c,kind\n1,2,3,x\n2,1,3,y\n3,3,1,x\n4,2,2,y\n1,1,1,x\n5,5,5,y\n", to: "three.csv")
      #expect(
        try tool(
          "train --model mlp:hidden=2 --data three.csv --target kind --epochs 1 --validation 0 --save three.json --no-progress"
        ).exitCode == 0)
      try tool.write("not a history\n", to: "text.txt")
      try tool.write("{\"epoch\":1}\n", to: "bad.jsonl")
      try tool.write("", to: "empty.csv")
      for (line, code, says) in [
        ("plot regions three.json --data three.csv", 64, "3 inputs (a, b, c)"),
        ("plot regions m.json --data line", 64, "plot curve m.json"),
        ("plot regions three.json", 64, "--x -1..1"), ("plot curve three.json --x 0..1", 64, "3 inputs"),
        ("plot curve m.json", 64, "--data"), ("plot regions missing.json --data moons", 2, "missing.json"),
        ("plot curve m.json --data moons", 64, "x1"), ("plot history missing.jsonl", 2, "missing.jsonl"),
        ("plot history text.txt", 2, "text.txt"), ("plot history bad.jsonl", 2, "no history"),
        ("plot history empty.csv", 2, "an empty file"), ("plot history m.json", 2, "no history"),
        ("plot bench text.txt", 2, "no report of a benchmark"), ("plot parameters text.txt", 2, "no saved model"),
        ("plot schedule nothing", 64, "nothing"), ("plot schedule cosine --steps 0", 64, "--steps"),
        ("plot relu-sums --term 1", 64, "--term"), ("plot relu-sums --x 2..1", 64, "--x"),
        ("plot schedule cosine --output rates.pdf", 64, "rates.pdf"), ("plot regoins m.json", 64, "regions"),
        ("plot curve m.json --dta line", 64, "--data"), ("plot activations m.json", 64, "--data"),
        ("train --model line --data line --plot p.gif", 64, "p.gif"),
        ("train --model line --data line --plot - --format json", 64, "--plot -"),
        ("train --model line --data line --seeds 0..1 --plot p.svg", 64, "--plot"),
      ] as [(String, Int32, String)] {
        let run = try tool(line)
        #expect(run.exitCode == code && run.errors.contains(says), "\(line): \(run.exitCode) \(run.errors)")
      }
      // Before the training, not after it.
      let missing = try tool.run(
        ["train", "--model", "line", "--data", "line", "--plot", "p.svg", "--save", "late.json"],
        environment: ["PATH": tool.folder.path])
      #expect(missing.exitCode == 2 && missing.errors.contains("apt-get install gnuplot-nox"), "\(missing.errors)")
      #expect(!FileManager.default.fileExists(atPath: tool.folder.appending(path: "late.json").path))
      // The model that is read is not drawn over.
      try tool.write("x", to: "m.svg")
      let over = try tool("plot history m.svg --output m.svg")
      #expect(over.exitCode != 0)
    }
  }
}

extension Tool {
  /// The header of a file.
  fileprivate func firstLine(of path: String) throws -> String {
    String(try String(contentsOfFile: path, encoding: .utf8).prefix { !$0.isNewline })
  }
}
