// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// Where samples come from: the same for `check`, `gradient` and `train`.
struct SampleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A generated data set (difftool list data) or a CSV file; - is standard input.", valueName: "data"),
    completion: .custom { _, _, prefix in
      DataLoading.completions(prefix, registry: DifftoolEnvironment.registry)
    })
  var data: String?

  @Option(help: ArgumentHelp("The column of a CSV file to predict.", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp("The columns to predict from, separated by commas (default: all others).", valueName: "columns"))
  var inputs: String?

  @Option(help: "What the target of a file is: automatic, regression or classification.")
  var task: TaskChoice?

  @Option(help: "Scale none, inputs or all columns (default: inputs for a file, none for generated data).")
  var scale: ScaleChoice?
}

/// What is minimised: the same for `check`, `gradient` and `train`.
struct LossOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The loss (default: one that fits targets and outputs).", valueName: "loss"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.losses.names })
  var loss: String?

  @Option(
    help: ArgumentHelp("A penalty on the parameters, such as l2:weight=1e-4; may be repeated.", valueName: "penalty"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.penalties.names })
  var penalty: [String] = []

  @Option(help: "mean or sum over the samples of a batch (default: mean).")
  var reduction: ReductionChoice?
}

/// `--task`.
enum TaskChoice: String, ExpressibleByArgument, CaseIterable {
  case automatic, regression, classification
}

/// `--scale`.
enum ScaleChoice: String, ExpressibleByArgument, CaseIterable {
  case none, inputs, all

  /// As given, or inputs for a file and none for generated data.
  static func choice(_ given: ScaleChoice?, for data: String) -> ScaleChoice {
    given ?? (DataLoading.isFile(data) ? .inputs : .none)
  }

  /// What it means for a training.
  var scaling: Scaling { Scaling(inputs: self != .none, targets: self == .all) }
}

/// `--reduction`.
enum ReductionChoice: String, ExpressibleByArgument, CaseIterable {
  case mean, sum
  var value: Reduction { self == .mean ? .mean : .sum }
}

extension DataSet {
  /// So many rows drawn without order: of classes one in turn from each, so that a file sorted by class shows them all.
  package func drawing(_ wanted: Int, from random: inout any RandomSource) -> DataSet {
    guard wanted < count else { return self }
    guard case .classification = task else { return selecting(random.permutation(count).prefix(wanted).sorted()) }
    var members: [Int: [Int]] = [:]
    for row in random.permutation(count) { members[Int(targets[row][0]), default: []].append(row) }
    let classes = members.keys.sorted()
    let order = random.permutation(classes.count).compactMap { members[classes[$0]] }
    var rows: [Int] = []
    for turn in 0... {
      let round = order.compactMap { turn < $0.count ? $0[turn] : nil }
      rows += round.prefix(wanted - rows.count)
      if rows.count == wanted { break }
    }
    return selecting(rows.sorted())
  }
}
