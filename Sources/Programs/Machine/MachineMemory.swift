// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here, in `MachineMemory+Samples.swift` and in `VectorFunctions.swift`, alone in this module: the numbers that
// instructions work on, and the calls that run them.
//
// Invariants
// - `MachineMemory` owns `count` initialised numbers, aligned to 64 bytes, and frees them.
// - Instructions come from `InstructionList` alone, which makes every place from rows that it has laid out itself inside
//   `count`; a row ends at a multiple of eight numbers, and eight numbers of slack follow the last.
// - A memory is used by one task at a time.

import CPanelKernels
import DifferentiableScalars

/// The instruction sets that the kernels are compiled for.
public enum InstructionSet: Int32, Sendable, CaseIterable, Comparable {
  /// What every machine of the architecture has.
  case baseline
  /// AVX2 with fused multiply-add.
  case avx2
  /// AVX-512 (F, DQ, VL, BW).
  case avx512

  /// The widest that this machine has.
  public static var best: InstructionSet { InstructionSet(rawValue: pk_best_level()) ?? .baseline }

  /// Those that this machine can run.
  public static var available: [InstructionSet] { allCases.filter { $0 <= best } }

  /// By width.
  public static func < (x: InstructionSet, y: InstructionSet) -> Bool { x.rawValue < y.rawValue }
}

/// Numbers at a fixed address.
@safe
final class MachineMemory {
  /// For these two files alone.
  let base: UnsafeMutablePointer<Double>
  let count: Int

