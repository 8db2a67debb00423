// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// One, two and three rectified lines added up, at the document's slopes and intercepts.
///
/// The document shows them as pictures with sliders: what is held are values that follow by hand, the corners, and the
/// heights beside the pictures' limits.
public struct ReluSumsReplay: Replay {
  /// The name.
  public var name: String { "relu-sums" }
  /// What it shows.
  public var summary: String { "sums of one, two and three rectified lines: values, slopes, corners" }
  /// Where it comes from.
  public var document: TeachingDocument { .quadratic }
  /// The sums.
  public var systems: [String] { ["S3.5"] }

  /// Creates the replay.
  public init() {}

  /// Evaluates and differentiates by x.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let one = try RectifiedSum([1, 1])
    let slider = try RectifiedSum([1, 2])
    let two = try RectifiedSum([-1.5, -2, 1.5, 1.7])
    let three = try RectifiedSum([-1.5, -2, 1.5, 1.7, -1.1, 2])
    var figures = FigureList("S3.5", origin: .derived)
    func values(_ f: RectifiedSum, _ xs: [Double]) throws -> String {
      try xs.map { decimals(try f($0), 2) }.joined(separator: ", ")
    }
    func slopes(_ f: RectifiedSum, _ xs: [Double]) throws -> String {
      try xs.map { python(try settings.differentiator.slope(of: f, at: $0)) }.joined(separator: ", ")
    }
    figures.add("rectified_linear(1, 1) at -2.1, 0, 2.1", "0.00, 1.00, 3.10", try values(one, [-2.1, 0, 2.1]))
    figures.add(
      "rectified_linear(1, 2), the slider's, at -5, 0, 2.1", "0.00, 2.00, 4.10", try values(slider, [-5, 0, 2.1]))
    figures.add("double_relu at -5, -1.2, 2.1", "5.50, 0.00, 4.85", try values(two, [-5, -1.2, 2.1]))
    figures.add("its slopes there", "-1.5, 0.0, 1.5", try slopes(two, [-5, -1.2, 2.1]))
    figures.add("triple_relu at -5, 0, 2.1", "13.00, 3.70, 4.85", try values(three, [-5, 0, 2.1]))
    figures.add(
      "its slopes there", "-2.6, 0.4, 1.5",
      try [-5.0, 0, 2.1].map {
        decimals(try settings.differentiator.slope(of: three, at: $0), 1)
      }.joined(separator: ", "))
    figures.add("corners of triple_relu", "-1.3333, -1.1333, 1.8182", decimals([-2 / 1.5, -1.7 / 1.5, 2 / 1.1], 4))
    let axis = (0..<100).map { -5 + 7.1 * Double($0) / 99 }
    let highest = (try axis.map { try two($0) }.max() ?? .nan, try axis.map { try three($0) }.max() ?? .nan)
    figures.add(
      "highest of double_relu, of triple_relu, on [-5, 2.1]", "5.50, 13.00", decimals([highest.0, highest.1], 2))
    return ReplayResult(
      figures: figures.figures,
      remarks: [
        "the picture of triple_relu ends at 10: it cuts off what lies left of x = -3.85",
        Replays.pictures["S3.5"] ?? "",
      ])
  }
}

/// The model of rectified lines as a function of x alone: Python's `partial`.
private struct RectifiedSum: UnivariateFunction {
  let model: AnyModel
  let parameters: [Double]

  init(_ parameters: [Double]) throws {
    model = try Registry.standard.models.make("relu-sum:count=\(parameters.count / 2)")
    self.parameters = parameters
  }

  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S {
    try model(parameters: parameters.map { S($0) }[...], input: [x][...])[0]
  }
}
