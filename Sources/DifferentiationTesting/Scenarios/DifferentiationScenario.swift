// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A function with its exact derivatives at one point: the input of every rule about accuracy.
///
/// A scenario is data. What a method must make of it follows from the method's traits and ``AccuracyTable``; no
/// scenario knows a method.
public struct DifferentiationScenario: Sendable, CustomStringConvertible {
  /// What it is about, in a few words.
  public let name: String
  /// The function as generic code.
  public let function: TargetFunction
  /// The point x.
  public let point: [Double]
  /// ∂fᵢ/∂xⱼ at x: m rows of n, exact or the nearest `Double`.
  public let jacobian: [[Double]]
  /// ∂²f/∂xᵢ∂xⱼ at x of a function with one output; nil where it is not known.
  public let hessian: [[Double]]?
  /// The sum of the magnitudes of the terms that each entry of the Jacobian is made of: as large as the entry, or
  /// larger where terms cancel. Roundoff is measured against it.
  public let jacobianSizes: [[Double]]
  /// The same for the Hessian.
  public let hessianSizes: [[Double]]?
  /// How many rounding errors of size ε, relative to the size of an entry, a sound computation may add up to.
  public let roundings: Double
  /// For each input, the length over which the function changes by its own size; quotients of values have their steps
  /// in proportion to it, if they are chosen well.
  public let lengths: [Double]
  /// The largest magnitude that the outputs are made of: what quotients of values lose digits against.
  public let valueSizes: [Double]
  /// Whether steps in proportion to the argument (or to 1) fit the function, and its values are good to a few ulps:
  /// where not, a method by differences is held to its own error estimates only.
  public let suitsDifferences: Bool
  /// Where the exact numbers come from.
  public let provenance: String

  /// A scenario; sizes default to the entries' own magnitudes, lengths to those of the inputs (1 for an input 0).
  public init(
    _ name: String, _ function: TargetFunction, at point: [Double], jacobian: [[Double]], hessian: [[Double]]? = nil,
    jacobianSizes: [[Double]]? = nil, hessianSizes: [[Double]]? = nil, roundings: Double = 16,
    lengths: [Double]? = nil, valueSizes: [Double]? = nil, suitsDifferences: Bool = true, provenance: String
  ) {
    self.name = name
    self.function = function
    self.point = point
    self.jacobian = jacobian
    self.hessian = hessian
    self.jacobianSizes = jacobianSizes ?? jacobian.map { $0.map(\.magnitude) }
    self.hessianSizes = hessianSizes ?? hessian?.map { $0.map(\.magnitude) }
    self.roundings = roundings
    self.lengths = lengths ?? point.map { $0 == 0 ? 1 : $0.magnitude }
    let value = try? function.value(at: point)
    self.valueSizes = valueSizes ?? value?.map(\.magnitude) ?? []
    self.suitsDifferences = suitsDifferences
    self.provenance = provenance
  }

  /// The name.
  public var description: String { name }

  /// The number of outputs.
  public var outputs: Int { jacobian.count }

  /// The same function as a black box on plain numbers.
  public var blackBox: TargetFunction {
    let f = function
    return TargetFunction(.blackBoxVector { try f.value(at: $0) }, inputs: f.inputs, handWritten: f.handWritten)
  }

  /// The function with its Jacobian as a derivative written by hand, for methods that are given theirs.
  public var withGivenDerivative: TargetFunction {
    let rows = jacobian
    return TargetFunction(function.body, inputs: function.inputs, handWritten: { _ in rows })
  }
}

extension DifferentiationScenario {
  /// The scenarios of the suites.
  public static let standard: [DifferentiationScenario] =
    arithmetic + sharing + controlFlow + nesting + extremes + shapes + networks
}
