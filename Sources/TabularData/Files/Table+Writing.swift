// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// The table as text with a header, commas and a final newline; cells are quoted where they must be.
  public var csv: String {
    ([columnNames] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// A cell as it stands in a file: quoted if it holds a comma, a quotation mark, a line break, or a space at
  /// an end.
  package static func quoted(_ cell: String) -> String {
    let needsQuotes =
      cell.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      || cell.first?.isWhitespace == true || cell.last?.isWhitespace == true
    guard needsQuotes else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
