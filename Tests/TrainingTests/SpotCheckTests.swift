// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Testing
import Training

@Suite("Spot check of the gradient")
struct SpotCheckTests {
  /// Compares the gradient of one method with that of dual numbers.
  private static func check(_ method: any Differentiator) throws -> TrainingHooks.SpotCheck {
    let second = try Registry.standard.differentiators.make("dual-batch")
    return { target, parameters in
      guard case .field(let field) = target.body else { return "no field" }
      var gradient = [Double](repeating: 0, count: parameters.count)
      _ = try method.gradient(of: field, at: parameters, into: &gradient)
      let other = try second.gradient(of: target, at: parameters).gradient
      for i in gradient.indices where !((gradient[i] - other[i]).magnitude <= 1e-10) {
        return "\(target.inputName(i)): \(gradient[i]) against \(other[i])"
      }
      return nil
    }
  }

  @Test("A right gradient passes, and is checked every so many steps")
  func passes() throws {
    var setting = try Setting.moons()
    setting.configuration.spotCheckInterval = 5
    let trainer = try setting.trainer()
    let calls = Counter()
    let check = try Self.check(trainer.differentiator)
    let hooks = TrainingHooks(spotCheck: { target, parameters in
      calls.next()
      return try check(target, parameters)
    })
    let result = try trainer.run(from: setting.start(trainer), hooks: hooks)
    #expect(result.outcome == .completed && result.state.step == 16)
    #expect(calls.value == 4)
  }

  @Test("A wrong component stops the training, named; the history is there")
  func stops() throws {
    var setting = try Setting.moons()
    setting.configuration.spotCheckInterval = 5
    let base = try setting.trainer()
    let wrong = Spoiled(base: base.differentiator, component: 2, value: 0.125, firstStep: 0)
    let trainer = try Trainer(
      model: base.model, loss: base.loss, differentiator: wrong, optimizer: base.optimizer,
      configuration: base.configuration, data: base.data)
    let result = try trainer.run(
      from: setting.start(trainer), hooks: TrainingHooks(spotCheck: Self.check(wrong)))
    guard case .gradientDisputed(let step, let report) = result.outcome else {
      Issue.record("a wrong gradient was not found")
      return
    }
    #expect(step == 1 && report.contains(trainer.model.parameters.name(of: 2)))
    #expect(throws: TrainingFailure.self) { try result.requireSuccess() }
  }

  @Test("Asked for without a second method, it is refused")
  func missing() throws {
    var setting = try Setting.moons()
    setting.configuration.spotCheckInterval = 5
    #expect(throws: DifferentiationError.self) { try setting.run() }
  }

  @Test("The objective handed to the check keeps its batch")
  func keepsBatch() throws {
    var setting = try Setting.moons()
    setting.configuration.spotCheckInterval = 1
    let kept = Kept()
    _ = try setting.run(
      hooks: TrainingHooks(spotCheck: { target, parameters in
        kept.append(target, try target.value(at: parameters)[0], parameters)
        return nil
      }))
    #expect(kept.all.count == 16)
    for (target, value, parameters) in kept.all { #expect(try target.value(at: parameters) == [value]) }
  }
}