  init(count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: (count + 8) * MemoryLayout<Double>.stride, alignment: 64)
    unsafe base = unsafe bytes.bindMemory(to: Double.self, capacity: count + 8)
    unsafe base.initialize(repeating: 0, count: count + 8)
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }

  subscript(place: Int) -> Double {
    get {
      precondition(place >= 0 && place < count)
      return unsafe base[place]
    }
    set {
      precondition(place >= 0 && place < count)
      unsafe base[place] = newValue
    }
  }

  func store(_ numbers: [Double], at place: Int) {
    precondition(place >= 0 && place + numbers.count <= count)
    unsafe numbers.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe (base + place).update(from: start, count: source.count) }
    }
  }

  /// Those of the numbers that are chosen, in the order of the choice; all where nil.
  func store(_ numbers: [Double], _ chosen: [Int]?, at place: Int) {
    guard let chosen else { return store(numbers, at: place) }
    precondition(place >= 0 && place + chosen.count <= count)
    for i in chosen.indices { unsafe base[place + i] = numbers[chosen[i]] }
  }

  /// Copies chosen numbers, counted from a place of another memory on.
  func copy(_ chosen: [Int], from first: Int, of other: MachineMemory, to place: Int) {
    precondition(place >= 0 && place + chosen.count <= count)
    for i in chosen.indices { unsafe base[place + i] = other[first + chosen[i]] }
  }

  /// Adds the numbers from a place on to those elements of an array that are named, one each.
  func add(from first: Int, to sums: inout [Double], at targets: [Int]) {
    precondition(first >= 0 && first + targets.count <= count)
    for i in targets.indices { unsafe sums[targets[i]] += base[first + i] }
  }

  func clear(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    unsafe (base + range.lowerBound).update(repeating: 0, count: range.count)
  }

  /// Copies numbers from another memory.
  func copy(_ range: Range<Int>, of other: MachineMemory, to place: Int) {
    precondition(range.lowerBound >= 0 && range.upperBound <= other.count && place + range.count <= count)
    unsafe (base + place).update(from: other.base + range.lowerBound, count: range.count)
  }

  /// The numbers of a range.
  func numbers(_ range: Range<Int>) -> [Double] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Appends the numbers of a range to an array.
  func append(_ range: Range<Int>, to numbers: inout [Double]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    unsafe numbers.append(contentsOf: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Adds the numbers of a range to the first of an array.
  func add(_ range: Range<Int>, to sums: inout [Double]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && range.count <= sums.count)
    let first = range.lowerBound
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      for i in 0..<range.count { unsafe sums[i] += base[first + i] }
    }
  }

  /// Adds the numbers of a range of another memory to those from the first on.
  func add(_ range: Range<Int>, of other: MachineMemory) {
    precondition(range.lowerBound >= 0 && range.upperBound <= other.count && range.count <= count)
    let from = unsafe other.base + range.lowerBound
    for i in 0..<range.count { unsafe base[i] += from[i] }
  }

  /// Adds each total, from a place of another memory on, times its factor, to the output that it belongs to.
  func distribute(
    _ totals: MachineMemory, from first: Int, by targets: [SumTarget], numbers: MachineMemory, at place: Int
  ) {
    precondition(first >= 0 && first + targets.count <= totals.count)
    let totals = unsafe totals.base + first
    for i in targets.indices {
      let target = targets[i]
      precondition(target.output < count)
      switch target.factor {
      case .constant(let factor): unsafe base[target.output] += factor * totals[i]
      case .parameter(let index): unsafe base[target.output] += numbers[place + index] * totals[i]
      }
    }
  }

  /// Takes a multiple of the numbers from a place on off those elements of an array that are named.
  func subtract(from first: Int, times factor: Double, of numbers: inout [Double], at targets: [Int]) {
    precondition(first >= 0 && first + targets.count <= count)
    for i in targets.indices { unsafe numbers[targets[i]] -= factor * base[first + i] }
  }

  /// Whether all numbers of a range are finite.
  func isFinite(_ range: Range<Int>) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var sum = 0.0
    for i in range { unsafe sum += base[i] * 0 }
    return sum == 0
  }

  /// Runs instructions without matrix products.
  func run(_ code: InstructionList, on set: InstructionSet) {
    precondition(code.weightExtent == 0 && code.sumExtent == 0)
    unsafe run(code, on: set, nil, nil)
  }

  /// Runs instructions whose matrix products read weights and add to an array of sums.
  func run(_ code: InstructionList, on set: InstructionSet, weights: [Double], adding sums: inout [Double]) {
    if code.weightExtent == 0, code.sumExtent == 0 { return unsafe run(code, on: set, nil, nil) }
    precondition(code.weightExtent <= weights.count && code.sumExtent <= sums.count)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe run(code, on: set, weights.baseAddress, sums.baseAddress)
      }
    }
  }

  /// Runs instructions whose matrix products read weights and add to the numbers of another memory.
  func run(_ code: InstructionList, on set: InstructionSet, weights: [Double], adding sums: MachineMemory) {
    precondition(code.weightExtent <= weights.count && code.sumExtent <= sums.count)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe run(code, on: set, weights.baseAddress, sums.base)
    }
  }

  /// Runs instructions whose matrix products read weights and add to an array that is this call's alone.
  func run(_ code: InstructionList, on set: InstructionSet, weights: [Double], adding sums: SharedNumbers) {
    precondition(code.weightExtent <= weights.count && code.sumExtent <= sums.count)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe run(code, on: set, weights.baseAddress, sums.base)
    }
  }

  @unsafe
  private func run(
    _ code: InstructionList, on set: InstructionSet, _ weights: UnsafePointer<Double>?,
    _ sums: UnsafeMutablePointer<Double>?
  ) {
    precondition(code.extent <= count && set <= .best)
    unsafe code.instructions.withUnsafeBufferPointer { instructions in
      unsafe code.places.withUnsafeBufferPointer { places in
        unsafe pk_run(
          set.rawValue, instructions.baseAddress, UInt64(instructions.count), places.baseAddress, base, weights, sums)
      }
    }
  }

  /// Calls `body` with an array that several threads add to, each to a part of its own.
  static func share(_ numbers: inout [Double], _ body: (SharedNumbers) -> Void) {
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(unsafe SharedNumbers(base: base, count: buffer.count))
    }
  }

  @unsafe
  fileprivate func add(_ range: Range<Int>, to sums: UnsafeMutablePointer<Double>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    for i in range { unsafe sums[i] += base[i] }
  }
}

/// An array that several threads add to while its owner waits, each to a part of its own or one alone.
@safe
struct SharedNumbers: @unchecked Sendable {
  fileprivate let base: UnsafeMutablePointer<Double>
  let count: Int

  @unsafe
  fileprivate init(base: UnsafeMutablePointer<Double>, count: Int) {
    unsafe self.base = unsafe base
    self.count = count
  }

  /// Adds the numbers of a memory's range to the same range of the array.
  func add(_ range: Range<Int>, of memory: MachineMemory) {
    precondition(range.upperBound <= count)
    unsafe memory.add(range, to: base)
  }
}
