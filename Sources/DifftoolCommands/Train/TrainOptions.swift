// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DifferentiationCore
import Training

/// What is trained, on what, and how. Every option may also come from a checkpoint.
struct TrainOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The model, with options: mlp:hidden=64.", valueName: "model"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.models.names })
  var model: String?

  @OptionGroup var samples: SampleOptions
  @OptionGroup var loss: LossOptions

  @Option(
    help: ArgumentHelp(
      "The method for the gradients (default: chosen by the number of steps, and said).", valueName: "method"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.differentiators.names })
  var differentiator: String?

  @Option(
    help: ArgumentHelp("The optimizer, with options (default: adam:lr=0.01).", valueName: "optimizer"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.optimizers.names })
  var optimizer: String?

  @Option(
    help: ArgumentHelp("The schedule of the learning rate (default: constant).", valueName: "schedule"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.schedules.names })
  var schedule: String?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp("The rule for the first parameters (default: torch-linear).", valueName: "initializer"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.initializers.names })
  var initializer: String?

  @Option(parsing: .unconditional, help: "Passes over the training part (default: 100).")
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Samples of a step, or full (default: 32).", valueName: "count"))
  var batch: String?

  @Option(parsing: .unconditional, help: "The share of samples for validation (default: 0.2).")
  var validation: Double?

  @Option(parsing: .unconditional, help: "The share of samples for the test (default: 0).")
  var test: Double?

  @Option(
    help: "The order before the parts are cut: the seed's own stream, or as scikit-learn's random_state (default: own)."
  )
  var split: SplitChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Stop after so many epochs without improvement, and keep the best.", valueName: "epochs"))
  var patience: Int?

  @Option(parsing: .unconditional, help: "What the loss must fall by to count as an improvement.")
  var minDelta: Double?

  @Option(help: "The last parameters or the best (default: last; best with --patience).")
  var weights: WeightsChoice?

  @Flag(name: .customLong("no-shuffle"), help: "Take the samples in their order.")
  var noShuffle = false

  @Option(parsing: .unconditional, help: "The seed of everything random (default: 0).", transform: Seeds.one)
  var seed: UInt64?

  /// What can be refused before anything is read.
  func check() throws {
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be at least 1") }
    if let batch, batch != "full", Int(batch).map({ $0 < 1 }) ?? true {
      throw ValidationError("--batch must be a whole number from 1, or full; '\(batch)' is neither")
    }
    for (name, value) in [("--validation", validation), ("--test", test)] {
      if let value, !(value >= 0 && value < 1) { throw ValidationError("\(name) must be in [0, 1)") }
    }
    if let validation, let test, validation + test >= 1 {
      throw ValidationError("--validation and --test leave nothing to train on")
    }
    if let patience, patience < 1 { throw ValidationError("--patience must be at least 1") }
    if minDelta != nil, patience == nil { throw ValidationError("--min-delta belongs to --patience") }
    if let minDelta, !(minDelta >= 0 && minDelta.isFinite) { throw ValidationError("--min-delta must be at least 0") }
  }
}

/// `--split`.
enum SplitChoice: String, ExpressibleByArgument, CaseIterable {
  case own
  case scikitLearn = "scikit-learn"
}

/// `--weights`.
enum WeightsChoice: String, ExpressibleByArgument, CaseIterable {
  case last, best
}
