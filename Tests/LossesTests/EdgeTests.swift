// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Losses
import RealModule
import Testing

/// The points where a loss has a kink, a limit or a border: value, slope and curvature as decided.
@Suite struct EdgeTests {
  /// Value, slope and curvature of the loss of one output, by nested dual numbers.
  private func jet(_ loss: some Loss, _ p: Double, _ t: Double) throws -> [Double] {
    let y = try loss(prediction: [Dual(Dual(p, tangent: 1), tangent: 1)], target: [Dual<Dual<Double>>(t)])
    return [y.value.value, y.value.tangent, y.tangent.tangent]
  }

  /// The slope on a tape, which must be the dual number's.
  private func tapeSlope(_ loss: some Loss, _ p: Double, _ t: Double) throws -> Double {
    let tape = Tape()
    let variable = tape.variable(p)
    let y = try loss(prediction: [variable], target: [Variable(t)])
    return tape.adjoints(of: y)[variable]
  }

  /// Certain and right costs 0, certain and wrong 100; the slope is that of the limited logarithm.
  @Test func crossEntropyOfCertainty() throws {
    let loss = BinaryCrossEntropy()
    #expect(try jet(loss, 0, 0) == [0, 1, 1])
    #expect(try jet(loss, 1, 1) == [0, -1, 1])
    #expect(try jet(loss, 0, 1) == [100, 0, 0])
    #expect(try jet(loss, 1, 0) == [100, 0, 0])
    #expect(try jet(loss, 1e-60, 1) == [100, 0, 0])
    for (p, t) in [(0.0, 0.0), (1, 1), (0, 1), (1, 0), (1e-60, 1), (0.3, 0.7)] {
      #expect(try tapeSlope(loss, p, t) == jet(loss, p, t)[1])
    }
    // Half a certainty: both logarithms count.
    #expect(try jet(loss, 0, 0.5)[0] == 50)
  }

  /// Just inside the limit nothing is changed: -log 1e-43 = 99.01…, slope -1e43.
  @Test func crossEntropyInsideTheLimit() throws {
    let found = try jet(BinaryCrossEntropy(), 1e-43, 1)
    #expect(found[0] == -Double.log(1e-43))
    #expect((found[1] + 1e43).magnitude <= 1e43 * 0x1p-51)
  }

  /// The cross-entropy of the softmax of logits is the one of the logits, with its slopes softmax(z) - t.
  @Test func categoricalIsSoftmaxOfLogits() throws {
    struct Composed: ScalarField {
      let target: [Double]
      func callAsFunction<S: DifferentiableScalar>(_ z: [S]) throws -> S {
        try CategoricalCrossEntropy()(prediction: S.softmax(z[...])[...], target: target.map { S($0) }[...])
      }
    }
    for z in [[0.0, 0, 0], [1, -2, 0.5], [12, -3, 7], [-20, 1, 2]] {
      for target in [[1.0, 0, 0], [0, 1, 0], [0.2, 0.3, 0.5]] {
        let total = z.map { Double.exp($0) }.reduce(0, +)
        let tape = Tape()
        let variables = tape.variables(z)
        let y = try Composed(target: target)(variables)
        let adjoints = tape.adjoints(of: y)
        let exact = try SoftmaxCrossEntropy()(prediction: z[...], target: target[...])
        // Logarithms of rounded probabilities: an ulp of each, times its target.
        #expect((y.primal - exact).magnitude <= 8 * 0x1p-52 * max(1, exact))
        for (i, variable) in variables.enumerated() {
          #expect((adjoints[variable] - (Double.exp(z[i]) / total - target[i])).magnitude <= 16 * 0x1p-52)
        }
      }
    }
  }

  /// Certain and right costs 0, certain and wrong 100 with slope 0; what the target leaves out costs nothing.
  @Test func categoricalOfCertainty() throws {
    let loss = CategoricalCrossEntropy()
    func value(_ p: [Double], _ t: [Double]) throws -> Double { try loss(prediction: p[...], target: t[...]) }
    #expect(try value([1, 0], [1, 0]) == 0)
    #expect(try value([0, 1], [1, 0]) == 100)
    #expect(try value([0, 0.5, 0.5], [0, 1, 0]) == .log(2))
    #expect(try value([-0.1, 1.1], [1, 0]).isNaN)
    #expect(try jet(loss, 0, 1) == [100, 0, 0] && jet(loss, 0.5, 1) == [.log(2), -2, 4])
    #expect(loss.minimumOutputs == 2)
  }

