// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Explanations
import Plotting
import Training

/// `difftool plot activations`: what the units of a saved model answer to samples.
struct PlotActivationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activations",
    abstract: "What the units of a saved model answer to samples, layer by layer: who is dead, who is saturated.",
    usage: "difftool plot activations <model> --data <data> [<options>]",
    discussion: """
      Examples:
        difftool train --model mlp --data moons --save moons.json
        difftool plot activations moons.json --data moons
        difftool plot activations moons.json --data moons --output units.svg

      A rectifier is dead that is 0 for every sample: no gradient goes through it. A
      tanh beyond 0.99, or a sigmoid as near to its ends, is saturated.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage, which a
      model without activations is.
      """)

  @OptionGroup var file: ModelFile
  @OptionGroup var output: PlotOutput

  /// How many samples are asked: more do not change a distribution.
  private static let samples = 1000

  mutating func validate() throws {
    if file.data == nil { throw ValidationError("give the samples with --data: a generated data set or a CSV file") }
  }

  func run() throws {
    let saved = try SavedModel(path: file.model)
    let model = try DifftoolEnvironment.registry.models.make(saved.model)
    // Refuses a file that is another model's.
    _ = try saved.predictor(for: model, path: file.model)
    let data = try file.samples(for: saved)?.inputs ?? []
    let stride = max(1, (data.count + Self.samples - 1) / Self.samples)
    let rows = data.indices.filter { $0.isMultiple(of: stride) }.map { data[$0] }
    let scaled = try saved.columns.inputScaling?(rows) ?? rows
    let layers = try UnitActivations.layers(
      of: InputsOnly(model: model, parameters: saved.parameters), samples: scaled)
    guard !layers.isEmpty else {
      throw CommandError.usage(
        "'\(file.model)' (\(ModelFile.name(saved))) has no activations: nothing in it is a relu, tanh or sigmoid; "
          + "a network has some: difftool train --model mlp …")
    }
    let panels = layers.enumerated().map { index, layer in
      (
        name: "layer \(index + 1), \(counted(layer.units.count, "\(layer.operation) unit"))",
        values: Array(layer.units.joined()),
        remark: layer.remark
      )
    }
    try output.draw(
      HistogramPlot(title: "Activations of \(ModelFile.name(saved))", axis: "activation", panels: panels).plot,
      reading: [file.model, file.data])
  }
}

/// A model as a function of its inputs alone.
private struct InputsOnly: VectorFunction {
  let model: AnyModel
  let parameters: [Double]

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    try model(parameters: parameters.map { S($0) }[...], input: x[...])
  }
}

extension UnitActivations {
  /// What is wrong with how many units.
  fileprivate var remark: String {
    let answers = units.reduce(0) { $0 + $1.count }
    if operation.hasSuffix("relu") {
      let dead = units.count { $0.allSatisfy { $0 <= 0 } }
      let zero = units.joined().count { $0 <= 0 }
      return "\(Self.percent(zero, of: answers)) of the answers at or below 0, \(counted(dead, "unit")) dead"
    }
    let ends = operation == "tanh" ? -1.0...1.0 : 0.0...1.0
    let edge = 0.005 * (ends.upperBound - ends.lowerBound)
    let far = units.joined().count { $0 <= ends.lowerBound + edge || $0 >= ends.upperBound - edge }
    return "\(Self.percent(far, of: answers)) of the answers saturated"
  }

  private static func percent(_ part: Int, of all: Int) -> String {
    "\(NumberText.value((100 * Double(part) / Double(max(all, 1))).rounded(), digits: 3)) %"
  }
}
