// SPDX-License-Identifier: Apache-2.0

import DataSets
import DifferentiationCore
import RandomStreams
import Testing

/// The documents' data, number by number; the caller's seed does not matter.
@Suite struct DocumentDataTests {
  /// All 100 rows as the parity module has them, whose own tests hold scikit-learn's; two rows are in the document's text.
  @Test func moons() throws {
    let data = try Document001Moons().generate(streams: NamedStreams(seed: 3))
    var random = NumPyRandom(seed: 1337)
    let moons = try makeMoons(count: 100, noise: 0.1, random: &random)
    #expect(data.inputs == moons.points)
    #expect(data.targets == moons.labels.map { [Double($0)] })
    // scikit-learn 1.x after np.random.seed(1337), to the last bit.
    #expect(data.inputs[0] == [1.1221146075409685, 0.08147717341718697])
    #expect(data.inputs[2] == [1.613709660987544, -0.12464590012238597])
    // "For input [1.61370966, -0.1246459] the output should be 1, for [1.12211461, 0.08147717] it should be -1."
    let signs = try data.encodedTargets(.sign, outputs: 1)
    #expect(signs[2] == [1] && signs[0] == [-1])
    #expect(signs.allSatisfy { $0 == [1] || $0 == [-1] })
  }

  @Test func points() throws {
    let data = try Document001Points().generate(streams: NamedStreams(seed: 3))
    #expect(data.inputs == [[2, 3], [3, -1], [0.5, 1], [1, 1]])
    #expect(try data.encodedTargets(.sign, outputs: 1) == [[1], [-1], [-1], [1]])
  }

  /// The document prints the first five of each; the last ones are from the same code run with PyTorch and NumPy.
  @Test func quadratic() throws {
    let data = try Document003Quadratic().generate(streams: NamedStreams(seed: 3))
    #expect(data.count == 20)
    for (x, printed) in zip(data.inputs, [-2, -1.7895, -1.5789, -1.3684, -1.1579]) {
      #expect((x[0] - printed).magnitude <= 0.00005)
    }
    for (y, printed) in zip(data.targets, [12.9866, 6.6981, 7.8615, 6.1407, 3.1628]) {
      #expect((y[0] - printed).magnitude <= 0.00005)
    }
    #expect(data.inputs.allSatisfy { Double(Float($0[0])) == $0[0] })
    #expect(data.inputs[1] == [-1.7894736528396606] && data.inputs[19] == [2])
    #expect(data.targets[0] == [12.98664410422277] && data.targets[19] == [11.172254840450769])
  }

  @Test func proportion() throws {
    let data = try Document004Proportion().generate(streams: NamedStreams(seed: 3))
    #expect(data.inputs == [[1], [2], [3], [4], [5], [6]])
    #expect(data.targets == [[3], [6], [9], [12], [15], [18]])
  }
}
