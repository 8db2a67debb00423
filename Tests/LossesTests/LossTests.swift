// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Losses
import Testing

/// Every loss: what it takes, how it wants its targets, finite far out, errors where shapes differ.
@Suite struct LossTests {
  static var all: [AnyLoss] {
    get throws {
      [
        SumOfSquares().erased, MeanSquared().erased, MeanAbsolute().erased, try Huber().erased,
        BinaryCrossEntropy().erased, BinaryCrossEntropyOfLogits().erased, try Hinge().erased,
        SoftmaxCrossEntropy().erased, CategoricalCrossEntropy().erased,
      ]
    }
  }

  @Test func outputsAndTargets() throws {
    let every: Set<OutputKind> = [.real, .probability, .distribution]
    let expected: [(String, Set<OutputKind>, TargetEncoding)] = [
      ("sum-of-squares", every, .real), ("mean-squared", every, .real), ("mean-absolute", every, .real),
      ("huber:delta=1", every, .real), ("binary-cross-entropy", [.probability], .probability),
      ("binary-cross-entropy-logits", [.real], .probability), ("hinge:margin=1", [.real], .sign),
      ("softmax-cross-entropy", [.real], .oneHot), ("categorical-cross-entropy", [.distribution], .oneHot),
    ]
    for (loss, (specification, outputs, targets)) in zip(try Self.all, expected) {
      #expect(loss.specification == specification)
      #expect(loss.acceptedOutputs == outputs)
      #expect(loss.targetEncoding == targets)
    }
  }

  /// Three outputs of any sign and of sizes up to 1000: value, slope and curvature stay finite, the value not negative.
  @Test func finiteFarOut() throws {
    let scores = [-1000, -745.2, -37, 0, 37, 710, 1000]
    for loss in try Self.all where loss.acceptedOutputs.contains(.real) {
      let targets: [[Double]] =
        loss.targetEncoding == .sign ? [[1, -1, 1]] : [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      for first in scores {
        for second in scores {
          for target in targets { try expectFinite(loss, [first, second, 0.5], target) }
        }
      }
    }
  }

  private func expectFinite(_ loss: AnyLoss, _ prediction: [Double], _ target: [Double]) throws {
    for seed in prediction.indices {
      let y = try loss(
        prediction: prediction.indices.map { i in
          Dual(Dual(prediction[i], tangent: i == seed ? 1 : 0), tangent: i == seed ? 1 : 0)
        }[...],
        target: target.map { Dual($0) }[...])
      let parts = [y.value.value, y.value.tangent, y.tangent.value, y.tangent.tangent]
      #expect(parts.allSatisfy { $0.isFinite }, "\(loss.specification) at \(prediction), \(target): \(parts)")
      #expect(y.primal >= 0, "\(loss.specification) at \(prediction), \(target): \(y.primal)")
    }
  }

  /// Lengths that differ, and no output at all.
  @Test func wrongShapes() throws {
    for loss in try Self.all {
      for (prediction, target) in [([0.5], [1.0, 0]), ([0.5, 0.5], [1]), ([], []), ([], [1])] {
        #expect(throws: DifferentiationError.self) { try loss(prediction: prediction[...], target: target[...]) }
        #expect(throws: DifferentiationError.self) {
          try loss.checked(prediction: prediction[...], target: target[...])
        }
      }
    }
    let error = #expect(throws: DifferentiationError.self) {
      try MeanSquared()(prediction: [1.0, 2][...], target: [1.0][...])
    }
    #expect(
      error.map { "\($0)" }
        == "the target for the loss mean-squared: expected 2, one for each output, found 1")
  }

  /// A sum or a mean over the outputs, said by hand: residuals 1 and -3.
  @Test func reductionOverOutputs() throws {
    func value(_ loss: some Loss) throws -> Double {
      try loss(prediction: [2.0, 1][...], target: [1.0, 4][...])
    }
    #expect(try value(SumOfSquares()) == 10)
    #expect(try value(MeanSquared()) == 5)
    #expect(try value(MeanAbsolute()) == 2)
    #expect(try value(Huber()) == (0.5 + 2.5) / 2)
    #expect(try value(Huber(delta: 2)) == (0.5 + 4) / 2)
    #expect(try Hinge(margin: 2)(prediction: [0.5, -3][...], target: [1.0, -1][...]) == 1.5 / 2)
  }

  @Test func optionsAreChecked() {
    #expect(throws: DifferentiationError.self) { try Huber(delta: 0) }
    #expect(throws: DifferentiationError.self) { try Huber(delta: .nan) }
    #expect(throws: DifferentiationError.self) { try Hinge(margin: -1) }
    #expect(throws: DifferentiationError.self) { try L1Penalty(weight: -1) }
    #expect(throws: DifferentiationError.self) { try L2Penalty(weight: .infinity) }
  }
}
