// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Forms of the output")
struct FormatTests {
  /// Each command with a result.
  static let commands = [
    "check --model mlp", "check --model line --seeds 1..4", "check --model mlp --mutate --places 5",
    "check --model line --method tape,finite-difference:h=1e-12,order=1", "check --model line --method tape",
    "check --model line --mutate --places 5 --seeds 1..3", "check --model neuron:activation=relu --init zeros",
    "check --model line --method tape,finite-difference:h=1e-12,order=1 --seeds 1..3 --mutate",
    "gradient --model scale --at b=nan", "replay y3x",
    "check --model mlp:hidden=8x8x8x8x8x8x8,activation=leaky-relu,inputs=7,outputs=4 --loss huber --penalty l2",
    "gradient --model line --method all", "gradient --model mlp:hidden=3", "list", "list adam", "list data",
    "schedule cosine --steps 12", "schedule one-cycle:max=0.3,start-fraction=0.25,div-factor=20,final-div-factor=1000",
    "schedule cosine --plot", "train --model line --data line --epochs 3",
    "train --model mlp:hidden=4x4x4x4x4x4,activation=leaky-relu --data spiral:count=60,turns=0.5,noise=0.03 --epochs 2",
    "train --model line --data line --epochs 3 --seeds 0..2", "train --model line --data line --optimizer sgd:lr=1e6",
    "replay moons", "replay quadratic", "replay mlp-sizes --fix", "replay line-fit", "replay kinks --fix",
    "replay --list", "replay four-points", "doctor",
  ]

  @Test("On 80 columns no line is longer", arguments: commands)
  func width(line: String) throws {
    try Tool.use { tool in
      for width in [80, 100] {
        let run = try tool(line, environment: ["COLUMNS": "\(width)"])
        for row in run.output.split(separator: "\n") {
          #expect(row.count <= width, "\(row)")
          #expect(row.last != " " || line.contains("--plot"), "\(row)|")
        }
      }
    }
  }

