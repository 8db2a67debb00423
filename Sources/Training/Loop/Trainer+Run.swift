// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension Trainer {
  /// Trains from a state to the end of the last epoch, or to the first reason to stop.
  ///
  /// Cost of a step: one gradient of a batch, one step of the optimizer; beyond these, sums over the
  /// parameters and a copy of the batch. Each epoch evaluates the validation part once, and, where early
  /// stopping or the best weights need a loss and there is no validation part, the training part.
  ///
  /// - Throws: `DifferentiationError` for a state that does not fit. ``TrainingFailure`` for an error of the
  ///   model, the differentiator, an observer or the spot check; it carries the state. Divergence and a
  ///   disputed gradient are no errors but outcomes: see ``TrainingResult/requireSuccess()``.
  public func run(from state: TrainingState, hooks: TrainingHooks = TrainingHooks()) throws -> TrainingResult {
    try check(state)
    if configuration.spotCheckInterval != nil, hooks.spotCheck == nil {
      throw DifferentiationError.incompatible(
        "a spot check of the gradient was asked for and none is given",
        wayOut: "give TrainingHooks.spotCheck a second method, or leave spotCheckInterval out")
    }
    var loop = TrainingLoop(trainer: self, hooks: hooks, state: state)
    do {
      let outcome = try loop.run()
      return try result(outcome, loop.state)
    } catch let failure as TrainingFailure {
      throw failure
    } catch {
      throw TrainingFailure(reason: "\(error)", underlying: error, state: loop.state)
    }
  }

  /// Trains, and measures the time with a clock.
  public func run<C: Clock>(
    from state: TrainingState, hooks: TrainingHooks = TrainingHooks(), clock: C
  ) throws -> (result: TrainingResult, timing: TrainingTiming) where C.Duration == Duration {
    let start = clock.now
    let result = try run(from: state, hooks: hooks)
    let elapsed = start.duration(to: clock.now)
    return (result, TrainingTiming(seconds: elapsed / .seconds(1), steps: result.state.step - state.step))
  }

  private func result(_ outcome: TrainingOutcome, _ state: TrainingState) throws -> TrainingResult {
    var parameters = state.parameters
    var weights = WeightChoice.last
    if let best = state.best, configuration.weights == .best || outcome.isDiverged {
      parameters = best.parameters
      weights = .best
    }
    return TrainingResult(
      outcome: outcome, state: state, weights: weights, parameters: parameters,
      reduction: configuration.reduction, seed: configuration.seed,
      training: try evaluator.metrics(parameters, on: data.training),
      validation: try data.validation.map { try evaluator.metrics(parameters, on: $0) },
      test: try data.test.map { try evaluator.metrics(parameters, on: $0) })
  }

  /// A state must be one of this trainer's: sizes that do not fit would be read out of bounds.
  func check(_ state: TrainingState) throws {
    func require(_ condition: Bool, _ what: String, _ expected: String, _ found: String) throws {
      guard condition else { throw DifferentiationError.shape(what: what, expected: expected, found: found) }
    }
    let count = body.parameterCount
    try require(
      state.parameters.count == count, "the state's parameters", "\(count)", "\(state.parameters.count)")
    try require(
      (state.best?.parameters.count ?? count) == count, "the state's best parameters", "\(count)",
      "\(state.best?.parameters.count ?? 0)")
    try optimizer.check(state.optimizer, parameterCount: count)
    try require(
      state.epoch >= 0 && (0..<stepsPerEpoch).contains(state.stepInEpoch)
        && state.step == state.epoch * stepsPerEpoch + state.stepInEpoch
        && state.history.count == state.epoch,
      "the state's position",
      "step = epoch · \(stepsPerEpoch) + step in the epoch, and a record for each epoch",
      "step \(state.step), epoch \(state.epoch), step in it \(state.stepInEpoch), records \(state.history.count)"
    )
  }
}

extension TrainingOutcome {
  fileprivate var isDiverged: Bool {
    if case .diverged = self { true } else { false }
  }
}
