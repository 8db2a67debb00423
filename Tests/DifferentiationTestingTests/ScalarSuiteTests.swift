// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting
import Testing

@Suite("The suite for scalars")
struct ScalarSuiteTests {
  @Test("accepts the plain number")
  func acceptsDouble() {
    #expect(ScalarSuite(Double.self).failures() == [])
  }

  @Test("accepts the dual number")
  func acceptsDual() {
    let suite = ScalarSuite(Dual<Double>.self, slopeTolerance: 0) { f, x in f(Dual(x, tangent: 1)).tangent }
    #expect(suite.failures() == [])
  }

  @Test("accepts the nested dual number, by either tangent")
  func acceptsNestedDual() {
    typealias Nested = Dual<Dual<Double>>
    let inner = ScalarSuite(Nested.self) { f, x in f(Nested(Dual(x, tangent: 1), tangent: 0)).value.tangent }
    #expect(inner.failures() == [])
    let outer = ScalarSuite(Nested.self) { f, x in f(Nested(Dual(x), tangent: 1)).tangent.value }
    #expect(outer.failures() == [])
  }

  @Test("accepts the batched dual number in its last lane")
  func acceptsBatchedDual() {
    let suite = ScalarSuite(BatchedDual8.self) { f, x in
      var lanes = SIMD8<Double>(repeating: 0)
      lanes[7] = 1
      return f(BatchedDual8(x, tangent: lanes)).tangent[7]
    }
    #expect(suite.failures() == [])
  }

  private func failures<Lanes: TangentLanes>(_ lanes: Lanes.Type) -> [String] {
    let last = Lanes.scalarCount - 1
    let suite = ScalarSuite(BatchedDual<Lanes>.self) { f, x in
      var tangent = Lanes(repeating: 0)
      tangent[last] = 1
      return f(BatchedDual(x, tangent: tangent)).tangent[last]
    }
    return suite.failures().map { "\($0)" }
  }

  @Test("accepts batched dual numbers of every width")
  func acceptsWideBatchedDuals() {
    #expect(failures(SIMD2<Double>.self) == [])
    #expect(failures(SIMD4<Double>.self) == [])
    #expect(failures(SIMD16<Double>.self) == [])
    #expect(failures(SIMD32<Double>.self) == [])
    #expect(failures(SIMD64<Double>.self) == [])
  }

  @Test("accepts the tape's variable")
  func acceptsVariable() {
    let suite = ScalarSuite(Variable.self) { f, x in
      let tape = Tape()
      let variable = tape.variable(x)
      return tape.adjoints(of: f(variable))[variable]
    }
    #expect(suite.failures() == [])
  }

  @Test("accepts the complex step")
  func acceptsComplexStep() {
    // Complex functions take other ways to the slope than the rule table: a few more roundings.
    let smallest = Double.leastNormalMagnitude / ComplexStep.step
    let suite = ScalarSuite(ComplexStep.self, slopeTolerance: 32, smallestSlope: smallest) { f, x in
      f(ComplexStep.variable(x)).tangent
    }
    #expect(suite.failures() == [])
  }

  @Test("rejects a dropped term of the product rule")
  func rejectsForgetfulDual() {
    let suite = ScalarSuite(ForgetfulDual.self) { f, x in f(ForgetfulDual(x, tangent: 1)).tangent }
    let violated = suite.violatedRules()
    #expect(violated.contains(.slope))
    #expect(violated.contains(.kernel))
    #expect(!violated.contains(.value))
  }

  @Test("rejects a derivative that steers a branch, is in a constant, or is not there")
  func rejectsSpoiltNumbers() {
    #expect(Spoilt<ComparesTangents>.suite.violatedRules().contains(.comparison))
    #expect(Spoilt<ConstantsVary>.suite.violatedRules().contains(.constant))
    #expect(Spoilt<RoundsToFloat>.suite.violatedRules().contains(.value))
    #expect(Spoilt<RoundsToFloat>.suite.violatedRules().contains(.conversion))
    #expect(Spoilt<OneTangentLess>.suite.violatedRules().contains(.slope))
  }

  @Test("rejects a kernel that is another function, and an in-place operator that is another operator")
  func rejectsSpoiltKernels() {
    #expect(Spoilt<SumSkipsTheLast>.suite.violatedRules() == [.kernel])
    #expect(Spoilt<AddsTwice>.suite.violatedRules().contains(.assignment))
  }
}
