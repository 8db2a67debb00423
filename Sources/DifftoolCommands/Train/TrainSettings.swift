// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Training

/// The options of a training after defaults, as they are kept in a checkpoint.
struct TrainSettings {
  var dictionary: [String: String]

  var model: String { self["model"] ?? "" }
  var data: String { self["data"] ?? "" }
  var initializer: String { self["init"] ?? "torch-linear" }
  var seed: UInt64 { self["seed"].flatMap { UInt64($0) } ?? 0 }
  var penalties: [String] { (self["penalty"] ?? "").split(separator: " ").map(String.init) }
  var reduction: Reduction { self["reduction"] == "sum" ? .sum : .mean }

  var scale: ScaleChoice { .choice(self["scale"].flatMap(ScaleChoice.init), for: data) }

  subscript(name: String) -> String? { dictionary[name] }

  func number(_ name: String) -> Double? { dictionary[name].flatMap { Double($0) } }
  func integer(_ name: String) -> Int? { dictionary[name].flatMap { Int($0) } }

  /// The options after defaults, by the names they are typed with.
  func record(_ data: DataSet, _ dataName: String, _ made: TrainingSpecification) -> OptionRecord {
    let configuration = configuration(spotCheck: nil)
    var record: OptionRecord = [
      "model": .text(made.model), "data": .text(dataName), "inputs": .list(data.inputNames), "loss": .text(made.loss),
      "penalty": .list(made.penalties), "reduction": .text(reduction.rawValue),
      "differentiator": .text(made.differentiator), "optimizer": .text(made.optimizer),
      "schedule": .text(made.schedule), "init": .text(initializer), "epochs": .integer(configuration.epochs),
      "batch": configuration.batch.map { .integer($0) } ?? "full", "validation": .number(number("validation") ?? 0.2),
      "test": .number(number("test") ?? 0), "split": .text(self["split"] ?? SplitChoice.own.rawValue),
      "scale": .text(scale.rawValue), "weights": .text(configuration.weights.rawValue),
      "shuffle": .flag(configuration.shuffle), "seed": .seed(seed),
    ]
    record["target"] = .optional(self["target"])
    if DataLoading.isFile(self.data) { record["task"] = .text(self["task"] ?? TaskChoice.automatic.rawValue) }
    if let stopping = configuration.earlyStopping {
      record["patience"] = .integer(stopping.patience)
      record["min-delta"] = .number(stopping.minimumDelta)
    }
    return record
  }

  /// How the trainer is configured.
  func configuration(spotCheck: Int?) -> TrainingConfiguration {
    let stopping = integer("patience").map { EarlyStopping(patience: $0, minimumDelta: number("min-delta") ?? 0) }
    return TrainingConfiguration(
      epochs: integer("epochs") ?? 100, batch: self["batch"] == "full" ? nil : integer("batch") ?? 32,
      shuffle: self["shuffle"] != "no", reduction: reduction, seed: seed, earlyStopping: stopping,
      weights: self["weights"].flatMap(WeightChoice.init), spotCheckInterval: spotCheck)
  }
}

extension TrainOptions {
  /// The options as given, over those of a checkpoint.
  func settings(over stored: [String: String]?) throws -> TrainSettings {
    var settings = stored ?? [:]
    func set(_ name: String, _ value: String?) { if let value { settings[name] = value } }
    set("model", model)
    set("data", samples.data)
    set("target", samples.target)
    set("inputs", samples.inputs)
    set("task", samples.task?.rawValue)
    set("loss", loss.loss)
    set("penalty", loss.penalty.isEmpty ? nil : loss.penalty.joined(separator: " "))
    set("reduction", loss.reduction?.rawValue)
    set("differentiator", differentiator)
    set("optimizer", optimizer)
    set("schedule", schedule)
    set("init", initializer)
    set("epochs", epochs.map { "\($0)" })
    set("batch", batch)
    set("validation", validation.map { "\($0)" })
    set("test", test.map { "\($0)" })
    set("split", split?.rawValue)
    set("scale", samples.scale?.rawValue)
    set("patience", patience.map { "\($0)" })
    set("min-delta", minDelta.map { "\($0)" })
    set("weights", weights?.rawValue)
    set("shuffle", noShuffle ? "no" : nil)
    set("seed", seed.map { "\($0)" })
    guard settings["model"] != nil, settings["data"] != nil else {
      throw CommandError.usage(
        "the checkpoint does not say which model and data it was made with (a program of another kind wrote it); "
          + "give --model and --data")
    }
    return TrainSettings(dictionary: settings)
  }
}
