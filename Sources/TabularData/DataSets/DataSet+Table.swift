// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension DataSet {
  /// Samples from a table.
  ///
  /// Columns that were not chosen are not looked at: they may hold anything.
  ///
  /// - Parameters:
  ///   - table: the columns.
  ///   - selection: what is predicted, and from what.
  ///   - task: whether the target is a class.
  ///   - classNames: the classes known from training, in their order; nil to find them in the target column.
  /// - Throws: ``TableError`` with line and column.
  public init(
    _ table: Table, selection: ColumnSelection, task: TargetTask = .automatic, classNames: [String]? = nil
  ) throws {
    let (inputs, targets) = try table.resolve(selection)
    let target = targets[0]
    let resolved = try classNames != nil ? .classification : table.resolve(task, targets: targets)
    guard resolved == .classification else {
      let columns = try targets.map { try table.numbers(in: $0) }
      try self.init(
        inputNames: inputs, targetNames: targets, inputs: try table.inputRows(inputs),
        targets: table.rows.indices.map { row in columns.map { $0[row] } }, task: .regression)
      return
    }
    guard targets.count == 1 else {
      throw TableError(
        .selection(reason: "a class is one target column, and \(targets.count) were chosen; choose one"),
        source: table.source)
    }
    let classes = try TargetClasses(table, column: target, known: classNames)
    try self.init(
      inputNames: inputs, targetNames: targets, inputs: try table.inputRows(inputs),
      targets: classes.indices.map { [Double($0)] }, task: .classification(classNames: classes.names))
  }
}

extension Table {
  /// Whether the targets are numbers or classes.
  fileprivate func resolve(_ task: TargetTask, targets: [String]) throws -> TargetTask {
    guard task == .automatic else { return task }
    for name in targets {
      switch try kind(of: name) {
      case .numbers: continue
      case .text: return .classification
      case .mixed(let row):
        let text = try column(name)[row]
        throw TableError(
          text.isEmpty ? .emptyCell : .mixedTarget(text: text), source: source, line: lines[row], column: name
        )
      }
    }
    return .regression
  }
}

/// The classes of a target column and the class of each row.
private struct TargetClasses {
  var names: [String]
  var indices: [Int]

  init(_ table: Table, column: String, known: [String]?) throws {
    let cells = try table.column(column)
    if let row = cells.firstIndex(of: "") {
      throw TableError(.emptyCell, source: table.source, line: table.lines[row], column: column)
    }
    var labels = cells
    var names: [String]
    if case .numbers = try table.kind(of: column) {
      labels = try cells.enumerated().map { row, cell in
        guard let number = Table.number(cell), let whole = Int(exactly: number) else {
          throw TableError(
            .notAClass(text: cell), source: table.source, line: table.lines[row], column: column)
        }
        return String(whole)
      }
      names = Set(labels).compactMap(Int.init).sorted().map(String.init)
    } else {
      names = Set(labels).sorted()
    }
    if let known {
      names = known
    } else if names.count < 2 {
      throw TableError(.singleClass(name: names[0]), source: table.source, column: column)
    }
    let positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    self.names = names
    indices = try labels.enumerated().map { row, label in
      guard let index = positions[label] else {
        throw TableError(
          .unknownClass(name: label, known: names), source: table.source, line: table.lines[row],
          column: column)
      }
      return index
    }
  }
}
