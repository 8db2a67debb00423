// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams

/// Inputs and targets as an objective wants them.
struct ProblemSamples {
  let inputs: [[Double]]
  let targets: [[Double]]

  /// The samples of a data set, encoded for a loss.
  init(_ data: DataSet, loss: AnyLoss, model: AnyModel) throws {
    inputs = data.inputs
    targets = try data.encodedTargets(loss.targetEncoding, outputs: model.outputCount)
  }

  /// Random inputs (standard normal) and targets of the kind that the loss wants.
  init(random count: Int, loss: AnyLoss, model: AnyModel, streams: NamedStreams) {
    var random = streams.generator(for: .points)
    inputs = (0..<count).map { _ in (0..<model.inputCount).map { _ in random.normal() } }
    targets = (0..<count).map { _ in
      switch loss.targetEncoding {
      case .real: return (0..<model.outputCount).map { _ in random.normal() }
      case .probability: return (0..<model.outputCount).map { _ in random.uniform() < 0.5 ? 0 : 1 }
      case .sign: return (0..<model.outputCount).map { _ in random.uniform() < 0.5 ? -1 : 1 }
      case .oneHot:
        let label = random.below(model.outputCount)
        return (0..<model.outputCount).map { $0 == label ? 1 : 0 }
      }
    }
  }
}
