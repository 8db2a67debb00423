// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// Everything of a training put together: data, model, loss, trainer.
struct TrainPlan {
  let trainer: Trainer
  let data: DataSet
  let spotChecks: SpotChecks?
  /// The method, named or chosen: a checkpoint keeps it, because a resumed training must go on with the same.
  let differentiatorName: String
  /// Why it was chosen; nil where it was named.
  let choice: String?
  /// The options after defaults, for the JSON.
  let options: OptionRecord
  /// What a user may want to know of the choices made.
  let notes: [String]

  init(_ settings: TrainSettings, registry: Registry, spotCheck: Int?) throws {
    var notes: [String] = []
    let seed = settings.seed
    let givenLoss = try settings["loss"].map { try registry.losses.make($0) }
    let loading = DataLoading(registry)
    let data = try loading.load(
      settings.data, columns: (settings["target"], settings["inputs"]),
      task: settings["task"].flatMap(TaskChoice.init), loss: givenLoss, streams: NamedStreams(seed: seed))
    if case .regression = data.task, settings["task"] == nil, givenLoss == nil { notes += TrainPlan.classHint(data) }

    let lossName = try givenLoss?.specification ?? DefaultLoss.specification(data, model: settings.model, in: registry)
    let loss = try registry.losses.make(lossName)
    let model = try registry.models.make(
      settings.model,
      suggestions: [
        "inputs": .integer(data.inputNames.count), "outputs": .integer(data.outputCount(for: loss.targetEncoding)),
      ])
    let prepared = try PreparedData(
      data, split: settings.split(data), scaling: settings.scale.scaling, model: model, loss: loss)
    self.data = data

    let configuration = settings.configuration(spotCheck: spotCheck)
    var optimizer = try registry.optimizers.make(settings["optimizer"] ?? "adam:lr=0.01")
    let batch = min(configuration.batch ?? prepared.training.count, prepared.training.count)
    let (steps, isTooMany) = configuration.epochs.multipliedReportingOverflow(
      by: (prepared.training.count + batch - 1) / batch)
    if isTooMany {
      throw CommandError.usage("--epochs \(configuration.epochs) is more steps than can be counted; give fewer")
    }
    if let schedule = settings["schedule"] {
      optimizer.schedule = try registry.schedules.make(schedule, suggestions: ["total": .integer(steps)])
    }
    let automatic = settings["differentiator"] == nil ? try DefaultDifferentiator(steps: steps, in: registry) : nil
    let name = settings["differentiator"] ?? automatic?.name ?? ""
    let differentiator = try registry.differentiators.make(name)
    differentiatorName = name
    choice = automatic?.note
    trainer = try Trainer(
      model: model, loss: loss, penalties: settings.penalties.map { try registry.penalties.make($0) },
      differentiator: differentiator, optimizer: optimizer, configuration: configuration, data: prepared)
    spotChecks = spotCheck == nil ? nil : try SpotChecks(of: differentiator, in: registry, seed: seed)
    self.notes = notes
    var options = try settings.record(data, loading.specification(settings.data), trainer.specification)
    options["spot-check"] = .optional(spotCheck)
    self.options = options
  }

  /// A numeric target with few whole values may be meant as classes; say so, and say how.
  private static func classHint(_ data: DataSet) -> [String] {
    let values = Set(data.targets.map { $0[0] })
    guard data.targetNames.count == 1, values.count <= 20, data.count > 5 * values.count,
      values.allSatisfy({ $0 == $0.rounded() })
    else { return [] }
    return [
      "'\(data.targetNames[0])' has \(values.count) whole values and is taken as a number; "
        + "for classes say --task classification"
    ]
  }
}

extension TrainSettings {
  fileprivate func split(_ data: DataSet) throws -> DataSplit {
    let fractions = SplitFractions(validation: number("validation") ?? 0.2, test: number("test") ?? 0)
    let order: SplitOrder =
      self["split"] == SplitChoice.scikitLearn.rawValue
      ? .numPy(seed: try scikitLearnSeed) : .shuffled(seed: seed)
    return try data.split(fractions, order: order)
  }

  /// scikit-learn's `random_state` has 32 bits.
  private var scikitLearnSeed: UInt32 {
    get throws {
      if let seed = UInt32(exactly: seed) { return seed }
      throw CommandError.usage(
        "--split scikit-learn takes seeds up to \(UInt32.max), as scikit-learn does, and the seed is \(seed); "
          + "give a smaller one, or --split own")
    }
  }
}
