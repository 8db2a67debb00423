// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Testing

/// Every pass leaves value and gradient as they were, to roundoff, and does what it is there for.
struct PassTests {
  struct Pass: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (Program) throws -> Program
  }

  static let passes: [Pass] = [
    Pass(testDescription: "constant folding") { try $0.foldingConstants() },
    Pass(testDescription: "common subexpressions") { try $0.sharingSubexpressions() },
    Pass(testDescription: "dead code") { $0.removingDeadCode() },
    Pass(testDescription: "strength reduction") { try $0.reducingStrength() },
    Pass(testDescription: "multiply-add fusion") { try $0.fusingMultiplyAdds() },
    Pass(testDescription: "all") { try $0.optimized() },
  ]

  @Test(arguments: passes)
  func keepsValueAndGradient(_ pass: Pass) throws {
    for seed in 0..<300 as Range<UInt64> {
      let f = BranchingProgram(seed: seed, branches: false)
      let x = f.numbers(f.parameterCount, stream: 1)
      let d = f.numbers(f.dataCount, stream: 2)
      let program = try Program.recording(parameters: x, data: d) { [f(parameters: $0[...], sample: $1[...])] }
      let result = try pass.apply(program)
      for stream in 3..<5 as Range<UInt64> {
        let y = f.numbers(f.parameterCount, stream: stream)
        let before = program.evaluate(parameters: y, data: d)
        let after = result.evaluate(parameters: y, data: d)
        let value = before[Int(program.outputs[0])]
        #expect(isClose(after[Int(result.outputs[0])], value, 1), "\(f), \(pass.testDescription)")
        let gradient = program.adjoints(seeds: [1.0], values: before)
        let scale = gradient.map(\.magnitude).max() ?? 0
        for (a, b) in zip(result.adjoints(seeds: [1.0], values: after), gradient) {
          #expect(isClose(a, b, scale), "\(f), \(pass.testDescription)")
        }
      }
    }
  }

  private func record(_ count: Int, _ body: ([Traced]) -> [Traced]) throws -> Program {
    try Program.recording(parameters: (0..<count).map { 0.5 + Double($0) }) { p, _ in body(p) }
  }

  private func opcodes(_ program: Program) -> [Opcode] { program.operations.map(\.opcode).filter { !$0.isLeaf } }

  @Test func constantsAreFolded() throws {
    let program = try record(1) { x in [x[0] * (Traced.exp(2) - 1), Traced.sum([x[0], 1, 2, x[0]])] }
    let folded = try program.foldingConstants().removingDeadCode()
    #expect(opcodes(folded) == [.multiply, .accumulate])
    #expect(folded.constants.contains(3) == false && folded(parameters: [2.0])[1] == 7)
    let leading = try record(1) { x in [Traced.sum([1, 2, x[0], x[0]])] }.foldingConstants()
    #expect(leading.constants.contains(3))
  }

  /// `(x + c) - c` rounds x; it must not become x.
  @Test func roundingTricksSurvive() throws {
    let c = 6_755_399_441_055_744.0
    let program = try record(2) { x in [(x[0] + Traced(c)) - Traced(c), (x[0] * x[1] + Traced(c)) - Traced(c)] }
    let optimized = try program.optimized()
    #expect(optimized(parameters: [2.3, 2]) == [2, 5])
    #expect(ProgramRunner(optimized)(parameters: [2.3, 2]) == [2, 5])
  }

  @Test func equalOperationsAreShared() throws {
    let program = try record(2) { x in [Traced.exp(x[0] * x[1]) + Traced.exp(x[1] * x[0])] }
    let shared = try program.sharingSubexpressions().removingDeadCode()
    #expect(opcodes(shared) == [.multiply, .exp, .add])
  }

  @Test func deadOperationsGo() throws {
    let program = try record(2) { x in
      _ = Traced.sin(x[1])
      return [Traced.exp(x[0])]
    }
    #expect(opcodes(program) == [.sin, .exp])
    #expect(opcodes(program.removingDeadCode()) == [.exp])
  }

  @Test func powersBecomeProducts() throws {
    let program = try record(1) { x in [Traced.pow(x[0], 2), Traced.pow(x[0], 3), x[0] / 4, -(-x[0]), x[0] * 1] }
    let reduced = try program.reducingStrength().removingDeadCode()
    #expect(Set(opcodes(reduced)) == [.multiply])
    // A division by three would round differently.
    let third = try record(1) { x in [x[0] / 3] }
    #expect(opcodes(try third.reducingStrength()) == [.divide])
  }

  @Test func productsWithZeroStay() throws {
    let program = try record(1) { x in [x[0] * 0] }
    #expect(try program.optimized()(parameters: [Double.infinity])[0].isNaN)
  }

  @Test func loopsBecomeDotProducts() throws {
    let program = try record(6) { x in
      var sum = x[0] * x[3]
      sum += x[1] * x[4]
      sum += x[2] * x[5]
      return [sum]
    }
    let fused = try program.fusingMultiplyAdds().removingDeadCode()
    #expect(opcodes(fused) == [.accumulate])
    #expect(fused.operations.last?.payload == 3)
  }

  @Test func aPartThatIsUsedTwiceIsNotAbsorbed() throws {
    let program = try record(3) { x in
      let product = x[0] * x[1]
      return [x[2] + product + x[0] * x[2], product]
    }
    let fused = try program.fusingMultiplyAdds().removingDeadCode()
    #expect(opcodes(fused).contains(.multiply))
    #expect(fused(parameters: [2.0, 3, 5]) == [21, 6])
  }

  @Test func aMillionAdditionsNeedNoRecursion() throws {
    let program = try record(1) { x in
      var sum = x[0]
      for _ in 0..<1_000_000 { sum += x[0] * x[0] }
      return [sum]
    }
    let fused = try program.fusingMultiplyAdds().removingDeadCode()
    #expect(fused(parameters: [1.0]) == [1_000_001])
  }

  @Test func hoistingPutsParametersFirst() throws {
    for seed in 0..<200 as Range<UInt64> {
      let f = BranchingProgram(seed: seed, branches: false)
      let x = f.numbers(f.parameterCount, stream: 1)
      let d = f.numbers(f.dataCount, stream: 2)
      let program = try Program.recording(parameters: x, data: d) { [f(parameters: $0[...], sample: $1[...])] }
      let (head, body) = try program.optimized().hoistingParameterPart()
      #expect(head.dataCount == 0)
      let y = f.numbers(f.parameterCount, stream: 3)
      let e = f.numbers(f.dataCount, stream: 4)
      let whole = program(parameters: y, data: e)[0]
      #expect(isClose(body(parameters: head(parameters: y), data: e)[0], whole, 1), "\(f)")
      // What is left in the body depends on the sample.
      for operation in body.operations where !operation.opcode.isLeaf {
        #expect(!body.operands(of: operation).isEmpty)
      }
    }
    let q = try Program.recording(parameters: [0.3], data: [2]) { [Traced.exp($0[0]) * $1[0]] }
    let (head, body) = try q.hoistingParameterPart()
    #expect(opcodes(head) == [.exp])
    #expect(opcodes(body) == [.multiply])
  }
}
