// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// tanh, sigmoid and relu with their slopes, and the tanh by exponentials that overflows.
///
/// The document writes tanh x = (exp 2x - 1) / (exp 2x + 1). Above 709.78/2 the exponential is no longer a number of
/// double precision: Python's `math.exp` raises OverflowError, and here the quotient is ∞/∞.
public struct ActivationsReplay: Replay {
  /// The name.
  public var name: String { "activations" }
  /// What it shows.
  public var summary: String { "tanh, sigmoid, relu; where tanh by exponentials overflows" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The explanation of the activations.
  public var systems: [String] { ["S1.9"] }

  /// Creates the replay.
  public init() {}

  /// Evaluates, differentiates, and looks for the last number that works.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    func slope(_ f: some UnivariateFunction, at x: Double) throws -> Double {
      try settings.differentiator.derivative(of: f, at: x).gradient[0]
    }
    func byExponentials(_ x: Double) throws -> Double { try TanhByExponentials()(x) }
    var last = 1
    while last < 2000, try byExponentials(Double(last + 1)).isFinite { last += 1 }

    var figures = FigureList("S1.9", origin: .derived)
    let half = try byExponentials(0.5)
    figures.add("tanh 0.5 by exponentials", decimals(Double.tanh(0.5), 12), decimals(half, 12))
    figures.add("its slope, 1 - t²", decimals(1 - half * half, 12), decimals(try slope(LibraryTanh(), at: 0.5), 12))
    figures.add(
      "sigmoid 0 and its slope", "0.5, 0.25",
      "\(python(1 / (1 + Double.exp(0)))), "
        + python(try slope(Sigmoid(), at: 0)))
    figures.add(
      "slope of relu at -1 and at 2", "0.0, 1.0",
      "\(python(try slope(Rectifier(), at: -1))), \(python(try slope(Rectifier(), at: 2)))")
    figures.add("largest whole x whose tanh by exponentials is a number", "354", "\(last)")
    let beyond = Double(last + 1)
    let broken = try byExponentials(beyond)
    figures.add("tanh 355 by exponentials", "overflow", broken.isFinite ? python(broken) : "overflow")
    figures.add("tanh -355 by exponentials", "-1.0", python(try byExponentials(-beyond)))
    let mended = try LibraryTanh()(beyond)
    let flat = try slope(LibraryTanh(), at: beyond)
    figures.add("tanh 355 of the library", "1.0", python(mended), isMended: true)
    figures.add("its slope, to twelve decimals", "0.000000000000", decimals(flat, 12), isMended: true)
    return ReplayResult(
      figures: figures.figures,
      traps: [
        ReplayTrap(
          "S1.9", "tanh by exponentials overflows",
          document: "tanh \(python(beyond)) = \(python(broken)) (Python: OverflowError: math range error)",
          mended: "tanh \(python(beyond)) = \(python(mended)), slope \(python(flat))",
          change: "the library's tanh never forms exp 2x; the document's works from below to x = \(last), and for all "
            + "negative x, whose exponential only vanishes")
      ],
      remarks: [Replays.pictures["S1.9"] ?? ""])
  }
}

/// The document's tanh.
private struct TanhByExponentials: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { (S.exp(2 * x) - 1) / (S.exp(2 * x) + 1) }
}
