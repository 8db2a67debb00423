// SPDX-License-Identifier: Apache-2.0
//
// A generic call through `any Protocol` is not specialised and costs 70 to 500 times more. So a function is erased
// by compiling its call once for each scalar of this list and keeping the results in a table; a call by a known
// scalar finds its entry at an index that is a constant after specialisation. Rejected: a stored closure property a
// scalar in every erased type, which repeats this list in each of them.

/// Four tangents' worth of SIMD lanes would halve the work of a pass; eight measured best up to thirty inputs.
public typealias BatchedDual8 = BatchedDual<SIMD8<Double>>

/// Visits the shipped scalar types.
@usableFromInline
protocol ScalarVisitor {
  mutating func visit<S: DifferentiableScalar>(_ scalar: S.Type)
}

/// The scalars for which every function is compiled in advance: the only list of them.
@usableFromInline
enum ShippedScalars {
  @inlinable @inline(__always)
  static func forEach<V: ScalarVisitor>(_ visitor: inout V) {
    visitor.visit(Double.self)
    visitor.visit(Dual<Double>.self)
    visitor.visit(BatchedDual8.self)
    visitor.visit(Variable.self)
    visitor.visit(ComplexStep.self)
    visitor.visit(Dual<Dual<Double>>.self)
    visitor.visit(Dual<BatchedDual8>.self)
    visitor.visit(Dual<Variable>.self)
    visitor.visit(Dual<ComplexStep>.self)
  }

  /// The position of a scalar in the list; a constant in specialised code, -1 for a scalar of somebody else's.
  @inlinable @inline(__always)
  static func index<S: DifferentiableScalar>(of scalar: S.Type) -> Int {
    if S.self == Double.self { return 0 }
    if S.self == Dual<Double>.self { return 1 }
    if S.self == BatchedDual8.self { return 2 }
    if S.self == Variable.self { return 3 }
    if S.self == ComplexStep.self { return 4 }
    if S.self == Dual<Dual<Double>>.self { return 5 }
    if S.self == Dual<BatchedDual8>.self { return 6 }
    if S.self == Dual<Variable>.self { return 7 }
    if S.self == Dual<ComplexStep>.self { return 8 }
    return -1
  }
}
