// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// What every penalty has to keep.
public enum PenaltyRule: String, ConformanceRule {
  /// A specification is there.
  case specification
  /// The penalty is finite, of no parameters and of zeros too, and so is its gradient.
  case finite
  /// Every scalar sees the same value.
  case scalars
  /// The derivative gets through.
  case derivative
  /// Some weight has an effect.
  case effect
  /// The same question has the same answer, bit for bit.
  case determinism

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the penalty again."
    case .finite: "Training may start at zeros: √0 and its slope are not a penalty's business (use hypot or squares)."
    case .scalars: "Compute with the scalar's own functions; do not branch on the type."
    case .derivative: "A number taken out by `primal` and put back as a constant has lost its derivative."
    case .effect: "A penalty that does not depend on the weights changes nothing."
    case .determinism: "Use no random numbers in the call."
    }
  }
}

/// The contract of a ``/DifferentiationCore/Penalty``: run it on your own.
public struct PenaltySuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = PenaltyRule

  /// The penalty under test.
  public let penalty: AnyPenalty

  /// A suite for a penalty.
  public init(_ penalty: some Penalty) { self.penalty = penalty.erased }

  /// The specification.
  public var subject: String { penalty.specification }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    var found = require(
      !penalty.specification.isEmpty, .specification, "specification", expected: "a specification", found: "''")
    var hasEffect = false
    for (index, count) in [0, 1, 2, 5, 9].enumerated() {
      var points = SuitePoints(index)
      for x in [points.uniform(count, bound: 2), Array(repeating: 0, count: count)] {
        let place = "\(count) parameters, \(x.contains { $0 != 0 } ? "drawn" : "zero")"
        found += checking(.finite, place) {
          try check(x, along: points.uniform(count), place, hasEffect: &hasEffect)
        }
      }
    }
    return found
      + require(hasEffect, .effect, "all points", expected: "a derivative by a weight", found: "0 everywhere")
  }

  private func check(
    _ x: [Double], along d: [Double], _ place: String, hasEffect: inout Bool
  ) throws -> [ConformanceFailure] {
    let witness = FunctionWitness(PenaltyAsFunction(penalty: penalty))
    let value = try witness.function(x)
    let gradient = try witness.gradient(at: x)
    hasEffect = hasEffect || gradient.contains { $0 != 0 }
    guard value[0].isFinite, gradient.allSatisfy(\.isFinite) else {
      return [
        failure(
          .finite, place, expected: "a finite penalty and gradient", found: "\(value[0]) and \(text(gradient))")
      ]
    }
    guard try sameBits(value, witness.function(x)) else {
      return [failure(.determinism, place, expected: text(value), found: "another answer")]
    }
    var found: [ConformanceFailure] = []
    if let (scalar, expected, other) = try witness.scalarThatDisagrees(at: x) {
      found.append(failure(.scalars, "\(place), \(scalar)", expected: text(expected), found: text(other)))
    }
    if let slopes = try witness.slopes(at: x, along: d), !slopes.agree {
      found.append(
        failure(
          .derivative, place, expected: "\(slopes.quotient), by quotients", found: "\(slopes.dual), by dual numbers"))
    }
    return found
  }
}

/// The penalty as a function of the parameters; every third is a bias.
private struct PenaltyAsFunction: VectorFunction {
  let penalty: AnyPenalty
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    [try penalty(x, isWeight: x.indices.map { $0 % 3 != 2 })]
  }
}
