// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// One run of a trainer: the loop over epochs and steps.
struct TrainingLoop {
  private let trainer: Trainer
  private let hooks: TrainingHooks
  private let batch: CurrentBatch
  private let objective: AnyScalarField
  private let stepsPerEpoch: Int
  private var gradient: [Double]
  private var previous: [Double]
  /// The samples of the last step, where they are not all.
  private var lastPositions: ArraySlice<Int>?
  /// The optimizer's memory before a step.
  private var kept: OptimizerState
  private(set) var state: TrainingState

  /// The loss of a batch beyond which training has diverged, as a multiple of that at the start.
  private static let growthFactor = 1e6
  /// A first loss below this counts as this much: where training starts at the solution, nothing is large
  /// beside it.
  private static let smallestReference = 1e-6

  init(trainer: Trainer, hooks: TrainingHooks, state: TrainingState) {
    self.trainer = trainer
    self.hooks = hooks
    self.state = state
    batch = CurrentBatch(trainer.data.training)
    objective = BatchObjective(body: trainer.body, batch: batch).erased
    stepsPerEpoch = trainer.stepsPerEpoch
    gradient = Array(repeating: 0, count: state.parameters.count)
    previous = state.parameters
    kept = trainer.optimizer.initialState(parameterCount: state.parameters.count)
  }

  mutating func run() throws -> TrainingOutcome {
    let configuration = trainer.configuration
    while state.epoch < configuration.epochs {
      if let rule = configuration.earlyStopping, state.epochsWithoutImprovement >= rule.patience {
        return .stoppedEarly
      }
      let order = trainer.order(ofEpoch: state.epoch)
      while state.stepInEpoch < stepsPerEpoch {
        if hooks.isCancelled() { return .interrupted }
        if let outcome = try step(order) { return outcome }
      }
      try endEpoch()
    }
    return try divergenceAtTheEnd().map { .diverged($0) } ?? .completed
  }

  private mutating func step(_ order: [Int]) throws -> TrainingOutcome? {
    let size = trainer.batchSize
    let positions = order[state.stepInEpoch * size..<min((state.stepInEpoch + 1) * size, order.count)]
    // A single batch is in place from the start.
    if stepsPerEpoch > 1 {
      batch.select(positions)
      lastPositions = positions
    }
    if let interval = trainer.configuration.spotCheckInterval, state.step % interval == 0,
      let report = try hooks.spotCheck?(target(), state.parameters)
    {
      return .gradientDisputed(step: state.step + 1, report: report)
    }
    let loss = try trainer.differentiator.gradient(of: objective, at: state.parameters, into: &gradient)
    if state.step == 0 { try measureStart(batchLoss: loss) }
    if let divergence = divergence(loss) { return .diverged(divergence) }
    for i in state.parameters.indices { previous[i] = state.parameters[i] }
    let rate = trainer.optimizer.learningRate(at: state.step)
    // Of a step that fails nothing is kept, the optimizer's memory included: the state before it can be gone on from.
    kept.copy(state.optimizer)
    try trainer.optimizer.step(&state.parameters, turning: &gradient, state: &state.optimizer)
    if let bad = Finiteness.firstBad(state.parameters) {
      let value = state.parameters[bad]
      state.parameters = previous
      state.optimizer = kept
      return .diverged(report(.parameter, step: state.step + 1, index: bad, value: value, rate: rate))
    }
    state.lossSum += trainer.configuration.reduction == .mean ? loss * Double(positions.count) : loss
    state.stepInEpoch += 1
    try hooks.observer.stepEnded(
      StepProgress(
        epoch: state.epoch + 1, epochs: trainer.configuration.epochs, stepInEpoch: state.stepInEpoch,
        stepsPerEpoch: stepsPerEpoch, step: state.step, loss: loss, learningRate: rate))
    return nil
  }

  /// The current batch's objective with samples of its own, for a check that may keep it.
  private func target() -> TargetFunction {
    Objective(body: trainer.body, samples: batch.samples).target
  }

  private mutating func endEpoch() throws {
    let samples = trainer.data.training
    let mean = trainer.configuration.reduction == .mean
    var record = EpochRecord(
      epoch: state.epoch + 1, step: state.step,
      learningRate: trainer.optimizer.learningRate(at: state.step - 1),
      trainingLoss: mean ? state.lossSum / Double(samples.count) : state.lossSum)
    if let part = trainer.data.validation {
      record.validation = try trainer.evaluator.metrics(state.parameters, on: part)
    } else if trainer.configuration.needsMonitor {
      record.monitoredTrainingLoss = try trainer.evaluator.loss(state.parameters, on: samples)
    }
    if let monitored = record.monitoredLoss { judge(monitored, epoch: record.epoch) }
    state.history.append(record)
    state.epoch += 1
    state.stepInEpoch = 0
    state.lossSum = 0
    try hooks.observer.epochEnded(record, state: state)
  }

