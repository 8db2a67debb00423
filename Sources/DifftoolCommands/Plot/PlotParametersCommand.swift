// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Plotting
import Training

/// `difftool plot parameters`: how a saved model's parameters are distributed.
struct PlotParametersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters",
    abstract: "How the parameters of a saved model are distributed, group by group.",
    usage: "difftool plot parameters <model> [<options>]",
    discussion: """
      Examples:
        difftool train --model mlp --data moons --save moons.json
        difftool plot parameters moons.json
        difftool plot parameters moons.json --output parameters.svg

      Groups are the blocks of the model, such as layers.0.weight; of more than
      eight the smallest are taken together.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The model, as written by train --save.", valueName: "model"), completion: .file())
  var model: String

  @OptionGroup var output: PlotOutput

  func run() throws {
    try output.draw(Self.plot(try SavedModel(path: model)), reading: [model])
  }

  static func plot(_ saved: SavedModel) -> Plot {
    var groups: [(name: String, values: [Double])] = []
    for (name, value) in zip(saved.parameterNames, saved.parameters) {
      let head = String(name.prefix { $0 != "[" })
      if let index = groups.firstIndex(where: { $0.name == head }) {
        groups[index].values.append(value)
      } else {
        groups.append((head, [value]))
      }
    }
    // Single numbers have no distribution of their own.
    if groups.allSatisfy({ $0.values.count == 1 }) { groups = [("all parameters", saved.parameters)] }
    if groups.count > 8 {
      let smallest = groups.map(\.values.count).sorted(by: >)[6]
      let large = groups.filter { $0.values.count > smallest }
      let rest = groups.filter { $0.values.count <= smallest }
      groups = large + [("the other \(rest.count) groups", rest.flatMap(\.values))]
    }
    return HistogramPlot(
      title: "Parameters of \(ModelFile.name(saved))", axis: "value",
      panels: groups.map { group in (group.name, group.values, HistogramPlot.summary(group.values)) }
    ).plot
  }
}
