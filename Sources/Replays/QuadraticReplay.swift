// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// Fitting a parabola to twenty noisy points by the mean absolute error, from NumPy's seed 42.
///
/// The document's eight losses come out only if the gradients of all steps are added up: its program never sets them
/// to zero. That is momentum 1. With the gradient of each step alone the descent is slower and steady; both are shown.
public struct QuadraticReplay: Replay {
  /// The name.
  public var name: String { "quadratic" }
  /// What it shows.
  public var summary: String { "a parabola by mean absolute error, and what gradients that are never zeroed do" }
  /// Where it comes from.
  public var source: String { "document 003, what is a neural network" }

  /// Creates the replay.
  public init() {}

  /// Computes the data, the losses, the gradient and both descents.
  public func run(differentiator: any Differentiator) throws -> ReplayResult {
    let registry = Registry.standard
    let data = try registry.dataSets.make("document-003-quadratic").generate(streams: NamedStreams(seed: 0))
    let model = try registry.models.make("quadratic")
    let objective = try Objective(
      model: model, loss: registry.losses.make("mean-absolute"), inputs: data.inputs, targets: data.targets)
    let field = objective.erased
    var result = ReplayResult(lines: [], figures: [])
    func figure(_ name: String, _ document: String, _ computed: String) {
      result.figures.append(ReplayFigure(name, document: document, computed: computed))
      result.lines.append("\(name): \(computed)")
    }
    func list(_ values: some Sequence<Double>) -> String { values.map { decimals($0, 4) }.joined(separator: ", ") }

    figure("x[:5]", "-2.0000, -1.7895, -1.5789, -1.3684, -1.1579", list(data.inputs.prefix(5).map { $0[0] }))
    figure("y[:5]", "12.9866, 6.6981, 7.8615, 6.1407, 3.1628", list(data.targets.prefix(5).map { $0[0] }))
    figure("loss at 1.1, 1.1, 1.1", "4.6392", decimals(try field([1.1, 1.1, 1.1]), 4))
    var gradient: [Double] = []
    let start = [1.1, 1.2, 1.3]
    let first = try differentiator.gradient(of: field, at: start, into: &gradient)
    figure("loss at 1.1, 1.2, 1.3", "4.4666", decimals(first, 4))
    figure("gradient", "-1.4194, 0.0737, -0.9000", list(gradient))
    let step = zip(start, gradient).map { $0 - 0.01 * $1 }
    figure("loss after one step", "4.438", decimals(try field(step), 3))

    let printed = ["4.44", "4.38", "4.30", "4.18", "4.04", "3.87", "3.67", "3.45"]
    let added = try descend(field, "sgd:lr=0.01,momentum=1", differentiator)
    for (i, value) in added.losses.dropFirst().enumerated() {
      figure("step \(i), gradients added up", printed[i], decimals(value, 2))
    }
    figure("parameters, gradients added up", "1.7387, 1.1668, 1.7050", list(added.parameters))
    let plain = try descend(field, "sgd:lr=0.01", differentiator)
    figure("parameters, gradients zeroed", "1.2277, 1.1934, 1.3810", list(plain.parameters))
    figure("loss, gradients zeroed", "4.2119", decimals(try field(plain.parameters), 4))
    result.remarks.append(
      "the document's program never zeroes its gradients: its losses are those of momentum 1, a bug that looks like speed"
    )
    return result
  }

  /// Nine steps: the document's single one, then its eight.
  private func descend(
    _ field: AnyScalarField, _ specification: String, _ differentiator: any Differentiator
  ) throws -> (losses: [Double], parameters: [Double]) {
    let optimizer = try Registry.standard.optimizers.make(specification)
    var state = optimizer.initialState(parameterCount: 3)
    var parameters = [1.1, 1.2, 1.3]
    var gradient: [Double] = []
    var losses: [Double] = []
    for _ in 0..<9 {
      losses.append(try differentiator.gradient(of: field, at: parameters, into: &gradient))
      try optimizer.step(&parameters, gradient: gradient, state: &state)
    }
    return (losses, parameters)
  }
}
