// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("What a fit predicts and draws")
struct FitPredictionTests {
  private func use(_ body: (Tool) throws -> Void) throws {
    try Tool.use { tool in
      try tool.write(FitTests.decay, to: "decay.csv")
      try tool.write("x,err\n1,0.01\n100,5\n", to: "new.csv")
      try body(tool)
    }
  }

  private static let absolute = ["--sigma", "err", "--sigma-is", "absolute"]

  @Test("Predictions with bands")
  func predictions() throws {
    try use { tool in
      let run = try tool.run(
        ["fit", "decay.csv", "--predict", "new.csv", "--predictions", "out.csv", "--format", "json"] + FitTests.formula)
      let rows = try JSONObject(run.output).objects("predictions")
      #expect(try rows.count == 2 && (rows[0].number("value") - (3 * exp(-0.5) + 1)).magnitude < 0.02)
      #expect(try rows[1].number("predictionLower") < rows[1].number("confidenceLower"))
      let file = cells(ofCSV: try tool.read("out.csv"))
      #expect(file.count == 3 && file[0][..<3] == ["x", "y", "standard error"])
    }
  }

  @Test("With --sigma each new row has the band of its own sigma", arguments: ["absolute", "relative"])
  func sigmas(kind: String) throws {
    try use { tool in
      let line = ["fit", "decay.csv", "--sigma", "err", "--sigma-is", kind] + FitTests.formula
      let json = try JSONObject(tool.run(line + ["--predict", "new.csv", "--format", "json"]).output)
      let scale = try kind == "absolute" ? 1 : json.number("residualScale")
      // The quantiles for 95 %: normal, and Student's with 17 degrees of freedom (scipy.stats.t.ppf).
      let quantile = kind == "absolute" ? 1.959963984540054 : 2.109815577833317
      for (row, sigma) in zip(try json.objects("predictions"), [0.01, 5]) {
        let error = try row.number("standardError")
        let half = quantile * (error * error + scale * scale * sigma * sigma).squareRoot()
        #expect((try row.number("predictionUpper") - row.number("value") - half).magnitude < 1e-9 * half)
      }
      let weights = try JSONObject(
        tool.run(
          ["fit", "decay.csv", "--weights", "err", "--predict", "new.csv", "--format", "json"] + FitTests.formula
        ).output)
      #expect(try weights.objects("predictions").allSatisfy { try $0.number("predictionUpper").isFinite })
      // Without the column there is no such band, and a word on it.
      try tool.write("x\n1\n", to: "bare.csv")
      let bare = try tool.run(line + ["--predict", "bare.csv"])
      #expect(bare.exitCode == 0 && bare.output.contains("! no bands of single observations: bare.csv has no column"))
      let silent = try tool.run(line + ["--predict", "bare.csv", "--format", "json"])
      #expect(silent.errors.contains("no bands of single observations"))
      #expect(try JSONObject(silent.output).objects("predictions")[0]["predictionUpper"] == nil)
      try tool.write("x,err\n1,0.1\n2,0\n", to: "bad.csv")
      let bad = try tool.run(line + ["--predict", "bad.csv"])
      #expect(bad.exitCode == 2 && bad.errors.contains("bad.csv:3: column 'err': 0 is no standard deviation"))
    }
  }

