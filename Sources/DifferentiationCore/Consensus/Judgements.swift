// SPDX-License-Identifier: Apache-2.0

/// The judgements of all components, and which of them the methods' values alone leave open.
struct Judgements {
  /// A component that is not settled.
  struct Open {
    let row: Int
    let column: Int
    let look: FirstLook
    /// Difference over allowance.
    let ratio: Double
    let difference: Double
  }

  private var judgements: [Judgement] = []
  private let columns: Int
  /// The open ones: values that are no numbers first, then disputes with the largest ratio first, then those that were
  /// compared too coarsely.
  private(set) var open: [Open] = []
  /// Settled components on which a method's error bar is as wide as the value: there may be a kink.
  private(set) var wide: [(row: Int, column: Int)] = []
  /// The number of disputes that were not looked into.
  var unexamined = 0

  init(
    rows: Int, columns: Int, look: (_ row: Int, _ column: Int) -> (first: FirstLook, judgement: Judgement, isWide: Bool)
  ) {
    self.columns = columns
    judgements.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let (first, judgement, isWide) = look(row, column)
        judgements.append(judgement)
        if case .settled = first {
          if isWide { wide.append((row, column)) }
          continue
        }
        let ratio = judgement.worst?.ratio ?? 0
        open.append(
          Open(
            row: row, column: column, look: first, ratio: ratio.isNaN ? .infinity : ratio,
            difference: judgement.worst?.difference ?? 0))
      }
    }
    // Equal ones stay in their order.
    let ranked = open.enumerated().sorted { a, b in
      if a.element.look.rank != b.element.look.rank { return a.element.look.rank < b.element.look.rank }
      if a.element.ratio != b.element.ratio { return a.element.ratio > b.element.ratio }
      if a.element.difference != b.element.difference { return a.element.difference > b.element.difference }
      return a.offset < b.offset
    }
    open = ranked.map(\.element)
  }

  subscript(row: Int, column: Int) -> Judgement {
    get { judgements[row * columns + column] }
    set { judgements[row * columns + column] = newValue }
  }
}

extension FirstLook {
  /// The order in which components are looked into.
  fileprivate var rank: Int {
    switch self {
    case .broken: 0
    case .disputed: 1
    case .blind: 2
    case .settled: 3
    }
  }
}
