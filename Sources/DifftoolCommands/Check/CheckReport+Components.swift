// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CheckReport {
  /// One row a component in full, for CSV and Markdown: what was made of it, then each method's value and error.
  ///
  /// A check that compared no component has one row, with the verdict and the summary.
  var componentTable: TextTable {
    let titles =
      ["parameter", "verdict", "cause", "blamed", "method a", "method b", ">difference", ">allowed", ">ratio"]
      + [">left slope", ">right slope"] + methods.flatMap { [">\($0.name)", ">\($0.name) error"] } + ["remark"]
    guard !details.isEmpty, methods.count(where: \.tookPart) > 1 else {
      var row = Array(repeating: "", count: titles.count)
      row[1] = verdict.rawValue
      row[titles.count - 1] = summary
      return TextTable(titles, rows: [row])
    }
    return TextTable(titles, rows: details.map { $0.row(methods.map(\.name)) })
  }
}

extension ComponentReport {
  fileprivate func row(_ methods: [String]) -> [String] {
    let number = NumberText.exact
    var row = [parameter, verdict?.rawValue ?? "", cause?.rawValue ?? "", blamed.joined(separator: " ")]
    row += comparison?.methods ?? ["", ""]
    row += comparison.map { [number($0.difference), number($0.allowed), number($0.ratio)] } ?? ["", "", ""]
    row += slopes?.map(number) ?? ["", ""]
    row += methods.flatMap { [values[$0].map(number) ?? "", errors[$0].map(number) ?? ""] }
    return row + [explanation ?? ""]
  }
}
