// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// The options that describe a loss of a model at a point: for `check` and `gradient`.
struct ProblemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The model, with options: mlp:hidden=16x16,activation=tanh.", valueName: "model"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.models.names })
  var model: String

  @Option(
    help: ArgumentHelp("The loss (default: one that fits targets and outputs, as for train).", valueName: "loss"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.losses.names })
  var loss: String?

  @Option(
    help: ArgumentHelp("A penalty on the parameters, such as l2:weight=1e-4; may be repeated.", valueName: "penalty"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.penalties.names })
  var penalty: [String] = []

  @Option(help: "mean or sum over the samples.")
  var reduction: ReductionChoice = .mean

  @Option(
    help: ArgumentHelp("The samples: a generated data set or a CSV file (default: random ones).", valueName: "data"),
    completion: .custom { _, _, prefix in
      DataLoading.completions(prefix, registry: DifftoolEnvironment.registry)
    })
  var data: String?

  @Option(help: ArgumentHelp("The target column of a CSV file.", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp("The columns to predict from, separated by commas (default: all others).", valueName: "columns"))
  var inputs: String?

  @Option(help: "What the target of a file is: automatic, regression or classification.")
  var task: TaskChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many samples to use (default: 8, or all where there are fewer).", valueName: "count"))
  var samples: Int?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp("The rule for the parameters.", valueName: "initializer"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.initializers.names })
  var initializer = "uniform:bound=1"

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Parameters by name, over the rule: m=3,c=4.", valueName: "name=value,…"))
  var at: [String] = []

  mutating func validate() throws {
    if let samples, samples < 1 { throw ValidationError("--samples must be at least 1") }
    if inputs != nil || task != nil, data == nil {
      throw ValidationError("--inputs and --task belong to a CSV file: give it with --data")
    }
    if target != nil, data == nil { throw ValidationError("--target belongs to a CSV file: give it with --data") }
  }

  /// The problem for a seed.
  func problem(seed: UInt64) throws -> Problem {
    let registry = DifftoolEnvironment.registry
    let streams = NamedStreams(seed: seed)
    let givenLoss = try loss.map { try registry.losses.make($0) }
    let data = try self.data.map {
      try DataLoading(registry).load(
        $0, columns: (target, inputs.map { $0.split(separator: ",").map(String.init) }),
        task: task.flatMap { TargetTask(rawValue: $0.rawValue) } ?? givenLoss.map { TargetTask(for: $0.targetEncoding) }
          ?? .automatic,
        streams: streams)
    }
    let defaultLoss = try data.map {
      try registry.losses.make(DefaultLoss.specification($0, model: self.model, in: registry))
    }
    let encoding = (givenLoss ?? defaultLoss)?.targetEncoding
    var suggestions: [String: OptionValue] = [:]
    if let data {
      suggestions["inputs"] = .integer(data.inputNames.count)
      suggestions["outputs"] = .integer(data.outputCount(for: encoding ?? .real))
    } else if encoding == .oneHot {
      suggestions["outputs"] = .integer(3)
    }
    let model = try registry.models.make(self.model, suggestions: suggestions)
    let loss = try givenLoss ?? defaultLoss ?? registry.losses.make(DefaultLoss.specification(model))
    // The cross-entropy of a single class is zero whatever the parameters are.
    guard loss.targetEncoding != .oneHot || model.outputCount > 1 else {
      throw DifferentiationError.incompatible(
        "loss '\(loss.specification)' needs an output for each class, and model '\(model.specification)' has one",
        wayOut: "take a model with two outputs or more, such as mlp:outputs=2, or choose another loss")
    }
    if let data, let samples, samples > data.count {
      throw CommandError.usage(
        "--samples asks for \(samples), and '\(self.data ?? "")' has \(data.count); give at most \(data.count)")
    }
    let count = self.samples ?? 8
    let samples =
      try data.map { try ProblemSamples($0.selecting(0..<min($0.count, count)), loss: loss, model: model) }
      ?? ProblemSamples(random: count, loss: loss, model: model, streams: streams)
    let objective = try Objective(
      model: model, loss: loss, penalties: penalty.map { try registry.penalties.make($0) }, inputs: samples.inputs,
      targets: samples.targets, reduction: reduction.value)
    return Problem(
      objective: objective, function: TargetFunction(objective, inputs: model.parameters),
      parameters: try parameters(model, streams, draw: 0),
      subject: CheckSubject(
        model: model.specification, loss: loss.specification, data: self.data ?? "random", samples: objective.count,
        parameters: model.parameters.count, initializer: initializer),
      draw: { try parameters(model, streams, draw: $0) })
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
  let objective: Objective
  let function: TargetFunction
  private(set) var parameters: [Double]
  private(set) var subject: CheckSubject
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

/// `--reduction`.
enum ReductionChoice: String, ExpressibleByArgument, CaseIterable {
  case mean, sum
  var value: Reduction { self == .mean ? .mean : .sum }
}
