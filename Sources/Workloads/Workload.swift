// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A benchmark: exact inputs, a reference result, and one repetition by any method.
public struct Workload: Sendable {
  /// The name: `gmm_d10_k25_n1000`.
  public let name: String
  /// What one repetition is.
  public let summary: String
  /// The number of inputs that are differentiated by.
  public let inputCount: Int
  /// One repetition on plain numbers; nil where there is nothing to compare with.
  public let plain: (@Sendable () throws -> Double)?
  /// One repetition by a method, ready to be called again and again; nil where the method does not apply.
  public let repetition: @Sendable (any Differentiator) throws -> (@Sendable () throws -> WorkloadResult)?
  /// What the result has to be.
  public let reference: WorkloadReference

  /// What is wrong with a result; nil if it is right.
  public func objection(to result: WorkloadResult) -> String? { reference.objection(to: result) }
}

/// What a repetition computed: a value, and numbers to be compared.
public struct WorkloadResult: Sendable {
  /// The value of the function, or of the loss after training.
  public var value: Double
  /// The gradient, the product or the parameters; formed when they are asked for.
  public let numbers: @Sendable () -> [Double]

  /// A result.
  public init(value: Double, numbers: [Double]) { self.init(value: value) { numbers } }

  /// A result whose numbers are formed from it.
  public init(value: Double, numbers: @escaping @Sendable () -> [Double]) {
    self.value = value
    self.numbers = numbers
  }
}

/// What a result is compared with, and how closely. A number that is not given is not compared.
public struct WorkloadReference: Sendable {
  /// The value.
  public var value: Double?
  /// The first of the numbers.
  public var first: Double?
  /// The last of the numbers.
  public var last: Double?
  /// Their 2-norm.
  public var norm: Double?
  /// All of them.
  public var all: [Double]?
  /// The relative difference that is allowed: the figures have 12 digits or more.
  public var tolerance = 1e-8

  /// Reference values.
  public init(
    value: Double? = nil, first: Double? = nil, last: Double? = nil, norm: Double? = nil, all: [Double]? = nil,
    tolerance: Double = 1e-8
  ) {
    self.value = value
    self.first = first
    self.last = last
    self.norm = norm
    self.all = all
    self.tolerance = tolerance
  }

  func objection(to result: WorkloadResult) -> String? {
    let numbers = result.numbers()
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let pairs = [
      ("value", value, result.value), ("first number", first, numbers.first ?? .nan),
      ("last number", last, numbers.last ?? .nan), ("norm", norm, length),
    ]
    // A component is as exact as the whole vector's length lets it be.
    let scale = norm ?? 0
    for (what, expected, found) in pairs {
      guard let expected else { continue }
      let size = max(expected.magnitude, what.hasSuffix("number") ? 1e-3 * scale : 0)
      if !((found - expected).magnitude <= tolerance * size) { return "\(what) \(found) instead of \(expected)" }
    }
    if let all {
      guard all.count == numbers.count else { return "\(numbers.count) numbers instead of \(all.count)" }
      for (i, (found, expected)) in zip(numbers, all).enumerated()
      where !((found - expected).magnitude <= tolerance * max(1, expected.magnitude)) {
        return "number \(i) is \(found) instead of \(expected)"
      }
    }
    return nil
  }
}
