// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

extension CompiledDifferentiator: BatchDescending {
  /// Gradient descent over batches.
  ///
  /// Up to eight parameters go sample by sample where a batch is one sample, and by dual numbers up to eight samples a
  /// batch: there no panel pays. All else replays the recorded sample over panels.
  public func descend(
    _ term: AnySampleTerm, over samples: SampleRows, batch: Int, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double {
    precondition(batch > 0 && epochs >= 0, "batches of \(batch) samples, \(epochs) epochs")
    if samples.count == 0 || x.isEmpty { return .nan }
    if x.count <= 8, batch <= 8 {
      if batch == 1, let value = try engine.descendBySteps(term, over: samples, rate: rate, epochs: epochs, from: &x) {
        return value
      }
      return try descendByTangents(term, over: samples, batch: batch, rate: rate, epochs: epochs, from: &x)
    }
    return try engine.descend(term, over: samples, batch: batch, rate: rate, epochs: epochs, from: &x)
  }

  private func descendByTangents(
    _ term: AnySampleTerm, over samples: SampleRows, batch: Int, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double {
    let call = term.call(for: BatchedDual8.self)
    var point = x.enumerated().map { index, value in
      var tangent = SIMD8<Double>(repeating: 0)
      tangent[index] = 1
      return BatchedDual8(value, tangent: tangent)
    }
    let numbers = flat(samples)
    let width = samples.width
    var row = Array(repeating: BatchedDual8(0.0), count: width)
    var value = 0.0
    for _ in 0..<epochs {
      var first = 0
      while first < samples.count {
        let end = min(first + batch, samples.count)
        var sum = BatchedDual8(0.0)
        for i in first..<end {
          for k in 0..<width { row[k].value = numbers[i * width + k] }
          sum += try call(point[...], row[...])
        }
        let weight = 1 / Double(end - first)
        value = weight * sum.value
        for i in point.indices { point[i].value -= rate * (weight * sum.tangent[i]) }
        first = end
      }
    }
    for i in x.indices { x[i] = point[i].value }
    return value
  }

  /// The rows one behind the other.
  private func flat(_ samples: SampleRows) -> [Double] {
    if samples.blocks.count == 1 { return samples.blocks[0].numbers }
    return (0..<samples.count).flatMap { samples.row($0) }
  }
}

extension CompiledEngine {
  /// Gradient descent over batches, by the recorded sample; where that is not the term, by the tape.
  func descend(
    _ term: AnySampleTerm, over samples: SampleRows, batch: Int, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double {
    let programs = sumPrograms(for: term)
    let perEpoch = (samples.count + batch - 1) / batch
    let steps = perEpoch * epochs
    var value = 0.0
    var step = 0
    while step < steps {
      // Up to the next check in one loop; a step that ends it is made with care.
      if let (branch, calls) = programs.unchecked(x.count, samples.width, atMost: steps - step), calls > 0 {
        let done = branch.descend(
          &x, over: samples, batch: batch, rate: rate, from: step, steps: calls, value: &value)
        countReplays(done)
        step += done
        if done == calls { continue }
      }
      let first = step % perEpoch * batch
      value = try self.step(
        programs, over: samples, Array(first..<min(first + batch, samples.count)), rate: rate, from: &x)
      step += 1
    }
    return value
  }

  /// One step, by the tape where no recording is the term.
  private func step(
    _ programs: SumPrograms, over samples: SampleRows, _ batch: [Int], rate: Double, from x: inout [Double]
  ) throws -> Double {
    let weight = 1 / Double(batch.count)
    let positions = batch.count == samples.count ? nil : batch[...]
    var gradient = x.map { _ in 0.0 }
    var isDue = false
    var value = try programs.gradient(
      at: x, samples: samples, positions: positions, weight: weight, adding: &gradient, isDue: &isDue)
    if isDue, let sum = value,
      try !programs.isStillTheTerm(at: x, samples: samples, positions: positions, weight: weight, sum: sum)
    {
      value = nil
    }
    if let value, value.isFinite, allFinite(gradient) {
      countReplays(1)
    } else {
      count { $0.fallbacks += 1 }
      let sum = SampleSum(programs.term, samples: samples.selecting(batch), weight: weight)
      value = try tape.gradient(of: sum.erased, at: x, into: &gradient)
    }
    for i in x.indices { x[i] -= rate * gradient[i] }
    return value ?? .nan
  }

  /// Single updates by a recording that is run sample by sample; nil, and no change, where it is too short a way for that
  /// or where no such recording is the term.
  func descendBySteps(
    _ term: AnySampleTerm, over samples: SampleRows, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double? {
    let steps = samples.count * epochs
    guard steps >= Self.shortestDescent, samples.blocks.count == 1 else { return nil }
    let programs = sumPrograms(for: term)
    guard let descent = try programs.descent(at: x, sample: { samples.row(0) }) else { return nil }
    var point = x
    var value = 0.0
    var step = 0
    while step < steps {
      let calls = programs.uncheckedSteps(atMost: steps - step)
      if calls > 0 {
        let done = descent(&point, over: samples, rate: rate, from: step, steps: calls, value: &value)
        if done < calls { return nil }
        step += done
        continue
      }
      let before = point
      let done = descent(&point, over: samples, rate: rate, from: step, steps: 1, value: &value)
      if done < 1 { return nil }
      if try disagree(value, term(parameters: before[...], sample: samples.row(step % samples.count)[...])) {
        programs.giveUpSteps()
        return nil
      }
      step += 1
    }
    x = point
    countReplays(steps)
    return value
  }

  /// Fewer single updates than this are not worth a recording.
  static let shortestDescent = 100
}
