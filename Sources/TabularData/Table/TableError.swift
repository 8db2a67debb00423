// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a file of columns, and where: `people.csv:17: column 'age': …`.
public struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Sendable, Equatable {
    /// The file cannot be opened or read.
    case unreadable(reason: String)
    /// The bytes are not UTF-8 text.
    case encoding(reason: String)
    /// Nothing is in it.
    case empty
    /// A header and no rows below it.
    case noRows
    /// The first line holds numbers where names are wanted.
    case missingHeader(example: String)
    /// A column has no name; the number counts from 1.
    case unnamedColumn(number: Int)
    /// Two columns have one name.
    case repeatedName
    /// A row is longer or shorter than the header.
    case ragged(expected: Int, found: Int)
    /// Quotation marks that do not fit.
    case quotation(reason: String)
    /// A cell is empty.
    case emptyCell
    /// A cell is not a finite decimal number.
    case notANumber(text: String)
    /// An input column holds text.
    case textInput(example: String)
    /// A target column holds both numbers and text.
    case mixedTarget(text: String)
    /// A class among numbers is neither text nor a whole number.
    case notAClass(text: String)
    /// A classification with one class only.
    case singleClass(name: String)
    /// A class of the file that was not there in training.
    case unknownClass(name: String, known: [String])
    /// A column that the file does not have.
    case unknownColumn(known: [String], suggestion: String?)
    /// Columns chosen in a way that does not fit.
    case selection(reason: String)
  }

  /// The file's name, or `standard input`.
  public let source: String
  /// The line, counted from 1 with the header as the first; a row of several lines has the number of its
  /// first.
  public let line: Int?
  /// The column's name.
  public let column: String?
  /// What is wrong.
  public let problem: Problem

  /// An error at a place.
  public init(_ problem: Problem, source: String, line: Int? = nil, column: String? = nil) {
    self.problem = problem
    self.source = source
    self.line = line
    self.column = column
  }

  /// The place, what is wrong, and the way out.
  public var description: String {
    let place = line.map { "\(source):\($0)" } ?? source
    let subject = column.map { "column '\($0)': " } ?? ""
    return "\(place): \(subject)\(problem.sentence)"
  }
}

extension TableError.Problem {
  /// What is wrong and the way out.
  fileprivate var sentence: String {
    switch self {
    case .unreadable(let reason): return "cannot be read: \(reason)"
    case .encoding(let reason): return "not UTF-8 text: \(reason); save the file as UTF-8"
    case .empty: return "the file is empty; it needs a line of column names and a line for each sample"
    case .noRows: return "there is a header and no rows below it"
    case .missingHeader(let example):
      return "the first line holds numbers ('\(example)'); put a line of column names above it"
    case .unnamedColumn(let number):
      return "column \(number) has no name; every column needs one in the header"
    case .repeatedName: return "the name stands twice in the header; rename one of the columns"
    case .ragged(let expected, let found):
      return
        "\(found) cell\(found == 1 ? "" : "s") where the header has \(expected); check this row's delimiters and quotation marks"
    case .quotation(let reason):
      return
        "quotation marks do not fit: \(reason); a cell is quoted \"like this\", a mark inside it is doubled"
    case .emptyCell: return "the cell is empty; fill it, or leave the row or the column out"
    case .notANumber(let text):
      let comma = text.contains(",") ? " (decimals are written with a point)" : ""
      return "'\(text)' is not a finite number\(comma); correct it, or leave the row or the column out"
    case .textInput(let example)
    where ["nan", "na", "n/a", "inf", "-inf", "null", "none", "?"].contains(example.lowercased()):
      return "'\(example)' is no number, and nothing is guessed for it; fill it, or leave the row or the column out"
    case .textInput(let example):
      return "the column holds text ('\(example)'), and inputs are numbers; "
        + "leave it out of the inputs, or replace it by a column of numbers for each value"
    case .mixedTarget(let text):
      return "'\(text)' stands among numbers; correct it, or say that the target is a class"
    case .notAClass(let text):
      return
        "'\(text)' is not a class: classes are text or whole numbers; take a loss for real numbers instead"
    case .singleClass(let name) where ["nan", "na", "n/a", "null", "none", "?"].contains(name.lowercased()):
      return "every row has '\(name)', which is no number and no class; fill the column, or choose another target"
    case .singleClass(let name):
      return "all rows are of one class ('\(name)'), so there is nothing to tell apart"
    case .unknownClass(let name, let known):
      return "'\(name)' is not one of the classes known from training: \(known.joined(separator: ", "))"
    case .unknownColumn(let known, let suggestion):
      let hint = suggestion.map { " (did you mean '\($0)'?)" } ?? ""
      return "there is no such column\(hint); there are: \(known.joined(separator: ", "))"
    case .selection(let reason): return reason
    }
  }
}