  /// Outside [0, 1] there is no cross-entropy, and NaN says so whatever the target.
  @Test func crossEntropyOutside() throws {
    for p in [-0.1, 1.1, .nan] {
      for t in [0.0, 0.5, 1] { #expect(try jet(BinaryCrossEntropy(), p, t)[0].isNaN) }
    }
  }

  /// The same loss by probabilities and by logits, where both can be computed.
  @Test func logitsAgreeWithProbabilities() throws {
    for z in [-30.0, -5, -0.1, 0, 0.1, 5, 30] {
      for t in [0.0, 0.25, 1] {
        let p = 1 / (1 + Double.exp(-z))
        let byProbability = try jet(BinaryCrossEntropy(), p, t)[0]
        let byLogit = try jet(BinaryCrossEntropyOfLogits(), z, t)[0]
        // 1 - p has an error of half an ulp of 1, which its logarithm sees as 2⁻⁵³ / (1 - p); likewise p.
        let tolerance = 4 * 0x1p-53 * (1 + 1 / Swift.min(p, 1 - p))
        #expect((byProbability - byLogit).magnitude <= tolerance, "\(z), \(t)")
      }
    }
  }

  /// The parabola's curvature holds at the residual 0 itself; at delta value and slope are continuous.
  @Test func huber() throws {
    let loss = try Huber(delta: 2)
    #expect(try jet(loss, 1, 1) == [0, 0, 1])
    #expect(try jet(loss, 3, 1) == [2, 2, 0])
    #expect(try jet(loss, 3.0.nextDown, 1)[1] == 3.0.nextDown - 1)
    #expect(try jet(loss, -5, 1) == [10, -2, 0])
    // r² would overflow; the line does not.
    #expect(try jet(loss, 1e200, 0) == [2e200, 2, 0])
    #expect(try tapeSlope(loss, 1e200, 0) == 2)
  }

  @Test func kinks() throws {
    #expect(try jet(MeanAbsolute(), 1, 1) == [0, 0, 0])
    #expect(try jet(MeanAbsolute(), 2, 1) == [1, 1, 0])
    #expect(try jet(Hinge(), 1, 1) == [0, 0, 0])
    #expect(try jet(Hinge(), -1, -1) == [0, 0, 0])
    #expect(try jet(Hinge(), 0, -1) == [1, 1, 0])
    #expect(try jet(Hinge(margin: 0.5), 0, 1) == [0.5, -1, 0])
  }

  /// Adding the same number to all logits changes nothing; the slopes sum to 0.
  @Test func softmaxCrossEntropy() throws {
    let loss = SoftmaxCrossEntropy()
    let tape = Tape()
    let logits = tape.variables([0.5, -2, 3])
    let y = try loss(prediction: logits[...], target: [Variable(0), Variable(1), Variable(0)])
    let adjoints = tape.adjoints(of: y)
    #expect(logits.reduce(0) { $0 + adjoints[$1] }.magnitude <= 4 * 0x1p-53)
    // 256 is a power of two far above the logits: the sums are exact.
    let shifted = try loss(prediction: [256.5, 254.0, 259.0], target: [0.0, 1.0, 0.0])
    #expect((shifted - y.value).magnitude <= 256 * 0x1p-52)
    #expect(try loss(prediction: [1000.0, -1000.0], target: [0.0, 1.0]) == 2000)
  }

  @Test func penalties() throws {
    let roles = [true, false, true]
    #expect(try L2Penalty(weight: 0.5)([1.0, 2, -3], isWeight: roles) == 7)
    #expect(try L2Penalty(weight: 0.5, biases: false)([1.0, 2, -3], isWeight: roles) == 5)
    #expect(try L1Penalty(weight: 0.5)([1.0, 2, -3], isWeight: roles) == 3)
    #expect(try L1Penalty(weight: 0.5, biases: false)([1.0, 2, -3], isWeight: roles) == 2)
    #expect(try L2Penalty()([Double](), isWeight: []) == 0)
    #expect(try L1Penalty(biases: false)([1.0], isWeight: [false]) == 0)
    for penalty in [try L1Penalty().erased, try L2Penalty().erased] {
      #expect(throws: DifferentiationError.self) { try penalty([1.0, 2], isWeight: [true]) }
    }
    let kink = try L1Penalty(weight: 1)([Dual(0.0, tangent: 1)], isWeight: [true])
    #expect(kink.tangent == 0)
  }
}
