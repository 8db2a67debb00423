// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// A line through a hundred points by gradient descent on the sum of squares, rate 0.001, a hundred steps.
///
/// The points are 2·rand and 4 + 3x + 0.3·randn, unseeded. What the document prints of them is enough to recover the
/// sums that its errors depend on (`RecoveredLineError`), and with them all its lines come out within 0.05 %; the
/// same fit runs over seeds on points of the same kind.
public struct LineFitReplay: Replay {
  /// The name.
  public var name: String { "line-fit" }
  /// What it shows.
  public var summary: String { "a line by gradient descent: the hundred printed errors" }
  /// Where it comes from.
  public var document: TeachingDocument { .scratch }
  /// The fit, and its data.
  public var systems: [String] { ["S2.5", "S2.7"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Twenty fits of a hundred steps.
  public var cost: Double { 16 }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<20)) { defaultSeeds = seeds }

  /// Fits the document's sums, then points of each seed.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    var result = ReplayResult()
    let three = try lineError(x: [1, 2, 3], y: [1, 2, 3])
    result.figures.append(
      ReplayFigure("S2.5", "error(3, 4, [1, 2, 3], [1, 2, 3])", document: "200", computed: "\(Int(try three([3, 4])))"))
    try recovered(settings.differentiator, into: &result)
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { try fit(seed: $0, settings.differentiator) }
    result.figures += overSeeds(runs)
    result.figures += records()
    result.remarks = [
      "the document seeds neither its points nor its start: five sums over the points and the start were fitted to its "
        + "104 printed figures, and it differentiates with the step 1e-12, whose noise is not repeated here",
      runs.remark, Replays.pictures["S2.7"] ?? "",
    ]
    return result
  }

  /// The document's own descent.
  private func recovered(_ differentiator: any Differentiator, into result: inout ReplayResult) throws {
    let error = RecoveredLineError().erased
    let reason = "sums of unseeded points, recovered from the printed figures; the document's own gradients are noisy"
    for (point, document) in [([3, 4], "11.370852782527962"), ([3.04, 4], "11.164979946174462")] {
      result.figures.append(
        .near(
          "S2.5", "error(\(point[0] == 3 ? "3" : "3.04"), 4, X, y)", document, try error(point), relative: 1e-6,
          because: reason))
    }
    let descent = try descend(error, from: RecoveredLineError.start, differentiator)
    result.lines = descent.losses.enumerated().map { "i:  \($0)  Error:  \(python($1))" }
    for i in [0, 1, 2, 5, 10, 20, 50, 99] {
      result.figures.append(
        .near(
          "S2.5", "error before step \(i)", python(LineFitDocument.errors[i]), descent.losses[i], relative: 5e-4,
          because: reason))
    }
    let worst =
      zip(descent.losses, LineFitDocument.errors).map { ($0 / $1 - 1).magnitude }.reduce(0) { $0 > $1 ? $0 : $1 }
    result.figures.append(
      ReplayFigure(
        "S2.5", "all hundred errors: largest relative difference", bound: 0...5e-4, stated: "at most 5e-4",
        computed: worst, text: short(worst), because: reason))
    for (name, i) in [("m", 0), ("c", 1)] {
      result.figures.append(
        .near(
          "S2.5", "\(name) after a hundred steps", python(LineFitDocument.result[i]), descent.parameters[i],
          relative: 1e-4, because: reason))
    }
  }

  /// What one seed's fit gives.
  private struct Outcome: Sendable {
    let isMonotone: Bool
    /// How much larger than the least possible the error is at the end.
    let excess: Double
    /// The distance of slope and intercept from those of least squares.
    let distance: Double
  }

  private func fit(seed: UInt64, _ differentiator: any Differentiator) throws -> Outcome {
    let streams = NamedStreams(seed: seed)
    let data = try Registry.standard.dataSets.make(
      "line:slope=3,intercept=4,noise=0.3,from=0,to=2,spacing=random,count=100"
    ).generate(streams: streams)
    var random = streams.generator(for: .initialization)
    let (x, y) = (data.inputs.map { $0[0] }, data.targets.map { $0[0] })
    let error = try lineError(x: x, y: y)
    let descent = try descend(error, from: random.uniforms(2, in: 0..<1), differentiator)
    let best = leastSquaresLine(x, y)
    let losses = descent.losses
    return Outcome(
      isMonotone: zip(losses, losses.dropFirst()).allSatisfy { $1 < $0 },
      excess: try error(descent.parameters) / error(best) - 1,
      distance: zip(descent.parameters, best).map { ($0 - $1).magnitude }.reduce(0) { $0 > $1 ? $0 : $1 })
  }

  private func overSeeds(_ runs: SeedRuns<Outcome>) -> [ReplayFigure] {
    let reason = "unseeded points: points of the same kind instead"
    let excess = median(runs.values(\.excess))
    let distance = median(runs.values(\.distance))
    return [
      ReplayFigure(
        "S2.5", "fits whose error falls at every step", bound: 1...1, stated: "all", computed: runs.rate(\.isMonotone),
        text: runs.share(\.isMonotone), because: reason),
      ReplayFigure(
        "S2.5", "error over the least possible, less 1, median", bound: 0...0.02, stated: "at most 0.02",
        computed: excess, text: short(excess), because: reason),
      ReplayFigure(
        "S2.5", "distance of (m, c) from least squares, median", bound: 0...0.1, stated: "at most 0.1",
        computed: distance, text: short(distance), because: reason + "; a hundred steps do not end at the minimum"),
    ]
  }

  /// The three records that are printed.
  private func records() -> [ReplayFigure] {
    LineFitDocument.records.enumerated().flatMap { i, record in
      let line = 4 + 3 * record.x
      let noise = (record.y - line) / 0.3
      return [
        ReplayFigure(
          "S2.7", "4+3*X[\(i)]", bound: (record.line - 2e-8)...(record.line + 2e-8),
          stated: decimals(record.line, 8), computed: line, text: decimals(line, 8),
          because: "X is printed to 8 decimals, of which 3 X makes 1.5e-8", origin: .printed),
        ReplayFigure(
          "S2.7", "noise of y[\(i)], over 0.3", bound: -3...3, stated: "-3 to 3", computed: noise,
          text: short(noise), because: "y[\(i)] = \(decimals(record.y, 8)) is unseeded: its normal noise is bounded"),
      ]
    }
  }

  /// The sum of squared errors of m x + c.
  private func lineError(x: [Double], y: [Double]) throws -> AnyScalarField {
    let registry = Registry.standard
    return try Objective(
      model: registry.models.make("line"), loss: registry.losses.make("sum-of-squares"), inputs: x.map { [$0] },
      targets: y.map { [$0] }, reduction: .sum
    ).erased
  }

  /// A hundred steps with the rate 0.001: the errors before each, and where they end.
  private func descend(
    _ error: AnyScalarField, from start: [Double], _ differentiator: any Differentiator
  ) throws -> (losses: [Double], parameters: [Double]) {
    var parameters = start
    var gradient: [Double] = []
    var losses: [Double] = []
    for _ in 0..<100 {
      losses.append(try differentiator.gradient(of: error, at: parameters, into: &gradient))
      for i in parameters.indices { parameters[i] -= 0.001 * gradient[i] }
    }
    return (losses, parameters)
  }
}

/// Slope and intercept of the line with the least sum of squares.
func leastSquaresLine(_ x: [Double], _ y: [Double]) -> [Double] {
  let n = Double(x.count)
  let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  let xx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
  let xy = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  return [xy / xx, meanY - xy / xx * meanX]
}

extension ReplayFigure {
  /// A printed number, and a computed one that may differ from it by a part of it.
  static func near(
    _ system: String, _ name: String, _ document: String, _ computed: Double, relative: Double, because reason: String
  ) -> ReplayFigure {
    let value = Double(document) ?? .nan
    let allowed = relative * value.magnitude
    return ReplayFigure(
      system, name, bound: value.isNaN ? 0...0 : (value - allowed)...(value + allowed), stated: document,
      computed: value.isNaN ? .nan : computed, text: python(computed), because: reason, origin: .printed)
  }
}
