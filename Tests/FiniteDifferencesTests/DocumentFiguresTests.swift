// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import FiniteDifferences
import Testing

/// The quotients that the teaching document "backpropagation from scratch" prints, with δ = 10⁻¹², to the last digit.
///
/// Recomputed independently in IEEE double with NumPy.
@Suite("Figures of the documents")
struct DocumentFiguresTests {
  func method(_ options: String) throws -> any Differentiator {
    var catalog = Catalog<any Differentiator>(kind: "differentiator")
    catalog.register(FiniteDifference.entry)
    return try catalog.make("finite-difference:\(options)")
  }

  @Test("diff, divided by the representable step: 4 and 12 exactly")
  func representable() throws {
    let diff = try method("h=1e-12,order=1,denominator=representable")
    let square = TargetFunction.blackBox { $0[0] * $0[0] }
    let cube = TargetFunction.blackBox { $0[0] * $0[0] * $0[0] }
    // The document's delta is the literal 0.000000000001, the same double.
    #expect(try diff.jacobian(of: square, at: [2]).derivative == 4.0)
    #expect(try diff.jacobian(of: cube, at: [2]).derivative == 12.0)
  }

  @Test("partial derivatives, divided by δ itself")
  func partials() throws {
    let diff = try method("h=1e-12,order=1,denominator=step")
    let fn = TargetFunction.blackBox { x in x[0] * 5 + x[1] * x[1] }
    #expect(try diff.jacobian(of: fn, at: [10, 20]).gradient == [5.002220859751105, 39.960923459148034])
    let line = TargetFunction.blackBox { x in x[0] * x[2] + x[1] }
    let slopes = try diff.jacobian(of: line, at: [1, 2, 3]).gradient
    #expect(slopes == [3.000266701747023, 1.000088900582341, 1.000088900582341])
  }

  @Test("the chain rule three ways")
  func chain() throws {
    let diff = try method("h=1e-12,order=1,denominator=step")
    let square = TargetFunction.blackBox { $0[0] * $0[0] }
    let cube = TargetFunction.blackBox { $0[0] * $0[0] * $0[0] }
    let both = TargetFunction.blackBox { x in
      let t = x[0] * x[0]
      return t * t * t
    }
    let direct = try diff.jacobian(of: both, at: [2]).derivative
    let inner = try diff.jacobian(of: square, at: [2]).derivative
    let outer = try diff.jacobian(of: cube, at: [4]).derivative
    #expect(direct == 192.01706891180947)
    #expect(inner == 4.000355602329364)
    #expect(outer == 48.00426722795237)
    #expect(inner * outer == 192.03413934105515)
  }

  @Test("the searched step knows better: 192 within its own error")
  func searched() throws {
    let both = TargetFunction.blackBox { x in
      let t = x[0] * x[0]
      return t * t * t
    }
    let result = try FiniteDifference().jacobian(of: both, at: [2])
    let error = try #require(result.gradientErrors?[0])
    #expect((result.derivative - 192).magnitude <= error)
    // 2 · 10⁻¹⁰ relative: a millionth of what the quotient above is off.
    #expect(error < 4e-8)
  }
}
