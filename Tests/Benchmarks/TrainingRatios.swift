// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// A training as `difftool train` runs it, against the library's bare loop on the same batches: one call of `descend`.
///
/// Both end with the same parameters to roundoff, or the comparison means nothing.
struct TrainingComparison {
  let trainer: Trainer
  let start: [Double]
  let rate: Double

  init(model: String, samples: Int, batch: Int, epochs: Int, rate: Double) throws {
    let registry = Registry.standard
    let data = try registry.dataSets.make("circle:count=\(samples)").generate(streams: NamedStreams(seed: 3))
    let loss = try registry.losses.make("binary-cross-entropy-logits")
    let network = try registry.models.make(model)
    trainer = try Trainer(
      model: network, loss: loss, differentiator: registry.differentiators.make("compiled"),
      optimizer: registry.optimizers.make("sgd:lr=\(rate)"),
      configuration: TrainingConfiguration(epochs: epochs, batch: batch, shuffle: false, seed: 1),
      data: PreparedData(data, model: network, loss: loss))
    start = try trainer.initialState(with: registry.initializers.make("torch-linear")).parameters
    self.rate = rate
  }

  func train() throws -> [Double] { try trainer.run(from: trainer.initialState(parameters: start)).parameters }

  func descend(_ term: AnySampleTerm, _ rows: SampleRows, _ method: any BatchDescending) throws -> [Double] {
    var parameters = start
    _ = try method.descend(
      term, over: rows, batch: trainer.batch, rate: rate, epochs: trainer.configuration.epochs, from: &parameters)
    return parameters
  }
}

func trainingRatios(_ benchmarks: inout Benchmarks) throws {
  let comparisons = [
    (
      "mlp 2-8-1, batches of 32",
      try TrainingComparison(
        model: "mlp:inputs=2,hidden=8,outputs=1", samples: 4000, batch: 32, epochs: 100, rate: 0.1)
    ),
    (
      "mlp 2-16-16-1, batches of 100",
      try TrainingComparison(
        model: "mlp:inputs=2,hidden=16x16,outputs=1", samples: 4000, batch: 100, epochs: 100, rate: 0.1)
    ),
  ]
  for (name, comparison) in comparisons {
    guard let method = comparison.trainer.differentiator as? any BatchDescending else { continue }
    let samples = comparison.trainer.data.training
    let objective = try Objective(
      model: comparison.trainer.model, loss: comparison.trainer.loss, samples: samples)
    let term = objective.term
    let rows = objective.withSamples { rows, _, _ in rows }
    let (trained, descended) = (try comparison.train(), try comparison.descend(term, rows, method))
    for (a, b) in zip(trained, descended) {
      precondition((a - b).magnitude <= 1e-9 * (1 + b.magnitude), "both train to the same parameters")
    }
    try benchmarks.report("training of \(name), against the bare loop") {
      try ratio(1, { try comparison.train()[0] }, to: { try comparison.descend(term, rows, method)[0] })
    }
  }
}

extension Trainer {
  /// The samples of a batch.
  fileprivate var batch: Int { configuration.batch ?? data.training.count }
}
