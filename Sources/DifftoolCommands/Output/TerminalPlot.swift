// SPDX-License-Identifier: Apache-2.0

/// A curve drawn with block characters, one column a bin of the data, with labelled axes.
struct TerminalPlot {
  private let values: [Double]
  private let style: TextStyle

  init(_ values: [Double], style: TextStyle) {
    self.values = values.filter(\.isFinite)
    self.style = style
  }

  /// The plot with axes, `height` lines high.
  func text(width: Int, height: Int) -> String {
    guard let smallest = values.min(), let high = values.max() else { return "nothing to plot" }
    // From zero: a rate that never changes is a full bar, and half the rate is half as high.
    let low = min(0, smallest)
    let label = 11
    let columns = min(values.count, max(10, width - label - 2))
    let range = high > low ? high - low : 1
    // The mean of each bin, in eighths of a line.
    let levels = (0..<columns).map { c in
      let bin = values[
        (c * values.count / columns)..<max((c + 1) * values.count / columns, c * values.count / columns + 1)]
      let mean = bin.reduce(0, +) / Double(bin.count)
      let level = Int(((mean - low) / range * Double(height * 8)).rounded())
      return mean > low ? max(1, level) : level
    }
    let blocks = style.ascii ? Array(" ....::::#").map(String.init) : ["", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    var lines: [String] = []
    for row in (0..<height).reversed() {
      let mark: String =
        row == height - 1 ? NumberText.value(high, digits: 4) : (row == 0 ? NumberText.value(low, digits: 4) : "")
      var line = String(repeating: " ", count: max(0, label - 1 - mark.count)) + mark + (style.ascii ? " |" : " │")
      for level in levels {
        let filled = min(8, max(0, level - row * 8))
        line += filled == 0 ? " " : (style.ascii ? (filled >= 4 ? "#" : ".") : blocks[filled])
      }
      lines.append(line)
    }
    let axis = String(repeating: style.ascii ? "-" : "─", count: columns)
    lines.append(String(repeating: " ", count: label) + (style.ascii ? "+" : "└") + axis)
    let last = "\(values.count - 1)"
    lines.append(
      String(repeating: " ", count: label + 1) + "0"
        + String(repeating: " ", count: max(1, columns - 1 - last.count)) + last + " step")
    return lines.joined(separator: "\n")
  }
}
