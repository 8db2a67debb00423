// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams

/// Two linear neurons in a row, trained with four partial derivatives of the whole error and with the chain rule.
///
/// The document prints no number here: a hundred points of 4 + 3x + 0.3·randn, all weights 0.5, and two trainings that
/// must come to the same line. What is held is that both gradients are the same: to the noise of the step 10⁻¹² by the
/// document's quotients, to 10⁻⁹ with a searched step, to roundoff by an exact method.
public struct TwoNeuronsReplay: Replay {
  /// The name.
  public var name: String { "two-neurons" }
  /// What it shows.
  public var summary: String { "a chain of two neurons: whole error and chain rule, the same gradients" }
  /// Where it comes from.
  public var document: TeachingDocument { .scratch }
  /// The chain.
  public var systems: [String] { ["S2.6"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Ten times 15 000 steps, and the quotients of one.
  public var cost: Double { 50 * Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<10)) { defaultSeeds = seeds }

  /// Compares the gradients on the first seed's points, and trains both ways on each seed's.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let seeds = settings.seeds ?? defaultSeeds
    let points = try data(seed: seeds.first ?? 0)
    let noisy = try gap(points, TextbookQuotient.diffp())
    let searched = try gap(points, TextbookQuotient.searched())
    let exact = try gap(points, settings.differentiator)
    let reason = "difference quotients are not exact"
    var result = ReplayResult(figures: [
      ReplayFigure(
        "S2.6", "whole error against chain rule, step 1e-12", bound: 0...4e-3, stated: "at most 4e-3",
        computed: noisy, text: short(noisy), because: reason + "; the step 1e-12 leaves three digits"),
      ReplayFigure(
        "S2.6", "the same with a searched step", bound: 0...1e-9, stated: "at most 1e-9", computed: searched,
        text: short(searched), because: reason, isMended: true),
      ReplayFigure(
        "S2.6", "the same by the method for the gradients", bound: 0...1e-12, stated: "at most 1e-12",
        computed: exact, text: short(exact), because: "the order of roundings", isMended: true),
    ])
    let runs = try SeedRuns(seeds, settings) { try train(data(seed: $0), settings.differentiator) }
    result.lines = runs.outcomes.map { seed, outcome in
      "seed \(seed): mean error \(decimals(outcome.whole, 4)) after 100 epochs of 0.001, "
        + "\(decimals(outcome.chained, 4)) after 50 of 0.01, least possible \(decimals(outcome.least, 4))"
    }
    result.figures += overSeeds(runs)
    result.traps = [
      ReplayTrap(
        "S2.6", "the step 1e-12",
        document: "both gradients agree to \(short(noisy)) of the largest partial derivative",
        mended: "they agree to \(short(searched)) with a searched step, to \(short(exact)) by "
          + settings.differentiator.name,
        change: "only the step: the chain rule is as right as the four partial derivatives, and needs one forward pass")
    ]
    result.remarks = ["the document prints no number of these trainings; its points are unseeded. " + runs.remark]
    return result
  }

  /// The document's points: x in [0, 1).
  private func data(seed: UInt64) throws -> DataSet {
    try Registry.standard.dataSets.make(
      "line:slope=3,intercept=4,noise=0.3,from=0,to=1,spacing=random,count=100"
    ).generate(streams: NamedStreams(seed: seed))
  }

  /// The largest difference between both gradients at the start, over all points, as a part of the largest partial.
  private func gap(_ data: DataSet, _ method: any Differentiator) throws -> Double {
    let weights = [0.5, 0.5, 0.5, 0.5]
    var largest = 0.0
    for (input, target) in zip(data.inputs, data.targets) {
      let whole = try method.gradient(
        of: ChainError(x: input[0], y: target[0]), at: weights
      ).gradient
      let chained = try chainRule(weights, x: input[0], y: target[0], method)
      let size = whole.map(\.magnitude).reduce(0) { $0 > $1 ? $0 : $1 }
      for (a, b) in zip(whole, chained) {
        let difference = (a - b).magnitude / size
        // A difference that is no number must not be passed over.
        if !(difference <= largest) { largest = difference }
      }
    }
    return largest
  }

