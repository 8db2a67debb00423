// SPDX-License-Identifier: Apache-2.0

import Foundation
import TabularData

/// Draws plots with the program gnuplot.
///
/// The script goes to its standard input and the picture comes from its standard output, through files of a private folder:
/// pipes that nobody empties would stop it.
public struct PlotRenderer: Sendable {
  /// Where gnuplot is.
  public let program: String

  /// The gnuplot of a search path.
  ///
  /// - Throws: ``PlotError/gnuplotMissing`` with the line that installs it.
  public init(searchPath: String? = ProcessInfo.processInfo.environment["PATH"]) throws(PlotError) {
    let found = (searchPath ?? "").split(separator: ":").lazy.map { "\($0)/gnuplot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { throw .gnuplotMissing }
    program = found
  }

  /// The picture.
  public func picture(of plot: Plot, as format: PlotFormat) throws(PlotError) -> Data {
    try run(GnuplotScript(plot, as: format).text)
  }

  /// The picture in characters.
  public func text(of plot: Plot, columns: Int, lines: Int) throws(PlotError) -> String {
    let size = PlotFormat.text(columns: max(30, columns), lines: max(8, lines))
    let text = String(decoding: try picture(of: plot, as: size), as: UTF8.self)
    let rows = text.replacing("\u{C}", with: "").split(separator: "\n", omittingEmptySubsequences: false).map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    let shown = rows.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
    return shown.joined(separator: "\n")
  }

  /// Draws into a file, whole or not at all; its suffix says the format.
  public func write(_ plot: Plot, to path: String) throws {
    guard let format = PlotFormat(path: path) else { throw PlotError.unknownFormat(path: path) }
    try AtomicFile.write(try picture(of: plot, as: format), to: path)
  }

  private func run(_ script: String) throws(PlotError) -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plot-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      func file(_ name: String) -> URL { folder.appending(path: name) }
      try Data(script.utf8).write(to: file("script"))
      for name in ["picture", "errors"] { try Data().write(to: file(name)) }
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.standardInput = try FileHandle(forReadingFrom: file("script"))
      process.standardOutput = try FileHandle(forWritingTo: file("picture"))
      process.standardError = try FileHandle(forWritingTo: file("errors"))
      try process.run()
      process.waitUntilExit()
      let errors = String(decoding: try Data(contentsOf: file("errors")), as: UTF8.self)
      guard process.terminationStatus == 0 else {
        let lines = errors.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        throw PlotError.gnuplotFailed(
          exitCode: process.terminationStatus, message: lines.last { !$0.isEmpty && !$0.hasPrefix("^") } ?? "")
      }
      let picture = try Data(contentsOf: file("picture"))
      guard !picture.isEmpty else {
        throw PlotError.gnuplotFailed(exitCode: 0, message: "it drew nothing")
      }
      return picture
    } catch let error as PlotError {
      throw error
    } catch {
      throw .noTemporaryFiles(path: folder.path, reason: error.localizedDescription)
    }
  }
}