  /// Keeps the parameters if their loss is smaller than all before; a loss that is not a number never is.
  private mutating func judge(_ loss: Double, epoch: Int) {
    if loss < state.best?.loss ?? .infinity {
      state.best = BestWeights(epoch: epoch, loss: loss, parameters: state.parameters)
    }
    let delta = trainer.configuration.earlyStopping?.minimumDelta ?? 0
    if loss < (state.improvementBase ?? .infinity) - delta {
      state.improvementBase = loss
      state.epochsWithoutImprovement = 0
    } else {
      state.epochsWithoutImprovement += 1
    }
  }

  // MARK: Divergence

  /// What later losses are held against, and the first parameters that may turn out the best.
  private mutating func measureStart(batchLoss: Double) throws {
    let isMonitored = trainer.configuration.needsMonitor && trainer.data.validation == nil
    // Without penalties the only batch's loss is that of the whole training part.
    let isSame = stepsPerEpoch == 1 && trainer.penalties.isEmpty
    let whole = try isMonitored ? plainLoss() : isSame ? batchLoss : wholeLoss()
    let mean = trainer.configuration.reduction == .mean
    let size = mean ? whole.magnitude : whole.magnitude / Double(stepsPerEpoch)
    // A single batch may happen to fit, and penalties are in the batch's loss only.
    if size.isFinite, batchLoss.isFinite { state.startLoss = max(size, batchLoss.magnitude) }
    var monitored: Double?
    if let part = trainer.data.validation {
      monitored = try trainer.evaluator.loss(state.parameters, on: part)
    } else if trainer.configuration.needsMonitor {
      monitored = whole
    }
    if let monitored, monitored < .infinity {
      state.best = BestWeights(epoch: 0, loss: monitored, parameters: state.parameters)
    }
  }

  /// No gradient is taken after the last step, so what that step did shows in the loss of the training part only.
  private mutating func divergenceAtTheEnd() throws -> Divergence? {
    guard state.step > 0, let limit = growthLimit else { return nil }
    let mean = trainer.configuration.reduction == .mean
    let whole = try wholeLoss()
    let loss = mean ? whole : whole / Double(stepsPerEpoch)
    if loss.isFinite, loss <= limit { return nil }
    if let lastPositions { batch.select(lastPositions) }
    _ = try trainer.differentiator.gradient(of: objective, at: state.parameters, into: &gradient)
    let last = state.step - 1
    return report(
      loss.isFinite ? .growth : .loss, step: state.step, epoch: state.epoch, index: Finiteness.largest(gradient),
      value: loss, rate: trainer.optimizer.learningRate(at: last))
  }

  /// The loss of the training part, evaluated.
  private func plainLoss() throws -> Double {
    try trainer.evaluator.loss(state.parameters, on: trainer.data.training)
  }

  /// The same to roundoff. A method that replays samples has it, batch by batch and with gradients that nobody wants, in
  /// a fraction of the time: two evaluations of all samples may take as long as tens of epochs.
  private func wholeLoss() throws -> Double {
    guard trainer.differentiator is any BatchDescending, trainer.penalties.isEmpty else { return try plainLoss() }
    var unused = gradient
    func loss() throws -> Double {
      try trainer.differentiator.gradient(of: objective, at: state.parameters, into: &unused)
    }
    if stepsPerEpoch == 1 { return try loss() }
    let mean = trainer.configuration.reduction == .mean
    let positions = Array(0..<trainer.data.training.count)
    var sum = 0.0
    for first in stride(from: 0, to: positions.count, by: trainer.batchSize) {
      let part = positions[first..<min(first + trainer.batchSize, positions.count)]
      batch.select(part)
      sum += try mean ? loss() * Double(part.count) : loss()
    }
    return mean ? sum / Double(positions.count) : sum
  }

  private func divergence(_ loss: Double) -> Divergence? {
    let bad = Finiteness.firstBad(gradient)
    let limit = growthLimit ?? .infinity
    if bad == nil, loss.isFinite, loss <= limit { return nil }
    let rate = trainer.optimizer.learningRate(at: state.step)
    let step = state.step + 1
    if !loss.isFinite {
      return report(.loss, step: step, index: bad ?? Finiteness.largest(gradient), value: loss, rate: rate)
    }
    if let bad { return report(.gradient, step: step, index: bad, value: gradient[bad], rate: rate) }
    return report(.growth, step: step, index: Finiteness.largest(gradient), value: loss, rate: rate)
  }

  /// The loss of a batch that is too large; nil where nothing is known to hold it against.
  private var growthLimit: Double? {
    let batches = trainer.configuration.reduction == .sum ? Double(stepsPerEpoch) : 1
    // A checkpoint of version 1 has no loss at the start: the first epoch's stands in.
    let reference = state.startLoss ?? state.history.first.map { $0.trainingLoss.magnitude / batches }
    return reference.map { Self.growthFactor * max($0, Self.smallestReference) }
  }

  private func report(
    _ sign: Divergence.Sign, step: Int, epoch: Int? = nil, index: Int, value: Double, rate: Double
  ) -> Divergence {
    Divergence(
      sign: sign, step: step, epoch: epoch ?? state.epoch + 1, parameter: trainer.model.parameters.name(of: index),
      value: value, learningRate: rate)
  }
}

extension EpochRecord {
  /// The loss by which stopping and the best weights are decided: validation where there is one.
  public var monitoredLoss: Double? { validation?.loss ?? monitoredTrainingLoss }
}