  /// dE/dw11, dE/dw12, dE/dw21, dE/dw22, each a product of derivatives along the chain.
  private func chainRule(
    _ w: [Double], x: Double, y: Double, _ method: any Differentiator
  ) throws -> [Double] {
    let hidden = w[0] * x + w[1]
    let output = w[2] * hidden + w[3]
    let byOutput = try method.slope(of: SquaredError(y: y), at: output)
    let second = try method.gradient(of: LineOfThree(), at: [w[2], w[3], hidden]).gradient
    let first = try method.gradient(of: LineOfThree(), at: [w[0], w[1], x]).gradient
    let byHidden = byOutput * second[2]
    return [byHidden * first[0], byHidden * first[1], byOutput * second[0], byOutput * second[1]]
  }
}

extension TwoNeuronsReplay {
  /// What one seed's trainings give: mean squared errors.
  private struct Outcome: Sendable {
    let whole: Double
    let chained: Double
    let least: Double
    /// The largest difference of the weights after an epoch, whole error against chain rule.
    let parting: Double
  }

  private func train(_ data: DataSet, _ method: any Differentiator) throws -> Outcome {
    func descent(_ rate: Double) throws -> SampleDescent {
      try SampleDescent(model: "two-neuron-chain", optimizer: "sgd:lr=\(rate)", data: data)
    }
    let start = [0.5, 0.5, 0.5, 0.5]
    let slow = try descent(0.001)
    let fast = try descent(0.01)
    let whole = try slow.run(from: start, epochs: 100, every: 100, method)
    let chained = try fast.run(from: start, epochs: 50, every: 50, method)
    let epoch = try fast.run(from: start, epochs: 1, every: 1, method)
    var weights = start
    for (input, target) in zip(data.inputs, data.targets) {
      let gradient = try chainRule(weights, x: input[0], y: target[0], method)
      for i in weights.indices { weights[i] -= 0.01 * gradient[i] }
    }
    let best = leastSquaresLine(data.inputs.map { $0[0] }, data.targets.map { $0[0] })
    return Outcome(
      whole: try slow.meanLoss(whole.parameters), chained: try fast.meanLoss(chained.parameters),
      // The line as a chain whose first neuron passes x on.
      least: try slow.meanLoss([1, 0] + best),
      parting: zip(weights, epoch.parameters).map { ($0 - $1).magnitude }.reduce(0) { $0 > $1 ? $0 : $1 })
  }

  private func overSeeds(_ runs: SeedRuns<Outcome>) -> [ReplayFigure] {
    let reason = "the document's points are unseeded, and it prints no number"
    func ratio(_ value: (Outcome) -> Double) -> Double { median(runs.values { value($0) / $0.least }) }
    let whole = ratio(\.whole)
    let chained = ratio(\.chained)
    let parting = runs.values(\.parting).reduce(0) { $0 > $1 ? $0 : $1 }
    return [
      ReplayFigure(
        "S2.6", "error over the least possible, 100 epochs of 0.001, median", bound: 1...1.5, stated: "1 to 1.5",
        computed: whole, text: decimals(whole, 3), because: reason),
      ReplayFigure(
        "S2.6", "error over the least possible, 50 epochs of 0.01, median", bound: 1...1.1, stated: "1 to 1.1",
        computed: chained, text: decimals(chained, 3), because: reason),
      ReplayFigure(
        "S2.6", "weights after an epoch, whole error less chain rule", bound: 0...1e-9, stated: "at most 1e-9",
        computed: parting, text: short(parting), because: "the order of roundings, over a hundred steps"),
    ]
  }
}

/// (o - y)² of one point as a function of w11, w12, w21, w22.
private struct ChainError: ScalarField {
  let x: Double
  let y: Double

  func callAsFunction<S: DifferentiableScalar>(_ w: [S]) throws -> S {
    let hidden = w[0] * S(x) + w[1]
    let error = w[2] * hidden + w[3] - S(y)
    return error * error
  }
}

/// (o - y)².
private struct SquaredError: UnivariateFunction {
  let y: Double

  func callAsFunction<S: DifferentiableScalar>(_ output: S) throws -> S {
    let error = output - S(y)
    return error * error
  }
}
