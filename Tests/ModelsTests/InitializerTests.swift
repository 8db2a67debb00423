// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Models
import RandomStreams
import RealModule
import Testing

/// Bounds, variances and what happens to biases; the seed is fixed, so a bound on a statistic cannot come out otherwise.
@Suite struct InitializerTests {
  private let layout: ParameterLayout

  init() throws { layout = try MultilayerPerceptron(inputs: 50, hidden: [200], outputs: 40).parameters }

  private func draw(_ specification: String, seed: UInt64 = 1) throws -> [[Double]] {
    var random: any RandomSource = NamedStreams(seed: seed).generator(for: .initialization)
    let initializer = try Catalogs.initializers.make(specification)
    let values = initializer.values(for: layout, random: &random)
    #expect(values.count == layout.count)
    return layout.groups.indices.map { Array(values[layout.range(ofGroup: $0)]) }
  }

  /// Mean within 5 standard errors of 0, variance within 5 % (8 000 draws and more: a standard error below 1.6 %).
  private func expectCentred(_ values: [Double], variance: Double, _ place: String) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let found = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(mean.magnitude <= 5 * Double.sqrt(variance / count), "\(place)")
    #expect(found / variance >= 0.95 && found / variance <= 1.05, "\(place): \(found) for \(variance)")
  }

  @Test(arguments: ["uniform", "uniform:bound=0.25"])
  func uniform(specification: String) throws {
    let bound = specification == "uniform" ? 1.0 : 0.25
    let blocks = try draw(specification)
    #expect(blocks.joined().allSatisfy { $0 >= -bound && $0 < bound })
    #expect(blocks.allSatisfy { Set($0).count == $0.count })
    expectCentred(blocks[0], variance: bound * bound / 3, specification)
  }

  @Test func torchLinear() throws {
    let blocks = try draw("torch-linear")
    for (block, group) in zip(blocks, layout.groups) {
      let bound = 1 / Double.sqrt(Double(group.fanIn))
      #expect(block.allSatisfy { $0.magnitude <= bound })
      // Of 40 or more draws one comes near the bound; 0.9⁴⁰ is 1.5 %, and the seed is fixed.
      #expect(block.contains { $0.magnitude > 0.9 * bound })
    }
    expectCentred(blocks[0], variance: 1 / (3 * 50), "weights")
  }

  @Test(arguments: ["normal", "uniform"])
  func heAndGlorot(distribution: String) throws {
    let he = try draw("he:distribution=\(distribution)")
    let glorot = try draw("glorot:distribution=\(distribution)")
    for blocks in [he, glorot] { #expect(blocks[1].allSatisfy { $0 == 0 } && blocks[3].allSatisfy { $0 == 0 }) }
    expectCentred(he[0], variance: 2 / 50, "he, first layer")
    expectCentred(he[2], variance: 2 / 200, "he, second layer")
    expectCentred(glorot[0], variance: 2 / 250, "glorot, first layer")
    expectCentred(glorot[2], variance: 2 / 240, "glorot, second layer")
    let isBounded = he[0].allSatisfy { $0.magnitude <= Double.sqrt(6.0 / 50) }
    #expect(isBounded == (distribution == "uniform"))
  }

  @Test func constants() throws {
    #expect(try draw("zeros").joined().allSatisfy { $0 == 0 })
    #expect(try draw("constant:value=-0.75").joined().allSatisfy { $0 == -0.75 })
    #expect(try draw("constant").joined().allSatisfy { $0 == 0.5 })
    expectCentred(try draw("normal:scale=3")[0], variance: 9, "normal")
  }

  @Test(arguments: Catalogs.initializers.names)
  func repeatable(name: String) throws {
    #expect(try draw(name) == draw(name))
    let isConstant = ["zeros", "constant"].contains(name)
    #expect(try (draw(name) == draw(name, seed: 2)) == isConstant)
  }

  /// Draws 0, 1, 2, … neuron by neuron: the first neuron of 2 inputs gets 0 and 1 and the bias 2.
  @Test func neuronOrder() throws {
    let layout = try MultilayerPerceptron(inputs: 2, hidden: [3], outputs: 1).parameters
    let flat = try layout.parameters(neuronByNeuron: (0..<13).map(Double.init))
    #expect(flat == [0, 1, 3, 4, 6, 7, 2, 5, 8, 9, 10, 11, 12])
    #expect(Set(layout.neuronOrder) == Set(0..<13))
    #expect(try Neuron(inputs: 3).parameters.neuronOrder == [0, 1, 2, 3])
    #expect(throws: DifferentiationError.self) { try layout.parameters(neuronByNeuron: [1]) }
  }
}
