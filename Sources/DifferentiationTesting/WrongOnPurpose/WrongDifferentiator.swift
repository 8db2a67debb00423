// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Synchronization

/// A differentiator that is wrong on purpose: a sound one with one flaw.
///
/// ```swift
/// for flaw in DifferentiatorFlaw.allCases {
///   let wrong = WrongDifferentiator(DualDifferentiator(), flaw)
///   #expect(DifferentiatorSuite(wrong).violatedRules().contains(flaw.rule))
/// }
/// ```
public struct WrongDifferentiator: Differentiator {
  /// The sound method; exact, with second order and without black boxes.
  public let base: any Differentiator
  /// What is wrong.
  public let flaw: DifferentiatorFlaw
  let memory = Memory()

  /// A sound method with a flaw.
  public init(_ base: any Differentiator, _ flaw: DifferentiatorFlaw) {
    self.base = base
    self.flaw = flaw
  }

  /// Names the flaw.
  public var name: String { "wrong-\(flaw.rawValue)" }

  /// The base's, apart from promises that are part of the flaw.
  public var traits: DifferentiatorTraits {
    let sound = base.traits
    return DifferentiatorTraits(
      mode: sound.mode, accuracy: flaw == .uselessEstimates ? .truncated(order: 2) : sound.accuracy,
      takesBlackBoxes: flaw == .claimsBlackBoxes || sound.takesBlackBoxes,
      secondOrder: flaw != .deniesSecondOrder && sound.secondOrder,
      estimatesError: flaw == .claimsEstimates || flaw == .uselessEstimates || sound.estimatesError,
      ruleFamily: sound.ruleFamily)
  }

  /// What is kept from call to call.
  final class Memory: Sendable {
    let calls = Mutex(0)
    let sum = Mutex<[[Double]]>([])
    let tangent = Mutex<[Double]>([])
  }

  /// The base's Jacobian, spoilt.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    if flaw == .sharedTangent { memory.tangent.withLock { $0 = x } }
    var result = try guarded(f, x) { try base.jacobian(of: f, at: x) }
    if flaw == .sharedTangent, memory.tangent.withLock({ $0 }) != x {
      result.rows = result.rows.map { $0.map { $0 + 1 } }
    }
    spoilFirstOrder(&result)
    return finished(result, f, x)
  }

  /// The base's directional derivative, spoilt.
  public func directionalDerivative(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    let direction = flaw == .ignoredDirection ? v.map { _ in 1 } : fitted(v, to: x.count)
    var result = try guarded(f, x) { try base.directionalDerivative(of: f, at: x, along: direction) }
    spoilFirstOrder(&result)
    return finished(result, f, x)
  }

  /// The base's vector-Jacobian product, spoilt.
  public func vectorJacobianProduct(
    of f: TargetFunction, at x: [Double], cotangent c: [Double]
  ) throws -> DerivativeResult {
    let outputs = try flaw == .forgivenLengths ? f.value(at: x).count : c.count
    var cotangent = fitted(c, to: outputs)
    if flaw == .ignoredCotangent { for i in c.indices { cotangent[i] = i == 0 ? 1 : 0 } }
    var result = try guarded(f, x) { try base.vectorJacobianProduct(of: f, at: x, cotangent: cotangent) }
    spoilFirstOrder(&result)
    return finished(result, f, x)
  }

  /// The base's Hessian, spoilt.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    var result = try guarded(f, x) { try base.hessian(of: f, at: x) }
    switch flaw {
    case .halvedCurvature: for i in result.rows.indices { result.rows[i][i] /= 2 }
    case .unsymmetricHessian where x.count > 1: result.rows[1][0] = result.rows[1][0].nextUp
    default: break
    }
    return finished(result, f, x)
  }

  /// The base's Hessian-vector product, spoilt.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    var direction = fitted(v, to: x.count)
    if flaw == .droppedHessianTerm, !direction.isEmpty { direction[direction.count - 1] = 0 }
    return finished(try guarded(f, x) { try base.hessianVectorProduct(of: f, at: x, along: direction) }, f, x)
  }

  /// The base's gradient, spoilt.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let result = try jacobian(of: TargetFunction(.field(f)), at: x)
    if flaw == .accumulatingBuffer, gradient.count == x.count {
      for i in x.indices { gradient[i] += result.gradient[i] }
    } else {
      gradient = result.gradient
    }
    return result.value.first ?? .nan
  }
}
