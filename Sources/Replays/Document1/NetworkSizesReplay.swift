// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams

/// How many parameters neurons, layers and networks have, and the inputs that `zip` drops.
///
/// The document calls MLP(3, [4, 4, 1]) with two inputs. Python's `zip` ends with the shorter list, so a weight of
/// every neuron of the first layer has no effect, and nobody is told. Here that is a shape error.
public struct NetworkSizesReplay: Replay {
  /// The name.
  public var name: String { "mlp-sizes" }
  /// What it shows.
  public var summary: String { "parameters of neuron, layer and network; the inputs that zip drops" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The counts, and the trap.
  public var systems: [String] { ["S1.5", "S1.6"] }

  /// Creates the replay.
  public init() {}

  /// Counts, and calls the network of three inputs with two.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let models = Registry.standard.models
    func count(_ specification: String) throws -> String { "\(try models.make(specification).parameters.count)" }
    var sizes = FigureList("S1.5", origin: .program)
    sizes.add("parameters of Neuron(2)", "3", try count("neuron:inputs=2,activation=tanh"))
    let layer = DenseLayer(inputCount: 2, outputCount: 3, offset: 0)
    sizes.add("parameters of Layer(2, 3)", "9", "\(layer.endOffset)")
    let network = try models.make("mlp:inputs=3,hidden=4x4,outputs=1,activation=tanh,output=tanh")
    sizes.add("parameters of MLP(3, [4, 4, 1])", "41", "\(network.parameters.count)")
    sizes.add(
      "parameters of MLP(2, [16, 16, 1])", "337",
      try count("mlp:inputs=2,hidden=16x16,outputs=1,activation=tanh,output=tanh"))

    // The document's own way, with seed 1337.
    var random = PythonRandom(seed: 1337)
    let zipped = MicrogradNetwork(widths: [3, 4, 4, 1], activation: .tanh)
    let draws = random.uniforms(zipped.parameterCount, in: -1..<1)
    sizes.add("drawn from U(-1, 1), bias too", "41 of 41", "\(draws.count { (-1..<1).contains($0) }) of \(draws.count)")
    var gradient: [Double] = []
    let output = try settings.differentiator.gradient(
      of: ZippedOutput(network: zipped, input: [2, 3]).erased, at: draws, into: &gradient)
    let dead = gradient.indices.filter { gradient[$0] == 0 }
    var trap = FigureList("S1.6", origin: .derived)
    trap.add("parameters of MLP(3, …) without effect on 2 inputs", "4 of 41", "\(dead.count) of \(gradient.count)")
    trap.add("which, in each neuron of the first layer", "the third weight", name(of: dead, inputs: 3))

    let refusal: String
    do {
      let parameters = try network.parameters.parameters(neuronByNeuron: draws)
      _ = try network(parameters: parameters[...], input: [2, 3][...])
      refusal = "no error"
    } catch let error as DifferentiationError {
      refusal = "\(error)"
    }
    trap.add(
      "the same here", "a shape error, 3 inputs expected and 2 found",
      refusal.contains("3") && refusal.contains("2") && refusal != "no error"
        ? "a shape error, 3 inputs expected and 2 found" : refusal, isMended: true)
    return ReplayResult(
      figures: sizes.figures + trap.figures,
      traps: [
        ReplayTrap(
          "S1.6", "zip drops what does not fit",
          document: "MLP(3, [4, 4, 1]) called with 2 inputs gives \(decimals(output, 4)), without the third weight "
            + "of each of 4 neurons",
          mended: refusal,
          change: "the lengths are compared before the sum, so that a wrong input cannot pass for a result")
      ],
      remarks: ["the neuron, the layer and the network are called before the seed is set: their outputs are random"])
  }

  private func name(of dead: [Int], inputs: Int) -> String {
    dead.allSatisfy { $0 % (inputs + 1) == inputs - 1 } && !dead.isEmpty ? "the third weight" : "\(dead)"
  }
}

/// The network's output as a function of its parameters.
private struct ZippedOutput: ScalarField {
  let network: MicrogradNetwork
  let input: [Double]

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    network(parameters: x, input: input.map { S($0) })[0]
  }
}
