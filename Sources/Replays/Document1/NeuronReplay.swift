// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The neuron o = x1 w1 + x2 w2 + b, its gradients, and one step against them.
public struct NeuronReplay: Replay {
  /// The name.
  public var name: String { "neuron" }
  /// What it shows.
  public var summary: String { "one neuron with two inputs: output, gradients, one step" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The neuron.
  public var systems: [String] { ["S1.4"] }

  /// Creates the replay.
  public init() {}

  /// Differentiates by weights and inputs, steps, and evaluates again.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let neuron = NeuronSum().erased
    // x1, x2, w1, w2, b.
    var x = [2.0, 1.5, -3.0, 1.0, 6.881_373_587_019_543_2]
    var gradient: [Double] = []
    _ = try settings.differentiator.gradient(of: neuron, at: x, into: &gradient)
    let output = try neuron(x)
    var figures = FigureList("S1.4", origin: .program)
    figures.add("output", "output: 2.3814", "output: \(decimals(output, 4))")
    figures.add("w1.grad", "2.0", python(gradient[2]))
    figures.add("w2.grad", "1.5", python(gradient[3]))
    figures.add("b.grad", "1.0", python(gradient[4]))
    for i in 2..<5 { x[i] -= 0.01 * gradient[i] }
    figures.add("output after a step of 0.01", "output: 2.3089", "output: \(decimals(try neuron(x), 4))")
    figures.add("w1 after it", "Value(data=-3.02)", "Value(data=\(python(x[2])))")
    figures.add("w2 after it", "Value(data=0.985)", "Value(data=\(python(x[3])))")
    figures.add("b after it", "Value(data=6.871373587019543)", "Value(data=\(python(x[4])))")
    figures.add("PyTorch: n", "2.381373587019543", python(output))
    figures.add("PyTorch: x2.grad", "1.0", python(gradient[1]))
    figures.add("PyTorch: w2.grad", "1.5", python(gradient[3]))
    figures.add("PyTorch: x1.grad", "-3.0", python(gradient[0]))
    figures.add("PyTorch: w1.grad", "2.0", python(gradient[2]))
    return ReplayResult(
      figures: figures.figures,
      remarks: [
        "step by step: difftool explain 'x1*w1+x2*w2+b' --at x1=2,x2=1.5,w1=-3,w2=1,b=6.8813735870195432 --steps"
      ])
  }
}

/// x1 w1 + x2 w2 + b, added in this order.
private struct NeuronSum: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { (x[0] * x[2] + x[1] * x[3]) + x[4] }
}
