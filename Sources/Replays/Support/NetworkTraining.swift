// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams

/// Document 004's trainings of a network on eleven points, for any seed.
struct NetworkTraining: Sendable {
  /// What one training gives.
  struct Outcome: Sendable {
    let trace: SampleDescent.Trace
    /// The mean loss over all samples at the end; nothing where numbers ran away.
    let error: Double
    /// Rectified units that are zero on all data before the first step.
    let deadAtStart: Int
    /// … and at the end.
    let dead: Int
    /// The predictions beyond the data.
    let far: [Double]

    /// For a line of the report.
    var line: String { "last sample \(short(trace.lastSample.last ?? .nan)), all \(short(error)), \(dead) dead units" }
  }

  let network: MultilayerPerceptron
  let data: String
  let optimizer: String
  let epochs: Int
  /// Where to look beyond the data.
  let far: [Double]

  /// Trains from a seed's start on the seed's data.
  func run(seed: UInt64, biases: Double? = nil, _ differentiator: any Differentiator) throws -> Outcome {
    let samples = try Registry.standard.dataSets.make(data).generate(streams: NamedStreams(seed: seed))
    let descent = try SampleDescent(model: network.specification, optimizer: optimizer, data: samples)
    let start = try descent.start(seed: seed, biases: biases)
    let trace = try descent.run(from: start, epochs: epochs, every: 100, differentiator)
    return Outcome(
      trace: trace, error: trace.isFinite ? try descent.meanLoss(trace.parameters) : .nan,
      deadAtStart: RectifiedUnits.dead(network, start, inputs: samples.inputs),
      dead: RectifiedUnits.dead(network, trace.parameters, inputs: samples.inputs),
      far: try far.map { trace.isFinite ? try descent.prediction(trace.parameters, at: $0) : .nan })
  }
}
