// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// What document 004 names and leaves unexplained: zero_grad, forward, loss, backward, step; the dot product; sigmoid
/// and relu.
///
/// The step is the first one of y = 3x, whose numbers the document prints.
public struct TrainingStepReplay: Replay {
  /// The name.
  public var name: String { "training-step" }
  /// What it shows.
  public var summary: String { "one training step taken apart, and the document's loose ends" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The concepts.
  public var systems: [String] { ["S4.7"] }

  /// Creates the replay.
  public init() {}

  /// Takes the step.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let method = settings.differentiator
    let optimizer = try Registry.standard.optimizers.make("sgd:lr=0.01,momentum=0.2")
    var state = optimizer.initialState(parameterCount: 2)
    var parameters = [0.9422, -0.2910]
    var printed = FigureList("S4.7")
    let prediction = parameters[0] * 1 + parameters[1]
    printed.add("forward: prediction", "0.651", decimals(prediction, 3))
    let first = SampleError(x: 1, y: 3).erased
    var gradient: [Double] = []
    let loss = try method.gradient(of: first, at: parameters, into: &gradient)
    printed.add("loss", "5.517", decimals(loss, 3))
    let firstGradient = gradient
    try optimizer.step(&parameters, gradient: gradient, state: &state)
    printed.add("step: weight", "0.989", decimals(parameters[0], 3))

    var derived = FigureList("S4.7", origin: .derived)
    derived.add("zero_grad: gradient before backward", "0.000, 0.000", decimals([0.0, 0.0], 3))
    // 2 (p - y) x and 2 (p - y).
    derived.add("backward: gradient by weight and bias", "-4.698, -4.698", decimals(firstGradient, 3))
    _ = try method.gradient(of: SampleError(x: 2, y: 6).erased, at: parameters, into: &gradient)
    let zeroed = decimals(gradient, 3)
    let added = decimals(zip(gradient, firstGradient).map { $0 + $1 }, 3)
    // 2 (p - 6) 2 and 2 (p - 6) at p = 2 · 0.989176 - 0.244024.
    derived.add("second sample, gradients zeroed", "-17.063, -8.531", zeroed, isMended: true)
    derived.add("second sample, gradients not zeroed", "-21.760, -13.229", added)
    let h = try method.gradient(of: DotProduct(), at: [0.5, -1, 2, 3])
    derived.add("dot product (0.5, -1)·(2, 3)", "-2.0", python(h.value[0]))
    derived.add(
      "its gradient: each factor's partner", "2.0, 3.0, 0.5, -1.0", h.gradient.map(python).joined(separator: ", "))
    derived.add("sigmoid -2, 0, 2", "0.119, 0.500, 0.881", decimals(try [-2, 0, 2].map { try Sigmoid()($0) }, 3))
    derived.add(
      "its slopes, s (1 - s)", "0.105, 0.250, 0.105",
      decimals(try [-2, 0, 2].map { try method.slope(of: Sigmoid(), at: $0) }, 3))
    derived.add(
      "relu -2, 0, 2", "0.0, 0.0, 2.0", try [-2, 0, 2].map { python(try Rectifier()($0)) }.joined(separator: ", "))
    derived.add(
      "its slopes at -2 and 2", "0.0, 1.0",
      try [-2, 2].map { python(try method.slope(of: Rectifier(), at: $0)) }.joined(separator: ", "))
    return ReplayResult(
      figures: printed.figures + derived.figures,
      traps: [
        ReplayTrap(
          "S4.7", "what zero_grad is for",
          document: "without it the second sample's gradient would be \(added)",
          mended: "with it: \(zeroed)",
          change:
            "the first sample's gradient is not added to the second's; here a gradient is a returned value, and adding "
            + "up takes an explicit sum")
      ],
      remarks: [
        "the loop in full: difftool replay y3x; activations: difftool explain 'sigmoid(w*x+b)' --at w=1,x=2,b=-1"
      ])
  }
}

/// (w x + b - y)² as a function of w and b.
private struct SampleError: ScalarField {
  let x: Double
  let y: Double

  func callAsFunction<S: DifferentiableScalar>(_ p: [S]) throws -> S {
    let error = S(y) - (p[0] * S(x) + p[1])
    return error * error
  }
}

/// i1 w1 + i2 w2.
private struct DotProduct: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { x[0] * x[2] + x[1] * x[3] }
}
