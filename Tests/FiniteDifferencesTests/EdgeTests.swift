// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import FiniteDifferences
import Testing

@Suite("Edges, failures and bad input")
struct EdgeTests {
  let method: FiniteDifference
  init() throws { method = try FiniteDifference() }

  struct Refusal: Error, Equatable { let call: Int }

  @Test("an error of the function comes back, from any call, and ends the calls", arguments: 1...24)
  func functionThrows(at call: Int) throws {
    for second in [false, true] {
      var calls = 0
      let f = { (x: Double) throws -> Double in
        calls += 1
        if calls == call { throw Refusal(call: call) }
        return .exp(30 * x)
      }
      do {
        _ = second ? try method.differentiateTwice(f, at: 0.5) : try method.differentiate(f, at: 0.5)
        // Fewer calls than that were needed.
        #expect(calls < call)
      } catch {
        #expect(error as? Refusal == Refusal(call: call))
        #expect(calls == call)
      }
    }
  }

  @Test("one-sided at the edge of a domain")
  func oneSided() throws {
    let left = try method.differentiate({ $0 < 0 ? .nan : .exp($0) }, at: 0)
    #expect(left.status == .oneSided)
    #expect((left.derivative - 1).magnitude <= left.error ?? 0 && (left.error ?? 1) < 1e-8)
    let right = try method.differentiate({ $0 > 2 ? .infinity : $0 * $0 * $0 }, at: 2)
    #expect(right.status == .oneSided)
    #expect((right.derivative - 12).magnitude <= right.error ?? 0 && (right.error ?? 1) < 1e-8)
    let forward = try FiniteDifference(scheme: .forward)
    #expect(try forward.differentiate({ $0 > 2 ? .nan : $0 * $0 }, at: 2).status == .oneSided)
    #expect(try forward.differentiate({ $0 < 2 ? .nan : $0 * $0 }, at: 2).status == .ok)
    let twice = try method.differentiateTwice({ $0 < 0 ? .nan : .exp($0) }, at: 0)
    #expect(twice.status == .oneSided && (twice.derivative - 1).magnitude <= twice.error ?? 0)
  }

  @Test("near an edge the step shrinks instead", arguments: [1e-3, 1e-8, 1e-20, 1e-200])
  func nearEdge(x: Double) throws {
    let estimate = try method.differentiate({ .log($0) }, at: x)
    #expect(estimate.status == .ok)
    #expect((estimate.derivative * x - 1).magnitude < 1e-9)
    #expect((estimate.derivative - 1 / x).magnitude <= estimate.error ?? 0)
  }

  @Test("at every scale of the argument", arguments: [0, 1e-20, -1e-20, 1, -1, 1e10, 1e20, -1e20, 1e150])
  func scales(x: Double) throws {
    let scale = max(1, x.magnitude)
    let estimate = try method.differentiate({ ($0 / scale) * ($0 / scale) + $0 / scale }, at: x)
    let exact = (2 * x / scale + 1) / scale
    #expect(estimate.status == .ok)
    #expect((estimate.derivative - exact).magnitude <= estimate.error ?? 0)
    #expect((estimate.derivative - exact).magnitude <= 1e-11 / scale)
  }

  @Test("at a kink: the mean, both slopes within the error, not to be relied on")
  func kink() throws {
    let estimate = try method.differentiate({ max(0, $0) }, at: 0)
    #expect(estimate.status == .unreliable)
    // The weights are right to some tens of ulps.
    #expect((estimate.derivative - 0.5).magnitude < 1e-14 && (estimate.error ?? 0) >= 0.5)
    let absolute = try method.differentiate({ $0.magnitude + $0 }, at: 0)
    #expect((absolute.derivative - 1).magnitude < 1e-14 && (absolute.error ?? 0) >= 1)
  }

