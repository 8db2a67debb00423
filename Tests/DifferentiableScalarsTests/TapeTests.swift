// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

struct TapeTests {
  private func gradient(_ tape: Tape, _ x: [Double], _ f: ([Variable]) -> Variable) -> [Double] {
    tape.reset()
    let v = tape.variables(x)
    let adjoints = tape.adjoints(of: f(v))
    return v.map { adjoints[$0] }
  }

  @Test func tenMillionOperations() {
    let tape = Tape()
    let x = tape.variable(0.5)
    var y = x
    // y ← y + x, ten million times: exact, with slope 10⁷ + 1.
    for _ in 0..<10_000_000 { y = y + x }
    #expect(tape.count == 10_000_001)
    #expect(y.value == 0.5 * 10_000_001)
    #expect(tape.adjoints(of: y)[x] == 10_000_001)
  }

  @Test func aNodeIsTwentyFourBytes() {
    #expect(MemoryLayout<TapeNode>.stride == 24)
    #expect(MemoryLayout<Variable>.stride == 24)
  }

  @Test func constantsLeaveNoNode() {
    let tape = Tape()
    let x = tape.variable(2)
    let c: Variable = 3 * 4 + Variable.exp(0)
    #expect(!c.isRecorded)
    #expect(tape.count == 1)
    let y = c * x
    #expect(tape.count == 2)
    #expect(tape.adjoints(of: y)[x] == 13)
    #expect(tape.adjoints(of: c)[x] == 0)
    #expect(tape.adjoints(of: y)[c] == 0)
  }

  @Test func sharedSubexpressions() {
    let tape = Tape()
    #expect(gradient(tape, [3]) { $0[0] * $0[0] } == [6])
    #expect(gradient(tape, [3]) { $0[0] + $0[0] } == [2])
    #expect(gradient(tape, [3]) { $0[0] - $0[0] } == [0])
    #expect(gradient(tape, [3]) { $0[0] / $0[0] } == [0])
    // s = x y used three times: s² + s = (2 s + 1)(y, x).
    let shared = gradient(tape, [2, 5]) { v in
      let s = v[0] * v[1]
      return s * s + s
    }
    #expect(shared == [105, 42])
  }

  @Test func aTapeIsReused() {
    let tape = Tape()
    let first = gradient(tape, [1, 2]) { $0[0] * $0[1] + sin($0[0]) }
    let long = gradient(tape, Array(repeating: 1, count: 1000)) { $0.reduce(0) { $0 * 0.5 + $1 } }
    #expect(long.last == 1)
    let again = gradient(tape, [1, 2]) { $0[0] * $0[1] + sin($0[0]) }
    #expect(first == again)
    #expect(tape.misuse == nil)
  }

  @Test func sweepingTwiceDoesNotAccumulate() {
    let tape = Tape()
    let x = tape.variable(3)
    let y = x * x
    var adjoints = Adjoints()
    for _ in 0..<2 {
      tape.sweep([(y, 1)], into: &adjoints)
      #expect(adjoints[x] == 6)
    }
    tape.sweep([(y, 1), (y, 1), (x, 10)], into: &adjoints)
    #expect(adjoints[x] == 22)
  }

  @Test func variablesRecordedAfterASweepHaveNoAdjoint() {
    let tape = Tape()
    let x = tape.variable(3)
    let adjoints = tape.adjoints(of: x * x)
    let later = x + 1
    #expect(adjoints[later] == 0)
  }

  @Test func decision27AVariableOfAnEarlierRecordingIsDetected() {
    let tape = Tape()
    let old = tape.variable(2)
    tape.reset()
    let x = tape.variable(3)
    #expect(tape.misuse == nil)
    let y = old * x
    #expect(y.value.isNaN)
    #expect(tape.misuse == .variableOutlivedTape)
    tape.reset()
    #expect(tape.misuse == nil)
    #expect((-old).value.isNaN)
    #expect(tape.misuse == .variableOutlivedTape)
  }

  @Test func decision27AVariableWhoseTapeIsGoneIsDetected() {
    func escaped() -> Variable { Tape().variable(2) }
    let old = escaped()
    // This tape may have taken over the memory of the one that is gone; it is not blamed for what `old` does alone.
    let tape = Tape()
    let x = tape.variable(3)
    #expect((old + 1).value.isNaN)
    #expect(tape.misuse == nil)
    #expect((old + x).value.isNaN)
    #expect(tape.misuse == .variableOutlivedTape)
  }

  @Test func decision27VariablesOfTwoTapesAreDetected() {
    let a = Tape()
    let b = Tape()
    let x = a.variable(2)
    let y = b.variable(3)
    #expect((x * y).value.isNaN)
    #expect(a.misuse == .variablesOfTwoTapes)
    #expect(b.misuse == .variablesOfTwoTapes)
  }

  @Test func decision27AForeignOutputAndAForeignQuestionAreDetected() {
    let a = Tape()
    let b = Tape()
    let x = a.variable(2)
    let y = b.variable(3)
    let adjoints = a.adjoints(of: y)
    #expect(a.misuse == .variablesOfTwoTapes)
    #expect(adjoints[x] == 0)
    #expect(adjoints[y].isNaN)
    a.reset()
    #expect(a.adjoints(of: x)[x].isNaN)
    #expect(a.misuse == .variableOutlivedTape)
  }

  @Test func nodesTellTheOperations() throws {
    let tape = Tape()
    let v = tape.variables([2, 5])
    let y = v[0] * v[1]
    let node = try #require(tape.nodes.last)
    #expect(y.nodeIndex == 2)
    #expect([node.first, node.second] == [0, 1])
    #expect([node.firstPartial, node.secondPartial] == [5, 2])
  }
}
