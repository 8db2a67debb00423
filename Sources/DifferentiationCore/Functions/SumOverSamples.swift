// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Samples in memory: each is a row of numbers, put together from one or more blocks that hold their part of every row
/// one after another (inputs here, targets there).
public struct SampleRows: Sendable, Equatable {
  /// A part of every row: sample i has the numbers i · width and following.
  public struct Block: Sendable, Equatable {
    /// The numbers.
    public var numbers: [Double]
    /// The numbers of a sample.
    public var width: Int

    /// A block.
    public init(_ numbers: [Double], width: Int) {
      self.numbers = numbers
      self.width = width
    }
  }

  /// The blocks, in the order in which a row is put together.
  public var blocks: [Block]
  /// The number of samples.
  public var count: Int

  /// Samples.
  ///
  /// - Precondition: each block has `width · count` numbers.
  public init(_ blocks: [Block], count: Int) {
    for block in blocks {
      precondition(
        block.numbers.count == block.width * count, "\(block.numbers.count) numbers for \(count) rows of \(block.width)"
      )
    }
    self.blocks = blocks
    self.count = count
  }

  /// Samples in one block.
  public init(_ numbers: [Double], width: Int, count: Int) {
    self.init([Block(numbers, width: width)], count: count)
  }

  /// The numbers of a row.
  public var width: Int { blocks.reduce(0) { $0 + $1.width } }

  /// The row of a sample.
  public func row(_ index: Int) -> [Double] {
    blocks.flatMap { $0.numbers[(index * $0.width)..<((index + 1) * $0.width)] }
  }

  /// The samples at some positions.
  public func selecting(_ positions: [Int]) -> SampleRows {
    SampleRows(
      blocks.map { block in
        var numbers: [Double] = []
        numbers.reserveCapacity(positions.count * block.width)
        for i in positions { numbers += block.numbers[(i * block.width)..<((i + 1) * block.width)] }
        return Block(numbers, width: block.width)
      }, count: positions.count)
  }
}

/// A scalar function that is a weighted sum of one term over samples, and says so:
///
///     F(θ) = w Σᵢ f(θ, xᵢ) + r(θ)
///
/// Every method differentiates it as it stands. One that can replay a recording of a single sample does so, and needs
/// neither time nor memory to record the others.
public protocol SumOverSamples: ScalarField {
  /// f, the term of one sample.
  var term: AnySampleTerm { get }

  /// Calls `body` with the samples xᵢ and the weight w as they are now.
  func withSamples<Result>(_ body: (SampleRows, _ weight: Double) throws -> Result) rethrows -> Result

  /// r, what does not depend on samples; nil for 0.
  var remainder: AnyScalarField? { get }
}

/// A sum over samples that are given once and for all.
public struct SampleSum: SumOverSamples {
  /// The term of one sample.
  public let term: AnySampleTerm
  /// The samples.
  public let samples: SampleRows
  /// The weight of each.
  public let weight: Double
  /// What does not depend on samples.
  public let remainder: AnyScalarField?

  /// A sum over samples; `weight` 1/n makes it a mean.
  public init(_ term: some SampleTerm, samples: SampleRows, weight: Double = 1, remainder: (any ScalarField)? = nil) {
    self.term = term.erased
    self.samples = samples
    self.weight = weight
    self.remainder = remainder?.erased
  }

  /// The samples and their weight.
  public func withSamples<Result>(_ body: (SampleRows, Double) throws -> Result) rethrows -> Result {
    try body(samples, weight)
  }

  /// F(θ), sample after sample.
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    let call = term.call(for: S.self)
    let all = parameters[...]
    var row = Array(repeating: S(0.0), count: samples.width)
    var total: S = 0
    for i in 0..<samples.count {
      var position = 0
      for block in samples.blocks {
        for number in block.numbers[(i * block.width)..<((i + 1) * block.width)] {
          row[position] = S(number)
          position += 1
        }
      }
      total += try call(all, row[...])
    }
    total = S(weight) * total
    if let remainder { total += try remainder(parameters) }
    return total
  }
}
