// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import RealModule
import Testing

/// Figures printed in two teaching documents, from the random numbers up.
@Suite struct DocumentFiguresTests {
  /// The micrograd walkthrough: seed 1337, MLP(2, [4, 4, 1]) of tanh neurons with weights and bias U(−1, 1), four points,
  /// max-margin loss. Printed: scores −0.51 −0.80 −0.66 −0.69, "Loss: 0.9371, Accuracy: 50.00%".
  @Test func micrograd() {
    var random = PythonRandom(seed: 1337)
    let layers = [(2, 4), (4, 4), (4, 1)].map { inputs, outputs in
      (0..<outputs).map { _ in random.uniforms(inputs + 1, in: -1..<1) }
    }
    let samples: [([Double], Double)] = [([2, 3], 1), ([3, -1], -1), ([0.5, 1], -1), ([1, 1], 1)]
    let scores = samples.map { sample in
      layers.reduce(sample.0) { input, layer in
        layer.map { neuron in Double.tanh(zip(neuron, input + [1]).reduce(0) { $0 + $1.0 * $1.1 }) }
      }[0]
    }
    for (score, printed) in zip(scores, [-0.51, -0.80, -0.66, -0.69]) {
      #expect(abs(score - printed) <= 0.005)
    }
    let margins = zip(samples, scores).map { 1 - $0.1 * $1 }
    let loss = margins.reduce(0) { $0 + max(0, $1) } / 4
    #expect(abs(loss - 0.9371) <= 0.00005)
    let right = zip(samples, scores).count { ($0.1 > 0) == ($1 > 0) }
    #expect(right == 2)
  }

  /// The fastai document: NumPy seed 42, 20 single-precision points, y = f(x)(1 + N(0, 0.4)) + N(0, 1.5).
  /// Printed: x = −2, −1.7895, −1.5789, −1.3684, −1.1579; y = 12.9866, 6.6981, 7.8615, 6.1407, 3.1628.
  @Test func noisyQuadratic() throws {
    // PyTorch's linspace: from both ends, in fused multiply-adds.
    let step: Float = 4 / 19
    let x = (0..<20).map { (index: Int) -> Float in
      index < 10
        ? Float(-2).addingProduct(step, Float(index)) : Float(2).addingProduct(-step, Float(19 - index))
    }
    let f = x.map { Double(3 * ($0 * $0) + 4 * $0 + 5) }
    var random = NumPyRandom(seed: 42)
    let factors = random.normals(20, standardDeviation: 0.4)
    let terms = random.normals(20, standardDeviation: 1.5)
    let y = (0..<20).map { f[$0] * (1 + factors[$0]) + terms[$0] }
    let golden = try #require(QuadraticGoldens.all.first)
    #expect(x.map(Double.init) == golden.x)
    #expect(y == golden.y)
    for (value, printed) in zip(x, [-2, -1.7895, -1.5789, -1.3684, -1.1579]) {
      #expect(abs(Double(value) - printed) <= 0.00005)
    }
    for (value, printed) in zip(y, [12.9866, 6.6981, 7.8615, 6.1407, 3.1628]) {
      #expect(abs(value - printed) <= 0.00005)
    }
  }

  /// The check values that the benchmark's workload description gives for seed 1.
  @Test func workloadGenerator() {
    var random = WorkloadGenerator(seed: 1)
    let start = random
    #expect(random.uniforms(3) == [0.42320917087271326, 0.5094074428837206, 0.6483593939634306])
    random = start
    #expect(random.normal() == 0.1988428328925691)
    random = start
    var twice = start
    let halves = [random.uniform(), random.uniform()].map { UInt64($0 * 0x1p32) }
    #expect(twice.next() == halves[0] << 32 | halves[1])
  }
}
