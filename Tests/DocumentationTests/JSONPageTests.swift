// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

/// docs/json.md names every field that a command writes, and no other.
struct JSONPageTests {
  /// Commands whose JSON together has every field of a section. SpoiltDifftool has a method that is wrong on purpose.
  static let runs: [(section: String, program: String, arguments: String)] = [
    ("check", "difftool", "--model mlp:hidden=3 --data Samples/data/iris.csv --target species"),
    ("check", "difftool", "--model line --mutate --places 5 --seeds 0..1"),
    ("check", "SpoiltDifftool", "--model line"),
    ("check", "SpoiltDifftool", "--formula x*y --at x=1,y=2 --method tape,wrong-dropped-product-term"),
    ("check", "difftool", "--formula x^2*y --at x=1,y=2"), ("gradient", "difftool", "--formula x^2*y --at x=1,y=2"),
    ("gradient", "difftool", "--model line --method tape,finite-difference --data line"),
    (
      "fit", "difftool",
      "Samples/data/chwirut2.csv --formula exp(-b1*x)/(b2+b3*x) --start b1=0.1,b2=0.005..0.02,b3=0.02 --starts 2 --profile --predict Samples/data/chwirut2.csv"
    ),
    ("nist", "difftool", "--problem Misra1a,Norris"),
    (
      "train", "difftool",
      "--model mlp:hidden=4 --data Samples/data/iris.csv --target species --test 0.2 --epochs 3 --patience 2 --spot-check 5 --penalty l2"
    ),
    ("train", "difftool", "--model line --data line --epochs 2 --seeds 0..1"),
    ("train", "difftool", "--model line --data line --epochs 2 --validation 0 --patience 1"),
    ("train", "difftool", "--model line --data line --epochs 9 --optimizer sgd:lr=1e9"),
    ("predict", "difftool", "model.json Samples/data/iris.csv"),
    ("predict", "difftool", "fit.json Samples/data/chwirut2.csv"),
    ("explain", "difftool", "x^2*y --at x=1,y=2 --order 2"),
    ("explain", "difftool", "x^2*y --at x=1,y=2 --mutate v1=factor"), ("scan", "difftool", "exp(x) --at x=1"),
    ("schedule", "difftool", "cosine --steps 3"),
    ("list", "difftool", "models"),
    ("replay", "difftool", "line-fit --fix"), ("replay", "difftool", "chain-rule"), ("replay", "difftool", "--list"),
    ("bench", "difftool", "rosen_10 --method tape --seconds 0.001"),
    ("doctor", "difftool", ""),
  ]

  /// Fields that only a rare state has: they are named on the page, and other tests make them.
  static let rare: Set<String> = [
    "subject.draw", "decisions[].text", "warnings[]", "skippedRows[]", "undetermined.PARAMETER", "runs[].failure",
    "methods[].failure",
    "interrupted[]",
    "rows[].objection",
    "mutation.survivors[].mutation",
    "mutation.survivors[].place", "mutation.survivors[].ratio", "mutation.survivors[].killed",
    "mutation.survivors[].verdict", "notes[]",
  ]

  @Test func everyFieldIsOnThePageAndNoOther() throws {
    let page = try FieldPage()
    var used: [String: Set<String>] = [:]
    try withSamples { folder in
      try saveModelAndFit(folder)
      for (section, program, arguments) in Self.runs {
        let output = try run(program, "\(section) \(arguments)", in: folder).output
        let written = try JSONSerialization.jsonObject(with: Data(output.utf8))
        for path in Set(FieldPage.paths(written)) {
          guard let (home, field) = page.field(path, in: section) else {
            Issue.record("\(section) writes '\(path)', and docs/json.md does not say so")
            continue
          }
          used[home, default: []].insert(field)
        }
      }
    }
    for (section, fields) in page.fields {
      let missing = fields.filter { !used[section, default: []].contains($0) && !Self.rare.contains($0) }
      #expect(missing.isEmpty, "## \(section) names fields that no command wrote: \(missing.sorted())")
    }
  }

  @Test func everyOptionIsWrittenUnderTheNameItIsTypedWith() throws {
    let positional: Set<String> = ["schedule", "model", "file", "kind", "name", "workloads", "formula"]
    try withSamples { folder in
      try saveModelAndFit(folder)
      for (section, program, arguments) in Self.runs where program == "difftool" {
        let output = try run(program, "\(section) \(arguments)", in: folder).output
        let written = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        let options = try #require(written?["options"] as? [String: Any])
        let help = try run(program, "\(section) --help", in: folder, format: "").output
        for name in options.keys where !positional.contains(name) {
          #expect(help.contains("--\(name)") || help.contains("--no-\(name)"), "\(section): --\(name)")
        }
        #expect(section == "doctor" || !options.isEmpty)
      }
    }
  }

  /// A page that leaves a field out, or names one that is not there, is found.
  @Test func aFieldThatIsMissingIsSeen() throws {
    let page = FieldPage(text: "## check\n\n| `worst.rule` | x |\n| `runs[].…` | x |\n| `details[].…worst` | x |\n")
    #expect(page.field("worst.rule", in: "check")?.field == "worst.rule")
    #expect(page.field("worst.other", in: "check") == nil)
    #expect(page.field("runs[].worst.rule", in: "check")?.field == "worst.rule")
    #expect(page.field("details[].rule", in: "check")?.field == "worst.rule")
    #expect(page.field("details[].values", in: "check") == nil)
  }

  /// What `predict` reads.
  private func saveModelAndFit(_ folder: URL) throws {
    _ = try run(
      "difftool",
      "train --model mlp:hidden=4 --data Samples/data/iris.csv --target species --epochs 2 --save model.json",
      in: folder)
    _ = try run(
      "difftool", "fit Samples/data/chwirut2.csv --formula a*exp(-b*x) --start a=90,b=1 --save fit.json", in: folder)
  }

  private func run(_ program: String, _ arguments: String, in folder: URL, format: String = "--format json") throws
    -> Run
  {
    let words = (arguments + " " + format).split(separator: " ").map(String.init)
    return try Run(BuiltProgram(program).url, words, in: folder)
  }

  private func withSamples(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "Samples"), withDestinationURL: Page.root.appending(path: "Samples"))
    try body(folder)
  }
}
