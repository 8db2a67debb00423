// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

@Suite("Planted errors in every form")
struct MutationFormsTests {
  static let kinds = ["sign", "factor", "droppedTerm", "zero", "percent"]

  @Test("CSV and Markdown: a row for each seed and kind, and all add up to the JSON's sums")
  func rows() throws {
    try Tool.use { tool in
      let line = "check --model line --method tape,complex-step --mutate --places 7 --seeds 1..3"
      let csv = try tool("\(line) --format csv").output
      #expect(cells(ofCSV: csv) == cells(ofMarkdown: try tool("\(line) --format markdown").output))
      let rows = try CheckFormsTests.rows(csv)
      #expect(rows.map { $0["seed"] } == ["1", "2", "3"].flatMap { seed in Self.kinds.map { _ in seed } })
      #expect(rows.map { $0["kind"] } == Self.kinds + Self.kinds + Self.kinds)
      func sum(_ column: String, _ rows: [[String: String]]) -> Int {
        rows.reduce(0) { $0 + (Int($1[column] ?? "") ?? .min / 100) }
      }
      for row in rows {
        // Either of two terms is dropped, and there are operations of one term.
        let planted = sum("planted", [row])
        #expect(row["kind"] == "droppedTerm" ? (0...14).contains(planted) && planted % 2 == 0 : planted == 7)
        #expect(row["method"] == "tape" && row["components"] == "2")
        #expect(sum("planted", [row]) == sum("no effect", [row]) + sum("to find", [row]))
      }
      let json = try JSONObject(tool("\(line) --format json").output)
      let mutation = try json.object("mutation")
      #expect(try mutation.integer("planted") == sum("planted", rows) && sum("planted", rows) >= 84)
      #expect(try mutation.integer("withinRule") == sum("no effect", rows))
      #expect(try mutation.integer("killed") == sum("found", rows))
      let each = try json.objects("runs").map { try $0.object("mutation").integer("killed") }
      #expect(each.reduce(0, +) == sum("found", rows) && each.count == 3)
      for kind in Self.kinds {
        let count = try mutation.object("kinds").object(kind)
        #expect(try count.integer("killed") == sum("found", rows.filter { $0["kind"] == kind }))
        #expect(try count.integer("planted") == sum("planted", rows.filter { $0["kind"] == kind }))
      }
    }
  }

  @Test("-q says what was found; for people one summary over the seeds, and a labelled row each")
  func text() throws {
    try Tool.use { tool in
      let quiet = try tool("check --model line --method tape,complex-step --mutate --places 3 -q").output
      let found = try #require(quiet.firstMatch(of: #/(\d+) of (\d+) planted errors found/#), "\(quiet)")
      #expect(found.output.1 == found.output.2 && quiet.contains("2 components compared for each"))
      let text = try tool("check --model line --method tape,complex-step --mutate --places 3 --seeds 4..6").output
      #expect(text.matches(of: #/planted errors found/#).count == 1)
      #expect(text.matches(of: #/no effect/#).count == 2, "a column of the seeds and one of the kinds")
      #expect(text.contains("errors planted in recorded operations for tape, 3 seeds"))
      for seed in 4...6 { #expect(text.contains(try Regex("(?m)^ +\(seed)  agree .* 1[2-8] "))) }
      #expect(text.contains(#/(?m)^all +(3[6-9]|4\d|5[0-4]) /#))
      #expect(
        try tool("check --model line --method tape,complex-step --mutate --places 3 --seeds 4..6 -q").output.contains(
          "planted errors found"))
    }
  }

  @Test("Where the methods disagree nothing is planted, which every form says")
  func disagreement() throws {
    try Tool.use("SpoiltDifftool") { tool in
      let line = "check --model line --method tape,wrong-one-percent --mutate"
      #expect(try tool(line).output.contains("no errors were planted"))
      #expect(try tool("\(line) -q").output.contains("no errors planted"))
      let rows = try CheckFormsTests.rows(tool("\(line) --format csv").output)
      #expect(rows.count == 1 && rows[0]["verdict"] == "disagree" && rows[0]["planted"] == "")
    }
  }

  @Test("The help explains each kind and each symbol of the rule")
  func help() throws {
    try Tool.use { tool in
      let help = try tool("check --help").output
      for word in ["sign ", "factor ", "dropped term ", "zero ", "percent ", "ea, eb", "s  ", "no effect", "ratio"] {
        #expect(help.contains(word), "\(word)")
      }
    }
  }
}