  @Test("--ascii writes nothing else, on both streams and in every format", arguments: commands)
  func ascii(line: String) throws {
    try Tool.use { tool in
      for format in ["table", "json", "csv", "markdown"] where !line.contains("--plot") || format == "table" {
        let run = try tool("\(line) --ascii --format \(format)")
        #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
        #expect(run.errors.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }

  @Test("--ascii holds for errors and help, and says the same in JSON")
  func asciiElsewhere() throws {
    try Tool.use { tool in
      #expect(try tool("gradient --help --ascii").output.utf8.allSatisfy { $0 < 0x80 })
      try tool.write("größe,y\n1,2\n", to: "a.csv")
      let run = try tool("train --model line --data a.csv --target yy --ascii")
      #expect(run.exitCode == 2 && run.errors.utf8.allSatisfy { $0 < 0x80 })
      let plain = try JSONObject(tool("list models --format json").output).objects("entries")
      let ascii = try JSONObject(tool("list models --format json --ascii").output).objects("entries")
      #expect(try plain.map { try $0.text("summary") } == ascii.map { try $0.text("summary") })
    }
  }

  @Test("Colours only where they are wanted, and never for meaning alone")
  func colour() throws {
    try Tool.use { tool in
      // A pipe is no terminal.
      #expect(try !tool("check --model line").output.contains("\u{1B}"))
      #expect(try !tool("check --model line --color never").output.contains("\u{1B}"))
      let coloured = try tool("check --model line --color always")
      #expect(coloured.output.contains("\u{1B}[32m"))
      // Asked for in so many words, it beats NO_COLOR.
      #expect(try tool("check --model line --color always", environment: ["NO_COLOR": "1"]).output.contains("\u{1B}"))
      #expect(try !tool("check --model line --color auto", environment: ["NO_COLOR": "1"]).output.contains("\u{1B}"))
      let bare = coloured.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
      #expect(bare.contains("✓ agree"))
      for format in ["json", "csv", "markdown"] {
        #expect(try !tool("check --model line --color always --format \(format)").output.contains("\u{1B}"))
      }
    }
  }

  @Test("-q is one line and no progress", arguments: commands.filter { !$0.contains("--plot") })
  func quiet(line: String) throws {
    try Tool.use { tool in
      let run = try tool(line + " -q")
      #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count == 2, "\(run.output)")
      #expect(run.output.count > 1)
      #expect(run.errors.isEmpty, "\(run.errors)")
    }
  }

  @Test(
    "CSV and Markdown hold the same rows, each as long as the header",
    arguments: [
      "check --model line", "check --model line --method tape,finite-difference:h=1e-12,order=1",
      "check --model line --seeds 1..3", "gradient --model mlp:hidden=3 --method all", "list",
      "schedule cosine --steps 9",
      "train --model mlp --data moons --epochs 2", "train --model line --data line --epochs 2 --seeds 0..1", "doctor",
      "replay y3x",
    ])
  func tables(line: String) throws {
    try Tool.use { tool in
      let csv = cells(ofCSV: try tool(line + " --format csv").output)
      let markdown = cells(ofMarkdown: try tool(line + " --format markdown").output)
      #expect(csv.count > 1)
      #expect(csv.allSatisfy { $0.count == csv[0].count })
      #expect(csv == markdown)
    }
  }

  @Test("Numbers in CSV are those of the JSON, to the last bit")
  func exactCSV() throws {
    try Tool.use { tool in
      let line = "gradient --model mlp:hidden=3 --method tape"
      let json = try JSONObject(tool(line + " --format json").output).objects("components")
      let csv = cells(ofCSV: try tool(line + " --format csv").output)
      #expect(csv[0] == ["parameter", "at", "tape"])
      #expect(try csv.dropFirst().map { Double($0[2]) } == json.map { try $0.object("derivatives").number("tape") })
      let rates = cells(ofCSV: try tool("schedule cosine --steps 30 --format csv").output).dropFirst()
      let exact = try JSONObject(tool("schedule cosine --steps 30 --format json").output).numbers("rates")
      #expect(rates.map { Double($0[1]) } == exact)
    }
  }

  @Test("The errors of a gradient are in CSV with all their digits, each in a column of its own")
  func exactErrors() throws {
    try Tool.use { tool in
      let line = "gradient --model line --method tape,finite-difference"
      let json = try JSONObject(tool(line + " --format json").output).objects("components")
      let rows = try CheckFormsTests.rows(tool(line + " --format csv").output)
      for (row, component) in zip(rows, json) {
        let errors = try component.object("errors")
        #expect(try Double(row["finite-difference error"] ?? "") == errors.number("finite-difference"))
      }
      #expect(rows.count == 2 && json.count == 2)
    }
  }

  @Test("A gradient that is not finite says where, in every form")
  func notFinite() throws {
    try Tool.use { tool in
      for (form, isOutput) in [("", true), ("-q", true), ("--format csv", false), ("--format json", false)] {
        let run = try tool("gradient --model scale --at b=nan \(form)")
        #expect(run.exitCode == 2)
        let words = (isOutput ? run.output : run.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("not finite: the value itself is nan at this point"), "\(form)")
        #expect(words.contains("tape gives nan for b"), "\(form)")
      }
    }
  }

  @Test("The plot of a constant rate is full bars above zero")
  func plot() throws {
    try Tool.use { tool in
      let lines = try tool("schedule constant --steps 20 --plot --ascii").output.split(separator: "\n")
      let bars = lines.filter { $0.contains(" |") }
      #expect(bars.count == 16 && bars.allSatisfy { $0.hasSuffix("|" + String(repeating: "#", count: 20)) })
      #expect(bars.first?.contains("0.1 |") == true && bars.last?.contains(" 0 |") == true)
    }
  }

  @Test("A replay shows the document's figure beside the computed one")
  func replay() throws {
    try Tool.use { tool in
      let text = try tool("replay quadratic").output
      #expect(text.contains("= loss at 1.1, 1.1, 1.1: document 4.6392, here 4.6392"))
      let lines = try tool("replay y3x").output.split(separator: "\n").map(String.init)
      let document = try #require(lines.firstIndex { $0.hasPrefix("  doc  Epoch 0 ") })
      #expect(lines[document + 1].hasPrefix("= here Epoch 0 "))
      #expect(lines[document].dropFirst(7) == lines[document + 1].dropFirst(7))
      let wrong = try tool("replay quadratic --differentiator finite-difference:h=0.5,order=1")
      #expect(wrong.exitCode == 1 && wrong.output.contains("\n! "))
    }
  }

  @Test("--output - is standard output, as it would be without")
  func dash() throws {
    try Tool.use { tool in
      let run = try tool("list models --output -", environment: ["COLUMNS": "60"])
      #expect(run.output == (try tool("list models", environment: ["COLUMNS": "60"]).output))
      #expect(try tool.files() == [])
    }
  }

  @Test("--output writes the file and nothing to standard output; the file is whole or the old one")
  func file() throws {
    try Tool.use { tool in
      try tool.write("old", to: "result.json")
      let run = try tool("check --model line --format json --output result.json")
      #expect(run.exitCode == 0 && run.output.isEmpty)
      #expect(try JSONObject(tool.read("result.json")).text("verdict") == "agree")
      #expect(try tool.files() == ["result.json"])
      // What fails before there is a result leaves the old file.
      #expect(try tool("check --model line --at m=x --output result.json").exitCode == 64)
      #expect(try JSONObject(tool.read("result.json")).text("verdict") == "agree")
      // A device is written to, not replaced.
      #expect(try tool("list models -q --output /dev/stdout").output.hasPrefix("line "))
      #expect(try tool("check --model line -o .").exitCode == 2)
    }
  }
}
