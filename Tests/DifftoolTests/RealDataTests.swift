// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

/// The bars for real data: test accuracy in the median of five seeds, a hidden layer of 64, stratified 80/20 splits as
/// scikit-learn makes them. docs/results.md has the medians of ten. About ten seconds of one core in all.
@Suite("Real data")
struct RealDataTests {
  /// A file of `Samples/data`, its target, how it is trained, and the accuracy that has to be reached.
  struct Bar: Sendable, CustomTestStringConvertible {
    let file: String
    let target: String
    let training: String
    let accuracy: Double
    var testDescription: String { file }
  }

  /// The settings of docs/results.md.
  static let published = "--optimizer adam:lr=0.001 --batch 200 --epochs 200"
  /// Digits by the published settings take two minutes: twelve epochs of more and longer steps learn as much.
  static let short = "--optimizer adam:lr=0.005 --batch 32 --epochs 12"

  static let bars = [
    Bar(file: "iris", target: "species", training: published, accuracy: 0.96),
    Bar(file: "wine", target: "cultivar", training: published, accuracy: 0.98),
    Bar(file: "breast_cancer", target: "diagnosis", training: published, accuracy: 0.96),
    Bar(file: "digits", target: "digit", training: short, accuracy: 0.97),
  ]

  @Test("The accuracy in the median of five seeds is at its bar or above", arguments: bars)
  func accuracy(bar: Bar) throws {
    try Tool.use { tool in
      let file = Tool.root.appending(path: "Samples/data/\(bar.file).csv").path
      let run = try tool.run(
        ["train", "--model", "mlp:hidden=64", "--data", file, "--target", bar.target]
          + bar.training.split(separator: " ").map(String.init)
          + ["--task", "classification", "--validation", "0", "--test", "0.2", "--split", "scikit-learn"]
          + ["--seeds", "0..4", "--no-progress", "--format", "json"])
      let accuracy = try JSONObject(run.output).object("median").object("test").object("accuracy")
      #expect(try accuracy.number("median") >= bar.accuracy, "\(run.errors)")
      #expect(try accuracy.number("maximum") <= 1)
    }
  }
}
