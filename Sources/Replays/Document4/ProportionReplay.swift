// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// Learning y = 3x with one linear unit: stochastic gradient descent with momentum, sample by sample, 201 epochs.
///
/// The start w = 0.9422, b = -0.2910 follows from the document's first line; with it all eleven lines come out. The
/// gradient of the loss by the input, x.grad = 2 (p - y) w, is taken by the same method as that by the parameters.
public struct ProportionReplay: Replay {
  /// The name.
  public var name: String { "y3x" }
  /// What it shows.
  public var summary: String { "a line learns y = 3x: all eleven printed lines" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The training.
  public var systems: [String] { ["S4.2"] }
  /// 1206 steps.
  public var cost: Double { 12 }

  /// Creates the replay.
  public init() {}

  private static let printed = [
    "Epoch 0  , weight: 0.989, x.grad: -4.426, loss: 5.517, prediction: 0.651",
    "Epoch 20 , weight: 2.970, x.grad: 0.795, loss: 0.018, prediction: 3.134",
    "Epoch 40 , weight: 2.984, x.grad: 0.435, loss: 0.005, prediction: 3.073",
    "Epoch 60 , weight: 2.991, x.grad: 0.238, loss: 0.002, prediction: 3.040",
    "Epoch 80 , weight: 2.995, x.grad: 0.130, loss: 0.000, prediction: 3.022",
    "Epoch 100, weight: 2.997, x.grad: 0.071, loss: 0.000, prediction: 3.012",
    "Epoch 120, weight: 2.999, x.grad: 0.039, loss: 0.000, prediction: 3.006",
    "Epoch 140, weight: 2.999, x.grad: 0.021, loss: 0.000, prediction: 3.004",
    "Epoch 160, weight: 3.000, x.grad: 0.011, loss: 0.000, prediction: 3.002",
    "Epoch 180, weight: 3.000, x.grad: 0.006, loss: 0.000, prediction: 3.001",
    "Epoch 200, weight: 3.000, x.grad: 0.003, loss: 0.000, prediction: 3.001",
  ]

  /// Runs the 201 epochs.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let registry = Registry.standard
    let model = try registry.models.make("line")
    let loss = try registry.losses.make("sum-of-squares")
    let data = try registry.dataSets.make("document-004-y3x").generate(streams: NamedStreams(seed: 0))
    let optimizer = try registry.optimizers.make("sgd:lr=0.01,momentum=0.2")
    var state = optimizer.initialState(parameterCount: 2)
    var parameters = [0.9422, -0.2910]
    var gradient: [Double] = []
    var figures = FigureList("S4.2")
    let samples = data.inputs.indices.map { i in
      SampleLoss(model: model, loss: loss, input: data.inputs[i][0], target: data.targets[i][0]).erased
    }
    for epoch in 0...200 {
      for (i, sample) in samples.enumerated() {
        let x = data.inputs[i][0]
        let prediction = try model(parameters: parameters[...], input: [x][...])[0]
        let value = try settings.differentiator.gradient(of: sample, at: parameters + [x], into: &gradient)
        try optimizer.step(&parameters, gradient: Array(gradient.prefix(2)), state: &state)
        if epoch % 20 == 0, i == 0 {
          let number = "\(epoch)".padding(3)
          figures.add(
            "epoch \(epoch)", Self.printed[epoch / 20],
            "Epoch \(number), weight: \(decimals(parameters[0], 3)), x.grad: \(decimals(gradient[2], 3)), "
              + "loss: \(decimals(value, 3)), prediction: \(decimals(prediction, 3))")
        }
      }
    }
    return ReplayResult(
      figures: figures.figures,
      remarks: ["the start w = 0.9422, b = -0.2910 was found from the first line: x.grad = 2 (p - y) w"])
  }
}

/// The loss of one sample as a function of the parameters and, last, the input.
private struct SampleLoss: ScalarField {
  let model: AnyModel
  let loss: AnyLoss
  let input: Double
  let target: Double

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    let prediction = try model(parameters: x.dropLast(), input: x.suffix(1))
    return try loss(prediction: prediction[...], target: [S(target)][...])
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
