// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting
import Synchronization

/// A line a x + b through tanh, with a flaw.
struct WrongModel: Model {
  enum Flaw: String, CaseIterable {
    case none, unnamed, outputTooMany, infinite, outOfRange, branchOnType, lostDerivative, deadParameter, random

    var rule: ModelRule? {
      switch self {
      case .none: nil
      case .unnamed: .parameters
      case .outputTooMany: .outputs
      case .infinite: .finite
      case .outOfRange: .outputKind
      case .branchOnType: .scalars
      case .lostDerivative: .derivative
      case .deadParameter: .effect
      case .random: .determinism
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { "wrong-\(flaw.rawValue)" }
  var parameters: ParameterLayout { ParameterLayout(names: flaw == .unnamed ? ["a", "a"] : ["a", "b"]) }
  var inputCount: Int { 1 }
  var outputCount: Int { flaw == .outputTooMany ? 2 : 1 }
  var outputKind: OutputKind { .probability }

  func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, input x: ArraySlice<S>) -> [S] {
    let (a, b, t) = (p[p.startIndex], p[p.startIndex + 1], x[x.startIndex])
    let y = S.sigmoid(a * t + b)
    switch flaw {
    case .none, .unnamed, .outputTooMany: return [y]
    case .infinite: return [y + S.exp(1000 + y - S.log(0 * y + 1))]
    case .outOfRange: return [2 * y]
    case .branchOnType: return [S.self == Variable.self ? y * 0.5 : y]
    case .lostDerivative: return [S.sigmoid(S(a.primal) * t + b) + a * 0x1p-200]
    case .deadParameter: return [S.sigmoid(a * t)]
    case .random: return [y * S(1 - Double(calls.next()) * 0x1p-40)]
    }
  }
}

/// Counts calls, as a source of answers that differ from call to call.
final class CallCounter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The mean of the squares, with a flaw.
struct WrongLoss: Loss {
  enum Flaw: String, CaseIterable {
    case none, takesNothing, overflows, branchOnType, lostDerivative, ignoresTarget, random

    var rule: LossRule? {
      switch self {
      case .none: nil
      case .takesNothing: .specification
      case .overflows: .finite
      case .branchOnType: .scalars
      case .lostDerivative: .derivative
      case .ignoresTarget: .effect
      case .random: .determinism
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { "wrong-\(flaw.rawValue)" }
  var targetEncoding: TargetEncoding { .real }
  var acceptedOutputs: Set<OutputKind> { flaw == .takesNothing ? [] : [.real, .probability] }

  func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) -> S {
    var total: S = 0
    for (y, t) in zip(prediction, target) {
      let difference = flaw == .ignoresTarget ? y : y - t
      switch flaw {
      case .overflows: total += S.log(1 + S.exp(difference))
      case .lostDerivative: total += S(difference.primal) * difference
      default: total += difference * difference
      }
    }
    if flaw == .branchOnType, S.self == ComplexStep.self { total = total * 2 }
    if flaw == .random { total = total * S(1 + Double(calls.next()) * 0x1p-40) }
    return total
  }
}

/// The sum of the squares, with a flaw.
struct WrongPenalty: Penalty {
  enum Flaw: String, CaseIterable {
    case none, unspecified, rootOfZero, branchOnType, lostDerivative, constant, random

    var rule: PenaltyRule? {
      switch self {
      case .none: nil
      case .unspecified: .specification
      case .rootOfZero: .finite
      case .branchOnType: .scalars
      case .lostDerivative: .derivative
      case .constant: .effect
      case .random: .determinism
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { flaw == .unspecified ? "" : "wrong-\(flaw.rawValue)" }

  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) -> S {
    let squares = S.dot(parameters[...], parameters[...])
    switch flaw {
    case .none, .unspecified: return squares
    case .rootOfZero: return S.log(squares)
    case .branchOnType: return S.self == BatchedDual8.self ? squares * 2 : squares
    case .lostDerivative: return parameters.reduce(0) { $0 + S($1.primal) * $1 }
    case .constant: return 1
    case .random: return squares + S(Double(calls.next()))
    }
  }
}