  @Test("A saved fit predicts what the fit itself does")
  func savedFits() throws {
    try use { tool in
      let fits = [
        FitTests.formula + Self.absolute, FitTests.formula, ["--model", "exponential-decay"],
        ["--formula", "log(y) = a - b*x", "--start", "b=1,s=1", "--define", "a = s^2"],
      ]
      for fit in fits {
        let first = try tool.run(
          ["fit", "decay.csv", "--save", "fit.json", "--predict", "new.csv", "--predictions", "out.csv"] + fit)
        #expect(first.exitCode == 0, "\(first.errors)")
        let later = try tool("predict fit.json new.csv --format csv")
        #expect(later.exitCode == 0, "\(fit): \(later.errors)")
        #expect(try later.output == tool.read("out.csv"), "\(fit)")
        let json = try JSONObject(tool("predict fit.json new.csv --format json").output)
        #expect(try json.objects("predictions").count == 2 && json.number("confidence") == 0.95)
      }
      let table = try tool("predict fit.json new.csv")
      #expect(table.output.contains("curve from") && table.output.contains("next to"), "\(table.output)")
      let damaged = try tool.read("fit.json").replacing("\"degreesOfFreedom\"", with: "\"freedom\"")
      try tool.write(damaged, to: "damaged.json")
      let refused = try tool("predict damaged.json new.csv")
      #expect(refused.exitCode == 2 && refused.errors.contains("fit again with --save damaged.json"))
      try tool.write("{\"tool\": \"difftool\"}", to: "other.json")
      let other = try tool("predict other.json new.csv")
      #expect(other.exitCode == 2 && other.errors.contains("no saved model"), "\(other.errors)")
    }
  }

  @Test("A picture has the data twice, the curve, both bands and the names; gnuplot belongs to the tests")
  func pictures() throws {
    try use { tool in
      let line = ["fit", "decay.csv"] + FitTests.formula
      let drawn = try tool.run(line + ["--plot", "fit.svg", "-q"])
      #expect(drawn.exitCode == 0, "\(drawn.errors)")
      let svg = try tool.read("fit.svg")
      for title in ["95 % of observations", "95 % band of the curve", "data", "fit"] {
        #expect(svg.contains("<title>\(title)</title>"), "\(title)")
      }
      for text in ["y = a*exp(-b*x) + c", "residual", "x", "y"] {
        #expect(svg.contains("<text>\(text)</text>"), "\(text)")
      }
      // Twenty points above, twenty below, one in the key.
      let marks = svg.matches(of: #/xlink:href='#(gpPt\d+)'/#).map { String($0.output.1) }
      let counts = Dictionary(grouping: marks) { $0 }.mapValues(\.count)
      #expect(counts.values.max() == 41, "\(counts)")
      // The curve falls from the left to the right; in a picture downwards is up.
      let group = try #require(svg.components(separatedBy: "<title>fit</title>").last)
      let path = try #require(group.firstMatch(of: #/ d='(M[^']{500,})'/#)).output.1
      // Its first line is the one in the key.
      let points = path.matches(of: #/([\d.]+),([\d.]+)/#).compactMap { match in
        Double(match.output.1).flatMap { x in Double(match.output.2).map { (x, $0) } }
      }.dropFirst(2)
      #expect(points.count > 100)
      for (a, b) in zip(points, points.dropFirst()) { #expect(a.0 < b.0 && a.1 <= b.1, "\(a) \(b)") }

      let picture = try tool.run(line + ["--plot", "fit.png", "-q"])
      #expect(picture.exitCode == 0, "\(picture.errors)")
      let bytes = [UInt8](try Data(contentsOf: tool.folder.appending(path: "fit.png")))
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && bytes.count > 5_000)

      let terminal = try tool.run(line + ["--plot", "-"])
      #expect(terminal.exitCode == 0 && terminal.output.contains("residual"))
      #expect(terminal.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      #expect(terminal.output.count { $0 == "o" } > 20)
      let without = try tool.run(line + ["--plot", "x.svg"], environment: ["PATH": "/nowhere"])
      #expect(without.exitCode == 2 && without.errors.contains("apt-get install gnuplot-nox"))
    }
  }

  @Test("Axes have a column's own name, without the quotes of formulas")
  func axes() throws {
    try Tool.use { tool in
      try tool.write(FitTests.decay.replacing("x,y,err", with: "dose (mg),cell count,err"), to: "data.csv")
      let run = try tool.run([
        "fit", "data.csv", "--formula", "`cell count` = a*exp(-b*[dose (mg)]) + c", "--start", "a=1,b=1,c=0", "--plot",
        "fit.svg",
      ])
      #expect(run.exitCode == 0, "\(run.errors)")
      let svg = try tool.read("fit.svg")
      #expect(svg.contains("<text>cell count</text>") && svg.contains("<text>dose (mg)</text>"))
    }
  }
}
