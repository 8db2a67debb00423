// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

/// sin(x / scale), which varies over a distance of `scale`.
private struct Narrow: ScalarField {
  var scale: Double
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.sin(x[0] / S(scale)) }
}

/// x, as a sum whose terms' sizes overflow.
private struct Overflowing: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 1.5e308 * x[0] - 1.5e308 * x[0] + x[0] }
}

@Suite("Inputs of extreme sizes")
struct ScaleTests {
  @Test("terms whose sizes overflow do not excuse a wrong method")
  func overflow() throws {
    for slope in [2, 1.001] {
      let f = TargetFunction(Overflowing(), gradient: { _ in [slope] })
      let exact = try allMethods().filter { $0.traits.accuracy == .exact }
      let report = try ConsensusCheck(methods: exact).run(f, at: [0.5])
      #expect(report.verdict != .agree, "\(report.summary)")
    }
  }

  @Test(
    "a function that varies on the scale of its input agrees", arguments: [1e-85, 1e-60, 1e-30, 1e-10, 1, 1e30, 1e100])
  func agrees(scale: Double) throws {
    let report = try ConsensusCheck(methods: try allMethods()).run(
      TargetFunction(Narrow(scale: scale)), at: [0.4 * scale])
    #expect(report.verdict == .agree)
  }

  @Test(
    "a wrong exact method is found at any scale, with differences far too coarse", arguments: [1e-85, 1e-30, 1, 1e100])
  func wrong(scale: Double) throws {
    for factor in [-1, 1.01, 2, 0] {
      var methods = try allMethods()
      methods[0] = WrongDifferentiator(methods[0]) { $0.rows = $0.rows.map { $0.map { factor * $0 } } }
      let report = try ConsensusCheck(methods: methods).run(TargetFunction(Narrow(scale: scale)), at: [0.4 * scale])
      #expect(report.verdict == .disagree)
      #expect(report.methods.map(\.blamed) == [1, 0, 0, 0, 0], "\(report.findings)")
    }
  }

  @Test("beside inputs as small as its step the complex step is wrong, and blamed")
  func complexStep() throws {
    let report = try ConsensusCheck(methods: try allMethods()).run(TargetFunction(Narrow(scale: 1e-97)), at: [0.4e-97])
    #expect(report.verdict == .disagree)
    #expect(report.methods.map(\.blamed) == [0, 0, 0, 1, 0], "\(report.findings)")
  }
}
