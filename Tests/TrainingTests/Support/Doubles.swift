// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Synchronization
import Training

/// A counter that a hook can reach.
final class Counter: Sendable {
  private let storage = Mutex(0)

  var value: Int { storage.withLock { $0 } }

  /// Counts, and says how often it has been called before.
  @discardableResult
  func next() -> Int {
    storage.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}

/// Keeps what it sees.
final class Recorder: TrainingObserver {
  private let storage = Mutex<(steps: [StepProgress], epochs: [EpochRecord], states: [TrainingState])>(
    ([], [], []))

  var steps: [StepProgress] { storage.withLock { $0.steps } }
  var epochs: [EpochRecord] { storage.withLock { $0.epochs } }
  var states: [TrainingState] { storage.withLock { $0.states } }

  func stepEnded(_ progress: StepProgress) { storage.withLock { $0.steps.append(progress) } }

  func epochEnded(_ record: EpochRecord, state: TrainingState) {
    storage.withLock {
      $0.epochs.append(record)
      $0.states.append(state)
    }
  }
}

/// A differentiator that spoils one component of the gradient from a step on.
struct Spoiled: Differentiator {
  let base: any Differentiator
  let component: Int
  let value: Double
  let firstStep: Int
  let calls = Counter()

  var name: String { base.name }
  var traits: DifferentiatorTraits { base.traits }

  func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let result = try base.gradient(of: f, at: x, into: &gradient)
    if calls.next() >= firstStep { gradient[component] = value }
    return result
  }

  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try base.jacobian(of: f, at: x)
  }

  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws
    -> DerivativeResult
  {
    try base.directionalDerivative(of: f, at: x, along: v)
  }

  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws
    -> DerivativeResult
  {
    try base.vectorJacobianProduct(of: f, at: x, cotangent: c)
  }

  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try base.hessian(of: f, at: x)
  }

  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws
    -> DerivativeResult
  {
    try base.hessianVectorProduct(of: f, at: x, along: v)
  }
}

/// Functions with their values at points.
final class Kept: Sendable {
  private let storage = Mutex<[(TargetFunction, Double, [Double])]>([])

  var all: [(TargetFunction, Double, [Double])] { storage.withLock { $0 } }

  func append(_ function: TargetFunction, _ value: Double, _ point: [Double]) {
    storage.withLock { $0.append((function, value, point)) }
  }
}