  @Test("not finite", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(bad: Double) throws {
    let functions: [(Double) -> Double] = [{ _ in bad }, { $0 == 1 ? 1 : bad }, { $0 == 1 ? bad : 1 }]
    for f in functions {
      for estimate in [try method.differentiate(f, at: 1), try method.differentiateTwice(f, at: 1)] {
        #expect(estimate.status == .notFinite && estimate.derivative.isNaN && estimate.error == .infinity)
      }
    }
    #expect(try method.differentiate({ $0 }, at: bad).status == .notFinite)
    #expect(try method.differentiateTwice({ $0 * $1 }, at: bad, 1).status == .notFinite)
    let fixed = try FiniteDifference(step: .fixed(1e-3, order: 2, denominator: .representable))
    #expect(try fixed.differentiate({ $0 }, at: bad).status == .notFinite)
    #expect(try fixed.differentiate({ _ in bad }, at: 1).status == .notFinite)
  }

  @Test("one bad component spoils no other")
  func perComponent() throws {
    let f = TargetFunction.blackBox { x in x[0] * x[0] + (x[1] == 1 ? 0 : .nan) + .exp(x[2]) }
    let result = try method.jacobian(of: f, at: [3, 1, 0])
    #expect(result.statuses?[0] == [.ok, .notFinite, .ok])
    #expect((result.gradient[0] - 6).magnitude < 1e-11 && (result.gradient[2] - 1).magnitude < 1e-11)
  }

  @Test("a derivative that drowns in noise is unreliable; a vanishing one is not")
  func drowned() throws {
    var state: UInt64 = 1
    let noisy = { (x: Double) -> Double in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 1 + x * 1e-6 + Double(state >> 11) * 0x1p-53 * 1e-3
    }
    #expect(try method.differentiate(noisy, at: 1).status == .unreliable)
    #expect(try method.differentiate({ _ in 4 }, at: 1).status == .ok)
    #expect(try method.differentiate({ .cos($0) }, at: 0).status == .ok)
    #expect(try method.differentiate({ .sigmoid($0) }, at: 40).status == .ok)
  }

  @Test("a step that vanishes beside x gives no derivative, and not zero")
  func vanishingStep() throws {
    for denominator in FiniteDifference.Denominator.allCases {
      let tiny = try FiniteDifference(scheme: .forward, step: .fixed(1e-12, order: 1, denominator: denominator))
      let result = try tiny.jacobian(of: .blackBox { $0[0] + $0[1] }, at: [1e20, 1])
      #expect(result.gradient[0].isNaN && result.statuses?[0][0] == .notFinite)
      // 1 + 10⁻¹² is another number, whose 10⁻¹² is lost beside 10²⁰: the estimate says so.
      #expect(result.gradient[1] == 0 && result.statuses?[0][1] == .unreliable)
      #expect(result.gradientErrors?[1] ?? 0 >= 1)
    }
  }

  @Test("a search whose nodes fall together ends, with a result or without")
  func nodesFallTogether() throws {
    let tiny = try FiniteDifference(step: .adaptive(relative: 1e-12))
    for exponent in -30...60 {
      for x in [Double.exp2(Double(exponent)), Double.exp2(Double(exponent)).nextDown] {
        for method in [self.method, tiny] {
          for frequency in [1e6, 1 / x, 1e15 / x] {
            let f = { (t: Double) in Double.sin(frequency * t) }
            #expect(try method.differentiate(f, at: x).error ?? -1 >= 0)
            #expect(try method.differentiateTwice(f, at: x).error ?? -1 >= 0)
          }
        }
      }
    }
  }

  @Test("no inputs, no outputs, a function that changes its mind about how many")
  func shapes() throws {
    let none = try method.jacobian(of: .blackBox { _ in 7 }, at: [])
    #expect(none.value == [7] && none.rows == [[]] && none.evaluations == 1)
    #expect(try method.hessian(of: .blackBox { _ in 7 }, at: []).rows.isEmpty)
    #expect(try method.directionalDerivative(of: .blackBox { _ in 7 }, at: [], along: []).rows == [[0]])
    #expect(try method.jacobian(of: TargetFunction(.blackBoxVector { _ in [] }), at: [1]).rows.isEmpty)
    let fickle = TargetFunction(.blackBoxVector { $0[0] == 1 ? [1, 2] : [1] })
    #expect(throws: DifferentiationError.self) { try method.jacobian(of: fickle, at: [1]) }
  }
}
