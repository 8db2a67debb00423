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

  subscript(name: String) -> String? { dictionary[name] }

  func number(_ name: String) -> Double? { dictionary[name].flatMap { Double($0) } }
  func integer(_ name: String) -> Int? { dictionary[name].flatMap { Int($0) } }

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
    set("data", data)
    set("target", target)
    set("inputs", inputs)
    set("task", task?.rawValue)
    set("loss", loss)
    set("penalty", penalty.isEmpty ? nil : penalty.joined(separator: " "))
    set("reduction", reduction?.rawValue)
    set("differentiator", differentiator)
    set("optimizer", optimizer)
    set("schedule", schedule)
    set("init", initializer)
    set("epochs", epochs.map { "\($0)" })
    set("batch", batch)
    set("validation", validation.map { "\($0)" })
    set("test", test.map { "\($0)" })
    set("split", split?.rawValue)
    set("scale", scale?.rawValue)
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
