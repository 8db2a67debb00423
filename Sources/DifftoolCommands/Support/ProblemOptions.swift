// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// The options that describe a loss of a model, or a formula, at a point: for `check` and `gradient`.
struct ProblemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The model, with options: mlp:hidden=16x16,activation=tanh.", valueName: "model"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.models.names })
  var model: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A formula in place of a model, with --at: 'x*sin(y)/hypot(x, y)'.", valueName: "formula"))
  var formula: String?

  @OptionGroup var loss: LossOptions
  @OptionGroup var samples: SampleOptions

  @Option(
    name: .customLong("samples"), parsing: .unconditional,
    help: ArgumentHelp(
      "How many samples to use, drawn by the seed (default: 8, or all where there are fewer).", valueName: "count"))
  var count: Int?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp("The rule for the parameters (default: uniform:bound=1).", valueName: "initializer"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.initializers.names })
  var givenInitializer: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Parameters over the rule, or a formula's variables: m=3,c=4.", valueName: "name=value,…"))
  var at: [String] = []

  private var initializer: String { givenInitializer ?? "uniform:bound=1" }

  mutating func validate() throws {
    try validateFormula()
    if let count, !(1...10_000_000).contains(count) {
      throw ValidationError("--samples must be from 1 to 10000000")
    }
    guard samples.data == nil else { return }
    if samples.inputs != nil || samples.task != nil {
      throw ValidationError("--inputs and --task belong to a CSV file: give it with --data")
    }
    if samples.target != nil { throw ValidationError("--target belongs to a CSV file: give it with --data") }
    if samples.scale != nil { throw ValidationError("--scale belongs to --data; random samples are as they are") }
  }

  /// Refuses neither a model nor a formula.
  func requireSubject() throws {
    if model == nil, formula == nil {
      throw ValidationError("give --model NAME, or --formula 'x^2 + y' with --at x=1,y=2")
    }
  }

  /// Either a model or a formula, and with a formula nothing that belongs to a model.
  private func validateFormula() throws {
    guard formula != nil else { return }
    if model != nil { throw ValidationError("--model and --formula exclude each other; give one of them") }
    let others: [(String, Bool)] = [
      ("--loss", loss.loss != nil), ("--penalty", !loss.penalty.isEmpty), ("--reduction", loss.reduction != nil),
      ("--data", samples.data != nil), ("--target", samples.target != nil), ("--inputs", samples.inputs != nil),
      ("--task", samples.task != nil), ("--scale", samples.scale != nil), ("--samples", count != nil),
      ("--init", givenInitializer != nil),
    ]
    for (name, isGiven) in others where isGiven {
      throw ValidationError("\(name) belongs to a model's loss, and --formula has none; give the point with --at")
    }
  }

  /// The problem for a seed.
  func problem(seed: UInt64) throws -> Problem {
    if let formula { return try FormulaProblem(text: formula, at: at).problem() }
    let modelName = model ?? ""
    let registry = DifftoolEnvironment.registry
    let streams = NamedStreams(seed: seed)
    let givenLoss = try loss.loss.map { try registry.losses.make($0) }
    let data = try samples.data.map {
      try DataLoading(registry).load(
        $0, columns: (samples.target, samples.inputs), task: samples.task, loss: givenLoss, streams: streams)
    }
    let defaultLoss = try data.map {
      try registry.losses.make(DefaultLoss.specification($0, model: modelName, in: registry))
    }
    let encoding = (givenLoss ?? defaultLoss)?.targetEncoding
    var suggestions: [String: OptionValue] = [:]
    if let data {
      suggestions["inputs"] = .integer(data.inputNames.count)
      suggestions["outputs"] = .integer(data.outputCount(for: encoding ?? .real))
    } else if encoding == .oneHot {
      suggestions["outputs"] = .integer(3)
    }
    let model = try registry.models.make(modelName, suggestions: suggestions)
    let loss = try givenLoss ?? defaultLoss ?? registry.losses.make(DefaultLoss.specification(model))
    // The cross-entropy of a single class is zero whatever the parameters are.
    guard loss.targetEncoding != .oneHot || model.outputCount > 1 else {
      throw DifferentiationError.incompatible(
        "loss '\(loss.specification)' needs an output for each class, and model '\(model.specification)' has one",
        wayOut: "take a model with two outputs or more, such as mlp:outputs=2, or choose another loss")
    }
    let drawn =
      try data.map { try self.drawn($0, loss: loss, model: model, streams: streams) }
      ?? ProblemSamples(random: count ?? 8, loss: loss, model: model, streams: streams)
    let penalties = try self.loss.penalty.map { try registry.penalties.make($0) }
    let reduction = self.loss.reduction ?? .mean
    let objective = try Objective(
      model: model, loss: loss, penalties: penalties, inputs: drawn.inputs, targets: drawn.targets,
      reduction: reduction.value)
    let subject = CheckSubject(
      model: model.specification, loss: loss.specification, data: samples.data ?? "random", samples: objective.count,
      rows: data?.count, scale: samples.data.map { ScaleChoice.choice(samples.scale, for: $0).rawValue },
      parameters: model.parameters.count, initializer: initializer)
    return Problem(
      function: TargetFunction(objective, inputs: model.parameters),
      parameters: try parameters(model, streams, draw: 0), subject: subject,
      options: try record(subject, data?.inputNames, penalties.map(\.specification), reduction),
      draw: { try parameters(model, streams, draw: $0) })
  }

  /// The samples to use: scaled as for a training on all rows, then drawn.
  private func drawn(
    _ data: DataSet, loss: AnyLoss, model: AnyModel, streams: NamedStreams
  ) throws -> ProblemSamples {
    if let count, count > data.count {
      throw CommandError.usage(
        "--samples asks for \(count), and '\(samples.data ?? "")' has \(data.count); give at most \(data.count)")
    }
    try data.requireInputs(of: model)
    let scaling = ScaleChoice.choice(samples.scale, for: samples.data ?? "").scaling
    var scaled = data
    if scaling.inputs {
      scaled.inputs = try Standardization(columns: data.inputNames, fitting: data.inputs)(data.inputs)
    }
    if scaling.targets {
      guard case .regression = data.task, loss.targetEncoding == .real else {
        throw CommandError.usage("--scale all scales numbers, and these targets are classes; write --scale inputs")
      }
      scaled.targets = try Standardization(columns: data.targetNames, fitting: data.targets)(data.targets)
    }
    var random: any RandomSource = streams.generator(for: .points)
    return try ProblemSamples(scaled.drawing(count ?? 8, from: &random), loss: loss, model: model)
  }

  /// The options after defaults.
  private func record(_ subject: CheckSubject, _ inputs: [String]?, _ penalties: [String], _ reduction: ReductionChoice)
    throws
    -> OptionRecord
  {
    var record: OptionRecord = [
      "penalty": .list(penalties),
      "reduction": .text(reduction.rawValue),
      "data": .text(try samples.data.map(DataLoading(DifftoolEnvironment.registry).specification) ?? "random"),
      "samples": .integer(subject.samples ?? 0),
      "init": .text(initializer), "at": .list(at),
    ]
    record["model"] = .optional(subject.model)
    record["loss"] = .optional(subject.loss)
    record["target"] = .optional(samples.target)
    record["inputs"] = inputs.map { .list($0) }
    if let data = samples.data, DataLoading.isFile(data) {
      record["task"] = .text((samples.task ?? .automatic).rawValue)
    }
    record["scale"] = .optional(subject.scale)
    return record
  }

  /// Splits at commas, except those between the brackets of a name: `layers.0.weight[3,1]=0.5,layers.0.bias[0]=1`.
  private func assignments(_ text: String) -> [Substring] {
    var depth = 0
    return text.split { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return character == "," && depth == 0
    }
  }

  private func parameters(_ model: AnyModel, _ streams: NamedStreams, draw: UInt64) throws -> [Double] {
    var random: any RandomSource = streams.generator(for: .initialization, index: draw)
    var values = try DifftoolEnvironment.registry.initializers.make(initializer)
      .values(for: model.parameters, random: &random)
    var given: Set<Int> = []
    for item in at.flatMap(assignments) {
      let pair = item.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else {
        throw CommandError.usage("--at: '\(item)' is not name=value")
      }
      let name = String(pair[0])
      let names = model.parameters.names
      guard let index = names.firstIndex(of: name) else {
        throw CommandError.usage(
          "--at: \(model.specification) has no parameter '\(name)'\(UsageHint.didYouMean(name, names)); it has: "
            + names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … (\(names.count))" : ""))
      }
      guard let value = Double(pair[1]) else {
        throw CommandError.usage("--at: '\(pair[1])' is no number for \(name); write \(name)=0.5")
      }
      guard given.insert(index).inserted else {
        throw CommandError.usage("--at: \(name) is given twice; give one value")
      }
      values[index] = value
    }
    return values
  }
}

/// A loss of a model at a point, with its names.
struct Problem {
  var function: TargetFunction
  private(set) var parameters: [Double]
  private(set) var subject: CheckSubject
  /// The options after defaults, for the JSON.
  let options: OptionRecord
  let draw: (_ index: UInt64) throws -> [Double]

  /// Draws the parameters again by the same rule; false where that gives the same ones.
  mutating func redraw() throws -> Bool {
    let index = subject.draw ?? 1
    let drawn = try draw(UInt64(index))
    guard drawn != parameters else { return false }
    parameters = drawn
    subject.draw = index + 1
    return true
  }
}
