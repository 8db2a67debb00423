// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation

// What a state is: a value, storable, of one optimizer and one number of parameters.
extension OptimizerSuite {
  func checkState() -> [ConformanceFailure] {
    checking(.stateIsValue, "ten steps") {
      var whole = Run(optimizer, from: Self.start)
      try whole.steps(0..<10)
      var found = require(
        whole.state.step == 10, .stepCount, "ten steps", expected: "10", found: "\(whole.state.step)")

      var first = Run(optimizer, from: Self.start)
      try first.steps(0..<4)
      let kept = first
      var copy = first
      try copy.steps(0..<7)
      found += require(
        first.state == kept.state && first.parameters == kept.parameters, .stateIsValue, "steps with a copy",
        expected: "the original unchanged", found: "\(first.state)")
      try first.steps(4..<10)
      found += require(
        sameBits(first.parameters, whole.parameters) && first.state == whole.state, .stateIsValue,
        "six steps after four, with another run between", expected: text(whole.parameters),
        found: text(first.parameters))

      found += checkJSON(kept, whole)
      return found
    }
  }

  private func checkJSON(_ kept: Run, _ whole: Run) -> [ConformanceFailure] {
    let place = "six steps after four, the state stored between"
    return checking(.json, place) {
      var resumed = kept
      resumed.state = try JSONDecoder().decode(OptimizerState.self, from: JSONEncoder().encode(kept.state))
      try resumed.steps(4..<10)
      return require(
        sameBits(resumed.parameters, whole.parameters) && resumed.state == whole.state, .json, place,
        expected: text(whole.parameters), found: text(resumed.parameters))
    }
  }

  func checkLengths() -> [ConformanceFailure] {
    let sound = Run(optimizer, from: Self.start)
    var found = [0, 3, 5].flatMap { count in
      expectShapeError(sound, gradient: Array(repeating: 1, count: count), "a gradient of \(count) for 4 parameters")
    }
    var foreign = sound
    foreign.state.transforms.append(TransformState())
    found += expectShapeError(foreign, gradient: [1, 1, 1, 1], "a state with a stage too many")
    if sound.state.transforms.contains(where: { !$0.vectors.isEmpty }) {
      foreign.state = optimizer.initialState(parameterCount: 3)
      found += expectShapeError(foreign, gradient: [1, 1, 1, 1], "a state of 3 parameters for 4")
    }
    return found
  }

  private func expectShapeError(_ run: Run, gradient: [Double], _ place: String) -> [ConformanceFailure] {
    var after = run
    do {
      try after.step(gradient)
      return [failure(.lengthMismatch, place, expected: "DifferentiationError.shape", found: text(after.parameters))]
    } catch DifferentiationError.shape {
      return require(
        after.parameters == run.parameters && after.state == run.state, .lengthMismatch, place,
        expected: "nothing changed", found: text(after.parameters))
    } catch {
      return [failure(.lengthMismatch, place, expected: "DifferentiationError.shape", found: "the error: \(error)")]
    }
  }
}
