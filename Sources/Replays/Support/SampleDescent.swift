// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// The training loop of document 004: one sample a step, in the order of the data, without shuffling.
///
///     for each epoch, for each sample: zero_grad, forward, loss, backward, step
///
/// The loss is (y - p)². A training whose loss is no longer finite stops there.
struct SampleDescent: Sendable {
  /// What was seen of a training.
  struct Trace: Sendable {
    /// The epochs that were looked at.
    var epochs: [Int] = []
    /// The loss of the last sample before its step, which the documents print.
    var lastSample: [Double] = []
    /// The mean loss over all samples after the epoch.
    var wholeData: [Double] = []
    /// The parameters after the last step.
    var parameters: [Double]
    /// Whether all numbers stayed finite.
    var isFinite = true
  }

  let model: AnyModel
  let optimizer: Optimizer
  let data: DataSet
  private let samples: [AnyScalarField]
  private let whole: AnyScalarField

  /// A model and an optimizer by their specifications, on data.
  init(model: String, optimizer: String, data: DataSet) throws {
    let registry = Registry.standard
    self.model = try registry.models.make(model)
    self.optimizer = try registry.optimizers.make(optimizer)
    self.data = data
    let objective = try Objective(
      model: self.model, loss: registry.losses.make("sum-of-squares"), inputs: data.inputs, targets: data.targets)
    // One term for all samples: a method that records it does so once.
    let term = objective.term
    samples = zip(data.inputs, data.targets).map { input, target in
      SampleSum(term, samples: SampleRows(input + target, width: input.count + target.count, count: 1)).erased
    }
    whole = objective.erased
  }

  /// Parameters as PyTorch draws them for linear layers, from a seed's stream; with biases of one value if there is one.
  func start(seed: UInt64, biases: Double? = nil) throws -> [Double] {
    var random: any RandomSource = NamedStreams(seed: seed).generator(for: .initialization)
    let layout = model.parameters
    var values = try Registry.standard.initializers.make("torch-linear").values(for: layout, random: &random)
    guard let biases else { return values }
    for (index, group) in layout.groups.enumerated() where group.role == .bias {
      for i in layout.range(ofGroup: index) { values[i] = biases }
    }
    return values
  }

  /// Trains, and looks at every so many epochs from the first on.
  ///
  /// - Parameter accumulating: leaves `zero_grad` out, so that each step takes the sum of all gradients so far.
  func run(
    from start: [Double], epochs: Int, every interval: Int, _ differentiator: any Differentiator,
    accumulating: Bool = false
  ) throws -> Trace {
    var trace = Trace(parameters: start)
    var parameters = start
    var state = optimizer.initialState(parameterCount: parameters.count)
    var gradient: [Double] = []
    var sum = Array(repeating: 0.0, count: parameters.count)
    for epoch in 0..<epochs {
      var last = 0.0
      for sample in samples {
        last = try differentiator.gradient(of: sample, at: parameters, into: &gradient)
        if accumulating {
          for i in sum.indices { sum[i] += gradient[i] }
          gradient = sum
        }
        try optimizer.step(&parameters, gradient: gradient, state: &state)
      }
      guard last.isFinite, parameters.allSatisfy(\.isFinite) else {
        trace.isFinite = false
        break
      }
      if epoch % interval == 0 {
        trace.epochs.append(epoch)
        trace.lastSample.append(last)
        trace.wholeData.append(try whole(parameters))
      }
    }
    trace.parameters = parameters
    return trace
  }

  /// The mean loss over all samples.
  func meanLoss(_ parameters: [Double]) throws -> Double { try whole(parameters) }

  /// The model's first output at an input.
  func prediction(_ parameters: [Double], at x: Double) throws -> Double {
    try model(parameters: parameters[...], input: [x][...])[0]
  }
}
