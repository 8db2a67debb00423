// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Foundation
import Programs
import ReverseMode
import Testing
import Workloads

/// Sweeps over a program, and the programs that they write, against each other and the tape.
struct SweepTests {
  static func whole(_ seed: UInt64) throws -> (program: Program, x: [Double], f: BranchingProgram) {
    let f = BranchingProgram(seed: seed, data: 0, branches: false)
    let x = f.numbers(f.parameterCount, stream: 1)
    return (try Program.recording(parameters: x) { p, _ in [f(parameters: p[...], sample: [])] }, x, f)
  }

  struct Field: ScalarField {
    let f: BranchingProgram
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { f(parameters: x[...], sample: []) }
  }

  @Test(arguments: InstructionSet.available)
  func everyInstructionSet(_ set: InstructionSet) throws {
    for seed in 0..<300 as Range<UInt64> {
      let (program, _, f) = try Self.whole(seed)
      let runner = ProgramRunner(try program.optimized().pullback().optimized(), instructionSet: set)
      #expect(runner.instructionSet == set)
      for stream in 2..<4 as Range<UInt64> {
        let y = f.numbers(f.parameterCount, stream: stream)
        guard let outputs = runner(parameters: y, data: [1]) else { continue }
        let reference = try ReplayTests.tape.gradient(of: Field(f: f), at: y)
        let scale = reference.gradient.map(\.magnitude).max() ?? 0
        #expect(isClose(outputs[0], reference.value[0], 1), "\(f) on \(set)")
        #expect(zip(outputs[1...], reference.gradient).allSatisfy { isClose($0, $1, scale) }, "\(f) on \(set)")
      }
    }
  }

  /// ⟨c, J t⟩ = ⟨Jᵀ c, t⟩ for the programs that are written for both sides.
  @Test func forwardAndReverseAreAdjoint() throws {
    for seed in 0..<100 as Range<UInt64> {
      let (program, x, f) = try Self.whole(seed)
      let t = f.numbers(f.parameterCount, stream: 5)
      let forward = ProgramRunner(try program.pushforward())
      let reverse = ProgramRunner(try program.pullback().optimized())
      let tangent = try #require(forward(parameters: x, data: t))
      let adjoint = try #require(reverse(parameters: x, data: [1]))
      let inner = zip(adjoint[1...], t).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(isClose(tangent[1], inner, adjoint.map(\.magnitude).max() ?? 0), "\(f)")
    }
  }

  @Test func hessianVectorProducts() throws {
    for seed in 0..<150 as Range<UInt64> {
      let (program, x, f) = try Self.whole(seed)
      let v = f.numbers(f.parameterCount, stream: 6)
      let runner = ProgramRunner(try program.optimized().hessianVectorProduct())
      let outputs = try #require(runner(parameters: x, data: v))
      let reference = try ReplayTests.tape.hessianVectorProduct(of: TargetFunction(Field(f: f)), at: x, along: v)
      let scale = reference.gradient.map(\.magnitude).max() ?? 0
      let product = outputs[(1 + x.count)...]
      #expect(zip(product, reference.gradient).allSatisfy { isClose($0, $1, scale) }, "\(f)")
    }
  }

  @Test func sparseHessians() throws {
    for seed in 0..<100 as Range<UInt64> {
      let (program, x, f) = try Self.whole(seed)
      let (sparse, pattern) = try program.optimized().sparseHessian()
      let outputs = try #require(ProgramRunner(sparse)(parameters: x))
      let rows = SparseMatrix(pattern: pattern, entries: Array(outputs[1...])).rows
      let reference = try ReplayTests.tape.hessian(of: TargetFunction(Field(f: f)), at: x).rows
      let scale = reference.joined().map(\.magnitude).max() ?? 0
      #expect(zip(rows.joined(), reference.joined()).allSatisfy { isClose($0, $1, scale) }, "\(f)")
    }
  }

  @Test func rosenbrocksHessianIsThreeDiagonals() throws {
    let n = 50
    let program = try Program.recording(parameters: Rosenbrock.point(n)) { p, _ in [Rosenbrock()(p)] }
    let pattern = program.hessianPattern()
    #expect(pattern.columns[0] == [0, 1] && pattern.columns[7] == [6, 7, 8])
    #expect(pattern.columnColors().max() == 2)
    let compiled = CompiledDifferentiator()
    let hessian = try compiled.hessian(of: TargetFunction(Rosenbrock()), at: Rosenbrock.point(n))
    let reference = try ReplayTests.tape.hessian(of: TargetFunction(Rosenbrock()), at: Rosenbrock.point(n))
    #expect(
      zip(hessian.rows.joined(), reference.rows.joined()).allSatisfy { ($0 - $1).magnitude <= 1e-12 * 1200 })
    #expect(compiled.statistics.replays == 1)
  }

  @Test func sparseJacobians() throws {
    struct Differences: VectorFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
        zip(x, x.dropFirst()).map { $0 * $0 - S.sin($1) }
      }
    }
    let x = (0..<40).map { 0.1 * Double($0) }
    let program = try Program.recording(Differences(), at: x)
    let (sparse, pattern) = try program.sparseJacobian()
    #expect(pattern.count == 78 && pattern.columnColors().max() == 1)
    let outputs = try #require(ProgramRunner(sparse)(parameters: x))
    let rows = SparseMatrix(pattern: pattern, entries: Array(outputs[39...])).rows
    let reference = try ReplayTests.tape.jacobian(of: TargetFunction(Differences()), at: x).rows
    #expect(zip(rows.joined(), reference.joined()).allSatisfy { ($0 - $1).magnitude <= 1e-14 })
  }

  @Test func programsAreStoredAndRead() throws {
    let (program, _, _) = try Self.whole(7)
    let data = try JSONEncoder().encode(program)
    #expect(try JSONDecoder().decode(Program.self, from: data) == program)
    var json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    json["formatVersion"] = 99
    #expect(throws: ProgramError.version(found: 99, supported: Program.formatVersion)) {
      try JSONDecoder().decode(Program.self, from: JSONSerialization.data(withJSONObject: json))
    }
    json["formatVersion"] = Program.formatVersion
    json["outputs"] = [100_000]
    #expect(throws: ProgramError.self) {
      try JSONDecoder().decode(Program.self, from: JSONSerialization.data(withJSONObject: json))
    }
    json["outputs"] = [0]
    json["operations"] = (json["operations"] as? [String])?.map { $0 == "add" ? "frobnicate" : $0 }
    #expect(throws: ProgramError.self) {
      try JSONDecoder().decode(Program.self, from: JSONSerialization.data(withJSONObject: json))
    }
  }

  @Test func aProgramIsPrinted() throws {
    let program = try Program.recording(parameters: [2, 3], data: [1]) { p, d in
      p[0] < p[1] ? [Traced.exp(p[0]) * d[0]] : [p[1]]
    }
    #expect(
      program.description == """
        %0 = parameter 0
        %1 = parameter 1
        %2 = data 0
        %3 = exp %0
        %4 = * %3, %2
        guard %0 < %1
        return %4
        """)
    #expect(program.holds(parameters: [2, 3], data: [1]))
    #expect(!program.holds(parameters: [3, 2], data: [1]))
  }
}
