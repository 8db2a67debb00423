// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// A saved model and the samples to draw with it.
struct ModelFile: ParsableArguments {
  @Argument(help: ArgumentHelp("The model, as written by train --save.", valueName: "model"), completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp("The samples to draw: a generated data set or a CSV file.", valueName: "data"),
    completion: .custom { _, _, prefix in
      DataLoading.completions(prefix, registry: DifftoolEnvironment.registry)
    })
  var data: String?

  @Option(
    parsing: .unconditional, help: "The seed of generated data (default: that of the training).",
    transform: Seeds.one)
  var seed: UInt64?

  /// The model, ready to predict.
  func predictor() throws -> Predictor {
    try SavedModel(path: model).predictor(in: DifftoolEnvironment.registry, path: model)
  }

  /// The samples in the file's units; nil where none were named.
  func samples(for saved: SavedModel) throws -> DataSet? {
    guard let data else { return nil }
    let registry = DifftoolEnvironment.registry
    if DataLoading.isFile(data) {
      let columns = saved.columns
      return try DataSet(
        Table(path: data), selection: ColumnSelection(targets: columns.targets, inputs: columns.inputs),
        task: columns.classNames == nil ? .regression : .classification, classNames: columns.classNames)
    }
    let samples = try DataLoading(registry).load(
      data, columns: (nil, nil), streams: NamedStreams(seed: seed ?? saved.seed))
    guard samples.inputNames == saved.columns.inputs else {
      throw CommandError.usage(
        "--data: '\(data)' has the inputs \(samples.inputNames.joined(separator: ", ")), and '\(model)' was trained on "
          + "\(saved.columns.inputs.prefix(8).joined(separator: ", ")); give the data that it was trained on")
    }
    return samples
  }

  /// What is drawn, in a title's length.
  static func name(_ saved: SavedModel) -> String {
    saved.model.count <= 60 ? saved.model : String(saved.model.prefix { $0 != ":" })
  }
}
