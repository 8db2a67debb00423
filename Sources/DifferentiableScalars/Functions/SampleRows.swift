// SPDX-License-Identifier: Apache-2.0

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
  public var width: Int {
    var width = 0
    for block in blocks { width += block.width }
    return width
  }

  /// The row of a sample.
  public func row(_ index: Int) -> [Double] {
    blocks.flatMap { $0.numbers[(index * $0.width)..<((index + 1) * $0.width)] }
  }

  /// The samples at some positions.
  public func selecting(_ positions: some Collection<Int>) -> SampleRows {
    SampleRows(
      blocks.map { block in
        var numbers: [Double] = []
        numbers.reserveCapacity(positions.count * block.width)
        for i in positions { numbers += block.numbers[(i * block.width)..<((i + 1) * block.width)] }
        return Block(numbers, width: block.width)
      }, count: positions.count)
  }
}
