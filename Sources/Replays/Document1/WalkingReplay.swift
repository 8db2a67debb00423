// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The chain rule in words: a car, a bicycle and a walking man.
public struct WalkingReplay: Replay {
  /// The name.
  public var name: String { "walking" }
  /// What it shows.
  public var summary: String { "the chain rule by car, bicycle and walking: 2 × 4 = 8" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The sentence.
  public var systems: [String] { ["S1.3"] }

  /// Creates the replay.
  public init() {}

  /// Differentiates each link and the whole.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    func rate(_ f: some UnivariateFunction, at x: Double) throws -> Double {
      try settings.differentiator.derivative(of: f, at: x).gradient[0]
    }
    let walked = 3.0
    let car = try rate(Car(), at: 4 * walked)
    let bicycle = try rate(Bicycle(), at: walked)
    let whole = try rate(CarByFoot(), at: walked)
    var figures = FigureList("S1.3")
    func text(_ x: Double) -> String { x == x.rounded() && x.magnitude < 1e15 ? "\(Int(x))" : python(x) }
    figures.add("twice as fast, four times as fast", "2 × 4 = 8", "\(text(car)) × \(text(bicycle)) = \(text(whole))")
    return ReplayResult(figures: figures.figures)
  }
}

/// The car's way by the bicycle's.
private struct Car: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { 2 * x }
}

/// The bicycle's way by the walker's.
private struct Bicycle: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { 4 * x }
}

/// The car's way by the walker's.
private struct CarByFoot: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { try Car()(Bicycle()(x)) }
}
