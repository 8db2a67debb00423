// SPDX-License-Identifier: Apache-2.0

import AccuracyTable
import DifferentiableScalars
import Differentiation
import DifferentiationCore
import DifferentiationTesting
import Foundation

/// What the tests share: the table of the standard registry, and registries that are wrong on purpose.
enum Support {
  static let standard = Registry.standard.differentiators

  /// The table as the page has to have it.
  static let accuracy = Result { try Accuracy(standard) }

  /// The page that holds the table.
  static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/numerics.md")

  /// The standard methods that satisfy a condition, each replaced by something else.
  static func catalog(
    where isIncluded: (DifferentiatorTraits) -> Bool,
    _ change: @escaping @Sendable (any Differentiator) throws -> any Differentiator = { $0 }
  ) throws -> Catalog<any Differentiator> {
    var result = Catalog<any Differentiator>(kind: standard.kind)
    for entry in standard.entries where isIncluded(try standard.make(entry.name).traits) {
      result.register(
        CatalogEntry(entry.name, summary: entry.summary, options: entry.options, facts: entry.facts) {
          try change(try entry.make($0))
        })
    }
    return result
  }

  /// f as values only, one in eight moved by an ulp up or down, as if by chance: what another C library might compute.
  static func otherLibrary(_ f: ReferenceFunction) -> TargetFunction {
    TargetFunction.blackBox { x in
      let value = try f.function(x[0])
      // The product's high bits depend on all bits of the argument.
      let hash = (x[0].bitPattern &* 0x9E37_79B9_7F4A_7C15) >> 40
      return value + (hash % 16 == 0 ? -1 : hash % 16 == 1 ? 1 : 0) * value.ulp
    }
  }
}

/// A method whose first derivatives, or error estimates, are scaled.
struct Scaled: Differentiator {
  let base: any Differentiator
  var derivatives = 1.0
  var estimates = 1.0

  var name: String { base.name }
  var traits: DifferentiatorTraits { base.traits }

  private func scaled(_ result: DerivativeResult) -> DerivativeResult {
    var result = result
    result.rows = result.rows.map { $0.map { $0 * derivatives } }
    result.errors = result.errors?.map { $0.map { $0 * estimates } }
    return result
  }

  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    scaled(try base.jacobian(of: f, at: x))
  }
  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    scaled(try base.directionalDerivative(of: f, at: x, along: v))
  }
  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
    scaled(try base.vectorJacobianProduct(of: f, at: x, cotangent: c))
  }
  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    scaled(try base.hessian(of: f, at: x))
  }
  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    scaled(try base.hessianVectorProduct(of: f, at: x, along: v))
  }
}
