// SPDX-License-Identifier: Apache-2.0
//
// A generic call through `any Protocol` is not specialised and costs 70 to 500 times more. So a function is erased
// by compiling its call once for each scalar of this list and keeping the results in a table; a call by a known
// scalar finds its entry at an index that is a constant after specialisation. Rejected: a stored closure property a
// scalar in every erased type, which repeats this list in each of them.

/// The batched dual with eight tangents a pass.
public typealias BatchedDual8 = BatchedDual<SIMD8<Double>>

/// The scalars for which every function is compiled in advance: the only list of them.
@usableFromInline
enum ShippedScalars {
  @inlinable @inline(__always)
  static func compile(_ compiler: some CallCompiler, into table: inout CallTable) {
    compiler.compile(Double.self, into: &table)
    compiler.compile(Dual<Double>.self, into: &table)
    compiler.compile(BatchedDual8.self, into: &table)
    compiler.compile(Variable.self, into: &table)
    compiler.compile(ComplexStep.self, into: &table)
    compiler.compile(Dual<Dual<Double>>.self, into: &table)
    compiler.compile(Dual<BatchedDual8>.self, into: &table)
    compiler.compile(Dual<Variable>.self, into: &table)
    compiler.compile(Dual<ComplexStep>.self, into: &table)
    compiler.compile(Traced.self, into: &table)
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
    if S.self == Traced.self { return 9 }
    return -1
  }
}
