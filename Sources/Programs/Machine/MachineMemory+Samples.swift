// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here as in `MachineMemory.swift`: samples on their way into a memory, and what runs on them directly.

import CPanelKernels
import DifferentiableScalars

extension MachineMemory {
  /// Column `column` of samples, from the `start`-th of `positions` (or of all) on, as the row at `place`; behind the
  /// last, that one again.
  func storeColumn(
    _ column: Int, of block: SampleRows.Block, at positions: ArraySlice<Int>?, from start: Int, count samplesCount: Int,
    row place: Int, lanes: Int
  ) {
    precondition(samplesCount > 0 && samplesCount <= lanes && place + lanes <= count)
    let width = block.width
    let numbers = block.numbers
    unsafe numbers.withUnsafeBufferPointer { source in
      if let positions {
        var index = positions.startIndex + start
        for lane in 0..<samplesCount {
          let position = positions[index] * width + column
          precondition(position >= 0 && position < source.count)
          unsafe base[place + lane] = unsafe source[position]
          index += 1
        }
      } else {
        precondition((start + samplesCount) * width <= source.count && column < width)
        var position = start * width + column
        for lane in 0..<samplesCount {
          unsafe base[place + lane] = unsafe source[position]
          position += width
        }
      }
      let last = unsafe base[place + samplesCount - 1]
      for lane in samplesCount..<lanes { unsafe base[place + lane] = last }
    }
  }

  /// Columns of samples, a row a sample; behind the last sample, that one again.
  func storeRows(
    _ columns: Range<Int>, of block: SampleRows.Block, at positions: ArraySlice<Int>?, from start: Int,
    count samplesCount: Int, place: Int, row: Int, lanes: Int
  ) {
    precondition(samplesCount > 0 && samplesCount <= lanes && columns.lowerBound >= 0)
    precondition(columns.upperBound <= block.width && columns.count <= row && place >= 0)
    precondition(place + (lanes - 1) * row + columns.count <= count)
    unsafe block.numbers.withUnsafeBufferPointer { source in
      guard let numbers = source.baseAddress else { return }
      for lane in 0..<lanes {
        let index = start + Swift.min(lane, samplesCount - 1)
        let sample = positions.map { $0[$0.startIndex + index] } ?? index
        let first = sample * block.width + columns.lowerBound
        precondition(sample >= 0 && first + columns.count <= source.count)
        unsafe (base + place + lane * row).update(from: numbers + first, count: columns.count)
      }
    }
  }

  /// The weight for each sample, and 0 behind the last.
  func storeWeights(_ weight: Double, count samplesCount: Int, row place: Int, lanes: Int) {
    precondition(samplesCount <= lanes && place + lanes <= count)
    for lane in 0..<lanes { unsafe base[place + lane] = lane < samplesCount ? weight : 0 }
  }

  /// Runs a descent on what stands in the memory: parameters first, then room for a sample; see `pk_descend`.
  func descend(
    _ steps: [pk_step], _ slopes: [UInt16], value: Int, _ samples: SampleRows, first: Int, times: Int, rate: Double,
    on set: InstructionSet, last: inout Double
  ) -> Int {
    let numbers = samples.blocks[0].numbers
    precondition(slopes.count <= Int(PK_DESCENT_LIMIT) && slopes.count + samples.width <= count)
    precondition(value < count && first < samples.count && numbers.count == samples.count * samples.width)
    precondition(slopes.allSatisfy { Int($0) < count } && set <= .best)
    precondition(steps.allSatisfy { Int(max($0.d, $0.a, $0.b, $0.c)) < count })
    let done = unsafe steps.withUnsafeBufferPointer { steps in
      unsafe slopes.withUnsafeBufferPointer { slopes in
        unsafe numbers.withUnsafeBufferPointer { numbers in
          var descent = unsafe pk_descent(
            code: steps.baseAddress, count: UInt32(steps.count), parameters: UInt32(slopes.count),
            data: UInt32(samples.width), value: UInt32(value), slopes: slopes.baseAddress)
          return unsafe pk_descend(
            set.rawValue, &descent, base, numbers.baseAddress, UInt64(samples.count), rate, UInt64(first),
            UInt64(times), &last)
        }
      }
    }
    return Int(done)
  }
}

extension SampleRows {
  /// Whether the numbers are the same because they are the same memory. One of the two must be kept as long as the answer
  /// counts.
  func isSameMemory(as other: SampleRows) -> Bool {
    guard count == other.count, blocks.count == other.blocks.count else { return false }
    for i in blocks.indices {
      guard blocks[i].width == other.blocks[i].width, blocks[i].numbers.count == other.blocks[i].numbers.count else {
        return false
      }
      let isSame = unsafe blocks[i].numbers.withUnsafeBufferPointer { a in
        unsafe other.blocks[i].numbers.withUnsafeBufferPointer { b in unsafe a.baseAddress == b.baseAddress }
      }
      if !isSame { return false }
    }
    return true
  }
}
