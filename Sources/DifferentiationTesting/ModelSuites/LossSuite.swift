// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// What every loss has to keep.
public enum LossRule: String, ConformanceRule {
  /// A specification and the outputs that it takes are there.
  case specification
  /// The loss of moderate predictions is finite; of logits and numbers also at ±1000.
  case finite
  /// Every scalar sees the same value.
  case scalars
  /// The derivative by the predictions gets through.
  case derivative
  /// Prediction and target have an effect.
  case effect
  /// The same question has the same answer, bit for bit.
  case determinism

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the loss again; a loss that takes no kind of output cannot be used."
    case .finite: "Write exponentials and logarithms so that they do not overflow: softplus, logSumExp."
    case .scalars: "Compute with the scalar's own functions; do not branch on the type."
    case .derivative: "A number taken out by `primal` and put back as a constant has lost its derivative."
    case .effect: "A loss that does not depend on the prediction or on the target trains nothing."
    case .determinism: "Use no random numbers in the call."
    }
  }
}

/// The contract of a ``/DifferentiationCore/Loss``: run it on your own.
///
/// Predictions and targets are drawn as the loss says that it takes them.
public struct LossSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = LossRule

  /// The loss under test.
  public let loss: AnyLoss

  /// A suite for a loss.
  public init(_ loss: some Loss) { self.loss = loss.erased }

  /// The specification.
  public var subject: String { loss.specification }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    var found = require(
      !loss.specification.isEmpty && !loss.acceptedOutputs.isEmpty, .specification, "specification",
      expected: "a specification and accepted outputs", found: "'\(loss.specification)', \(loss.acceptedOutputs)")
    for kind in loss.acceptedOutputs.sorted(by: { $0.rawValue < $1.rawValue }) {
      let smallest = kind == .distribution || loss.targetEncoding == .oneHot ? 2 : 1
      for outputs in smallest...(smallest + 2) { found += checkKind(kind, outputs) }
      if kind == .real { found += checkLarge(outputs: smallest) }
    }
    return found
  }

  private func checkKind(_ kind: OutputKind, _ outputs: Int) -> [ConformanceFailure] {
    var effect = (prediction: false, target: false)
    var found: [ConformanceFailure] = []
    for index in 0..<12 {
      let place = "\(outputs) outputs of kind \(kind.rawValue), draw \(index)"
      found += checking(.finite, place) {
        var points = SuitePoints(100 * outputs + index)
        let prediction = draw(kind, outputs, &points)
        let target = target(outputs, index)
        let witness = FunctionWitness(LossAsFunction(loss: loss, target: target))
        let value = try witness.function(prediction)
        let other = FunctionWitness(LossAsFunction(loss: loss, target: self.target(outputs, index + 1)))
        effect.target = try effect.target || other.function(prediction) != value
        effect.prediction = try effect.prediction || witness.gradient(at: prediction).contains { $0 != 0 }
        return try check(witness, at: prediction, along: points.uniform(outputs), value: value, place)
      }
    }
    return found
      + require(
        effect.prediction && effect.target, .effect, "\(outputs) outputs of kind \(kind.rawValue)",
        expected: "an effect of prediction and target",
        found: "prediction: \(effect.prediction), target: \(effect.target)")
  }

  private func check(
    _ witness: FunctionWitness, at x: [Double], along d: [Double], value: [Double], _ place: String
  ) throws -> [ConformanceFailure] {
    guard value[0].isFinite else {
      return [failure(.finite, place, expected: "a finite loss of \(text(x))", found: "\(value[0])")]
    }
    guard try sameBits(value, witness.function(x)) else {
      return [failure(.determinism, place, expected: text(value), found: "another answer")]
    }
    var found: [ConformanceFailure] = []
    if let (scalar, expected, other) = try witness.scalarThatDisagrees(at: x) {
      found.append(failure(.scalars, "\(place), \(scalar)", expected: text(expected), found: text(other)))
    }
    // A step must stay inside (0, 1), where probabilities are.
    if let slopes = try witness.slopes(at: x, along: d), !slopes.agree {
      found.append(
        failure(
          .derivative, place, expected: "\(slopes.quotient), by quotients", found: "\(slopes.dual), by dual numbers"))
    }
    return found
  }

  private func checkLarge(outputs: Int) -> [ConformanceFailure] {
    [-1000.0, 1000].flatMap { z in
      let prediction = (0..<outputs).map { $0 == 0 ? z : 0.5 }
      return (0..<2).flatMap { index in
        checking(.finite, "a prediction of \(z)") {
          let witness = FunctionWitness(LossAsFunction(loss: loss, target: target(outputs, index)))
          let (value, gradient) = try (witness.function(prediction)[0], witness.gradient(at: prediction))
          return require(
            value.isFinite && gradient.allSatisfy(\.isFinite), .finite, "a prediction of \(z)",
            expected: "a finite loss and gradient", found: "\(value) and \(text(gradient))")
        }
      }
    }
  }

  private func draw(_ kind: OutputKind, _ count: Int, _ points: inout SuitePoints) -> [Double] {
    switch kind {
    case .real: return points.uniform(count, bound: 2)
    case .probability: return points.uniform(count, from: 0.1, to: 0.9)
    case .distribution:
      let x = points.uniform(count, from: 0.5, to: 1)
      let sum = x.reduce(0, +)
      return x.map { $0 / sum }
    }
  }

  private func target(_ count: Int, _ index: Int) -> [Double] {
    (0..<count).map { k in
      let isOn = (k + index) % Swift.max(count, 2) == 0
      switch loss.targetEncoding {
      case .real: return isOn ? 0.625 : -1.375
      case .probability, .oneHot: return isOn ? 1 : 0
      case .sign: return isOn ? 1 : -1
      }
    }
  }
}

/// The loss as a function of the prediction, the target being data.
private struct LossAsFunction: VectorFunction {
  let loss: AnyLoss
  let target: [Double]
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    [try loss(prediction: x[...], target: target.map { S($0) }[...])]
  }
}
