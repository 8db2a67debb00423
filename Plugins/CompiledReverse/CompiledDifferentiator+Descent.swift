// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

extension CompiledDifferentiator: BatchDescending {
  /// Gradient descent over batches.
  ///
  /// Up to eight parameters and eight samples a batch go by dual numbers, sample by sample, in one loop: there nothing
  /// that is prepared pays. All else replays the recorded sample.
  public func descend(
    _ term: AnySampleTerm, over samples: SampleRows, batch: Int, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double {
    precondition(batch > 0 && epochs >= 0, "batches of \(batch) samples, \(epochs) epochs")
    if samples.count == 0 || x.isEmpty { return .nan }
    if x.count <= 8, batch <= 8 {
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
    let order = Array(0..<samples.count)
    var gradient = x
    var value = 0.0
    for _ in 0..<epochs {
      for first in stride(from: 0, to: samples.count, by: batch) {
        let end = min(first + batch, samples.count)
        let weight = 1 / Double(end - first)
        for i in gradient.indices { gradient[i] = 0 }
        var isDue = false
        let replayed = try programs.gradient(
          at: x, samples: samples, positions: end - first == samples.count ? nil : order[first..<end], weight: weight,
          adding: &gradient, isDue: &isDue)
        if let replayed, replayed.isFinite, allFinite(gradient),
          try !isDue || !disagree(replayed, plain(term, samples, order[first..<end], weight, at: x))
        {
          countReplay()
          value = replayed
        } else {
          count { $0.fallbacks += 1 }
          let sum = SampleSum(term, samples: samples.selecting(order[first..<end]), weight: weight)
          value = try tape.gradient(of: sum.erased, at: x, into: &gradient)
        }
        for i in x.indices { x[i] -= rate * gradient[i] }
      }
    }
    return value
  }

  private func plain(
    _ term: AnySampleTerm, _ samples: SampleRows, _ positions: ArraySlice<Int>, _ weight: Double, at x: [Double]
  ) throws -> Double {
    var sum = 0.0
    for i in positions { sum += try term(parameters: x[...], sample: samples.row(i)[...]) }
    return weight * sum
  }
}
