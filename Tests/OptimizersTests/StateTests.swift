// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Optimizers
import Testing

/// The state of an optimizer is a value: copied, stored and resumed from without a trace.
@Suite("Optimizer state")
struct StateTests {
  static let specifications = [
    "sgd:lr=0.01", "sgd:momentum=0.9,dampening=0.1,weight-decay=0.1", "momentum", "nesterov",
    "adagrad:lr=0.1,lr-decay=0.1,initial-accumulator=0.1", "rmsprop:centered=true,momentum=0.5",
    "adam:lr=0.1,amsgrad=true,clip-norm=1", "adamw:lr=0.1,clip-value=0.5", "sign-descent:lr=0.01",
  ]

  @Test("resumed from JSON at any step is uninterrupted, to the last bit", arguments: specifications)
  func resume(specification: String) throws {
    let optimizer = try optimizerCatalog().make(specification)
    let whole = try run(
      optimizer, parameters: start, state: optimizer.initialState(parameterCount: 2), steps: 20)
    for stop in [0, 1, 2, 10, 19] {
      let first = try run(
        optimizer, parameters: start, state: optimizer.initialState(parameterCount: 2), steps: stop)
      let stored = try JSONEncoder().encode(first.state)
      let state = try JSONDecoder().decode(OptimizerState.self, from: stored)
      #expect(state == first.state)
      // A new optimizer, as a new process would make it from the stored specification.
      let again = try optimizerCatalog().make(optimizer.specification)
      try again.check(state, parameterCount: 2)
      let rest = try run(again, parameters: first.parameters, state: state, steps: 20 - stop)
      #expect(rest.parameters == whole.parameters)
      #expect(rest.state == whole.state)
    }
  }

  @Test("stepping a copy leaves the original alone", arguments: specifications)
  func copies(specification: String) throws {
    let optimizer = try optimizerCatalog().make(specification)
    let before = try run(
      optimizer, parameters: start, state: optimizer.initialState(parameterCount: 2), steps: 5)
    let kept = before.state
    let one = try run(optimizer, parameters: before.parameters, state: before.state, steps: 5)
    let two = try run(optimizer, parameters: before.parameters, state: kept, steps: 5)
    #expect(kept == before.state && kept.step == 5)
    #expect(one.parameters == two.parameters && one.state == two.state)
    #expect(one.state != kept)
  }

  @Test("a state of another optimizer or size is refused, and nothing changes")
  func foreignStates() throws {
    let catalog = optimizerCatalog()
    let adam = try catalog.make("adam")
    var fewer = adam.initialState(parameterCount: 2)
    fewer.transforms[0].vectors.removeLast()
    var negative = adam.initialState(parameterCount: 2)
    negative.step = -3
    var last = adam.initialState(parameterCount: 2)
    last.step = .max
    var scalars = adam.initialState(parameterCount: 2)
    scalars.transforms[1].scalars = [1]
    let foreign = [
      adam.initialState(parameterCount: 3), fewer, negative, last, scalars,
      try catalog.make("sgd").initialState(parameterCount: 2),
      try catalog.make("adam:amsgrad=true").initialState(parameterCount: 2),
    ]
    for state in foreign {
      var parameters = start
      var changed = state
      #expect(throws: DifferentiationError.self) {
        try adam.step(&parameters, gradient: [1, 1], state: &changed)
      }
      #expect(parameters == start && changed == state)
      #expect(throws: DifferentiationError.self) { try adam.check(state, parameterCount: 2) }
    }
    try adam.check(adam.initialState(parameterCount: 2), parameterCount: 2)
  }

  @Test("the message names the stage")
  func message() throws {
    let adam = try optimizerCatalog().make("adam")
    let error = #expect(throws: DifferentiationError.self) {
      try adam.check(adam.initialState(parameterCount: 3), parameterCount: 2)
    }
    #expect(
      error?.description == "the state of stage 1, adam-scaling(0.9, 0.999), of adam: "
        + "expected 2 vectors of 2 and 0 numbers, found vectors of [3, 3] and 0 numbers")
  }

  @Test("a gradient of another length is refused, and nothing changes")
  func gradientLength() throws {
    let optimizer = try optimizerCatalog().make("momentum")
    var parameters = start
    var state = optimizer.initialState(parameterCount: 2)
    #expect(throws: DifferentiationError.self) {
      try optimizer.step(&parameters, gradient: [1], state: &state)
    }
    #expect(parameters == start && state == optimizer.initialState(parameterCount: 2))
  }

  private let start = [-1.2, 1.0]

  /// Steps along the gradient of 10(y - x²)² + (1 - x)².
  private func run(
    _ optimizer: Optimizer, parameters: [Double], state: OptimizerState, steps: Int
  ) throws -> (parameters: [Double], state: OptimizerState) {
    var parameters = parameters
    var state = state
    for _ in 0..<steps {
      let (x, y) = (parameters[0], parameters[1])
      let gradient = [-40 * x * (y - x * x) - 2 * (1 - x), 20 * (y - x * x)]
      try optimizer.step(&parameters, gradient: gradient, state: &state)
    }
    return (parameters, state)
  }
}
